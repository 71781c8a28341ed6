"""One message as the statistics see it (Regulation 11)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import assert_never
from uuid import UUID
from zoneinfo import ZoneInfo

from sync.register.calendar import WorkingCalendar
from sync.register.checks.grounds import Ground
from sync.register.handling.answer_terms import AnswerTerm, AnswerTermRule
from sync.register.handling.answers import AnswerKind, Rating
from sync.register.handling.clocks import running_term
from sync.register.handling.events import Person, Source, Step
from sync.register.handling.facts import Rated, Routed
from sync.register.handling.handled import HandledMessage
from sync.register.handling.standing import Standing
from sync.register.handling.states import State
from sync.register.message_statistics.figures import MessageFigures, Spread, sum_of
from sync.register.message_statistics.streets import Street, street_of
from sync.register.message_statistics.way import Passage, way_of
from sync.register.numbering import RegistrationNumber
from sync.register.terms import DayOfSending, ReviewTerm, review_term

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


class Channel(StrEnum):
    """How a message came in (5.1)."""

    CALL = "call"
    PLATFORM = "platform"
    MANUAL = "manual"
    """Written down at the desk without a call."""


@dataclass(frozen=True, slots=True)
class CountingRules:
    """By what terms are judged, and on which ``day`` of the city it is asked who is late."""

    rules: Sequence[AnswerTermRule]
    calendar: WorkingCalendar
    sending: DayOfSending
    zone: ZoneInfo
    day: date

    def day_of(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()


@dataclass(frozen=True, slots=True)
class CountedMessage:
    """``on`` is the day it was begun; topic, category and organ are directory keys.

    ``decided_by`` is who registered, refused or removed it, None where nobody has, or no person.
    """

    id: UUID
    number: RegistrationNumber | None
    on: date
    state: State
    topic: str | None
    category: str | None
    organ: str | None
    street: Street | None
    channel: Channel
    decided_by: Person | None
    grounds: frozenset[Ground]
    figures: MessageFigures


def counted(message: HandledMessage, by: CountingRules) -> CountedMessage | None:
    """The message's own figures; None for a draft that was never handed in and joined nothing."""
    way = way_of(message.history)
    standing = way[-1].after if way else Standing(message.id)
    figures = sum_of(_figures(way, standing, by))
    if not figures.received and not figures.joined:
        return None
    decision = _decision(way)
    contents = standing.contents
    return CountedMessage(
        id=message.id,
        number=message.record.number,
        on=by.day_of(message.record.created_at),
        state=standing.state,
        topic=contents.topic,
        category=contents.category,
        organ=standing.organ,
        street=street_of(contents.place),
        channel=_channel(message, way),
        decided_by=(
            decision.event.by
            if decision is not None and isinstance(decision.event.by, Person)
            else None
        ),
        grounds=standing.refused_on,
        figures=figures,
    )


def _figures(
    way: Sequence[Passage], standing: Standing, by: CountingRules
) -> Iterator[MessageFigures]:
    if standing.submitted_at is not None:
        yield _outcome(standing)
        yield _reviewed(standing.submitted_at, _decision(way), by)
    for passage in way:
        facts = passage.event.facts
        if passage.event.step in _STEPS:
            yield _STEPS[passage.event.step]
        if isinstance(facts, Rated):
            yield _RATINGS[facts.rating]
        if is_other_organ(passage):
            yield MessageFigures(other_organs=1)
    yield from _answers(way, standing, by)


def is_other_organ(passage: Passage) -> bool:
    """Whether the step chose another organ than the route's (7.9); one that has it is no choice."""
    facts = passage.event.facts
    return isinstance(facts, Routed) and facts.organ not in (
        facts.route_organ,
        passage.before.organ,
    )


def _channel(message: HandledMessage, way: Sequence[Passage]) -> Channel:
    if message.record.call_id is not None:
        return Channel.CALL
    by_platform = any(
        one.event.step is Step.SUBMIT and one.event.by is Source.PLATFORM for one in way
    )
    return Channel.PLATFORM if by_platform else Channel.MANUAL


# --- review ---


def _decision(way: Sequence[Passage]) -> Passage | None:
    return next((one for one in way if one.event.step in _DECISIONS), None)


