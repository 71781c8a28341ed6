"""Puts received audio into order and plays it a fixed time after its arrival.

The buffer is a line of samples addressed by RTP timestamp, so packets of any length, in any
order, fall into their places; the reader takes one frame every 20 ms and never waits.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

from telephony.media.concealment import Concealer
from telephony.media.rtp import extend
from telephony.media.samples import FRAME_MS, TELEPHONE_RATE_HZ, Samples, silence

_CAPACITY_S = 1
_REMEMBERED_SEQUENCES = 256
_LATE_IN_A_ROW = 3
_TRIM_INTERVAL_FRAMES = 250


@dataclass(frozen=True, slots=True)
class JitterCounts:
    """What happened to the packets of one stream so far.

    ``late`` arrived after their time to be played. ``duplicate`` are repeated sequence numbers.
    ``concealed`` is in frames of 20 ms, part frames counted whole. ``restarts`` counts how often
    the playing time was set anew.
    """

    late: int
    duplicate: int
    concealed: int
    restarts: int


class JitterBuffer:
    """Fixed-delay buffer of one RTP stream; used by one thread."""

    def __init__(self, *, delay_ms: int = 60, sample_rate_hz: int = TELEPHONE_RATE_HZ) -> None:
        self._frame = sample_rate_hz * FRAME_MS // 1000
        self._delay = sample_rate_hz * delay_ms // 1000
        self._capacity = sample_rate_hz * _CAPACITY_S
        self._line = silence(self._capacity)
        self._filled = np.zeros(self._capacity, dtype=np.bool_)
        self._concealer = Concealer(sample_rate_hz)
        self._started = False
        self._next = 0
        self._first = 0
        self._newest_end = 0
        self._sequence = 0
        self._recent: deque[int] = deque(maxlen=_REMEMBERED_SEQUENCES)
        self._late_run = 0
        self._least_depth = self._capacity
        self._frames_watched = 0
        self._late = 0
        self._duplicate = 0
        self._concealed = 0
        self._restarts = 0

    @property
    def counts(self) -> JitterCounts:
        """The counts so far; they go on over a reset."""
        return JitterCounts(self._late, self._duplicate, self._concealed, self._restarts)

    def reset(self) -> None:
        """Forget the audio: the next packet begins another stream."""
        self._started = False
        self._filled[:] = False
        self._recent.clear()
        self._concealer.reset()

    def put(self, sequence: int, timestamp: int, samples: Samples, *, marker: bool = False) -> None:
        """Take one decoded packet with the 16-bit sequence and 32-bit timestamp it came with."""
        if samples.size == 0 or samples.size > self._capacity // 2:
            return
        if not self._started:
            self._sequence = sequence
            self._restart(timestamp)
        sequence = extend(sequence, self._sequence, 16)
        if sequence in self._recent:
            self._duplicate += 1
            return
        self._recent.append(sequence)
        self._sequence = max(self._sequence, sequence)
        start = extend(timestamp, self._next, 32)
        if (
            start + samples.size > self._next + self._capacity
            or start < self._next - self._capacity
        ):
            # The sender's clock jumped, as after a hold: its own time is the new time.
            self._restart(start)
        elif start + samples.size <= self._next:
            self._late += 1
            self._late_run += 1
            if not (marker or self._late_run >= _LATE_IN_A_ROW) or self._newest_end > self._next:
                return
            # Nothing is left to play and the packets go on coming late: their time has shifted.
            self._restart(start)
        self._late_run = 0
        self._store(start, samples)

    def get(self) -> Samples:
        """The next 20 ms to play; missing parts are concealed, silence before the first packet."""
        if not self._started:
            return silence(self._frame)
        begin = self._next
        places = np.arange(begin, begin + self._frame) % self._capacity
        present = self._filled[places]
        self._next = begin + self._frame
        if present.all():
            frame = self._concealer.heard(self._line[places])
        elif self._next <= self._first:
            frame = silence(self._frame)
        else:
            frame = self._patched(begin, places)
        self._filled[places] = False
        self._trim()
        return frame

    def _patched(self, begin: int, places: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Samples:
        """The frame with each run of missing samples concealed."""
        present = self._filled[places]
        lead = min(max(0, self._first - begin), self._frame)
        parts = [silence(lead)]
        edges = [
            lead,
            *(int(edge) for edge in np.flatnonzero(np.diff(present)) + 1 if edge > lead),
            self._frame,
        ]
        missing = False
        for start, end in zip(edges, edges[1:], strict=False):
            if start == end:
                continue
            if present[start]:
                parts.append(self._concealer.heard(self._line[places[start:end]]))
            else:
                missing = True
                parts.append(self._concealer.conceal(end - start))
        # A sender that pauses for longer than the line holds has not lost anything.
        self._concealed += missing and begin - self._newest_end < self._capacity
        return np.concatenate(parts)

    def _store(self, start: int, samples: Samples) -> None:
        skipped = max(0, self._next - start)
        places = np.arange(start + skipped, start + samples.size) % self._capacity
        self._line[places] = samples[skipped:]
        self._filled[places] = True
        self._newest_end = max(self._newest_end, start + samples.size)

    def _restart(self, start: int) -> None:
        if self._started:
            self._restarts += 1
        self._started = True
        self._filled[:] = False
        self._first = start
        self._next = start - self._delay
        self._newest_end = start
        self._late_run = 0
        self._least_depth = self._capacity
        self._frames_watched = 0

    def _trim(self) -> None:
        """Give back delay that was never needed for 5 s: the far clock runs ahead of ours."""
        self._least_depth = min(self._least_depth, self._newest_end - self._next)
        self._frames_watched += 1
        if self._frames_watched < _TRIM_INTERVAL_FRAMES:
            return
        if self._least_depth >= self._delay + 2 * self._frame:
            skipped = np.arange(self._next, self._next + self._frame) % self._capacity
            self._filled[skipped] = False
            self._next += self._frame
            self._restarts += 1
        self._least_depth = self._capacity
        self._frames_watched = 0
