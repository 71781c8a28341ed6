"""Brings one receiver of the central change feed up to date; imports exported outbox rows.

Each batch of the feed is committed together with its mark, the watermark of the receiver.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol, assert_never, runtime_checkable
from uuid import UUID

from sync.errors import BranchRefused
from sync.exchange.central_choice import CentralChoice
from sync.exchange.sender import Kept, Refused, push_apart
from sync.records.feed_values import UNREADABLE, Feed, FeedItem, FeedMark, MarkUnusable
from sync.records.table_rules import Entity
from sync.store.central.audit import note_import
from sync.store.central.connection import Central
from sync.store.central.feed import CentralFeed
from sync.store.local.outbox import OutboxRow

BATCH = 500  # changes
IDLE_TRANSACTIONS = 10_000  # transactions without a change after which the mark is advanced


class FeedTarget(Protocol):
    """Receiver of a feed. Called on the feed thread; every method may raise NotTaken."""

    @property
    def feed(self) -> Feed: ...

    def mark(self) -> str:
        """Returns the mark stored with the last changes; any text before the first."""

    def apply(self, items: Sequence[FeedItem], mark: str) -> None:
        """Applies the changes and the mark in one transaction; idempotent."""

    def replace(self, items: Iterator[FeedItem], mark: str) -> None:
        """Replaces the content by a full snapshot and stores the mark, in one transaction.

        Items that are not in the snapshot are closed.
        """

    def digest(self) -> str | None:
        """Returns ``whole_digest`` of the local content; None if it cannot be compared."""

    def check(self, item: FeedItem) -> None:
        """Decodes the item; raises one of UNREADABLE if a newer version wrote it."""


class AsidePort(Protocol):
    """Quarantine of feed items that this version cannot read; methods may raise NotTaken."""

    def counts(self) -> Mapping[Feed, int]:
        """Returns the number of quarantined items of each feed."""

    def is_outdated(self, feed: Feed) -> bool:
        """Whether another version quarantined items, which this version may be able to read."""

    def keep(self, feed: Feed, item: FeedItem) -> None:
        """Records a quarantined item; committed on return."""

    def forget(self, feed: Feed, keys: Collection[tuple[str, str]]) -> None:
        """Releases items because newer versions of them were read; ``keys`` are entity and id."""

    def whole_taken(self, feed: Feed, keys: Collection[tuple[str, str]]) -> None:
        """Records that this version applied a full snapshot and read these items (entity, id)."""


@runtime_checkable
class KeepsFiles(Protocol):
    """Receiver with documents that refer to files; called as the receiver itself."""

    def missing(self, hashes: Collection[str]) -> Collection[str]:
        """Returns the hashes of files without stored content."""

    def keep_content(self, content: bytes) -> None:
        """Stores a file to which later documents refer."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Result of polling a feed.

    ``count`` is the number of changed items, or of all items if ``is_whole``. ``held_since`` is the
    time of the oldest committed change that must not be applied yet, because an older transaction
    is still open.
    """

    count: int
    is_whole: bool
    held_since: datetime | None


NOTHING = Taken(0, is_whole=False, held_since=None)


def catch_up(central: CentralFeed, target: FeedTarget, aside: AsidePort | None = None) -> Taken:
    """Applies all changes since the receiver's mark, or a full snapshot if the mark is unusable.

    Items that this version cannot read are quarantined before the mark passes them; the next
    version then requests a full snapshot. If the central database has never had items of the feed,
    the local content is retained. Raises psycopg2.Error, NotTaken, and BranchRefused for a
    superseded server.
    """
    mark = FeedMark.read(target.mark())
    if mark is None or (aside is not None and aside.is_outdated(target.feed)):
        return take_whole(central, target, aside)
    if mark.server == central.start.server and mark.timeline > central.start.timeline:
        raise BranchRefused("older")
    count = 0
    while True:
        batch = central.changes(target.feed, mark, BATCH)
        if isinstance(batch, MarkUnusable):
            return take_whole(central, target, aside)
        is_far = batch.mark.xid - mark.xid > IDLE_TRANSACTIONS
        mark = batch.mark
        if batch.items or is_far:
            hashes = {item.content_sha256 for item in batch.items if item.content_sha256}
            _fetch(central, target, hashes)
            items = tuple(_Readable(iter(batch.items), target, aside))
            target.apply(items, mark.as_text())
            if aside is not None:
                aside.forget(target.feed, {(item.entity, item.id) for item in items})
            count += len(items)
        if not batch.is_full:
            return Taken(count, is_whole=False, held_since=batch.held_since)


def take_whole(central: CentralFeed, target: FeedTarget, aside: AsidePort | None = None) -> Taken:
    """Applies a full snapshot of the feed; does nothing if the central database has no items.

    Files of documents are transferred first, one by one, because they may be gigabytes.
    """
    whole = central.whole(target.feed)
    if whole is None:
        return NOTHING
    _fetch(central, target, whole.hashes)
    readable = _Readable(whole.items, target, aside)
    target.replace(readable, whole.mark.as_text())
    if aside is not None:
        aside.whole_taken(target.feed, readable.keys)
    return Taken(readable.count, is_whole=True, held_since=None)


def compare(
    central: CentralFeed, target: FeedTarget, aside: AsidePort | None = None
) -> Taken | None:
    """Applies a full snapshot if the local content differs; returns None if it is equal.

    A difference that remains after the snapshot is stored with the mark, and no further snapshot is
    requested until the central database changes.
    """
    mark = FeedMark.read(target.mark())
    here = target.digest()
    if mark is None or here is None:
        return None
    there = central.digest(target.feed, mark)
    if there is None or there in (here, mark.accepted):
        return None
    taken = take_whole(central, target, aside)
    renewed = FeedMark.read(target.mark())
    if renewed is not None and target.digest() != there:
        target.apply((), replace(renewed, accepted=there).as_text())
    return taken


class _Readable(Iterator[FeedItem]):
    """Iterator over the readable items; unreadable ones are quarantined.

    Without a quarantine all items are returned.
    """

    def __init__(
        self, items: Iterator[FeedItem], target: FeedTarget, aside: AsidePort | None
    ) -> None:
        self._items = items
        self._target = target
        self._aside = aside
        self.keys: set[tuple[str, str]] = set()
        self.count = 0

    def __next__(self) -> FeedItem:
        while True:
            item = next(self._items)
            if self._aside is None or self._is_readable(item):
                self.count += 1
                self.keys.add((item.entity, item.id))
                return item
            self._aside.keep(self._target.feed, item)

    def _is_readable(self, item: FeedItem) -> bool:
        try:
            self._target.check(item)
        except UNREADABLE:
            return False
        return True


def _fetch(central: CentralFeed, target: FeedTarget, hashes: Collection[str]) -> None:
    if not hashes or not isinstance(target, KeepsFiles):
        return
    for sha256 in sorted(target.missing(hashes)):
        content = central.content(sha256)
        if content is not None:
            target.keep_content(content)


IMPORT_BATCH = 200
ANSWER_LIMIT_S = 15.0


@dataclass(frozen=True, slots=True)
class Imported:
    """Result of importing the rows of a file.

    - ``put``: imported now.
    - ``there``: already in the central database.
    - ``newer``: the central database has a later revision, which is retained.
    - ``earlier``: number of skipped older revisions of records in this file.
    """

    put: tuple[OutboxRow, ...]
    there: tuple[OutboxRow, ...]
    newer: tuple[OutboxRow, ...]
    refused: tuple[Refused, ...]
    earlier: int


def import_rows(dsn: str, workplace: str, rows: Sequence[OutboxRow]) -> Imported:
    """Imports rows of one workplace into the central database; idempotent.

    ``dsn`` is that of the owner or of the workplace; row security rejects other logins. Raises one
    of KNOWN_ERRORS, and DsnInvalid.
    """
    choice = CentralChoice(dsn, ANSWER_LIMIT_S)
    try:
        central = choice.choose(None).central
        with choice.watching():
            central.stand_in(workplace)
        note_import(dsn, workplace, len(rows))
        return _import(choice, central, rows)
    finally:
        choice.leave()


def _import(choice: CentralChoice, central: Central, rows: Sequence[OutboxRow]) -> Imported:
    newest = _newest(rows)
    put: list[OutboxRow] = []
    there: list[OutboxRow] = []
    newer: list[OutboxRow] = []
    refused: list[Refused] = []

    def push(some: Sequence[OutboxRow]) -> frozenset[int]:
        with choice.watching():
            return central.push(some)

    for start in range(0, len(newest), IMPORT_BATCH):
        batch = newest[start : start + IMPORT_BATCH]
        with choice.watching():
            held = central.held(batch)
            behind = central.held([replace(row, rev=row.rev + 1) for row in batch])
        there += [row for row in batch if row.seq in held - behind]
        newer += [row for row in batch if row.seq in behind]
        wanted = [row for row in batch if row.seq not in held]
        for part in push_apart(push, wanted) if wanted else ():
            match part:
                case Kept(rows=kept):
                    put += kept
                case Refused():
                    refused.append(part)
                case _:
                    assert_never(part)
    earlier = len(rows) - len(newest)
    return Imported(tuple(put), tuple(there), tuple(newer), tuple(refused), earlier)


def _newest(rows: Sequence[OutboxRow]) -> list[OutboxRow]:
    """Returns the last revision of each record, in file order."""
    last: dict[tuple[Entity, UUID], OutboxRow] = {}
    for row in rows:
        known = last.get((row.entity, row.entity_id))
        if known is None or known.rev <= row.rev:
            last[row.entity, row.entity_id] = row
    return sorted(last.values(), key=lambda row: row.seq)
