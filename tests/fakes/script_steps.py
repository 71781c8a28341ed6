"""In-memory ticks of script steps, with writes that may fail."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from uuid import UUID

from sync.errors import StoreUnavailable
from sync.register.calls.scripts import TickedStep
from sync.register.people.operators import Operator


class FakeScriptSteps:
    """While ``refusing`` a write fails and changes nothing."""

    def __init__(self) -> None:
        self.kept: dict[UUID, dict[str, TickedStep]] = {}
        self.refusing = False

    def of(self, call_id: UUID) -> tuple[TickedStep, ...]:
        return tuple(self.kept.get(call_id, {}).values())

    def keep(self, call_id: UUID, ticked: TickedStep, by: Operator) -> Future[None]:
        return self._written(
            lambda: self.kept.setdefault(call_id, {}).update({ticked.step: ticked})
        )

    def drop(self, call_id: UUID, step: str) -> Future[None]:
        return self._written(lambda: self.kept.get(call_id, {}).pop(step, None))

    def _written(self, work: Callable[[], object]) -> Future[None]:
        future: Future[None] = Future()
        if self.refusing:
            future.set_exception(StoreUnavailable("full"))
            return future
        work()
        future.set_result(None)
        return future
