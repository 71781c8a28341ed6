"""Settings and templates of the centre at this workplace, each a JSON document with a name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from sync.store.feed_marks import RegisterReceiver
from sync.store.feed_values import Feed, FeedItem
from sync.store.reading import RegisterReading
from sync.store.register import RegisterStore
from sync.store.shared_documents import DocumentEntity, digest_of, whole_digest
from sync.store.workplace_tables.received import shared_setting

PLACES = "places"
"""The setting with the city's streets, houses and landmarks, in the form of their file."""
REGULATION = "regulation"
"""The setting with the editions of the city's regulation, in the form of their file."""


class SettingsFeed(RegisterReceiver):
    """Keeps what holds; a document that is closed in the centre goes here."""

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

    def digest(self) -> str | None:
        rows = self.read(lambda connection: connection.execute(select(shared_setting)).all())
        return whole_digest((row.entity, row.name, digest_of(row.document)) for row in rows)


def shared_setting_of(register: RegisterReading, name: str) -> Mapping[str, Any] | None:
    """The setting of this name as the centre gives it; None where it gives none. Any thread."""
    query = select(shared_setting.c.document).where(
        shared_setting.c.entity == DocumentEntity.SETTING.value, shared_setting.c.name == name
    )
    document: Mapping[str, Any] | None = register.read(lambda connection: connection.scalar(query))
    return document


def shared_templates_of(register: RegisterReading) -> Mapping[str, str]:
    """The templates of the centre by their names; any thread."""
    query = select(shared_setting.c.name, shared_setting.c.document).where(
        shared_setting.c.entity == DocumentEntity.TEMPLATE.value
    )
    rows = register.read(lambda connection: connection.execute(query).all())
    return {name: document["text"] for name, document in rows if _is_text(document)}


def _is_text(document: Mapping[str, Any]) -> bool:
    return isinstance(document.get("text"), str)
