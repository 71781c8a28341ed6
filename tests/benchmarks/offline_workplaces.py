"""Workplaces that worked offline send their records when the central database returns.

Run as ``python -m tests.benchmarks.offline_workplaces [WORKPLACES] [CALLS]`` (10 and 2,000).
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sync.store.central.connection import initialise
from tests.benchmarks.figures import Figure, print_figures
from tests.fakes.broken_workplace import BoundedStore
from tests.fakes.killing import Files, kill_saved, spawn_broken
from tests.fakes.postgres import PostgresServer
from tests.fakes.rehearsal import ROOT, Told

AT_ONCE = 3  # processes that save in parallel; saving takes longest, and is not measured
WAIT_S = 1800.0


def main() -> int:
    """Prints the figures; returns 1 if one is missed."""
    workplaces = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    calls = int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    with (
        tempfile.TemporaryDirectory() as made,
        PostgresServer() as server,
        server.database() as dsn,
    ):
        initialise(dsn)
        files = [Files(Path(made) / f"{index:04d}") for index in range(1, workplaces + 1)]
        server.stop()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            saved = list(pool.map(lambda each: _save(each, dsn, calls), files))
        server.start()
        begun_s = time.monotonic()
        with ThreadPoolExecutor(workplaces) as pool:
            drained = list(pool.map(lambda each: _run(each, dsn, "--count", "0", "--drain"), files))
        drained_s = time.monotonic() - begun_s
        told = Told()
        for each in files:
            one = each.told()
            told.attempts += one.attempts
            told.acked += one.acked
        faults = told.faults(dsn)
        found = _bounded(Files(Path(made) / "bounded"), server, dsn)
    unsent = sum(each["unsent"] for each in saved)
    left = sum(each["unsent"] for each in drained)
    figures = [
        Figure("waiting before", "records", unsent, least=1),
        Figure("all sent, starts of the programs too", "s", drained_s, greatest=60),
        Figure("left unsent", "records", left, greatest=0),
        Figure("lost", "records", len(faults.lost), greatest=0),
        Figure("older than acknowledged", "records", len(faults.stale), greatest=0),
        Figure("doubled", "records", len(faults.doubled), greatest=0),
        Figure("altered", "records", len(faults.altered), greatest=0),
        Figure("found lost of a bounded queue", "records", found, least=1),
    ]
    print(f"{len(told.acked)} acknowledged saves of {workplaces} workplaces")
    return int(not print_figures(figures, peer=""))


def _save(files: Files, dsn: str, calls: int) -> dict[str, int]:
    """Saves as the workplace with the folder's name as its code."""
    return _run(files, dsn, "--count", str(calls), "--workplace", files.folder.name)


def _bounded(files: Files, server: PostgresServer, dsn: str) -> int:
    """Returns the number of records lost by a workplace with a bounded outbox."""
    server.stop()
    kill_saved(spawn_broken("bounded"), files, dsn, 3 * BoundedStore.KEPT)
    server.start()
    kill_saved(spawn_broken("bounded"), files, dsn, BoundedStore.KEPT)
    _run(files, dsn, "--count", "0", "--drain")
    return len(files.told().faults(dsn).lost)


def _run(files: Files, dsn: str, *options: str) -> dict[str, int]:
    arguments = (*files.arguments(dsn), "--json", *options)
    done = subprocess.run(
        [sys.executable, "-m", "sync", *arguments],
        cwd=ROOT, capture_output=True, check=True, timeout=WAIT_S,
    )  # fmt: skip
    summary: dict[str, int] = json.loads(done.stdout)
    return summary


if __name__ == "__main__":
    sys.exit(main())
