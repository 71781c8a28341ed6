"""Search for similar earlier messages, and deletion of stored search queries.

Queries are deleted after the retention period, on an erasure, and if they mention a person.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Protocol, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from kb.errors import DirectoryError
from sync.errors import OfficialsUnreadable, StoreUnavailable
from sync.register.calendar.calendar import WorkingCalendar
from sync.register.checks.morphology import Morphology
from sync.register.handling.answers import AnswerKind, AnswerTermRule
from sync.register.handling.clocks import is_repeated_in_term
from sync.register.handling.handled import HandledMessage
from sync.register.likeness.matters import Matters
from sync.register.likeness.search import (
    MOST,
    Likeness,
    NearbyMessages,
    OpenMessage,
    Reason,
    SimilarMessages,
    Verdict,
)
from sync.register.messages import OPEN, MessageRecord, State, with_place
from sync.register.people.values import Absence
from sync.store.local.messages.handling import ChangedMessages

_READ_AT_ONCE = 50  # texts; limits the delay of a text check during a call


class KeptSearches(Protocol):
    """Stored search queries of the directory; called on the thread of the job."""

    def forget_searches_before(self, day: date) -> int: ...

    def forget_searches(self, is_meant: Callable[[str], bool]) -> int: ...

    def searches_to_read(self) -> tuple[str, ...]: ...

    def note_searches_read(self) -> None: ...


class SearchTerms:
    """Deletes stored search queries. Blocks; call on a worker thread."""

    def __init__(
        self,
        directory: KeptSearches,
        of_nobody: Callable[[Sequence[str]], Future[frozenset[str]]],
        days: int,
    ) -> None:
        """`of_nobody` returns the texts that mention no person; 0 days disables the expiry."""
        self._directory = directory
        self._of_nobody = of_nobody
        self._days = days

    def end(self, at: datetime) -> int:
        """Deletes expired queries and, once, those that mention a person; returns the number of
        rows.

        Raises `StoreUnavailable` if the directory or the known persons cannot be read.
        """
        with _no_bug():
            count = self._forget_old(at.astimezone(UTC).date())
            try:
                return count + self._forget_people()
            except CancelledError:
                return count  # shutdown; the next start continues

    def forget(self, is_meant: Callable[[str], bool]) -> int:
        """Deletes the queries that satisfy `is_meant`; returns the number of rows. Raises
        `StoreUnavailable`.
        """
        with _no_bug():
            return self._directory.forget_searches(is_meant)

    def _forget_old(self, today: date) -> int:
        if not self._days:
            return 0
        return self._directory.forget_searches_before(today - timedelta(days=self._days))

    def _forget_people(self) -> int:
        """Deletes queries that were stored before texts were checked for persons."""
        texts = self._directory.searches_to_read()
        kept: set[str] = set()
        for start in range(0, len(texts), _READ_AT_ONCE):
            kept |= self._of_nobody(texts[start : start + _READ_AT_ONCE]).result()
        told = set(texts) - kept
        count = self._directory.forget_searches(told.__contains__) if told else 0
        self._directory.note_searches_read()
        return count


@contextmanager
def _no_bug() -> Iterator[None]:
    """Converts directory errors to `StoreUnavailable`, which makes the job retry."""
    try:
        yield
    except (DirectoryError, OfficialsUnreadable) as error:
        raise StoreUnavailable(type(error).__name__) from error


T = TypeVar("T")

NO_ORIGINALS = frozenset({State.DRAFT, State.REFUSED, State.REMOVED_AS_DUPLICATE})
_NEARBY = OPEN - {State.DRAFT}
RECENT = timedelta(days=14)
"""Time for which a closed message is shown to a caller with the same subject."""
_OLDEST = timedelta(days=90)  # older messages were closed long ago
PIECE = 100  # events per batch; pending text checks run between two batches
SHOWN = 5
_TOLD = frozenset({AnswerKind.PLANNED, AnswerKind.IMPOSSIBLE})


@dataclass(frozen=True, slots=True)
class SimilarMessage:
    """Earlier message; `in_term`: its answer deadline was running when the new one arrived.

    `same_author`: phone number or e-mail address is the same.
    """

    handled: HandledMessage
    likeness: Likeness
    in_term: bool
    same_author: bool

    @property
    def was_answered(self) -> bool:
        """Whether the last answer to its author states why the subject cannot be solved, or when it
        will be (clause 6.3, item 8).

        A message returned for rework may be submitted again.
        """
        standing = self.handled.standing
        sent = [given.answer.kind for given in standing.answers if given.is_sent]
        is_like = self.likeness.verdict is not Verdict.DIFFERENT
        return is_like and bool(sent) and sent[-1] in _TOLD and standing.state is not State.REWORK


class MessagesPort(Protocol):
    """Reads messages; called on the thread of the text checks."""

    def handled(self, message_id: UUID) -> HandledMessage | None: ...

    def changed(self, after: int, limit: int) -> ChangedMessages: ...


class ReaderPort(Protocol):
    """Runs work on the thread of the text checks with its dictionary."""

    def with_dictionary(self, work: Callable[[Morphology], T]) -> "Future[T]": ...


@dataclass(frozen=True, slots=True)
class _Asked:
    message: HandledMessage
    rules: Sequence[AnswerTermRule]
    calendar: WorkingCalendar


@dataclass(frozen=True, slots=True)
class _Indices:
    """Index of all messages by text, and of open messages by subject and place."""

    similar: SimilarMessages[UUID]
    nearby: NearbyMessages


class SimilarFinder:
    """In-memory index of message texts and subjects, on the thread of the text checks.

    `find` and `near` are thread-safe and do not block; their futures fail with `StoreError`. The
    register is read in batches, later only its changes. Other work of the thread runs between two
    batches, such as the check of a message being entered.
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
        # Used on the thread of the text checks only.
        self._indices: _Indices | None = None
        self._texts: dict[UUID, str] = {}
        self._mark = 0

    def begin(self) -> None:
        """Reads the register in advance; an error is reported by the first query."""
        reading = self._reader.with_dictionary(self._take_in_piece)
        reading.add_done_callback(self._begin_again)

    def _begin_again(self, reading: "Future[bool]") -> None:
        if not reading.cancelled() and reading.exception() is None and reading.result():
            self.begin()

    def find(
        self,
        message: HandledMessage,
        rules: Sequence[AnswerTermRule],
        calendar: WorkingCalendar,
    ) -> "Future[tuple[SimilarMessage, ...]]":
        """Returns the most similar messages; exact duplicates within their deadline are first."""
        asked = _Asked(message, rules, calendar)
        return self._ask(lambda indices: self._similar(indices.similar, asked))

    def near(self, asked: OpenMessage) -> "Future[tuple[HandledMessage, ...]]":
        """Returns the open messages that may have the same subject, most similar first, in their
        current state.
        """
        return self._ask(lambda indices: self._near(indices.nearby, asked))

    def _ask(self, answer: Callable[[_Indices], T]) -> "Future[T]":
        answered: Future[T] = Future()
        self._reader.with_dictionary(lambda morphology: self._go_on(morphology, answer, answered))
        return answered

    # --- thread of the text checks ---

    def _go_on(
        self, morphology: Morphology, answer: Callable[[_Indices], T], answered: "Future[T]"
    ) -> None:
        """Reads the next batch, or answers if there is none."""
        try:
            if self._take_in_piece(morphology):
                self._reader.with_dictionary(lambda again: self._go_on(again, answer, answered))
            else:
                answered.set_result(answer(self._opened(morphology)))
        # Pass every exception to the future, as executors do. Otherwise the caller would wait
        # forever and the error would be lost.
        except Exception as error:
            answered.set_exception(error)

    def _opened(self, morphology: Morphology) -> _Indices:
        if self._indices is None:
            matters = Matters(morphology.normal)
            self._indices = _Indices(
                SimilarMessages(matters, self._texts.__getitem__), NearbyMessages(matters)
            )
        return self._indices

    def _take_in_piece(self, morphology: Morphology) -> bool:
        """Adds the next changes of the register; returns whether there may be more."""
        indices = self._opened(morphology)
        changed = self._source.changed(self._mark, PIECE)
        for record in changed.records:
            if record.state in NO_ORIGINALS:
                indices.similar.remove(record.id)
                self._texts.pop(record.id, None)
            elif self._texts.get(record.id) != (text := _compared_text(record)):
                self._texts[record.id] = text
                indices.similar.put(record.id, text)
            if record.state in _NEARBY or self._may_be_recent(record):
                indices.nearby.put(
                    OpenMessage(record.id, record.text, record.place, record.category)
                )
            else:
                indices.nearby.remove(record.id)
        goes_on = changed.mark != self._mark
        self._mark = changed.mark
        return goes_on

    def _near(self, index: NearbyMessages, asked: OpenMessage) -> tuple[HandledMessage, ...]:
        """Returns open messages first, then those closed recently."""
        read = (self._source.handled(id) for id in index.find(asked, 2 * MOST))
        found = [each for each in read if each is not None]
        opened = [each for each in found if each.standing.state in _NEARBY]
        return (*opened, *filter(self._is_recent, found))[:MOST]

    def _may_be_recent(self, record: MessageRecord) -> bool:
        is_over = record.state is State.CLOSED and record.registered_at is not None
        return is_over and record.created_at > self._clock() - _OLDEST

    def _is_recent(self, message: HandledMessage) -> bool:
        standing = message.standing
        if standing.state is not State.CLOSED or standing.registered_at is None:
            return False
        return standing.last_at is not None and standing.last_at > self._clock() - RECENT

    def _similar(self, index: SimilarMessages[UUID], asked: _Asked) -> tuple[SimilarMessage, ...]:
        mine = asked.message
        read: dict[UUID, HandledMessage | None] = {}

        def original(key: UUID) -> HandledMessage | None:
            if key not in read:
                read[key] = self._source.handled(key)
            return read[key]

        found = index.find(
            _compared_text(mine.record),
            in_term=lambda _key: True,  # checked below for the few results
            same_user=lambda key: _is_of_same_author(original(key), mine.record),
            limit=SHOWN + 1,
        )
        similar: list[SimilarMessage] = []
        for each in found:
            handled = None if each.key == mine.id else original(each.key)
            if handled is not None and handled.standing.state not in NO_ORIGINALS:
                similar.append(self._judged(handled, each.likeness, asked))
        similar.sort(key=_rank)
        return tuple(similar[:SHOWN])

    def _judged(
        self, original: HandledMessage, likeness: Likeness, asked: _Asked
    ) -> SimilarMessage:
        """Returns the earlier message in its current state; an exact duplicate requires a running
        deadline (clause 6.4).
        """
        sent_at = asked.message.standing.submitted_at or self._clock()
        in_term = is_repeated_in_term(
            original.standing, sent_at, asked.rules, asked.calendar, self._zone
        )
        if likeness.verdict is Verdict.REPEAT and not in_term:
            likeness = replace(
                likeness, verdict=Verdict.SIMILAR, reason=Reason.SAME_WORDS_TERM_OVER
            )
        is_own = _is_of_same_author(original, asked.message.record)
        return SimilarMessage(original, likeness, in_term, is_own)


def _compared_text(record: MessageRecord) -> str:
    """Returns text and place; the same text about another house is a different subject."""
    return with_place(record.text, record.place)


def _rank(similar: SimilarMessage) -> tuple[bool, float, bool, datetime]:
    """Sort key: exact duplicates first, then by similarity; oldest first among equals."""
    likeness, standing = similar.likeness, similar.handled.standing
    sent_at = standing.submitted_at or similar.handled.record.created_at
    return likeness.verdict is not Verdict.REPEAT, -likeness.score, not similar.in_term, sent_at


def _is_of_same_author(message: HandledMessage | None, record: MessageRecord) -> bool:
    if message is None:
        return False
    pairs = ((message.record.phone, record.phone), (message.record.email, record.email))
    return any(not isinstance(one, Absence) and one == other for one, other in pairs)
