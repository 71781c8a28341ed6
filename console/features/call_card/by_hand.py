"""Manual records of requests without a call, and the deadline sentence to read to a caller."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from console.core import formats
from console.core.typed_moment import read_moment
from console.core.view_data import Notice
from console.shared.messages import words as messages_words
from console.shared.messages.terms import CityCalendar
from console.shared.session import call_words
from console.shared.session.desk import DeskPresenter
from console.shared.session.live_calls import DeskState
from sync.register.calendar.terms import review_term
from sync.register.calls import by_hand
from sync.register.calls.calls import CallRecord, RequestWay
from sync.register.handling.answers import AnswerTerm, AnswerTermRule, answer_term
from sync.register.messages import MessageRecord, State


@dataclass(frozen=True, slots=True)
class ByHandState:
    """View state of the rows for a manual record; ``is_shown`` is False for other records.

    ``way`` is the channel of the request, ``moment`` its time of arrival as text.
    """

    is_shown: bool = False
    key: str = ""
    way: str | None = None
    moment: str = ""
    problem: str = ""


class ByHandPresenter(QObject):
    """Opens manual records and parses the time when the request arrived."""

    changed = Signal(object)  # ByHandState
    told = Signal(object)  # Notice

    def __init__(
        self,
        desk: DeskPresenter,
        *,
        zone: ZoneInfo,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._zone = zone
        self._clock = clock
        self._typed: dict[UUID, str] = {}  # text that is not a valid time yet, by record
        self._state = ByHandState()
        desk.changed.connect(self._refresh)

    @property
    def state(self) -> ByHandState:
        return self._state

    def open(self) -> None:
        """Opens a record for a request that arrived without a call."""
        self._desk.open_by_hand()

    def open_further(self) -> None:
        """Opens a record for an additional question of the active call, or of the call
        saved last.
        """
        if self._desk.open_further() is None and self._desk.state.card is None:
            self.told.emit(Notice(*call_words.nothing_to_divide(), problem=True))

    def set_way(self, value: str) -> None:
        card = self._card()
        if card is not None:
            self._desk.change_card(by_hand.come_by(card, RequestWay(value)))

    def set_moment(self, text: str) -> None:
        """Parses the time of arrival; a valid time is written into the record."""
        card = self._card()
        if card is None:
            return
        self._typed[card.id] = text
        read = self._read(text)
        if isinstance(read, datetime) and read != card.arrived_at:
            self._desk.change_card(by_hand.come(card, read))
        else:
            self._refresh(self._desk.state)

    def moment_left(self) -> None:
        """Replaces a valid time of arrival by its standard form when the field loses focus."""
        card = self._card()
        if card is not None and not self._state.problem:
            self._typed.pop(card.id, None)
            self._refresh(self._desk.state)

    def _read(self, text: str) -> datetime | str:
        """Returns the time of arrival, or an error text."""
        now = self._clock()
        told = read_moment(text, now.astimezone(self._zone))
        if told is None:
            return call_words.moment_unread()
        if told.at is None:
            return call_words.hour_missing()
        on = told.on or now.astimezone(self._zone).date()
        at = datetime.combine(on, told.at, self._zone).astimezone(UTC)
        problem = by_hand.moment_problem(at, now)
        return at if problem is None else call_words.moment_problem(problem)

    def _card(self) -> CallRecord | None:
        card = self._desk.state.card
        is_typed = card is not None and card.way is not None and card.part_of is None
        return card if is_typed else None

    def _refresh(self, _desk: DeskState) -> None:
        card = self._card()
        if card is None or card.way is None:
            state = ByHandState()
        else:
            typed = self._typed.get(card.id)
            read = None if typed is None else self._read(typed)
            known = formats.date_and_time(card.arrived_at.astimezone(self._zone))
            state = ByHandState(
                is_shown=True,
                key=str(card.id),
                way=card.way.value,
                moment=known if typed is None else typed,
                problem=read if isinstance(read, str) else "",
            )
        if state != self._state:
            self._state = state
            self.changed.emit(state)


class Promise:
    """Builds the sentence on a message's number, authority and answer date to read to the caller.

    The current calendar and deadline rules apply.
    """

    def __init__(
        self,
        city: CityCalendar,
        rules: Callable[[], Sequence[AnswerTermRule]],
        zone: ZoneInfo,
        body_titles: Callable[[], Mapping[str, str]],
    ) -> None:
        self._city = city
        self._rules = rules
        self._zone = zone
        self._body_titles = body_titles

    def of_known(self, known: MessageRecord) -> str:
        """Returns the sentence for a caller who already sent a message about the same subject
        (6.4).
        """
        if known.number is None or known.submitted_at is None:
            return ""
        sent_on = known.submitted_at.astimezone(self._zone).date()
        return messages_words.joined_promise(known.number, self._answered(known, sent_on))

    def of(self, message: MessageRecord) -> str:
        """Returns the sentence for a registered message; empty if the message has no number.

        It names the responsible authority (7.9) or states that none is assigned yet. For a message
        that another operator must review, it has the date of 7.11. The answer date, counted from
        registration, is included if a deadline is defined.
        """
        if message.number is None or message.submitted_at is None:
            return ""
        sent_on = message.submitted_at.astimezone(self._zone).date()
        calendar = self._city.calendar
        if message.registered_at is not None:
            answered = self._answered(message, sent_on)
            if message.state is not State.AT_ORGAN:
                return messages_words.unsent_promise(message.number, answered)
            body = self._body_titles().get(message.unit or "", "")
            return messages_words.promise(message.number, body, answered)
        decided = review_term(sent_on, calendar).last_day(self._city.sending)
        return messages_words.handed_in_promise(message.number, decided)

    def _answered(self, message: MessageRecord, sent_on: date) -> date | None:
        """Returns the last day for answering the message; None without a deadline."""
        term = answer_term(
            self._rules(),
            topic=message.topic,
            category=message.category,
            organ=message.unit,
            start=sent_on,
            calendar=self._city.calendar,
            registered_on=message.registered_at.astimezone(self._zone).date()
            if message.registered_at is not None
            else None,
        )
        return term.due if isinstance(term, AnswerTerm) else None
