"""A process that opens a store and kills itself before its n-th change of the schema.

``python -m tests.fakes.migrating_child STORE N``; it ends by itself with 0 when there are fewer.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from sync.store.keys import find_key
from sync.store.register import RegisterStore

CHANGES = ("CREATE", "INSERT", "ALTER", "DROP", "UPDATE", "COMMIT")


def main(path: Path, fatal: int) -> None:
    key = find_key(path)
    if key is None:
        raise SystemExit("no key")
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
    main(Path(sys.argv[1]), int(sys.argv[2]))
