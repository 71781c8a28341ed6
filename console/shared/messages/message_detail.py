"""Details of a message, the work lists after registration, and the message workflow port."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from operator import itemgetter
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from console.core import formats
from console.shared.messages import step_words
from console.shared.messages import words as messages_words
from console.shared.messages.terms import NO_TERM, TermState, Urgency
from sync.register.handling.answers import Answer, GivenAnswer
from sync.register.handling.contents import Confidential
from sync.register.handling.events import Doer, Event, Step
from sync.register.handling.handled import HandledMessage, StepDone
from sync.register.handling.history import StepRefused, in_force
from sync.register.handling.step_facts import AnswerGiven, Facts, Official, Routed
from sync.register.handling.votes import Tally
from sync.register.messages import MessageRecord, State
from sync.register.numbering import RegistrationNumber
from sync.register.people.operators import Operator

SHOWN_SENT = 100
"""Maximum number of sent answers listed, newest first."""


class AnswerList(StrEnum):
    """List of the page, in the order of urgency."""

    TO_SEND = "to_send"
    """An answer was received and must be evaluated, checked or sent (clause 9.5)."""
    OVER_MARK = "over_mark"
    """More than a thousand users voted; to be escalated (clause 10.6)."""
    REWORK = "rework"
    """Rated negatively, or returned to the body with remarks (clause 10.3)."""
    AT_ORGANS = "at_organs"
    """An answer is awaited, or the message must still be sent to a body."""
    RETURNED = "returned"
    """The body must correct its answer (clause 9.5)."""
    PROMISED = "promised"
    """A planned date is awaited (clause 9.6)."""
    SENT = "sent"
    """The user has received the answer; to be rated or closed (clause 10.1)."""


_OF_STATES: Mapping[State, AnswerList] = {
    State.REGISTERED: AnswerList.AT_ORGANS,
    State.PUBLISHED: AnswerList.AT_ORGANS,
    State.AT_ORGAN: AnswerList.AT_ORGANS,
    State.PASSED_ON: AnswerList.AT_ORGANS,
    State.ANSWERED: AnswerList.TO_SEND,
    State.ANSWER_RETURNED: AnswerList.RETURNED,
    State.ANSWER_SENT: AnswerList.SENT,
    State.PLANNED: AnswerList.PROMISED,
    State.RATED: AnswerList.SENT,
    State.REWORK: AnswerList.REWORK,
}
SENT_STATES = frozenset({State.ANSWER_SENT, State.RATED})
"""Only the newest messages in these states are listed, because their number grows without limit."""
OPEN_STATES = frozenset(_OF_STATES) - SENT_STATES
"""Every message in these states is in a list."""
_ACTS_NOW = (AnswerList.TO_SEND, AnswerList.OVER_MARK)
"""Lists whose messages require action of the operator."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Message of a list with its deadline, and its votes if there are any."""

    handled: HandledMessage
    list: AnswerList
    term: TermState | None
    votes: Tally | None = None


def listed(
    handled: HandledMessage, term: TermState | None, votes: Tally | None = None
) -> Listed | None:
    """Returns the message with its list, or None if nothing remains to be done."""
    wanted = _list_of(handled, votes)
    return None if wanted is None else Listed(handled, wanted, term, votes)


def _list_of(handled: HandledMessage, votes: Tally | None) -> AnswerList | None:
    standing = handled.standing
    by_state = _OF_STATES.get(standing.state)
    if by_state is None or by_state is AnswerList.TO_SEND:
        return by_state
    if handled.unjudged_answer is not None and by_state is not AnswerList.SENT:
        return AnswerList.TO_SEND
    is_over_mark = votes is not None and votes.is_over_mark
    if is_over_mark and standing.is_published and standing.passed_on_at is None:
        return AnswerList.OVER_MARK
    if standing.owes_rework:
        return AnswerList.REWORK
    return by_state


def waits_here(one: Listed) -> bool:
    """Whether the operator must act, including a reminder to a late body."""
    standing = one.handled.standing
    match one.list:
        case AnswerList.AT_ORGANS if not standing.organ:
            return True  # sent to no body yet
        case AnswerList.REWORK if standing.state is State.RATED:
            return True  # the remarks are not sent to the body yet
        case _:
            is_late = one.term is not None and one.term.urgency is Urgency.OVER
            return is_late or one.list in _ACTS_NOW


