"""A feed receiver that stores items in memory, and a deliberately broken feed."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from hashlib import sha256

from sync.errors import NotTaken
from sync.records.feed_values import Feed, FeedItem, digest_of, whole_digest
from sync.store.central.feed import CentralFeed


class HeldItems:
    """Stores the latest version of each item; ``versions`` has all received ones with their
    times.
    """

    def __init__(self, feed: Feed = Feed.DIRECTORY) -> None:
        self.feed = feed
        self.items: dict[tuple[str, str], FeedItem] = {}
        self.contents: dict[str, bytes] = {}
        self.arrived_s: dict[tuple[str, str], float] = {}
        self.wholes = 0
        self.kept_mark = ""
        self.refusal = ""

    def mark(self) -> str:
        return self.kept_mark

    def missing(self, hashes: Collection[str]) -> Collection[str]:
        return set(hashes) - set(self.contents)

    def keep_content(self, content: bytes) -> None:
        self.contents[sha256(content).hexdigest()] = content

    def apply(self, items: Sequence[FeedItem], mark: str) -> None:
        if self.refusal:
            raise NotTaken(self.refusal)
        now_s = time.monotonic()
        for item in items:
            self.items[item.entity, item.id] = item
            self.arrived_s[item.entity, item.id] = now_s
        self.kept_mark = mark

    def replace(self, items: Iterator[FeedItem], mark: str) -> None:
        taken = list(items)
        self.items.clear()
        self.wholes += 1
        self.apply(taken, mark)

    def check(self, item: FeedItem) -> None:
        """Accepts every item."""

    def digest(self) -> str | None:
        return whole_digest(
            (item.entity, item.id, digest_of(item.document, item.content_sha256))
            for item in self.items.values()
            if item.closed_on is None
        )


class SequenceFeed(CentralFeed):
    """Broken on purpose: queries rows above the last number, as if numbers were committed
    in order.
    """

    changes_sql = """
        SELECT t.xid::text, t.seq, t.entity, t.entity_id, t.station_id FROM feed_change AS t
        WHERE t.feed = %(feed)s AND t.seq > %(seq)s ORDER BY t.seq LIMIT %(limit)s
    """
