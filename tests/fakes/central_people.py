"""A central database with an ordinary owner and with operators."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
from psycopg2.extensions import make_dsn, parse_dsn
from uuid_utils.compat import uuid7

from sync.register.people.operators import Operator, Role
from sync.store.central.connection import initialise
from sync.store.central.logins import add_operator
from sync.store.central.rights import Group
from tests.fakes.postgres import SUPERUSER, PostgresServer

PASSWORD = "белая-ключевая-1"
OWNER = "centre_owner"


class CentreTemplate:
    """A central database created once and copied for tests: its owner may create roles and is no
    superuser.
    """

    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        self._name = ""

    @contextmanager
    def made(self) -> Iterator[CentreTemplate]:
        with owned_centre(self._server, "CREATEROLE") as dsn:
            initialise(dsn)
            self._name = parse_dsn(dsn)["dbname"]
            yield self

    @contextmanager
    def copy(self) -> Iterator[str]:
        """Yields the DSN of the owner; logins created in it are dropped at the end."""
        with self._server.database(self._name) as dsn:
            # The copying role owns a copy, but only the owner of the database can create partitions
            # for months.
            _execute(dsn, f"ALTER DATABASE {parse_dsn(dsn)['dbname']} OWNER TO {OWNER}")
            yield dsn_as(dsn, OWNER)
        _drop_logins(self._server)


@contextmanager
def owned_centre(server: PostgresServer, attribute: str) -> Iterator[str]:
    """Yields the DSN of an empty database as its owner, who has one role attribute."""
    with server.database() as dsn:
        name = parse_dsn(dsn)["dbname"]
        _execute(dsn, f"CREATE ROLE {OWNER} LOGIN {attribute} PASSWORD '{PASSWORD}'")
        _execute(dsn, f"ALTER DATABASE {name} OWNER TO {OWNER}")
        _let_give_groups(dsn)
        yield dsn_as(dsn, OWNER)
    _drop_logins(server, OWNER)


def dsn_as(dsn: str, login: str) -> str:
    """Returns the DSN of the same database for a login with the test password."""
    return make_dsn(dsn, user=login, password=PASSWORD)


def new_person(
    owner: str, login: str, role: Role = Role.OPERATOR, password: str = PASSWORD
) -> Operator:
    """Creates an operator of the central database."""
    return add_operator(
        owner, login=login, name="Пробова Анна", role=role, password=password, new_id=uuid7
    )


def _let_give_groups(dsn: str) -> None:
    """Grants the groups of the server to the owner, as a former owner could: they remain when it is
    dropped.
    """
    connection = psycopg2.connect(dsn)
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", (Group.WORKPLACE.value,))
        if cursor.rowcount and connection.server_version >= 160000:
            names = ", ".join(group.value for group in Group)
            rights = "ADMIN TRUE, INHERIT FALSE, SET FALSE"
            cursor.execute(f"GRANT {names} TO {OWNER} WITH {rights}")
    connection.close()


def _drop_logins(server: PostgresServer, *further: str) -> None:
    connection = psycopg2.connect(server.dsn)
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname !~ '^(pg_|edinyi_)'")
        # Since PostgreSQL 16, the grantor of a membership must be dropped after the member.
        for (name,) in sorted(cursor.fetchall(), key=lambda row: row[0] in further):
            if name not in {SUPERUSER, OWNER} - set(further):
                cursor.execute(f'DROP ROLE "{name}"')
    connection.close()


def _execute(dsn: str, statement: str) -> None:
    connection = psycopg2.connect(dsn)
    with connection, connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()
