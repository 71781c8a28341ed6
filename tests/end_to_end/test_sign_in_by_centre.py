"""An operator of the central database at a new workplace, by keys: online, password change,
offline.
"""

from __future__ import annotations

from pathlib import Path
from typing import Self

import psycopg2
import pytest
from psycopg2.extensions import make_dsn

from sync.register.people.operators import Role
from sync.store.central.connection import initialise
from sync.store.central.logins import enrol_workplace
from sync.store.local.keys import find_key
from sync.store.local.reading import RegisterReading
from tests.fakes.central_people import new_person, owned_centre
from tests.fakes.console_stage import ConsoleStage
from tests.fakes.postgres import PostgresServer

LOGIN = "orlova"
LATIN_PASSWORD = "centre-key-1"
NEW_PASSWORD = "centre-key-22"


class CentralDesk(ConsoleStage):
    """A console that requires login and password at its very first start."""

    def __enter__(self) -> Self:
        try:
            self.open()
            self.wait_for("started")
            self.sign_in(LATIN_PASSWORD)
        except BaseException:
            self._leave(failed=True)
            raise
        return self

    def sign_in(self, password: str) -> None:
        self._type_fields((LOGIN, password))
        self._wait_for_phone()

    def change_password(self, password: str, new_password: str) -> None:
        """Moves from the login field to the link by Tab, and fills in the fields there."""
        self.type(LOGIN)
        self.press("Tab", times=2)
        self.press("space")
        self._type_fields((password, new_password, new_password))
        self._wait_for_phone()


def test_an_operator_of_the_centre_signs_in_by_keys(folder: Path) -> None:
    with (
        PostgresServer(asks_passwords=True) as server,
        owned_centre(server, "CREATEROLE") as centre,
    ):
        initialise(centre)
        person = new_person(centre, LOGIN, Role.SUPERVISOR, LATIN_PASSWORD)
        dsn = enrol_workplace(centre, "0001").dsn
        with CentralDesk(folder, settings={"central": {"dsn": dsn}}) as desk:
            desk.kill_console()
            desk.start_console()
            desk.wait_for("started")
            desk.change_password(LATIN_PASSWORD, NEW_PASSWORD)
            desk.kill_console()
            with pytest.raises(psycopg2.OperationalError):
                psycopg2.connect(make_dsn(centre, user=LOGIN, password=LATIN_PASSWORD))
            psycopg2.connect(make_dsn(centre, user=LOGIN, password=NEW_PASSWORD)).close()

            server.stop()
            desk.start_console()
            desk.wait_for("started")
            desk.sign_in(NEW_PASSWORD)
            desk.kill_console()
            server.start()
        key = find_key(desk.data_folder / "register.db")
        assert key is not None
        register = RegisterReading.open_for_reading(desk.data_folder / "register.db", key)
        assert register.operators() == (person,)
        register.close_reading()
