"""The sound devices of this computer, for people to choose from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SoundDevice:
    """``name`` is what AudioSettings hold, ``label`` what the system calls it for people."""

    name: str
    label: str
    is_input: bool


def list_sound_devices() -> tuple[SoundDevice, ...]:
    """Microphones and earpieces as they are now; empty without a sound system.

    Waits for the sound server, so not for a thread that must not.
    """
    # Loaded when somebody chooses and not at the start of a console.
    from telephony.device_presence import DUMMY
    from telephony.media.devices.choice import list_audio_devices

    return tuple(
        SoundDevice(each.name, each.description or each.name, each.is_input)
        for each in list_audio_devices()
        if each.name != DUMMY
    )
