"""Base class of the local feed receivers, and the receiver of settings from the central database.

Items and the receiver's cursor are written in one transaction.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from sync.errors import NotTaken, StoreError
from sync.records.feed_values import DocumentEntity, Feed, FeedItem, digest_of, whole_digest
from sync.records.workplace_tables import feed_aside, feed_mark, shared_setting
from sync.store import migrations
from sync.store.local.reading import RegisterReading
from sync.store.local.register import RegisterStore

Result = TypeVar("Result")


class RegisterReceiver(ABC):
    """Applies a feed to the register; a subclass defines the handling of an item.

    All methods run on the feed's thread; writes run on the writer's thread.
    """

    def __init__(self, store: RegisterStore, feed: Feed, *, feeds_outbox: bool = False) -> None:
        self._store = store
        self._feeds_outbox = feeds_outbox
        self.feed = feed

    @abstractmethod
    def take(self, connection: Connection, items: Sequence[FeedItem]) -> None:
        """Writes the items to the register. Idempotent."""

    def written(self) -> None:  # noqa: B027  most have nothing to tell
        """Called after the items passed to ``take`` are committed."""

    def mark(self) -> str:
        return self.read(lambda connection: _mark(connection, self.feed))

    def apply(self, items: Sequence[FeedItem], mark: str) -> None:
        self.write(lambda connection: self.take(connection, items), mark)

    def replace(self, items: Iterator[FeedItem], mark: str) -> None:
        """Adds the items of a snapshot. Existing rows remain, because recorded events are never
        deleted.
        """
        taken = tuple(items)
        self.write(lambda connection: self.take(connection, taken), mark)

    def digest(self) -> str | None:
        """Returns None: digests are not comparable, as this database has more rows than the central
        one.
        """
        return None

    @abstractmethod
    def check(self, item: FeedItem) -> None:
        """Decodes the item. Raises one of UNREADABLE if a newer version wrote it."""

    def read(self, work: Callable[[Connection], Result]) -> Result:
        """Runs a read transaction and returns its result. Raises NotTaken."""
        try:
            return self._store.read(work)
        except StoreError as error:
            raise NotTaken(type(error).__name__) from error

    def write(self, work: Callable[[Connection], None], mark: str) -> None:
        """Runs the work and stores the cursor in one transaction. Raises NotTaken."""

        def together(connection: Connection) -> None:
            work(connection)
            values = {"feed": self.feed.value, "mark": mark}
            fresh = insert(feed_mark).values(values)
            connection.execute(
                fresh.on_conflict_do_update(index_elements=["feed"], set_={"mark": mark})
            )

        try:
            self._store.write(together, feeds_outbox=self._feeds_outbox).result()
        except StoreError as error:
            raise NotTaken(type(error).__name__) from error
        self.written()


def _mark(connection: Connection, feed: Feed) -> str:
    return connection.scalar(select(feed_mark.c.mark).where(feed_mark.c.feed == feed.value)) or ""


_ADDED_ONLY = frozenset({Feed.CITY, Feed.HANDLING, Feed.INCIDENTS, Feed.PLANNED})


class ItemsAside:
    """Keys of feed items that this version could not decode; their content is not stored.

    For the feed's thread. Raises NotTaken if the register cannot be read or written.
    """

    def __init__(
        self,
        store: RegisterStore,
        program: str,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Stores the parameters.

        ``program`` is the application version; the schema version of the register is added to it.
        """
        self._store = store
        schema = store.read(migrations.current)
        self._program = f"{program} {schema}"
        self._clock = clock

    def counts(self) -> Mapping[Feed, int]:
        return self._read(aside_counts)

    def is_outdated(self, feed: Feed) -> bool:
        found = select(feed_aside.c.item_id).where(
            feed_aside.c.feed == feed.value, feed_aside.c.program != self._program
        )
        return self._read(lambda connection: connection.scalar(found.limit(1)) is not None)

    def keep(self, feed: Feed, item: FeedItem) -> None:
        values = {
            "feed": feed.value,
            "entity": item.entity,
            "item_id": item.id,
            "program": self._program,
            "received_at": self._clock(),
        }
        fresh = insert(feed_aside).values(values)
        changed = {"program": self._program, "received_at": values["received_at"]}
        self._write(
            lambda connection: connection.execute(
                fresh.on_conflict_do_update(
                    index_elements=["feed", "entity", "item_id"], set_=changed
                )
            )
        )

    def forget(self, feed: Feed, keys: Collection[tuple[str, str]]) -> None:
        known = self._read(lambda connection: _aside_keys(connection, feed))
        self._remove(feed, known.intersection(keys))

    def whole_taken(self, feed: Feed, keys: Collection[tuple[str, str]]) -> None:
        """Updates the list of undecodable items after a snapshot was applied.

        In an append-only feed, items missing from the snapshot remain: a snapshot covers only some
        months. In other feeds they are deleted.
        """
        self.forget(feed, keys)
        of_former = (feed_aside.c.feed == feed.value, feed_aside.c.program != self._program)
        change = (
            update(feed_aside).where(*of_former).values(program=self._program)
            if feed in _ADDED_ONLY
            else delete(feed_aside).where(*of_former)
        )
        if self.is_outdated(feed):
            self._write(lambda connection: connection.execute(change))

    def _remove(self, feed: Feed, keys: Collection[tuple[str, str]]) -> None:
        if not keys:
            return

        def work(connection: Connection) -> None:
            for entity, item_id in keys:
                connection.execute(
                    delete(feed_aside).where(
                        feed_aside.c.feed == feed.value,
                        feed_aside.c.entity == entity,
                        feed_aside.c.item_id == item_id,
                    )
                )

        self._write(work)

    def _read(self, work: Callable[[Connection], Result]) -> Result:
        try:
            return self._store.read(work)
        except StoreError as error:
            raise NotTaken(type(error).__name__) from error

    def _write(self, work: Callable[[Connection], object]) -> None:
        try:
            self._store.write(work, bookkeeping=True).result()
        except StoreError as error:
            raise NotTaken(type(error).__name__) from error


