"""Operator state: presenter, state badge of the call bar, and menu of F9.

A state between calls is shown only after the phone has confirmed it. GUI thread only.
"""

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from console.core import formats
from console.core.deliveries import Deliveries
from console.core.services import Writes
from console.core.view_data import LONG_S, Notice
from console.shared.session import call_words, operator_state_words
from console.shared.session.live_calls import CardSaved, DeskState, LineState
from sync.register.calls.by_hand import telephone_call_of
from sync.register.calls.calls import CallRecord
from sync.register.people.operator_states import (
    READY,
    CallsOver,
    CallTaken,
    Cause,
    Chosen,
    Doing,
    Extended,
    LockChanged,
    OperatorStatus,
    PhoneChanged,
    RecordDone,
    RecordReopened,
    RingUnanswered,
    SignedIn,
    SignedOut,
    Standing,
    StateChange,
    StateInput,
    StateRules,
    TimePassed,
    WrapUp,
    advance,
    change_between,
)
from sync.register.people.operators import Action, Operator, may
from telephony.events import (
    CallAnswered,
    CallEnded,
    CallRinging,
    Direction,
    EndCause,
    PhoneConnected,
    PhoneDisconnected,
    PhoneEvent,
)

MOST_CHOICES = 9  # one for each digit


@dataclass(frozen=True, slots=True)
class StateChoices:
    """States that an operator can choose besides ready, and the limit for unanswered calls.

    Reasons are codes or texts configured by the city. A call that rings at least
    `unanswered_ring_s` without an answer changes the state; 0 disables this.
    """

    work: tuple[str, ...] = ("messages", "directory", "lesson", "other")
    breaks: tuple[str, ...] = ("rest", "lunch")
    unanswered_ring_s: int = 20

    def standings(self) -> tuple[Standing, ...]:
        """Returns the states in the order of the menu's digits."""
        work = (Standing(Doing.NOT_READY, reason) for reason in self.work)
        breaks = (Standing(Doing.BREAK, reason) for reason in self.breaks)
        return (READY, *work, *breaks)[:MOST_CHOICES]


@dataclass(frozen=True, slots=True)
class StatePill:
    """Content of the state badge; the timer runs if `since` is set."""

    word: str
    icon: str
    role: str
    below: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class StateRow:
    """Row of the F9 menu."""

    standing: Standing
    text: str
    icon: str
    role: str
    is_chosen: bool


def pill_of(status: OperatorStatus, operator: Operator) -> StatePill:
    """Returns the current state with a second line: next state, reason or operator name."""
    icon, role = operator_state_words.mark(status.doing)
    below = formats.short_name(operator.name)
    if status.asked is not None or status.doing is Doing.WRAP_UP:
        below = operator_state_words.comes_next(status.next)
    elif status.reason:
        below = operator_state_words.reason(status.reason)
    return StatePill(operator_state_words.doing(status.doing), icon, role, below, status.since)


def rows_of(choices: StateChoices, chosen: Standing) -> tuple[StateRow, ...]:
    """Returns one menu row for each choice, in the order of the digits."""
    return tuple(
        StateRow(
            standing,
            _row_text(standing),
            *operator_state_words.mark(standing.doing),
            standing == chosen,
        )
        for standing in choices.standings()
    )


def _row_text(standing: Standing) -> str:
    if standing.doing is Doing.READY:
        return operator_state_words.ready_row()
    if standing.doing is Doing.BREAK:
        told = operator_state_words.standing(standing)
        return told[:1].upper() + told[1:]
    return operator_state_words.reason(standing.reason)


LOG = logging.getLogger(__name__)
_BETWEEN_CALLS = (Doing.READY, Doing.NOT_READY, Doing.BREAK)
"""States that apply only after the phone has confirmed that it accepts or rejects calls."""


class StatesPort(Protocol):
    """Stores state changes; the future resolves after COMMIT."""

    def note(self, operator: Operator, change: StateChange) -> "Future[None]": ...


