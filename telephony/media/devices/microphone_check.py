"""Measures and rates the microphone level.

Detects a silent, quiet or distorting microphone before a call. Blocks; call on a worker thread.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from telephony.media.devices.choice import build_device
from telephony.media.devices.device import AudioDevice
from telephony.media.samples import (
    FRAME_MS,
    SILENCE_DBFS,
    TELEPHONE_RATE_HZ,
    Samples,
    level_dbfs,
    power_dbfs,
)
from telephony.settings import AudioSettings

_FRAME_S = FRAME_MS / 1000
_OPEN_TIMEOUT_S = 2.5
# Loud parts of speech at a headset have -30 to -15 dBFS. Below -45 a caller cannot understand;
# below -70 is the noise of a muted microphone or an empty socket.
_QUIET_DBFS = -45.0
_SILENT_DBFS = -70.0
_CLIPPED = 32700
_CLIPPED_SHARE = 0.001
_LOUD_PARTS_PERCENT = 90
_TOLD_FRAMES = 5


class MicrophoneVerdict(StrEnum):
    """Rating of the microphone level."""

    GOOD = "good"
    QUIET = "quiet"
    """A voice is present, but too quiet for a caller."""
    LOUD = "loud"
    """Clipped at full scale: distorted."""
    SILENT = "silent"
    """Only electronic noise: the microphone is muted, or no one spoke."""
    MISSING = "missing"
    """No microphone delivered sound."""


@dataclass(frozen=True, slots=True)
class MicrophoneLevel:
    """Microphone level; ``level_dbfs`` is the 90th percentile of 20 ms frames, by AES17.

    ``peak_dbfs`` is by AES17 as well. ``is_fallback`` means that the configured microphone is
    missing and the system's default was measured.
    """

    level_dbfs: float
    peak_dbfs: float
    verdict: MicrophoneVerdict
    is_fallback: bool = False


def measure_microphone(
    settings: AudioSettings,
    duration_s: float = 3.0,
    tell: Callable[[float], None] = lambda level_dbfs: None,
) -> MicrophoneLevel:
    """Measures the microphone for ``duration_s``. Blocks; call on a worker thread.

    ``tell`` receives the level of each tenth of a second. Raises DeviceError if these settings can
    never yield a device.
    """
    device = build_device(settings)
    device.open(TELEPHONE_RATE_HZ)
    try:
        if not _waits_for(device):
            return MicrophoneLevel(SILENCE_DBFS, SILENCE_DBFS, MicrophoneVerdict.MISSING)
        sound = _listen(device, duration_s, tell)
        status = device.status()
    finally:
        device.close()
    if not status.input_works:
        return MicrophoneLevel(SILENCE_DBFS, SILENCE_DBFS, MicrophoneVerdict.MISSING)
    return judge_microphone(sound, is_fallback=status.is_fallback)


def judge_microphone(sound: Samples, *, is_fallback: bool = False) -> MicrophoneLevel:
    """Rates a recording of at least 20 ms at 8 kHz."""
    frame = TELEPHONE_RATE_HZ * FRAME_MS // 1000
    levels = [level_dbfs(sound[place : place + frame]) for place in range(0, sound.size, frame)]
    level = float(np.percentile(levels, _LOUD_PARTS_PERCENT))
    magnitude = np.abs(sound.astype(np.int32))
    # A sine has half the power of its squared peak.
    peak = power_dbfs(float(magnitude.max()) ** 2 / 2)
    if level < _SILENT_DBFS:
        verdict = MicrophoneVerdict.SILENT
    elif (magnitude >= _CLIPPED).mean() > _CLIPPED_SHARE:
        verdict = MicrophoneVerdict.LOUD
    elif level < _QUIET_DBFS:
        verdict = MicrophoneVerdict.QUIET
    else:
        verdict = MicrophoneVerdict.GOOD
    return MicrophoneLevel(level, peak, verdict, is_fallback)


def _waits_for(device: AudioDevice) -> bool:
    """Waits until the microphone delivers sound; returns False if it does not.

    Digital silence is skipped as well: a sound server delivers it while it wakes a device, whereas
    an active microphone has at least some noise.
    """
    until_s = time.monotonic() + _OPEN_TIMEOUT_S
    while not (device.status().input_works and device.read_frame().any()):
        if time.monotonic() >= until_s:
            return device.status().input_works
        time.sleep(_FRAME_S)
    return True


def _listen(device: AudioDevice, duration_s: float, tell: Callable[[float], None]) -> Samples:
    """Reads frames at the pace of a call."""
    frames: list[Samples] = []
    next_s = time.monotonic()
    for _ in range(max(1, round(duration_s / _FRAME_S))):
        frames.append(device.read_frame())
        if len(frames) % _TOLD_FRAMES == 0:
            tell(level_dbfs(np.concatenate(frames[-_TOLD_FRAMES:])))
        next_s += _FRAME_S
        time.sleep(max(0.0, next_s - time.monotonic()))
    return np.concatenate(frames)
