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
    """Plays the alarm for a failed phone or register on the ringer. Returns whether the ringer
    worked.

    Works without the phone process, whose failure may be the reason. Raises DeviceError without a
    sound system. Blocks; call on a worker thread.
    """
    # Imported at the first alarm, to keep the start of the console fast.
    from telephony.media.devices.buffer import alarm_cycle

    return _sound(settings, alarm_cycle(), duration_s)


def sound_reminder(settings: AudioSettings, duration_s: float = REMINDER_S) -> bool:
    """Plays a soft reminder once on the ringer. Return value, errors and blocking as in
    ``sound_alarm``.
    """
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
