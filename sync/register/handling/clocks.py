"""Which term of a message runs now, and to which day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import assert_never
from uuid import UUID
from zoneinfo import ZoneInfo

from sync.register.calendar import WorkingCalendar
from sync.register.handling.answer_terms import AnswerTerm, AnswerTermRule, TermNotSet, answer_term
from sync.register.handling.standing import Standing
from sync.register.handling.states import REVIEWED, State
from sync.register.terms import DayOfSending, ReviewTerm, review_term

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
"""Where a message can have a term that runs."""


def running_term(
    standing: Standing,
    rules: Sequence[AnswerTermRule],
    calendar: WorkingCalendar,
    zone: ZoneInfo,
) -> ReviewTerm | AnswerTerm | TermNotSet | None:
    """The term of review (7.11, 7.12) or of the answer; None where nothing is awaited.

    A planned date is no term: ``Standing.planned_on`` has it. ``zone`` is the city's clock.
    """
    if standing.state in REVIEWED and standing.submitted_at is not None:
        return review_term(_day(standing.submitted_at, zone), calendar)
    if standing.state in AWAITING_ANSWER:
        return _answer_term(standing, rules, calendar, zone)
    return None


@dataclass(frozen=True, slots=True)
class Reckoning:
    """By what terms are counted: the city's calendar, and its reading of 7.11."""

    calendar: WorkingCalendar
    sending: DayOfSending


def awaited_on(
    standing: Standing, rules: Sequence[AnswerTermRule], by: Reckoning, zone: ZoneInfo
) -> date | None:
    """The promised day or the last one of the term that runs; None where neither is."""
    if standing.planned_on is not None:
        return standing.planned_on
    return _last_day(running_term(standing, rules, by.calendar, zone), by.sending)


@dataclass(frozen=True, slots=True)
class MovedTerm:
    """A term that falls on another day under a changed calendar; a person confirms it."""

    message_id: UUID
    before: date
    after: date


def moved_terms(
    standings: Iterable[Standing],
    rules: Sequence[AnswerTermRule],
    before: Reckoning,
    after: Reckoning,
    zone: ZoneInfo,
) -> tuple[MovedTerm, ...]:
    """Which of the running terms end on another day; raises CalendarWithoutWorkingDays."""
    found = []
    for standing in standings:
        was = _last_day(running_term(standing, rules, before.calendar, zone), before.sending)
        will_be = _last_day(running_term(standing, rules, after.calendar, zone), after.sending)
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
    """Whether a message sent at that moment repeats one whose answer term runs (6.4).

    Where no term is set it runs until the answer is sent. Only a registered message has one.
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
    )


def _day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()
