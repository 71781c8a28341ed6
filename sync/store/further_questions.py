"""The further questions of a call, inside the writer's transaction."""

from __future__ import annotations

from sqlalchemy import Connection, select

from sync.register.calls import CallRecord
from sync.register.numbering import RegistrationNumber
from sync.store.record_tables import call_record
from sync.store.rows import call_of


def first_record(connection: Connection, number: RegistrationNumber) -> CallRecord | None:
    """The record that a call began with, by its registration number."""
    query = select(call_record).where(call_record.c.number == str(number))
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else call_of(row)


def questions_of(connection: Connection, first: CallRecord) -> tuple[CallRecord, ...]:
    """The further questions of the call that began with this record."""
    query = select(call_record).where(call_record.c.part_of == str(first.number))
    return tuple(call_of(row) for row in connection.execute(query).mappings())