def _outcome(standing: Standing) -> MessageFigures:
    match standing.state:
        case State.SUBMITTED | State.UNDER_REVIEW:
            return MessageFigures(waiting=1)
        case State.REFUSED:
            return MessageFigures(refused=1)
        case State.REMOVED_AS_DUPLICATE:
            return MessageFigures(duplicates=1)
        case _:
            return MessageFigures(registered=1, published=int(standing.is_published))


def _reviewed(
    submitted_at: datetime, decision: Passage | None, by: CountingRules
) -> MessageFigures:
    term = review_term(by.day_of(submitted_at), by.calendar)
    due = term.last_day(by.sending)
    if decision is None:
        overdue = by.day > due
        return MessageFigures(review_overdue=int(overdue), review_running=int(not overdue))
    day = by.day_of(decision.event.at)
    took = Spread((_working_days(term, day, by.calendar),))
    if day > due:
        return MessageFigures(reviewed_late=1, review_days=took)
    return MessageFigures(reviewed_in_time=1, review_days=took)


def _working_days(term: ReviewTerm, day: date, calendar: WorkingCalendar) -> int:
    """Working days after the moment of 7.12 up to the day, which counts."""
    days = (day - term.moment_day).days
    following = (term.moment_day + timedelta(days=count) for count in range(1, days + 1))
    return sum(map(calendar.is_working_day, following))


# --- answers ---


@dataclass(frozen=True, slots=True)
class _Promise:
    """A date told to the user; ``term_from`` is the beginning of the term it was told in."""

    on: date
    term_from: datetime | None


def _answers(
    way: Sequence[Passage], standing: Standing, by: CountingRules
) -> Iterator[MessageFigures]:
    promise: _Promise | None = None
    for passage in way:
        given = passage.before.answer
        if passage.event.step not in _SENDINGS or given is None:
            continue
        kind = given.answer.kind
        timed = _timed(passage, promise, by)
        yield timed + _KINDS[kind]
        if given.answer.organ is None:
            yield MessageFigures(own_answers=1)
        if promise is not None:
            yield _promise_outcome(kind, is_late=bool(timed.answered_late))
        planned_on = passage.after.planned_on
        promise = None
        if planned_on is not None:
            promise = _Promise(planned_on, passage.after.answer_term_from)
    yield _awaited(standing, promise, by)
    if promise is not None:
        ahead = by.day < promise.on
        yield MessageFigures(awaited=int(ahead), come=int(not ahead))


def _timed(passage: Passage, promise: _Promise | None, by: CountingRules) -> MessageFigures:
    day = by.day_of(passage.event.at)
    due = _due(passage.before, promise, by)
    began = passage.before.answer_term_from or passage.event.at
    took = MessageFigures(answer_days=Spread(((day - by.day_of(began)).days,)))
    if due is None:
        return took + MessageFigures(answered_untimed=1)
    return took + MessageFigures(answered_late=int(day > due), answered_in_time=int(day <= due))


def _promise_outcome(kind: AnswerKind, *, is_late: bool) -> MessageFigures:
    match kind:
        case AnswerKind.PLANNED:
            return MessageFigures(moved=1)
        case AnswerKind.IMPOSSIBLE:
            return MessageFigures(given_up=1)
        case AnswerKind.SOLVED:
            return MessageFigures(kept=int(not is_late), kept_late=int(is_late))
        case _ as unreachable:
            assert_never(unreachable)


def _awaited(standing: Standing, promise: _Promise | None, by: CountingRules) -> MessageFigures:
    term = running_term(standing, by.rules, by.calendar, by.zone)
    if term is None or isinstance(term, ReviewTerm):
        return MessageFigures()
    due = _due(standing, promise, by)
    if due is None:
        return MessageFigures(answer_untimed=1)
    overdue = by.day > due
    return MessageFigures(answer_overdue=int(overdue), answer_running=int(not overdue))


def _due(standing: Standing, promise: _Promise | None, by: CountingRules) -> date | None:
    """The last day for the answer; while a promised date is awaited, that date."""
    if promise is not None and promise.term_from == standing.answer_term_from:
        return promise.on
    term = running_term(standing, by.rules, by.calendar, by.zone)
    return term.due if isinstance(term, AnswerTerm) else None
