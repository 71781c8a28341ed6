"""Plays an alarm or a reminder on the ringer device.

Works without the phone process, because its failure may be the reason for the alarm. Blocks; call
on a worker thread.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from telephony.settings import AudioSettings

if TYPE_CHECKING:
    from telephony.media.samples import Samples

ALARM_S = 1.2
REMINDER_S = 0.8


def sound_alarm(settings: AudioSettings, duration_s: float = ALARM_S) -> bool:
    """Say that the phone or the register has failed; whether it could be heard. Blocks.

    It needs no phone process: that may be what has failed. DeviceError without a sound system.
    """
    # Loaded at the first sound and not at the start of a console that may never have one.
    from telephony.media.devices.buffer import alarm_cycle

    return _sound(settings, alarm_cycle(), duration_s)


def sound_reminder(settings: AudioSettings, duration_s: float = REMINDER_S) -> bool:
    """Say softly and once that something is due; as ``sound_alarm`` in all else."""
    from telephony.media.devices.buffer import reminder_cycle

    return _sound(settings, reminder_cycle(), duration_s)


def _sound(settings: AudioSettings, cycle: Samples, duration_s: float) -> bool:
    from telephony.media.devices.choice import build_device

    device = build_device(settings, cycle)
    device.play_ring(True)
    try:
        time.sleep(duration_s)
        return device.status().ringer_works
    finally:
        device.play_ring(False)
