"""What all receivers of the feed in the register have in common: one transaction with the mark."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from sync.errors import NotTaken, StoreError
from sync.store.feed_values import Feed, FeedItem
from sync.store.register import RegisterStore
from sync.store.workplace_tables.received import feed_mark

Result = TypeVar("Result")


class RegisterReceiver(ABC):
    """A feed taken into the register; a subclass says what becomes of an item.

    Every method runs on the feed's thread, what is written on the writer's.
    """

    def __init__(self, store: RegisterStore, feed: Feed, *, feeds_outbox: bool = False) -> None:
        self._store = store
        self._feeds_outbox = feeds_outbox
        self.feed = feed

    @abstractmethod
    def take(self, connection: Connection, items: Sequence[FeedItem]) -> None:
        """Write these; to write them again changes nothing."""

    def written(self) -> None:  # noqa: B027  most have nothing to tell
        """What ``take`` wrote is on the disk."""

    def mark(self) -> str:
        return self.read(lambda connection: _mark(connection, self.feed))

    def apply(self, items: Sequence[FeedItem], mark: str) -> None:
        self.write(lambda connection: self.take(connection, items), mark)

    def replace(self, items: Iterator[FeedItem], mark: str) -> None:
        """What is here stays: nothing that happened is taken back."""
        taken = tuple(items)
        self.write(lambda connection: self.take(connection, taken), mark)

    def digest(self) -> str | None:
        """Not compared: there is more here than the centre has."""
        return None

    def read(self, work: Callable[[Connection], Result]) -> Result:
        """What the work reads; raises NotTaken."""
        try:
            return self._store.read(work)
        except StoreError as error:
            raise NotTaken(type(error).__name__) from error

    def write(self, work: Callable[[Connection], None], mark: str) -> None:
        """Do the work and note the mark in one transaction; raises NotTaken."""

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
