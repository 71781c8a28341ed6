"""The lists of the day: calls, missed ones, drafts and messages, with their counters."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Protocol, assert_never
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from console import words
from console.bridge import Deliveries
from console.presenters.notices import LONG_S, Notice
from sync.errors import StoreError
from sync.register.calls import CallRecord, CallState
from sync.register.messages import MessageRecord
from sync.register.missed_calls import MissedOutcome
from sync.register.operators import Operator
from sync.register.values import Absence


class JournalPort(Protocol):
    """What the lists read; called on a reader thread."""

    def calls_of_day(self, start: datetime, end: datetime) -> tuple[CallRecord, ...]: ...

    def drafts(self) -> tuple[CallRecord, ...]: ...

    def messages_between(self, start: datetime, end: datetime) -> tuple[MessageRecord, ...]: ...

    def messages_answered(self, since: datetime) -> tuple[MessageRecord, ...]: ...


class MissedPort(Protocol):
    """The missed calls of all days; ``still_open`` is called on a reader thread."""

    def still_open(self) -> tuple[CallRecord, ...]: ...

    def handle(
        self, ids: Sequence[UUID], by: Operator, outcome: MissedOutcome
    ) -> "Future[int]": ...


ANSWERS_DAYS = 90  # an answer takes up to 30 days, and is taken into the directory later


class JournalList(StrEnum):
    """Which list is shown."""

    CALLS = "calls"
    MISSED = "missed"
    DRAFTS = "drafts"
    MESSAGES = "messages"
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True)
class JournalRow:
    """One line of a list, in words; ``key`` finds its record again."""

    key: UUID
    time: str
    number: str
    phone: str
    about: str
    result: str
    icon: str
    role: str
    has_answer: bool = False

    def cells(self) -> tuple[str, str, str, str, str]:
        return (self.time, self.number, self.phone, self.about, self.result)


@dataclass(frozen=True, slots=True)
class DayFigures:
    """The operator's own figures of the day, as the left column shows them."""

    answered: str = "0"
    average_talk: str = words.formats.NO_VALUE
    average_save: str = words.formats.NO_VALUE


@dataclass(frozen=True, slots=True)
class JournalState:
    """All that the page without a call shows."""

    shown: JournalList = JournalList.CALLS
    title: str = ""
    subtitle: str = ""
    rows: tuple[JournalRow, ...] = ()
    counts: dict[JournalList, int] = field(default_factory=dict)
    figures: DayFigures = field(default_factory=DayFigures)
    empty_head: str = ""
    empty_body: str = ""


@dataclass(frozen=True, slots=True)
class _Day:
    calls: tuple[CallRecord, ...]
    drafts: tuple[CallRecord, ...]
    messages: tuple[MessageRecord, ...]
    answers: tuple[MessageRecord, ...]
    missed: tuple[CallRecord, ...]


