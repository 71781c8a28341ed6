"""The background of a pause: noise of a level and a colour that the far side tells (RFC 3389)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from telephony.media.playout.linear_prediction import Floats, fit, predict, weights_of
from telephony.media.samples import Samples, silence, to_samples

_OVERLOAD_RMS = 32768.0
_QUIETEST_LEVEL = 127
_MIDDLE_CODE = 127
_CODE_STEP = 258 / 32768
_MOST_COEFFICIENTS = 32
_ORDER = 10
_RESPONSE_SAMPLES = 64
_FRAMES_BETWEEN_LOOKS = 5
# The background may have become louder: twice as loud is believed after some 15 s.
_FORGETTING = 1.01


@dataclass(frozen=True, slots=True)
class Background:
    """Noise as RFC 3389 describes it.

    ``level`` is 0 to 127, in dB below the overload level. ``reflections`` are the reflection
    coefficients of an all-pole filter, none for white noise.
    """

    level: int = _QUIETEST_LEVEL
    reflections: tuple[float, ...] = ()

    @classmethod
    def from_payload(cls, payload: bytes) -> Background | None:
        """The noise that a comfort noise packet asks for; None for an empty one."""
        if not payload:
            return None
        codes = payload[1 : 1 + _MOST_COEFFICIENTS]
        return cls(
            payload[0] & 0x7F,
            tuple(_CODE_STEP * (min(code, 254) - _MIDDLE_CODE) for code in codes),
        )

    @classmethod
    def from_samples(cls, samples: Samples) -> Background:
        """The noise that sounds like these samples, 10 ms or more of them."""
        values = samples.astype(np.float64)
        rms = float(np.sqrt(np.mean(values**2))) if values.size else 0.0
        if rms < 1.0:
            return cls()
        level = min(_QUIETEST_LEVEL, max(0, round(-20 * np.log10(rms / _OVERLOAD_RMS))))
        return cls(level, tuple(float(each) for each in fit((values,), _ORDER)))

    def to_payload(self) -> bytes:
        """The payload of a comfort noise packet."""
        codes = (round(each / _CODE_STEP) + _MIDDLE_CODE for each in self.reflections)
        return bytes((self.level, *(min(254, max(0, code)) for code in codes)))


class NoiseGenerator:
    """Makes a background go on without seams; one instance a stream, one thread."""

    def __init__(self) -> None:
        self._chance = np.random.default_rng()
        self._response: Floats = np.zeros(_RESPONSE_SAMPLES)
        self._before: Floats = np.zeros(_RESPONSE_SAMPLES - 1)

    def use(self, background: Background) -> None:
        """Sound like this from now on."""
        impulse = np.ones(1)
        rest = predict(impulse, weights_of(background.reflections), _RESPONSE_SAMPLES - 1)
        response = np.concatenate((impulse, rest))
        rms = _OVERLOAD_RMS * 10 ** (-background.level / 20)
        self._response = response * (rms / float(np.sqrt(response @ response)))

    def next(self, count: int) -> Samples:
        """The next samples."""
        return to_samples(self.next_values(count))

    def next_values(self, count: int) -> Floats:
        """The next samples before they are rounded."""
        source = np.concatenate((self._before, self._chance.standard_normal(count)))
        self._before = source[count:]
        return np.convolve(source, self._response, mode="valid")


class QuietestFrame:
    """The quietest frame heard of late, which is taken for the speaker's background."""

    def __init__(self) -> None:
        self.samples: Samples = silence(0)
        self._energy = 0.0
        self._frames = 0

    def take(self, frame: Samples) -> None:
        """Look at the next frame heard; only some are measured, which is enough."""
        self._frames += 1
        if self._frames % _FRAMES_BETWEEN_LOOKS:
            return
        values = frame.astype(np.float64)
        energy = float(values @ values)
        self._energy = self._energy * _FORGETTING + frame.size
        if energy <= self._energy or not self.samples.size:
            self._energy = energy
            self.samples = frame
