"""The runs of the sender from this store, and the numbers it has given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from sync.register.number_gap import NUMBERS_AT_LEAST
from sync.register.numbering import COUNTER_MAX
from sync.store.workplace_tables.sending import central_session
from sync.store.workplace_tables.station import counter


def begin_session(connection: Connection, session: UUID, at: datetime) -> frozenset[UUID]:
    """Write this session down before the centre hears of it; all that this store ever had."""
    connection.execute(
        insert(central_session).values(id=session, begun_at=at).on_conflict_do_nothing()
    )
    return frozenset(connection.scalars(select(central_session.c.id)))


def counters(connection: Connection) -> Mapping[str, int]:
    """The last number given in each period (YYMM)."""
    return {row.period: row.last for row in connection.execute(select(counter))}


def pass_over(connection: Connection, given: Mapping[str, int]) -> None:
    """Give no number that may have been given under this code before.

    More may have been spoken than the centre heard of. ``given`` are the numbers known, by period.
    """
    known = counters(connection)
    for period, high in given.items():
        if known.get(period, 0) <= high:
            last = min(COUNTER_MAX, high + NUMBERS_AT_LEAST)
            connection.execute(
                insert(counter)
                .values(period=period, last=last)
                .on_conflict_do_update(index_elements=["period"], set_={"last": last})
            )
