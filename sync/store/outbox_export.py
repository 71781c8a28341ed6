"""What of the outbox lies in an exported file, so that the store may go without its rows lost."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.sqlite import insert

from sync.errors import StoreInUse
from sync.register.audit import COMMAND, Audited, AuditKind
from sync.store.command_audit import note_command
from sync.store.engine import file_engine, known_errors
from sync.store.keys import StoreKey
from sync.store.lock import StoreLock
from sync.store.outbox import RowState
from sync.store.workplace_tables.sending import outbox, outbox_export


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
