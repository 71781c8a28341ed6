"""Conceals lost audio by repeating the last pitch period and by linear prediction.

The period is repeated as in ITU-T G.711 Appendix I. Half of it is replaced by the predicted
signal, which preserves the non-periodic part. If the audio after the gap has arrived, both are
also computed backward from it, bent to meet the other side in phase, and cross-faded: half the
gap is then at most half a packet away from received audio. A gap of unknown length fades after
20 ms into the background noise of the pauses. In audio without pauses, such as music or a tone,
the remaining level is at most that of a noisy room.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from telephony.media.playout.comfort_noise import (
    Background,
    Floats,
    NoiseGenerator,
    fit,
    predict,
    weights_of,
)
from telephony.media.samples import TELEPHONE_RATE_HZ, Samples, to_samples

_LOWEST_PITCH_HZ = 66
_HIGHEST_PITCH_HZ = 400
_LEARNT_S = 0.040
_ORDER = 64
_PERIODIC_SHARE = 0.5
_FULL_LEVEL_S = 0.020
_FADED_AFTER_S = 0.080
_JOINT_S = 0.002
_PITCH_WINDOW_S = 0.020
_PHASE_WINDOW_S = 0.010
# For audio that is too short for these windows.
_LEAST_WINDOW_S = 0.0075
_LEAST_FUTURE_S = 0.010
# Below this correlation the two sides of a gap have no common phase.
_LEAST_LIKENESS = 0.4
_BENDING_COST = 0.4
# In dB below the overload level, as in ``Background``.
_LOUDEST_BACKGROUND_LEVEL = 40


class _Period(NamedTuple):
    """One pitch period of the voice; its true length may be a fractional number of samples."""

    samples: Floats
    length: float

    def repeated(self, count: int) -> Floats:
        """Repeats the period for ``count`` samples, dropping samples to match its true length."""
        repetitions = np.arange(1, int(count / self.length) + 3)
        starts = np.rint(repetitions * self.length).astype(np.int64) - self.samples.size
        places = np.arange(count)
        numbers = np.searchsorted(starts, places, side="right") - 1
        return np.asarray(self.samples[(places - starts[numbers]) % self.samples.size])


class Concealer:
    """Extrapolates one audio stream and bridges its gaps; used by one thread."""

    def __init__(self, sample_rate_hz: int = TELEPHONE_RATE_HZ) -> None:
        self._shortest = sample_rate_hz // _HIGHEST_PITCH_HZ
        self._longest = sample_rate_hz // _LOWEST_PITCH_HZ
        self._learnt = int(sample_rate_hz * _LEARNT_S)
        self._pitch_window = int(sample_rate_hz * _PITCH_WINDOW_S)
        self._least_window = int(sample_rate_hz * _LEAST_WINDOW_S)
        self._phase_window = int(sample_rate_hz * _PHASE_WINDOW_S)
        self._full_level = int(sample_rate_hz * _FULL_LEVEL_S)
        self._least_future = int(sample_rate_hz * _LEAST_FUTURE_S)
        self._faded_after = int(sample_rate_hz * _FADED_AFTER_S)
        self._joint = int(sample_rate_hz * _JOINT_S)
        self._noise = NoiseGenerator()
        self._period = _Period(np.zeros(1), 1.0)
        self._weights: Floats = np.zeros(1)
        self._predicted: Floats = np.zeros(1)
        self._concealed = 0

    @property
    def is_active(self) -> bool:
        """Whether the latest audio was made by extend() and must be joined to the next."""
        return self._concealed > 0

    def begin(self, history: Samples, quiet: Samples) -> None:
        """Prepares the extrapolation from the last audio played and a quiet part of it."""
        past = self._past(history)
        self._period = self._find_period(past)
        self._weights = weights_of(fit((past,), _ORDER))
        self._predicted = past
        background = Background.from_samples(quiet)
        level = max(background.level, _LOUDEST_BACKGROUND_LEVEL)
        self._noise.use(replace(background, level=level))

    def extend(self, count: int) -> Samples:
        """Returns the next extrapolated samples after begin()."""
        values = self._continue(count)
        self._concealed += count
        return to_samples(values)

    def bridge(self, history: Samples, count: int, following: Samples) -> Samples:
        """Fills a gap of ``count`` samples between played audio and the audio that follows it."""
        self._concealed = 0
        past = self._past(history)
        future = following[: self._learnt].astype(np.float64)
        ahead = self._bent(past, count, future)
        if future.size < self._least_future:
            # Too short to determine its pitch: only its start is used.
            return to_samples(ahead)
        behind = self._bent(future[::-1], count, past[::-1])[::-1]
        weights = weights_of(fit((past, future), _ORDER))
        expected_ahead = predict(past, weights, count)
        expected_behind = predict(future[::-1], weights, count)[::-1]
        rise = 0.5 - 0.5 * np.cos(np.pi * (np.arange(count) + 0.5) / count)
        periodic = ahead * (1 - rise) + behind * rise
        expected = expected_ahead * (1 - rise) + expected_behind * rise
        return to_samples(_PERIODIC_SHARE * periodic + (1 - _PERIODIC_SHARE) * expected)

    def join(self, samples: Samples, *, may_shift: bool = False) -> Samples:
        """Returns the received samples after extend(), with a smooth transition.

        With ``may_shift`` up to one pitch period of extrapolated audio is inserted first, to match
        the phase.
        """
        size = min(self._joint, samples.size)
        shift = 0
        if may_shift and self._concealed < self._faded_after:
            beginning = samples[: self._phase_window].astype(np.float64)
            lead = self._continue(self._period.samples.size + beginning.size)
            shift = int(np.argmax(_likenesses(lead, beginning)))
        else:
            lead = self._continue(size)
        rise = np.arange(1, size + 1) / (size + 1)
        begin = samples[:size] * rise + lead[shift : shift + size] * (1 - rise)
        self._concealed = 0
        return np.concatenate((to_samples(lead[:shift]), to_samples(begin), samples[size:]))

    def reset(self) -> None:
        """Ends the extrapolation without a transition."""
        self._concealed = 0

    def _past(self, history: Samples) -> Floats:
        """The latest part of the history, padded with silence at the start if it is short."""
        past = np.zeros(self._learnt)
        last = history[-self._learnt :]
        past[self._learnt - last.size :] = last
        return past

    def _continue(self, count: int) -> Floats:
        positions = self._concealed + np.arange(count)
        if self._concealed >= self._faded_after:
            return self._noise.next_values(count)
        periodic = self._period.repeated(self._concealed + count)[self._concealed :]
        expected = predict(self._predicted, self._weights, count)
        self._predicted = np.concatenate((self._predicted[count:], expected))
        fade = (self._faded_after - positions) / (self._faded_after - self._full_level)
        fade = np.clip(fade, 0.0, 1.0)
        voice = _PERIODIC_SHARE * periodic + (1 - _PERIODIC_SHARE) * expected
        return np.asarray(voice * fade + self._noise.next_values(count) * np.sqrt(1 - fade * fade))

    def _find_period(self, past: Floats) -> _Period:
        """The pitch period: the latest part of the audio that repeats the part before it best."""
        longest = min(self._longest, past.size - self._least_window)
        window = min(self._pitch_window, past.size - longest)
        searched = past[past.size - window - longest : past.size - self._shortest]
        scores = _likenesses(searched, past[past.size - window :])
        best = int(np.argmax(scores))
        lag = longest - best
        period = past[past.size - lag :].copy()
        joint = min(lag // 4, past.size - lag)
        if joint:
            # Its end must match its start: its tail is blended into the samples before its head.
            rise = np.arange(1, joint + 1) / (joint + 1)
            before = past[past.size - lag - joint : past.size - lag]
            period[lag - joint :] = period[lag - joint :] * (1 - rise) + before * rise
        return _Period(period, lag - _peak_offset(scores, best))

    def _bent(self, past: Floats, count: int, future: Floats) -> Floats:
        """Repeats the past's last period, slightly stretched or compressed to match the future."""
        period = self._find_period(past)
        reach = period.samples.size // 2 + 1
        window = min(self._phase_window, future.size)
        places = np.arange(count + reach + window)
        longer = period.repeated(places.size)
        scores = _likenesses(longer[max(0, count - reach) :], future[:window])
        shifts = np.arange(scores.size) - min(reach, count)
        # Of several matching shifts, the smallest is the most likely.
        best = int(np.argmax(scores - _BENDING_COST * (shifts / reach) ** 2))
        shift = int(shifts[best]) if scores[best] >= _LEAST_LIKENESS else 0
        bent_places = np.arange(count) * ((count + shift) / count)
        return np.asarray(np.interp(bent_places, places, longer))


def _peak_offset(scores: Floats, best: int) -> float:
    """Fractional distance of the maximum of the interpolated curve from the best position."""
    if not 0 < best < scores.size - 1:
        return 0.0
    left, top, right = scores[best - 1 : best + 2]
    bend = float(left - 2 * top + right)
    return 0.5 * float(left - right) / bend if bend < 0 else 0.0


def _likenesses(searched: Floats, template: Floats) -> Floats:
    """Normalised correlation of the template with each position of the searched audio."""
    products = np.correlate(searched, template, mode="valid")
    sums = np.concatenate(([0.0], np.cumsum(searched**2)))
    energies = sums[template.size :] - sums[: sums.size - template.size]
    return np.asarray(products / np.sqrt(energies * float(template @ template) + 1.0))
