"""1,000 power cuts: the encrypted store, the same without encryption, and one that must lose.

Run as ``python -m tests.benchmarks.power_cuts [cuts]``. A process saves calls while every write and
sync below its store is recorded. The record is cut at random points, and the resulting store is
opened: once with all unsynced writes dropped, once with random sectors of them applied. Exit status
1 if a figure is missed.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from sync.store.local.keys import make_key, write_key_file
from sync.store.local.register import RegisterStore
from tests.benchmarks.figures import Figure, print_figures
from tests.fakes.memory_folder import memory_folder
from tests.fakes.plain_store import open_plain
from tests.fakes.power_replay import STORE, Outcome, one_place, record_run, replay

_CALLS = 200
_CUTS = 1000


def _run(points: int, *options: str) -> Outcome:
    key = make_key()
    open_store: Callable[[Path], RegisterStore] = (
        open_plain
        if "--plain" in options
        else lambda path: RegisterStore.open(path, key, place=one_place)
    )
    with (
        tempfile.TemporaryDirectory() as live,
        tempfile.TemporaryDirectory(dir=memory_folder()) as disk,
    ):
        store, record = Path(live) / STORE, Path(live) / "record"
        write_key_file(key, store)
        open_store(store).close_store()
        before = {STORE: store.read_bytes()}
        record_run(store, record, _CALLS, *options)
        return replay(before, record, Path(disk), open_store, points=points)


def main() -> int:
    """Prints the losses; returns 1 if a limit is missed."""
    cuts = int(sys.argv[1]) if len(sys.argv) > 1 else _CUTS
    figures = []
    for name, options in (("encrypted", ()), ("plain", ("--plain",))):
        outcome = _run(cuts // 2, *options)
        figures += [
            Figure(f"{name}: cuts", "count", outcome.cuts),
            Figure(f"{name}: cuts that lost what was told", "count", outcome.lost, greatest=0),
            Figure(f"{name}: stores not to be opened", "count", outcome.unreadable, greatest=0),
            Figure(f"{name}: numbers given twice", "count", outcome.doubled, greatest=0),
        ]
    broken = _run(max(10, cuts // 10), "--synchronous", "NORMAL")
    share = 100 * broken.lost / broken.cuts
    figures += [
        Figure("synchronous=NORMAL: cuts that lost", "%", share, least=25),
        Figure("synchronous=NORMAL: most records lost", "count", broken.most_lost, least=1),
        Figure("synchronous=NORMAL: numbers given twice", "count", broken.doubled, least=1),
    ]
    return 0 if print_figures(figures, "peer") else 1


if __name__ == "__main__":
    sys.exit(main())
