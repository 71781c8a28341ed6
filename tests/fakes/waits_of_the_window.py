"""Runs the console and records each wait of its GUI thread for a store, server, thread or pause.

Run as ``python -m tests.fakes.waits_of_the_window FILE OPTIONS_OF_THE_CONSOLE``. The file gets one
JSON line for each statement, connection, pause and wait for another thread on the GUI thread, with
its call stack. Two waits are not recorded: the wait of Thread.start() until the thread runs, and
the wait for a lock held by another thread. The program is the unchanged product; it is only
observed.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from traceback import extract_stack
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import Engine, create_engine, event, text

from console.__main__ import main as run_console

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("console", "kb", "sync", "telephony")
TOLD = frozenset(
    {"os.posix_spawn", "socket.connect", "socket.getaddrinfo", "subprocess.Popen", "time.sleep"}
)
FRAMES = 8
P = ParamSpec("P")
T = TypeVar("T")


class Waits:
    """Records waits without the data that was read or written."""

    def __init__(self, file: Path) -> None:
        self._stream = file.open("a", encoding="utf-8", buffering=1)
        self._gui = threading.get_ident()
        self._starts = 0  # thread starts; they are never nested

    def note(self, kind: str) -> None:
        if threading.get_ident() == self._gui:
            line = {"at": datetime.now(UTC).isoformat(), "kind": kind, "stack": own_calls()}
            self._stream.write(json.dumps(line) + "\n")

    def connected(self, connection: Any, _record: object) -> None:
        """Records each statement of a store's connection on the thread that runs it."""
        self.note("connection")
        if hasattr(connection, "set_trace_callback"):  # that of the central database has none
            connection.set_trace_callback(lambda _statement: self.note("statement"))

    def audited(self, name: str, _details: object) -> None:
        if name in TOLD:
            self.note(name)

    def listen_to_threads(self) -> None:
        """Futures, events and queues all wait on a condition; joining a thread does not.

        All three are called only if there is something to wait for, or next to nothing.
        """
        threading.Condition.wait = self._told(threading.Condition.wait, "wait")  # type: ignore[method-assign]  # listened to
        threading.Thread.join = self._told(threading.Thread.join, "join")  # type: ignore[method-assign]  # listened to
        threading.Thread.start = self._counted(threading.Thread.start)  # type: ignore[method-assign]  # listened to

    def _told(self, listened: Callable[P, T], kind: str) -> Callable[P, T]:
        def call(*args: P.args, **kwargs: P.kwargs) -> T:
            # A semaphore acquired without blocking, as before a thread is added to others, waits
            # for 0 s.
            if not self._starts and (*args[1:], *kwargs.values()) != (0,):
                self.note(kind)
            return listened(*args, **kwargs)

        return call

    def _counted(self, listened: Callable[P, T]) -> Callable[P, T]:
        def call(*args: P.args, **kwargs: P.kwargs) -> T:
            is_told = threading.get_ident() == self._gui
            self._starts += is_told
            try:
                return listened(*args, **kwargs)
            finally:
                self._starts -= is_told

        return call


def own_calls() -> list[str]:
    """Returns the last calls of the product's own code, the innermost first."""
    calls = []
    for frame in reversed(extract_stack()):
        file = Path(frame.filename)
        if file.is_relative_to(ROOT) and file.relative_to(ROOT).parts[0] in PARTS:
            calls.append(f"{file.relative_to(ROOT)}:{frame.lineno} {frame.name}")
    return calls[:FRAMES]


def ask_a_store_and_a_thread() -> None:
    """Makes one wait of each kind outside the product's code; their records prove that the listener
    works.
    """
    with create_engine("sqlite://").connect() as connection:
        connection.execute(text("SELECT 1"))
    with ThreadPoolExecutor(1) as threads:
        threads.submit(time.sleep, 0.1).result()


def main() -> int:
    waits = Waits(Path(sys.argv[1]))
    event.listen(Engine, "connect", waits.connected)
    sys.addaudithook(waits.audited)
    waits.listen_to_threads()
    ask_a_store_and_a_thread()
    return run_console(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
