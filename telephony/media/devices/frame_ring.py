"""Frames on their way between the media thread and the thread of a sound device."""

from __future__ import annotations

import threading
from collections import deque

from telephony.media.samples import Samples


class FrameRing:
    """A short queue that neither side ever waits in; one thread puts, one thread takes.

    The taker gets nothing until ``prefill`` frames are there, and again after it ran dry, so that
    small unevenness of either side is not heard. Above ``capacity`` the oldest frames go, down to
    ``prefill``: the delay that a stalled device has built up must not stay for the whole call.
    """

    def __init__(self, *, prefill: int, capacity: int) -> None:
        self._frames: deque[Samples] = deque()
        self._prefill = prefill
        self._capacity = capacity
        self._filling = True
        self._arrival = threading.Event()
        self.dropped = 0
        self.ran_dry = 0

    def put(self, frame: Samples) -> None:
        """Append a frame; drops the oldest ones when the taker is too far behind."""
        self._frames.append(frame)
        if len(self._frames) > self._capacity:
            while len(self._frames) > self._prefill:
                try:
                    self._frames.popleft()
                except IndexError:
                    # The taker was quicker.
                    break
                self.dropped += 1
        self._arrival.set()

    def take(self) -> Samples | None:
        """The oldest frame, or None while there is none to be had."""
        if self._filling:
            if len(self._frames) < self._prefill:
                return None
            self._filling = False
        try:
            return self._frames.popleft()
        except IndexError:
            self._filling = True
            self.ran_dry += 1
            return None

    def wait(self, timeout_s: float) -> bool:
        """Sleep until something was put since the last wait; for the device's thread only."""
        arrived = self._arrival.wait(timeout_s)
        self._arrival.clear()
        return arrived

    def clear(self) -> None:
        """Throw away what is inside, as when the device was lost."""
        self._frames.clear()
        self._filling = True
