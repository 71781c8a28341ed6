"""Administration of the local database: record of exports, reset, status for support."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from keyring.backend import KeyringBackend
from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.sqlite import insert

from sync.errors import RowsWait, StoreInUse
from sync.records.feed_values import Feed
from sync.records.table_rules import metadata
from sync.records.workplace_tables import outbox, outbox_export, station
from sync.register.audit import COMMAND, Audited, AuditKind
from sync.store import migrations
from sync.store.local import outbox as queue
from sync.store.local.command_audit import note_command
from sync.store.local.engine import file_engine, known_errors
from sync.store.local.feed import aside_counts
from sync.store.local.keys import StoreKey, forget_key
from sync.store.local.opening import PageCheck, forget_check, last_check
from sync.store.local.outbox import FeedRead, OutboxStatus, RowState, kept_feed_read
from sync.store.local.reading import RegisterReading
from sync.store.local.sidecar_files import sync_folder
from sync.store.local.writer import StoreLock


def note_exported(connection: Connection, up_to: int, at: datetime) -> None:
    """Records that all rows up to this ``seq`` are safely stored in an exported file."""
    values = {"up_to": up_to, "exported_at": at}
    connection.execute(
        insert(outbox_export)
        .values(only=1, **values)
        .on_conflict_do_update(index_elements=["only"], set_=values)
    )


def begin_export(path: Path, key: StoreKey) -> None:
    """Records the export of unsent rows in the audit, and queues all audit entries not queued yet.

    While a console runs, the console queues the audit. Raises StoreError.
    """
    told = Audited(AuditKind.EXPORTED, source=COMMAND, detail="outbox")
    try:
        lock = StoreLock(path)
    except StoreInUse:
        note_command(path, key, told)
        return
    try:
        note_command(path, key, told, queue_all=True)
    finally:
        lock.release()


def mark_exported(path: Path, key: StoreKey, up_to: int, at: datetime) -> bool:
    """Opens a database that is not in use and calls `note_exported`.

    Returns False if a console has the database open.
    """
    try:
        lock = StoreLock(path)
    except StoreInUse:
        return False
    try:
        engine = file_engine(path, key)
        try:
            with known_errors(), engine.begin() as connection:
                note_exported(connection, up_to, at)
        finally:
            engine.dispose()
    finally:
        lock.release()
    return True


def held_here_only(connection: Connection) -> int:
    """Returns the number of rows that are only in this database, including rejected rows.

    Such rows are neither in the central database nor in an exported file.
    """
    exported = select(func.coalesce(func.max(outbox_export.c.up_to), 0)).scalar_subquery()
    unsent = outbox.c.state.in_((RowState.NEW.value, RowState.POISON.value))
    return connection.scalars(
        select(func.count()).select_from(outbox).where(unsent, outbox.c.seq > exported)
    ).one()


def require_nothing_waits(path: Path, key: StoreKey) -> None:
    """Raises RowsWait if some rows are neither in the central database nor in an exported file."""
    reading = RegisterReading.open_for_reading(path, key)
    try:
        count = reading.read(held_here_only)
    finally:
        reading.close_reading()
    if count:
        raise RowsWait(count)


def reset(path: Path, key: StoreKey, keyring: KeyringBackend | None = None) -> None:
    """Deletes the database and its key permanently; the next start creates a new database.

    Raises RowsWait or StoreInUse. An unreadable database is not deleted either. On an error nothing
    is changed.
    """
    lock = StoreLock(path)
    try:
        require_nothing_waits(path, key)
        # delete the database before its key: a leftover key is harmless, a database without its key
        # is lost
        for ending in ("", "-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        forget_check(path)
        sync_folder(path.parent)
        forget_key(path, keyring)
    finally:
        lock.release()


@dataclass(frozen=True, slots=True)
class StoreFacts:
    """Codes and counts of one local database, for support.

    ``rows`` has the number of rows of each table. ``refused`` maps each rejection reason of the
    central database (SQLSTATE and constraint) to the number of rejected rows. ``last_pages`` is the
    result of the last integrity scan.
    """

    schema: str
    station: str
    made_at: datetime
    rows: Mapping[str, int]
    outbox: OutboxStatus
    refused: Mapping[str, int]
    feed: FeedRead
    aside: Mapping[Feed, int]
    last_pages: PageCheck | None


def store_facts(register: RegisterReading, path: Path) -> StoreFacts:
    """Returns the facts of an open register stored in the file ``path``. Raises StoreError.
    Thread-safe.
    """

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
            aside=aside_counts(connection),
            last_pages=last_check(path, own.install_id),
        )

    return register.read(read)


def file_sizes(path: Path) -> Mapping[str, int]:
    """Returns the sizes in bytes of the database file and its sidecar files, by suffix."""
    return {
        found.name.removeprefix(path.name): found.stat().st_size
        for found in sorted(path.parent.glob(path.name + "*"))
        if found.name.removeprefix(path.name) in ("", "-wal", "-shm", ".before-upgrade")
    }
