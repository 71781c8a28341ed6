"""Presenter of scheduled callbacks (plan, remind, note the outcome), and their reminder sound.

GUI thread only. Due callbacks are searched every 5 s. During a call the sound is postponed until
the call ends.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal

from console.core import drafts, formats
from console.core import words as core_words
from console.core.deliveries import Deliveries
from console.core.typed_moment import read_ahead
from console.core.view_data import LONG_S, HistoryRow, Notice
from console.features.planned_calls import words as planned_calls_words
from console.shared.session import call_words
from console.shared.session.call_claims import Holders
from console.shared.session.live_calls import CallPurpose, DeskState, LineState
from sync.errors import StoreError
from sync.register.calls.missed import ClaimHolder
from sync.register.calls.planned import (
    PATIENCE,
    PlannedCall,
    PlannedOutcome,
    PlannedOvertaken,
    PlanProblem,
    due_for,
    is_to_be_told,
    plan,
    still_open,
)
from sync.register.handling.form_drafts import FormPlace, KeptForm, KeptWords, Typed
from sync.register.people.operators import Action, Operator, may
from sync.register.people.phones import canonical_phone
from sync.store.local.calls.planned import Noted

LOOK_MS = 5_000  # longest delay of a reminder


class PlannedPort(Protocol):
    """Store of scheduled callbacks; ``still_open`` is called on a reader thread."""

    def still_open(self) -> tuple[PlannedCall, ...]: ...

    def add(self, call: PlannedCall) -> "Future[PlannedCall]": ...

    def note(self, id: UUID, outcome: PlannedOutcome, by: Operator) -> "Future[Noted | None]": ...

    def remind(self, id: UUID, by: Operator) -> "Future[None]": ...


@dataclass(frozen=True, slots=True)
class PlanForm:
    """Unsaved input for the next callback; ``problems`` contains errors by field.

    ``offered`` is the initial phone number of the form. ``found_at`` is the time at which a
    previous session saved the input.
    """

    phone: str = ""
    moment: str = ""
    note: str = ""
    is_mine: bool = False
    problems: dict[str, str] = field(default_factory=dict)
    offered: str = ""
    found_at: datetime | None = None

    @property
    def is_typed(self) -> bool:
        """Whether there is input to be saved."""
        phone = "" if self.phone == self.offered else self.phone
        return any(text.strip() for text in (phone, self.moment, self.note))

    def as_kept(self) -> Typed:
        return Typed(
            {
                "phone": self.phone,
                "moment": self.moment,
                "note": self.note,
                "is_mine": self.is_mine,
            }
        )


@dataclass(frozen=True, slots=True)
class PlannedState:
    """View state of the page; ``chosen`` is -1 if nothing is selected, ``due`` counts due
    callbacks.
    """

    rows: tuple[HistoryRow, ...] = ()
    due: int = 0
    subtitle: str = ""
    chosen: int = -1
    phone: str = ""
    note: str = ""
    made: str = ""
    can_note: bool = False
    form: PlanForm = field(default_factory=PlanForm)
    found: str = ""


_PLACE = FormPlace(KeptForm.PLANNED_CALL)


class PlannedCallsPresenter(QObject):
    """Presenter of the scheduled callbacks of this workplace, or of all with a central database.
    GUI thread only.

    ``is_there`` returns whether an operator is signed in; without one there are no reminders.
    ``patience`` is the time to wait for an acknowledgement that the promising operator was reminded
    at another workplace; without a central database there are no other workplaces.
    """

    changed = Signal(object)  # PlannedState
    told = Signal(object)  # Notice
    planned = Signal()  # another callback was saved
    time_has_come = Signal()  # one or more became due; emitted once

    def __init__(
        self,
        store: PlannedPort,
        readers: Executor,
        deliveries: Deliveries,
        *,
        operator: Callable[[], Operator],
        new_id: Callable[[], UUID],
        zone: ZoneInfo,
        area_code: str,
        is_there: Callable[[], bool] = lambda: True,
        patience: timedelta = PATIENCE,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._readers = readers
        self._deliveries = deliveries
        self._operator = operator
        self._new_id = new_id
        self._zone = zone
        self._area_code = area_code
        self._is_there = is_there
        self._patience = patience
        self._clock = clock
        self._read: tuple[PlannedCall, ...] = ()
        self._chosen: UUID | None = None
        self._ended_here: UUID | None = None
        self._is_moved = False  # the selection moved automatically and was not seen yet
        self._told_of: set[tuple[UUID, UUID, datetime]] = set()  # operator, callback, time
        self._busy = False
        self._holders: dict[str, ClaimHolder] = {}
        self._forms: dict[UUID, PlanForm] = {}  # unsaved input by operator
        self._state = PlannedState()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    @property
    def state(self) -> PlannedState:
        return self._state

    def start(self) -> None:
        """Reads the callbacks and checks periodically which are due."""
        self._timer.start()
        self.reload()

    def signed_in(self) -> None:
        """Shows callbacks and unsaved input of the signed-in operator."""
        self._chosen = None
        self.look()

    def reload(self) -> None:
        self._deliveries.deliver(
            self._readers.submit(self._store.still_open),
            self._take,
            lambda _error: None,  # the status bar reports the store
            expected=(StoreError,),
        )

    def _take(self, found: tuple[PlannedCall, ...]) -> None:
        before, self._read = self._call(), found
        if before is not None and self._call() is None and before.id != self._ended_here:
            self._is_moved = True  # a key pressed now was meant for that callback
        self.look()

    def look(self) -> None:
        """Reminds once of each due callback and updates the view."""
        now, by = self._clock(), self._operator()
        if self._is_there() and may(by.role, Action.TAKE_CALLS):
            fresh = [
                one
                for one in self._calls()
                if (by.id, one.id, one.at) not in self._told_of
                and is_to_be_told(one, by.id, now, self._patience)
            ]
            self._told_of |= {(by.id, one.id, one.at) for one in fresh}
            if fresh:
                self.told.emit(Notice(*planned_calls_words.time_has_come(), LONG_S))
                self.time_has_come.emit()
            for one in fresh:
                if one.made_by_id == by.id:
                    self._remind(one.id, by)
        self._show()

    def _remind(self, id: UUID, by: Operator) -> None:
        """Informs the other workplaces that this operator was reminded; they then leave the
        callback to the operator.
        """
        self._deliveries.deliver(
            self._store.remind(id, by),
            lambda _none: None,
            lambda _error: None,  # the other workplaces then remind as well
            expected=(StoreError,),
        )

    def show_claims(self, holders: Holders) -> None:
        """Marks the callbacks whose number another operator is calling."""
        self._holders = dict(holders)
        self._show()

    def overtaken(self, overtaken: PlannedOvertaken) -> None:
        """Reports that another operator closed the callback before the outcome was recorded
        here.
        """
        self._tell_of_other(overtaken.call)

    def _tell_of_other(self, call: PlannedCall) -> None:
        if call.outcome is not None:
            self.told.emit(Notice(*planned_calls_words.noted_before(call.outcome), LONG_S))

    # --- list ---

    def choose(self, index: int) -> None:
        calls = self._calls()
        self._is_moved = False
        if 0 <= index < len(calls):
            self._chosen = calls[index].id
            self._show()

    def refuses_moved(self) -> bool:
        """Whether to ignore a key because a colleague has just closed the selected callback; also
        shows a notice.
        """
        is_moved, self._is_moved = self._is_moved, False
        if is_moved:
            self.told.emit(Notice(*core_words.chosen_is_gone(), problem=True))
        return is_moved

    @property
    def chosen_number(self) -> str:
        """Phone number of the selected callback; empty if none is selected."""
        call = self._call()
        return "" if call is None else call.phone

    @property
    def promised_at(self) -> datetime | None:
        """Time at which the selected callback was promised; None if none is selected."""
        call = self._call()
        return None if call is None else call.made_at

    @property
    def purpose(self) -> CallPurpose:
        """Initial content of the record of a call to the selected number."""
        call = self._call()
        return (
            CallPurpose() if call is None else CallPurpose(planned_calls_words.purpose(call.note))
        )

    def note(self, outcome: PlannedOutcome) -> None:
        """Records the outcome of the selected callback."""
        call = self._call()
        if call is None or not self._state.can_note or self.refuses_moved():
            return
        self._busy = True
        self._ended_here = call.id
        self._show()
        self._deliveries.deliver(
            self._store.note(call.id, outcome, self._operator()),
            lambda noted: self._noted(noted, outcome),
            self._unwritten,
            expected=(StoreError,),
        )

    def _noted(self, noted: Noted | None, outcome: PlannedOutcome) -> None:
        self._busy = False
        if noted is not None and noted.is_taken:
            self.told.emit(Notice(planned_calls_words.noted(outcome)))
        elif noted is not None:
            self._tell_of_other(noted.call)
        else:
            self.told.emit(Notice(planned_calls_words.is_gone()))
        self.reload()

    # --- form ---

    def typed_by(self, operator_id: UUID) -> Mapping[FormPlace, Typed]:
        """Returns the unsaved input of an operator, to be autosaved (``KeepingPage``)."""
        form = self._forms.get(operator_id, PlanForm())
        return {_PLACE: form.as_kept()} if form.is_typed else {}

    def find_again(self, operator_id: UUID, found: Sequence[KeptWords]) -> None:
        """Restores the input of a previous session; newer input is not overwritten
        (``KeepingPage``).
        """
        if not self._forms.get(operator_id, PlanForm()).is_typed:
            for kept in found:
                self._forms[operator_id] = PlanForm(**kept.typed.words, found_at=kept.at)
            self._show()

    def begin(self, phone: str) -> None:
        """Prepares the page when it is opened: the phone number of the active call is filled in,
        unless the form has input.
        """
        self._is_moved = False
        if not self._form.phone and not self._form.note and phone:
            offered = formats.phone_text(phone)
            self._form = replace(self._form, phone=offered, offered=offered)
        self._show()

    def set_phone(self, text: str) -> None:
        self._type(replace(self._form, phone=text))

    def set_moment(self, text: str) -> None:
        self._type(replace(self._form, moment=text))

    def set_note(self, text: str) -> None:
        self._type(replace(self._form, note=text))

    def set_mine(self, value: str) -> None:
        self._type(replace(self._form, is_mine=value == "mine"))

    def _type(self, form: PlanForm) -> None:
        found_at = form.found_at if form.is_typed else None
        self._form = replace(form, problems={}, found_at=found_at)
        self._show()

    @property
    def _form(self) -> PlanForm:
        return self._forms.get(self._operator().id, PlanForm())

    @_form.setter
    def _form(self, form: PlanForm) -> None:
        self._forms[self._operator().id] = form

    def plan(self) -> None:
        """Saves the callback of the form, or shows the missing fields."""
        form, by = self._form, self._operator()
        if self._busy:
            self.told.emit(Notice(core_words.still_being_written()))
            return
        now = self._clock()
        at = read_ahead(form.moment, now.astimezone(self._zone))
        phone = canonical_phone(form.phone, self._area_code) or form.phone
        made = plan(
            phone,
            now if at is None else at,
            form.note,
            is_mine=form.is_mine,
            id=self._new_id(),
            now=now,
            by=by,
        )
        problems: dict[str, str] = {}
        if at is None:
            problems["moment"] = planned_calls_words.moment_unread()
        if isinstance(made, tuple):
            problems |= {
                "phone"
                if one is PlanProblem.PHONE_MISSING
                else "moment": planned_calls_words.problem(one)
                for one in made
            }
        if problems or isinstance(made, tuple):
            self._form = replace(form, problems=problems)
            self._show()
            return
        self._busy = True
        self._deliveries.deliver(
            self._store.add(made),
            lambda call: self._added(call, form, by),
            self._unwritten,
            expected=(StoreError,),
        )

    def _added(self, call: PlannedCall, sent: PlanForm, by: Operator) -> None:
        """Handles a saved callback; input entered during the write remains for the next
        callback.
        """
        self._busy = False
        typed = self._forms.get(by.id, PlanForm())
        left = PlanForm(
            phone="" if typed.phone == sent.phone else typed.phone,
            moment="" if typed.moment == sent.moment else typed.moment,
            note="" if typed.note == sent.note else typed.note,
            is_mine=typed.is_mine,
        )
        self._forms[by.id] = left
        if by.id == self._operator().id:
            self._chosen = call.id
            self.told.emit(Notice(planned_calls_words.is_planned(self._moment(call.at))))
            if not left.is_typed:  # otherwise the focus remains in the form
                self.planned.emit()
        self.reload()

    def _unwritten(self, _error: Exception) -> None:
        self._busy = False
        head, body = core_words.store_failed_head(), core_words.store_failed_body()
        self.told.emit(Notice(head, body, LONG_S, problem=True))
        self._show()

    # --- view state ---

    def _calls(self) -> tuple[PlannedCall, ...]:
        return still_open(self._read)

    def _call(self) -> PlannedCall | None:
        return next((one for one in self._calls() if one.id == self._chosen), None)

    def _found_again(self) -> str:
        at = self._form.found_at
        return "" if at is None else drafts.found_again(self._moment(at))

    def _moment(self, at: datetime) -> str:
        return formats.moment(at.astimezone(self._zone), self._clock().astimezone(self._zone))

    def _show(self) -> None:
        calls, now = self._calls(), self._clock()
        if self._call() is None:
            self._chosen = calls[0].id if calls else None
        waiting = len(due_for(calls, self._operator().id, now, self._patience))
        state = PlannedState(
            rows=tuple(self._row(one, number, now) for number, one in enumerate(calls, 1)),
            due=waiting,
            subtitle=planned_calls_words.subtitle(waiting),
            form=self._form,
            found=self._found_again(),
        )
        call = self._call()
        if call is not None:
            made = planned_calls_words.promised_by(call, self._moment(call.made_at))
            state = replace(
                state,
                chosen=calls.index(call),
                phone=formats.phone_text(call.phone),
                note=call.note,
                made=" · ".join(filter(None, (made, planned_calls_words.tried(call.tries)))),
                can_note=may(self._operator().role, Action.TAKE_CALLS) and not self._busy,
            )
        if state != self._state:
            self._state = state
            self.changed.emit(state)

    def _row(self, call: PlannedCall, number: int, now: datetime) -> HistoryRow:
        holder = self._holders.get(call.phone)
        if holder is not None and holder.has(call.made_at):
            whose, icon, role = call_words.in_list(holder)
        else:
            whose, icon, role = self._mark(call, now)
        return HistoryRow(
            number=number,
            what=self._moment(call.at),
            who=call.note or formats.phone_text(call.phone),
            version=whose,
            icon=icon,
            role=role,
        )

    def _mark(self, call: PlannedCall, now: datetime) -> tuple[str, str, str]:
        """Assignee, icon and colour role for the row of a callback."""
        whose = planned_calls_words.whose(call, self._operator().id)
        if call.at > now:
            return whose, "clock", "text-2"
        late = call.at < now - timedelta(minutes=15)
        return whose, "clock-fill", "danger" if late else "warn"


_ON_A_CALL = frozenset({LineState.RINGING, LineState.DIALLING, LineState.TALKING})


class PromiseSound(QObject):
    """Plays the reminder sound once for each due time. GUI thread only.

    ``play`` does not block. ``is_wanted`` returns the setting, ``is_due`` whether a callback is
    still due.
    """

    def __init__(
        self,
        play: Callable[[], None],
        *,
        is_wanted: Callable[[], bool],
        is_due: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._play = play
        self._is_wanted = is_wanted
        self._is_due = is_due
        self._line = LineState.FREE
        self._waits = False

    def follow(self, desk: DeskState) -> None:
        """Plays a postponed sound at the end of a call, if a callback is still due."""
        self._line = desk.line
        if self._waits and self._line not in _ON_A_CALL:
            self._waits = False
            if self._is_due():
                self._sound()

    def time_has_come(self) -> None:
        """Plays the sound for a due callback, or postpones it during a call."""
        if self._line in _ON_A_CALL:
            self._waits = True
        else:
            self._sound()

    def _sound(self) -> None:
        if self._is_wanted():
            self._play()
