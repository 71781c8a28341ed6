"""The store of one workplace: duration of a save, and the cost of a million calls.

Run as ``python -m tests.benchmarks.local_store [calls] [saves]``; 1,000,000 and 2,000 by default.
The files are in the temporary folder; a plain write with fsync in it is measured in the same run,
between the saves. CPU time is printed next to wall time: on a busy machine only CPU time shows the
cost of the store. Exit status 1 if a limit is missed.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, select, text

from sync.jobs.store_care import PageReading
from sync.records.replicated_tables import call_record
from sync.register.numbering import COUNTER_MAX, next_number
from sync.store.local.backup import back_up
from sync.store.local.callers import known_caller
from sync.store.local.keys import StoreKey, make_key
from sync.store.local.opening import PageCheck, Verdict
from sync.store.local.register import RegisterStore
from tests.benchmarks.figures import Figure, print_figures
from tests.fakes.records import OPERATOR, RANG_AT, closed, filled, new_call

_SAVE_LIMIT_MS = 5.0
_QUERY_LIMIT_MS = 5.0
_QUESTIONS = 300
_CALLERS = 200_000
_STARTS = 5
_START_LIMIT_S = 1.5
_OFTEN = "+79005550102"  # calls a hundred thousand times
_OWN_COLUMNS = {
    "id": "printf('01900000-0000-7000-8000-%012x', n)",
    "number": "spoken(n)",
    "sip_call_id": "printf('%d@made.invalid', n)",
    "arrived_at": "strftime('%Y-%m-%dT%H:%M:%f000+00:00', 1700000000 + n * 60, 'unixepoch')",
    "phone": f"CASE WHEN n % 10 = 0 THEN '{_OFTEN}' ELSE printf('+7900%07d', n % {_CALLERS}) END",
}


def main() -> int:
    """Prints the figures; returns 1 if a limit is missed."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    saves = int(sys.argv[2]) if len(sys.argv) > 2 else 2_000
    key = make_key()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        path = folder / "register.db"
        store = RegisterStore.open(path, key)
        quiet, disk, spent = _save(store, folder, saves, 0)
        figures = [
            Figure("save, processor p50", "ms", _share(spent, 50)),
            Figure("save, processor p99", "ms", _share(spent, 99), greatest=_SAVE_LIMIT_MS),
            Figure("save, p50", "ms", _share(quiet, 50), _share(disk, 50)),
            Figure("save, p99", "ms", _share(quiet, 99), _share(disk, 99), greatest=_SAVE_LIMIT_MS),
        ]
        store.write(lambda connection: fill(connection, count)).result()
        store.write(lambda connection: connection.execute(text("ANALYZE"))).result()
        figures += _at_size(store, path, key, folder, saves)
        store.close_store()
        figures += _starts(path, key, folder, saves)
        figures.append(Figure("store", "MB", path.stat().st_size / 1e6))
    return 0 if print_figures(figures, "fsync") else 1


def _at_size(
    store: RegisterStore, path: Path, key: StoreKey, folder: Path, saves: int
) -> list[Figure]:
    rare = [f"+7900{n:07d}" for n in range(1, _QUESTIONS)]
    seldom = _timed([partial(known_caller, store, phone) for phone in rare])
    often = _timed([partial(known_caller, store, _OFTEN)] * 20)
    assert len(known_caller(store, _OFTEN).calls) == 5
    full, disk, spent = _save(store, folder, saves, 1_000_000)
    copies = folder / "copies"
    copies.mkdir()
    took_s: list[float] = []

    def copy() -> None:
        begun_s = time.perf_counter()
        back_up(path, key, copies, datetime.now(UTC))
        took_s.append(time.perf_counter() - begun_s)

    copying = threading.Thread(target=copy)
    copying.start()
    during: list[float] = []
    index = 2_000_000
    while copying.is_alive():
        during += _save(store, folder, 20, index)[0]
        index += 20
    copying.join()
    return [
        Figure("a caller's history, p50", "ms", _share(seldom.wall, 50)),
        Figure("a caller's history, p99", "ms", _share(seldom.wall, 99), greatest=_QUERY_LIMIT_MS),
        Figure("a caller's history, processor p99", "ms", _share(seldom.spent, 99)),
        Figure("history of 100,000 calls, p50", "ms", _share(often.wall, 50)),
        Figure("history of 100,000 calls, processor p99", "ms", _share(often.spent, 99)),
        Figure("save in the full store, p50", "ms", _share(full, 50), _share(disk, 50)),
        Figure("save in the full store, p99", "ms", _share(full, 99), _share(disk, 99)),
        Figure("save in the full store, processor p99", "ms", _share(spent, 99)),
        Figure("save beside a backup, p99", "ms", _share(during, 99)),
        Figure("a backup, read back", "s", took_s[0]),
    ]


