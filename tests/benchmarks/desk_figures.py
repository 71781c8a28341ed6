"""Delays that an operator notices: keys, rings and saves to painted frames, blocks, memory.

    python -m tests.benchmarks.desk_figures [--calls 100] [--seeded 100000]

Runs a real console on a separate X server, with this number of calls in its store, a central
PostgreSQL whose directory is edited throughout, and a foreign SIP phone that calls. Each call is
answered, typed, given a search result, ended and saved by keys. An observer in the console's
process (``watched_console``) records the frames; its cost is included in the figures.

The central database is on another machine in production: its data are in a memory-backed folder, if
the system has one, and add no load to the console's disk. A busy machine is not the console's
fault: the load is printed. Next to the longest block is the longest time that a runnable thread was
not scheduled; next to saves is the delay of a program that only writes a page and syncs it, five
times a second. Keys, saves and blocks are also given without the GUI thread's time in the run
queue, and in its CPU time. The first call arrives while the rules and the sentence encoder are
still loading in the background: keys and rings of later calls have separate figures. Blocks over
the limit are printed with their stacks and the other running threads, and also the longest garbage
collections, during which no thread runs. Exit status 1 if a limit is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from console.training.stage import KEY_DELAY_MS
from kb.entries.entries import entry_record
from kb.files.importing import read_folder
from sync.records.feed_values import DocumentEntity
from sync.store.central.shared_documents import SharedDocument, put_documents
from sync.store.local.keys import open_key
from sync.store.local.register import RegisterStore
from tests.benchmarks.figures import Figure, print_figures
from tests.benchmarks.local_store import fill
from tests.benchmarks.thousand_workplaces import memory_mb
from tests.benchmarks.watched_console import IDLE_MS
from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import RESOURCES, RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage
from tests.fakes.disk_watch import DiskWatch
from tests.fakes.memory_folder import memory_folder
from tests.fakes.postgres import PostgresServer
from tests.fakes.records import OPERATOR, closed, filled, new_call
from tests.fakes.stall_watch import StallWatch

CALLER = "+79005550102"  # a tenth of the calls in the filled store are from her
QUESTION = "когда вывозят мусор"
FURTHER = " просит сказать и про выходные дни"
EDIT_EVERY_S = 0.5
EDITED = 20

KEY_LIMIT_MS = 30.0
RING_LIMIT_MS = 150.0
SAVE_LIMIT_MS = 100.0
BLOCK_LIMIT_MS = 50.0
CONSOLE_LIMIT_MB = 250.0
FLAT_MB = 2.0  # allowed growth over the last half of the calls; a heap always varies a little
FEWEST_CALLS = 2
SHOWN_BLOCKS = 6
SHOWN_MEMORIES = 25
SHOWN_OTHERS = 4
SHOWN_LOOKS = 6


@dataclass(frozen=True, slots=True)
class Memory:
    """Proportional set size, in MB."""

    console: float
    phone: float


class WatchedStage(ConsoleStage):
    """Runs the console with the observer; ``seen`` returns its records since the last start."""

    def __init__(self, folder: Path, dsn: str | None) -> None:
        super().__init__(folder, dsn=dsn, key_ms=KEY_DELAY_MS)
        self._notes = folder / "first.jsonl"
        self._watch_from_now("first")

    def start_filled(self, fill: Callable[[Path], object]) -> None:
        """Restarts the console with a register that ``fill`` has filled."""
        self.kill_console()
        fill(self.register_file)
        self._watch_from_now("seen")
        self.start_again()
        self.wait_until_seen("desk", 1)

    def _watch_from_now(self, name: str) -> None:
        self._notes = self.folder / f"{name}.jsonl"
        self.program = ("-m", "tests.benchmarks.watched_console", str(self._notes))

    def seen(self, kind: str) -> list[dict[str, Any]]:
        lines = self._notes.read_text(encoding="utf-8").split("\n")[:-1]
        return [told for told in map(json.loads, lines) if told["kind"] == kind]

    def wait_until_seen(self, kind: str, count: int) -> None:
        """Return when so many were seen; a console that never shows it ends the run."""
        until_s = time.monotonic() + STEP_LIMIT_S
        while len(self.seen(kind)) < count:
            if time.monotonic() > until_s or not self.console_runs:
                raise TimeoutError(f"{kind} was not painted")
            time.sleep(0.05)  # bounded waiting for another process

    def memory(self) -> Memory:
        return Memory(memory_mb([self.console_pid]), memory_mb([self.phone_pid]))


class Editing:
    """Edits entries in the central directory on a thread, one by one, until it is stopped."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self.edits = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._edit, name="editing")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    def _edit(self) -> None:
        while not self._over.wait(EDIT_EVERY_S):
            key = f"edited-{self.edits % EDITED}"
            entry = {"id": key, "kind": "question", "title": f"Аэростат {key}",
                     "body": f"Правка {self.edits}."}  # fmt: skip
            put_documents(self._dsn, [SharedDocument(DocumentEntity.ENTRY, key, entry)])
            self.edits += 1


