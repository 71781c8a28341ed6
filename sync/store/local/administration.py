"""Administration of the local database: mark of exported outbox rows, reset, facts for support."""

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
    """Note that every row up to this ``seq`` stands in a file that is safely on a disk."""
    values = {"up_to": up_to, "exported_at": at}
    connection.execute(
        insert(outbox_export)
        .values(only=1, **values)
        .on_conflict_do_update(index_elements=["only"], set_=values)
    )


def begin_export(path: Path, key: StoreKey) -> None:
    """Write down that what waits is taken out, and queue all of the audit that is not yet.

    Beside a console the audit is the console's to queue. Raises StoreError.
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
    """The same for a store that nobody works with; False where a console holds it."""
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
    """How many rows neither the centre nor an exported file has, refused ones counted."""
    exported = select(func.coalesce(func.max(outbox_export.c.up_to), 0)).scalar_subquery()
    unsent = outbox.c.state.in_((RowState.NEW.value, RowState.POISON.value))
    return connection.scalars(
        select(func.count()).select_from(outbox).where(unsent, outbox.c.seq > exported)
    ).one()


def require_nothing_waits(path: Path, key: StoreKey) -> None:
    """Return when the centre or an exported file has every record; else raises RowsWait."""
    reading = RegisterReading.open_for_reading(path, key)
    try:
        count = reading.read(held_here_only)
    finally:
        reading.close_reading()
    if count:
        raise RowsWait(count)


def reset(path: Path, key: StoreKey, keyring: KeyringBackend | None = None) -> None:
    """Remove the store with its key, for good; the next start makes a new one.

    Raises RowsWait and StoreInUse, and what cannot be read is not removed either; then nothing
    is changed.
    """
    lock = StoreLock(path)
    try:
        require_nothing_waits(path, key)
        # the store goes before its key: a key alone does no harm, a store alone is lost
        for ending in ("", "-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        forget_check(path)
        sync_folder(path.parent)
        forget_key(path, keyring)
    finally:
        lock.release()


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
    aside: Mapping[Feed, int]
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
            aside=aside_counts(connection),
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
