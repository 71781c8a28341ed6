"""Deadlines by key, as values: the core has no clock of its own."""

from __future__ import annotations

import heapq
from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


class Schedule(Generic[K]):
    """At most one deadline a key, in seconds of the caller's monotonic clock."""

    def __init__(self) -> None:
        self._deadlines: dict[K, tuple[float, int]] = {}
        self._queue: list[tuple[float, int, K]] = []
        self._count = 0

    def __len__(self) -> int:
        return len(self._deadlines)

    def arm(self, key: K, at_s: float) -> None:
        """Set the deadline of ``key``, replacing an earlier one."""
        self._count += 1
        self._deadlines[key] = (at_s, self._count)
        heapq.heappush(self._queue, (at_s, self._count, key))
        # Replaced and cancelled entries stay in the queue; they must not pile up for ever.
        if len(self._queue) > 2 * len(self._deadlines) + 64:
            self._queue = [(at, count, item) for item, (at, count) in self._deadlines.items()]
            heapq.heapify(self._queue)

    def cancel(self, key: K) -> None:
        """Forget the deadline of ``key``; nothing when it has none."""
        self._deadlines.pop(key, None)

    def next_at(self) -> float | None:
        """The earliest deadline."""
        while self._queue:
            at_s, count, key = self._queue[0]
            if self._deadlines.get(key) == (at_s, count):
                return at_s
            heapq.heappop(self._queue)
        return None

    def pop_due(self, now_s: float) -> K | None:
        """The key whose deadline has passed the longest ago, forgetting it; None if none has."""
        at_s = self.next_at()
        if at_s is None or at_s > now_s:
            return None
        _, _, key = heapq.heappop(self._queue)
        del self._deadlines[key]
        return key
