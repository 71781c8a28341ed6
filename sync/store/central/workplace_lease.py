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
    """A sender's claim to the code of its workplace.

    ``session`` is this run, ``known`` all sessions that its store ever had, this one included.
    ``holder`` tells this very file on this running machine from any copy. ``counters`` are the
    last numbers given, by period (YYMM).
    """

    session: UUID
    known: frozenset[UUID]
    holder: str
    counters: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Claimed:
    """The code is held. ``now`` is the server's clock.

    ``given`` are the numbers known to have been given under it before, by period; empty but for a
    store that comes for the first time.
    """

    now: datetime
    given: Mapping[str, int]


def require_station(connection: Connection, code: str) -> None:
    """Return when row-level security lets this login write the records of this workplace."""
    is_held = func.row_security_active(call_record.name)
    found = connection.execute(select(is_held, func.current_station())).one()
    if found[0] and found[1] != code:
        raise CentralNotReady("rights_missing")


def enrol(connection: Connection, own: Station) -> bool:
    """Make this the store of its code; True when it was not before.

    Raises StationTaken where another store is, and for the code that is kept for the platform's
    messages.
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
        # enrolled by the administrator: the first store that comes is the workplace's
        taken = update(station).where(of_code, station.c.install_id.is_(None))
        is_new = connection.execute(taken.values(install_id=own.install_id)).rowcount == 1
        holder = connection.scalar(select(station.c.install_id).where(of_code))
    if holder != own.install_id:
        raise StationTaken(own.code)
    return is_new


def claim(connection: Connection, code: str, ours: Claim, *, is_new: bool) -> Claimed:
    """Hold the code for this session, in the transaction of ``enrol``.

    Raises StationTaken where a copy of this store has sent meanwhile or is at work, StoreBehind
    where this store is older than what was sent from it.
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
    """Hold the code for longer; the server's clock, which was about ``server_now``.

    Raises StationTaken where the code went to another.
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
    """Give the lease back, so that the store may go on elsewhere at once."""
    of_session = (station.c.station_id == code, station.c.session_id == session)
    connection.execute(update(station).where(*of_session).values(leased_until=None))


def _kept(counters: Mapping[str, int], server_now: datetime) -> dict[str, Any]:
    """The lease and the newest counter, as they are kept; a counter never goes back.

    Counters of a month to come are of a clock that ran ahead: that of this month is kept.
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
    """The highest counter of the records under this code, by period."""
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
