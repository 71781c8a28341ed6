"""Fifteen seconds to take a decision back, in place of "are you sure?" (7.6, 9.5)."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from console import words
from console.bridge import Deliveries
from console.presenters.notices import LONG_S, Notice
from sync.errors import StoreError
from sync.register.handling.events import Event
from sync.register.handling.handled import StepDone
from sync.register.handling.history import StepRefused
from sync.register.handling.standing import UNDO, UNDOABLE
from sync.register.operators import Operator

TICK_MS = 250


class TakeBackPort(Protocol):
    """What is needed of the handling of messages; the future resolves after COMMIT."""

    def take_back(
        self, message_id: UUID, event_id: UUID, by: Operator
    ) -> "Future[StepDone | StepRefused]": ...


@dataclass(frozen=True, slots=True)
class UndoState:
    """What can be taken back: the words of it, its message's number, and whole seconds left."""

    text: str
    number: str
    seconds: int


class Undo(QObject):
    """The newest decision of this desk while it can be taken back; belongs to the GUI thread."""

    changed = Signal(object)  # UndoState | None
    undone = Signal(object)  # StepDone
    told = Signal(object)  # Notice

    def __init__(
        self,
        handling: TakeBackPort,
        deliveries: Deliveries,
        *,
        operator: Callable[[], Operator],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._handling = handling
        self._deliveries = deliveries
        self._operator = operator
        self._clock = clock
        self._decision: Event | None = None
        self._number = ""
        self._state: UndoState | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)

    @property
    def state(self) -> UndoState | None:
        return self._state

    def offer(self, done: StepDone) -> None:
        """Offer to take back what was just done, where it is a decision that can be."""
        decisions = [event for event in done.events if event.step in UNDOABLE]
        # What was decided with it and after it goes with the first.
        self._decision = decisions[0] if decisions else None
        self._number = str(done.handled.record.number)
        self.tick()

    def tick(self) -> None:
        """Show how many seconds are left, or that the time is over."""
        decision = self._decision
        left_s = 0.0
        if decision is not None:
            left_s = (decision.at + UNDO - self._clock()).total_seconds()
        if decision is None or left_s <= 0:
            self._decision = None
            self._timer.stop()
            self._show(None)
            return
        if not self._timer.isActive():
            self._timer.start()
        text = words.steps.step_done(decision.step)
        # The clock may have been put back since: a longer time is none that a person can use.
        self._show(UndoState(text, self._number, min(ceil(left_s), UNDO.seconds)))

    def undo(self) -> None:
        """Take the decision back; nothing happens where there is none any more."""
        decision, self._decision = self._decision, None
        if decision is None:
            return
        self.tick()
        self._deliveries.deliver(
            self._handling.take_back(decision.message_id, decision.id, self._operator()),
            self._taken_back,
            self._failed,
            expected=(StoreError,),
        )

    def _taken_back(self, outcome: StepDone | StepRefused) -> None:
        if isinstance(outcome, StepRefused):
            self.told.emit(Notice(*words.steps.refused(outcome), LONG_S, problem=True))
            return
        number = str(outcome.handled.record.number)
        self.told.emit(Notice(words.steps.taken_back(number)))
        self.undone.emit(outcome)

    def _failed(self, _error: Exception) -> None:
        head, body = words.status.store_failed_head(), words.status.store_failed_body()
        self.told.emit(Notice(head, body, LONG_S, problem=True))

    def _show(self, state: UndoState | None) -> None:
        if state != self._state:
            self._state = state
            self.changed.emit(state)
