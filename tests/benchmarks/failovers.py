"""Ten workplaces save while the primary dies, freezes, or returns without fencing.

Run as ``python -m tests.benchmarks.failovers [rounds]``. Each round uses a real pair of servers;
the sender has its default settings, the workplaces save twelve calls a second together. The last
two scenarios are broken on purpose and must lose data. Exit status 1 if a figure is missed.
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psycopg2

from sync.exchange.central_choice import CentralChoice, Chosen
from sync.exchange.events import BatchSent, SenderEvent
from sync.exchange.sender import Sender
from sync.exchange.timeline import Verdict
from sync.store.central.connection import initialise
from sync.store.local.keys import make_key, write_key_file
from sync.store.local.register import RegisterStore
from tests.benchmarks.figures import Figure, print_figures
from tests.fakes.postgres_pair import PostgresPair
from tests.fakes.records import OPERATOR, closed, filled, new_call

DESKS = 10
PAUSE_S = DESKS / 12
WAIT_S = 90.0

Told = Callable[[SenderEvent], None]


class Forgetful(Sender):
    """Broken on purpose: records no timeline and resends nothing."""

    def _follow(self, chosen: Chosen) -> None:
        pass


class Credulous(Forgetful):
    """Broken on purpose: accepts every timeline, too."""

    def __init__(self, store: RegisterStore, dsn: str, on_event: Told) -> None:
        super().__init__(store, dsn, on_event)
        self._choice = CentralChoice(dsn, 5.0, lambda *_: Verdict.SAME)


class Desk:
    """A store that saves calls, with the arrival times of its batches."""

    def __init__(self, folder: Path, code: str, dsn: str, made: type[Sender]) -> None:
        path = folder / code / "register.db"
        path.parent.mkdir()
        key = make_key()
        write_key_file(key, path)
        self.store = RegisterStore.open(path, key, first_station=code, home_area_code="87999")
        self.sender = made(self.store, dsn, self._hear)
        self.arrived_at: list[float] = []
        self.saved: set[str] = set()

    def _hear(self, event: SenderEvent) -> None:
        if isinstance(event, BatchSent):
            self.arrived_at.append(time.monotonic())

    def work(self, ended: threading.Event) -> None:
        index = 0
        while not ended.wait(PAUSE_S):
            index += 1
            card = filled(self.store.open_card(new_call(index), OPERATOR).result())
            self.saved.add(str(self.store.close(closed(card)).result().number))

    def gap_s(self, since: float) -> float:
        """Returns the seconds from ``since`` to the first batch that arrived."""
        return next((at - since for at in self.arrived_at if at > since), WAIT_S)


@dataclass(frozen=True, slots=True)
class Outcome:
    gaps_s: tuple[float, ...]
    saved: int
    lost: int
    doubled: int
    in_dead_branch: int


def killed_with_lag(pair: Pair) -> float:
    pair.stream.freeze()
    time.sleep(1.0)
    pair.primary.kill()
    pair.promote()
    return time.monotonic()


def killed_synchronous(pair: Pair) -> float:
    execute(pair.primary.dsn, "ALTER SYSTEM SET synchronous_standby_names = 'standby'")
    execute(pair.primary.dsn, "SELECT pg_reload_conf()")
    time.sleep(1.0)
    pair.primary.kill()
    pair.promote()
    return time.monotonic()


def frozen(pair: Pair) -> float:
    pair.primary.freeze()
    begun = time.monotonic()
    pair.promote()
    return begun


def back_unfenced(pair: Pair) -> float:
    at = killed_with_lag(pair)
    time.sleep(3.0)
    pair.primary.start()
    pair.held_when_back = len(numbers(pair.primary.dsn_of("postgres")))
    pair.standby.stop()
    time.sleep(2.0)
    pair.standby.start()
    return at


class Pair(PostgresPair):
    """A pair that records the content of its former primary at its return."""

    held_when_back = 0


def execute(dsn: str, statement: str) -> None:
    connection = psycopg2.connect(dsn)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


def numbers(dsn: str) -> list[str]:
    connection = psycopg2.connect(dsn)
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM call_record")
        found = [row[0] for row in cursor.fetchall()]
    connection.close()
    return found


def run(fault: Callable[[Pair], float], made: type[Sender]) -> Outcome:
    with tempfile.TemporaryDirectory() as folder, Pair() as pair:
        initialise(pair.primary.dsn_of("postgres"))
        pair.wait_streamed()
        dsn = pair.dsn_of("postgres")
        desks = [Desk(Path(folder), f"{n:04}", dsn, made) for n in range(1, DESKS + 1)]
        ended = threading.Event()
        threads = [threading.Thread(target=desk.work, args=(ended,)) for desk in desks]
        for desk in desks:
            desk.sender.start()
        for thread in threads:
            thread.start()
        time.sleep(4.0)
        since = fault(pair)
        time.sleep(8.0)
        ended.set()
        for thread in threads:
            thread.join()
        deadline = time.monotonic() + WAIT_S
        while any(d.store.outbox_status().waiting for d in desks) and time.monotonic() < deadline:
            for desk in desks:
                desk.sender.wake()
            time.sleep(0.2)
        for desk in desks:
            desk.sender.stop(20)
            desk.store.close_store()
        if fault is frozen:
            pair.primary.thaw()
        there = numbers(pair.standby.dsn_of("postgres"))
        saved = set().union(*(desk.saved for desk in desks))
        dead = 0
        if fault is back_unfenced:
            dead = len(numbers(pair.primary.dsn_of("postgres"))) - pair.held_when_back
        return Outcome(
            tuple(desk.gap_s(since) for desk in desks),
            len(saved),
            len(saved - set(there)),
            len(there) - len(set(there)),
            dead,
        )


SCENARIOS: tuple[tuple[str, Callable[[Pair], float], type[Sender]], ...] = (
    ("killed, 1 s of lag", killed_with_lag, Sender),
    ("killed, synchronous", killed_synchronous, Sender),
    ("frozen", frozen, Sender),
    ("former primary back", back_unfenced, Sender),
)
BROKEN: tuple[tuple[str, Callable[[Pair], float], type[Sender]], ...] = (
    ("killed, nothing sent again", killed_with_lag, Forgetful),
    ("former back, not judged", back_unfenced, Credulous),
)


def main(rounds: int) -> int:
    figures: list[Figure] = []
    for name, fault, made in SCENARIOS:
        outcomes = [run(fault, made) for _ in range(rounds)]
        gaps = [gap for outcome in outcomes for gap in outcome.gaps_s]
        figures += [
            Figure(f"{name}: first record, median", "s", median(gaps)),
            Figure(f"{name}: first record, last", "s", max(gaps), greatest=10.0),
            Figure(f"{name}: saved", "", sum(o.saved for o in outcomes)),
            Figure(f"{name}: lost", "", sum(o.lost for o in outcomes), greatest=0),
            Figure(f"{name}: doubled", "", sum(o.doubled for o in outcomes), greatest=0),
            Figure(f"{name}: taken by it", "", sum(o.in_dead_branch for o in outcomes), greatest=0),
        ]
    for name, fault, made in BROKEN:
        figures.append(Figure(f"broken, {name}: lost", "", run(fault, made).lost, least=1))
    return 0 if print_figures(figures, "") else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3))
