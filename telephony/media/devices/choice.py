"""Creates the audio device that the settings name, and lists microphones and earpieces."""

from __future__ import annotations

import sys
from typing import assert_never

from telephony.errors import DeviceError
from telephony.media.devices.device import AudioDevice, AudioDeviceInfo
from telephony.media.samples import Samples
from telephony.settings import AudioSettings


def build_device(settings: AudioSettings, ring: Samples | None = None) -> AudioDevice:
    """Creates the device of the settings, not opened; raises DeviceError if its library is missing.

    ``ring`` is the sound that its ringer repeats, sampled at 8 kHz; None selects the ring tone of a
    call. Drivers are imported lazily, because libpulse and PortAudio exist on different systems.
    The driver "pulse" means the system's own sound: PulseAudio or PipeWire on Linux, PortAudio
    (WASAPI, Core Audio) elsewhere.
    """
    match settings.driver:
        case "null":
            from telephony.media.devices.device import NullDevice

            return NullDevice()
        case "file":
            from telephony.media.devices.buffer import FileDevice

            return FileDevice(settings.input_file, settings.output_file, loop=settings.loop_input)
        case "pulse":
            if sys.platform == "linux":
                try:
                    from telephony.media.devices.pulse import PulseDevice
                except OSError as error:
                    # pulsectl loads libpulse during its import.
                    raise DeviceError("pulse", "library_missing") from error

                return PulseDevice(
                    input_device=settings.input_device,
                    output_device=settings.output_device,
                    ring_device=settings.ring_device,
                    echo_cancellation=settings.echo_cancellation,
                    ring=ring,
                )
            from telephony.media.devices.portaudio import PortAudioDevice

            return PortAudioDevice(
                input_device=settings.input_device,
                output_device=settings.output_device,
                ring_device=settings.ring_device,
                ring=ring,
            )
        case driver:
            assert_never(driver)


def list_audio_devices() -> tuple[AudioDeviceInfo, ...]:
    """Lists the system's microphones and earpieces; empty if there are none.

    Blocks; call on a worker thread. On systems other than Linux do not call it during a call:
    PortAudio finds new devices only while nothing is open.
    """
    if sys.platform == "linux":
        try:
            from telephony.media.devices.pulse_watch import list_pulse_devices
        except OSError:
            return ()
        return list_pulse_devices()
    from telephony.media.devices.portaudio import list_portaudio_devices

    return list_portaudio_devices()
