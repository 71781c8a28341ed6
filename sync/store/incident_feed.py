"""What happened to incidents at other workplaces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.dialects.sqlite import insert

from sync.store.feed_marks import RegisterReceiver
from sync.store.feed_values import Feed, FeedItem
from sync.store.record_tables import incident_event
from sync.store.register import RegisterStore


class IncidentFeed(RegisterReceiver):
    """Takes the events of all workplaces; those of here are known already."""

    def __init__(self, store: RegisterStore) -> None:
        super().__init__(store, Feed.INCIDENTS)

    def take(self, connection: Connection, items: Sequence[FeedItem]) -> None:
        for item in items:
            if item.document is not None:
                fresh = insert(incident_event).values(_row(item.document))
                connection.execute(fresh.on_conflict_do_nothing(index_elements=["id"]))


def _row(document: Mapping[str, Any]) -> dict[str, Any]:
    """The row as the local table has it."""
    values = {column.name: document[column.name] for column in incident_event.columns}
    call_id = values["call_id"]
    return {
        **values,
        "id": UUID(values["id"]),
        "incident_id": UUID(values["incident_id"]),
        "by_id": UUID(values["by_id"]),
        "call_id": None if call_id is None else UUID(call_id),
        "at": datetime.fromisoformat(values["at"]),
    }
