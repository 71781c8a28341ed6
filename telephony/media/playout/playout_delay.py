"""Derives the playout delay from packet arrival times, and decides when it may change.

Lateness is the arrival time minus the time of the packet's timestamp; only its changes are
meaningful. The delay follows the greatest lateness of the last second, and of the last 10 s
without its single worst peak, because a single event is not waited for. As old lateness expires,
the delay also follows a remote clock that runs fast or slow.
"""

from __future__ import annotations

import math
from collections import deque
from typing import NamedTuple

from telephony.media.samples import FRAME_MS

_FRAME_S = FRAME_MS / 1000
_WINDOW_FRAMES = 250
_PEAK_FRAMES = 25
_REMEMBERED_PEAKS = 20
_RECENT_PEAKS = 2
# Nothing is taken off before so many frames have shown what the network is like; fewer are enough
# to know an even one by, and then silence is waited for.
_LEARNING_FRAMES = 250
_LEARNING_FRAMES_OF_EVEN = 10
# The latest packet is to be there so long before the frame that needs it: the delay grows below
# the first and shrinks to the second, but not for less than the third.
_LEAST_MARGIN_S = 0.006
_SAFE_MARGIN_S = 0.0175
_LEAST_GAIN_S = 0.0025
_EXTRA_S = 0.005
_EVEN_S = 0.008
LONGEST_DELAY_S = 0.300
# A reader that is later than this has skipped frames for good (the media engine's own bound).
_SKIPPED_S = 0.200
_CLOCK_SHARE = 0.01
_MEAN_SHARE = 0.02
_OTHER_TIME_S = 0.5

# The least correlation of a change of the delay, the urgent one, and how much lower it becomes
# with each frame that found no such place.
_LIKENESS = 0.9
_LEAST_LIKENESS = 0.5
_ONLY_IN_SILENCE = 2.0
_LIKENESS_STEP = 0.004
_FRAMES_BETWEEN_CHANGES = 4
_FRAMES_OF_OFFSETS = 50
_MUCH_TO_TAKE_OFF_S = 0.100


class _GreatestPeaks(NamedTuple):
    """What is wanted for each frame of the peaks, which change but twice a second."""

    recent: float
    first: float
    second: float

    @classmethod
    def of(cls, peaks: deque[float]) -> _GreatestPeaks:
        """Of one peak or more."""
        second, first = (-math.inf, *sorted(peaks))[-2:]
        return cls(max(list(peaks)[-_RECENT_PEAKS:]), first, second)


_NO_PEAKS = _GreatestPeaks(-math.inf, -math.inf, -math.inf)


class DelayChanges:
    """When the delay may be changed, and where in their frames packets begin; places in samples."""

    def __init__(self) -> None:
        self.least_offset = 0
        self.greatest_offset = 0
        self._is_known = False
        self._frames = 0

    def begin(self) -> None:
        """Packets begin with a frame now."""
        self.least_offset = self.greatest_offset = 0
        self._is_known = True

    def note_offset(self, offset: int) -> None:
        """A packet began at this place of its frame."""
        if not self._is_known:
            self._is_known = True
            self.least_offset = self.greatest_offset = offset
        elif not self.least_offset <= offset <= self.greatest_offset:
            self.least_offset = min(offset, self.least_offset)
            self.greatest_offset = max(offset, self.greatest_offset)

    def next_frame(self) -> None:
        """Another frame went by without a change."""
        self._frames += 1
        if self._frames % _FRAMES_OF_OFFSETS == 0:
            self._is_known = False

    def changed(self) -> None:
        """The delay was changed: packets begin somewhere else now."""
        self._frames = 0
        self._is_known = False

    def least_likeness(
        self, correction_s: float, margin_s: float, *, is_early: bool
    ) -> float | None:
        """How well the places of a change must correlate to be made now; None: not now.

        ``is_early`` asks for silence where the change is not urgent.
        """
        if correction_s < -_MUCH_TO_TAKE_OFF_S or margin_s < 0:
            return _LEAST_LIKENESS
        if self._frames < _FRAMES_BETWEEN_CHANGES:
            return None
        if is_early:
            return _ONLY_IN_SILENCE
        return max(_LEAST_LIKENESS, _LIKENESS - _LIKENESS_STEP * self._frames)