def main() -> int:
    """Print the figures; 1 when a limit is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--calls", type=int, default=100, help="500 stand for eight hours, two are the fewest"
    )
    parser.add_argument("--seeded", type=int, default=100_000, help="calls in the store before")
    parsed = parser.parse_args()
    if parsed.calls < FEWEST_CALLS:
        parser.error(f"fewer than {FEWEST_CALLS} calls have no later one")
    # Compiled modules are cached, as in an installed console.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    before = os.getloadavg()
    with (
        tempfile.TemporaryDirectory(prefix="desk-") as folder,
        PostgresServer(within=memory_folder()) as server,
        server.database() as dsn,
        WatchedStage(Path(folder), dsn) as desk,
    ):
        share_directory(dsn)
        with StallWatch() as starting:
            desk.start_filled(lambda register: fill_store(register, parsed.seeded))
        work_at = datetime.now(UTC).isoformat()
        with StallWatch() as working, DiskWatch(Path(folder)) as disk, Editing(dsn) as editing:
            memories = work(desk, parsed.calls)
        blocks = [
            Blocks("start", [one for one in desk.seen("block") if one["at"] < work_at], starting),
            Blocks("work", [one for one in desk.seen("block") if one["at"] >= work_at], working),
        ]
        rings_ms = rings_to_filled(desk)
        keys, saves = desk.seen("key"), desk.seen("saved")
        looks = desk.seen("look")
    later = [key for key in keys if key["at"] > saves[0]["at"]]
    after = os.getloadavg()
    print(
        f"{parsed.calls} calls, {parsed.seeded} in the store, {editing.edits} edits in the centre"
    )
    print(f"load {before[0]:.1f} before, {after[0]:.1f} after, on {os.cpu_count()} processors")
    good = print_figures(
        [
            *spread("key to painted", values(keys, "ms"), KEY_LIMIT_MS, at=99),
            *spread("the same, not in line", not_in_line(keys), KEY_LIMIT_MS, at=99),
            *spread("its processor time", values(keys, "ran_ms"), KEY_LIMIT_MS, at=99),
            *spread("of later calls, not in line", not_in_line(later), KEY_LIMIT_MS, at=99),
            *spread("ring to filled card", rings_ms, RING_LIMIT_MS, at=100),
            *spread("of later calls", rings_ms[1:], RING_LIMIT_MS, at=100),
            *spread("save to saved", values(saves, "ms"), SAVE_LIMIT_MS, disk.syncs_ms, at=100),
            *spread("the same, not in line", not_in_line(saves), SAVE_LIMIT_MS, at=100),
            *spread("its processor time", values(saves, "ran_ms"), SAVE_LIMIT_MS, at=100),
            *memory_figures(memories),
            *(figure for each in blocks for figure in each.figures()),
        ],
        "machine",
    )
    print_course(memories)
    for each in blocks:
        each.print_stacks()
    print_looks(looks)
    return 0 if good else 1


def fill_store(file: Path, calls: int) -> None:
    """So many calls in the register of a console that does not run."""
    store = RegisterStore.open(file, open_key(file))
    store.close(closed(filled(store.open_card(new_call(0), OPERATOR).result()))).result()
    store.write(lambda connection: fill(connection, calls)).result()
    store.close_store()


def share_directory(dsn: str) -> None:
    """Inserts the sample directory into the central database."""
    entries = read_folder(RESOURCES / "directory" / "sample")
    put_documents(
        dsn,
        [SharedDocument(DocumentEntity.ENTRY, entry.id, entry_record(entry)) for entry in entries],
    )


def work(desk: WatchedStage, calls: int) -> list[Memory]:
    """Take so many calls; what both processes hold before the first and after each."""
    wanted = [str(hit["id"]) for hit in desk.search(QUESTION)[:3]]
    memories = [desk.memory()]
    with BaresipCaller(CALLER) as caller:
        for count in range(1, calls + 1):
            caller.dial(f"sip:100@{desk.address}")
            desk.wait_for("t_offer", RING_LIMIT_S)
            desk.wait_until_seen("filled", count)
            desk.answer()
            desk.type(QUESTION)
            while str(desk.wait_for("t_search", STEP_LIMIT_S)["hits"]).split() != wanted:
                pass
            desk.press("alt+1")
            desk.wait_for("t_hit_accepted", STEP_LIMIT_S)
            desk.type(FURTHER)
            desk.hang_up()
            desk.save()
            desk.wait_until_seen("saved", count)
            desk.wait_for_state("ready")  # during wrap-up the phone accepts no call
            memories.append(desk.memory())
    return memories


def rings_to_filled(desk: WatchedStage) -> list[float]:
    """From each call's first INVITE, by the phone's process, to the frame with who is calling."""
    arrived = sorted(datetime.fromisoformat(one["arrived_at"]) for one in desk.calls_today())
    painted = sorted(datetime.fromisoformat(one["at"]) for one in desk.seen("filled"))
    # The call of the fill is of another day; today's calls are equal in number to the filled cards.
    rang = arrived[-len(painted) :]
    assert len(rang) == len(painted)
    return [(to - ring).total_seconds() * 1000 for ring, to in zip(rang, painted, strict=True)]


def values(told: Sequence[Mapping[str, Any]], name: str) -> list[float]:
    return [float(one[name]) for one in told]


def not_in_line(told: Sequence[Mapping[str, Any]]) -> list[float]:
    """How long each took without the time that the GUI thread stood in line for a processor."""
    return [float(one["ms"]) - float(one["queued_ms"]) for one in told]


def spread(
    name: str,
    times_ms: Sequence[float],
    limit_ms: float,
    peers_ms: Sequence[float] = (),
    *,
    at: int,
) -> list[Figure]:
    """The median, the 99th hundredth and the greatest, one of which has the limit."""
    shares = {50: "p50", 99: "p99", 100: "max"}
    return [
        Figure(f"{name} ({len(times_ms)}), {told}", "ms",
               share_of(times_ms, percent),
               share_of(peers_ms, percent) if peers_ms else float("nan"),
               greatest=limit_ms if percent == at else None)
        for percent, told in shares.items()
    ]  # fmt: skip


def share_of(times_ms: Sequence[float], percent: int) -> float:
    """What so many hundredths of them do not exceed."""
    ordered = sorted(times_ms)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def memory_figures(memories: Sequence[Memory]) -> list[Figure]:
    """What both hold at first and at last, and how it went over the last half of the calls."""
    figures = []
    later = memories[len(memories) // 2 :]
    for name, held, limit in (
        ("console", [one.console for one in memories], CONSOLE_LIMIT_MB),
        ("phone", [one.phone for one in memories], None),
    ):
        half = held[-len(later) :]
        figures += [
            Figure(f"PSS of the {name}, before the first call", "MB", held[0]),
            Figure(f"PSS of the {name}, greatest", "MB", max(held), greatest=limit),
            Figure(f"PSS of the {name}, after the last call", "MB", held[-1]),
            Figure(f"slope of the {name}, last half", "kB/call", slope(half) * 1024),
            Figure(f"the {name}'s last half by that", "MB", slope(half) * len(half),
                   greatest=FLAT_MB),
        ]  # fmt: skip
    return figures


def print_course(memories: Sequence[Memory]) -> None:
    """What the console held before the first call and after each, or each of so many."""
    every = max(1, len(memories) // SHOWN_MEMORIES)
    held = " ".join(f"{one.console:.0f}" for one in memories[::every])
    print(f"\nPSS of the console after each {every} of the calls, MB: {held}")


def print_looks(looks: Sequence[Mapping[str, Any]]) -> None:
    """The longest looks for cycles, with the generation and the thread that came to look."""
    print(f"\n{len(looks)} long looks for cycles")
    for one in sorted(looks, key=lambda one: -float(one["ms"]))[:SHOWN_LOOKS]:
        print(f"{one['ms']:.0f} ms, generation {one['generation']}, on {one['thread']}")


def slope(values: Sequence[float]) -> float:
    """How much the values rise from one to the next, by least squares."""
    middle, mean = (len(values) - 1) / 2, sum(values) / len(values)
    spread_of = sum((place - middle) ** 2 for place in range(len(values)))
    rise = sum((place - middle) * (value - mean) for place, value in enumerate(values))
    return rise / spread_of if spread_of else 0.0


@dataclass(frozen=True, slots=True)
class Blocks:
    """Delays of the GUI thread's events in one part of the run."""

    name: str
    told: list[dict[str, Any]]
    machine: StallWatch

    def figures(self) -> list[Figure]:
        stalled = max(self.machine.stalls_s, default=0.0) * 1000
        in_all = max(values(self.told, "ms"), default=0.0)
        apart = max(not_in_line(self.told), default=0.0)
        ran = max(values(self.told, "ran_ms"), default=0.0)
        name = f"longest block at {self.name}"
        return [
            Figure(name, "ms", in_all, stalled, greatest=BLOCK_LIMIT_MS),
            Figure(f"{name}, not in line", "ms", apart, greatest=BLOCK_LIMIT_MS),
            Figure(f"{name}, its processor time", "ms", ran, greatest=BLOCK_LIMIT_MS),
        ]

    def print_stacks(self) -> None:
        """The longest of the thread's own over the limit, the innermost call first."""
        over = [one for one in self.told if one["ms"] > BLOCK_LIMIT_MS]
        print(f"\nat {self.name}: {len(over)} blocks over {BLOCK_LIMIT_MS:.0f} ms")
        own = sorted(over, key=lambda one: float(one["queued_ms"]) - float(one["ms"]))
        for one in own[:SHOWN_BLOCKS]:
            print(f"{one['ms']:.0f} ms; ran {one['ran_ms']:.0f},"
                  f" stood in line for a processor {one['queued_ms']:.0f}")  # fmt: skip
            print("".join(f"    {line}\n" for line in one["stack"]), end="")
            idle = one["ms"] - one["ran_ms"] - one["queued_ms"] > IDLE_MS
            for other in one["others"][: None if idle else SHOWN_OTHERS]:
                print(f"    beside it {other['thread'] or '-'} ran {other['ran_ms']:.0f}:")
                print("".join(f"        {calls}\n" for calls in other["at"]), end="")


if __name__ == "__main__":
    raise SystemExit(main())
