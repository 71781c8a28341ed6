"""The form that audio has inside the phone: frames of 20 ms, 16-bit linear, one channel."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.int16]
"""Linear audio of one channel; a frame has ``frame_samples(rate)`` of them."""

FRAME_MS = 20
TELEPHONE_RATE_HZ = 8000
WIDEBAND_RATE_HZ = 16000
SILENCE_DBFS = -100.0
"""The level told for digital silence, so that a level is always a finite number."""

_FULL_SCALE_SINE_POWER = 32768.0**2 / 2


def frame_samples(sample_rate_hz: int = TELEPHONE_RATE_HZ) -> int:
    """How many samples a frame of 20 ms has."""
    return sample_rate_hz * FRAME_MS // 1000


def silence(count: int) -> Samples:
    """So many samples of digital silence."""
    return np.zeros(count, dtype=np.int16)


def to_samples(values: npt.NDArray[np.float64]) -> Samples:
    """The values rounded to 16 bits, limited at full scale."""
    return np.clip(np.rint(values), -32768, 32767).astype(np.int16)


def level_dbfs(samples: npt.ArrayLike) -> float:
    """RMS level in dBFS by AES17: a sine of full scale has 0 dBFS."""
    values = np.asarray(samples, dtype=np.float64)
    if values.size == 0:
        return SILENCE_DBFS
    # Not a dot product: of 10,000 values and more it would wait for other threads of OpenBLAS.
    return power_dbfs(float(np.mean(values * values)))


def power_dbfs(mean_square: float) -> float:
    """The level of a mean square of 16-bit samples, in dBFS by AES17."""
    if mean_square <= 0:
        return SILENCE_DBFS
    return max(SILENCE_DBFS, float(10 * np.log10(mean_square / _FULL_SCALE_SINE_POWER)))


class LevelMeter:
    """Level of the last whole interval, one second by default; used by one thread."""

    def __init__(self, interval_frames: int = 1000 // FRAME_MS) -> None:
        self._interval_frames = interval_frames
        self._frames: list[Samples] = []
        self.level_dbfs = SILENCE_DBFS

    def add(self, samples: Samples) -> None:
        """Take one frame into the running interval; nobody may change it later."""
        # All are measured at once: a wake-up of the media thread costs what it touches.
        self._frames.append(samples)
        if len(self._frames) >= self._interval_frames:
            self.level_dbfs = level_dbfs(np.concatenate(self._frames))
            self._frames.clear()
