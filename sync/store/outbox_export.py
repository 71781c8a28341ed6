"""What of the outbox lies in an exported file, so that the store may go without its rows lost."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.sqlite import insert

from sync.store.outbox import RowState
from sync.store.tables import outbox, outbox_export


def note_exported(connection: Connection, up_to: int, at: datetime) -> None:
    """Note that every row up to this ``seq`` stands in a file that is safely on a disk."""
    values = {"up_to": up_to, "exported_at": at}
    connection.execute(
        insert(outbox_export)
        .values(only=1, **values)
        .on_conflict_do_update(index_elements=["only"], set_=values)
    )


def held_here_only(connection: Connection) -> int:
    """How many rows neither the centre nor an exported file has, refused ones counted."""
    exported = select(func.coalesce(func.max(outbox_export.c.up_to), 0)).scalar_subquery()
    unsent = outbox.c.state.in_((RowState.NEW.value, RowState.POISON.value))
    return connection.scalars(
        select(func.count()).select_from(outbox).where(unsent, outbox.c.seq > exported)
    ).one()
