"""A directory imported into the central database while the console runs, and a caller known
elsewhere.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from kb.entries.entries import entry_record
from kb.files.importing import read_folder
from kb.store import Directory
from sync.records.feed_values import DocumentEntity
from sync.store.central.shared_documents import SharedDocument, put_documents
from sync.store.local.callers import known_caller
from sync.store.local.keys import find_key, make_key
from sync.store.local.reading import RegisterReading
from sync.store.local.register import RegisterStore
from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import RING_LIMIT_S, ConsoleStage
from tests.integration.sync.store.central.test_central import connected, rows_of, save_call

CALLER = "+79005550101"
SMALL = Path(__file__).resolve().parents[1] / "data" / "directory"
ARRIVAL_S = 30.0
OWN = "q-feed"


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + ARRIVAL_S
    while not is_so():
        assert time.monotonic() < until, "it did not arrive"
        time.sleep(0.1)  # bounded waiting for another process


def services(desk: ConsoleStage, state: str) -> set[str]:
    """Returns the console's background threads in this state, by the status command."""
    return {one["name"] for one in desk.status()["services"] if one["state"] == state}


def call_elsewhere(folder: Path, dsn: str) -> None:
    """Saves a call of the same telephone at a second workplace."""
    other = RegisterStore.open(
        folder / "other.db", make_key(), first_station="0002", home_area_code="87999"
    )
    try:
        save_call(other, 1, "Не вывезли мусор")
        with connected(dsn, other) as central:
            central.push(rows_of(other))
    finally:
        assert other.close_store()


def test_the_centres_directory_is_searched_and_a_caller_of_another_desk_is_known(
    folder: Path, dsn: str
) -> None:
    with ConsoleStage(folder, dsn=dsn) as desk, BaresipCaller(CALLER) as caller:
        call_elsewhere(folder, dsn)
        own = {"id": OWN, "kind": "question", "title": "Где арендовать аэростат?",
               "body": "Аэростаты выдаёт городской воздушный парк."}  # fmt: skip
        documents = [
            SharedDocument(DocumentEntity.ENTRY, entry.id, entry_record(entry))
            for entry in read_folder(SMALL)
        ]
        put_documents(dsn, [*documents, SharedDocument(DocumentEntity.ENTRY, OWN, own)])
        with closing(Directory.open(desk.data_folder / "directory.db")) as directory:
            wait_until(lambda: directory.entry(OWN) is not None)
        file = desk.data_folder / "register.db"
        key = find_key(file)
        assert key is not None
        reading = RegisterReading.open_for_reading(file, key)
        wait_until(lambda: len(known_caller(reading, CALLER).calls) == 1)
        reading.close_reading()
        # retention periods are checked later, at low priority
        running = {"exchange", "feed", "notices", "pages"}
        wait_until(lambda: running <= services(desk, "running"))
        assert services(desk, "backing_off") == set()
        assert desk.status()["feed"]["set_aside"] == {}

        caller.dial(f"sip:100@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        desk.answer()
        desk.press("F5")
        desk.type("аэростат")
        while desk.wait_for("t_search", ARRIVAL_S)["hits"] != OWN:
            pass
        desk.picture("known-caller")
        desk.press("Return")
        desk.wait_for("t_hit_accepted", ARRIVAL_S)
        desk.press("Escape")
        desk.press("ctrl+1")
        desk.hang_up()
        desk.save()
        assert [used["key"] for used in desk.newest_record()["used_entries"]] == [OWN]
