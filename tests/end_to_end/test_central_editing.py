"""An editor at one of two workplaces, by keys: publication, conflict, offline, synonym."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from console.shared.directory.edited import DirectoryFeed, entry_document, revision_of
from kb.entries.changes import Synonym
from kb.entries.entries import Entry, EntryKind
from kb.store import Directory
from sync.exchange.claims import CentralEditing
from sync.exchange.feed import catch_up
from sync.records.feed_values import DocumentEntity
from sync.register.people.operators import Role
from sync.store.central.connection import initialise
from sync.store.central.feed import CentralFeed
from sync.store.central.logins import enrol_workplace
from sync.store.central.shared_documents import DocumentEdit, put_documents
from tests.end_to_end.test_sign_in_by_centre import LATIN_PASSWORD, LOGIN, CentralDesk
from tests.fakes.central_people import dsn_as, new_person, owned_centre
from tests.fakes.postgres import PostgresServer

LIMIT_S = 30.0
POLL_S = 0.1
OWN = Entry("q-own", EntryKind.QUESTION, "Где арендовать аэростат?", "В воздушном парке.")
THEIRS = "Аэростаты выдаёт парк на Летней, 5."


def until(holds: Callable[[], bool]) -> None:
    """Returns when another process has finished."""
    until_s = time.monotonic() + LIMIT_S
    while not holds():
        assert time.monotonic() < until_s, "it did not come to that"
        time.sleep(POLL_S)


class OtherWorkplace:
    """A second workplace with its own file and editor."""

    def __init__(self, folder: Path, centre: str) -> None:
        new_person(centre, "petrova", Role.EDITOR)
        self.directory = Directory.open(folder / "other.db")
        self._dsn = enrol_workplace(centre, "0002").dsn
        self._editing = CentralEditing(lambda: dsn_as(centre, "petrova"), lambda: None)

    def entry(self) -> Entry:
        """Returns the entry here after another poll of the central database."""
        feed = CentralFeed(self._dsn, "0002")
        feed.connect()
        catch_up(feed, DirectoryFeed(self.directory))
        feed.close()
        found = self.directory.entry(OWN.id)
        assert found is not None
        return found

    def write_body(self, body: str) -> None:
        newest = revision_of(self._editing.history(DocumentEntity.ENTRY, OWN.id)[-1])
        assert newest is not None
        document = entry_document(replace(newest.entry, body=body))
        self._editing.edit([DocumentEdit(document, newest.number)])


@contextmanager
def a_centre() -> Iterator[tuple[PostgresServer, str]]:
    with (
        PostgresServer(asks_passwords=True) as server,
        owned_centre(server, "CREATEROLE") as centre,
    ):
        initialise(centre)
        new_person(centre, LOGIN, Role.EDITOR, LATIN_PASSWORD)
        put_documents(centre, [entry_document(OWN)])
        yield server, centre


def test_two_editors_of_one_directory_and_a_centre_that_goes_away(folder: Path) -> None:
    with a_centre() as (server, centre):
        other = OtherWorkplace(folder, centre)
        dsn = enrol_workplace(centre, "0001").dsn
        with (
            CentralDesk(folder, settings={"central": {"dsn": dsn}}) as desk,
            closing(Directory.open(desk.data_folder / "directory.db")) as directory,
            closing(other.directory),
        ):

            def typed() -> str:
                with directory._reading() as connection:
                    kept = "SELECT fields ->> 'title' FROM entry_draft WHERE key = ?"
                    return connection.exec_driver_sql(kept, (OWN.id,)).scalar() or ""

            def unsent() -> int:
                with directory._reading() as connection:
                    count = "SELECT count(*) FROM entry_draft WHERE unsent = 1"
                    return connection.exec_driver_sql(count).scalar() or 0

            until(lambda: directory.entry(OWN.id) is not None)
            desk.press("shift+F5")
            desk.type("аэростат")
            desk.press("Return")
            assert desk.wait_for("t_entry_opened", LIMIT_S)["entry"] == OWN.id
            desk.press("Return")
            desk.press("End")
            desk.type(" летом")
            desk.press("ctrl+Return")
            until(lambda: other.entry().title == f"{OWN.title} летом")
            until(lambda: typed() == "")

            desk.type(" днём")
            until(lambda: typed().endswith("днём"))
            other.write_body(THEIRS)
            desk.press("ctrl+Return")
            assert desk.wait_for("t_edit_overtaken", LIMIT_S)["entry"] == OWN.id
            desk.picture("clash")
            assert typed().endswith("днём")
            assert other.entry().title == f"{OWN.title} летом", "nothing was put over it"
            desk.press("alt+m")
            desk.press("ctrl+Return")
            until(lambda: other.entry().title == f"{OWN.title} летом днём")
            assert other.entry().body == THEIRS

            server.stop()
            desk.type(" и ночью")
            desk.press("ctrl+Return")
            until(lambda: typed().endswith("ночью"))
            desk.wait_for("t_edit_unsent", LIMIT_S)
            until(lambda: unsent() == 1)
            desk.picture("away")
            server.start()
            desk.press("ctrl+Return")
            until(lambda: other.entry().title == f"{OWN.title} летом днём и ночью")

            desk.press("alt+s")
            desk.press("Insert")
            desk.type("пузырь")
            desk.press("Tab")
            desk.type("аэростат")
            desk.press("ctrl+Return")
            pair = Synonym("пузырь", "аэростат")
            until(lambda: other.entry() is not None and pair in other.directory.synonyms())
            desk.picture("synonym")
