"""The console itself, telling when its window waits for a store, a server or a pause.

Run as ``python -m tests.fakes.waits_of_the_window FILE OPTIONS_OF_THE_CONSOLE``. One JSON line in
the file for each statement, connection and pause on the GUI thread, with the calls that led to it.
The program is the product's own; it is only listened to.
"""

from __future__ import annotations

import json
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from traceback import extract_stack
from typing import Any

from sqlalchemy import Engine, event

from console.__main__ import main as run_console

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("console", "kb", "sync", "telephony")
TOLD = frozenset({"socket.connect", "socket.getaddrinfo", "subprocess.Popen", "time.sleep"})
FRAMES = 8


class Waits:
    """Notes them, with nothing of what was read or written."""

    def __init__(self, file: Path) -> None:
        self._stream = file.open("a", encoding="utf-8", buffering=1)
        self._gui = threading.get_ident()

    def note(self, kind: str) -> None:
        if threading.get_ident() == self._gui:
            line = {"at": datetime.now(UTC).isoformat(), "kind": kind, "stack": own_calls()}
            self._stream.write(json.dumps(line) + "\n")

    def connected(self, connection: Any, _record: object) -> None:
        """Each statement of a store's connection is told by the thread that runs it."""
        self.note("connection")
        connection.set_trace_callback(lambda _statement: self.note("statement"))

    def audited(self, name: str, _details: object) -> None:
        if name in TOLD:
            self.note(name)


def own_calls() -> list[str]:
    """The last calls of the product's own code, the innermost first."""
    calls = []
    for frame in reversed(extract_stack()):
        file = Path(frame.filename)
        if file.is_relative_to(ROOT) and file.relative_to(ROOT).parts[0] in PARTS:
            calls.append(f"{file.relative_to(ROOT)}:{frame.lineno} {frame.name}")
    return calls[:FRAMES]


def main() -> int:
    waits = Waits(Path(sys.argv[1]))
    event.listen(Engine, "connect", waits.connected)
    sys.addaudithook(waits.audited)
    return run_console(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
