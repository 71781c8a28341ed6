"""The feed: 50,000 entries to a new workplace, and eight concurrent editors with fifty workplaces.

    python -m tests.benchmarks.feed [--entries 50000] [--workplaces 50] [--editing-s 30]

The first part reads from a real PostgreSQL into a directory's file with its index. In the second
part the receivers store the rows in memory. An additional receiver asks incorrectly, by the last
number of the sequence. It must miss changes; otherwise the run has not caused the fault.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from console.shared.directory.edited import DirectoryFeed
from kb.entries.entries import entry_record
from kb.store import Directory
from sync.exchange.feed import catch_up, compare
from sync.exchange.feed_reader import FeedReader, FeedSettings
from sync.records.feed_values import DocumentEntity
from sync.store.central.connection import initialise
from sync.store.central.feed import CentralFeed
from sync.store.central.shared_documents import SharedDocument, put_documents
from tests.benchmarks.figures import Figure, print_figures
from tests.benchmarks.search.fill import filled
from tests.benchmarks.search.queries import Domain, entries_of
from tests.fakes.directory_editors import DirectoryEditors
from tests.fakes.feed_target import HeldItems, SequenceFeed
from tests.fakes.postgres import PostgresServer

NEW_WORKPLACE_S = 30.0
LAG_S = 2.0
SETTLE_S = 120.0


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--entries", type=int, default=50_000)
    parser.add_argument("--workplaces", type=int, default=50)
    parser.add_argument("--editing-s", type=float, default=30.0)
    parsed = parser.parse_args()
    with PostgresServer(connections=parsed.workplaces + 40) as server:
        with server.database() as dsn:
            initialise(dsn)
            figures = new_workplace(dsn, parsed.entries)
        with server.database() as dsn:
            initialise(dsn)
            figures += editors_at_once(dsn, parsed.workplaces, parsed.editing_s)
    return 0 if print_figures(figures) else 1


def new_workplace(dsn: str, count: int) -> list[Figure]:
    """Measures the time until a new workplace finds the central entries by search."""
    entries = list(filled(entries_of(Domain.MUNICIPAL), count, seed=1))
    documents = [
        SharedDocument(DocumentEntity.ENTRY, entry.id, entry_record(entry)) for entry in entries
    ]
    begun = time.monotonic()
    put_documents(dsn, documents)
    imported_s = time.monotonic() - begun
    with tempfile.TemporaryDirectory() as folder:
        directory = Directory.open(Path(folder) / "directory.db")
        target, central = DirectoryFeed(directory), CentralFeed(dsn)
        begun = time.monotonic()
        central.connect()
        taken = catch_up(central, target)
        taken_s = time.monotonic() - begun
        assert taken.count == len(documents)
        assert directory.search(entries[-1].title)
        begun = time.monotonic()
        assert compare(central, target) is None, "the digests differ"
        compared_s = time.monotonic() - begun
        put_documents(
            dsn, [replace(documents[0], document={**entry_record(entries[0]), "body": "Новый"})]
        )
        begun = time.monotonic()
        assert catch_up(central, target).count == 1
        changed_s = time.monotonic() - begun
        central.close()
        directory.close()
    return [
        Figure(f"import of {count} entries into the centre", "s", imported_s),
        Figure(f"{count} entries to a new workplace", "s", taken_s, greatest=NEW_WORKPLACE_S),
        Figure("comparison with the centre", "s", compared_s),
        Figure("one changed entry", "s", changed_s, greatest=LAG_S),
    ]


def editors_at_once(dsn: str, workplaces: int, editing_s: float) -> list[Figure]:
    """Fault 11: changes missed by any workplace, and those missed by the sequence."""
    targets, broken = [HeldItems() for _ in range(workplaces)], HeldItems()
    put_documents(dsn, [SharedDocument(DocumentEntity.ENTRY, "first", {"id": "first"})])
    with ExitStack() as stack:
        for target in targets:
            start(stack, CentralFeed(dsn), target, FeedSettings())
        quick = FeedSettings(poll_s=(0.05, 0.1), spread_s=0.02)
        start(stack, SequenceFeed(dsn), broken, quick)
        wait_until(lambda: all(target.items for target in (*targets, broken)))
        with DirectoryEditors(dsn) as editors:
            time.sleep(editing_s)  # the duration of the fault
        expected = {key: ver for key, (ver, _at) in editors.committed.items()}
        wait_until(lambda: all(missed(expected, target) == 0 for target in targets))
        put_documents(dsn, [SharedDocument(DocumentEntity.ENTRY, "last", {"id": "last"})])
        wait_until(lambda: ("entry", "last") in broken.items)
    lags = sorted(
        target.arrived_s["entry", key] - at
        for target in targets
        for key, (_ver, at) in editors.committed.items()
    )
    return [
        Figure("entries changed by editors", "", float(len(expected)), least=1),
        Figure("transactions taken back", "", float(editors.rolled_back), least=1),
        Figure(
            f"changes missed on {workplaces} workplaces",
            "",
            float(sum(missed(expected, target) for target in targets)),
            greatest=0,
        ),
        Figure("lag after COMMIT, p50", "s", lags[len(lags) // 2]),
        Figure("lag after COMMIT, p95", "s", lags[int(len(lags) * 0.95)], greatest=LAG_S),
        Figure("missed by `seq > last` (must be)", "", float(missed(expected, broken)), least=1),
    ]


def start(
    stack: ExitStack, central: CentralFeed, target: HeldItems, settings: FeedSettings
) -> None:
    reader = FeedReader(central, [target], lambda _event: None, settings=settings)
    reader.start()
    stack.callback(reader.stop, SETTLE_S)


def missed(expected: dict[str, int], target: HeldItems) -> int:
    """Returns the number of entries that the receiver does not have in their latest version."""
    held = {key: item.ver for (_entity, key), item in target.items.items()}
    return sum(held.get(key, 0) < ver for key, ver in expected.items())


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + SETTLE_S
    while not is_so() and time.monotonic() < until:
        time.sleep(0.1)  # bounded waiting for other threads


if __name__ == "__main__":
    raise SystemExit(main())
