"""Sound through PortAudio, for Windows (WASAPI) and macOS (Core Audio), by ``sounddevice``.

PortAudio calls back on threads of its own; frames go to and from the media thread through short
rings. A watching thread opens streams again that a lost device has ended.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import sounddevice

from telephony.media.devices import DeviceStatus
from telephony.media.frame_ring import FrameRing
from telephony.media.ring_tone import ring_cycle
from telephony.media.samples import TELEPHONE_RATE_HZ, Samples, frame_samples, silence

_LATENCY_S = 0.060
_RETRY_S = 0.5


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
        self._input_device = input_device
        self._output_device = output_device
        self._ring_device = ring_device
        self._frame = frame_samples(TELEPHONE_RATE_HZ)
        self._recorded = _new_ring()
        self._played = _new_ring()
        self._voice: _Keeper | None = None
        self._ringer: _Keeper | None = None
        self._ring_cycle = ring_cycle()
        self._ring_position = 0

    def open(self, rate_hz: int) -> None:
        """Start both directions; returns at once, a missing device is looked for until close()."""
        if self._voice is not None:
            return
        self._frame = frame_samples(rate_hz)
        # Rings of their own, because the streams of the call before may still be on their way out.
        self._recorded = _new_ring()
        self._played = _new_ring()
        self._voice = _Keeper(
            _Stream(
                sounddevice.RawInputStream,
                self._input_device,
                partial(_record, self._recorded),
                rate_hz,
            ),
            _Stream(
                sounddevice.RawOutputStream,
                self._output_device,
                partial(_play, self._played),
                rate_hz,
            ),
        )

    def close(self) -> None:
        """Stop both directions; returns at once."""
        if self._voice is not None:
            self._voice.stop()
            self._voice = None

    def read_frame(self) -> Samples:
        """The next 20 ms of the microphone, or silence while there is none."""
        frame = self._recorded.take()
        return silence(self._frame) if frame is None else frame

    def write_frame(self, samples: Samples) -> None:
        """Queue 20 ms for the earpiece."""
        if self._voice is not None:
            self._played.put(samples)

    def play_ring(self, ringing: bool) -> None:
        """Start or stop the ringer's own stream."""
        if not ringing:
            if self._ringer is not None:
                self._ringer.stop()
                self._ringer = None
        elif self._ringer is None:
            self._ring_position = 0
            self._ringer = _Keeper(
                _Stream(sounddevice.RawOutputStream, self._ring_device, self._ring)
            )

    def status(self) -> DeviceStatus:
        """What works at this moment."""
        voice = self._voice
        if voice is None:
            return DeviceStatus()
        microphone, earpiece = voice.streams
        return DeviceStatus(
            input_works=microphone.works,
            output_works=earpiece.works,
            is_fallback=microphone.is_fallback or earpiece.is_fallback,
        )

    def _ring(self, data: Any, frames: int) -> None:
        places = np.arange(self._ring_position, self._ring_position + frames)
        self._ring_position = int(places[-1] + 1) % self._ring_cycle.size
        data[:] = self._ring_cycle[places % self._ring_cycle.size].astype("<i2").tobytes()


def _new_ring() -> FrameRing:
    return FrameRing(prefill=2, capacity=6)


def _record(ring: FrameRing, data: Any, frames: int) -> None:
    ring.put(np.frombuffer(bytes(data), dtype="<i2", count=frames).astype(np.int16))


def _play(ring: FrameRing, data: Any, frames: int) -> None:
    frame = ring.take()
    samples = silence(frames) if frame is None else frame
    data[:] = samples.astype("<i2").tobytes()


class _Keeper:
    """A thread that opens streams, opens them again when they are lost, and closes them."""

    def __init__(self, *streams: _Stream) -> None:
        self.streams = streams
        self._stopping = threading.Event()
        threading.Thread(target=self._run, name="portaudio", daemon=True).start()

    def stop(self) -> None:
        """Ask the thread to close the streams; PortAudio takes its time for that."""
        self._stopping.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            for stream in self.streams:
                stream.keep_open()
            self._stopping.wait(_RETRY_S)
        for stream in self.streams:
            stream.close()


class _Stream:
    """One direction that can be opened again after its device was lost."""

    def __init__(
        self,
        kind: Callable[..., Any],
        device: str | None,
        move: Callable[[Any, int], None],
        rate_hz: int = TELEPHONE_RATE_HZ,
    ) -> None:
        self._kind = kind
        self._device = device
        self._move = move
        self._rate_hz = rate_hz
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
                    samplerate=self._rate_hz,
                    blocksize=frame_samples(self._rate_hz),
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
