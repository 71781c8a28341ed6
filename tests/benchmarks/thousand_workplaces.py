"""1,000 workplaces at one central database, 20 calls a second: memory and age of queued rows.

Run as ``python -m tests.benchmarks.thousand_workplaces [seconds] [workplaces]``. Twenty of them are
complete stores that save and send a call a second; the others hold their connection and their lease
and poll every 15 s, like idle consoles. Exit status 1 if a figure is missed.
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg2
from uuid_utils.compat import uuid7

from sync.exchange.events import SenderEvent
from sync.exchange.sender import Sender
from sync.store.central.connection import Central, initialise
from sync.store.central.workplace_lease import Claim
from sync.store.local.keys import make_key, write_key_file
from sync.store.local.reading import Station
from sync.store.local.register import RegisterStore
from tests.benchmarks.figures import Figure, print_figures
from tests.fakes.postgres import PostgresServer
from tests.fakes.records import OPERATOR, closed, filled, new_call

BUSY = 20
ASKED_EVERY_S = 15.0
KEEPERS = 8
LOOK_S = 0.1
DRAINED_S = 20.0


class Quiet:
    """An idle workplace."""

    def __init__(self, code: str, dsn: str) -> None:
        self._central = Central(dsn)
        self._session = uuid7()
        own = Station(code, uuid7(), datetime.now(UTC))
        self._central.look()
        self._central.hold(own, Claim(self._session, frozenset(), code, {}))

    def ask(self) -> None:
        self._central.renew(self._session, {})

    def close(self) -> None:
        self._central.close()


class Busy:
    """A workplace with one call a second."""

    def __init__(self, folder: Path, code: str, dsn: str, made: type[Sender]) -> None:
        path = folder / code / "register.db"
        key = make_key()
        path.parent.mkdir()
        write_key_file(key, path)
        self.store = RegisterStore.open(path, key, first_station=code, home_area_code="87999")
        self.told: list[SenderEvent] = []
        self.sender = made(self.store, dsn, self.told.append)
        self.sender.start()
        self.saved = 0

    def save(self) -> None:
        card = filled(self.store.open_card(new_call(self.saved), OPERATOR).result())
        self.store.close(closed(card)).result()
        self.saved += 1

    def age_s(self) -> float:
        oldest = self.store.outbox_status().oldest_at
        return 0.0 if oldest is None else (datetime.now(UTC) - oldest).total_seconds()

    def close(self) -> None:
        self.sender.stop(20)
        self.store.close_store()


def every(pause_s: float, ended: threading.Event, things: list[Quiet] | list[Busy]) -> None:
    """Uses each once per pause, spread over it."""
    due = time.monotonic()
    while not ended.is_set():
        for thing in things:
            due += pause_s / len(things)
            if ended.wait(max(0.0, due - time.monotonic())):
                return
            if isinstance(thing, Busy):
                thing.save()
            else:
                thing.ask()


def memory_mb(pids: list[int]) -> float:
    """Returns the proportional memory of these processes."""
    total = 0
    for pid in pids:
        try:
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue
        total += next(int(line.split()[1]) for line in rollup.splitlines() if "Pss:" in line)
    return total / 1024


def children(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def counted(dsn: str) -> int:
    connection = psycopg2.connect(dsn)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM call_record")
        row = cursor.fetchone()
    connection.close()
    assert row is not None
    return int(row[0])


@dataclass(frozen=True, slots=True)
class Soak:
    """Results; ``ages_s`` are sorted, ``memory_mb`` is the server's over time."""

    connected_s: float
    saved: int
    lost: int
    ages_s: tuple[float, ...]
    memory_mb: tuple[float, ...]

    @property
    def age_p99_s(self) -> float:
        return self.ages_s[len(self.ages_s) * 99 // 100]


def soak(
    seconds: float,
    workplaces: int,
    busy_count: int,
    made: type[Sender],
    drained_s: float = DRAINED_S,
) -> Soak:
    """Runs this number of workplaces for this duration, and waits for their unsent rows."""
    with (
        tempfile.TemporaryDirectory() as folder,
        PostgresServer(connections=workplaces + 50) as server,
        server.database() as dsn,
    ):
        initialise(dsn)
        begun = time.monotonic()
        codes = [f"{number:04}" for number in range(1, workplaces + 1)]
        busy = [Busy(Path(folder), code, dsn, made) for code in codes[:busy_count]]
        quiet = [Quiet(code, dsn) for code in codes[busy_count:]]
        connected_s = time.monotonic() - begun
        ended = threading.Event()
        share = len(quiet) // KEEPERS + 1
        threads = [
            threading.Thread(target=every, args=(ASKED_EVERY_S, ended, quiet[at : at + share]))
            for at in range(0, len(quiet), share)
        ]
        threads.append(threading.Thread(target=every, args=(1.0, ended, busy)))
        for thread in threads:
            thread.start()
        ages: list[float] = []
        memory: list[tuple[float, float]] = []
        begun = time.monotonic()
        while (passed_s := time.monotonic() - begun) < seconds:
            ages += [each.age_s() for each in busy]
            if not memory or passed_s - memory[-1][0] > seconds / 20:
                memory.append((passed_s, memory_mb([server.pid, *children(server.pid)])))
            time.sleep(LOOK_S)
        ended.set()
        for thread in threads:
            thread.join()
        deadline = time.monotonic() + drained_s
        while any(each.age_s() for each in busy) and time.monotonic() < deadline:
            time.sleep(LOOK_S)
        saved, there = sum(each.saved for each in busy), counted(dsn)
        for one in quiet:
            one.close()
        for each in busy:
            each.close()
    # warm-up during the first fifth is not growth
    settled = tuple(mb for at, mb in memory if at > seconds / 5)
    return Soak(connected_s, saved, saved - there, tuple(sorted(ages)), settled)


def main(seconds: float, workplaces: int) -> int:
    made = soak(seconds, workplaces, BUSY, Sender)
    first, last = made.memory_mb[0], made.memory_mb[-1]
    good = print_figures(
        (
            Figure("connections", "", workplaces),
            Figure("all connected after", "s", made.connected_s),
            Figure("calls a second", "1/s", made.saved / seconds, least=18.0),
            Figure("oldest unsent call, p99", "s", made.age_p99_s, greatest=5.0),
            Figure("lost", "", made.lost, least=0, greatest=0),
            Figure("server's memory at first", "MB", first),
            Figure("server's memory at last", "MB", last, greatest=first * 1.1),
        ),
        "",
    )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(
        main(
            float(sys.argv[1]) if len(sys.argv) > 1 else 3600.0,
            int(sys.argv[2]) if len(sys.argv) > 2 else 1000,
        )
    )
