"""Edits of the directory with an editor's own login: duration of an edit, and cost of a file.

    python -m tests.benchmarks.central_edits [--entries 5000] [--edits 200]

An edit is a separate connection with SCRAM, a check of the version under the writers' lock, one
row, and an update of the directory's file. A second workplace receives it by its feed.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

from console.shared.directory.edited import DirectoryFeed, EditedDirectory, entry_document
from kb.entries.changes import EntryPut, Published
from kb.entries.entries import Entry
from kb.store import Directory
from sync.exchange.claims import CentralEditing
from sync.exchange.feed import catch_up
from sync.exchange.feed_reader import FeedReader
from sync.register.people.operators import Role
from sync.store.central.connection import initialise
from sync.store.central.feed import CentralFeed
from sync.store.central.logins import enrol_workplace
from sync.store.central.shared_documents import put_documents
from tests.benchmarks.figures import Figure, print_figures
from tests.benchmarks.search.fill import filled
from tests.benchmarks.search.queries import Domain, entries_of
from tests.fakes.central_people import dsn_as, new_person, owned_centre
from tests.fakes.postgres import PostgresServer

SETTLE_S = 60.0


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--entries", type=int, default=5000)
    parser.add_argument("--edits", type=int, default=200)
    parsed = parser.parse_args()
    entries = list(filled(entries_of(Domain.MUNICIPAL), parsed.entries, seed=1))
    with (
        PostgresServer(asks_passwords=True) as server,
        owned_centre(server, "CREATEROLE") as centre,
        ExitStack() as stack,
    ):
        initialise(centre)
        put_documents(centre, [entry_document(entry) for entry in entries])
        new_person(centre, "anna", Role.SUPERVISOR)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        here, there = (_workplace(stack, folder, centre, code) for code in ("0001", "0002"))
        writer = stack.enter_context(ThreadPoolExecutor(1))
        own = dsn_as(centre, "anna")
        edited = EditedDirectory(
            here, CentralEditing(lambda: own, lambda: None), writer, lambda: True
        )
        figures = _one_by_one(edited, there, entries[: parsed.edits])
        figures += _a_file(edited, there, entries)
    return 0 if print_figures(figures) else 1


def _workplace(stack: ExitStack, folder: Path, centre: str, code: str) -> Directory:
    directory = Directory.open(folder / f"{code}.db")
    stack.callback(directory.close)
    central = CentralFeed(enrol_workplace(centre, code).dsn, code)
    central.connect()
    target = DirectoryFeed(directory)
    catch_up(central, target)
    reader = FeedReader(central, [target], lambda _event: None)
    reader.start()
    stack.callback(reader.stop, SETTLE_S)
    return directory


def _one_by_one(edited: EditedDirectory, there: Directory, some: list[Entry]) -> list[Figure]:
    took_ms: list[float] = []
    arrived_s: list[float] = []
    for entry in some:
        begun = time.monotonic()
        changed = replace(entry, body=f"{entry.body} Новое.")
        assert edited.publish(changed, based_on=1, by="", by_id="") == Published(2)
        took_ms.append((time.monotonic() - begun) * 1000)
        _until(partial(_has, there, entry.id))
        arrived_s.append(time.monotonic() - begun)
    return [
        Figure("an edit is published, median", "ms", statistics.median(took_ms)),
        Figure("an edit is published, 95 %", "ms", sorted(took_ms)[int(len(took_ms) * 0.95)]),
        Figure("an edit is at the other workplace, median", "s", statistics.median(arrived_s)),
        Figure("an edit is at the other workplace, slowest", "s", max(arrived_s), greatest=2.0),
    ]


def _a_file(edited: EditedDirectory, there: Directory, entries: list[Entry]) -> list[Figure]:
    changes = [EntryPut(replace(entry, source="Файл")) for entry in entries]
    begun = time.monotonic()
    edited.apply(changes)
    sent_s = time.monotonic() - begun
    last = entries[-1].id
    _until(partial(_has, there, last))
    return [
        Figure(f"a file of {len(entries)} entries is loaded", "s", sent_s),
        Figure("and is at the other workplace", "s", time.monotonic() - begun),
    ]


def _has(there: Directory, entry_id: str) -> bool:
    return there.entry_versions([entry_id])[entry_id] >= 2


def _until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + SETTLE_S
    while not holds():
        assert time.monotonic() < until, "it did not arrive"
        time.sleep(0.005)  # bounded waiting for another thread


if __name__ == "__main__":
    raise SystemExit(main())
