"""Logins of the central database for workplaces, workers and operators, created by its owner."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from psycopg2 import sql
from psycopg2.extensions import encrypt_password, make_dsn, parse_dsn
from sqlalchemy import Connection, func, insert, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert

from sync.errors import CentralNotReady, LoginRefused
from sync.records.central_shared_tables import operator, station
from sync.register.audit import Audited, AuditKind, Subject
from sync.register.numbering import INTAKE_STATION
from sync.register.people.operators import Operator, Role
from sync.store import migrations
from sync.store.central.audit import add_central
from sync.store.central.connection import central_transaction
from sync.store.central.rights import GROUP_OF, Group, has_rights

PASSWORD_BYTES = 32
SHORTEST_PASSWORD = 8

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")
_OURS = ("pg_", "edinyi_", "workplace_")

# Time-outs of a login unless its session sets others.
_LIMITS_S = {"idle_in_transaction_session_timeout": 60, "lock_timeout": 10, "statement_timeout": 60}


class LoginKind(StrEnum):
    """Kind of account behind a login."""

    WORKPLACE = "workplace"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A new login. The DSN contains its password, which is not stored anywhere."""

    login: str
    dsn: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class KnownLogin:
    """A login of the central database; ``name`` is an operator's name or a workplace code."""

    kind: LoginKind
    login: str | None
    name: str
    role: Role | None
    has_come: bool
    """Whether a local database of this workplace has connected; always True for a person."""
    disabled_at: datetime | None
    reviews: bool = False
    """Whether the workplace reviews the messages of all workplaces."""


def enrol_workplace(
    dsn: str, code: str, *, login: str | None = None, is_anew: bool = False
) -> Enrolled:
    """Creates a login with a random password for the workplace with this code.

    An existing ``login`` is added to the group of workplaces and retains its password. ``is_anew``
    gives a new password to a workplace that has a login, and allows another local database to take
    the code over. Raises LoginRefused (``taken``, ``enrolled``), CentralNotReady, psycopg2.Error.
    """
    with central_transaction(dsn) as connection:
        _require_rights(connection)
        known = connection.scalar(select(station.c.login).where(station.c.station_id == code))
        if known is not None and not is_anew:
            raise LoginRefused("enrolled")
        name = login or known or f"workplace_{code}"
        is_there = _exists(connection, name)
        if is_there and name not in (login, known):
            raise LoginRefused("taken")
        keeps = is_there and name != known
        password = None if keeps else secrets.token_urlsafe(PASSWORD_BYTES)
        _give_login(connection, name, Group.WORKPLACE, password)
        changed: dict[str, Any] = {"login": name, "disabled_at": None}
        if is_anew:
            changed["install_id"] = None
        connection.execute(
            upsert(station)
            .values(station_id=code, login=name)
            .on_conflict_do_update(index_elements=["station_id"], set_=changed)
        )
        detail = f"{code} anew" if is_anew else code
        add_central(connection, Audited(AuditKind.WORKPLACE_ENROLLED, detail=detail))
    return _enrolled(dsn, name, password)


def enrol_worker(dsn: str, login: str) -> Enrolled:
    """Creates a login for a background worker; raises as ``enrol_workplace`` does."""
    with central_transaction(dsn) as connection:
        _require_rights(connection)
        if _exists(connection, login):
            raise LoginRefused("taken")
        password = secrets.token_urlsafe(PASSWORD_BYTES)
        _give_login(connection, login, Group.WORKER, password)
        add_central(connection, Audited(AuditKind.WORKER_ENROLLED, detail=login))
    return _enrolled(dsn, login, password)


def _enrolled(dsn: str, login: str, password: str | None) -> Enrolled:
    given = {name: value for name, value in parse_dsn(dsn).items() if name != "password"}
    given["user"] = login
    if password is not None:
        given["password"] = password
    return Enrolled(login, make_dsn(**given))


def add_operator(
    dsn: str,
    *,
    login: str,
    name: str,
    role: Role,
    password: str,
    new_id: Callable[[], UUID],
) -> Operator:
    """Adds an operator account that can sign in at every workplace.

    The server receives only a SCRAM verifier of the password. Raises LoginRefused (``unfit``,
    ``short_password``, ``taken``), CentralNotReady and psycopg2.Error.
    """
    made = Operator(new_id(), login.lower(), name, role)
    if not _LOGIN.fullmatch(made.login) or made.login.startswith(_OURS):
        raise LoginRefused("unfit")
    if len(password) < SHORTEST_PASSWORD:
        raise LoginRefused("short_password")
    with central_transaction(dsn) as connection:
        _require_rights(connection)
        if _exists(connection, made.login):
            raise LoginRefused("taken")
        _give_login(connection, made.login, GROUP_OF[role], password)
        connection.execute(
            insert(operator).values(id=made.id, login=made.login, name=name, role=role.value)
        )
        added = _of_person(AuditKind.OPERATOR_ADDED, made.id, role.value)
        add_central(connection, added)
    return made


