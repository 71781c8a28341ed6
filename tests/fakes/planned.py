"""In-memory scheduled callbacks with the rules of the store."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from uuid import UUID

from sync.errors import StoreUnavailable
from sync.register.calls.planned import PlannedCall, PlannedOutcome, reminded, step_of, stepped
from sync.register.people.operators import Operator
from sync.store.local.calls.planned import Noted


class FakePlanned:
    """Stores callbacks; while ``refusing`` writes fail, while ``held`` they wait."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.calls: dict[UUID, PlannedCall] = {}
        self.refusing = self.held = False
        self._waiting: list[Callable[[], None]] = []
        self._clock = clock

    def still_open(self) -> tuple[PlannedCall, ...]:
        return tuple(one for one in self.calls.values() if one.outcome is None)

    def add(self, call: PlannedCall) -> Future[PlannedCall]:
        future: Future[PlannedCall] = Future()

        def tell() -> None:
            if self.refusing:
                future.set_exception(StoreUnavailable("SQLITE_FULL"))
            else:
                self.calls[call.id] = call
                future.set_result(call)

        if self.held:
            self._waiting.append(tell)
        else:
            tell()
        return future

    def write(self) -> None:
        """Commits the held writes."""
        for tell in self._waiting:
            tell()
        self._waiting.clear()
        self.held = False

    def note(self, id: UUID, outcome: PlannedOutcome, by: Operator) -> Future[Noted | None]:
        future: Future[Noted | None] = Future()
        call = self.calls.get(id)
        if call is None or call.outcome is not None:
            future.set_result(None if call is None else Noted(call, is_taken=False))
            return future
        self.calls[id] = stepped(call, step_of(call, outcome, self._clock(), by, id))
        future.set_result(Noted(self.calls[id], is_taken=True))
        return future

    def remind(self, id: UUID, by: Operator) -> Future[None]:
        future: Future[None] = Future()
        call = self.calls[id]
        self.calls[id] = stepped(call, reminded(call, self._clock(), by, id))
        future.set_result(None)
        return future
