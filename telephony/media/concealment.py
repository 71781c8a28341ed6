"""Stands in for audio that did not arrive: the last pitch period goes on and fades away.

Follows the idea of ITU-T G.711 Appendix I: repeat the last pitch period without a step at the
joints, lower it after the first 10 ms and be silent after 60 ms.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from telephony.media.samples import TELEPHONE_RATE_HZ, Samples, to_samples

_LOWEST_PITCH_HZ = 66
_HIGHEST_PITCH_HZ = 400
_FULL_LEVEL_S = 0.010
_SILENT_AFTER_S = 0.060
_JOINT_S = 0.004

Floats = npt.NDArray[np.float64]


class Concealer:
    """Remembers the last 50 ms heard and continues them; one instance a stream, one thread."""

    def __init__(self, sample_rate_hz: int = TELEPHONE_RATE_HZ) -> None:
        self._shortest = sample_rate_hz // _HIGHEST_PITCH_HZ
        self._longest = sample_rate_hz // _LOWEST_PITCH_HZ
        self._full_level = int(sample_rate_hz * _FULL_LEVEL_S)
        self._silent_after = int(sample_rate_hz * _SILENT_AFTER_S)
        self._joint = int(sample_rate_hz * _JOINT_S)
        self._history: Floats = np.zeros(sample_rate_hz // 20)
        self._period: Floats = np.zeros(1)
        self._concealed = 0

    @property
    def is_active(self) -> bool:
        """Whether the audio played last was invented."""
        return self._concealed > 0

    def begin(self, history: Samples) -> None:
        """Learn from the last audio heard, 50 ms or more, what comes next."""
        size = self._history.size
        self._history[:] = 0
        last = history[-size:]
        self._history[size - last.size :] = last
        self._period = self._last_period()

    def extend(self, count: int) -> Samples:
        """The next samples of the audio that begin() was given."""
        values = self._continue(count)
        self._concealed += count
        return to_samples(values)

    def blend(self, samples: Samples) -> Samples:
        """The real samples that follow, led into without a step; the concealment is over."""
        count = min(self._joint, samples.size)
        ramp = np.arange(1, count + 1) / (count + 1)
        begin = samples[:count] * ramp + self._continue(count) * (1 - ramp)
        self._concealed = 0
        return np.concatenate((to_samples(begin), samples[count:]))

    def reset(self) -> None:
        """Forget what was heard: another stream begins."""
        self._concealed = 0

    def _last_period(self) -> Floats:
        lag = self._pitch_lag()
        period = self._history[-lag:].copy()
        # The repeated period must start where the heard audio ends: blend its tail with what
        # came one period before its head.
        joint = min(lag // 4, self._history.size - lag)
        if joint:
            ramp = np.arange(1, joint + 1) / (joint + 1)
            before = self._history[-lag - joint : -lag]
            period[-joint:] = period[-joint:] * (1 - ramp) + before * ramp
        return period

    def _pitch_lag(self) -> int:
        window = self._history.size - self._longest
        recent = self._history[-window:]
        energies = np.concatenate(([0.0], np.cumsum(self._history**2)))
        # correlate()[k] pairs ``recent`` with the history that starts at k: lag = longest - k.
        products = np.correlate(self._history, recent, mode="valid")
        starts = np.arange(products.size)
        norms = np.sqrt(energies[starts + window] - energies[starts]) + 1.0
        scores = (products / norms)[: self._longest - self._shortest + 1]
        return self._longest - int(np.argmax(scores))

    def _continue(self, count: int) -> Floats:
        positions = self._concealed + np.arange(count)
        values = self._period[positions % self._period.size]
        fade = (self._silent_after - positions) / (self._silent_after - self._full_level)
        return np.asarray(values * np.clip(fade, 0.0, 1.0))
