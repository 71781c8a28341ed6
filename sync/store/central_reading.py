"""One record of the central database by its number, for proof from outside any workplace."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from sync.register.audit import Audited, AuditKind, Subject
from sync.register.numbering import RegistrationNumber
from sync.store.central_batch import TABLES
from sync.store.central_chain import add_central, may_add
from sync.store.central_work import central_transaction
from sync.store.outbox import Entity
from sync.store.rows import plain

_OWN_COLUMNS = ("station_id", "period", "counter", "received_at")


def central_record(dsn: str, number: RegistrationNumber) -> dict[str, Any] | None:
    """The record with this number in the form of the local store's rows, or None.

    Its ``kind`` is "call" or "message". That it was read is told to the audit where this login may
    write there, as the owner's may. Raises psycopg2.Error and DsnInvalid.
    """
    with central_transaction(dsn) as connection:
        for entity in (Entity.CALL, Entity.MESSAGE):
            table = TABLES[entity]
            query = select(table).where(
                table.c.station_id == number.station,
                table.c.period == number.period,
                table.c.counter == number.counter,
            )
            row = connection.execute(query).mappings().one_or_none()
            if row is not None:
                values = {name: row[name] for name in row if name not in _OWN_COLUMNS}
                values["revision"] = values.pop("rev")
                if may_add(connection):
                    _tell_reading(connection, entity, row["id"])
                return {"kind": entity.value, **plain(values)}
    return None


def _tell_reading(connection: Connection, entity: Entity, id: UUID) -> None:
    read = Audited(AuditKind.RECORD_READ, subject=Subject(entity.value), subject_id=id)
    add_central(connection, read)
