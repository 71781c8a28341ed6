"""Upgrades of a store, killed before each single change, with and without a transaction.

Run as ``python -m tests.benchmarks.killed_migrations``. The store has rows in its outbox and lacks
a test revision. After each kill it is opened as at the next start, and its rows are compared. Exit
status 1 if a figure misses its limit.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from sync.errors import StoreError
from sync.store import migrations
from sync.store.local.keys import make_key, write_key_file
from sync.store.local.register import RegisterStore
from tests.benchmarks.figures import Figure, print_figures
from tests.fakes.filled_store import make_filled_store, outbox_rows
from tests.fakes.second_revision import tree_with_second_revision

ROOT = Path(__file__).parents[2]


@dataclass(slots=True)
class _Outcome:
    killed: int = 0
    lost_rows: int = 0
    never_opened: int = 0


def main() -> int:
    """Prints the figures; returns 1 if one is missed."""
    whole, piecemeal = _run(), _run("--piecemeal")
    figures = (
        Figure("upgrades killed", "count", whole.killed, least=15),
        Figure("stores not to be upgraded after", "count", whole.never_opened, greatest=0),
        Figure("stores with other rows in the outbox", "count", whole.lost_rows, greatest=0),
        Figure("without a transaction: killed", "count", piecemeal.killed),
        Figure("without a transaction: never upgraded", "count", piecemeal.never_opened, least=1),
    )
    return 0 if print_figures(figures, "peer") else 1


def _run(*options: str) -> _Outcome:
    outcome = _Outcome()
    with tempfile.TemporaryDirectory() as place:
        path, key = Path(place) / "register.db", make_key()
        write_key_file(key, path)
        before = make_filled_store(path, key)
        tree = tree_with_second_revision(migrations.LOCAL, Path(place))
        options = ("--tree", str(tree), *options)
        command = [sys.executable, "-m", "tests.fakes.migrating_child", str(path), *options]
        told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        steps = [int(line.split()[0]) for line in told.stdout.splitlines()]
        for step in steps[:-1]:  # the last one finished
            outcome.killed += 1
            try:
                migrations.LOCAL = tree
                store = RegisterStore.open(path.parent / f"step-{step}" / path.name, key)
                store.check()
            except (StoreError, DBAPIError):
                outcome.never_opened += 1
                continue
            outcome.lost_rows += outbox_rows(store) != before
            store.close_store()
    return outcome


if __name__ == "__main__":
    sys.exit(main())
