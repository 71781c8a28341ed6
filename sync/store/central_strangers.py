"""Whom records name as their operator, held against the accounts of the centre.

A workplace states it and the centre refuses nothing for it, since a call that was taken must not
be lost; what does not fit is for an administrator to look into.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import case, func, or_, select, union_all

from sync.store.central_tables.records import call_record, message
from sync.store.central_tables.workplaces import operator
from sync.store.central_work import central_transaction


class Doubt(StrEnum):
    """Why an operator of records is none of the centre's."""

    UNKNOWN = "unknown"
    """No account has this identity: a person of that workplace's store alone, or nobody."""
    SHUT_OUT = "shut_out"
    """The account was closed before the record was begun."""


@dataclass(frozen=True, slots=True)
class Stranger:
    """Records of one workplace under one operator; ``last_at`` is when the newest was begun."""

    station: str
    operator_id: UUID
    doubt: Doubt
    records: int
    last_at: datetime


def strangers(dsn: str, since: datetime) -> tuple[Stranger, ...]:
    """Operators of records begun since then who do not fit, by workplace.

    Raises psycopg2.Error and DsnInvalid.
    """

    records = union_all(
        *(
            select(at.table.c.station_id, at.table.c.operator_id, at.label("at")).where(at >= since)
            for at in (call_record.c.arrived_at, message.c.created_at)
        )
    ).subquery()
    doubt = case((operator.c.id.is_(None), Doubt.UNKNOWN.value), else_=Doubt.SHUT_OUT.value)
    query = (
        select(
            records.c.station_id,
            records.c.operator_id,
            doubt.label("doubt"),
            func.count().label("records"),
            func.max(records.c.at).label("last_at"),
        )
        .select_from(records.outerjoin(operator, operator.c.id == records.c.operator_id))
        .where(or_(operator.c.id.is_(None), records.c.at > operator.c.disabled_at))
        .group_by(records.c.station_id, records.c.operator_id, doubt)
        .order_by(records.c.station_id, records.c.operator_id)
    )
    with central_transaction(dsn) as connection:
        return tuple(
            Stranger(row.station_id, row.operator_id, Doubt(row.doubt), row.records, row.last_at)
            for row in connection.execute(query)
        )
