"""The people of the centre, asked through connections of their own and not the sender's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
import psycopg2.errors
from psycopg2 import sql
from psycopg2.extensions import encrypt_password, make_dsn, parse_dsn
from psycopg2.extras import register_uuid

from sync.register.operators import Operator, Role
from sync.store.accounts import CentralAccount
from sync.store.central import break_off, complete_dsn

CONNECT_S = 2  # a person waits; the store knows him too
_NO_ACCOUNTS = (psycopg2.errors.UndefinedTable, psycopg2.errors.InsufficientPrivilege)


class CentralOperators:
    """Who may sign in at the centre, and whether it lets them.

    Methods but ``abort`` belong to one thread and wait for the network.
    """

    def __init__(self, dsn: str) -> None:
        """``dsn`` is the workplace's own; raises DsnInvalid."""
        given = parse_dsn(complete_dsn(dsn))
        if "connect_timeout" not in parse_dsn(dsn):
            given["connect_timeout"] = str(CONNECT_S)
        self._dsn = make_dsn(**given)
        self._driver: Any = None

    def abort(self) -> None:
        """Break the connection off under a call that hangs; for another thread."""
        driver = self._driver
        if driver is not None:
            break_off(driver)

    def accounts(self) -> tuple[CentralAccount, ...] | None:
        """All people, or None where the centre is away.

        There are none in a centre that has no accounts or does not show them to us.
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
        """Whether the centre lets this person in; False too where it went away meanwhile."""
        try:
            with self._connected(self.dsn_of(login, password)) as cursor:
                cursor.execute("SELECT count(*) FROM operator WHERE login = session_user")
                return bool(cursor.fetchone()[0])
        except psycopg2.Error:
            return False  # the driver has no code for a wrong password

    def change_password(self, login: str, password: str, new_password: str) -> bool:
        """Change it as the person himself, so that the server sees a verifier only."""
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
        """The centre as this person; any thread."""
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
