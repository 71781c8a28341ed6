"""A message that came neither by a call nor by the platform: written down for review (7.4)."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from console import words
from console.bridge import Deliveries
from console.presenters.handling_port import HandlingPort, Outcome
from console.presenters.notices import LONG_S, Notice
from sync.errors import StoreError
from sync.register.handling.events import person
from sync.register.handling.handled import StepDone
from sync.register.messages import MessageProblem, Publicity, edit, message_without_call
from sync.register.name_reading import split_name
from sync.register.operators import Operator
from sync.register.phones import canonical_phone
from sync.register.values import Absence, email_problem


@dataclass(frozen=True, slots=True)
class NewMessageState:
    """What is typed; ``problems`` has words under "text", "phone" and "email"."""

    text: str = ""
    place: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""
    publicity: str = Publicity.NOT_STATED.value
    problems: dict[str, str] = field(default_factory=dict)
    is_busy: bool = False


class NewMessagePresenter(QObject):
    """One message; day, hour and category are filled in by its review. GUI thread."""

    changed = Signal(object)  # NewMessageState
    submitted = Signal(object)  # HandledMessage
    told = Signal(object)  # Notice

    def __init__(
        self,
        handling: HandlingPort,
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
        self._deliveries = deliveries
        self._new_id = new_id
        self._operator = operator
        self._area_code = area_code
        self._clock = clock
        self._state = NewMessageState()

    @property
    def state(self) -> NewMessageState:
        return self._state

    def set_field(self, name: str, text: str) -> None:
        """What is typed into "text", "place", "name", "phone" or "email"."""
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

    def set_publicity(self, value: str) -> None:
        self._show(replace(self._state, publicity=value))

    def submit(self) -> None:
        """Hand it to review, or say what is wrong in the fields."""
        state = self._state
        if state.is_busy:
            return
        phone = canonical_phone(state.phone, self._area_code)
        email = state.email.strip()
        problems: dict[str, str] = {}
        if not state.text.strip():
            problems["text"] = words.messages.message_problem(MessageProblem.TEXT_MISSING)
        if state.phone.strip() and phone is None:
            problems["phone"] = words.review.no_phone_number()
        wrong = email_problem(email) if email else None
        if wrong is not None:
            problems["email"] = words.review.no_email_address()
        if problems:
            self._show(replace(state, problems=problems))
            return
        operator = self._operator()
        name = split_name(state.name)
        draft = edit(
            message_without_call(self._new_id(), self._clock(), operator),
            text=state.text.strip(),
            place=state.place.strip(),
            name=Absence.NOT_GIVEN if name.is_empty else name,
            phone=phone or Absence.NOT_GIVEN,
            email=email or Absence.NOT_GIVEN,
            publicity=Publicity(state.publicity),
        )
        self._show(replace(state, is_busy=True))
        self._deliveries.deliver(
            self._handling.submit(draft, person(operator)),
            self._done,
            self._not_written,
            (StoreError,),
        )

    def _done(self, outcome: Outcome) -> None:
        if isinstance(outcome, StepDone):
            self._show(NewMessageState())
            self.submitted.emit(outcome.handled)
        else:
            self._show(replace(self._state, is_busy=False))
            self.told.emit(Notice(*words.steps.refused(outcome), LONG_S, problem=True))

    def _not_written(self, _error: Exception) -> None:
        """The disk refused: what was typed stays, to be tried again."""
        self._show(replace(self._state, is_busy=False))
        head, body = words.status.store_failed_head(), words.status.store_failed_body()
        self.told.emit(Notice(head, body, LONG_S, problem=True))

    def _show(self, state: NewMessageState) -> None:
        self._state = state
        self.changed.emit(state)