def set_password(dsn: str, login: str, password: str) -> None:
    """Sets a new password for an operator; raises LoginRefused (also ``unknown``)."""
    if len(password) < SHORTEST_PASSWORD:
        raise LoginRefused("short_password")
    with central_transaction(dsn) as connection:
        known = select(operator.c.id, operator.c.login).where(operator.c.login == login.lower())
        found = connection.execute(known).one_or_none()
        if found is None:
            raise LoginRefused("unknown")
        give_password(connection, found.login, password)
        add_central(connection, _of_person(AuditKind.PASSWORD_CHANGED, found.id))


def set_disabled(dsn: str, login: str, *, is_disabled: bool) -> LoginKind:
    """Disables a login or enables it again; raises LoginRefused (``unknown``).

    The rights of a disabled login end immediately, also on open connections.
    """
    with central_transaction(dsn) as connection:
        for kind, table, identity in (
            (LoginKind.OPERATOR, operator, operator.c.id),
            (LoginKind.WORKPLACE, station, station.c.station_id),
        ):
            name = login.lower() if kind is LoginKind.OPERATOR else login
            done = connection.scalar(
                update(table)
                .where(table.c.login == name)
                .values(disabled_at=func.now() if is_disabled else None)
                .returning(identity)
            )
            if done is not None:
                word = "NOLOGIN" if is_disabled else "LOGIN"
                _run(connection, sql.SQL(f"ALTER ROLE {{}} {word}"), name)
                told = AuditKind.LOGIN_DISABLED if is_disabled else AuditKind.LOGIN_ENABLED
                is_person = kind is LoginKind.OPERATOR
                add_central(
                    connection,
                    _of_person(told, done) if is_person else Audited(told, detail=done),
                )
                return kind
    raise LoginRefused("unknown")


def set_reviews(dsn: str, code: str, *, reviews: bool) -> None:
    """Sets whether a workplace reviews the messages of all workplaces or only its own.

    Takes effect at the workplace's next connection; raises LoginRefused (``unknown``).
    """
    with central_transaction(dsn) as connection:
        changed = update(station).where(station.c.station_id == code).values(reviews=reviews)
        if not connection.execute(changed).rowcount:
            raise LoginRefused("unknown")
        whose = "all" if reviews else "own"
        add_central(connection, Audited(AuditKind.REVIEW_CHANGED, detail=f"{code} {whose}"))


def known_logins(dsn: str) -> tuple[KnownLogin, ...]:
    """Returns the workplaces by code, then the operators by name; raises CentralNotReady."""
    with central_transaction(dsn) as connection:
        _require_schema(connection)
        of_workplaces = or_(station.c.station_id != INTAKE_STATION, station.c.login.is_not(None))
        workplaces = connection.execute(
            select(station).where(of_workplaces).order_by(station.c.station_id)
        ).all()
        people = connection.execute(select(operator).order_by(operator.c.name)).all()
    return (
        *(
            KnownLogin(
                LoginKind.WORKPLACE,
                row.login,
                row.station_id,
                None,
                row.install_id is not None,
                row.disabled_at,
                row.reviews,
            )
            for row in workplaces
        ),
        *(
            KnownLogin(
                LoginKind.OPERATOR, row.login, row.name, Role(row.role), True, row.disabled_at
            )
            for row in people
        ),
    )


def has_roles(dsn: str) -> bool:
    """Whether access rights are installed; False if the owner could not create the roles."""
    with central_transaction(dsn) as connection:
        return has_rights(connection)


def give_password(connection: Connection, login: str, password: str) -> None:
    """Changes the password of a login. The server and its log receive only a verifier."""
    driver: Any = connection.connection.driver_connection
    verifier = encrypt_password(password, login, scope=driver, algorithm="scram-sha-256")
    _run(connection, sql.SQL("ALTER ROLE {} PASSWORD {}"), login, sql.Literal(verifier))


def _of_person(kind: AuditKind, id: UUID, detail: str = "") -> Audited:
    return Audited(kind, subject=Subject.OPERATOR, subject_id=id, detail=detail)


def _give_login(connection: Connection, login: str, group: Group, password: str | None) -> None:
    """Creates the login if needed and adds it to the group.

    If ``password`` is None, the login retains its password.
    """
    if not _exists(connection, login):
        _run(connection, sql.SQL("CREATE ROLE {} NOSUPERUSER NOCREATEDB NOCREATEROLE"), login)
    _run(connection, sql.SQL("ALTER ROLE {} LOGIN"), login)
    for setting, limit_s in _LIMITS_S.items():
        _run(connection, sql.SQL(f"ALTER ROLE {{}} SET {setting} = '{limit_s}s'"), login)
    if password is not None:
        give_password(connection, login, password)
    _run(connection, sql.SQL(f"GRANT {group.value} TO {{}}"), login)


def _run(connection: Connection, statement: sql.SQL, login: str, *further: sql.Composable) -> None:
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor:
        cursor.execute(statement.format(sql.Identifier(login), *further))


def _exists(connection: Connection, login: str) -> bool:
    found = text("SELECT count(*) FROM pg_roles WHERE rolname = :login")
    return bool(connection.scalar(found, {"login": login}))


def _require_rights(connection: Connection) -> None:
    _require_schema(connection)
    if not has_rights(connection):
        raise CentralNotReady("roles_missing")


def _require_schema(connection: Connection) -> None:
    if migrations.current(connection) != migrations.newest(migrations.CENTRAL):
        raise CentralNotReady("schema_missing")
