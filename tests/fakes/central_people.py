"""A central database with an ordinary owner, and people in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
from psycopg2.extensions import make_dsn, parse_dsn
from uuid_utils.compat import uuid7

from sync.register.operators import Operator, Role
from sync.store.central_logins import add_operator
from tests.fakes.postgres import SUPERUSER, PostgresServer

PASSWORD = "белая-ключевая-1"


@contextmanager
def owned_centre(
    server: PostgresServer, attribute: str, *, drops_groups: bool = False
) -> Iterator[str]:
    """The DSN of an empty database as its owner, who has one attribute of a role.

    All logins but the superuser's are dropped in the end; with ``drops_groups`` all roles, at
    the beginning too.
    """
    kept = "" if drops_groups else "edinyi"
    if drops_groups:
        _drop_roles(server, kept)
    with server.database() as dsn:
        name = parse_dsn(dsn)["dbname"]
        owner = f"owner_of_{name}"
        _execute(dsn, f"CREATE ROLE {owner} LOGIN {attribute} PASSWORD '{PASSWORD}'")
        _execute(dsn, f"ALTER DATABASE {name} OWNER TO {owner}")
        yield dsn_as(dsn, owner)
    _drop_roles(server, kept)


def dsn_as(dsn: str, login: str) -> str:
    """The same database as somebody who has the password of the tests."""
    return make_dsn(dsn, user=login, password=PASSWORD)


def new_person(
    owner: str, login: str, role: Role = Role.OPERATOR, password: str = PASSWORD
) -> Operator:
    """An operator of the centre."""
    return add_operator(
        owner, login=login, name="Пробова Анна", role=role, password=password, new_id=uuid7
    )


def _drop_roles(server: PostgresServer, kept: str) -> None:
    connection = psycopg2.connect(server.dsn)
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(rolname) FROM pg_roles WHERE rolname !~ '^pg_'")
        for (name,) in cursor.fetchall():
            if name != SUPERUSER and not (kept and name.startswith(kept)):
                cursor.execute(f"DROP ROLE {name}")
    connection.close()


def _execute(dsn: str, statement: str) -> None:
    connection = psycopg2.connect(dsn)
    with connection, connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()
