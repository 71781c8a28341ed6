"""Earlier messages that a message repeats or resembles, found on the thread that reads texts."""

from collections import deque
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from sync.register.calendar import WorkingCalendar
from sync.register.checks.morphology import Morphology
from sync.register.handling.answer_terms import AnswerTermRule
from sync.register.handling.clocks import is_repeated_in_term
from sync.register.handling.handled import HandledMessage
from sync.register.handling.states import State
from sync.register.likeness.compare import Likeness, Reason, Verdict
from sync.register.likeness.matters import Matters
from sync.register.likeness.search import SimilarMessages
from sync.register.messages import MessageRecord
from sync.register.values import Absence, Stated

T = TypeVar("T")
Messages = tuple[HandledMessage, ...]

NO_ORIGINALS = frozenset({State.DRAFT, State.REFUSED, State.REMOVED_AS_DUPLICATE})
COMPARED_DAYS = 90  # an answer takes up to 30 days, and its user comes back later
CHANGING_DAYS = 3  # so long ago a draft may have been begun that is handed in now
READ_AGAIN = timedelta(seconds=30)
ONE_DAY = timedelta(days=1)
SHOWN = 5


@dataclass(frozen=True, slots=True)
class SimilarMessage:
    """An earlier message; ``in_term`` tells whether its answer term ran when the new one came."""

    handled: HandledMessage
    likeness: Likeness
    in_term: bool


class MessagesPort(Protocol):
    """What is read of the register; called on the thread that reads texts."""

    def handled(self, message_id: UUID) -> HandledMessage | None: ...

    def in_states(self, states: Collection[State]) -> Messages: ...

    def between(self, start: datetime, end: datetime) -> Messages: ...


class ReaderPort(Protocol):
    """The thread that reads texts, with its one dictionary."""

    def with_dictionary(self, work: Callable[[Morphology], T]) -> "Future[T]": ...


@dataclass(frozen=True, slots=True)
class _Asked:
    message: HandledMessage
    rules: Sequence[AnswerTermRule]
    calendar: WorkingCalendar
    answer: "Future[tuple[SimilarMessage, ...]]"


class SimilarFinder:
    """Keeps texts and terms of the last messages in memory, on the reader's thread.

    ``find`` may be called on any thread and returns at once; its future fails with StoreError.
    The first one waits until the messages are read, a day at a time: between two days the thread
    does what else is asked of it, such as the checks of a message that is being typed.
    """

    def __init__(
        self,
        reader: ReaderPort,
        messages: MessagesPort,
        zone: ZoneInfo,
        clock: Callable[[], datetime],
    ) -> None:
        self._reader = reader
        self._source = messages
        self._zone = zone
        self._clock = clock
        # All below is the reader thread's own.
        self._index: SimilarMessages[UUID] | None = None
        self._texts: dict[UUID, str] = {}
        self._authors: dict[UUID, tuple[Stated, Stated]] = {}
        self._to_read: deque[Callable[[], Messages]] = deque()
        self._read_at: datetime | None = None

    def find(
        self,
        message: HandledMessage,
        rules: Sequence[AnswerTermRule],
        calendar: WorkingCalendar,
    ) -> "Future[tuple[SimilarMessage, ...]]":
        """The likest earlier messages, those it repeats word for word while the term runs first."""
        asked = _Asked(message, rules, calendar, Future())
        self._reader.with_dictionary(lambda morphology: self._begin(morphology, asked))
        return asked.answer

    # --- on the reader's thread ---

    def _begin(self, morphology: Morphology, asked: _Asked) -> None:
        now = self._clock()
        if self._read_at is None or now - self._read_at > READ_AGAIN:
            days = COMPARED_DAYS if self._read_at is None else CHANGING_DAYS
            self._read_at = now
            self._to_read.append(partial(self._source.in_states, {State.SUBMITTED}))
            for ago in range(days):
                # The newest end is open: the clock goes on meanwhile.
                end = now - ago * ONE_DAY if ago else now + ONE_DAY
                start = now - (ago + 1) * ONE_DAY
                self._to_read.append(partial(self._source.between, start, end))
        self._go_on(morphology, asked)

    def _go_on(self, morphology: Morphology, asked: _Asked) -> None:
        """Read one more day, or answer when there is none left."""
        if self._index is None:
            self._index = SimilarMessages(Matters(morphology.normal), self._texts.__getitem__)
        try:
            if self._to_read:
                self._take_in(self._index, self._to_read.popleft()())
                self._reader.with_dictionary(lambda again: self._go_on(again, asked))
            else:
                asked.answer.set_result(self._answer(self._index, asked))
        except Exception as error:  # as the library's own executors do
            self._to_read.clear()
            self._read_at = None
            asked.answer.set_exception(error)

    def _take_in(self, index: SimilarMessages[UUID], messages: Messages) -> None:
        for message in messages:
            key, text = message.id, compared_text(message)
            if message.standing.state in NO_ORIGINALS:
                index.remove(key)
                self._texts.pop(key, None)
            elif self._texts.get(key) != text:
                self._texts[key] = text
                index.put(key, text)
            self._authors[key] = (message.record.phone, message.record.email)

    def _answer(self, index: SimilarMessages[UUID], asked: _Asked) -> tuple[SimilarMessage, ...]:
        mine = asked.message
        found = index.find(
            compared_text(mine),
            in_term=lambda _key: True,  # seen below, of the few that are shown
            same_user=lambda key: _same_author(self._authors[key], mine.record),
            limit=SHOWN + 1,
        )
        similar: list[SimilarMessage] = []
        for each in found:
            handled = None if each.key == mine.id else self._source.handled(each.key)
            if handled is not None and handled.standing.state not in NO_ORIGINALS:
                similar.append(self._judged(handled, each.likeness, asked))
        similar.sort(key=_rank)
        return tuple(similar[:SHOWN])

    def _judged(
        self, original: HandledMessage, likeness: Likeness, asked: _Asked
    ) -> SimilarMessage:
        """The earlier message as it stands now; a repetition is one only in its term (6.4)."""
        sent_at = asked.message.standing.submitted_at or self._clock()
        in_term = is_repeated_in_term(
            original.standing, sent_at, asked.rules, asked.calendar, self._zone
        )
        if likeness.verdict is Verdict.REPEAT and not in_term:
            likeness = replace(
                likeness, verdict=Verdict.SIMILAR, reason=Reason.SAME_WORDS_TERM_OVER
            )
        return SimilarMessage(original, likeness, in_term)


def compared_text(message: HandledMessage) -> str:
    """The text with its place: the same words of another house tell of another matter."""
    contents = message.standing.contents
    return f"{contents.text}\n{contents.place}".strip()


def _rank(similar: SimilarMessage) -> tuple[bool, float, bool, datetime]:
    """Repetitions first, then by likeness; of equals the one that was there first."""
    likeness, standing = similar.likeness, similar.handled.standing
    sent_at = standing.submitted_at or similar.handled.record.created_at
    return likeness.verdict is not Verdict.REPEAT, -likeness.score, not similar.in_term, sent_at


def _same_author(theirs: tuple[Stated, Stated], record: MessageRecord) -> bool:
    """Whether a phone or an e-mail tells that both are of one person."""
    pairs = zip(theirs, (record.phone, record.email), strict=True)
    return any(not isinstance(one, Absence) and one == other for one, other in pairs)
