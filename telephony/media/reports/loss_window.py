"""Loss of received audio over the last seconds, as the ear judges a call."""

from __future__ import annotations

from collections import deque

from telephony.media.samples import FRAME_MS

_FRAMES_A_SAMPLE = 1000 // FRAME_MS
_SAMPLES = 10


class LossWindow:
    """Share of packets of the last 10 s that were not there to be played; time is in frames.

    tick() and note() belong to the media thread, the percentage to any.
    """

    def __init__(self) -> None:
        self._frames = 0
        self._samples: deque[tuple[int, int]] = deque(maxlen=_SAMPLES + 1)
        self.percent: float | None = None
        """None while no packet is expected, as on hold."""

    def tick(self) -> bool:
        """Whether a second has gone by with this frame, so that note() is wanted."""
        self._frames += 1
        return self._frames % _FRAMES_A_SAMPLE == 0

    def note(self, received: int, lost: int, late: int) -> None:
        """Take the counts of the call so far."""
        self._samples.append((received + lost, lost + late))
        first, last = self._samples[0], self._samples[-1]
        expected, missing = last[0] - first[0], last[1] - first[1]
        if expected > 0:
            self.percent = min(100.0, max(0.0, 100.0 * missing / expected))
        elif len(self._samples) > 1:
            self.percent = None
