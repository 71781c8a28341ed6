"""The sum of several voices, limited smoothly where it is too loud for 16 bits."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from telephony.media.samples import Samples, silence, to_samples

_LIMIT = 31000.0
# The way from one gain to the next is short, so that the loud frame itself is already quieter,
# and long enough to be no click.
_RAMP_SHARE = 16
_RELEASE = 10 ** (0.5 / 20)
"""How much louder a frame may be than the one before: 0.5 dB in 20 ms."""


class Mixer:
    """Mixes one stream, frame by frame; used by one thread.

    A single voice passes as it is. A sum that would be above full scale is turned down as a
    whole, and up again slowly: its waveform stays what it was.
    """

    def __init__(self) -> None:
        self._gain = 1.0

    def mix(self, frames: list[Samples], count: int) -> Samples:
        """The sum of frames of ``count`` samples; silence when there are none."""
        if not frames:
            self._gain = 1.0
            return silence(count)
        if len(frames) == 1:
            self._gain = 1.0
            return frames[0]
        total = np.sum(np.stack(frames), axis=0, dtype=np.int32)
        peak = float(np.abs(total).max())
        before = self._gain
        gain = min(1.0, before * _RELEASE, _LIMIT / max(peak, 1.0))
        self._gain = gain
        if gain == before == 1.0:
            return np.asarray(total, dtype=np.int16)
        return to_samples(total * _ramp(before, gain, count))


def _ramp(before: float, after: float, count: int) -> npt.NDArray[np.float64]:
    """Gains of a frame: falling quickly, rising evenly."""
    gains = np.full(count, after)
    length = count // _RAMP_SHARE if after < before else count
    gains[:length] = np.linspace(before, after, length)
    return gains
