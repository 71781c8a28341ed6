"""How long the machine kept a waiting thread from running: what no phone can be blamed for."""

from __future__ import annotations

import threading
import time
from typing import Self

_STEP_S = 0.005
_LEAST_STALL_S = 0.020


class StallWatch:
    """Counts, while its ``with`` block runs, how often a thread woke up 20 ms late or more."""

    def __init__(self) -> None:
        self.stalls_s: list[float] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="stall-watch", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    @property
    def total_s(self) -> float:
        """All stalls together."""
        return sum(self.stalls_s)

    def _watch(self) -> None:
        due_s = time.monotonic() + _STEP_S
        while not self._over.wait(max(0.0, due_s - time.monotonic())):
            late_s = time.monotonic() - due_s
            if late_s >= _LEAST_STALL_S:
                self.stalls_s.append(late_s)
            due_s = time.monotonic() + _STEP_S
