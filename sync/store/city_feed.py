"""Edits of the city's calendar and rules made at other workplaces, in the centre's order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from sync.store.city import queue_edits
from sync.store.feed_marks import RegisterReceiver
from sync.store.feed_values import Feed, FeedItem
from sync.store.record_tables import city_edit
from sync.store.register import RegisterStore
from sync.store.workplace_tables.received import city_order


class CityFeed(RegisterReceiver):
    """Takes all edits, and gives the own ones the place that the centre gave them.

    Of two edits of one day that workplaces made without knowing of each other, the one that came
    to the centre later holds, at every workplace.
    """

    def __init__(
        self, store: RegisterStore, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        super().__init__(store, Feed.CITY, feeds_outbox=True)
        self._clock = clock

    def take(self, connection: Connection, items: Sequence[FeedItem]) -> None:
        for item in items:
            if item.document is not None:
                _take_edit(connection, item.document)
        # edits of the time before there was a centre
        queue_edits(connection, self._clock())


def _take_edit(connection: Connection, document: Mapping[str, Any]) -> None:
    key = UUID(document["id"])
    if connection.scalar(select(city_edit.c.id).where(city_edit.c.id == key)) is None:
        values = {
            column.name: document[column.name]
            for column in city_edit.columns
            if column.name not in ("seq", "id", "by_id", "at")
        }
        connection.execute(
            insert(city_edit).values(
                id=key,
                by_id=UUID(document["by_id"]),
                at=datetime.fromisoformat(document["at"]),
                **values,
            )
        )
    position = {"position": document["position"]}
    connection.execute(
        upsert(city_order)
        .values(edit_id=key, **position)
        .on_conflict_do_update(index_elements=["edit_id"], set_=position)
    )
