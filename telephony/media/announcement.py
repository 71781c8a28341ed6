"""A piece of sound that is played once: to a call's far side, or to the operator."""

from __future__ import annotations

import numpy as np

from telephony.media.resampling import RateAdapter
from telephony.media.samples import Samples, frame_samples, silence


class Announcement:
    """Samples of 8 kHz on their way; the last frame is filled up with silence."""

    def __init__(self, samples: Samples) -> None:
        self._samples = samples
        self._position = 0
        self._rate = RateAdapter()

    def next_frame(self, size: int) -> Samples | None:
        """20 ms in so many samples; None after the end."""
        count = frame_samples()
        part = self._samples[self._position : self._position + count]
        self._position += count
        if part.size == 0:
            return None
        if part.size < count:
            part = np.concatenate((part, silence(count - part.size)))
        return self._rate.fit(part, size)
