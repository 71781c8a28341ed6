"""Replaces the open items of a workplace and the store of its signed handover reports."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from uuid import UUID

from console.features.handover.presenter import OpenWork
from sync.errors import StoreError
from sync.register.people.operators import Operator
from sync.register.people.shift import (
    HandoverRefusal,
    Line,
    Part,
    Sheet,
    SheetContent,
    Signature,
    accept_refusal,
    leave_refusal,
)

SIGNED_AT = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


@dataclass
class FakeSheets:
    """One report at a time; no items are open until a test sets them."""

    parts: dict[Part, tuple[Line, ...]] = field(default_factory=dict)
    unsent: int = 0
    last: Sheet | None = None
    trouble: StoreError | None = None
    asked_on: date | None = None
    held: bool = False  # signatures wait for the test
    waiting: list[Callable[[], None]] = field(default_factory=list)

    def __call__(self, today: date) -> OpenWork:
        if self.trouble is not None:
            raise self.trouble
        self.asked_on = today
        return OpenWork(self.parts, self.unsent, self.last)

    def last_sheet(self) -> Sheet | None:
        return self.last

    def leave(self, by: Operator, content: SheetContent) -> Future[Sheet | HandoverRefusal]:
        refused = leave_refusal(by)
        if refused is not None:
            return self._told(refused)
        signature = Signature(by.id, by.name, SIGNED_AT)
        return self._told(Sheet(UUID(int=41), content, signature))

    def accept(self, by: Operator, sheet_id: UUID) -> Future[Sheet | HandoverRefusal]:
        assert self.last is not None
        assert self.last.id == sheet_id
        refused = accept_refusal(self.last, by)
        if refused is not None:
            return self._told(refused)
        return self._told(replace(self.last, accepted=Signature(by.id, by.name, SIGNED_AT)))

    def _told(self, outcome: Sheet | HandoverRefusal) -> Future[Sheet | HandoverRefusal]:
        future: Future[Sheet | HandoverRefusal] = Future()

        def tell() -> None:
            if self.trouble is not None:
                future.set_exception(self.trouble)
                return
            if isinstance(outcome, Sheet):
                self.last = outcome
            future.set_result(outcome)

        if self.held:
            self.waiting.append(tell)
        else:
            tell()
        return future

    def write(self) -> None:
        """Commits the held writes."""
        for tell in self.waiting:
            tell()
        self.waiting.clear()
        self.held = False
