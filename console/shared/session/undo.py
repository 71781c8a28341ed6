"""Offer to undo the last action for 15 s, instead of a confirmation dialog.

Source: Regulation 7.6 and 9.5. GUI thread only.
"""

import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from console.core import words as core_words
from console.core.deliveries import Deliveries
from console.core.view_data import LONG_S, Notice
from console.shared.messages import step_words
from sync.errors import StoreError
from sync.register.handling.events import Event
from sync.register.handling.handled import StepDone
from sync.register.handling.history import StepRefused
from sync.register.handling.standing import UNDO, UNDOABLE
from sync.register.people.operators import Operator

TICK_MS = 250


class TakeBackPort(Protocol):
    """Reverts decisions on messages; the future resolves after COMMIT."""

    def take_back(
        self, message_id: UUID, event_id: UUID, by: Operator
    ) -> "Future[StepDone | StepRefused]": ...


@dataclass(frozen=True, slots=True)
class UndoState:
    """Content of the undo bar: text, record number and remaining seconds."""

    text: str
    number: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Offer:
    """Action performed at the time `at`, and the function that reverts it."""

    text: str
    number: str
    at: datetime
    take_back: Callable[[], None]


class Undo(QObject):
    """Last action of the operator while it can be undone. GUI thread only."""

    changed = Signal(object)  # UndoState | None
    undone = Signal(object)  # StepDone of a reverted decision
    told = Signal(object)  # Notice

    def __init__(
        self,
        handling: TakeBackPort,
        deliveries: Deliveries,
        *,
        operator: Callable[[], Operator],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        monotonic_s: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._handling = handling
        self._deliveries = deliveries
        self._operator = operator
        self._clock = clock
        self._now_s = monotonic_s
        self._offer: Offer | None = None
        self._ends_s = 0.0  # monotonic, immune to clock changes
        self._is_held = False
        self._state: UndoState | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)

    @property
    def state(self) -> UndoState | None:
        return self._state

    def offer(self, done: StepDone) -> None:
        """Offers to revert the action if it contains a reversible decision."""
        decisions = [event for event in done.events if event.step in UNDOABLE]
        if decisions:
            # Reverting the first decision also reverts the following ones.
            self.offer_decision(decisions[0], str(done.handled.record.number))
        else:
            self.forget()

    def offer_decision(self, decision: Event, number: str) -> None:
        """Offers to revert a decision on the message with this number."""
        self.show(
            Offer(
                step_words.step_done(decision.step),
                number,
                decision.at,
                lambda: self._take_back(decision),
            )
        )

    def show(self, offer: Offer) -> None:
        """Shows an offer, replacing the previous one."""
        self._offer = offer
        self._ends_s = self._now_s() + UNDO.total_seconds()
        self.tick()

    def hold(self, is_held: bool) -> None:
        """Hides the offer while the database rejects writes."""
        if is_held != self._is_held:
            self._is_held = is_held
            self.tick()

    def forget(self) -> None:
        """Removes the offer, for example after another operator has signed in."""
        self._offer = None
        self.tick()

    def tick(self) -> None:
        """Updates the remaining seconds, or removes an expired offer."""
        offer = self._offer
        by_clock_s = 0.0 if offer is None else (offer.at + UNDO - self._clock()).total_seconds()
        left_s = min(by_clock_s, self._ends_s - self._now_s())
        if offer is None or left_s <= 0:
            self._offer = None
            self._timer.stop()
            self._show(None)
            return
        if not self._timer.isActive():
            self._timer.start()
        shown = UndoState(offer.text, offer.number, ceil(left_s))
        self._show(None if self._is_held else shown)

    def undo(self) -> None:
        """Undoes the action; has no effect without an offer."""
        if self._is_held:
            return
        offer, self._offer = self._offer, None
        if offer is not None:
            self.tick()
            offer.take_back()

    def _take_back(self, decision: Event) -> None:
        self._deliveries.deliver(
            self._handling.take_back(decision.message_id, decision.id, self._operator()),
            self._taken_back,
            self.tell_unwritten,
            expected=(StoreError,),
        )

    def _taken_back(self, outcome: StepDone | StepRefused) -> None:
        if isinstance(outcome, StepRefused):
            self.told.emit(Notice(*step_words.refused(outcome), LONG_S, problem=True))
            return
        number = str(outcome.handled.record.number)
        self.told.emit(Notice(step_words.taken_back(number)))
        self.undone.emit(outcome)

    def tell_unwritten(self, _error: Exception) -> None:
        """Shows that the database rejected the write and nothing has changed."""
        head, body = core_words.store_failed_head(), core_words.store_failed_body()
        self.told.emit(Notice(head, body, LONG_S, problem=True))

    def _show(self, state: UndoState | None) -> None:
        if state != self._state:
            self._state = state
            self.changed.emit(state)
