"""Background threads that restart after a bug, and their health for status and diagnostics.

The health of all services of a console is saved in a file next to its local database, which other
processes read.
"""

from __future__ import annotations

import logging
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from types import TracebackType

from sync.errors import StoreUnavailable
from sync.exchange.failures import grown_s
from sync.store.local.sidecar_files import read_json, write_json

LOG = logging.getLogger(__name__)


class ServiceState(StrEnum):
    """State of a service thread."""

    RUNNING = "running"
    BACKING_OFF = "backing_off"
    """Ended by a bug; restarts after a delay."""
    STOPPED = "stopped"
    """Not started, or stopped on request."""


@dataclass(frozen=True, slots=True)
class Health:
    """Health of one service; ``bug`` is the type of the last exception that ended it."""

    name: str
    state: ServiceState
    since: datetime
    restarts: int = 0
    bug: str = ""


@dataclass(frozen=True, slots=True)
class RestartPace:
    """Restart delays in seconds, doubled after each bug; a run of ``longest_s`` resets them."""

    first_s: float = 1.0
    longest_s: float = 300.0


class Service(ABC):
    """Thread that runs ``_run`` until ``stop`` and restarts it with backoff after a bug.

    The exception is passed to ``threading.excepthook``, as for any thread. Set ``restart_pace``
    before ``start``.
    """

    def __init__(self, name: str) -> None:
        self.restart_pace = RestartPace()
        self._stopping = threading.Event()
        self._restarting = threading.Lock()
        self._health = Health(name, ServiceState.STOPPED, datetime.now(UTC))
        self._bugs_in_a_row = 0
        self._changed: Callable[[], None] = lambda: None
        self._thread = self._new_thread(wait_s=0.0)

    @abstractmethod
    def _run(self) -> None:
        """Works until ``_stopping`` is set; runs on the service thread.

        An exception must leave a state in which the next run can work.
        """

    def _interrupt(self) -> None:  # noqa: B027  most wait for ``_stopping`` alone
        """Ends a wait of ``_run`` after ``_stopping`` was set."""

    def start(self) -> None:
        self._thread.start()

    @property
    def health(self) -> Health:
        """Current health. Thread-safe."""
        return self._health

    def on_change(self, changed: Callable[[], None]) -> None:
        """Sets a callback for health changes; it runs on the service thread."""
        self._changed = changed

    def is_running(self) -> bool:
        """Whether the service is in its first run: False before the start, after the end, and after
        a bug.
        """
        return self._health.state is ServiceState.RUNNING and not self._health.restarts

    def stop(self, deadline_s: float) -> bool:
        """Stops after the current work; True if the thread has ended by the deadline."""
        self._halt()
        return self._join(deadline_s)

    def _halt(self) -> None:
        with self._restarting:
            self._stopping.set()
        self._interrupt()

    def _join(self, deadline_s: float) -> bool:
        self._thread.join(deadline_s)
        return not self._thread.is_alive()

    def _new_thread(self, wait_s: float) -> threading.Thread:
        return threading.Thread(
            target=self._live, args=(wait_s,), name=self._health.name, daemon=True
        )

    def _live(self, wait_s: float) -> None:
        if self._stopping.wait(wait_s):
            self._note(ServiceState.STOPPED)
            return
        self._note(ServiceState.RUNNING)
        with ExitStack() as life:
            life.push(partial(self._ended, time.monotonic()))
            self._run()

    def _ended(
        self,
        began_s: float,
        kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Starts another thread after a bug; this one ends with the exception."""
        with self._restarting:
            if kind is None or self._stopping.is_set():
                self._note(ServiceState.STOPPED)
                return
            pace = self.restart_pace
            if time.monotonic() - began_s >= pace.longest_s:
                self._bugs_in_a_row = 0
            wait_s = grown_s(pace.first_s, pace.longest_s, self._bugs_in_a_row)
            self._bugs_in_a_row += 1
            restarts = self._health.restarts + 1
            self._health = replace(self._health, restarts=restarts, bug=kind.__name__)
            self._note(ServiceState.BACKING_OFF)
            self._thread = self._new_thread(wait_s)
            self._thread.start()

    def _note(self, state: ServiceState) -> None:
        self._health = replace(self._health, state=state, since=datetime.now(UTC))
        self._changed()


class ServiceBoard:
    """Services of one console; saves their health next to the local database. Thread-safe."""

    def __init__(self, store_file: Path | None) -> None:
        """Creates the board; without a file the health is available in this process only."""
        self._file = None if store_file is None else _file_of(store_file)
        self._lock = threading.Lock()
        self._services: list[Service] = []
        self._is_unwritten = False

    def add(self, service: Service) -> None:
        """Adds a service; call before its start."""
        with self._lock:
            self._services.append(service)
        service.on_change(self._write)

    def health(self) -> tuple[Health, ...]:
        with self._lock:
            return tuple(service.health for service in self._services)

    def _write(self) -> None:
        if self._file is None:
            return
        with self._lock:
            stored = health_facts([service.health for service in self._services])
            try:
                write_json(self._file, stored, StoreUnavailable)
            except StoreUnavailable as error:
                if not self._is_unwritten:
                    LOG.warning("services: health file not written: %s", error.code)
                self._is_unwritten = True
            else:
                self._is_unwritten = False


def read_services(store_file: Path) -> tuple[Health, ...]:
    """Returns the last saved health of the services; empty without a file.

    A file in another format counts as missing; the next start replaces it.
    """
    try:
        rows = read_json(_file_of(store_file), StoreUnavailable)
        return tuple(
            Health(
                row["name"],
                ServiceState(row["state"]),
                datetime.fromisoformat(row["since"]),
                row["restarts"],
                row["bug"],
            )
            for row in rows
        )
    except (FileNotFoundError, StoreUnavailable, KeyError, TypeError, ValueError):
        return ()


def troubled(services: Sequence[Health]) -> tuple[Health, ...]:
    """Returns the services that a bug has ended since their start."""
    return tuple(service for service in services if service.restarts)


def health_facts(services: Sequence[Health]) -> list[dict[str, str | int]]:
    """Returns the health in a form for JSON, without personal data."""
    return [
        {
            "name": service.name,
            "state": service.state.value,
            "since": service.since.isoformat(),
            "restarts": service.restarts,
            "bug": service.bug,
        }
        for service in services
    ]


def _file_of(store_file: Path) -> Path:
    return store_file.with_name("services.json")
