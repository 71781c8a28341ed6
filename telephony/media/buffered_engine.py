"""A media engine whose calls are heard and spoken by a program."""

from __future__ import annotations

from telephony.media.devices.buffer import BufferDevice
from telephony.media.devices.device import AudioDevice
from telephony.media.devices.null import NullDevice
from telephony.media.engine import MediaEngine
from telephony.media.session import MediaSession


class BufferedEngine(MediaEngine):
    """Gives each call a BufferDevice of its own."""

    def __init__(self, *, bind_host: str, port_first: int, port_last: int) -> None:
        super().__init__(
            NullDevice(), bind_host=bind_host, port_first=port_first, port_last=port_last
        )
        self._calls: dict[str, tuple[MediaSession, BufferDevice]] = {}

    @property
    def call_ids(self) -> tuple[str, ...]:
        """The calls that were opened and not forgotten."""
        return tuple(self._calls)

    def open(self, call_id: str, *, device: AudioDevice | None = None) -> MediaSession:
        """A session with a device of its own, found again by audio()."""
        audio = BufferDevice()
        session = super().open(call_id, device=device or audio)
        self._calls[call_id] = session, audio
        return session

    def session(self, call_id: str) -> MediaSession:
        """The session of a call."""
        return self._calls[call_id][0]

    def audio(self, call_id: str) -> BufferDevice:
        """The program's end of a call."""
        return self._calls[call_id][1]

    def forget(self, call_id: str) -> None:
        """Drop what was kept for an ended call."""
        self._calls.pop(call_id, None)
