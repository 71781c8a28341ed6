"""The central database of the monkey test: people, workplaces, the directory, and a PostgreSQL that
stops.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from psycopg2.extensions import parse_dsn
from uuid_utils.compat import uuid7

from console.shared.directory.edited import entry_document
from kb.files.importing import read_folder
from sync.register.people.operators import Role
from sync.store.central.connection import initialise
from sync.store.central.logins import add_operator, enrol_workplace, set_reviews
from sync.store.central.shared_documents import put_documents
from tests.fakes.central_people import owned_centre
from tests.fakes.console_stage import RESOURCES
from tests.fakes.postgres import PostgresServer
from tests.fakes.prepared_desk import LOGIN, NAME, PASSWORD

PEOPLE: Final = {LOGIN: NAME, "vtoraya": "Вторая Вера Павловна"}
"""Operators of the first and the second workplace."""


class WalkedCentre:
    """Its PostgreSQL, and the DSNs of the workplaces."""

    def __init__(self, server: PostgresServer, database: str, dsns: tuple[str, ...]) -> None:
        self._server = server
        self.dsns = dsns
        self.seen_whole = server.dsn_of(database)  # a login that reads all workplaces
        self.turns = 0
        self._is_away = False

    def turn(self) -> None:
        """Stops the PostgreSQL, or starts it again."""
        self.turns += 1
        self._is_away = not self._is_away
        if self._is_away:
            self._server.stop(immediate=True)
        else:
            self._server.start()

    def be_there(self) -> None:
        if self._is_away:
            self.turn()


@contextmanager
def walked_centre(workplaces: int) -> Iterator[WalkedCentre]:
    """Yields the database with the sample directory; of two workplaces the first reviews
    for both.
    """
    with (
        PostgresServer(asks_passwords=True) as server,
        owned_centre(server, "CREATEROLE") as owner,
    ):
        initialise(owner)
        for login, name in PEOPLE.items():
            add_operator(
                owner,
                login=login,
                name=name,
                role=Role.SUPERVISOR,
                password=PASSWORD,
                new_id=uuid7,
            )
        entries = read_folder(RESOURCES / "directory" / "sample")
        put_documents(owner, [entry_document(entry) for entry in entries])
        codes = [f"{number:04}" for number in range(1, workplaces + 1)]
        dsns = tuple(enrol_workplace(owner, one).dsn for one in codes)
        made = WalkedCentre(server, parse_dsn(owner)["dbname"], dsns)
        if workplaces > 1:
            set_reviews(owner, codes[0], reviews=True)
        try:
            yield made
        finally:
            made.be_there()
