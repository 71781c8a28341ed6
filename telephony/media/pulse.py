"""Sound through PulseAudio or PipeWire's pulse server, on libpulse-simple.

Each direction has a thread of its own, because libpulse-simple blocks; frames go to and from the
media thread through short rings. A device that goes away is looked for again for as long as the
call lasts; meanwhile the server's default device stands in.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pasimple
import pulsectl

from telephony.errors import DeviceError
from telephony.media.devices import DeviceStatus
from telephony.media.frame_ring import FrameRing
from telephony.media.ring_tone import ring_cycle
from telephony.media.samples import TELEPHONE_RATE_HZ, Samples, frame_samples, silence

_BUFFER_FRAMES = 3
_RETRY_S = 0.5
_APPLICATION = "Edinyi nomer"


@dataclass(frozen=True, slots=True)
class PulseDeviceInfo:
    """A sink or source of the server; ``name`` is what the settings hold."""

    name: str
    description: str
    is_input: bool


def list_pulse_devices(server: str | None = None) -> tuple[PulseDeviceInfo, ...]:
    """Every sink and source but the monitors; empty when no server answers."""
    try:
        with pulsectl.Pulse(_APPLICATION, server=server) as pulse:
            sinks = [
                PulseDeviceInfo(each.name, each.description, False) for each in pulse.sink_list()
            ]
            sources = [
                PulseDeviceInfo(each.name, each.description, True)
                for each in pulse.source_list()
                if not each.name.endswith(".monitor")
            ]
    except pulsectl.PulseError:
        return ()
    return (*sinks, *sources)


class _Stream:
    """One direction: a thread that keeps a stream open and moves frames until it is stopped."""

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
        self._rate_hz = rate_hz
        self.works = False
        self.is_fallback = False
        self.stopping = threading.Event()
        # The name finds this stream again among those of the server, other phones' included.
        self.name = f"{name} {secrets.token_hex(3)}"
        self.is_input = is_input
        self._server = server
        self._move = move
        self._thread = threading.Thread(target=self._run, name=f"pulse-{name}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ask the thread to end; it does so at its next frame.

        Nobody waits for it: a server that hangs can hold it in libpulse for any time.
        """
        self.stopping.set()

    def _run(self) -> None:
        while not self.stopping.is_set():
            stream = self._open()
            if stream is None:
                self.stopping.wait(_RETRY_S)
                continue
            self.works = True
            try:
                while not self.stopping.is_set():
                    self._move(stream)
            except pasimple.PaSimpleError:
                # Device unplugged or server gone: look for it again.
                self.stopping.wait(_RETRY_S / 10)
            finally:
                self.works = False
                stream.close()

    def _open(self) -> Any | None:
        wanted = [self.device, None] if self.device is not None else [None]
        frame_bytes = 2 * frame_samples(self._rate_hz)
        for device in wanted:
            try:
                stream = pasimple.PaSimple(
                    pasimple.PA_STREAM_RECORD if self.is_input else pasimple.PA_STREAM_PLAYBACK,
                    pasimple.PA_SAMPLE_S16LE,
                    1,
                    self._rate_hz,
                    app_name=_APPLICATION,
                    stream_name=self.name,
                    server_name=self._server,
                    device_name=device,
                    tlength=_BUFFER_FRAMES * frame_bytes,
                    prebuf=(_BUFFER_FRAMES - 1) * frame_bytes,
                    minreq=frame_bytes,
                    fragsize=frame_bytes,
                )
            except pasimple.PaSimpleError:
                continue
            self.is_fallback = device != self.device
            return stream
        return None