def nearest_term(all_listed: Iterable[Listed]) -> TermState:
    """Returns the earliest deadline or promised date."""
    terms = ((one.term.due, one.term) for one in all_listed if one.term and one.term.due)
    return min(terms, key=itemgetter(0), default=(None, NO_TERM))[1]


def in_order(all_listed: Iterable[Listed]) -> Mapping[AnswerList, tuple[Listed, ...]]:
    """Returns all lists with their messages: earliest date first, sent messages newest first."""
    lists: dict[AnswerList, list[Listed]] = {name: [] for name in AnswerList}
    for one in all_listed:
        lists[one.list].append(one)
    for name, rows in lists.items():
        if name is AnswerList.SENT:
            rows.sort(key=_moved_at, reverse=True)
        elif name is AnswerList.OVER_MARK:
            rows.sort(key=lambda one: -one.votes.users_in_time if one.votes else 0)
        else:
            rows.sort(key=lambda one: (_due(one), _moved_at(one)))
    lists[AnswerList.SENT] = lists[AnswerList.SENT][:SHOWN_SENT]
    return {name: tuple(rows) for name, rows in lists.items()}


def published_of(messages: Iterable[HandledMessage]) -> Mapping[UUID, datetime]:
    """Returns the publication time of messages that votes can still add to the list (clause
    10.6).
    """
    return {
        one.id: one.standing.published_at
        for one in messages
        if one.standing.published_at is not None and one.standing.passed_on_at is None
    }


def _due(one: Listed) -> date:
    due = None if one.term is None else one.term.due
    return due or date.max


def _moved_at(one: Listed) -> datetime:
    at = one.handled.standing.last_at
    return one.handled.record.created_at if at is None else at


Outcome = StepDone | StepRefused


class HandlingPort(Protocol):
    """Message workflow. Reading methods block, belong on a worker thread and raise `StoreError`;
    futures resolve after COMMIT.
    """

    def handled(self, message_id: UUID) -> HandledMessage | None: ...

    def by_number(self, number: RegistrationNumber) -> HandledMessage | None: ...

    def in_states(self, states: Collection[State]) -> tuple[HandledMessage, ...]: ...

    def take(
        self, message_id: UUID, step: Step, by: Doer, facts: Facts = ...
    ) -> Future[Outcome]: ...

    def take_all(
        self, message_id: UUID, steps: Sequence[tuple[Step, Facts]], by: Doer
    ) -> Future[Outcome]: ...

    def register(
        self, message_id: UUID, by: Operator, route: Routed | None = None
    ) -> Future[Outcome]: ...

    def submit(
        self,
        draft: MessageRecord,
        by: Doer,
        *,
        confidential: frozenset[Confidential] = ...,
    ) -> Future[Outcome]: ...

    def take_back(self, message_id: UUID, event_id: UUID, by: Operator) -> Future[Outcome]: ...


@dataclass(frozen=True, slots=True)
class Mark:
    """Text with an icon and a badge kind or a text colour role."""

    text: str
    icon: str
    kind: str


@dataclass(frozen=True, slots=True)
class AnswerBlock:
    """One answer; `lines` contain the details of its kind and its further status.

    `number` is the index of the answer's event, from 0; -1 is an answer from the platform whose
    kind is not set yet. An answer to be checked is about to be sent to the user (clause 9.5).
    """

    number: int
    head: str
    text: str
    lines: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    is_to_be_checked: bool = False


@dataclass(frozen=True, slots=True)
class MessageDetail:
    """View state of the selected message without the available actions."""

    id: UUID
    number: str
    title: str
    state: Mark
    publicity: Mark
    term: TermState | None
    author: str
    happened: str
    text: str
    organ: str
    notes: tuple[str, ...]
    answers: tuple[AnswerBlock, ...]


@dataclass(frozen=True, slots=True)
class Naming:
    """Converts directory keys and times to text. GUI thread only."""

    organ: Callable[[str], str]
    categories: Callable[[], Mapping[str, str]]
    zone: ZoneInfo
    now: Callable[[], datetime]

    def moment(self, at: datetime) -> str:
        return formats.moment(at.astimezone(self.zone), self.now().astimezone(self.zone))

    def category(self, key: str | None) -> str:
        return self.categories().get(key or "", "")


