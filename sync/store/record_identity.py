"""What makes a record the same one for ever: its number, and the fields that it began with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from sync.errors import RecordMismatch
from sync.register.calls import CallRecord
from sync.register.messages import MessageRecord
from sync.register.numbering import RegistrationNumber, next_number, period_of
from sync.store.outbox import Entity
from sync.store.workplace_tables.station import counter, station


def give_number(connection: Connection, at: datetime) -> RegistrationNumber:
    """The next number of the month, taken in the transaction that writes its record."""
    period = period_of(at)
    code = connection.scalars(select(station.c.code)).one()
    last = connection.scalar(select(counter.c.last).where(counter.c.period == period)) or 0
    number = next_number(period, code, last)
    connection.execute(
        insert(counter)
        .values(period=period, last=number.counter)
        .on_conflict_do_update(index_elements=["period"], set_={"last": number.counter})
    )
    return number


def require_same(
    entity: Entity,
    record: CallRecord | MessageRecord,
    stored: CallRecord | MessageRecord,
    fields: Iterable[str],
) -> None:
    """Return where the record has these fields as they are stored; else RecordMismatch."""
    for field in fields:
        if getattr(record, field) != getattr(stored, field):
            raise RecordMismatch(entity.value, record.id, field)
