"""Summary of a message's history for the statistics, without reverted decisions."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import assert_never

from sync.register.checks.finding import Ground
from sync.register.figures.figures import MessageFigures, Street, street_of, sum_of
from sync.register.handling.answers import Answer, AnswerKind, Rating
from sync.register.handling.clocks import AWAITING_ANSWER
from sync.register.handling.events import Event, Source, Step
from sync.register.handling.history import History, in_force, led
from sync.register.handling.standing import Standing
from sync.register.handling.step_facts import NoticeOutcome, Notified, Rated, Routed
from sync.register.messages import State
from sync.register.people.operators import Person


@dataclass(frozen=True, slots=True)
class Passage:
    """An effective event, with the message before and after it."""

    before: Standing
    event: Event
    after: Standing


def way_of(history: History) -> tuple[Passage, ...]:
    """Returns the effective events in order."""
    passages: list[Passage] = []
    standing = Standing(history.standing.message_id)
    for event in in_force(history.events):
        moved = led(standing, event)
        passages.append(Passage(standing, event, moved))
        standing = moved
    return tuple(passages)


COURSE_VERSION = 3
"""Incremented with every change that gives another summary of the same events: stored summaries are
then recomputed.

This includes changes here, in ``street_of`` of ``figures``, and in the effect of an action
(``handling``).
"""

_DECISIONS = frozenset(
    {Step.REGISTER, Step.REGISTER_AND_PUBLISH, Step.REFUSE, Step.REMOVE_DUPLICATE}
)
_SENDINGS = frozenset({Step.SEND_ANSWER, Step.SEND_PLAN})
_STEPS = {
    Step.JOIN: MessageFigures(joined=1),
    Step.RETURN_ANSWER: MessageFigures(returned=1),
    Step.SEND_TO_REWORK: MessageFigures(reworks=1),
    Step.FORWARD_BY_VOTES: MessageFigures(passed_on=1),
}
_RATINGS = {
    Rating.GOOD: MessageFigures(good=1),
    Rating.FAIR: MessageFigures(fair=1),
    Rating.BAD: MessageFigures(bad=1),
}
_KINDS = {
    AnswerKind.SOLVED: MessageFigures(solved=1),
    AnswerKind.PLANNED: MessageFigures(planned=1),
    AnswerKind.IMPOSSIBLE: MessageFigures(impossible=1),
}


@dataclass(frozen=True, slots=True)
class TermBasis:
    """Data from which the answer deadline follows.

    The deadline is ``promised_on``, otherwise that of the rule for topic, category and body counted
    from the day of ``from_s`` (seconds of Unix time); without both there is none. The rule must
    have been in force at ``registered_s``.
    """

    promised_on: date | None
    from_s: int | None
    topic: str | None
    category: str | None
    organ: str | None
    registered_s: int | None = None


@dataclass(frozen=True, slots=True)
class SentAnswer:
    """An answer sent to the user; its deadline started at ``began_s``.

    ``ends_promise``: it solves a problem for which a date was promised before.
    """

    sent_s: int
    began_s: int
    basis: TermBasis
    ends_promise: bool


@dataclass(frozen=True, slots=True)
class MessageCourse:
    """Summary of a message; ``told`` are counts that need no calendar. Times are Unix seconds.

    ``decided_s`` is the end of the review by 7.11: registration, removal, or the sending of the
    notification of refusal. ``decided_by`` is the person who registered, refused or removed it,
    None if there is no such person. ``awaited`` is set while an answer is awaited. ``promised_on``
    is the last promised date without a further answer.
    """

    state: State
    topic: str | None
    category: str | None
    organ: str | None
    street: Street | None
    is_from_platform: bool
    submitted_s: int | None
    decided_s: int | None
    decided_by: Person | None
    grounds: frozenset[Ground]
    told: MessageFigures
    sent: tuple[SentAnswer, ...]
    awaited: TermBasis | None
    promised_on: date | None

    @property
    def is_counted(self) -> bool:
        """False for a draft that was never submitted and not joined to another message."""
        return bool(self.told.received or self.told.joined)


def course_of(history: History) -> MessageCourse:
    """Builds the summary of a history, without reverted decisions."""
    way = way_of(history)
    standing = way[-1].after if way else Standing(history.standing.message_id)
    decision = next((one.event for one in way if one.event.step in _DECISIONS), None)
    answers = _Answers(way)
    contents = standing.contents
    return MessageCourse(
        state=standing.state,
        topic=contents.topic,
        category=contents.category,
        organ=standing.organ,
        street=street_of(contents.place),
        is_from_platform=any(
            one.event.step is Step.SUBMIT and one.event.by is Source.PLATFORM for one in way
        ),
        submitted_s=None if standing.submitted_at is None else _seconds(standing.submitted_at),
        decided_s=_decided_s(way, decision),
        decided_by=(
            decision.by if decision is not None and isinstance(decision.by, Person) else None
        ),
        grounds=standing.refused_on,
        told=sum_of((*_told(way, standing), *answers.told)),
        sent=tuple(answers.sent),
        awaited=_awaited(standing, answers.promise),
        promised_on=None if answers.promise is None else answers.promise.on,
    )


def is_other_organ(passage: Passage) -> bool:
    """Whether the event selected a body other than the route's (7.9) and the current one."""
    facts = passage.event.facts
    return isinstance(facts, Routed) and facts.organ not in (
        facts.route_organ,
        passage.before.organ,
    )


