"""Cost of a keystroke, a build and a change, compared with plain FTS5 and tantivy in the same run.

    python -m tests.benchmarks.kb_search [--entries 50000] [--queries 40] [--only NAME]

Queries of every kind are typed letter by letter. Times are CPU times of the process, which a busy
machine affects little; the generation of the entries is excluded. Memory is the growth of a new
process that opens the index and answers. The required values are printed next to the directory's
figures.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from kb.entries.entries import Entry
from tests.benchmarks.measured_phone import footprint_of
from tests.benchmarks.search.engines import Engine, engines
from tests.benchmarks.search.fill import filled
from tests.benchmarks.search.queries import Domain, entries_of, queries_of

PEER_SHARE = 10  # every 10th keystroke is also sent to a peer: some are slow
CHANGES = 100
REMEMBERED = 300  # keystrokes before a process's memory is measured
SMALL = 50_000
KEYSTROKE_MS = {SMALL: 6.0, 500_000: 20.0}  # p95
BUILD_S = {SMALL: 6.0}
CHANGE_MS = 1.0
MEMORY_MB = {SMALL: 150.0}
OURS = "directory"

Value = TypeVar("Value")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--entries", type=int, default=SMALL)
    parser.add_argument("--queries", type=int, default=40, help="typed letter by letter")
    parser.add_argument("--only", default="", help="the engine whose name begins so")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--memory-of", type=Path, help=argparse.SUPPRESS)
    parsed = parser.parse_args()
    chosen = [engine for engine in engines() if engine.name.startswith(parsed.only)]
    given = entries_of(Domain.MUNICIPAL)
    typed = keystrokes(given, parsed.queries, parsed.seed)
    if parsed.memory_of is not None:
        print(f"{grown_mb(chosen[0], parsed.memory_of, typed):.0f}")
        return 0
    print(f"{parsed.entries} entries, {len(typed)} keystrokes, one in {PEER_SHARE} of a peer's")
    for engine in chosen:
        with tempfile.TemporaryDirectory() as folder:
            measure(engine, Path(folder), given, typed, parsed)
    return 0


def measure(
    engine: Engine,
    folder: Path,
    given: Sequence[Entry],
    typed: Sequence[str],
    parsed: argparse.Namespace,
) -> None:
    """Print the figures of one engine."""
    size, ours = parsed.entries, engine.name == OURS
    texts = Timed(filled(given, size, parsed.seed))
    engine.open(folder)
    started = time.process_time()
    engine.build(texts)
    build_s = time.process_time() - started - texts.spent_s
    print(f"\n{engine.name}")
    print(f"  build        cpu {build_s:.1f} s{limit(BUILD_S.get(size), 's', ours)}")
    asked = typed if ours else typed[::PEER_SHARE]
    first = cpu_ms(engine.search, asked[:1])
    print_times("keystroke", cpu_ms(engine.search, asked), KEYSTROKE_MS.get(size), ours)
    print(f"  first after the build {first[0]:.1f} ms")
    # A new word in the title and one in the text, like an editor's correction.
    changed = [
        replace(entry, title=f"{entry.title} уточнено", body=f"{entry.body} Правка {number}.")
        for number, entry in enumerate(given[:CHANGES], start=1)
    ]
    changes = cpu_ms(lambda entry: engine.put([entry]), changed)
    print_times("change", changes, CHANGE_MS, ours)
    engine.close()
    memory_mb = memory_of(engine, folder, parsed)
    print(f"  memory       +{memory_mb} MB{limit(MEMORY_MB.get(size), 'MB', ours)}")
    print(f"  files        {files_mb(folder):.0f} MB", flush=True)


class Timed(Iterable[Entry]):
    """Entries, and the processor time that their making took."""

    def __init__(self, entries: Iterator[Entry]) -> None:
        self._entries = entries
        self.spent_s = 0.0

    def __iter__(self) -> Iterator[Entry]:
        while True:
            started = time.process_time()
            entry = next(self._entries, None)
            self.spent_s += time.process_time() - started
            if entry is None:
                return
            yield entry


def keystrokes(given: Sequence[Entry], count: int, seed: int) -> list[str]:
    """Queries of all kinds, each as it grows letter by letter."""
    chance = random.Random(seed)  # noqa: S311
    queries = queries_of(Domain.MUNICIPAL, given, 20, seed)
    return [
        query.text[:length]
        for query in chance.sample(queries, count)
        for length in range(1, len(query.text) + 1)
    ]


def cpu_ms(act: Callable[[Value], object], values: Iterable[Value]) -> list[float]:
    """Processor milliseconds of each call."""
    spent = []
    for value in values:
        started = time.process_time()
        act(value)
        spent.append((time.process_time() - started) * 1000)
    return spent


def memory_of(engine: Engine, folder: Path, parsed: argparse.Namespace) -> str:
    """What a fresh process grows by with the index of the folder."""
    command = [
        sys.executable, "-m", "tests.benchmarks.kb_search", "--only", engine.name,
        "--memory-of", str(folder), "--queries", str(parsed.queries), "--seed", str(parsed.seed),
    ]  # fmt: skip
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def grown_mb(engine: Engine, folder: Path, typed: Sequence[str]) -> float:
    before = resident_mb()
    engine.open(folder)
    for text in random.Random(0).sample(typed, min(REMEMBERED, len(typed))):  # noqa: S311
        engine.search(text)
    return resident_mb() - before


def resident_mb() -> float:
    return footprint_of(os.getpid()).resident_mb


def print_times(name: str, spent_ms: Sequence[float], limit_ms: float | None, ours: bool) -> None:
    ordered = sorted(spent_ms)
    p50, p95, p99 = (
        ordered[min(len(ordered) - 1, int(share * len(ordered)))] for share in (0.5, 0.95, 0.99)
    )
    print(
        f"  {name:<12} cpu p50 {p50:.2f}  p95 {p95:.2f}{limit(limit_ms, 'ms', ours)}"
        f"  p99 {p99:.2f}  worst {ordered[-1]:.1f} ms (n={len(ordered)})"
    )


def limit(value: float | None, unit: str, ours: bool) -> str:
    return f" (at most {value:g} {unit})" if ours and value is not None else ""


def files_mb(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


if __name__ == "__main__":
    sys.exit(main())
