"""Lease of a workplace code in the central database: only one local database may send under it.

A cloned disk copies the identity of its database, but not the later actions of the original. Each
run of a sender is a session, stored locally before the central database sees it, so a clone lacks
the later sessions of its original. A running sender holds a lease that no other database can take.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, and_, case, func, literal, select, union_all, update
from sqlalchemy.dialects.postgresql import insert

from sync.errors import CentralNotReady, StationTaken, StoreBehind
from sync.records.central_shared_tables import station
from sync.records.central_tables import call_record, message
from sync.register.numbering import INTAKE_STATION, period_of
from sync.store.local.reading import Station

LEASE = timedelta(seconds=90)  # by the server's clock
RENEWED_AFTER_S = 30.0


@dataclass(frozen=True, slots=True)
class Claim:
    """A sender's request for the lease of its workplace code.

    ``session`` identifies this run of the sender, ``known`` all sessions that its local database
    ever had, including this one. ``holder`` distinguishes this file on this running machine from
    any copy. ``counters`` are the last registration numbers assigned, by period (YYMM).
    """

    session: UUID
    known: frozenset[UUID]
    holder: str
    counters: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Claimed:
    """Result if the lease was granted. ``now`` is the server's time.

    ``given`` are the last numbers used under the code, by period; empty except for a local database
    that connects for the first time.
    """

    now: datetime
    given: Mapping[str, int]


def require_station(connection: Connection, code: str) -> None:
    """Checks that row-level security allows this login to write the records of this workplace.

    Raises CentralNotReady if it does not.
    """
    is_held = func.row_security_active(call_record.name)
    found = connection.execute(select(is_held, func.current_station())).one()
    if found[0] and found[1] != code:
        raise CentralNotReady("rights_missing")


def enrol(connection: Connection, own: Station) -> bool:
    """Registers this local database for its code; returns True if it was not registered before.

    Raises StationTaken if another local database is registered, and for the code reserved for
    messages of the platform.
    """
    entered = connection.execute(
        insert(station)
        .values(station_id=own.code, install_id=own.install_id)
        .on_conflict_do_nothing()
    )
    is_new = entered.rowcount == 1
    of_code = station.c.station_id == own.code
    holder = connection.scalar(select(station.c.install_id).where(of_code))
    if own.code == INTAKE_STATION and (is_new or holder is None):
        raise StationTaken(own.code)
    if holder is None:
        # Enrolled by the administrator: the first local database that connects gets the code.
        taken = update(station).where(of_code, station.c.install_id.is_(None))
        is_new = connection.execute(taken.values(install_id=own.install_id)).rowcount == 1
        holder = connection.scalar(select(station.c.install_id).where(of_code))
    if holder != own.install_id:
        raise StationTaken(own.code)
    return is_new


def claim(connection: Connection, code: str, ours: Claim, *, is_new: bool) -> Claimed:
    """Acquires the lease for this session, in the transaction of ``enrol``.

    Raises StationTaken if a copy of this local database is running or has sent since its last
    session, and StoreBehind if this local database is older than the rows it sent.
    """
    of_code = station.c.station_id == code
    found = connection.execute(
        select(
            station,
            (station.c.leased_until > func.clock_timestamp()).label("is_leased"),
            func.clock_timestamp().label("server_now"),
        )
        .where(of_code)
        .with_for_update()
    ).one()
    if not is_new:
        if found.session_id is not None and found.session_id not in ours.known:
            raise StationTaken(code)
        is_anothers = found.session_id != ours.session and found.lease_holder != ours.holder
        if found.is_leased and is_anothers:
            raise StationTaken(code)
        if ours.counters.get(found.counter_period, 0) < (found.counter_high or 0):
            raise StoreBehind(code)
    values: dict[str, Any] = {"session_id": ours.session, "lease_holder": ours.holder}
    changed = (
        update(station).where(of_code).values(**values, **_kept(ours.counters, found.server_now))
    )
    now = connection.scalars(changed.returning(func.clock_timestamp())).one()
    given = _given(connection, code) if is_new else {}
    if is_new and found.counter_high is not None:
        given[found.counter_period] = max(given.get(found.counter_period, 0), found.counter_high)
    return Claimed(now, given)


def renew(
    connection: Connection,
    code: str,
    session: UUID,
    counters: Mapping[str, int],
    server_now: datetime,
) -> datetime:
    """Extends the lease and returns the server's time; ``server_now`` is an estimate of that time.

    Raises StationTaken if another database took the code over.
    """
    renewed = (
        update(station)
        .where(station.c.station_id == code, station.c.session_id == session)
        .values(**_kept(counters, server_now))
        .returning(func.clock_timestamp())
    )
    now: datetime | None = connection.scalars(renewed).one_or_none()
    if now is None:
        require_station(connection, code)
        raise StationTaken(code)
    return now


def leave(connection: Connection, code: str, session: UUID) -> None:
    """Releases the lease; the local database can then continue on another computer immediately."""
    of_session = (station.c.station_id == code, station.c.session_id == session)
    connection.execute(update(station).where(*of_session).values(leased_until=None))


def _kept(counters: Mapping[str, int], server_now: datetime) -> dict[str, Any]:
    """Returns the columns of the lease and the newest counter; a counter never decreases.

    Counters of future months come from a clock that was ahead and are ignored.
    """
    lease: dict[str, Any] = {"leased_until": func.clock_timestamp() + literal(LEASE)}
    this_month = period_of(server_now)
    past = [period for period in counters if period <= this_month]
    if not past:
        return lease
    period = max(past)
    kept, high = station.c.counter_period, station.c.counter_high
    is_newer = and_(kept > period, kept <= this_month)
    return {
        **lease,
        "counter_period": case((is_newer, kept), else_=period),
        "counter_high": case(
            (is_newer, high),
            (kept == period, func.greatest(high, counters[period])),
            else_=counters[period],
        ),
    }


def _given(connection: Connection, code: str) -> dict[str, int]:
    """Returns the highest counter of the records under this code, by period."""
    parts = union_all(
        *(
            select(table.c.period, func.max(table.c.counter).label("high"))
            .where(table.c.station_id == code)
            .group_by(table.c.period)
            for table in (call_record, message)
        )
    ).subquery()
    found = connection.execute(
        select(parts.c.period, func.max(parts.c.high)).group_by(parts.c.period)
    )
    return {period: high for period, high in found}
