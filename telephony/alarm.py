"""The sound that says that the phone or the register has failed: on the ringer, for a second."""

from __future__ import annotations

import time

from telephony.settings import AudioSettings

ALARM_S = 1.2


def sound_alarm(settings: AudioSettings, duration_s: float = ALARM_S) -> bool:
    """Play it on the ringer of these settings; whether it could be heard. Blocks.

    It needs no phone process: that may be what has failed. DeviceError without a sound system.
    """
    # Loaded at the first alarm and not at the start of a console that may never have one.
    from telephony.media.devices.choice import build_device
    from telephony.media.devices.ring_tone import alarm_cycle

    device = build_device(settings, alarm_cycle())
    device.play_ring(True)
    try:
        time.sleep(duration_s)
        return device.status().ringer_works
    finally:
        device.play_ring(False)
