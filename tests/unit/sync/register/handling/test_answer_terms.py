"""Answer deadlines by topic, category and body, and the deadline in force (3.1-3.3, 6.4, 7.11)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from pathlib import Path
from uuid import UUID

import pytest

from sync.register.calendar.calendar import (
    OrderedDay,
    OrderedKind,
    WorkingCalendar,
    read_calendar,
)
from sync.register.calendar.terms import DayOfSending, DaysOf, ReviewTerm
from sync.register.handling.answers import (
    AnswerTerm,
    AnswerTermRule,
    RuleSource,
    TermNotSet,
    answer_term,
    set_twice,
)
from sync.register.handling.clocks import (
    WITH_TERM,
    MovedTerm,
    Reckoning,
    awaited_on,
    is_repeated_in_term,
    moved_terms,
    running_term,
)
from sync.register.handling.events import Source, Step
from sync.register.messages import State
from sync.register.numbering import MOSCOW
from tests.unit.sync.register.handling.way import (
    BAD,
    GOOD,
    ORGAN,
    OWN,
    ROUTED,
    Way,
    answer_sent,
    answered,
    at_organ,
    passed_on,
    planned,
    published,
    registered,
    rework,
    submitted,
    under_review,
)

TUESDAY = date(2026, 11, 24)
FOLDER = Path(__file__).parents[5] / "resources" / "calendars"


@pytest.fixture(scope="module")
def calendar() -> WorkingCalendar:
    return read_calendar(FOLDER)


def rule(
    days: int,
    topic: str | None = None,
    category: str | None = None,
    organ: str | None = None,
    days_of: DaysOf = DaysOf.CALENDAR,
) -> AnswerTermRule:
    return AnswerTermRule(topic, category, organ, days, days_of)


FROM_VAGUE_TO_SPECIFIC = (
    rule(30),
    rule(29, organ=ORGAN),
    rule(28, topic="light"),
    rule(27, topic="light", organ=ORGAN),
    rule(26, category="light/lamp"),
    rule(25, category="light/lamp", organ=ORGAN),
    rule(24, topic="light", category="light/lamp"),
    rule(23, topic="light", category="light/lamp", organ=ORGAN),
)
FOREIGN = (
    rule(1, topic="roads"),
    rule(1, category="roads/hole"),
    rule(1, organ="roads"),
    rule(1, topic="light", category="light/lamp", organ="roads"),
)


def term(*rules: AnswerTermRule, calendar: WorkingCalendar) -> AnswerTerm | TermNotSet:
    return answer_term(
        rules,
        topic="light",
        category="light/lamp",
        organ=ORGAN,
        start=TUESDAY,
        calendar=calendar,
    )


def test_the_most_specific_rule_wins_in_any_order(calendar: WorkingCalendar) -> None:
    for vague, specific in zip(FROM_VAGUE_TO_SPECIFIC, FROM_VAGUE_TO_SPECIFIC[1:], strict=False):
        for order in permutations((vague, specific, *FOREIGN[:2])):
            found = term(*order, calendar=calendar)
            assert isinstance(found, AnswerTerm)
            assert found.rule == specific
    every = term(*FROM_VAGUE_TO_SPECIFIC, *FOREIGN, calendar=calendar)
    assert isinstance(every, AnswerTerm)
    assert every.rule == FROM_VAGUE_TO_SPECIFIC[-1]


def test_a_term_that_nobody_set_is_a_value(calendar: WorkingCalendar) -> None:
    assert term(calendar=calendar) == TermNotSet()
    assert term(*FOREIGN, calendar=calendar) == TermNotSet()


def test_working_days_and_calendar_days(calendar: WorkingCalendar) -> None:
    working = term(rule(4, days_of=DaysOf.WORKING), calendar=calendar)
    assert working == AnswerTerm(TUESDAY, date(2026, 11, 30), rule(4, days_of=DaysOf.WORKING))
    assert term(rule(4), calendar=calendar) == AnswerTerm(TUESDAY, date(2026, 11, 30), rule(4))
    assert term(rule(3), calendar=calendar) == AnswerTerm(TUESDAY, date(2026, 11, 27), rule(3))


def test_a_term_runs_through_its_last_day(calendar: WorkingCalendar) -> None:
    found = term(rule(3), calendar=calendar)
    assert isinstance(found, AnswerTerm)
    assert found.runs_on(found.due)
    assert not found.runs_on(found.due + timedelta(days=1))


def test_a_term_has_a_day_at_least() -> None:
    with pytest.raises(ValueError, match="0"):
        rule(0)


def test_of_two_rules_for_the_same_the_later_holds_and_the_first_is_told(
    calendar: WorkingCalendar,
) -> None:
    first, second = rule(3, topic="light"), rule(9, topic="light")
    assert term(first, second, calendar=calendar) == AnswerTerm(TUESDAY, date(2026, 12, 3), second)
    assert set_twice((first, rule(5), second)) == (first,)
    assert set_twice(FROM_VAGUE_TO_SPECIFIC) == ()


@pytest.mark.parametrize("begin", [submitted, under_review])
def test_the_review_has_two_working_days(
    begin: Callable[[], Way], calendar: WorkingCalendar
) -> None:
    found = running_term(begin().standing, (), calendar, MOSCOW)
    assert isinstance(found, ReviewTerm)
    assert (found.sent_on, found.due) == (TUESDAY, date(2026, 11, 26))


@pytest.mark.parametrize("begin", [registered, published, at_organ, answered, rework, passed_on])
def test_the_answer_has_its_term_by_the_table(
    begin: Callable[[], Way], calendar: WorkingCalendar
) -> None:
    standing = begin().standing
    assert running_term(standing, (), calendar, MOSCOW) == TermNotSet()
    rules = (rule(3, topic="light"),)
    assert running_term(standing, rules, calendar, MOSCOW) == AnswerTerm(
        TUESDAY, date(2026, 11, 27), rules[0]
    )


@pytest.mark.parametrize("begin", [Way, answer_sent, planned])
def test_where_nothing_is_awaited_no_term_runs(
    begin: Callable[[], Way], calendar: WorkingCalendar
) -> None:
    assert running_term(begin().standing, (rule(3),), calendar, MOSCOW) is None


def test_a_rework_counts_from_its_own_day(calendar: WorkingCalendar) -> None:
    way = planned().later(days=8).step(Step.REOPEN_PLANNED, by=Source.SYSTEM)
    found = running_term(way.standing, (rule(3, organ=ORGAN),), calendar, MOSCOW)
    assert isinstance(found, AnswerTerm)
    assert found.due == date(2026, 12, 7)


def test_the_rule_of_the_day_of_registration_rules_the_rework_too(
    calendar: WorkingCalendar,
) -> None:
    way = planned().later(days=8).step(Step.REOPEN_PLANNED, by=Source.SYSTEM)
    then = replace(
        rule(5, topic="light"), source=RuleSource.REGULATION, valid_to=date(2026, 11, 26)
    )
    later = replace(then, days=1, valid_from=date(2026, 11, 27), valid_to=None)
    found = running_term(way.standing, (then, later), calendar, MOSCOW)
    assert isinstance(found, AnswerTerm)
    assert found.rule == then


def test_the_term_of_a_rework_runs_while_its_body_is_to_be_chosen(
    calendar: WorkingCalendar,
) -> None:
    """After a negative rating of the operator's own answer; a positive rating starts no
    deadline.
    """
    rules = (rule(3, topic="light"),)
    for facts, step, due in (
        (BAD, Step.RATE_NEGATIVELY, date(2026, 12, 4)),
        (GOOD, Step.RATE, None),
    ):
        way = registered().step(Step.ANSWER_BY_OPERATOR, OWN)
        way = way.step(Step.SEND_ANSWER).later(days=7).step(step, facts)
        assert way.standing.state is State.RATED
        found = running_term(way.standing, rules, calendar, MOSCOW)
        assert (found.due if isinstance(found, AnswerTerm) else None) == due


def test_a_repetition_is_one_while_the_term_of_the_first_runs(calendar: WorkingCalendar) -> None:
    way = at_organ()
    day = timedelta(days=1)
    rules = (rule(3),)
    for original in (way, answer_sent()):
        for days, in_term in ((0, True), (3, True), (4, False)):
            at = way.at + days * day
            found = is_repeated_in_term(original.standing, at, rules, calendar, MOSCOW)
            assert found is in_term


def test_without_a_term_it_runs_until_the_answer(calendar: WorkingCalendar) -> None:
    for way, in_term in ((at_organ(), True), (answer_sent(), False), (under_review(), False)):
        assert is_repeated_in_term(way.standing, way.at, (), calendar, MOSCOW) is in_term


def test_sending_to_an_organ_does_not_move_the_term() -> None:
    way = registered()
    began = way.standing.answer_term_from
    assert way.step(Step.SEND_TO_ORGAN, ROUTED).standing.answer_term_from == began


def test_a_changed_calendar_moves_the_terms_that_run_across_its_day(
    calendar: WorkingCalendar,
) -> None:
    ordered = [OrderedDay(date(2026, 11, 25), OrderedKind.OFF, "авария")]
    before = Reckoning(calendar, DayOfSending.LEFT_OUT)
    after = Reckoning(calendar.with_orders(ordered), DayOfSending.LEFT_OUT)
    review = submitted().standing
    answer = replace(at_organ().standing, message_id=UUID(int=77))
    standings = (review, answer, planned().standing, answer_sent().standing)
    rules = (rule(3, days_of=DaysOf.WORKING),)

    assert moved_terms(standings, rules, before, after, MOSCOW) == (
        MovedTerm(review.message_id, date(2026, 11, 26), date(2026, 11, 27)),
        MovedTerm(answer.message_id, date(2026, 11, 27), date(2026, 11, 30)),
    )
    # An unset deadline has no last day, so it does not move.
    counted = replace(before, sending=DayOfSending.COUNTED)
    assert moved_terms(standings, (), before, counted, MOSCOW) == (
        MovedTerm(review.message_id, date(2026, 11, 26), date(2026, 11, 25)),
    )
    assert moved_terms(standings, rules, before, before, MOSCOW) == ()
    assert {State.SUBMITTED, State.AT_ORGAN} <= WITH_TERM
    assert State.PLANNED not in WITH_TERM


def test_what_is_awaited_has_the_promised_day_or_the_last_of_its_term(
    calendar: WorkingCalendar,
) -> None:
    by = Reckoning(calendar, DayOfSending.LEFT_OUT)
    rules = (rule(3, topic="light"),)
    promised = planned().standing

    assert promised.planned_on is not None
    assert awaited_on(promised, rules, by, MOSCOW) == promised.planned_on
    assert awaited_on(under_review().standing, rules, by, MOSCOW) == date(2026, 11, 26)
    assert awaited_on(at_organ().standing, rules, by, MOSCOW) == date(2026, 11, 27)
    assert awaited_on(at_organ().standing, (), by, MOSCOW) is None
    assert awaited_on(Way().standing, rules, by, MOSCOW) is None
