"""Checks whether headset and ringer are connected, and lists the sound devices.

Blocks on the sound server; call on a worker thread and not during a call.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from telephony.settings import AudioSettings

DUMMY = "auto_null"
"""Dummy sink of PulseAudio and PipeWire when there is no device."""


class Presence(StrEnum):
    """State of a configured device."""

    THERE = "there"
    """The configured device is present, or any if none is configured."""
    STAND_IN = "stand_in"
    """The configured device is missing; the system default is used."""
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class DevicePresence:
    """State of the three sound devices of a workplace."""

    microphone: Presence = Presence.THERE
    earpiece: Presence = Presence.THERE
    ringer: Presence = Presence.THERE

    @property
    def is_whole(self) -> bool:
        """Whether all configured devices are present."""
        return self == DevicePresence()


def look_at_devices(settings: AudioSettings) -> DevicePresence:
    """Checks the connected devices. Blocks on the sound server; call on a worker thread.

    Files and the null device, used in tests, are always present.
    """
    if settings.driver != "pulse":
        return DevicePresence()
    # Imported at the first check, to keep the start of the console fast.
    from telephony.media.devices.choice import list_audio_devices

    found = [each for each in list_audio_devices() if each.name != DUMMY]
    outputs = {each.name for each in found if not each.is_input}
    inputs = {each.name for each in found if each.is_input}
    # The monitor of a sink can be configured as a microphone, but it is not offered for selection.
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
    """``name`` is the value in AudioSettings, ``label`` the description for users."""

    name: str
    label: str
    is_input: bool


def list_sound_devices() -> tuple[SoundDevice, ...]:
    """Lists the connected microphones and earpieces; empty without a sound system.

    Blocks on the sound server; call on a worker thread.
    """
    # Imported when the list is opened, to keep the start of the console fast.
    from telephony.media.devices.choice import list_audio_devices

    return tuple(
        SoundDevice(each.name, each.description or each.name, each.is_input)
        for each in list_audio_devices()
        if each.name != DUMMY
    )
