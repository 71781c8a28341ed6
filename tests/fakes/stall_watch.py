"""Measures scheduling stalls of the machine: delays that the phone does not cause."""

from __future__ import annotations

import time

from tests.fakes.watching_thread import WatchingThread

_STEP_S = 0.005
_LEAST_STALL_S = 0.020


class StallWatch(WatchingThread):
    """Counts, during its ``with`` block, how often a thread woke up at least 20 ms late."""

    def __init__(self) -> None:
        super().__init__("stall-watch")
        self.stalls_s: list[float] = []

    @property
    def total_s(self) -> float:
        """Total duration of all stalls."""
        return sum(self.stalls_s)

    def _watch(self) -> None:
        due_s = time.monotonic() + _STEP_S
        while not self._over.wait(max(0.0, due_s - time.monotonic())):
            late_s = time.monotonic() - due_s
            if late_s >= _LEAST_STALL_S:
                self.stalls_s.append(late_s)
            due_s = time.monotonic() + _STEP_S
