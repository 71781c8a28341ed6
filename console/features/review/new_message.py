"""Presenter of the form for a message without a call; unsaved input is a draft in the register.

GUI thread only. The draft is written within a second and belongs to the operator who entered it.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from console.core import formats
from console.core import words as core_words
from console.core.deliveries import Deliveries
from console.core.drafts import DRAFT_DELAY_MS
from console.core.view_data import LONG_S, Notice
from console.features.review import words as review_words
from console.shared.messages import step_words
from console.shared.messages import words as messages_words
from console.shared.messages.message_detail import HandlingPort, Outcome
from sync.errors import StoreError
from sync.register.handling.events import person
from sync.register.handling.handled import StepDone
from sync.register.messages import (
    MessageProblem,
    MessageRecord,
    Publicity,
    edit,
    message_without_call,
)
from sync.register.people.name_reading import split_name
from sync.register.people.operators import Operator
from sync.register.people.phones import canonical_phone
from sync.register.people.values import Absence, Stated, email_problem


@dataclass(frozen=True, slots=True)
class NewMessageState:
    """State of the form; `problems` contains error texts for "text", "phone" and "email".

    `id` is the id of the draft, None before the first input.
    """

    id: UUID | None = None
    text: str = ""
    place: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""
    publicity: str = Publicity.NOT_STATED.value
    problems: dict[str, str] = field(default_factory=dict)
    is_busy: bool = False

    @property
    def is_begun(self) -> bool:
        """Whether the form has input to save."""
        typed = (self.text, self.place, self.name, self.phone, self.email)
        is_chosen = self.publicity != Publicity.NOT_STATED.value
        return is_chosen or any(text.strip() for text in typed)


class BegunPort(Protocol):
    """Reads unsubmitted messages. Blocks; call on a worker thread. Raises `StoreError`."""

    def messages_begun(self, operator_id: UUID) -> tuple[MessageRecord, ...]: ...


class KeepsDrafts(Protocol):
    """Saves and deletes drafts; failed writes are reported and repeated."""

    def keep_message(self, message: MessageRecord) -> None: ...

    def drop_message(self, message: MessageRecord) -> None: ...


def as_typed(draft: MessageRecord, state: NewMessageState, area_code: str) -> MessageRecord:
    """Returns the draft with the content of the form.

    Invalid phone numbers and e-mail addresses are retained as entered.
    """
    name = split_name(state.name)
    phone = canonical_phone(state.phone, area_code) or state.phone.strip()
    return edit(
        draft,
        text=state.text,
        place=state.place,
        name=Absence.NOT_ASKED if name.is_empty else name,
        phone=phone or Absence.NOT_ASKED,
        email=state.email.strip() or Absence.NOT_ASKED,
        publicity=Publicity(state.publicity),
    )


def form_of(draft: MessageRecord, area_code: str) -> NewMessageState:
    """Returns the form content of a saved draft; names and phone numbers are formatted."""
    name, phone = draft.name, _text(draft.phone)
    parts = () if isinstance(name, Absence) else (name.surname, name.given_name, name.patronymic)
    is_whole = bool(phone) and canonical_phone(phone, area_code) == phone
    return NewMessageState(
        text=draft.text,
        place=draft.place,
        name=" ".join(part for part in parts if part),
        phone=formats.phone_text(phone) if is_whole else phone,
        email=_text(draft.email),
        publicity=draft.publicity.value,
    )


def _text(stated: Stated) -> str:
    return "" if isinstance(stated, Absence) else stated


class NewMessagePresenter(QObject):
    """Presenter of the form for a message without a call. GUI thread only.

    Date, time and category are set later, in the review. Input is saved within a second as a draft
    of the operator. The draft is restored when the operator signs in, and deleted when the form is
    cleared.
    """

    changed = Signal(object)  # NewMessageState
    submitted = Signal(object)  # HandledMessage
    told = Signal(object)  # Notice

    def __init__(
        self,
        handling: HandlingPort,
        begun: BegunPort,
        drafts: KeepsDrafts,
        readers: Executor,
        deliveries: Deliveries,
        new_id: Callable[[], UUID],
        *,
        operator: Callable[[], Operator],
        area_code: str,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._handling = handling
        self._begun = begun
        self._drafts = drafts
        self._readers = readers
        self._deliveries = deliveries
        self._new_id = new_id
        self._operator = operator
        self._area_code = area_code
        self._clock = clock
        self._state = NewMessageState()
        self._of: UUID | None = None  # operator who owns the draft in the form
        self._draft: MessageRecord | None = None
        self._waiting: tuple[MessageRecord, ...] = ()
        self._keep_timer = QTimer(self)
        self._keep_timer.setSingleShot(True)
        self._keep_timer.setInterval(DRAFT_DELAY_MS)
        self._keep_timer.timeout.connect(self.keep)

    @property
    def state(self) -> NewMessageState:
        return self._state

    def greet(self) -> None:
        """Shows the drafts of the operator who has signed in, and hides those of the
        previous one.
        """
        operator = self._operator()
        if operator.id == self._of:
            return
        self.keep()
        self._of = operator.id
        self._draft, self._waiting = None, ()
        self._show(NewMessageState())

        def found(drafts: tuple[MessageRecord, ...]) -> None:
            if drafts and self._of == operator.id:
                self._waiting = drafts
                self._take_waiting()
                self.told.emit(Notice(*review_words.begun_waits(), LONG_S, problem=True))

        def unread(_error: Exception) -> None:
            """Does nothing: the status bar reports the database error, and the draft is read at the
            next start.
            """

        self._deliveries.deliver(
            self._readers.submit(self._begun.messages_begun, operator.id),
            found,
            unread,
            expected=(StoreError,),
        )

    def take(self, draft: MessageRecord) -> None:
        """Opens a draft from the list; a colleague's draft is transferred to the signed-in
        operator.

        Other input in the form is set aside as a draft until the opened draft is submitted.
        """
        operator = self._operator()
        if self._state.is_busy or (self._draft is not None and self._draft.id == draft.id):
            return
        self.keep()
        if self._draft is not None and self._state.is_begun:
            self._waiting = (as_typed(self._draft, self._state, self._area_code), *self._waiting)
        # The list may be outdated; drafts set aside here are newer.
        newest = next((one for one in self._waiting if one.id == draft.id), draft)
        self._waiting = tuple(one for one in self._waiting if one.id != draft.id)
        self._draft = replace(
            newest,
            operator_id=operator.id,
            operator_name=operator.name,
            operator_role=operator.role,
        )
        self._show(form_of(self._draft, self._area_code))
        if newest.operator_id != operator.id:
            self._drafts.keep_message(self._draft)

    def set_field(self, name: str, text: str) -> None:
        """Sets the input of "text", "place", "name", "phone" or "email"."""
        state = self._state
        match name:
            case "text":
                state = replace(state, text=text)
            case "place":
                state = replace(state, place=text)
            case "name":
                state = replace(state, name=text)
            case "phone":
                state = replace(state, phone=text)
            case "email":
                state = replace(state, email=text)
            case _:
                raise ValueError(name)
        left = {key: told for key, told in state.problems.items() if key != name}
        self._show(replace(state, problems=left))
        self._keep_soon()

    def set_publicity(self, value: str) -> None:
        self._show(replace(self._state, publicity=value))
        self._keep_soon()

    def keep(self) -> None:
        """Saves the latest input immediately; the draft of a cleared form is deleted."""
        self._keep_timer.stop()
        if self._state.is_begun:
            self._drafts.keep_message(as_typed(self._own_draft(), self._state, self._area_code))
        elif self._draft is not None and not self._state.is_busy:
            self._drafts.drop_message(self._draft)
            self._draft = None

    def submit(self) -> None:
        """Submits the message for review, or shows validation errors."""
        state = self._state
        if state.is_busy:
            return
        phone = canonical_phone(state.phone, self._area_code)
        email = state.email.strip()
        problems: dict[str, str] = {}
        if not state.text.strip():
            problems["text"] = messages_words.message_problem(MessageProblem.TEXT_MISSING)
        if state.phone.strip() and phone is None:
            problems["phone"] = review_words.no_phone_number()
        wrong = email_problem(email) if email else None
        if wrong is not None:
            problems["email"] = review_words.no_email_address()
        if problems:
            self._show(replace(state, problems=problems))
            return
        name = split_name(state.name)
        draft = edit(
            as_typed(self._own_draft(), state, self._area_code),
            text=state.text.strip(),
            place=state.place.strip(),
            name=Absence.NOT_GIVEN if name.is_empty else name,
            phone=phone or Absence.NOT_GIVEN,
            email=email or Absence.NOT_GIVEN,
        )
        self._show(replace(state, is_busy=True))
        self._deliveries.deliver(
            self._handling.submit(draft, person(self._operator())),
            lambda outcome: self._done(draft.id, outcome),
            lambda _error: self._not_written(draft.id),
            (StoreError,),
        )

    def _own_draft(self) -> MessageRecord:
        if self._draft is None:
            self._draft = message_without_call(self._new_id(), self._clock(), self._operator())
        return self._draft

    def _keep_soon(self) -> None:
        if self._state.is_begun:
            self._own_draft()  # the operator at the first keystroke owns the draft
        # Not restarted at every keystroke: continuous typing must not postpone the write.
        if not self._keep_timer.isActive():
            self._keep_timer.start()

    def _take_waiting(self) -> None:
        if self._waiting and not self._state.is_begun:
            self._draft, *waiting = self._waiting
            self._waiting = tuple(waiting)
            self._show(form_of(self._draft, self._area_code))

    def _done(self, id: UUID, outcome: Outcome) -> None:
        if self._draft is None or self._draft.id != id:
            return  # Another operator has signed in.
        if isinstance(outcome, StepDone):
            self._keep_timer.stop()
            self._draft = None
            self._show(NewMessageState())
            self.submitted.emit(outcome.handled)
            self._take_waiting()
        else:
            self._show(replace(self._state, is_busy=False))
            self.told.emit(Notice(*step_words.refused(outcome), LONG_S, problem=True))

    def _not_written(self, id: UUID) -> None:
        """Retains the input after a failed write and saves it again later."""
        if self._draft is None or self._draft.id != id:
            return
        self._show(replace(self._state, is_busy=False))
        self._keep_soon()
        head, body = core_words.store_failed_head(), core_words.store_failed_body()
        self.told.emit(Notice(head, body, LONG_S, problem=True))

    def _show(self, state: NewMessageState) -> None:
        self._state = replace(state, id=None if self._draft is None else self._draft.id)
        self.changed.emit(self._state)
