"""One direction of sound through libpulse-simple, which blocks: each has a thread of its own."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from typing import Any

import pasimple

from telephony.media.samples import TELEPHONE_RATE_HZ, frame_samples

APPLICATION = "Edinyi nomer"
RETRY_S = 0.5
_BUFFER_FRAMES = 3
# A stream of a suspended device, or of a server that hangs, is open and moves nothing.
_STALL_S = 3.0


class PulseStream:
    """A thread that keeps a stream open and moves frames until it is stopped.

    ``device`` is the one that was chosen, None for the server's default. ``detour`` is a device of
    the server's own that is used in its place where it is there: an echo canceller.
    """

    def __init__(
        self,
        *,
        name: str,
        is_input: bool,
        device: str | None,
        server: str | None,
        move: Callable[[Any], None],
        rate_hz: int = TELEPHONE_RATE_HZ,
    ) -> None:
        self.device = device
        self.detour: str | None = None
        self.is_fallback = False
        # The name finds this stream again among those of the server, other phones' included.
        self.name = f"{name} {secrets.token_hex(3)}"
        self.is_input = is_input
        self._rate_hz = rate_hz
        self._server = server
        self._move = move
        self._moved_s: float | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"pulse-{name}", daemon=True)

    @property
    def works(self) -> bool:
        """Whether frames go to or come from the server."""
        moved_s = self._moved_s
        return moved_s is not None and time.monotonic() - moved_s < _STALL_S

    def start(self) -> None:
        """Begin; the stream is looked for until stop()."""
        self._thread.start()

    def stop(self) -> None:
        """Ask the thread to end; it does so at its next frame.

        Nobody waits for it: a server that hangs can hold it in libpulse for any time.
        """
        self._stopping.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            stream = self._open()
            if stream is None:
                self._stopping.wait(RETRY_S)
                continue
            try:
                while not self._stopping.is_set():
                    self._moved_s = time.monotonic()
                    self._move(stream)
            except pasimple.PaSimpleError:
                # Device unplugged or server gone: look for it again.
                self._stopping.wait(RETRY_S / 10)
            finally:
                self._moved_s = None
                stream.close()

    def _open(self) -> Any | None:
        for device in dict.fromkeys((self.detour or self.device, self.device, None)):
            try:
                stream = self._open_at(device)
            except pasimple.PaSimpleError:
                continue
            self.is_fallback = device is None and self.device is not None
            return stream
        return None

    def _open_at(self, device: str | None) -> Any:
        frame_bytes = 2 * frame_samples(self._rate_hz)
        return pasimple.PaSimple(
            pasimple.PA_STREAM_RECORD if self.is_input else pasimple.PA_STREAM_PLAYBACK,
            pasimple.PA_SAMPLE_S16LE,
            1,
            self._rate_hz,
            app_name=APPLICATION,
            stream_name=self.name,
            server_name=self._server,
            device_name=device,
            tlength=_BUFFER_FRAMES * frame_bytes,
            prebuf=(_BUFFER_FRAMES - 1) * frame_bytes,
            minreq=frame_bytes,
            fragsize=frame_bytes,
        )
