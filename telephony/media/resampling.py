"""Between the two audio rates of the phone: a half-band filter that doubles or halves the rate.

The filter is a windowed sinc of 63 taps, symmetric, with its half level at 4 kHz. What lies below
3.4 kHz passes unchanged, and its image above 4.6 kHz is more than 70 dB down; so is everything
above 4.6 kHz before the rate is halved.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from telephony.media.samples import Samples, to_samples

_SIDE_TAPS = 16
_KAISER_BETA = 7.0

Floats = npt.NDArray[np.float64]


def _odd_taps() -> Floats:
    """The taps at the odd places -31..31; of the even ones only the middle one is not zero."""
    places = np.arange(1 - 2 * _SIDE_TAPS, 2 * _SIDE_TAPS, 2)
    window = np.kaiser(4 * _SIDE_TAPS - 1, _KAISER_BETA)[::2]
    taps = np.sinc(places / 2) / 2 * window
    # Their sum is the gain of a constant, which the middle tap of 1/2 has too.
    return np.asarray(taps / (2 * taps.sum()))


_TAPS = _odd_taps()


class Doubler:
    """8 kHz to 16 kHz, frame by frame; one instance a stream, one thread.

    The sound is ``DELAY`` samples of 16 kHz (2 ms) later in the output.
    """

    DELAY = 2 * _SIDE_TAPS

    def __init__(self) -> None:
        self._past: Floats = np.zeros(2 * _SIDE_TAPS - 1)

    def process(self, samples: Samples) -> Samples:
        """Twice as many samples."""
        line: Floats = np.concatenate((self._past, samples.astype(np.float64)))
        self._past = line[samples.size :]
        doubled = np.empty(2 * samples.size)
        doubled[0::2] = line[_SIDE_TAPS - 1 : _SIDE_TAPS - 1 + samples.size]
        doubled[1::2] = np.convolve(line, 2 * _TAPS, mode="valid")
        return to_samples(doubled)


class Halver:
    """16 kHz to 8 kHz, frame by frame of an even size; one instance a stream, one thread.

    The sound is ``DELAY`` samples of 8 kHz (1.9 ms) later in the output.
    """

    DELAY = _SIDE_TAPS - 1

    def __init__(self) -> None:
        # As much of the past as the even and the odd places need.
        self._past: Floats = np.zeros(4 * _SIDE_TAPS - 2)

    def process(self, samples: Samples) -> Samples:
        """Half as many samples."""
        line: Floats = np.concatenate((self._past, samples.astype(np.float64)))
        self._past = line[samples.size :]
        middle = line[2 * _SIDE_TAPS : 2 * _SIDE_TAPS + samples.size : 2]
        sides = np.convolve(line[1::2], _TAPS, mode="valid")
        return to_samples(middle / 2 + sides)


def resample(samples: Samples, from_hz: int, to_hz: int) -> Samples:
    """The whole sound at the other rate, without delay; the rates are equal or 2 to 1."""
    if from_hz == to_hz:
        return samples
    if to_hz == 2 * from_hz:
        padded = np.concatenate((samples, np.zeros(Doubler.DELAY // 2, dtype=np.int16)))
        return Doubler().process(padded)[Doubler.DELAY :]
    if from_hz == 2 * to_hz:
        tail = 2 * Halver.DELAY + samples.size % 2
        padded = np.concatenate((samples, np.zeros(tail, dtype=np.int16)))
        return Halver().process(padded)[Halver.DELAY :]
    raise ValueError((from_hz, to_hz))


class RateAdapter:
    """Brings frames of 20 ms to the size wanted, whatever size they have; one thread.

    A change of sizes in the stream begins a fresh filter.
    """

    def __init__(self) -> None:
        self._filter: Doubler | Halver | None = None

    def fit(self, frame: Samples, size: int) -> Samples:
        """The frame with ``size`` samples: its own size, twice or half of it."""
        if frame.size == size:
            self._filter = None
            return frame
        wanted = Doubler if size > frame.size else Halver
        if not isinstance(self._filter, wanted):
            self._filter = wanted()
        return self._filter.process(frame)
