"""Derives the playout delay from packet arrival times, and decides when it may change.

Lateness is the arrival time minus the time of the packet's timestamp; only its changes are
meaningful. The delay follows the greatest lateness of the last second, and of the last 10 s without
its single worst peak, because the delay does not cover a single event. As old lateness expires, the
delay also follows a remote clock that runs fast or slow.
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
# Frames before the delay may decrease, because the network is unknown; fewer suffice for an even
# network, with changes only in silence.
_LEARNING_FRAMES = 250
_LEARNING_FRAMES_OF_EVEN = 10
# Margin of the latest packet before the frame that needs it: the delay increases below the first
# limit and decreases down to the second, but not for a gain below the third.
_LEAST_MARGIN_S = 0.006
_SAFE_MARGIN_S = 0.0175
_LEAST_GAIN_S = 0.0025
_EXTRA_S = 0.005
_EVEN_S = 0.008
LONGEST_DELAY_S = 0.300
# A reader later than this has skipped frames permanently (the limit of the media engine).
_SKIPPED_S = 0.200
_CLOCK_SHARE = 0.01
_MEAN_SHARE = 0.02
_OTHER_TIME_S = 0.5

# Minimum correlation of a change of the delay, the same for an urgent change, and its decrease for
# each frame without a suitable position.
_LIKENESS = 0.9
_LEAST_LIKENESS = 0.5
_ONLY_IN_SILENCE = 2.0
_LIKENESS_STEP = 0.004
_FRAMES_BETWEEN_CHANGES = 4
_FRAMES_OF_OFFSETS = 50
_MUCH_TO_TAKE_OFF_S = 0.100


class _GreatestPeaks(NamedTuple):
    """Maxima of the peaks, cached because the peaks change only twice a second."""

    recent: float
    first: float
    second: float

    @classmethod
    def of(cls, peaks: deque[float]) -> _GreatestPeaks:
        """Computes the maxima of at least one peak."""
        second, first = (-math.inf, *sorted(peaks))[-2:]
        return cls(max(list(peaks)[-_RECENT_PEAKS:]), first, second)


_NO_PEAKS = _GreatestPeaks(-math.inf, -math.inf, -math.inf)


class DelayChanges:
    """Decides when the delay may change, and tracks packet offsets in frames, in samples."""

    def __init__(self) -> None:
        self.least_offset = 0
        self.greatest_offset = 0
        self._is_known = False
        self._frames = 0

    def begin(self) -> None:
        """Resets the offsets: packets start at a frame boundary."""
        self.least_offset = self.greatest_offset = 0
        self._is_known = True

    def note_offset(self, offset: int) -> None:
        """Records the offset of a packet within its frame."""
        if not self._is_known:
            self._is_known = True
            self.least_offset = self.greatest_offset = offset
        elif not self.least_offset <= offset <= self.greatest_offset:
            self.least_offset = min(offset, self.least_offset)
            self.greatest_offset = max(offset, self.greatest_offset)

    def next_frame(self) -> None:
        """Counts a frame without a change."""
        self._frames += 1
        if self._frames % _FRAMES_OF_OFFSETS == 0:
            self._is_known = False

    def changed(self) -> None:
        """Records a change of the delay, which invalidates the offsets."""
        self._frames = 0
        self._is_known = False

    def least_likeness(
        self, correction_s: float, margin_s: float, *, is_early: bool
    ) -> float | None:
        """Returns the minimum correlation for a change now; None if no change is allowed.

        ``is_early`` allows a change only in silence, unless it is urgent.
        """
        if correction_s < -_MUCH_TO_TAKE_OFF_S or margin_s < 0:
            return _LEAST_LIKENESS
        if self._frames < _FRAMES_BETWEEN_CHANGES:
            return None
        if is_early:
            return _ONLY_IN_SILENCE
        return max(_LEAST_LIKENESS, _LIKENESS - _LIKENESS_STEP * self._frames)


class PlayoutDelay:
    """The reader's even clock and the lateness of one stream, in seconds; used by one thread."""

    def __init__(self) -> None:
        self.next_frame_s = 0.0
        """Time of the next frame by the reader's even clock."""
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
        """Resets the lateness of the stream; the reader's clock continues."""
        self._known = False

    def tick(self, now_s: float) -> bool:
        """Advances the clock by a frame; the reader is sometimes late and never early.

        Returns True if it was so late that its clock starts again.
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
        """Updates the lateness from one packet; False if its time does not fit the stream.

        Packets found by a reader that woke up late have arrived in time for their frame.
        """
        lateness_s = arrived_s - media_s
        if self.is_ticking and self._known and arrived_s > self.next_frame_s:
            # Its arrival time is unknown: assume the mean, if that was in time.
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
        """Returns how much the delay may increase; ``media_s`` is the next frame's media time."""
        return LONGEST_DELAY_S - (self.next_frame_s - media_s - min(self._least))

    def margin_s(self, media_s: float, offset_s: float) -> float:
        """Returns the margin of the latest packet of about the last second before its frame.

        ``offset_s`` is the offset of packets after the start of a frame: the frame needs the
        complete packet, so this part of the delay has no use.
        """
        latest_s = max(self._peak, self._greatest_peaks.recent)
        return self.next_frame_s - media_s - offset_s - latest_s

    def _usual_margin_s(self, media_s: float, offset_s: float) -> float:
        """The same for all remembered peaks except the single worst one."""
        peaks = self._greatest_peaks
        usual_s = max(peaks.second, min(peaks.first, self._peak)) if self._peaks else self._peak
        return self.next_frame_s - media_s - offset_s - usual_s

    def correction_s(self, media_s: float, least_offset_s: float, offset_s: float) -> float:
        """Returns the change of the delay, negative to decrease it; 0.0 if none is required.

        The offsets are the smallest and greatest of the packets, see margin_s().
        """
        margin_s = self.margin_s(media_s, offset_s)
        if margin_s < _LEAST_MARGIN_S:
            wanted_s = max(_FRAME_S - least_offset_s, _SAFE_MARGIN_S - margin_s) + _EXTRA_S
            return max(0.0, min(wanted_s, self.room_s(media_s)))
        if margin_s < _SAFE_MARGIN_S or (self.is_early and not self._is_even()):
            return 0.0
        margin_s = min(margin_s, self._usual_margin_s(media_s, offset_s))
        # Only whole frames of margin can be gained, and the offset, which has no use.
        gain_s = least_offset_s + (margin_s - _SAFE_MARGIN_S) // _FRAME_S * _FRAME_S
        return -gain_s if gain_s >= _LEAST_GAIN_S and margin_s >= _SAFE_MARGIN_S else 0.0

    @property
    def is_early(self) -> bool:
        """Whether too little of the stream has arrived to know the network."""
        return self._frames < _LEARNING_FRAMES

    def _is_even(self) -> bool:
        """Whether packets arrived at an even pace, as on a network without jitter."""
        latest_s = max(self._peak, self._greatest_peaks.first, self.mean_s)
        return self._frames >= _LEARNING_FRAMES_OF_EVEN and latest_s - min(self._least) < _EVEN_S
