"""Presenter of the lists of the day: rows, counters, figures, outcomes of missed calls.

GUI thread only; records are read on a reader thread. The role of the operator decides which lists
and phone numbers are shown.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Protocol, assert_never
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal

from console.core import formats
from console.core import words as core_words
from console.core.deliveries import Deliveries
from console.core.view_data import LONG_S, Notice
from console.features.journal import words as journal_words
from console.features.journal.journal_rows import NO_ROWS, JournalRows, RowWords
from console.shared.session.call_claims import Holders
from console.shared.session.live_calls import DeskState
from sync.errors import StoreError
from sync.register.calls.calls import CallRecord, CallState
from sync.register.calls.missed import Missed, MissedElsewhere, MissedOutcome
from sync.register.messages import MessageRecord
from sync.register.people.operators import Action, Operator, may
from sync.register.people.values import Absence


class JournalPort(Protocol):
    """Register reads for the lists; called on a reader thread."""

    def calls_of_day(self, start: datetime, end: datetime) -> tuple[CallRecord, ...]: ...

    def drafts(self) -> tuple[CallRecord, ...]: ...

    def messages_unfinished(self) -> tuple[MessageRecord, ...]: ...

    def call(self, id: UUID) -> CallRecord | None: ...

    def messages_of_day(self, start: datetime, end: datetime) -> tuple[MessageRecord, ...]: ...

    def messages_answered(self, since: datetime) -> tuple[MessageRecord, ...]: ...


class MissedPort(Protocol):
    """Open missed calls of all workplaces and days; ``still_open`` is called on a reader thread."""

    def still_open(self) -> tuple[Missed, ...]: ...

    def handle(
        self, ids: Sequence[UUID], by: Operator, outcome: MissedOutcome
    ) -> "Future[int]": ...


ANSWERS_DAYS = 90  # an answer takes up to 30 days and is added to the directory later
DAY_LOOKED_AT_MS = 20_000


class JournalList(StrEnum):
    """Lists of the page."""

    CALLS = "calls"
    MISSED = "missed"
    DRAFTS = "drafts"
    MESSAGES = "messages"
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True)
class DayFigures:
    """The operator's figures of the day, as shown in the left column."""

    answered: str = "0"
    average_talk: str = formats.NO_VALUE
    average_save: str = formats.NO_VALUE


@dataclass(frozen=True, slots=True)
class JournalState:
    """View state of the page; ``has_notes``: a row has a note next to its time."""

    shown: JournalList = JournalList.CALLS
    title: str = ""
    subtitle: str = ""
    rows: JournalRows = NO_ROWS
    counts: dict[JournalList, int] = field(default_factory=dict)
    figures: DayFigures = field(default_factory=DayFigures)
    empty_head: str = ""
    empty_body: str = ""
    is_beside_card: bool = False  # a card is active behind the list
    has_notes: bool = False


@dataclass(frozen=True, slots=True)
class _Day:
    calls: tuple[CallRecord, ...]
    drafts: tuple[CallRecord, ...]
    messages: tuple[MessageRecord, ...]
    answers: tuple[MessageRecord, ...]
    missed: tuple[Missed, ...]
    begun: tuple[MessageRecord, ...]
    """Messages of the operator not submitted for review yet, with or without a call."""
    figures: DayFigures = DayFigures()


_NOTHING = _Day((), (), (), (), (), ())


