"""Checks whether headset and ringer are connected, and lists the sound devices.

Blocks on the sound server; call on a worker thread and not during a call.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from telephony.settings import AudioSettings

DUMMY = "auto_null"
"""What PulseAudio and PipeWire play into while there is no device at all."""


class Presence(StrEnum):
    """What stands where a device is wanted."""

    THERE = "there"
    """The chosen one, or any where none was chosen."""
    STAND_IN = "stand_in"
    """The chosen one is away: the system's default takes its place."""
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class DevicePresence:
    """The three places of a workplace's sound."""

    microphone: Presence = Presence.THERE
    earpiece: Presence = Presence.THERE
    ringer: Presence = Presence.THERE

    @property
    def is_whole(self) -> bool:
        """Whether every place has the device that is wanted there."""
        return self == DevicePresence()


def look_at_devices(settings: AudioSettings) -> DevicePresence:
    """What is plugged in now; waits for the sound server, so not on a thread that must not.

    Files and silence, which serve trials, are always there.
    """
    if settings.driver != "pulse":
        return DevicePresence()
    # Loaded at the first look and not at the start of a console.
    from telephony.media.devices.choice import list_audio_devices

    found = [each for each in list_audio_devices() if each.name != DUMMY]
    outputs = {each.name for each in found if not each.is_input}
    inputs = {each.name for each in found if each.is_input}
    # A sink's own sound may be chosen as a microphone, though nobody is offered it.
    heard = inputs | {f"{name}.monitor" for name in outputs}
    return DevicePresence(
        _presence(settings.input_device, heard if settings.input_device else inputs),
        _presence(settings.output_device, outputs),
        _presence(settings.ring_device, outputs),
    )


def _presence(wanted: str | None, found: Collection[str]) -> Presence:
    if wanted in found or (wanted is None and found):
        return Presence.THERE
    return Presence.STAND_IN if found else Presence.MISSING


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
    from telephony.media.devices.choice import list_audio_devices

    return tuple(
        SoundDevice(each.name, each.description or each.name, each.is_input)
        for each in list_audio_devices()
        if each.name != DUMMY
    )