class PulseDevice:
    """Headset and ringer on the sound server; see AudioDevice.

    Device names are those of ``pactl list short``; None follows the server's default. ``server``
    is a server address as in PULSE_SERVER; None takes the environment's.
    """

    def __init__(
        self,
        *,
        input_device: str | None = None,
        output_device: str | None = None,
        ring_device: str | None = None,
        server: str | None = None,
    ) -> None:
        self._input_device = input_device
        self._output_device = output_device
        self._ring_device = ring_device
        self._server = server
        self._frame = frame_samples(TELEPHONE_RATE_HZ)
        self._recorded = _recording_ring()
        self._played = _playing_ring()
        self._streams: tuple[_Stream, ...] = ()
        self._ringer: _Stream | None = None
        self._watch: _DeviceWatch | None = None
        self._ring_position = 0
        self._ring_cycle = ring_cycle()

    def open(self, rate_hz: int) -> None:
        """Start both directions; returns at once, the sound follows when the server answers."""
        if self._streams:
            return
        try:
            pasimple.pa_simple.get_libpulse_simple()
        except pasimple.PaSimpleError as error:
            raise DeviceError("pulse", "library_missing") from error
        self._frame = frame_samples(rate_hz)
        # Rings of their own, because the threads of the call before may still be on their way out.
        self._recorded = _recording_ring()
        self._played = _playing_ring()
        self._streams = (
            _Stream(
                name="microphone",
                is_input=True,
                device=self._input_device,
                server=self._server,
                move=partial(_record, self._recorded, 2 * self._frame),
                rate_hz=rate_hz,
            ),
            _Stream(
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
        self._watch = _DeviceWatch(self._streams, self._server)
        self._watch.start()

    def close(self) -> None:
        """Stop both directions; returns at once, the threads end within half a second."""
        streams, self._streams = self._streams, ()
        for stream in streams:
            stream.stop()
        if self._watch is not None:
            self._watch.stop()
            self._watch = None

    def read_frame(self) -> Samples:
        """The next 20 ms of the microphone, or silence while there is none."""
        frame = self._recorded.take()
        return silence(self._frame) if frame is None else frame

    def write_frame(self, samples: Samples) -> None:
        """Queue 20 ms for the earpiece."""
        if self._streams:
            self._played.put(samples)

    def play_ring(self, ringing: bool) -> None:
        """Start or stop the ringer's own stream."""
        if not ringing:
            if self._ringer is not None:
                self._ringer.stop()
                self._ringer = None
        elif self._ringer is None:
            self._ring_position = 0
            self._ringer = _Stream(
                name="ringer",
                is_input=False,
                device=self._ring_device,
                server=self._server,
                move=self._ring,
            )
            self._ringer.start()

    def status(self) -> DeviceStatus:
        """What works at this moment."""
        streams = self._streams
        if not streams:
            return DeviceStatus()
        microphone, earpiece = streams
        return DeviceStatus(
            input_works=microphone.works,
            output_works=earpiece.works,
            is_fallback=microphone.is_fallback or earpiece.is_fallback,
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
        ring.wait(_RETRY_S)
        return
    stream.write(frame.astype("<i2").tobytes())


class _DeviceWatch:
    """A thread that listens for plugged devices and calls streams back to their own."""

    def __init__(self, streams: tuple[_Stream, ...], server: str | None) -> None:
        self._streams = streams
        self._server = server
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="pulse-watch", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                with pulsectl.Pulse(f"{_APPLICATION} watch", server=self._server) as pulse:
                    self._listen(pulse)
            except (pulsectl.PulseError, pulsectl.PulseDisconnected):
                self._stopping.wait(_RETRY_S)

    def _listen(self, pulse: Any) -> None:
        pulse.event_mask_set("sink", "source")
        pulse.event_callback_set(lambda _event: _leave_loop())
        while not self._stopping.is_set():
            for stream in self._streams:
                if stream.device is not None:
                    _call_back(pulse, stream)
            pulse.event_listen(timeout=_RETRY_S)


def _call_back(pulse: Any, stream: _Stream) -> None:
    """Move the stream to the device it was made for, if that is there and the stream is not.

    The server itself moves streams away from a device that is unplugged, but not back.
    """
    devices = pulse.source_list() if stream.is_input else pulse.sink_list()
    wanted = next((each.index for each in devices if each.name == stream.device), None)
    ends = pulse.source_output_list() if stream.is_input else pulse.sink_input_list()
    own = next((each for each in ends if each.name == stream.name), None)
    if own is None:
        return
    present = own.source if stream.is_input else own.sink
    stream.is_fallback = present != wanted
    if wanted is None or present == wanted:
        return
    move = pulse.source_output_move if stream.is_input else pulse.sink_input_move
    try:
        move(own.index, wanted)
    except pulsectl.PulseOperationFailed:
        # Gone again in between: the next event tells.
        return
    stream.is_fallback = False


def _leave_loop() -> None:
    raise pulsectl.PulseLoopStop
