"""A console of the phone process for tests, and checks of real processes."""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from telephony.events import ConsoleAsked, PhoneEvent, ToConsole
from telephony.link.local_socket import Door
from telephony.link.protocol import PROTOCOL_VERSION, Hello, Shutdown, encode
from telephony.link.spawn import SpawnedProcess
from telephony.process import PhoneProcess
from telephony.settings import PhoneSettings
from tests.fakes.phone_bench import NEIGHBOURS

E = TypeVar("E")


class Console:
    """A handle on the phone process with awaitable events; ``hang`` makes it a window that reads
    nothing, ``wake`` makes it read everything.
    """

    def __init__(
        self,
        directory: Path,
        linger_s: float = 1.0,
        settings: PhoneSettings = NEIGHBOURS,
        ahead: SpawnedProcess | None = None,
    ) -> None:
        self._events: queue.Queue[PhoneEvent] = queue.Queue()
        self.process = PhoneProcess(settings, directory, self._hear, linger_s=linger_s, ahead=ahead)
        self._turn = threading.Lock()
        self.process.start()

    def _hear(self, event: ToConsole) -> None:
        with self._turn:
            if isinstance(event, ConsoleAsked):
                self.process.tell_here(event.number)
            else:
                self._events.put(event)

    def hang(self) -> None:
        self._turn.acquire()

    def wake(self) -> None:
        self._turn.release()

    def expect(
        self, kind: type[E], where: Callable[[E], bool] = lambda _: True, timeout_s: float = 15.0
    ) -> E:
        deadline_s = time.monotonic() + timeout_s
        while True:
            event: Any = self._events.get(timeout=max(0.0, deadline_s - time.monotonic()))
            if isinstance(event, kind) and where(event):
                return event


def end_what_a_failure_has_left(directory: Path) -> None:
    """Ends the phone process; with an unconfirmed call it would run for an hour."""
    connection, token = Door(directory / "phone.sock").connect(2.0)
    with connection:
        connection.sendall(encode(Hello(PROTOCOL_VERSION, os.getpid(), token)) + encode(Shutdown()))
        while connection.recv(1 << 16):
            pass


def wait_until(condition: Callable[[], bool], timeout_s: float = 15.0) -> float:
    began_s = time.monotonic()
    while not condition():
        assert time.monotonic() - began_s < timeout_s, "condition did not hold in time"
        time.sleep(0.01)
    return time.monotonic() - began_s


def runs(process_id: int) -> bool:
    """Whether the process is alive; a zombie counts as dead."""
    try:
        status = Path(f"/proc/{process_id}/stat").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rpartition(")")[2].split()[0] != "Z"