def _starts(path: Path, key: StoreKey, folder: Path, saves: int) -> list[Figure]:
    """Measures the time until a save is accepted, and the cost of the page scan in the
    background.
    """
    starts_s = []
    for _ in range(_STARTS):
        begun_s = time.perf_counter()
        store = RegisterStore.open(path, key)
        starts_s.append(time.perf_counter() - begun_s)
        store.close_store()
    begun_s = time.perf_counter()
    store = RegisterStore.open(path, key)
    store.check()
    whole_s = time.perf_counter() - begun_s
    read: list[PageCheck] = []
    reading = PageReading(store, path, key, read.append, begin_after_s=0)
    quiet = _save(store, folder, saves, 3_000_000)[0]
    reading.start()
    during: list[float] = []
    index = 4_000_000
    while not read:
        during += _save(store, folder, 20, index)[0]
        index += 20
    reading.stop(10)
    store.close_store()
    assert read[0].verdict is Verdict.SOUND
    return [
        Figure("start, slowest of 5", "s", max(starts_s), greatest=_START_LIMIT_S),
        Figure("start that waits for every page", "s", whole_s),
        Figure("every page read beside the work", "s", read[0].took_s),
        Figure("save before it, p99", "ms", _share(quiet, 99)),
        Figure("save beside it, p50", "ms", _share(during, 50)),
        Figure("save beside it, p99", "ms", _share(during, 99)),
    ]


def _save(
    store: RegisterStore, folder: Path, count: int, first: int
) -> tuple[list[float], list[float], list[float]]:
    """Returns times of closing cards, of alternating plain writes with fsync, and of the CPU, in
    ms.
    """
    saved, synced, spent = [], [], []
    descriptor = os.open(folder / "plain", os.O_WRONLY | os.O_CREAT)
    for index in range(first, first + count):
        call = new_call(index, RANG_AT + timedelta(seconds=index))
        card = closed(filled(store.open_card(call, OPERATOR).result()))
        begun_s, spent_s = time.perf_counter(), time.process_time()
        store.close(card).result()
        saved.append((time.perf_counter() - begun_s) * 1000)
        spent.append((time.process_time() - spent_s) * 1000)
        begun_s = time.perf_counter()
        os.pwrite(descriptor, bytes(4096), 0)
        os.fsync(descriptor)
        synced.append((time.perf_counter() - begun_s) * 1000)
    os.close(descriptor)
    return saved, synced, spent


def fill(connection: Connection, count: int, own: Mapping[str, str] | None = None) -> None:
    """Inserts calls derived from an existing one, each with its own minute and caller.

    ``own`` are further varying columns, each with its expression of ``n``.
    """
    first = connection.scalars(select(call_record.c.id).limit(1)).one()
    assert isinstance(first, UUID)
    connection.connection.driver_connection.create_function("spoken", 1, _number)  # type: ignore[union-attr]
    names = [column.name for column in call_record.columns]
    values = [(_OWN_COLUMNS | dict(own or {})).get(name, name) for name in names]
    statement = (
        "WITH RECURSIVE numbers(n) AS "  # noqa: S608  # names and numbers of our own
        f"(SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count:d}) "
        f"INSERT INTO call_record ({', '.join(names)}) "
        f"SELECT {', '.join(values)} FROM numbers, call_record WHERE id = '{first}'"
    )
    connection.execute(text(statement))


def _number(made: int) -> str:
    """Returns a number of another workplace: the store continues its own numbers."""
    station, counted = divmod(made, COUNTER_MAX)
    return str(next_number("2311", f"{station + 2:04d}", counted))


@dataclass(frozen=True, slots=True)
class _Times:
    """Wall time and CPU time in ms."""

    wall: list[float]
    spent: list[float]


def _timed(actions: Sequence[Callable[[], object]]) -> _Times:
    """Returns the times of each action."""
    times = _Times([], [])
    for action in actions:
        begun_s, spent_s = time.perf_counter(), time.process_time()
        action()
        times.wall.append((time.perf_counter() - begun_s) * 1000)
        times.spent.append((time.process_time() - spent_s) * 1000)
    return times


def _share(times_ms: Sequence[float], percent: int) -> float:
    ordered = sorted(times_ms)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


if __name__ == "__main__":
    sys.exit(main())