def detail_of(listed: Listed, naming: Naming) -> MessageDetail:
    """Returns the view state of a message, newest answer first."""
    handled, standing, record = listed.handled, listed.handled.standing, listed.handled.record
    organ = naming.organ(standing.organ) if standing.organ else ""
    contents = standing.contents
    hour = "" if contents.event_time is None else f"{contents.event_time:%H:%M}"
    return MessageDetail(
        id=handled.id,
        number=str(record.number),
        title=naming.category(contents.category) or formats.first_line(contents.text),
        state=Mark(*step_words.standing_mark(standing)),
        publicity=Mark(
            *messages_words.publicity_mark(standing.publicity, is_published=standing.is_published)
        ),
        term=listed.term,
        author=messages_words.author(record.name, record.phone, record.email),
        happened=messages_words.event_line(contents.event_on, hour, contents.place),
        text=contents.text,
        organ=organ,
        notes=tuple(_notes(listed)),
        answers=answer_blocks(handled, naming),
    )


def _notes(listed: Listed) -> list[str]:
    notes = []
    if listed.handled.standing.official is not None:
        notes.append(messages_words.official_line(listed.handled.standing.official))
    if listed.handled.standing.reworks:
        notes.append(messages_words.reworks_line(listed.handled.standing.reworks))
    votes = listed.votes
    if votes is not None and (votes.users or votes.guests):
        notes.append(messages_words.votes_line(votes.users, votes.guests, votes.users_in_time))
    return notes


def answer_blocks(handled: HandledMessage, naming: Naming) -> tuple[AnswerBlock, ...]:
    """Returns all answers, newest first; an answer without an evaluation precedes them."""
    # Each answer of the snapshot was created by one event, in the same order.
    events = [
        event for event in in_force(handled.history.events) if isinstance(event.facts, AnswerGiven)
    ]
    blocks = [
        _block(place, given, event, naming, official)
        for place, (given, event, official) in enumerate(
            zip(handled.standing.answers, events, _officials(handled), strict=True)
        )
    ]
    unjudged = handled.unjudged_answer
    if unjudged is not None:
        organ = handled.standing.organ
        head = messages_words.unjudged_head(naming.organ(organ) if organ else "")
        blocks.append(AnswerBlock(-1, head, unjudged, is_to_be_checked=True))
    return tuple(reversed(blocks))


def _responsible(answer: Answer, official: Official | None) -> tuple[str, ...]:
    """Returns the line on the official of the body notified of the message (clause 12.3)."""
    if answer.organ is None or official is None:
        return ()
    return (messages_words.official_line(official),)


def _officials(handled: HandledMessage) -> Iterator[Official | None]:
    """Yields the official notified at the time of each answer, in their order."""
    official: Official | None = None
    for event in in_force(handled.history.events):
        match event.facts:
            case Routed():
                official = event.facts.official
            case AnswerGiven():
                yield official


def _block(
    place: int, given: GivenAnswer, event: Event, naming: Naming, official: Official | None
) -> AnswerBlock:
    answer = given.answer
    organ = naming.organ(answer.organ) if answer.organ else ""
    return AnswerBlock(
        number=place,
        head=messages_words.answer_head(given.number, answer.kind, organ, naming.moment(event.at)),
        text=answer.text,
        lines=(*_responsible(answer, official), *kind_lines(answer), *_fate(given)),
        files=tuple(file.name for file in answer.attachments),
        is_to_be_checked=not given.is_sent and given.returned_with is None,
    )


def kind_lines(answer: Answer) -> tuple[str, ...]:
    """Lines that depend on the kind of the answer (clause 9.4)."""
    lines = []
    if answer.planned_on is not None:
        lines.append(messages_words.planned_line(answer.planned_on, answer.measures))
    if answer.grounds.strip():
        lines.append(messages_words.grounds_line(answer.grounds))
    return tuple(lines)


def _fate(given: GivenAnswer) -> list[str]:
    lines = []
    if given.returned_with is not None:
        lines.append(messages_words.returned_line(given.returned_with))
    if given.is_sent:
        lines.append(messages_words.sent_line())
    if given.rating is not None:
        lines.append(messages_words.rated_line(given.rating, given.remarks))
    return lines
