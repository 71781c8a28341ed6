"""Stores opened by processes that kill themselves, each before another change of the schema.

``python -m tests.fakes.migrating_child STORE [--tree FOLDER] [--every N] [--piecemeal]``: process
number n opens ``step-n/register.db`` in the folder of STORE, with STORE's key, and kills itself
before its n-th change. If STORE exists, each process has a copy of it; otherwise it creates one.
FOLDER is a revision tree to use instead of the program's. Each line has the step and the exit code
of its process; the last process finished. The processes are forked from this one, which loads the
modules once. ``--piecemeal`` commits after each change, as migrations do on SQLite without a
transaction, to prove that the tests detect this.
"""

from __future__ import annotations

import argparse
import itertools
import os
import shutil
import signal
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from sync.store import migrations
from sync.store.local.keys import StoreKey, find_key
from sync.store.local.register import RegisterStore

CHANGES = ("CREATE", "INSERT", "ALTER", "DROP", "UPDATE", "COMMIT")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("store", type=Path)
    parser.add_argument("--tree", type=Path, default=migrations.LOCAL)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--piecemeal", action="store_true")
    options = parser.parse_args()
    path: Path = options.store
    migrations.LOCAL = options.tree
    key = find_key(path)
    if key is None:
        raise SystemExit("no key")
    for step in itertools.count(1, options.every):
        target = path.parent / f"step-{step}" / path.name
        if path.exists():
            target.parent.mkdir()
            shutil.copyfile(path, target)
        child = os.fork()
        if child == 0:
            open_until(target, key, step, is_piecemeal=options.piecemeal)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(step, os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201
        if not os.WIFSIGNALED(status):
            return


def open_until(path: Path, key: StoreKey, fatal: int, *, is_piecemeal: bool) -> None:
    """Open the store and close it, unless the fatal change comes before."""
    count = 0

    if is_piecemeal:

        @event.listens_for(Engine, "after_cursor_execute")
        def executed(_connection: Any, cursor: Any, statement: str, *_rest: Any) -> None:
            if statement.lstrip().upper().startswith(CHANGES):
                cursor.connection.execute("COMMIT")
                cursor.connection.execute("BEGIN IMMEDIATE")

    def one_more() -> None:
        nonlocal count
        count += 1
        if count == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    @event.listens_for(Engine, "before_cursor_execute")
    def executing(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith(CHANGES):
            one_more()

    @event.listens_for(Engine, "commit")
    def committing(_connection: Any) -> None:
        one_more()

    RegisterStore.open(path, key).close_store()


if __name__ == "__main__":
    main()
