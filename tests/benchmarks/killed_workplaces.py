"""kill -9 of a rehearsing workplace: at random times, and at given moments.

Run as ``python -m tests.benchmarks.killed_workplaces [TIMES]``: half of the kills at random, half
aimed (400 by default). Most starts are forks of this process with loaded modules; the duration of a
complete start is measured separately.
"""

from __future__ import annotations

import itertools
import os
import random
import signal
import sys
import tempfile
import time
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from sync.cli import main as sync_main
from sync.store.central.connection import initialise
from sync.store.local.keys import find_key
from sync.store.local.reading import RegisterReading
from tests.benchmarks.figures import Figure, print_figures
from tests.fakes.killing import Files, kill_at_commit, kill_saved, spawn, spawn_broken
from tests.fakes.postgres import PostgresServer
from tests.fakes.rehearsal import Rehearsing
from tests.fakes.tcp_proxy import CommitMoment

RANDOM_UP_TO_S = 1.2
STARTS = 10
BROKEN_TIMES = 5


class Fork:
    """A fork of this process that rehearses."""

    def __init__(self, files: Files, dsn: str) -> None:
        self._pid = os.fork()
        if self._pid == 0:
            os._exit(_rehearse(files.arguments(dsn)))
        self._is_over = False

    def kill(self) -> None:
        if not self._is_over:
            os.kill(self._pid, signal.SIGKILL)

    def wait(self) -> int:
        _, status = os.waitpid(self._pid, 0)
        self._is_over = True
        return os.waitstatus_to_exitcode(status)


def main() -> int:
    """Prints the figures; returns 1 if one is missed."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    with tempfile.TemporaryDirectory() as made, PostgresServer() as server:
        with server.database() as dsn:
            figures = measure(Files(Path(made) / "desk"), server.port, dsn, times)
        with server.database() as dsn:
            figures.append(broken(Files(Path(made) / "hasty"), "hasty", server.port, dsn))
        with server.database() as dsn:
            figures.append(broken(Files(Path(made) / "hopeful"), "hopeful", server.port, dsn))
    return int(not print_figures(figures, peer=""))


def measure(files: Files, port: int, dsn: str, times: int) -> list[Figure]:
    initialise(dsn)
    begun_s = time.monotonic()
    at_random = sum(kill_at_random(files, dsn) for _ in range(times // 2))
    hits = kill_aimed(files, port, dsn, times - times // 2)
    spent_s = time.monotonic() - begun_s
    starts_s = [start_s(files, dsn) for _ in range(STARTS)]
    with Rehearsing(files.folder, dsn, "--count", "0", "--drain") as draining:
        code, _ = draining.finish()
    told = files.told()
    faults = told.faults(dsn)
    corrections = sum(line.rev > 2 for line in told.acked)
    print(f"{len(told.acked)} acknowledged, {corrections} of them corrections, in {spent_s:.0f} s")
    return [
        Figure("killed at random", "times", at_random, least=times // 2),
        *(Figure(f"killed when {name}", "times", count) for name, count in hits.items()),
        Figure("lost", "records", len(faults.lost), greatest=0),
        Figure("older than acknowledged", "records", len(faults.stale), greatest=0),
        Figure("doubled", "records", len(faults.doubled), greatest=0),
        Figure("altered", "records", len(faults.altered), greatest=0),
        Figure("store sound on every page", "1 = yes", float(is_sound(files)), least=1),
        Figure("drained in the end", "exit code", code, greatest=0),
        Figure("slowest of 10 starts, to the first save", "s", max(starts_s), greatest=3),
    ]


def kill_at_random(files: Files, dsn: str) -> bool:
    child = Fork(files, dsn)
    time.sleep(random.uniform(0.0, RANDOM_UP_TO_S))  # noqa: S311
    child.kill()
    return child.wait() == -signal.SIGKILL


def kill_aimed(files: Files, port: int, dsn: str, times: int) -> dict[str, int]:
    """Returns the number of kills per moment; if a moment is not reached, the process is killed
    anyway.
    """
    hits = {"a save is acknowledged": 0, **{f"COMMIT is {moment}": 0 for moment in CommitMoment}}
    for name, aim in itertools.islice(
        itertools.cycle(zip(hits, (None, *CommitMoment), strict=True)), times
    ):
        after = random.randrange(2, 12)  # noqa: S311
        if aim is None:
            hits[name] += kill_saved(Fork, files, dsn, after)
        else:
            hits[name] += kill_at_commit(Fork, files, port, dsn, aim, after)
    return hits


def start_s(files: Files, dsn: str) -> float:
    """Returns the seconds from the start of a new process to its first acknowledged save."""
    begun_s = time.monotonic()
    kill_saved(spawn, files, dsn, 1)
    return time.monotonic() - begun_s


def is_sound(files: Files) -> bool:
    path = files.folder / "register.db"
    key = find_key(path)
    if key is None:
        return False
    register = RegisterReading.open_for_reading(path, key)
    register.check()
    register.close_reading()
    return True


def broken(files: Files, kind: str, port: int, dsn: str) -> Figure:
    """Returns the faults found by the same kills in a workplace that is broken on purpose."""
    initialise(dsn)
    for _ in range(BROKEN_TIMES):
        kill_saved(spawn_broken(kind), files, dsn, 5)
        kill_at_commit(spawn_broken(kind), files, port, dsn, CommitMoment.ASKED, 5)
    with Rehearsing(files.folder, dsn, "--count", "0", "--drain") as draining:
        assert draining.finish()[0] == 0
    faults = files.told().faults(dsn)
    found = len(faults.lost | faults.stale)
    return Figure(f"found of a {kind} workplace in {2 * BROKEN_TIMES}", "records", found, least=1)


def _rehearse(arguments: tuple[str, ...]) -> int:
    with Path(os.devnull).open("w") as nothing, redirect_stdout(nothing), redirect_stderr(nothing):
        return sync_main(arguments)


if __name__ == "__main__":
    sys.exit(main())
