"""Claims of other workplaces as the feed brings them: in memory alone, for as long as they hold."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sync.register.call_claims import ClaimHolder, ClaimStage
from sync.store.feed_values import Feed, FeedItem


@dataclass(frozen=True, slots=True)
class _Held:
    phone: str
    holder: ClaimHolder
    until_s: float


class ClaimBoard:
    """A target of the feed; ``holders`` and ``next_end_s`` may be called on any thread.

    Nothing of it is kept: the mark is empty at each start, and the whole is a few rows. A claim
    ends here by itself as well, also where the centre is away.
    """

    feed = Feed.CLAIMS

    def __init__(self, monotonic_s: Callable[[], float] = time.monotonic) -> None:
        self._now_s = monotonic_s
        self._lock = threading.Lock()
        self._mark = ""
        self._held: dict[str, _Held] = {}

    def holders(self) -> dict[str, ClaimHolder]:
        """Who has which telephone (E.164) now."""
        now_s = self._now_s()
        with self._lock:
            self._held = {id: one for id, one in self._held.items() if one.until_s > now_s}
            return {one.phone: one.holder for one in self._held.values()}

    def next_end_s(self) -> float | None:
        """In how many seconds the next claim ends by itself; None where there is none."""
        with self._lock:
            ends = [one.until_s for one in self._held.values()]
        return max(0.0, min(ends) - self._now_s()) if ends else None

    # --- what the feed asks ---

    def mark(self) -> str:
        return self._mark

    def apply(self, items: Sequence[FeedItem], mark: str) -> None:
        with self._lock:
            self._take(items)
            self._mark = mark

    def replace(self, items: Iterator[FeedItem], mark: str) -> None:
        taken = tuple(items)
        with self._lock:
            self._held = {}
            self._take(taken)
            self._mark = mark

    def digest(self) -> str | None:
        """Not compared: it is a matter of seconds."""
        return None

    def _take(self, items: Sequence[FeedItem]) -> None:
        now_s = self._now_s()
        for item in items:
            self._held.pop(item.id, None)
            told = item.document
            if told is not None:
                talked_at = told["talked_at"]
                holder = ClaimHolder(
                    told["by_name"],
                    ClaimStage(told["stage"]),
                    None if talked_at is None else datetime.fromisoformat(talked_at),
                )
                self._held[item.id] = _Held(told["phone"], holder, now_s + told["left_s"])
