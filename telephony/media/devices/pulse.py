"""Audio device of PulseAudio or PipeWire's pulse server, with libpulse-simple.

Short ring buffers of frames connect the media thread and the stream threads. While a configured
device is missing, the server's default device replaces it.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pasimple

from telephony.errors import DeviceError
from telephony.media.devices.buffer import FrameRing, ring_cycle
from telephony.media.devices.device import DeviceStatus
from telephony.media.devices.pulse_watch import RETRY_S, PulseStream, PulseWatch
from telephony.media.samples import TELEPHONE_RATE_HZ, Samples, frame_samples, silence


class PulseDevice:
    """Headset and ringer on the sound server; see AudioDevice.

    Device names are those of ``pactl list short``; None follows the server's default. ``server`` is
    a server address as in PULSE_SERVER; None uses the environment's.
    """

    def __init__(
        self,
        *,
        input_device: str | None = None,
        output_device: str | None = None,
        ring_device: str | None = None,
        server: str | None = None,
        echo_cancellation: bool = False,
        ring: Samples | None = None,
    ) -> None:
        self._input_device = input_device
        self._output_device = output_device
        self._ring_device = ring_device
        self._server = server
        self._echo_cancellation = echo_cancellation
        self._frame = frame_samples(TELEPHONE_RATE_HZ)
        self._recorded = _recording_ring()
        self._played = _playing_ring()
        self._streams: tuple[PulseStream, PulseStream] | None = None
        self._ringer: PulseStream | None = None
        self._watch: PulseWatch | None = None
        self._ring_position = 0
        self._ring_cycle = ring_cycle() if ring is None else ring

    def open(self, rate_hz: int) -> None:
        """Starts both directions without blocking; sound follows when the server answers."""
        if self._streams is not None:
            return
        try:
            pasimple.pa_simple.get_libpulse_simple()
        except pasimple.PaSimpleError as error:
            raise DeviceError("pulse", "library_missing") from error
        self._frame = frame_samples(rate_hz)
        # New rings, because the threads of the previous call may still be ending.
        self._recorded = _recording_ring()
        self._played = _playing_ring()
        self._streams = (
            PulseStream(
                name="microphone",
                is_input=True,
                device=self._input_device,
                server=self._server,
                move=partial(_record, self._recorded, 2 * self._frame),
                rate_hz=rate_hz,
            ),
            PulseStream(
                name="earpiece",
                is_input=False,
                device=self._output_device,
                server=self._server,
                move=partial(_play, self._played),
                rate_hz=rate_hz,
            ),
        )
        for stream in self._streams:
            stream.start()
        self._watch = PulseWatch(*self._streams, self._server, cancel_echo=self._echo_cancellation)
        self._watch.start()

    def close(self) -> None:
        """Stops both directions without blocking; the threads end within half a second."""
        streams, self._streams = self._streams, None
        for stream in streams or ():
            stream.stop()
        if self._watch is not None:
            self._watch.stop()
            self._watch = None

    def read_frame(self) -> Samples:
        """Returns the next 20 ms of the microphone, or silence while there is none."""
        frame = self._recorded.take()
        return silence(self._frame) if frame is None else frame

    def write_frame(self, samples: Samples) -> None:
        """Queues 20 ms for the earpiece."""
        if self._streams is not None:
            self._played.put(samples)

    def play_ring(self, ringing: bool) -> None:
        """Starts or stops the separate stream of the ringer."""
        if not ringing:
            if self._ringer is not None:
                self._ringer.stop()
                self._ringer = None
        elif self._ringer is None:
            self._ring_position = 0
            self._ringer = PulseStream(
                name="ringer",
                is_input=False,
                device=self._ring_device,
                server=self._server,
                move=self._ring,
            )
            self._ringer.start()

    def status(self) -> DeviceStatus:
        """Returns the current status."""
        streams, watch, ringer = self._streams, self._watch, self._ringer
        ringer_works = ringer is None or ringer.works
        if streams is None:
            return DeviceStatus(
                is_fallback=ringer is not None and ringer.is_fallback, ringer_works=ringer_works
            )
        microphone, earpiece = streams
        return DeviceStatus(
            input_works=microphone.works,
            output_works=earpiece.works,
            is_fallback=microphone.is_fallback or earpiece.is_fallback,
            echo_cancellation_works=watch is None or watch.echo_cancellation_works,
            ringer_works=ringer_works,
        )

    def _ring(self, stream: Any) -> None:
        position = self._ring_position
        frame = frame_samples(TELEPHONE_RATE_HZ)
        self._ring_position = (position + frame) % self._ring_cycle.size
        stream.write(self._ring_cycle[position : position + frame].astype("<i2").tobytes())


def _recording_ring() -> FrameRing:
    return FrameRing(prefill=2, capacity=6)


def _playing_ring() -> FrameRing:
    return FrameRing(prefill=1, capacity=6)


def _record(ring: FrameRing, frame_bytes: int, stream: Any) -> None:
    data: bytes = stream.read(frame_bytes)
    ring.put(np.frombuffer(data, dtype="<i2").astype(np.int16))


def _play(ring: FrameRing, stream: Any) -> None:
    frame = ring.take()
    if frame is None:
        ring.wait(RETRY_S)
        return
    stream.write(frame.astype("<i2").tobytes())
