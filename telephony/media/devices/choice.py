"""Where voice comes from and goes to; every driver of it behind one protocol."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Protocol, assert_never

from telephony.errors import DeviceError
from telephony.media.samples import Samples
from telephony.settings import AudioSettings


@dataclass(frozen=True, slots=True)
class DeviceStatus:
    """Whether the device's two directions work at this moment.

    False for a direction means that its hardware is away and is being looked for. ``is_fallback``
    tells that the chosen device is missing and the system's default stands in for it.
    ``echo_cancellation_works`` is False only where it was asked for and the system has none.
    ``ringer_works`` is False while a ring tone was begun and cannot be played.
    """

    input_works: bool = True
    output_works: bool = True
    is_fallback: bool = False
    echo_cancellation_works: bool = True
    ringer_works: bool = True


@dataclass(frozen=True, slots=True)
class AudioDeviceInfo:
    """A device to choose from; ``name`` is what AudioSettings hold, ``description`` for people."""

    name: str
    description: str
    is_input: bool
    is_default: bool


class AudioDevice(Protocol):
    """A headset, a file or nothing; frames are int16, 20 ms, one channel.

    open(), close() and play_ring() belong to the thread that controls the engine; read_frame()
    and write_frame() to the media thread, and neither of them ever blocks or raises: without
    hardware, and before open() or after close(), there is silence.
    """

    def open(self, rate_hz: int) -> None:
        """Begin to record and to play; DeviceError when that can never work. Twice is once.

        Frames have ``frame_samples(rate_hz)`` samples from here on, 8 or 16 kHz. A device that
        has one rate only may keep it: whoever reads a frame goes by its size, and writes frames
        of the same size.
        """

    def close(self) -> None:
        """Stop recording and playing; the ring tone goes on."""

    def read_frame(self) -> Samples:
        """The next 20 ms of the microphone."""

    def write_frame(self, samples: Samples) -> None:
        """Play 20 ms."""

    def play_ring(self, ringing: bool) -> None:
        """Begin or stop the ring tone on the ringer, which may be another device."""

    def status(self) -> DeviceStatus:
        """What works at this moment; any thread."""


def build_device(settings: AudioSettings) -> AudioDevice:
    """The device that the settings describe, not opened yet; DeviceError without its library.

    Drivers are imported here and not above: libpulse and PortAudio are each on one kind of system
    only. The driver "pulse" stands for the system's own sound: PulseAudio or PipeWire on Linux,
    PortAudio (WASAPI, Core Audio) elsewhere.
    """
    match settings.driver:
        case "null":
            from telephony.media.devices.null import NullDevice

            return NullDevice()
        case "file":
            from telephony.media.devices.file import FileDevice

            return FileDevice(settings.input_file, settings.output_file, loop=settings.loop_input)
        case "pulse":
            if sys.platform == "linux":
                try:
                    from telephony.media.devices.pulse import PulseDevice
                except OSError as error:
                    # pulsectl loads libpulse while it is imported.
                    raise DeviceError("pulse", "library_missing") from error

                return PulseDevice(
                    input_device=settings.input_device,
                    output_device=settings.output_device,
                    ring_device=settings.ring_device,
                    echo_cancellation=settings.echo_cancellation,
                )
            from telephony.media.devices.portaudio import PortAudioDevice

            return PortAudioDevice(
                input_device=settings.input_device,
                output_device=settings.output_device,
                ring_device=settings.ring_device,
            )
        case driver:
            assert_never(driver)


def list_audio_devices() -> tuple[AudioDeviceInfo, ...]:
    """The system's microphones and earpieces as they are now; waits for the sound server.

    Empty where there is none. Not for a thread that must not wait, and on systems other than
    Linux not during a call: PortAudio finds new devices only when nothing is open.
    """
    if sys.platform == "linux":
        try:
            from telephony.media.devices.pulse_watch import list_pulse_devices
        except OSError:
            return ()
        return list_pulse_devices()
    from telephony.media.devices.portaudio import list_portaudio_devices

    return list_portaudio_devices()