class JournalPresenter(QObject):
    """Reads the records of the day on a reader thread and formats them.

    Records are shown to permitted roles only. Editors of the directory see the answers, without
    phone numbers, to make typical questions from them.
    """

    changed = Signal(object)  # JournalState
    day_read = Signal(int)  # number of answers listed
    draft_opened = Signal(object)  # CallRecord
    begun_opened = Signal(object)  # MessageRecord without a call, not submitted yet
    unfinished_opened = Signal(object, object)  # MessageRecord, its CallRecord
    record_opened = Signal(object)  # closed CallRecord, read-only
    message_opened = Signal(str)  # registration number
    question_asked = Signal(object)  # MessageRecord with an answer for a typical question
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
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        holders: Callable[[], Holders] = lambda: (),
        parent: QObject | None = None,
    ) -> None:
        """``holders`` returns the phone numbers that operators of other workplaces are calling."""
        super().__init__(parent)
        self._holders = holders
        self._register = register
        self._missed = missed
        self._operator = operator
        self._readers = readers
        self._deliveries = deliveries
        self._zone = zone
        self._day = _NOTHING
        self._state = JournalState(title=journal_words.list_title(JournalList.CALLS.value))
        self._asked = 0
        self._in_front: UUID | None = None
        self._live: frozenset[str] = frozenset()
        self._clock = clock
        self._read_on: date | None = None  # None until a day was read
        timer = QTimer(self)
        timer.setInterval(DAY_LOOKED_AT_MS)
        timer.timeout.connect(self.look_at_day)
        timer.start()

    @property
    def state(self) -> JournalState:
        return self._state

    @property
    def drafts(self) -> tuple[CallRecord, ...]:
        """Call drafts of this workplace as of the last read, including those of calls in
        progress.
        """
        return self._day.drafts

    @property
    def may_see_register(self) -> bool:
        """Whether the operator may see records with personal data."""
        return may(self._operator().role, Action.SEE_REGISTER)

    def may_see(self, wanted: JournalList) -> bool:
        """Whether the operator may see this list."""
        if wanted is JournalList.ANSWERS and may(self._operator().role, Action.EDIT_DIRECTORY):
            return True
        return self.may_see_register

    def take_talk(self, card: CallRecord) -> None:
        """Reloads the lists if this call answers earlier missed calls from the same number; its
        record may still be a draft.
        """
        if any(_is_before(one, card) for one in self._day.missed):
            self.reload()

    def show_list(self, wanted: JournalList) -> None:
        self._state = self._words(wanted)
        self.changed.emit(self._state)

    def reload(self) -> None:
        """Reads the day again; only the result of the latest request is shown."""
        self._asked += 1
        asked = self._asked
        local = self._now
        start = local.replace(hour=0, minute=0, second=0, microsecond=0)
        end = start + timedelta(days=1)
        answers_since = (start - timedelta(days=ANSWERS_DAYS)).astimezone(UTC)
        whose = self._operator().id
        sees_all, sees_answers = self.may_see_register, self.may_see(JournalList.ANSWERS)
        if not sees_all:
            self._day = _NOTHING  # data read for the previous role is hidden immediately
            self.show_list(self._state.shown)

        def read() -> _Day:
            if not sees_all:
                answers = self._register.messages_answered(answers_since) if sees_answers else ()
                return replace(_NOTHING, answers=answers)
            calls = self._register.calls_of_day(start.astimezone(UTC), end.astimezone(UTC))
            return _Day(
                calls,
                self._register.drafts(),
                tuple(
                    message
                    for message in self._register.messages_of_day(
                        start.astimezone(UTC), end.astimezone(UTC)
                    )
                    if message.number is not None  # still being written
                ),
                self._register.messages_answered(answers_since),
                self._missed.still_open(),
                self._register.messages_unfinished(),
                _figures(tuple(card for card in calls if card.operator_id == whose)),
            )

        def show(day: _Day) -> None:
            if asked == self._asked:
                self._read_on = local.date()
                self._day = day
                self.show_list(self._state.shown)
                self.day_read.emit(len(day.answers))

        def unread(_error: Exception) -> None:
            """Keeps the list; status bar and banner report the unreadable register."""

        self._deliveries.deliver(self._readers.submit(read), show, unread, expected=(StoreError,))

    def take_saved(self, card: CallRecord) -> None:
        """Shows a saved record in the lists before the day has been read again.

        The list becomes visible when a record is saved; with the record already included it is
        painted only once.
        """
        day = self._day
        self._day = replace(
            day,
            calls=tuple(card if one.id == card.id else one for one in day.calls),
            drafts=tuple(one for one in day.drafts if one.id != card.id),
        )
        state = self._state
        self._state = replace(state, rows=self._rows(state.shown), counts=self._counts())
        self.changed.emit(self._state)

    def look_at_day(self) -> None:
        """Reloads the lists after midnight, if no call has caused a reload.

        This includes lists that could not be read, but not lists that were never requested.
        """
        if self._asked and self._read_on != self._now.date():
            self.reload()

    @property
    def _now(self) -> datetime:
        """Current time in the city."""
        return self._clock().astimezone(self._zone)

    def claims_changed(self) -> None:
        """Updates the missed calls after a callback lock changed."""
        if self._state.shown is JournalList.MISSED:
            self.show_list(JournalList.MISSED)

    def follow(self, desk: DeskState) -> None:
        """Excludes the active card and the drafts of calls in progress from the list of drafts."""
        calls = (desk.call, *desk.waiting, *desk.others)
        live = frozenset(one.call_id for one in calls if one is not None and one.ended_at is None)
        self.set_in_front(desk.card, live)

    def set_in_front(self, card: CallRecord | None, live: frozenset[str] = frozenset()) -> None:
        """Excludes this card and the drafts of the calls ``live`` (SIP call ids) from the list of
        drafts.
        """
        identity = None if card is None else card.id
        if (identity, live) == (self._in_front, self._live):
            return
        self._in_front, self._live = identity, live
        # Runs at each ring and save: rebuilds neither the other lists nor the figures of the day.
        state, drafts = self._state, self._waiting_drafts()
        is_shown = state.shown is JournalList.DRAFTS
        self._state = replace(
            state,
            rows=self._rows(JournalList.DRAFTS) if is_shown else state.rows,
            counts={**state.counts, JournalList.DRAFTS: len(drafts)},
            is_beside_card=identity is not None,
        )
        self.changed.emit(self._state)

    def open_row(self, key: UUID) -> None:
        """Opens a draft for completion, a closed record read-only, or a message by its registration
        number.
        """
        for card in (*self._day.drafts, *self._day.calls):
            if card.id == key:
                is_draft = card.state is CallState.DRAFT
                (self.draft_opened if is_draft else self.record_opened).emit(card)
                return
        for message in self._day.begun:
            if message.id == key:
                self.open_begun(message)
                return
        for message in (*self._day.messages, *self._day.answers):
            if message.id == key:
                self.message_opened.emit(str(message.number))
                return

    def open_begun(self, message: MessageRecord) -> None:
        """Opens an unfinished message in the form in which it was started."""
        call_id = message.call_id
        if call_id is None:
            self.begun_opened.emit(message)
            return

        def show(card: CallRecord | None) -> None:
            if card is not None:
                self.unfinished_opened.emit(message, card)

        self._deliveries.deliver(
            self._readers.submit(self._register.call, call_id),
            show,
            lambda _error: self.told.emit(
                Notice(core_words.store_failed_head(), core_words.store_failed_body(), problem=True)
            ),
            expected=(StoreError,),
        )

    def phone_of(self, key: UUID) -> str:
        """Phone number of the caller or author of a row; empty if unknown."""
        day = self._day
        for card in (*day.drafts, *day.calls, *day.missed):
            if card.id == key:
                if isinstance(card, MissedElsewhere):
                    return card.phone
                return card.caller_number_raw if isinstance(card.phone, Absence) else card.phone
        for message in (*day.messages, *day.answers, *day.begun):
            if message.id == key:
                return self.phone_of_message(message)
        return ""

    def missed_at(self, key: UUID) -> datetime | None:
        """Time of the missed call of a row; None if the row is not a missed call."""
        return next((one.arrived_at for one in self._day.missed if one.id == key), None)

    def phone_of_message(self, message: MessageRecord) -> str:
        """Phone number of the author for permitted roles; empty if unknown."""
        is_shown = self.may_see_register and not isinstance(message.phone, Absence)
        return message.phone if is_shown else ""

    def note_missed(self, keys: Sequence[UUID], outcome: MissedOutcome) -> None:
        """Records the outcome of missed calls, which removes them from the lists of all
        workplaces.
        """
        if not keys:
            return

        def noted(count: int) -> None:
            done = (
                journal_words.missed_handled(count) if count else journal_words.handled_elsewhere()
            )
            self.told.emit(Notice(done))
            self.reload()

        def unwritten(_error: Exception) -> None:
            head, body = core_words.store_failed_head(), core_words.store_failed_body()
            self.told.emit(Notice(head, body, LONG_S, problem=True))

        self._deliveries.deliver(
            self._missed.handle(keys, self._operator(), outcome),
            noted,
            unwritten,
            expected=(StoreError,),
        )

    def tell_moved(self) -> None:
        """Shows the notice that the selected call has left the list and the key was ignored."""
        self.told.emit(Notice(*core_words.chosen_is_gone(), problem=True))

    def make_question(self, key: UUID) -> None:
        """Requests a typical question from the answer to a message (Regulation 9.8)."""
        for message in (*self._day.messages, *self._day.answers):
            if message.id == key and message.answer_text:
                self.question_asked.emit(message)
                return

    def _waiting_drafts(self) -> tuple[CallRecord | MessageRecord, ...]:
        """Returns the drafts of calls and messages, oldest first, without those of calls in
        progress.
        """
        worked_on = {
            card.id
            for card in self._day.drafts
            if card.id == self._in_front or card.sip_call_id in self._live
        }
        waiting = (card for card in self._day.drafts if card.id not in worked_on)
        begun = (one for one in self._day.begun if one.call_id not in worked_on)
        return tuple(sorted((*waiting, *begun), key=_begun_at))

    def _rows(self, wanted: JournalList) -> JournalRows:
        """Returns the rows of the list, newest first."""
        is_missed = wanted is JournalList.MISSED
        row_words = RowWords(
            self._now.date(),
            self._zone,
            self.may_see_register,
            self._holders() if is_missed else (),
            notes_hours=is_missed,
        )
        return self._state.rows.followed_by(self._records(wanted)[::-1], row_words)

    def _records(self, wanted: JournalList) -> Sequence[Missed | MessageRecord]:
        """Records of the list, oldest first."""
        day = self._day
        match wanted:
            case JournalList.CALLS:
                return day.calls
            case JournalList.MISSED:
                return day.missed
            case JournalList.DRAFTS:
                return self._waiting_drafts()
            case JournalList.MESSAGES:
                return day.messages
            case JournalList.ANSWERS:
                return day.answers
            case _:
                assert_never(wanted)

    def _counts(self) -> dict[JournalList, int]:
        day = self._day
        return {
            JournalList.CALLS: len(day.calls),
            JournalList.MISSED: len(day.missed),
            JournalList.DRAFTS: len(self._waiting_drafts()),
            JournalList.MESSAGES: len(day.messages),
            JournalList.ANSWERS: len(day.answers),
        }

    def _words(self, wanted: JournalList) -> JournalState:
        if self.may_see(wanted):
            head, body = journal_words.empty_list(wanted.value)
        else:
            head, body = journal_words.not_for_role()
        return JournalState(
            shown=wanted,
            title=journal_words.list_title(wanted.value),
            subtitle=journal_words.list_subtitle(wanted.value, self._now.date()),
            rows=self._rows(wanted),
            counts=self._counts(),
            figures=self._day.figures,
            empty_head=head,
            empty_body=body,
            is_beside_card=self._in_front is not None,
            has_notes=wanted is JournalList.MISSED
            and any(one.out_of_hours for one in self._day.missed),
        )


def _is_before(missed: Missed, talk: CallRecord) -> bool:
    """Whether the missed call precedes a conversation with the same number, by the rule of the
    register.
    """
    if isinstance(talk.phone, Absence):
        return False  # a withheld number may be anyone
    since = talk.answered_at if isinstance(missed, MissedElsewhere) else talk.arrived_at
    return missed.phone == talk.phone and since is not None and missed.arrived_at < since


def _begun_at(draft: CallRecord | MessageRecord) -> datetime:
    return draft.arrived_at if isinstance(draft, CallRecord) else draft.created_at


def _figures(day: tuple[CallRecord, ...]) -> DayFigures:
    """Returns the number of answered calls, the average talk time, and the average time from
    hang-up to save, as in the call report.
    """
    answered = [
        card
        for card in day
        if card.direction == "incoming" and card.answered_at is not None and card.part_of is None
    ]
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
        average_talk=formats.duration_text(sum(talks) / len(talks) if talks else None),
        average_save=formats.duration_text(sum(saves) / len(saves) if saves else None),
    )
