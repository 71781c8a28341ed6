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
    """What is needed of the handling of messages; the future resolves after COMMIT."""

    def take_back(
        self, message_id: UUID, event_id: UUID, by: Operator
    ) -> "Future[StepDone | StepRefused]": ...


@dataclass(frozen=True, slots=True)
class UndoState:
    """What can be taken back: the words of it, its record's number, and whole seconds left."""

    text: str
    number: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that was done ``at`` this moment, and what takes it back."""

    text: str
    number: str
    at: datetime
    take_back: Callable[[], None]


class Undo(QObject):
    """The newest deed of this desk while it can be taken back; belongs to the GUI thread."""

    changed = Signal(object)  # UndoState | None
    undone = Signal(object)  # StepDone, where it was a decision on a message
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
        self._ends_s = 0.0  # by the monotonic clock, which nobody sets back
        self._is_held = False
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
        if decisions:
            # What was decided with it and after it goes with the first.
            self.offer_decision(decisions[0], str(done.handled.record.number))
        else:
            self.forget()

    def offer_decision(self, decision: Event, number: str) -> None:
        """Offer to take this decision on the message of the number back."""
        self.show(
            Offer(
                step_words.step_done(decision.step),
                number,
                decision.at,
                lambda: self._take_back(decision),
            )
        )

    def show(self, offer: Offer) -> None:
        """Offer to take this back, in place of what was offered before."""
        self._offer = offer
        self._ends_s = self._now_s() + UNDO.total_seconds()
        self.tick()

    def hold(self, is_held: bool) -> None:
        """Show no offer while the register refuses what is written: nothing can be taken back."""
        if is_held != self._is_held:
            self._is_held = is_held
            self.tick()

    def forget(self) -> None:
        """Offer nothing any more, as to who sits down in another's place."""
        self._offer = None
        self.tick()

    def tick(self) -> None:
        """Show how many seconds are left, or that the time is over."""
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
        """Take it back; nothing happens where there is nothing any more."""
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
        """The disk has not taken it: everything stands as it was."""
        head, body = core_words.store_failed_head(), core_words.store_failed_body()
        self.told.emit(Notice(head, body, LONG_S, problem=True))

    def _show(self, state: UndoState | None) -> None:
        if state != self._state:
            self._state = state
            self.changed.emit(state)
