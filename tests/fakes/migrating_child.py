"""Stores opened by processes that kill themselves, each before another change of the schema.

``python -m tests.fakes.migrating_child STORE``: process number n opens ``step-n/register.db``
beside STORE, with STORE's key, and kills itself before its n-th change. The exit code of each is
a line; the last is that of the first one that came to its end. They are forked from this one, so
that the modules are loaded once.
"""

from __future__ import annotations

import itertools
import os
import signal
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from sync.store.keys import StoreKey, find_key
from sync.store.register import RegisterStore

CHANGES = ("CREATE", "INSERT", "ALTER", "DROP", "UPDATE", "COMMIT")


def main(path: Path) -> None:
    key = find_key(path)
    if key is None:
        raise SystemExit("no key")
    for step in itertools.count(1):
        child = os.fork()
        if child == 0:
            open_until(path.parent / f"step-{step}" / path.name, key, step)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201
        if not os.WIFSIGNALED(status):
            return


def open_until(path: Path, key: StoreKey, fatal: int) -> None:
    """Open the store and close it, unless the fatal change comes before."""
    count = 0

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
    main(Path(sys.argv[1]))
