"""Running deadlines of messages: review (Regulation 7.11), answer, promised date; reviews
due soon.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import assert_never
from uuid import UUID
from zoneinfo import ZoneInfo

from sync.register.calendar.calendar import WorkingCalendar
from sync.register.calendar.terms import (
    LONGEST_REST_DAYS,
    DayOfSending,
    ReviewTerm,
    review_term,
)
from sync.register.handling.answers import AnswerTerm, AnswerTermRule, TermNotSet, answer_term
from sync.register.handling.events import Event, Step
from sync.register.handling.handled import HandledMessage
from sync.register.handling.history import History, in_force
from sync.register.handling.standing import Standing
from sync.register.messages import REVIEWED, State

AWAITING_ANSWER = frozenset(
    {
        State.REGISTERED,
        State.PUBLISHED,
        State.AT_ORGAN,
        State.ANSWERED,
        State.ANSWER_RETURNED,
        State.REWORK,
        State.PASSED_ON,
    }
)

WITH_TERM = REVIEWED | AWAITING_ANSWER
"""States in which a message can have a running deadline."""


def running_term(
    standing: Standing,
    rules: Sequence[AnswerTermRule],
    calendar: WorkingCalendar,
    zone: ZoneInfo,
) -> ReviewTerm | AnswerTerm | TermNotSet | None:
    """Returns the running deadline of the review (7.11, 7.12) or the answer; None if neither is
    awaited.

    A planned date is not a deadline: see ``Standing.planned_on``. ``zone`` is the city's time zone.
    """
    if standing.state in REVIEWED and standing.submitted_at is not None:
        return review_term(_day(standing.submitted_at, zone), calendar)
    if standing.state in AWAITING_ANSWER or standing.owes_rework:
        return _answer_term(standing, rules, calendar, zone)
    return None


@dataclass(frozen=True, slots=True)
class Reckoning:
    """Working calendar of the city, and the city's interpretation of 7.11."""

    calendar: WorkingCalendar
    sending: DayOfSending


def awaited_on(
    standing: Standing, rules: Sequence[AnswerTermRule], by: Reckoning, zone: ZoneInfo
) -> date | None:
    """Returns the promised date, or else the last day of the running deadline; None if there is
    neither.
    """
    if standing.planned_on is not None:
        return standing.planned_on
    return _last_day(running_term(standing, rules, by.calendar, zone), by.sending)


@dataclass(frozen=True, slots=True)
class MovedTerm:
    """Deadline of a message that a change of the calendar moves to another day.

    A person confirms the change.
    """

    message_id: UUID
    before: date
    after: date


def moved_terms(
    standings: Iterable[Standing],
    rules: Sequence[AnswerTermRule],
    before: Reckoning,
    after: Reckoning,
    zone: ZoneInfo,
    rules_after: Sequence[AnswerTermRule] | None = None,
) -> tuple[MovedTerm, ...]:
    """Returns the running deadlines that a change of calendar or rules moves to another day.

    ``rules_after`` are the answer deadline rules after the change; None if they do not change.
    Raises CalendarWithoutWorkingDays.
    """
    by_then = rules if rules_after is None else rules_after
    found = []
    for standing in standings:
        was = _last_day(running_term(standing, rules, before.calendar, zone), before.sending)
        will_be = _last_day(running_term(standing, by_then, after.calendar, zone), after.sending)
        if was is not None and will_be is not None and was != will_be:
            found.append(MovedTerm(standing.message_id, was, will_be))
    return tuple(found)


def _last_day(
    term: ReviewTerm | AnswerTerm | TermNotSet | None, sending: DayOfSending
) -> date | None:
    match term:
        case ReviewTerm():
            return term.last_day(sending)
        case AnswerTerm(due=due):
            return due
        case TermNotSet() | None:
            return None
        case _ as unreachable:
            assert_never(unreachable)


def is_repeated_in_term(
    original: Standing,
    at: datetime,
    rules: Sequence[AnswerTermRule],
    calendar: WorkingCalendar,
    zone: ZoneInfo,
) -> bool:
    """Whether a message sent at ``at`` repeats a message whose answer deadline is still running
    (6.4).

    If the original has no deadline, the period ends when its answer is sent. Only registered
    messages have an answer deadline.
    """
    match _answer_term(original, rules, calendar, zone):
        case AnswerTerm() as term:
            return term.runs_on(_day(at, zone))
        case TermNotSet():
            return original.state in AWAITING_ANSWER
        case None:
            return False
        case _ as unreachable:
            assert_never(unreachable)


def _answer_term(
    standing: Standing,
    rules: Sequence[AnswerTermRule],
    calendar: WorkingCalendar,
    zone: ZoneInfo,
) -> AnswerTerm | TermNotSet | None:
    if standing.answer_term_from is None:
        return None
    return answer_term(
        rules,
        topic=standing.contents.topic,
        category=standing.contents.category,
        organ=standing.organ,
        start=_day(standing.answer_term_from, zone),
        calendar=calendar,
        registered_on=None
        if standing.registered_at is None
        else _day(standing.registered_at, zone),
    )


def _day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()


ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ReviewsDue:
    """Messages whose review is due soon or overdue (7.11), in the city's interpretation of 7.11.

    ``near`` are due today or on the next working day, ``over`` are overdue.
    """

    near: tuple[UUID, ...]
    over: tuple[UUID, ...]


def working_days_before(day: date, count: int, calendar: WorkingCalendar) -> date:
    """Returns the day that is ``count`` working days before ``day``; searches at most two months
    back.
    """
    earlier, left = day, count
    for _ in range(LONGEST_REST_DAYS):
        if left == 0:
            break
        earlier -= ONE_DAY
        left -= calendar.is_working_day(earlier)
    return earlier


def plan_in_force(history: History) -> Event | None:
    """Returns the event that sent the answer with the awaited planned date (9.6).

    None if no planned date is awaited.
    """
    if history.standing.planned_on is None:
        return None
    sent = [event for event in in_force(history.events) if event.step is Step.SEND_PLAN]
    return sent[-1] if sent else None


def rework_in_force(history: History) -> Event | None:
    """Returns the event that started the current rework (10.3); None if the message is not in
    rework.
    """
    if history.standing.state is not State.REWORK:
        return None
    sent = [event for event in in_force(history.events) if event.step is Step.SEND_TO_REWORK]
    return sent[-1] if sent else None


def reviews_due(
    waiting: Iterable[HandledMessage],
    at: datetime,
    calendar: WorkingCalendar,
    sending: DayOfSending,
    zone: ZoneInfo,
) -> ReviewsDue:
    """Returns the messages whose review is due soon or overdue; ``zone`` is the city's time
    zone.
    """
    today = at.astimezone(zone).date()
    near: list[UUID] = []
    over: list[UUID] = []
    for message in waiting:
        sent_at = message.standing.submitted_at
        if sent_at is None:
            continue
        last = review_term(sent_at.astimezone(zone).date(), calendar).last_day(sending)
        if today > last:
            over.append(message.id)
        elif today >= working_days_before(last, 1, calendar):
            near.append(message.id)
    return ReviewsDue(tuple(near), tuple(over))
