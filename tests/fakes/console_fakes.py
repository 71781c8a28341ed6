"""Dependencies of the console's presenters in tests: people, time, threads, signals."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject

from console.shared.directory.hits import CityDays
from console.shared.texts.findings import ClearingReasons
from sync.register.people.operators import Operator, Role
from sync.store.local.messages.notices import CallOutcome, KeptNotice

P = ParamSpec("P")
T = TypeVar("T")

AREA_CODE = "87999"
RANG_AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)

OPERATOR = Operator(
    UUID("01900000-0000-7000-8000-000000000001"), "probova", "Пробова Анна Петровна", Role.OPERATOR
)
SUPERVISOR = Operator(
    UUID("01900000-0000-7000-8000-000000000002"), "starshaya", "Старшая Нина", Role.SUPERVISOR
)

USUAL_DAYS = CityDays(lambda _day: True, lambda _day: False)


class Clock:
    """A clock that moves only when the test sets it."""

    def __init__(self, now: datetime = RANG_AT) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class InlineExecutor(Executor):
    """Runs submitted work immediately in the caller's thread."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # as the standard executors do
            future.set_exception(error)
        return future


class HeldExecutor(Executor):
    """Holds submitted work until the test runs it, in the order the test chooses."""

    def __init__(self) -> None:
        self.jobs: list[Callable[[], None]] = []

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()

        def run() -> None:
            try:
                future.set_result(fn(*args, **kwargs))
            except Exception as error:  # as the standard executors do
                future.set_exception(error)

        self.jobs.append(run)
        return future

    def run(self, index: int) -> None:
        self.jobs[index]()


def clearing_reasons(owner: QObject) -> ClearingReasons:
    """Clearing reasons of the only operator."""
    return ClearingReasons(operator=lambda: OPERATOR, parent=owner)


class Told:
    """Collects the arguments of a signal."""

    def __init__(self, signal: Any) -> None:
        self.values: list[Any] = []
        signal.connect(self._take)

    def _take(self, *values: Any) -> None:
        self.values.append(values[0] if len(values) == 1 else values)


def new_ids(first: int = 5000) -> Callable[[], UUID]:
    """Returns a generator function of consecutive identities."""
    numbers = count(first)
    return lambda: UUID(int=next(numbers))


class NoCalls:
    """An outbox without notifications and callbacks."""

    def of_message(self, message_id: UUID) -> tuple[KeptNotice, ...]:
        return ()

    def due_calls(self, at: datetime) -> tuple[KeptNotice, ...]:
        return ()

    def failed_since(self, since: datetime) -> tuple[KeptNotice, ...]:
        return ()

    def note_call(
        self, id: UUID, outcome: CallOutcome, by: Operator, at: datetime
    ) -> Future[KeptNotice]:
        raise NotImplementedError
