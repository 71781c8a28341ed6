"""Linear prediction (Burg's method), and comfort noise (RFC 3389) made with it.

Estimates the speaker's background noise, and generates noise that continues without seams.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from telephony.media.samples import Samples, silence, to_samples

Floats = npt.NDArray[np.float64]

_LEAST_ENERGY = 1e-9


def fit(parts: Sequence[Floats], order: int) -> Floats:
    """Returns the reflection coefficients that predict all parts best (Burg's method).

    At most as many as the shortest part allows. Each is within -1 to 1, so the predicted signal
    does not grow.
    """
    forward = [part.astype(np.float64) for part in parts]
    backward = list(forward)
    order = min(order, *(part.size - 1 for part in parts))
    reflections = np.zeros(max(0, order))
    for step in range(order):
        product = 0.0
        energy = _LEAST_ENERGY
        for place in range(len(parts)):
            ahead, behind = forward[place][1:], backward[place][:-1]
            forward[place], backward[place] = ahead, behind
            product += float(behind @ ahead)
            energy += float(ahead @ ahead) + float(behind @ behind)
        reflection = -2 * product / energy
        reflections[step] = reflection
        for place in range(len(parts)):
            ahead, behind = forward[place], backward[place]
            forward[place] = ahead + reflection * behind
            backward[place] = behind + reflection * ahead
    return reflections


def weights_of(reflections: npt.ArrayLike) -> Floats:
    """Returns the weights of the previous samples, the latest first (step-up recursion)."""
    polynomial = np.ones(1)
    for reflection in np.asarray(reflections, dtype=np.float64):
        longer = np.append(polynomial, 0.0)
        polynomial = longer + reflection * longer[::-1]
    return np.asarray(-polynomial[1:])


def predict(before: Floats, weights: Floats, count: int) -> Floats:
    """Predicts the next ``count`` samples without excitation; a missing past counts as zeros."""
    order = weights.size
    line = np.zeros(order + count)
    known = min(order, before.size)
    if known:
        line[order - known : order] = before[-known:]
    oldest_first = np.ascontiguousarray(weights[::-1])
    for place in range(count):
        line[order + place] = oldest_first @ line[place : place + order]
    return line[order:]


_OVERLOAD_RMS = 32768.0
_QUIETEST_LEVEL = 127
_MIDDLE_CODE = 127
_CODE_STEP = 258 / 32768
_MOST_COEFFICIENTS = 32
_ORDER = 10
_RESPONSE_SAMPLES = 64
_FRAMES_BETWEEN_LOOKS = 5
# Makes the estimate follow a louder background: twice as loud is accepted after about 15 s.
_FORGETTING = 1.01


@dataclass(frozen=True, slots=True)
class Background:
    """Comfort noise parameters (RFC 3389).

    ``level`` is 0 to 127, in dB below the overload level. ``reflections`` are the reflection
    coefficients of an all-pole filter, empty for white noise.
    """

    level: int = _QUIETEST_LEVEL
    reflections: tuple[float, ...] = ()

    @classmethod
    def from_payload(cls, payload: bytes) -> Background | None:
        """Parses a comfort noise payload; returns None for an empty one."""
        if not payload:
            return None
        codes = payload[1 : 1 + _MOST_COEFFICIENTS]
        return cls(
            payload[0] & 0x7F,
            tuple(_CODE_STEP * (min(code, 254) - _MIDDLE_CODE) for code in codes),
        )

    @classmethod
    def from_samples(cls, samples: Samples) -> Background:
        """Estimates the noise parameters of these samples, which must be at least 10 ms."""
        values = samples.astype(np.float64)
        rms = float(np.sqrt(np.mean(values**2))) if values.size else 0.0
        if rms < 1.0:
            return cls()
        level = min(_QUIETEST_LEVEL, max(0, round(-20 * np.log10(rms / _OVERLOAD_RMS))))
        return cls(level, tuple(float(each) for each in fit((values,), _ORDER)))

    def to_payload(self) -> bytes:
        """Returns the payload of a comfort noise packet."""
        codes = (round(each / _CODE_STEP) + _MIDDLE_CODE for each in self.reflections)
        return bytes((self.level, *(min(254, max(0, code)) for code in codes)))


class NoiseGenerator:
    """Generates continuous noise; one instance per stream, one thread."""

    def __init__(self) -> None:
        self._chance = np.random.default_rng()
        self._response: Floats = np.zeros(_RESPONSE_SAMPLES)
        self._before: Floats = np.zeros(_RESPONSE_SAMPLES - 1)

    def use(self, background: Background) -> None:
        """Sets the parameters of the noise."""
        impulse = np.ones(1)
        rest = predict(impulse, weights_of(background.reflections), _RESPONSE_SAMPLES - 1)
        response = np.concatenate((impulse, rest))
        rms = _OVERLOAD_RMS * 10 ** (-background.level / 20)
        self._response = response * (rms / float(np.sqrt(response @ response)))

    def next(self, count: int) -> Samples:
        """Returns the next samples."""
        return to_samples(self.next_values(count))

    def next_values(self, count: int) -> Floats:
        """Returns the next samples before rounding."""
        source = np.concatenate((self._before, self._chance.standard_normal(count)))
        self._before = source[count:]
        return np.convolve(source, self._response, mode="valid")


class QuietestFrame:
    """Tracks the quietest recent frame, which represents the speaker's background noise."""

    def __init__(self) -> None:
        self.samples: Samples = silence(0)
        self._energy = 0.0
        self._frames = 0

    def take(self, frame: Samples) -> None:
        """Considers the next played frame; measures only every fifth one, which is sufficient."""
        self._frames += 1
        if self._frames % _FRAMES_BETWEEN_LOOKS:
            return
        values = frame.astype(np.float64)
        energy = float(values @ values)
        self._energy = self._energy * _FORGETTING + frame.size
        if energy <= self._energy or not self.samples.size:
            self._energy = energy
            self.samples = frame
