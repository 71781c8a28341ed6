"""Scheduled callbacks: validation, assignment, and outcomes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.register.calls.planned import (
    AGAIN,
    HERS,
    PATIENCE,
    PlannedAct,
    PlannedCall,
    PlannedOutcome,
    PlannedStep,
    PlanProblem,
    after,
    counted,
    due_for,
    is_to_be_told,
    plan,
    reminded,
    step_of,
    stepped,
    still_open,
)
from sync.register.people.operators import Operator, Person
from tests.unit.sync.register.records import ARRIVED, operator

ME, OTHER = operator(), operator(low=2)


def planned(
    after: timedelta = timedelta(hours=1), *, mine: bool = False, low: int = 1
) -> PlannedCall:
    made = plan(
        "+79005550170",
        ARRIVED + after,
        " обещали ответ ",
        is_mine=mine,
        id=UUID(int=low),
        now=ARRIVED,
        by=ME,
    )
    assert isinstance(made, PlannedCall)
    return made


def test_a_call_is_planned_for_anybody_or_for_oneself() -> None:
    assert (planned().for_id, planned(mine=True).for_id) == (None, ME.id)
    assert (planned().note, planned().tries, planned().outcome) == ("обещали ответ", 0, None)


@pytest.mark.parametrize(
    ("phone", "after", "problems"),
    [
        (" ", timedelta(hours=1), (PlanProblem.PHONE_MISSING,)),
        ("1", timedelta(minutes=-2), (PlanProblem.PAST,)),
        ("1", timedelta(days=400), (PlanProblem.TOO_FAR,)),
        ("", timedelta(days=-1), (PlanProblem.PHONE_MISSING, PlanProblem.PAST)),
    ],
)
def test_what_cannot_be_promised_is_said(
    phone: str, after: timedelta, problems: tuple[PlanProblem, ...]
) -> None:
    made = plan(phone, ARRIVED + after, "", is_mine=False, id=UUID(int=1), now=ARRIVED, by=ME)
    assert made == problems


def test_this_very_minute_is_not_past() -> None:
    now = ARRIVED.replace(second=40)
    made = plan("1", ARRIVED, "", is_mine=False, id=UUID(int=1), now=now, by=ME)
    assert isinstance(made, PlannedCall)


def test_all_that_are_open_are_shown_and_the_earliest_comes_first() -> None:
    late, mine, soon = (
        planned(timedelta(hours=3), low=1),
        planned(timedelta(hours=2), mine=True, low=2),
        planned(timedelta(hours=1), low=3),
    )
    over = noted(planned(low=4), PlannedOutcome.TALKED, ARRIVED, OTHER)
    assert still_open((late, mine, over, soon)) == (soon, mine, late)


def noted(
    call: PlannedCall, outcome: PlannedOutcome, at: datetime, by: Operator, low: int = 70
) -> PlannedCall:
    return stepped(call, step_of(call, outcome, at, by, UUID(int=low)))


def test_who_was_not_reached_is_called_again_and_the_rest_is_over() -> None:
    at = ARRIVED + timedelta(hours=1, minutes=5)
    again = noted(planned(), PlannedOutcome.NOT_REACHED, at, OTHER)
    assert (again.at, again.tries, again.outcome) == (at + AGAIN, 1, None)
    for outcome in (PlannedOutcome.TALKED, PlannedOutcome.NOT_NEEDED):
        over = noted(again, outcome, at, OTHER)
        assert (over.outcome, over.done_at, over.done_by_id) == (outcome, at, OTHER.id)
        assert noted(over, PlannedOutcome.NOT_REACHED, at, ME) == over
        assert still_open((over,)) == ()


def step(act: PlannedAct, minute: int, low: int, by: Operator = ME) -> PlannedStep:
    at = ARRIVED + timedelta(minutes=minute)
    again = at + AGAIN if act is PlannedAct.NOT_REACHED else None
    return PlannedStep(UUID(int=low), UUID(int=1), act, at, Person(by.id, by.name, by.role), again)


@given(st.permutations(range(5)))
def test_in_whatever_order_word_comes_the_call_stands_the_same(order: list[int]) -> None:
    promise = planned(mine=True)
    steps = (
        step(PlannedAct.NOT_REACHED, 61, 11),
        step(PlannedAct.NOT_REACHED, 62, 12, OTHER),
        step(PlannedAct.NOT_NEEDED, 95, 14, OTHER),
        step(PlannedAct.TALKED, 95, 13),
        step(PlannedAct.NOT_REACHED, 96, 15, OTHER),
    )
    stands = after(promise, [steps[place] for place in order])
    assert (stands.tries, stands.outcome, stands.done_by_id) == (2, PlannedOutcome.TALKED, ME.id)
    held = counted([steps[place] for place in order])
    assert [one.id.int for one in held] == [11, 12, 13]
    assert after(promise, ()) == promise


def test_what_holds_of_a_call_that_is_open_are_all_outcomes_and_no_reminder() -> None:
    tried = step(PlannedAct.NOT_REACHED, 61, 11)
    heard = reminded(planned(), ARRIVED + timedelta(minutes=60), ME, UUID(int=10))
    assert counted((tried, heard)) == (tried,)


def test_who_promised_is_told_at_once_and_the_others_where_she_is_not_there() -> None:
    call, time = planned(), ARRIVED + timedelta(hours=1)
    moment = timedelta(seconds=1)
    assert not is_to_be_told(call, ME.id, time - moment)
    assert is_to_be_told(call, ME.id, time)
    assert not is_to_be_told(call, OTHER.id, time + PATIENCE - moment)
    assert is_to_be_told(call, OTHER.id, time + PATIENCE)
    assert is_to_be_told(call, OTHER.id, time, timedelta(0)), "without a centre nobody waits"

    heard = stepped(call, reminded(call, time + moment, ME, UUID(int=20)))
    assert is_to_be_told(heard, ME.id, time)
    assert not is_to_be_told(heard, OTHER.id, time + HERS - moment)
    assert is_to_be_told(heard, OTHER.id, time + HERS)

    again = noted(heard, PlannedOutcome.NOT_REACHED, time + timedelta(minutes=1), ME)
    assert not is_to_be_told(again, OTHER.id, again.at + PATIENCE - moment)
    assert is_to_be_told(again, OTHER.id, again.at + PATIENCE), "that time was told to nobody"


def test_whose_promise_is_not_known_is_told_to_all_at_once() -> None:
    call = replace(planned(), made_by_id=None)
    assert is_to_be_told(call, OTHER.id, call.at)


def test_anybodys_are_due_for_all_and_anothers_where_they_are_left_to_all() -> None:
    mine, anybodys = planned(mine=True, low=1), planned(low=2)
    time = ARRIVED + timedelta(hours=1)
    assert due_for((mine, anybodys), ME.id, time) == (mine, anybodys)
    assert due_for((mine, anybodys), OTHER.id, time) == (anybodys,)
    assert due_for((mine, anybodys), OTHER.id, time + PATIENCE) == (mine, anybodys)
    assert due_for((mine, anybodys), ME.id, time - timedelta(seconds=1)) == ()
