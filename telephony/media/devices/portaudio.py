"""Audio device of Windows (WASAPI) and macOS (Core Audio), with PortAudio through ``sounddevice``.

PortAudio runs its callbacks on its own threads; short ring buffers of frames connect them to the
media thread. A watcher thread reopens streams after the loss of a device.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import numpy as np
import sounddevice

from telephony.media.devices.buffer import FrameRing, ring_cycle
from telephony.media.devices.device import AudioDeviceInfo, DeviceStatus
from telephony.media.samples import TELEPHONE_RATE_HZ, Samples, frame_samples, silence

LOG = logging.getLogger(__name__)

_LATENCY_S = 0.060
_RETRY_S = 0.5
_WASAPI = "Windows WASAPI"
_LOOK_AGAIN_S = 2.0
# Longer than ``_LOOK_AGAIN_S``, because the search interrupts the sound of the replacement device.
_LOOK_FOR_CHOSEN_S = 10.0


class PortAudioDevice:
    """Headset and ringer through PortAudio; see AudioDevice.

    Device names are those of ``list_portaudio_devices()`` or a part of them; None is the system's
    default.
    """

    def __init__(
        self,
        *,
        input_device: str | None = None,
        output_device: str | None = None,
        ring_device: str | None = None,
        ring: Samples | None = None,
    ) -> None:
        self._input_device = input_device
        self._output_device = output_device
        self._ring_device = ring_device
        self._frame = frame_samples(TELEPHONE_RATE_HZ)
        self._recorded = _new_ring()
        self._played = _new_ring()
        self._keeper = _Keeper()
        self._voice: tuple[_Stream, ...] = ()
        self._ringer: tuple[_Stream, ...] = ()
        self._ring_cycle = ring_cycle() if ring is None else ring
        self._ring_position = 0

    def open(self, rate_hz: int) -> None:
        """Starts both directions without blocking; retries a missing device until close()."""
        if self._voice:
            return
        self._frame = frame_samples(rate_hz)
        # New rings, because the streams of the previous call may still be closing.
        self._recorded = _new_ring()
        self._played = _new_ring()
        self._voice = (
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
        self._keep()

    def close(self) -> None:
        """Stops both directions without blocking."""
        self._voice = ()
        self._keep()

    def read_frame(self) -> Samples:
        """Returns the next 20 ms of the microphone, or silence while there is none."""
        frame = self._recorded.take()
        return silence(self._frame) if frame is None else frame

    def write_frame(self, samples: Samples) -> None:
        """Queues 20 ms for the earpiece."""
        if self._voice:
            self._played.put(samples)

    def play_ring(self, ringing: bool) -> None:
        """Starts or stops the separate stream of the ringer."""
        if ringing == bool(self._ringer):
            return
        self._ring_position = 0
        ringer = _Stream(sounddevice.RawOutputStream, self._ring_device, self._ring)
        self._ringer = (ringer,) if ringing else ()
        self._keep()

    def status(self) -> DeviceStatus:
        """Returns the current status."""
        voice, ringer = self._voice, self._ringer
        ringer_works = all(stream.works for stream in ringer)
        if not voice:
            return DeviceStatus(
                is_fallback=any(stream.is_fallback for stream in ringer), ringer_works=ringer_works
            )
        microphone, earpiece = voice
        return DeviceStatus(
            input_works=microphone.works,
            output_works=earpiece.works,
            is_fallback=microphone.is_fallback or earpiece.is_fallback,
            ringer_works=ringer_works,
        )

    def _keep(self) -> None:
        self._keeper.keep(*self._voice, *self._ringer)

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
    """Thread that opens, reopens and closes streams.

    PortAudio knows only the devices present at its initialisation. To find new ones, all streams
    are closed briefly and PortAudio is initialised again: immediately after the loss of a device,
    and periodically while a configured one is missing. If PortAudio itself fails, for example
    during a restart of the sound service, the procedure is repeated.
    """

    def __init__(self) -> None:
        self._wanted: tuple[_Stream, ...] = ()
        self._changed = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def keep(self, *streams: _Stream) -> None:
        """Opens these streams and closes all others, without blocking."""
        with self._lock:
            self._wanted = streams
            self._changed.set()
            if self._thread is None and streams:
                self._thread = threading.Thread(target=self._run, name="portaudio", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        kept: tuple[_Stream, ...] = ()
        looked_s = time.monotonic()
        is_failing = False
        while True:
            self._changed.clear()
            wanted = self._wanted
            for stream in kept:
                if stream not in wanted:
                    stream.close()
            kept = wanted
            with self._lock:
                if not self._wanted:
                    self._thread = None
                    return
            waited_s = time.monotonic() - looked_s
            if any(stream.misses_device(waited_s) for stream in kept):
                looked_s = time.monotonic()
                failure = _look_for_devices(kept)
                if failure is not None and not is_failing:
                    LOG.warning("portaudio: %s", failure)
                is_failing = failure is not None
            for stream in kept:
                stream.keep_open()
            self._changed.wait(_RETRY_S)


def _look_for_devices(streams: tuple[_Stream, ...]) -> str | None:
    """Closes all streams and initialises PortAudio again; returns the reason of a failure."""
    for stream in streams:
        stream.close()
    # The library has no public function to initialise PortAudio again.
    with suppress(sounddevice.PortAudioError):  # not initialised: the last attempt failed
        sounddevice._terminate()  # noqa: SLF001
    try:
        sounddevice._initialize()  # noqa: SLF001
    except sounddevice.PortAudioError as error:
        return str(error)
    return None


def list_portaudio_devices() -> tuple[AudioDeviceInfo, ...]:
    """Lists every device of PortAudio, once per direction; empty if there are none.

    Contains the devices that were present when PortAudio was initialised.
    """
    try:
        devices = sounddevice.query_devices()
        systems = [each["name"] for each in sounddevice.query_hostapis()]
        default_input, default_output = sounddevice.default.device
    except sounddevice.PortAudioError:
        return ()
    found = []
    for each in devices:
        system = systems[each["hostapi"]]
        if _WASAPI in systems and system != _WASAPI:
            # Windows lists each device once for each of its sound systems.
            continue
        for is_input, channels, default in (
            (False, each["max_output_channels"], default_output),
            (True, each["max_input_channels"], default_input),
        ):
            if channels:
                is_default = each["index"] == default
                name = f"{each['name']}, {system}"
                found.append(AudioDeviceInfo(name, each["name"], is_input, is_default))
    return tuple(found)


class _Stream:
    """Stream of one direction that can be reopened after the loss of its device."""

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
        stream = self._stream
        try:
            return stream is not None and bool(stream.active)
        except sounddevice.PortAudioError:
            return False

    def misses_device(self, waited_s: float) -> bool:
        """Whether to search for new devices, ``waited_s`` after the last search."""
        if self._stream is None:
            return waited_s >= _LOOK_AGAIN_S
        return not self.works or (self.is_fallback and waited_s >= _LOOK_FOR_CHOSEN_S)

    def keep_open(self) -> None:
        """Opens the stream if it does not run; falls back to the system's default device."""
        if self.works:
            return
        self.close()
        wanted = [self._device, None] if self._device is not None else [None]
        for device in wanted:
            try:
                self._stream = self._kind(
                    samplerate=self._rate_hz,
                    blocksize=frame_samples(self._rate_hz),
                    channels=1,
                    dtype="int16",
                    latency=_LATENCY_S,
                    device=device,
                    callback=self._called_back,
                    extra_settings=self._extra_settings(device),
                )
                self._stream.start()
            except (sounddevice.PortAudioError, ValueError):
                # ValueError means that no device has this name. The watcher retries.
                self.close()
                continue
            self.is_fallback = device != self._device
            return

    def _extra_settings(self, device: str | None) -> Any | None:
        """Returns the WASAPI settings of the stream: WASAPI accepts telephone rates only with
        conversion enabled.
        """
        direction = "input" if self._kind is sounddevice.RawInputStream else "output"
        system = sounddevice.query_devices(device, direction)["hostapi"]
        is_wasapi = sounddevice.query_hostapis(system)["name"] == _WASAPI
        return sounddevice.WasapiSettings(auto_convert=True) if is_wasapi else None

    def close(self) -> None:
        """Stops and releases the stream."""
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.close(ignore_errors=True)

    def _called_back(self, data: Any, frames: int, _time: Any, _status: Any) -> None:
        self._move(data, frames)