def aside_counts(connection: Connection) -> dict[Feed, int]:
    """Returns the number of items that could not be decoded, by feed."""
    rows = connection.execute(
        select(feed_aside.c.feed, func.count()).group_by(feed_aside.c.feed)
    ).all()
    return {Feed(feed): count for feed, count in rows}


def _aside_keys(connection: Connection, feed: Feed) -> frozenset[tuple[str, str]]:
    rows = connection.execute(
        select(feed_aside.c.entity, feed_aside.c.item_id).where(feed_aside.c.feed == feed.value)
    )
    return frozenset((row.entity, row.item_id) for row in rows)


PLACES = "places"
"""Name of the setting with the city's streets, houses and landmarks, in their file format."""
REGULATION = "regulation"
"""Name of the setting with the editions of the city's regulation, in their file format."""


class SettingsFeed(RegisterReceiver):
    """Stores the valid settings; a document closed in the central database is deleted here."""

    def __init__(self, store: RegisterStore) -> None:
        super().__init__(store, Feed.SETTINGS)

    def replace(self, items: Iterator[FeedItem], mark: str) -> None:
        taken = tuple(items)

        def work(connection: Connection) -> None:
            connection.execute(delete(shared_setting))
            self.take(connection, taken)

        self.write(work, mark)

    def take(self, connection: Connection, items: Sequence[FeedItem]) -> None:
        for item in items:
            key = (shared_setting.c.entity == item.entity, shared_setting.c.name == item.id)
            connection.execute(delete(shared_setting).where(*key))
            if item.document is not None and item.closed_on is None:
                connection.execute(
                    insert(shared_setting).values(
                        entity=item.entity, name=item.id, ver=item.ver, document=dict(item.document)
                    )
                )

    def check(self, item: FeedItem) -> None:
        DocumentEntity(item.entity)

    def digest(self) -> str | None:
        rows = self.read(lambda connection: connection.execute(select(shared_setting)).all())
        return whole_digest((row.entity, row.name, digest_of(row.document)) for row in rows)


def shared_setting_of(register: RegisterReading, name: str) -> Mapping[str, Any] | None:
    """Returns the central setting of this name, or None if there is none. Thread-safe."""
    query = select(shared_setting.c.document).where(
        shared_setting.c.entity == DocumentEntity.SETTING.value, shared_setting.c.name == name
    )
    document: Mapping[str, Any] | None = register.read(lambda connection: connection.scalar(query))
    return document


def shared_templates_of(register: RegisterReading) -> Mapping[str, str]:
    """Returns the central templates by name. Thread-safe."""
    query = select(shared_setting.c.name, shared_setting.c.document).where(
        shared_setting.c.entity == DocumentEntity.TEMPLATE.value
    )
    rows = register.read(lambda connection: connection.execute(query).all())
    return {name: document["text"] for name, document in rows if _is_text(document)}


def _is_text(document: Mapping[str, Any]) -> bool:
    return isinstance(document.get("text"), str)