class GatePort(Protocol):
    """Makes the phone accept or reject calls."""

    @property
    def is_confirmed(self) -> bool:
        """Whether the phone has confirmed the last status; a confirmation is signalled."""

    def follow(self, status: OperatorStatus) -> None: ...


class OperatorStatePresenter(QObject):
    """Manages the state of one operator. GUI thread only."""

    changed = Signal(object)  # OperatorStatus
    told = Signal(object)  # Notice
    menu_asked = Signal()
    noted = Signal(object)  # StateChange being saved

    def __init__(
        self,
        states: StatesPort,
        gate: GatePort,
        deliveries: Deliveries,
        *,
        rules: StateRules,
        choices: StateChoices,
        operator: Operator,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        monotonic_s: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._states = states
        self._gate = gate
        self._writes = Writes(deliveries, self)
        self._rules = rules
        self._choices = choices
        self._operator = operator
        self._clock = clock
        self._now_s = monotonic_s
        self._status = OperatorStatus(clock())
        self._shown = self._status
        self._is_late = False  # the phone has not confirmed the status yet
        self._noted = 0
        self._live: set[str] = set()
        self._rang_at: dict[str, datetime] = {}
        self._wrapped: set[str] = set()  # ended calls in wrap-up
        self._is_phone_lost = False
        self._ready_when_saved = False
        self._ended_by: tuple[UUID, RecordReopened] | None = None
        """Record whose saving ended the wrap-up, and the event that restores the wrap-up."""
        self._timed: WrapUp | None = None
        self._ends_s = 0.0
        """End of `_timed` by the monotonic clock, which is immune to clock changes."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.time_passed)

    @property
    def status(self) -> OperatorStatus:
        """Displayed state; a state between calls appears only after confirmation by the phone."""
        return self._shown

    @property
    def rules(self) -> StateRules:
        return self._rules

    @property
    def may_extend(self) -> bool:
        return self._status.may_extend(self._rules)

    @property
    def wrap_up_left_s(self) -> float:
        """Remaining wrap-up time, 0 without a wrap-up. It ends at the earlier of wall clock and
        monotonic clock.
        """
        wrap_up = self._status.wrap_up
        if wrap_up is None:
            return 0.0
        by_clock_s = (wrap_up.ends_at - self._clock()).total_seconds()
        return max(0.0, min(by_clock_s, self._ends_s - self._now_s()))

    @property
    def takes_calls(self) -> bool:
        """Whether the role of the operator permits answering calls."""
        return may(self._operator.role, Action.TAKE_CALLS)

    @property
    def pill(self) -> StatePill:
        return pill_of(self._shown, self._operator)

    @property
    def rows(self) -> tuple[StateRow, ...]:
        """Rows of the F9 menu, numbered from 1."""
        return rows_of(self._choices, self._status.next)

    # --- operator actions ---

    def press_key(self) -> None:
        """Handles F9: becomes ready from a break or not-ready state, otherwise opens the menu."""
        status = self._status
        is_resting = not status.is_talking and status.wrap_up is None
        if is_resting and status.standing.doing is not Doing.READY:
            self.choose(READY)
        else:
            self.menu_asked.emit()

    def choose(self, standing: Standing) -> None:
        """Sets the state, during a call or wrap-up for the time after it."""
        if not self.takes_calls:
            self.told.emit(Notice(*operator_state_words.role_takes_no_calls(), problem=True))
            return
        before = self._shown
        self._give(Chosen(standing))
        status = self._status
        if status.is_talking or status.wrap_up is not None:
            self.told.emit(Notice(operator_state_words.asked_for(status.next)))
        elif status.doing is Doing.OFFLINE and standing.doing is Doing.READY:
            self.told.emit(Notice(call_words.no_calls_arrive(), problem=True))
        elif status.doing is Doing.OFFLINE or standing == Standing(before.doing, before.reason):
            self._tell_chosen(standing)
        # otherwise shown with the change, after confirmation by the phone

    def _tell_chosen(self, standing: Standing) -> None:
        if standing.doing is Doing.READY:
            self.told.emit(Notice(operator_state_words.takes_calls_now()))
        else:
            head = operator_state_words.takes_no_calls(standing)
            self.told.emit(Notice(head, operator_state_words.ready_key()))

    def extend(self) -> None:
        """Extends the wrap-up (F3)."""
        if self._status.wrap_up is None:
            return
        if self.may_extend:
            self._give(Extended())
        else:
            self.told.emit(Notice(operator_state_words.extended_enough(), problem=True))

    def be_ready_when_saved(self) -> None:
        """Makes the operator ready once the record being saved is saved."""
        self._ready_when_saved = True

    def be_ready(self) -> None:
        """Ends the wrap-up without a record to save."""
        if self.takes_calls:
            self._give(RecordDone(be_ready=True))
        else:
            self.choose(READY)  # shows the reason

    # --- sign-in ---

    def sign_in(self, operator: Operator) -> None:
        """Signs in an operator, or unlocks the workplace for the same operator."""
        is_same = operator.id == self._operator.id
        if self._status.is_signed_in and is_same:
            self._give(LockChanged(is_locked=False))
            return
        if self._status.is_signed_in:
            self._give(SignedOut())
        self._operator = operator
        self._give(SignedIn(self.takes_calls))

    def sign_out(self) -> None:
        """Signs out at shutdown."""
        self._give(SignedOut())

    def lock(self) -> None:
        self._give(LockChanged(is_locked=True))

    # --- events ---

    def receive_phone(self, event: PhoneEvent) -> None:
        """Updates the current calls. Must be called before the call cards process the event."""
        match event:
            case CallRinging(direction=Direction.INCOMING):
                self._rang_at[event.call_id] = event.at
            case CallAnswered():
                self._rang_at.pop(event.call_id, None)
                self._call_up(event.call_id)
            case CallEnded():
                self._ended(event)
            case PhoneConnected():
                self._is_phone_lost = False
                self._found(event)
            case PhoneDisconnected():
                self._is_phone_lost = True
            case _:
                return

    def set_phone(self, is_there: bool) -> None:
        """Sets whether the phone can receive calls."""
        if is_there != self._status.has_phone:
            self._give(PhoneChanged(is_there))

    def phone_confirmed(self) -> None:
        """Shows the state that the phone has confirmed."""
        self._publish()

    def desk_changed(self, state: DeskState) -> None:
        """Ends the calls of a lost phone once the call cards have ended them."""
        is_quiet = state.line in (LineState.FREE, LineState.WRAP_UP)
        if self._is_phone_lost and is_quiet and self._live:
            self._live.clear()
            self._calls_over()

    def card_saved(self, saved: CardSaved) -> None:
        if saved.by_itself:
            return
        be_ready, self._ready_when_saved = self._ready_when_saved, False
        before = self._status
        self._ended_by = None
        is_done = not saved.goes_on and telephone_call_of(saved.card) in self._wrapped
        if be_ready or is_done:
            self._give(RecordDone(be_ready))
        if before.wrap_up is not None and self._status.wrap_up is None:
            self._ended_by = saved.card.id, RecordReopened(before, self._clock())

    def record_reopened(self, card: CallRecord) -> None:
        """Restores the wrap-up if saving of this record was reverted."""
        ended_by, self._ended_by = self._ended_by, None
        if ended_by is not None and ended_by[0] == card.id:
            self._give(ended_by[1])

    def card_put_aside(self, card: CallRecord) -> None:
        if telephone_call_of(card) in self._wrapped:
            self._give(RecordDone())

    def card_incomplete(self) -> None:
        """Cancels the pending ready state, because the record was not saved."""
        self._ready_when_saved = False

    def time_passed(self) -> None:
        """Checks the end of the wrap-up, also if the clock was set back."""
        at, wrap_up = self._clock(), self._status.wrap_up
        if wrap_up is not None and self.wrap_up_left_s == 0:
            at = max(at, wrap_up.ends_at)
        self._give(TimePassed(), at)

    def disk_is_back(self) -> None:
        self._writes.disk_is_back()

    def _call_up(self, call_id: str) -> None:
        is_first = not self._live
        self._live.add(call_id)
        if is_first:
            self._wrapped.clear()
            self._give(CallTaken())

    def _ended(self, event: CallEnded) -> None:
        rang_at = self._rang_at.pop(event.call_id, None)
        if event.call_id in self._live:
            self._live.discard(event.call_id)
            self._wrapped.add(event.call_id)
            if not self._live:
                self._calls_over()
            return
        needed_s = self._choices.unanswered_ring_s
        if rang_at is None or needed_s == 0:
            return
        left = event.cause in (EndCause.NOT_ANSWERED, EndCause.CALLER_GAVE_UP)
        if left and (event.at - rang_at).total_seconds() >= needed_s:
            self._give(RingUnanswered())

    def _found(self, event: PhoneConnected) -> None:
        up = {
            call.call_id
            for call in event.calls
            if call.answered_at is not None and call.ended is None
        }
        gone = self._live - up
        for call_id in up - self._live:
            self._call_up(call_id)
        if gone:
            self._wrapped |= gone
            self._live -= gone
            if not self._live:
                self._calls_over()

    def _calls_over(self) -> None:
        self._give(CallsOver())

    def _give(self, given: StateInput, at: datetime | None = None) -> None:
        before = self._status
        after = advance(before, given, at or self._clock(), self._rules)
        if after == before:
            self._keep_time()
            return
        self._status = after
        self._keep_time()
        # notify the phone first: a call sent on "ready" must not be rejected
        self._gate.follow(after)
        self._publish()

    def _publish(self) -> None:
        """Shows and saves the state; a state between calls only after confirmation."""
        before, after = self._shown, self._status
        if after == before:
            return
        if after.doing in _BETWEEN_CALLS and not self._gate.is_confirmed:
            self._is_late = True
            return
        change = change_between(before, after)
        if change is None:
            after = replace(after, since=before.since)
        elif self._is_late:
            after = replace(after, since=max(after.since, self._clock()))
            change = change_between(before, after)
        self._is_late = False
        self._shown = self._status = after
        if change is not None:
            self._write(change)
        self.changed.emit(after)
        if change is not None:
            self._tell(change)

    def _keep_time(self) -> None:
        before, wrap_up = self._timed, self._status.wrap_up
        self._timed = wrap_up
        if wrap_up is None:
            self._timer.stop()
            return
        if before is None:
            left_s = (wrap_up.ends_at - self._clock()).total_seconds()
            self._ends_s = self._now_s() + min(left_s, wrap_up.whole_s)
        else:
            self._ends_s += (wrap_up.ends_at - before.ends_at).total_seconds()
        self._timer.start(round(self.wrap_up_left_s * 1000) + 1)

    def _write(self, change: StateChange) -> None:
        LOG.info("operator state: %s: %s", change.doing.value, change.cause.value)
        self._noted += 1
        self.noted.emit(change)
        self._keep(f"state {self._noted}", self._operator, change)

    def _keep(self, key: str, operator: Operator, change: StateChange) -> None:
        self._writes.follow(
            key,
            self._states.note(operator, change),
            lambda _none: None,
            again=lambda: self._keep(key, operator, change),
        )

    def _tell(self, change: StateChange) -> None:
        """Shows a notice of the change, with its cause if the operator did not request it."""
        if change.former is Doing.OFFLINE and change.cause is Cause.PHONE_BACK and self._is_first:
            return
        if change.cause is Cause.CHOSEN and change.doing in _BETWEEN_CALLS:
            self._tell_chosen(Standing(change.doing, change.reason))
            return
        told = operator_state_words.changed_by_itself(change.cause, change.doing, change.reason)
        if told is not None:
            is_problem = change.cause is Cause.RING_UNANSWERED
            self.told.emit(Notice(*told, LONG_S, problem=is_problem))

    @property
    def _is_first(self) -> bool:
        """Whether the phone has connected for the first time, so its absence needs no notice."""
        return self._noted <= 1
