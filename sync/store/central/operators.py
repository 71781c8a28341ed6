"""Central database: callback locks, operator accounts, preferences, unknown operators.

Unknown operators are named in records but have no matching central account.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import psycopg2
import psycopg2.errors
from psycopg2 import sql
from psycopg2.extensions import encrypt_password, make_dsn, parse_dsn
from psycopg2.extras import Json, register_uuid
from sqlalchemy import case, func, or_, select, union_all

from sync.records.central_shared_tables import operator
from sync.records.central_tables import call_record, message
from sync.register.calls.missed import CallClaim, Claimed, ClaimHolder, ClaimStage, said_to
from sync.register.people.operators import Operator, Role
from sync.register.people.own_desk import KeptDesk, OwnDesk, in_time_of_centre, newer
from sync.store.central.connection import (
    break_off,
    central_transaction,
    complete_dsn,
    limit_session,
)
from sync.store.central.shared_documents import dumped
from sync.store.local.accounts import CentralAccount

HELD_S, WRITING_HELD_S = 60, 180
"""Seconds until a lock expires if not renewed, as after a power failure of its workplace."""

_CLAIM = (
    "SELECT id::text, by_name, stage, talked_at"
    " FROM claim_telephone(%s, %s::uuid, %s, %s::uuid, %s, %s, %s, %s, %s, %s)"
)
_END = "SELECT end_call_claim(%s, %s::uuid)"
Opened = Callable[[Any], None]


def claim_call(
    dsn: str, station: str, claim: CallClaim, *, is_forced: bool, opened: Opened
) -> Claimed:
    """Acquires or renews the lock of a phone number; ``is_forced`` takes it from another operator.

    ``opened`` receives the connection, which allows another thread to shut it down. Raises
    psycopg2.Error.
    """
    asked = (
        station,
        str(claim.id),
        claim.phone,
        str(claim.by_id),
        claim.by_name,
        claim.stage.value,
        is_forced,
        WRITING_HELD_S if claim.stage is ClaimStage.WRITING else HELD_S,
        claim.talked_at,
        claim.missed_at,
    )
    row = _one_row(dsn, _CLAIM, asked, opened)
    held = None if row is None else (UUID(row[0]), ClaimHolder(row[1], ClaimStage(row[2]), row[3]))
    return said_to(claim, held)


def end_call_claim(dsn: str, station: str, id: UUID, *, opened: Opened) -> None:
    """Releases the callback lock with this id; raises psycopg2.Error."""
    _one_row(dsn, _END, (station, str(id)), opened)


def _one_row(dsn: str, statement: str, asked: tuple[object, ...], opened: Opened) -> Any:
    driver = psycopg2.connect(complete_dsn(dsn))
    opened(driver)
    try:
        limit_session(driver)
        with driver, driver.cursor() as cursor:
            cursor.execute(statement, asked)
            return cursor.fetchone()
    finally:
        driver.close()


CONNECT_S = 2  # the user is waiting, and local sign-in is possible too
_NO_ACCOUNTS = (psycopg2.errors.UndefinedTable, psycopg2.errors.InsufficientPrivilege)


class CentralOperators:
    """Operator accounts of the central database and their authentication.

    All methods but ``abort`` block; use them on one worker thread.
    """

    def __init__(self, dsn: str) -> None:
        """Stores the DSN of the workplace without connecting; raises DsnInvalid."""
        given = parse_dsn(complete_dsn(dsn))
        if "connect_timeout" not in parse_dsn(dsn):
            given["connect_timeout"] = str(CONNECT_S)
        self._dsn = make_dsn(**given)
        self._driver: Any = None

    def abort(self) -> None:
        """Shuts the connection down, which makes a blocked call fail. Thread-safe."""
        driver = self._driver
        if driver is not None:
            break_off(driver)

    def accounts(self) -> tuple[CentralAccount, ...] | None:
        """Returns all accounts; None if the central database is unavailable.

        Empty if the central database has no accounts or does not show them to this login.
        """
        try:
            with self._connected(self._dsn) as cursor:
                cursor.execute("SELECT id, login, name, role, disabled_at FROM operator")
                return tuple(
                    CentralAccount(Operator(id, login, name, Role(role)), disabled_at is not None)
                    for id, login, name, role, disabled_at in cursor.fetchall()
                )
        except _NO_ACCOUNTS:
            return ()
        except psycopg2.Error:
            return None

    def admits(self, login: str, password: str) -> bool:
        """Whether the central database accepts this password; False if it is unavailable."""
        try:
            with self._connected(self.dsn_of(login, password)) as cursor:
                cursor.execute("SELECT count(*) FROM operator WHERE login = session_user")
                return bool(cursor.fetchone()[0])
        except psycopg2.Error:
            return False  # the driver has no code for a wrong password

    def change_password(self, login: str, password: str, new_password: str) -> bool:
        """Changes the password under the operator's login; returns whether that succeeded.

        The server receives only a verifier of the new password.
        """
        try:
            with self._connected(self.dsn_of(login, password)) as cursor:
                verifier = encrypt_password(
                    new_password, login, scope=cursor.connection, algorithm="scram-sha-256"
                )
                cursor.execute(
                    sql.SQL("ALTER ROLE CURRENT_USER PASSWORD {}").format(sql.Literal(verifier))
                )
                return True
        except psycopg2.Error:
            return False

    def dsn_of(self, login: str, password: str) -> str:
        """Returns the DSN under this operator's login. Thread-safe."""
        return make_dsn(self._dsn, user=login, password=password)

    @contextmanager
    def _connected(self, dsn: str) -> Iterator[Any]:
        self._driver = psycopg2.connect(dsn)
        try:
            register_uuid(conn_or_curs=self._driver)  # type: ignore[no-untyped-call]
            with self._driver, self._driver.cursor() as cursor:
                yield cursor
        finally:
            self._driver.close()
            self._driver = None