def _decided_s(way: Sequence[Passage], decision: Event | None) -> int | None:
    """Returns the end of the review; for a refusal the sending of its notification (7.11)."""
    if decision is None or decision.step is not Step.REFUSE:
        return None if decision is None else _seconds(decision.at)
    sent = (
        one.event.at
        for one in way
        if isinstance(one.event.facts, Notified)
        and one.event.facts.outcome is not NoticeOutcome.NOBODY
    )
    return next(map(_seconds, sent), None)


def _told(way: Sequence[Passage], standing: Standing) -> Iterator[MessageFigures]:
    if standing.submitted_at is not None:
        yield _outcome(standing)
    for passage in way:
        facts = passage.event.facts
        if passage.event.step in _STEPS:
            yield _STEPS[passage.event.step]
        if isinstance(facts, Rated):
            yield _RATINGS[facts.rating]
        if is_other_organ(passage):
            yield MessageFigures(other_organs=1)


def _outcome(standing: Standing) -> MessageFigures:
    match standing.state:
        case State.SUBMITTED | State.UNDER_REVIEW:
            return MessageFigures(waiting=1)
        case State.REFUSED:
            return MessageFigures(refused=1, not_notified=int(standing.is_not_notified))
        case State.REMOVED_AS_DUPLICATE:
            return MessageFigures(duplicates=1)
        case _:
            return MessageFigures(registered=1, published=int(standing.is_published))


# --- answers ---


@dataclass(frozen=True, slots=True)
class _Promise:
    """A promised date; ``term_from`` is the start of the deadline in which it was given."""

    on: date
    term_from: datetime | None


class _Answers:
    """Answers sent, their counts that need no calendar, and the promise still open."""

    def __init__(self, way: Sequence[Passage]) -> None:
        self.sent: list[SentAnswer] = []
        self.told: list[MessageFigures] = []
        self.promise: _Promise | None = None
        for passage in way:
            given = passage.before.answer
            if passage.event.step in _SENDINGS and given is not None:
                self._add(passage, given.answer)

    def _add(self, passage: Passage, answer: Answer) -> None:
        before, after, at = passage.before, passage.after, passage.event.at
        ends_promise = self.promise is not None and answer.kind is AnswerKind.SOLVED
        self.told.append(_KINDS[answer.kind])
        if answer.organ is None:
            self.told.append(MessageFigures(own_answers=1))
        if self.promise is not None:
            self.told.append(_promise_outcome(answer.kind))
        self.sent.append(
            SentAnswer(
                _seconds(at),
                _seconds(before.answer_term_from or at),
                _basis(before, self.promise),
                ends_promise,
            )
        )
        self.promise = None
        if after.planned_on is not None:
            self.promise = _Promise(after.planned_on, after.answer_term_from)


def _promise_outcome(kind: AnswerKind) -> MessageFigures:
    """Returns the effect of an answer on the promise before it that needs no calendar."""
    match kind:
        case AnswerKind.PLANNED:
            return MessageFigures(moved=1)
        case AnswerKind.IMPOSSIBLE:
            return MessageFigures(given_up=1)
        case AnswerKind.SOLVED:
            return MessageFigures()  # fulfilled, in time or late
        case _ as unreachable:
            assert_never(unreachable)


def _awaited(standing: Standing, promise: _Promise | None) -> TermBasis | None:
    if standing.state not in AWAITING_ANSWER or standing.answer_term_from is None:
        return None
    return _basis(standing, promise)


def _basis(standing: Standing, promise: _Promise | None) -> TermBasis:
    """Returns the basis of the current deadline; an awaited promised date takes precedence."""
    promised_on = None
    if promise is not None and promise.term_from == standing.answer_term_from:
        promised_on = promise.on
    began = standing.answer_term_from if standing.state in AWAITING_ANSWER else None
    contents = standing.contents
    return TermBasis(
        promised_on,
        None if began is None else _seconds(began),
        contents.topic,
        contents.category,
        standing.organ,
        None if standing.registered_at is None else _seconds(standing.registered_at),
    )


def _seconds(at: datetime) -> int:
    # A day starts and ends at a whole second in every time zone.
    return math.floor(at.timestamp())
