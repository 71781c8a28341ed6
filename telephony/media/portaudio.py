"""Sound through PortAudio, for Windows (WASAPI) and macOS (Core Audio), by ``sounddevice``.

PortAudio calls back on threads of its own; frames go to and from the media thread through short
rings. A watching thread opens streams again that a lost device has ended.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import sounddevice

from telephony.media.devices import DeviceStatus
from telephony.media.frame_ring import FrameRing
from telephony.media.ring_tone import ring_cycle
from telephony.media.samples import TELEPHONE_RATE_HZ, Samples, frame_samples, silence

_FRAME = frame_samples()
_LATENCY_S = 0.060
_RETRY_S = 0.5
_JOIN_TIMEOUT_S = 2.0


class PortAudioDevice:
    """Headset and ringer through PortAudio; see AudioDevice.

    Device names are those of ``sounddevice.query_devices()`` or a part of them; None is the
    system's default.
    """

    def __init__(
        self,
        *,
        input_device: str | None = None,
        output_device: str | None = None,
        ring_device: str | None = None,
    ) -> None:
        self._recorded = FrameRing(prefill=2, capacity=6)
        self._played = FrameRing(prefill=2, capacity=6)
        self._microphone = _Stream(sounddevice.RawInputStream, input_device, self._record)
        self._earpiece = _Stream(sounddevice.RawOutputStream, output_device, self._play)
        self._ringer = _Stream(sounddevice.RawOutputStream, ring_device, self._ring)
        self._ring_cycle = ring_cycle()
        self._ring_position = 0
        self._stopping = threading.Event()
        self._watch: threading.Thread | None = None

    def open(self) -> None:
        """Start both directions; a missing device is looked for until close()."""
        if self._watch is not None:
            return
        self._recorded.clear()
        self._played.clear()
        self._stopping = threading.Event()
        self._watch = threading.Thread(
            target=self._keep_open, args=(self._stopping,), name="portaudio-watch", daemon=True
        )
        self._watch.start()

    def close(self) -> None:
        """Stop both directions."""
        if self._watch is None:
            return
        self._stopping.set()
        self._watch.join(_JOIN_TIMEOUT_S)
        self._watch = None

    def read_frame(self) -> Samples:
        """The next 20 ms of the microphone, or silence while there is none."""
        frame = self._recorded.take()
        return silence(_FRAME) if frame is None else frame

    def write_frame(self, samples: Samples) -> None:
        """Queue 20 ms for the earpiece."""
        if self._watch is not None:
            self._played.put(samples)

    def play_ring(self, ringing: bool) -> None:
        """Start or stop the ringer's own stream."""
        if ringing:
            self._ring_position = 0
            self._ringer.keep_open()
        else:
            self._ringer.close()

    def status(self) -> DeviceStatus:
        """What works at this moment."""
        return DeviceStatus(
            input_works=self._watch is None or self._microphone.works,
            output_works=self._watch is None or self._earpiece.works,
            is_fallback=self._microphone.is_fallback or self._earpiece.is_fallback,
        )

    def _keep_open(self, stopping: threading.Event) -> None:
        while not stopping.is_set():
            self._microphone.keep_open()
            self._earpiece.keep_open()
            stopping.wait(_RETRY_S)
        self._microphone.close()
        self._earpiece.close()

    def _record(self, data: Any, frames: int) -> None:
        self._recorded.put(np.frombuffer(bytes(data), dtype="<i2", count=frames).astype(np.int16))

    def _play(self, data: Any, frames: int) -> None:
        frame = self._played.take()
        samples = silence(frames) if frame is None else frame
        data[:] = samples.astype("<i2").tobytes()

    def _ring(self, data: Any, frames: int) -> None:
        places = np.arange(self._ring_position, self._ring_position + frames)
        self._ring_position = int(places[-1] + 1) % self._ring_cycle.size
        data[:] = self._ring_cycle[places % self._ring_cycle.size].astype("<i2").tobytes()


class _Stream:
    """One direction that can be opened again after its device was lost."""

    def __init__(
        self, kind: Callable[..., Any], device: str | None, move: Callable[[Any, int], None]
    ) -> None:
        self._kind = kind
        self._device = device
        self._move = move
        self._stream: Any = None
        self.is_fallback = False

    @property
    def works(self) -> bool:
        return self._stream is not None and bool(self._stream.active)

    def keep_open(self) -> None:
        """Open the stream unless it runs; falls back to the system's default device."""
        if self.works:
            return
        self.close()
        wanted = [self._device, None] if self._device is not None else [None]
        for device in wanted:
            try:
                stream = self._kind(
                    samplerate=TELEPHONE_RATE_HZ,
                    blocksize=_FRAME,
                    channels=1,
                    dtype="int16",
                    latency=_LATENCY_S,
                    device=device,
                    callback=self._called_back,
                )
                stream.start()
            except (sounddevice.PortAudioError, ValueError):
                # ValueError: no device of that name. The watch tries again.
                continue
            self._stream = stream
            self.is_fallback = device != self._device
            return

    def close(self) -> None:
        """Stop and free the stream."""
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.close(ignore_errors=True)

    def _called_back(self, data: Any, frames: int, _time: Any, _status: Any) -> None:
        self._move(data, frames)