class PlayoutDelay:
    """The reader's even clock and the lateness of one stream; times in s, used by one thread."""

    def __init__(self) -> None:
        self.next_frame_s = 0.0
        """When the next frame is due by the reader's even clock."""
        self.mean_s = 0.0
        """Mean lateness."""
        self.is_ticking = False
        self._known = False
        self._frames = 0
        self._peak = 0.0
        self._peaks: deque[float] = deque(maxlen=_REMEMBERED_PEAKS)
        self._greatest_peaks = _NO_PEAKS
        self._least = (0.0, 0.0)

    def forget(self) -> None:
        """Forget the stream's lateness; the reader's clock goes on."""
        self._known = False

    def tick(self, now_s: float) -> bool:
        """The reader takes a frame now; it wakes up late at times and never early.

        True when it has slept over so much that its clock begins anew.
        """
        late_s = now_s - self.next_frame_s
        has_skipped = self.is_ticking and abs(late_s) > _SKIPPED_S
        if has_skipped or not self.is_ticking:
            self.is_ticking = True
            self.next_frame_s = now_s + _FRAME_S
        elif late_s < 0:
            self.next_frame_s = now_s + _FRAME_S
        else:
            self.next_frame_s += _FRAME_S + late_s * _CLOCK_SHARE
        self._frames += 1
        if self._frames % _PEAK_FRAMES == 0:
            self._peaks.append(self._peak)
            self._peak = self.mean_s
            self._greatest_peaks = _GreatestPeaks.of(self._peaks)
        if self._frames % _WINDOW_FRAMES == 0:
            self._least = (self.mean_s, self._least[0])
        return has_skipped

    def note(self, media_s: float, arrived_s: float) -> bool:
        """Learn from one packet; False when its time does not belong to the stream's time.

        Whatever a reader that woke up late finds waiting has come in time for its frame.
        """
        lateness_s = arrived_s - media_s
        if self.is_ticking and self._known and arrived_s > self.next_frame_s:
            # When it really came is not known: as usual, if that was in time.
            lateness_s = min(lateness_s, max(self.next_frame_s - media_s, self.mean_s))
        if not self._known:
            self._known = True
            self._frames = 0
            self.mean_s = lateness_s
            self._peak = lateness_s
            self._peaks.clear()
            self._greatest_peaks = _NO_PEAKS
            self._least = (lateness_s, lateness_s)
            return True
        if abs(lateness_s - self.mean_s) > _OTHER_TIME_S:
            return False
        self.mean_s += (lateness_s - self.mean_s) * _MEAN_SHARE
        self._peak = max(self._peak, lateness_s)
        self._least = (min(self._least[0], lateness_s), self._least[1])
        return True

    def room_s(self, media_s: float) -> float:
        """How much longer the wait may become; ``media_s`` is the media time of the next frame."""
        return LONGEST_DELAY_S - (self.next_frame_s - media_s - min(self._least))

    def margin_s(self, media_s: float, offset_s: float) -> float:
        """How long before the frame that needs it the latest packet of about a second came.

        ``offset_s`` is how far behind the start of a frame packets begin: the whole packet is
        needed with the frame, so that much of the delay is of no use.
        """
        latest_s = max(self._peak, self._greatest_peaks.recent)
        return self.next_frame_s - media_s - offset_s - latest_s

    def _usual_margin_s(self, media_s: float, offset_s: float) -> float:
        """The same for the whole time remembered, but for the one worst moment in it."""
        peaks = self._greatest_peaks
        usual_s = max(peaks.second, min(peaks.first, self._peak)) if self._peaks else self._peak
        return self.next_frame_s - media_s - offset_s - usual_s

    def correction_s(self, media_s: float, least_offset_s: float, offset_s: float) -> float:
        """What to add to the delay, negative to take off; 0.0 while it is right.

        The offsets are the least and the greatest of the packets, see margin_s().
        """
        margin_s = self.margin_s(media_s, offset_s)
        if margin_s < _LEAST_MARGIN_S:
            wanted_s = max(_FRAME_S - least_offset_s, _SAFE_MARGIN_S - margin_s) + _EXTRA_S
            return max(0.0, min(wanted_s, self.room_s(media_s)))
        if margin_s < _SAFE_MARGIN_S or (self.is_early and not self._is_even()):
            return 0.0
        margin_s = min(margin_s, self._usual_margin_s(media_s, offset_s))
        # Only whole frames of margin are to be had, and the offset, which is good for nothing.
        gain_s = least_offset_s + (margin_s - _SAFE_MARGIN_S) // _FRAME_S * _FRAME_S
        return -gain_s if gain_s >= _LEAST_GAIN_S and margin_s >= _SAFE_MARGIN_S else 0.0

    @property
    def is_early(self) -> bool:
        """Whether too little of the stream has come to know the network by."""
        return self._frames < _LEARNING_FRAMES

    def _is_even(self) -> bool:
        """Whether packets have come at an even pace, as on a network without jitter."""
        latest_s = max(self._peak, self._greatest_peaks.first, self.mean_s)
        return self._frames >= _LEARNING_FRAMES_OF_EVEN and latest_s - min(self._least) < _EVEN_S
