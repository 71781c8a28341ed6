"""What an administrator is told of a store: sizes and counts, and nothing of what stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, func, select

from sync.store import migrations
from sync.store import outbox as queue
from sync.store.feed_standing import FeedRead, kept_feed_read
from sync.store.outbox import OutboxStatus
from sync.store.page_check import PageCheck, last_check
from sync.store.reading import RegisterReading
from sync.store.table_rules import metadata
from sync.store.workplace_tables.sending import outbox
from sync.store.workplace_tables.station import station


@dataclass(frozen=True, slots=True)
class StoreFacts:
    """Codes and counts of one store.

    ``rows`` counts each table. ``refused`` are the centre's reasons (SQLSTATE and constraint) with
    how many rows each keeps back. ``last_pages`` is the last reading of all pages.
    """

    schema: str
    station: str
    made_at: datetime
    rows: Mapping[str, int]
    outbox: OutboxStatus
    refused: Mapping[str, int]
    feed: FeedRead
    last_pages: PageCheck | None


def store_facts(register: RegisterReading, path: Path) -> StoreFacts:
    """The facts of the register open here, whose file is ``path``; any thread, StoreError."""

    def read(connection: Connection) -> StoreFacts:
        own = connection.execute(select(station)).one()
        counted = select(outbox.c.last_error, func.count()).where(outbox.c.state == "poison")
        refused = connection.execute(counted.group_by(outbox.c.last_error)).all()
        return StoreFacts(
            schema=migrations.current(connection) or "",
            station=own.code,
            made_at=own.made_at,
            rows={
                table.name: connection.scalar(select(func.count()).select_from(table)) or 0
                for table in metadata.sorted_tables
            },
            outbox=queue.status(connection),
            refused={error or "": count for error, count in refused},
            feed=kept_feed_read(connection),
            last_pages=last_check(path, own.install_id),
        )

    return register.read(read)


def file_sizes(path: Path) -> Mapping[str, int]:
    """Bytes of the store's file and of what SQLite keeps beside it, by the ending of the name."""
    return {
        found.name.removeprefix(path.name): found.stat().st_size
        for found in sorted(path.parent.glob(path.name + "*"))
        if found.name.removeprefix(path.name) in ("", "-wal", "-shm", ".before-upgrade")
    }