class JournalPresenter(QObject):
    """Reads the day's records off the GUI thread and puts them into words."""

    changed = Signal(object)  # JournalState
    draft_opened = Signal(object)  # CallRecord
    question_asked = Signal(object)  # MessageRecord whose answer is to be a typical question
    told = Signal(object)  # Notice

    def __init__(
        self,
        register: JournalPort,
        readers: Executor,
        deliveries: Deliveries,
        missed: MissedPort,
        *,
        operator: Callable[[], Operator],
        zone: ZoneInfo,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._register = register
        self._missed = missed
        self._operator = operator
        self._readers = readers
        self._deliveries = deliveries
        self._zone = zone
        self._day = _Day((), (), (), (), ())
        self._state = JournalState(title=words.lists.list_title(JournalList.CALLS.value))
        self._asked = 0
        self._in_front: UUID | None = None

    @property
    def state(self) -> JournalState:
        return self._state

    def show_list(self, wanted: JournalList) -> None:
        self._state = self._words(wanted)
        self.changed.emit(self._state)

    def reload(self) -> None:
        """Read the day again; the newest answer wins."""
        self._asked += 1
        asked = self._asked
        local = datetime.now(self._zone)
        start = local.replace(hour=0, minute=0, second=0, microsecond=0)
        end = start + timedelta(days=1)
        answers_since = (start - timedelta(days=ANSWERS_DAYS)).astimezone(UTC)

        def read() -> _Day:
            return _Day(
                self._register.calls_of_day(start.astimezone(UTC), end.astimezone(UTC)),
                self._register.drafts(),
                tuple(
                    message
                    for message in self._register.messages_between(
                        start.astimezone(UTC), end.astimezone(UTC)
                    )
                    if message.number is not None  # one without is being typed in a card
                ),
                self._register.messages_answered(answers_since),
                self._missed.still_open(),
            )

        def show(day: _Day) -> None:
            if asked == self._asked:
                self._day = day
                self.show_list(self._state.shown)

        def unread(_error: Exception) -> None:
            """The foot of the window and its banner tell of the store; the list stays."""

        self._deliveries.deliver(self._readers.submit(read), show, unread, expected=(StoreError,))

    def set_in_front(self, card: CallRecord | None) -> None:
        """The card being worked on is not one of those that wait among the drafts."""
        identity = None if card is None else card.id
        if identity != self._in_front:
            self._in_front = identity
            self.show_list(self._state.shown)

    def open_row(self, key: UUID) -> None:
        """Open a draft for completing; a closed record cannot be edited and stays in the list."""
        for card in (*self._day.drafts, *self._day.calls):
            if card.id == key and card.state is CallState.DRAFT:
                self.draft_opened.emit(card)
                return

    def phone_of(self, key: UUID) -> str:
        """The number of a row's caller or author; empty where none is known."""
        day = self._day
        for card in (*day.drafts, *day.calls, *day.missed):
            if card.id == key:
                return card.caller_number_raw if isinstance(card.phone, Absence) else card.phone
        for message in (*day.messages, *day.answers):
            if message.id == key:
                return "" if isinstance(message.phone, Absence) else message.phone
        return ""

    def note_missed(self, keys: Sequence[UUID], outcome: MissedOutcome) -> None:
        """Say what became of these missed calls: they leave the list for all who work here."""
        if not keys:
            return

        def noted(count: int) -> None:
            self.told.emit(Notice(words.lists.missed_handled(count)))
            self.reload()

        def unwritten(_error: Exception) -> None:
            head, body = words.status.store_failed_head(), words.status.store_failed_body()
            self.told.emit(Notice(head, body, LONG_S, problem=True))

        self._deliveries.deliver(
            self._missed.handle(keys, self._operator(), outcome),
            noted,
            unwritten,
            expected=(StoreError,),
        )

    def make_question(self, key: UUID) -> None:
        """Ask for a typical question of the answer that has come to a message (9.8)."""
        for message in (*self._day.messages, *self._day.answers):
            if message.id == key and message.answer_text:
                self.question_asked.emit(message)
                return

    def _words(self, wanted: JournalList) -> JournalState:
        day = self._day
        drafts = tuple(card for card in day.drafts if card.id != self._in_front)
        match wanted:
            case JournalList.CALLS:
                rows = tuple(self._call_row(card) for card in reversed(day.calls))
            case JournalList.MISSED:
                rows = tuple(self._call_row(card) for card in reversed(day.missed))
            case JournalList.DRAFTS:
                rows = tuple(self._call_row(card) for card in reversed(drafts))
            case JournalList.MESSAGES:
                rows = tuple(self._message_row(message) for message in reversed(day.messages))
            case JournalList.ANSWERS:
                rows = tuple(self._message_row(message) for message in reversed(day.answers))
            case _:
                assert_never(wanted)
        head, body = words.lists.empty_list(wanted.value)
        return JournalState(
            shown=wanted,
            title=words.lists.list_title(wanted.value),
            subtitle=words.lists.list_subtitle(wanted.value, datetime.now(self._zone).date()),
            rows=rows,
            counts={
                JournalList.CALLS: len(day.calls),
                JournalList.MISSED: len(day.missed),
                JournalList.DRAFTS: len(drafts),
                JournalList.MESSAGES: len(day.messages),
                JournalList.ANSWERS: len(day.answers),
            },
            figures=_figures(
                tuple(card for card in day.calls if card.operator_id == self._operator().id)
            ),
            empty_head=head,
            empty_body=body,
        )

    def _call_row(self, card: CallRecord) -> JournalRow:
        """A call of another day, or a request of one that was written down today, has its day."""
        text, icon, role = words.cards.result_mark(card)
        local, now = card.arrived_at.astimezone(self._zone), datetime.now(self._zone)
        return JournalRow(
            key=card.id,
            time=words.formats.moment(local, now),
            number=str(card.number),
            phone=words.cards.card_phone(card),
            about=words.cards.about(card, words.formats.first_line(card.content)),
            result=text,
            icon=icon,
            role=role,
        )

    def _message_row(self, message: MessageRecord) -> JournalRow:
        text, icon, role = words.steps.message_mark(message)
        at = message.registered_at or message.created_at
        phone = (
            "" if isinstance(message.phone, Absence) else words.formats.phone_text(message.phone)
        )
        local = at.astimezone(self._zone)
        day = local.date()
        is_today = day == datetime.now(self._zone).date()
        return JournalRow(
            key=message.id,
            time=words.formats.time_text(local) if is_today else words.formats.date_text(day),
            number=str(message.number),
            phone=phone,
            about=words.formats.first_line(message.text),
            result=text,
            icon=icon,
            role=role,
            has_answer=bool(message.answer_text),
        )


def _figures(day: tuple[CallRecord, ...]) -> DayFigures:
    """Answered calls, average talk and average time from hang-up to saved."""
    answered = [card for card in day if card.answered_at is not None and card.part_of is None]
    talks = [
        (card.ended_at - card.answered_at).total_seconds()
        for card in answered
        if card.ended_at is not None and card.answered_at is not None
    ]
    saves = [
        (card.saved_at - card.ended_at).total_seconds()
        for card in answered
        if card.saved_at is not None and card.ended_at is not None
    ]
    return DayFigures(
        answered=str(len(answered)),
        average_talk=words.formats.duration_text(sum(talks) / len(talks) if talks else None),
        average_save=words.formats.duration_text(sum(saves) / len(saves) if saves else None),
    )
