"""Earlier messages that a message repeats or resembles, found on the thread that reads texts."""

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from sync.register.calendar import WorkingCalendar
from sync.register.checks.morphology import Morphology
from sync.register.handling.answer_terms import AnswerTermRule
from sync.register.handling.clocks import is_repeated_in_term
from sync.register.handling.handled import HandledMessage
from sync.register.handling.states import State
from sync.register.likeness.compare import Likeness
from sync.register.likeness.matters import Matters
from sync.register.likeness.search import SimilarMessages
from sync.register.messages import MessageRecord
from sync.register.values import Absence

T = TypeVar("T")
COMPARED = frozenset(State) - {State.DRAFT, State.REFUSED, State.REMOVED_AS_DUPLICATE}
"""What was refused or removed is no original."""
READ_AGAIN = timedelta(seconds=30)
SHOWN = 5


@dataclass(frozen=True, slots=True)
class SimilarMessage:
    """An earlier message; ``in_term`` tells whether its answer term ran when the new one came."""

    handled: HandledMessage
    likeness: Likeness
    in_term: bool


class MessagesPort(Protocol):
    """What is read of the register; called on the thread that reads texts."""

    def in_states(self, states: Collection[State]) -> tuple[HandledMessage, ...]: ...


class ReaderPort(Protocol):
    """The thread that reads texts, with its one dictionary."""

    def with_dictionary(self, work: Callable[[Morphology], T]) -> "Future[T]": ...


class SimilarFinder:
    """Keeps the terms of all messages in memory, on the reader's thread.

    ``find`` may be called on any thread and returns at once; its future fails with StoreError.
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
        self._known: dict[UUID, HandledMessage] = {}
        self._texts: dict[UUID, str] = {}
        self._read_at: datetime | None = None

    def find(
        self,
        message: HandledMessage,
        rules: Sequence[AnswerTermRule],
        calendar: WorkingCalendar,
    ) -> "Future[tuple[SimilarMessage, ...]]":
        """The likest earlier messages, those it repeats word for word first."""

        def work(morphology: Morphology) -> tuple[SimilarMessage, ...]:
            index = self._filled(morphology)
            sent_at = message.standing.submitted_at or self._clock()

            def in_term(key: UUID) -> bool:
                original = self._known[key].standing
                return key != message.id and is_repeated_in_term(
                    original, sent_at, rules, calendar, self._zone
                )

            found = index.find(
                compared_text(message),
                in_term=in_term,
                same_user=lambda key: _same_author(self._known[key].record, message.record),
                limit=SHOWN + 1,
            )
            return tuple(
                SimilarMessage(self._known[each.key], each.likeness, in_term(each.key))
                for each in found
                if each.key != message.id
            )[:SHOWN]

        return self._reader.with_dictionary(work)

    def _filled(self, morphology: Morphology) -> SimilarMessages[UUID]:
        """The index with all messages of the register as they were half a minute ago or later."""
        if self._index is None:
            self._index = SimilarMessages(Matters(morphology.normal), self._texts.__getitem__)
        now = self._clock()
        if self._read_at is None or now - self._read_at > READ_AGAIN:
            self._read_at = now
            self._take_in(self._index)
        return self._index

    def _take_in(self, index: SimilarMessages[UUID]) -> None:
        messages = {one.id: one for one in self._source.in_states(COMPARED)}
        for key in self._texts.keys() - messages.keys():
            index.remove(key)
            del self._texts[key]
        for key, message in messages.items():
            text = compared_text(message)
            if self._texts.get(key) != text:
                self._texts[key] = text
                index.put(key, text)
        self._known = messages


def compared_text(message: HandledMessage) -> str:
    """The text with its place: the same words of another house tell of another matter."""
    contents = message.standing.contents
    return f"{contents.text}\n{contents.place}".strip()


def _same_author(one: MessageRecord, other: MessageRecord) -> bool:
    """Whether a phone or an e-mail tells that both are of one person."""
    pairs = ((one.phone, other.phone), (one.email, other.email))
    return any(not isinstance(mine, Absence) and mine == theirs for mine, theirs in pairs)
