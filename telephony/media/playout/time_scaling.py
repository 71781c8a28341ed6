"""Shortens or lengthens audio by pitch periods (waveform-similarity overlap-add).

The lag is the one at which the audio is most similar to itself: one or more pitch periods in
voiced speech, any lag in silence.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from telephony.media.samples import Samples, to_samples

_SHORTEST_LAG_S = 0.0025
_LONGEST_LAG_S = 0.015
_OVERLAP_S = 0.008
# RMS of about -50 dBFS: changes below it are inaudible.
_QUIET_RMS = 73.0

Floats = npt.NDArray[np.float64]


class Scaled(NamedTuple):
    """Audio after the change, and its change of length in samples (negative if shorter)."""

    samples: Samples
    change: int


class TimeScaler:
    """Makes single changes of a few milliseconds at one sample rate; stateless."""

    def __init__(self, sample_rate_hz: int) -> None:
        self._shortest = int(sample_rate_hz * _SHORTEST_LAG_S)
        self.longest = int(sample_rate_hz * _LONGEST_LAG_S)
        """Maximum number of samples that one change removes or repeats."""
        self._overlap = int(sample_rate_hz * _OVERLAP_S)
        self._ramp = (np.arange(self._overlap) + 0.5) / self._overlap

    def shorten(self, samples: Samples, most: int, likeness: float) -> Scaled | None:
        """Returns the samples with up to ``most`` of them removed near the start.

        ``likeness`` is the minimum correlation (0 to 1, above 1 for silence only) of the two
        blended positions, unless the audio is silent. None if there is no such position.
        """
        longest = min(self.longest, most, samples.size - self._overlap)
        if longest < self._shortest:
            return None
        values: Floats = samples[: longest + self._overlap].astype(np.float64)
        lag = self._best_place(values[: self._overlap], values[self._shortest :], likeness, -1)
        if lag is None:
            return None
        lag += self._shortest
        blended = (
            values[: self._overlap] * (1 - self._ramp)
            + values[lag : lag + self._overlap] * self._ramp
        )
        return Scaled(np.concatenate((to_samples(blended), samples[lag + self._overlap :])), -lag)

    def lengthen(
        self, before: Samples, samples: Samples, most: int, likeness: float
    ) -> Scaled | None:
        """Returns the samples with up to ``most`` previously played samples repeated first."""
        longest = min(self.longest, most, before.size)
        if longest < self._shortest or samples.size < self._overlap:
            return None
        heard = before[before.size - longest :]
        values: Floats = np.concatenate((heard, samples[: self._overlap])).astype(np.float64)
        newest = values[longest:]
        searched = values[: longest - self._shortest + self._overlap]
        place = self._best_place(newest, searched, likeness, 0)
        if place is None:
            return None
        again = values[place : place + self._overlap]
        blended = newest * (1 - self._ramp) + again * self._ramp
        rest = to_samples(values[place + self._overlap :])
        # The rest of the past is repeated, then the samples continue after the overlap.
        return Scaled(
            np.concatenate((to_samples(blended), rest, samples[self._overlap :])),
            longest - place,
        )

    def _best_place(
        self, template: Floats, searched: Floats, likeness: float, in_quiet: int
    ) -> int | None:
        """Position in ``searched`` that matches the template best; None if none is good enough.

        In silence it is the first or the last position, 0 or -1, which gives the greatest change.
        """
        own = float(np.dot(template, template))
        quiet = template.size * _QUIET_RMS**2
        if likeness > 1 and own >= quiet:
            return None
        sums = np.concatenate(([0.0], np.cumsum(searched**2)))
        energies = sums[template.size :] - sums[: -template.size]
        if max(own, float(energies.max())) < quiet:
            return in_quiet % energies.size
        products = np.correlate(searched, template, mode="valid")
        scores = products / np.sqrt(energies * own + 1.0)
        best = int(np.argmax(scores))
        return best if scores[best] >= likeness else None
