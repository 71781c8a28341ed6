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
IDLE_TRANSACTIONS = 10_000  # after so many without a change the mark is moved on by itself


class FeedTarget(Protocol):
    """Who takes a feed. All methods are called on the feed's thread and may raise NotTaken."""

    @property
    def feed(self) -> Feed: ...

    def mark(self) -> str:
        """The text that came with what was taken last; whatever it likes before that."""

    def apply(self, items: Sequence[FeedItem], mark: str) -> None:
        """Take these and the mark in one transaction; to take them again changes nothing."""

    def replace(self, items: Iterator[FeedItem], mark: str) -> None:
        """The same of all that holds: what is here and not among them holds no more."""

    def digest(self) -> str | None:
        """``whole_digest`` of what holds here; None where it cannot be compared."""

    def check(self, item: FeedItem) -> None:
        """Decode the item; raises one of UNREADABLE where a newer program wrote it."""


class AsidePort(Protocol):
    """Which items of the feeds this program could not read; may raise NotTaken."""

    def counts(self) -> Mapping[Feed, int]:
        """How many items each feed has set aside."""

    def is_outdated(self, feed: Feed) -> bool:
        """Whether another version of the program could not read some: this one may."""

    def keep(self, feed: Feed, item: FeedItem) -> None:
        """Note that the item was set aside; durable when it returns."""

    def forget(self, feed: Feed, keys: Collection[tuple[str, str]]) -> None:
        """Newer versions of the items of these entities and ids were read."""

    def whole_taken(self, feed: Feed, keys: Collection[tuple[str, str]]) -> None:
        """The whole was taken by this version; it read the items of these entities and ids."""


@runtime_checkable
class KeepsFiles(Protocol):
    """A target whose documents tell of files; called as the target itself is."""

    def missing(self, hashes: Collection[str]) -> Collection[str]:
        """Those of the files' hashes whose content is not here yet."""

    def keep_content(self, content: bytes) -> None:
        """Keep a file that documents will tell of."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one look at a feed brought.

    ``count`` items, or all there are where ``is_whole``. ``held_since``: the oldest change that is
    committed and may not be taken yet.
    """

    count: int
    is_whole: bool
    held_since: datetime | None


NOTHING = Taken(0, is_whole=False, held_since=None)


def catch_up(central: CentralFeed, target: FeedTarget, aside: AsidePort | None = None) -> Taken:
    """Take all that has changed since the receiver's mark, or the whole where that cannot be.

    What this program cannot read is set aside before the mark passes it, and the whole is taken
    once another version of the program runs. A centre that never had anything of the feed leaves
    the receiver its own. Raises psycopg2.Error, NotTaken, and BranchRefused for a server that was
    overtaken by another.
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
    """Take everything of the feed that holds; nothing where the centre has nothing of it.

    The files of the documents come first, each by itself: there may be gigabytes of them.
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
    """Take the whole anew where the content here is not that of the centre; None where it is.

    A difference that stays once all was taken is remembered with the mark and not fetched again
    until the centre changes.
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
    """The items that this program can read; the others are set aside, or all go on without that."""

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
    """What became of the rows of a file.

    ``put``: they were put there now. ``there``: the centre had them before. ``newer``: it has a
    later revision, which stays. ``earlier``: how many former revisions of records of this file
    were passed over.
    """

    put: tuple[OutboxRow, ...]
    there: tuple[OutboxRow, ...]
    newer: tuple[OutboxRow, ...]
    refused: tuple[Refused, ...]
    earlier: int


def import_rows(dsn: str, workplace: str, rows: Sequence[OutboxRow]) -> Imported:
    """Put these rows of one workplace into the centre; to do it again changes nothing.

    ``dsn`` is the owner's or the workplace's own: row security lets no other login write them.
    Raises one of KNOWN_ERRORS, and DsnInvalid.
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
    """The last revision of each record, in the order of the file."""
    last: dict[tuple[Entity, UUID], OutboxRow] = {}
    for row in rows:
        known = last.get((row.entity, row.entity_id))
        if known is None or known.rev <= row.rev:
            last[row.entity, row.entity_id] = row
    return sorted(last.values(), key=lambda row: row.seq)