# A stored time in the future would override all later choices of the operator.
_CORRECT = "UPDATE own_desk SET changed_at = now() WHERE operator_id = %s AND changed_at > now()"
# Another workplace may have written a time later than the start of this transaction.
_READ = """
SELECT now(), own_desk.operator_id IS NOT NULL, document,
    greatest(least(changed_at, now()), timestamptz 'epoch')
FROM (VALUES (1)) AS one LEFT JOIN own_desk ON operator_id = %s
"""
# Of two concurrent writes, the later change wins, regardless of their order of arrival.
_WRITE = """
INSERT INTO own_desk (operator_id, document, changed_at) VALUES (%s, %s, %s)
ON CONFLICT (operator_id) DO UPDATE
SET document = EXCLUDED.document, changed_at = EXCLUDED.changed_at
WHERE own_desk.changed_at < EXCLUDED.changed_at
"""


def _read(cursor: Any, operator_id: UUID) -> tuple[datetime, KeptDesk | None]:
    """Returns the server's time and the stored preferences.

    The change time of the preferences is never later than the server's time.
    """
    cursor.execute(_READ, (str(operator_id),))
    now, is_there, document, changed_at = cursor.fetchone()
    return now, KeptDesk(OwnDesk.read(document), changed_at) if is_there else None


def settle_own_desk(
    dsn: str,
    operator_id: UUID,
    ours: KeptDesk | None,
    clock: Callable[[], datetime],
    opened: Callable[[Any], None],
) -> KeptDesk | None:
    """Merges the local and the central preferences of an operator and returns the later ones.

    The later preferences are then also stored centrally. Local change times are converted to the
    server's clock. Otherwise a workplace with a slow clock would never win, and one with a fast
    clock always would.

    ``dsn`` has the operator's own login. ``opened`` receives the connection, which allows another
    thread to shut it down. Blocks; call on a worker thread. Raises psycopg2.Error, and ValueError
    for text that PostgreSQL cannot store.
    """
    driver = psycopg2.connect(dsn)
    opened(driver)
    try:
        limit_session(driver)
        with driver, driver.cursor() as cursor:
            own_now = clock()  # before the transaction starts, which sets the server's time
            cursor.execute(_CORRECT, (str(operator_id),))
            now, theirs = _read(cursor, operator_id)
            if ours is not None:
                ours = in_time_of_centre(ours, own_now, now)
            held = newer(theirs, ours)
            if held is None or held is not ours:
                return held
            document = Json(held.desk.kept(), dumps=dumped)
            cursor.execute(_WRITE, (str(operator_id), document, held.changed_at))
            # If another workplace has written in the meantime, its later change wins.
            return held if cursor.rowcount else _read(cursor, operator_id)[1]
    finally:
        driver.close()


class Doubt(StrEnum):
    """Reason why the operator of a record does not match a central account."""

    UNKNOWN = "unknown"
    """No account has this id: an account of that workplace only, or a nonexistent one."""
    SHUT_OUT = "shut_out"
    """The account was disabled before the record was created."""


@dataclass(frozen=True, slots=True)
class Stranger:
    """Records of one workplace and operator; ``last_at`` is the creation time of the latest
    record.
    """

    station: str
    operator_id: UUID
    doubt: Doubt
    records: int
    last_at: datetime


def strangers(dsn: str, since: datetime) -> tuple[Stranger, ...]:
    """Returns the operators of records since ``since`` without a matching account, by workplace.

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
