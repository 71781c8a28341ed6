"""Administration of the central database: status, workplace codes, change log, takeover."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import psycopg2
from sqlalchemy import Connection, bindparam, func, insert, or_, select, text

from sync.records.central_shared_tables import station, succession, workplace_name
from sync.records.central_tables import call_record, message
from sync.register.audit import Audited, AuditKind
from sync.register.numbering import INTAKE_STATION
from sync.store import migrations
from sync.store.central.audit import add_central
from sync.store.central.connection import WANTED_RIGHTS, central_transaction, initialise
from sync.store.central.intake.messages import IntakeState, intake_state
from sync.store.central.partitions import Months, months_of
from sync.store.central.server_identity import Branch, read_facts

KEPT = timedelta(days=30)  # a workplace that was offline longer receives a full snapshot


def earlier_clock(dsn: str, at: datetime) -> datetime:
    """Returns the earlier of ``at`` and the server's time.

    This prevents a fast local clock from erasing records too early. Raises psycopg2.Error and
    DsnInvalid.
    """
    with central_transaction(dsn) as connection:
        return min(at, connection.scalars(select(func.now())).one())


def forget_changes(dsn: str, at: datetime) -> int:
    """Deletes the change log entries older than the retention time and returns their number.

    Raises psycopg2.Error and DsnInvalid.
    """
    with central_transaction(dsn) as connection:
        asked = text("SELECT forget_changes(:before)").bindparams(bindparam("before", at - KEPT))
        forgotten: int = connection.scalar(asked)
    return forgotten


# Codes assigned by an administrator start at 0001; codes derived from names start here.
FIRST_CODE = 2000
CODES = 8000

_ENDING = re.compile(r"(.*?)([0-9]{0,4})", re.DOTALL)


def make_schema_where_none(dsn: str) -> bool:
    """Creates the central schema in an empty database. Returns True if a schema now exists.

    An older schema is left for the administrator to upgrade. Returns False if the database is
    unavailable or refuses the login. Raises DsnInvalid.
    """
    try:
        with central_transaction(dsn) as connection:
            is_bare = migrations.current(connection) is None
        if is_bare:
            initialise(dsn)
    except psycopg2.Error:
        return False
    return True


def code_of_name(dsn: str, name: str) -> str | None:
    """Returns the workplace code registered for this name; assigns a code to a new name.

    Two names never share a code, and a code already used by a workplace is not assigned to a new
    name. A login bound to a workplace gets the code of that workplace under any name. Returns None
    if the central database is unavailable. Raises DsnInvalid, and LookupError if all codes are
    assigned.
    """

    try:
        with central_transaction(dsn) as connection:
            return _kept_code(connection, name)
    except psycopg2.Error:
        return None


def _kept_code(connection: Connection, name: str) -> str:
    own = connection.scalar(select(func.public.current_station()))
    if own is not None:
        return str(own)
    # Serialized, because two new names could otherwise find the same code free.
    connection.execute(text("LOCK TABLE workplace_name IN SHARE ROW EXCLUSIVE MODE"))
    known = connection.scalar(
        select(workplace_name.c.station_id).where(workplace_name.c.name == name)
    )
    if known is not None:
        return str(known)
    taken = set(connection.scalars(select(workplace_name.c.station_id)))
    taken |= set(connection.scalars(select(station.c.station_id)))
    code = next((code for code in codes_for(name) if code not in taken), None)
    if code is None:
        raise LookupError("no workplace code is left")
    connection.execute(insert(workplace_name).values(name=name, station_id=code))
    return code


def codes_for(name: str) -> Iterator[str]:
    """Yields the possible codes of a name, preferred first. Names that differ only in their final
    number, such as desk-1 and desk-2, get consecutive codes.
    """
    match = _ENDING.fullmatch(name)
    stem, ending = match.groups() if match else (name, "")
    digest = hashlib.sha256(stem.encode("utf-8", "surrogatepass")).digest()
    first = int.from_bytes(digest[:8]) + int(ending or 0)
    for step in range(CODES):
        yield f"{FIRST_CODE + (first + step) % CODES:04d}"


@dataclass(frozen=True, slots=True)
class Watermark:
    """The oldest writing transaction on the server; the change feed ends before it.

    ``age`` is zero if no transaction writes, and None if this role may not see the transactions of
    other roles.
    """

    age: timedelta | None
    database: str | None = None
    application: str | None = None


@dataclass(frozen=True, slots=True)
class Workplace:
    """A workplace in the central database.

    ``last_record_at`` is the time when its last call or message was received. ``install_id`` is
    None until its local database connects for the first time. ``is_connected`` is None if the
    workplace has no dedicated login. The number of unsent records is known only at the workplace.
    """

    code: str
    install_id: UUID | None
    enrolled_at: datetime
    last_record_at: datetime | None
    is_connected: bool | None


@dataclass(frozen=True, slots=True)
class CentralState:
    """State of the central database.

    ``revision`` is the installed schema revision, ``known`` the newest one of this program.
    """

    revision: str
    known: str
    months: Months
    watermark: Watermark
    workplaces: tuple[Workplace, ...]
    intake: IntakeState | None
    """Import of messages from the platform; None if no worker imports them."""

    @property
    def is_older(self) -> bool:
        """Whether ``central upgrade`` has a newer schema to install."""
        return self.revision != self.known and self.revision in migrations.revisions(
            migrations.CENTRAL
        )


def central_state(connection: Connection) -> CentralState | None:
    """Returns the state of the connected database; None if it has no schema of this product."""
    revision = migrations.current(connection)
    if revision is None:
        return None
    return CentralState(
        revision=revision,
        known=migrations.newest(migrations.CENTRAL),
        months=months_of(connection),
        watermark=_watermark(connection),
        workplaces=_workplaces(connection),
        intake=intake_state(connection),
    )


def _watermark(connection: Connection) -> Watermark:
    if not connection.scalar(text("SELECT pg_has_role('pg_read_all_stats', 'USAGE')")):
        return Watermark(None)
    oldest = connection.execute(
        text(
            "SELECT now() - xact_start AS age, datname, application_name FROM pg_stat_activity"
            " WHERE backend_xid IS NOT NULL UNION ALL"
            " SELECT now() - prepared, database, 'prepared ' || gid FROM pg_prepared_xacts"
            " ORDER BY age DESC LIMIT 1"
        )
    ).one_or_none()
    if oldest is None:
        return Watermark(timedelta(0))
    return Watermark(max(oldest.age, timedelta(0)), oldest.datname, oldest.application_name)


def _workplaces(connection: Connection) -> tuple[Workplace, ...]:
    # Ids grow with time, so the key finds the last record of a workplace in each month.
    newest = [
        select(table.c.received_at)
        .where(table.c.station_id == station.c.station_id)
        .order_by(table.c.period.desc(), table.c.id.desc())
        .limit(1)
        .correlate(station)
        .scalar_subquery()
        for table in (call_record, message)
    ]
    found = connection.execute(
        select(
            station.c.station_id,
            station.c.install_id,
            station.c.enrolled_at,
            station.c.login,
            *newest,
        )
        .where(or_(station.c.station_id != INTAKE_STATION, station.c.install_id.is_not(None)))
        .order_by(station.c.station_id)
    )
    logins = _connected_logins(connection)
    return tuple(
        Workplace(
            code,
            install_id,
            enrolled_at,
            max(filter(None, received), default=None),
            None if login is None else login in logins,
        )
        for code, install_id, enrolled_at, login, *received in found
    )


def _connected_logins(connection: Connection) -> frozenset[str]:
    return frozenset(
        connection.scalars(
            text(
                "SELECT usename FROM pg_stat_activity WHERE datname = current_database()"
                " AND usename IS NOT NULL AND pid <> pg_backend_pid()"
            )
        )
    )


def declare_successor(dsn: str, id: UUID) -> Branch:
    """Declares this database the replacement of any former central database of the workplaces.

    ``id`` is new and sorts after the ids of earlier takeovers. Each workplace then sends all its
    records again. Raises CentralNotReady, DsnInvalid, and psycopg2.Error.
    """
    with central_transaction(dsn) as connection:
        branch = read_facts(connection, WANTED_RIGHTS).branch
        connection.execute(
            insert(succession).values(
                id=id, system_identifier=branch.system_identifier, timeline=branch.timeline
            )
        )
        add_central(connection, Audited(AuditKind.CENTRE_SUCCEEDED))
    return branch
