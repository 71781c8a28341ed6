"""Promised calls: what may be planned, whose they are, and what becomes of them."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.register.planned_calls import (
    AGAIN,
    PlannedCall,
    PlannedOutcome,
    PlanProblem,
    due,
    noted,
    open_for,
    plan,
)
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


def test_the_others_calls_are_not_shown_and_the_earliest_comes_first() -> None:
    late, mine, soon = (
        planned(timedelta(hours=3), low=1),
        planned(timedelta(hours=2), mine=True, low=2),
        planned(timedelta(hours=1), low=3),
    )
    assert open_for((late, mine, soon), ME.id) == (soon, mine, late)
    assert open_for((late, mine, soon), OTHER.id) == (soon, late)
    assert due(open_for((late, mine, soon), ME.id), ARRIVED + timedelta(hours=2)) == (soon, mine)


def test_who_was_not_reached_is_called_again_and_the_rest_is_over() -> None:
    at = ARRIVED + timedelta(hours=1, minutes=5)
    again = noted(planned(), PlannedOutcome.NOT_REACHED, at, OTHER)
    assert (again.at, again.tries, again.outcome) == (at + AGAIN, 1, None)
    for outcome in (PlannedOutcome.TALKED, PlannedOutcome.NOT_NEEDED):
        over = noted(again, outcome, at, OTHER)
        assert (over.outcome, over.done_at, over.done_by_id) == (outcome, at, OTHER.id)
        assert noted(over, PlannedOutcome.NOT_REACHED, at, ME) == over
        assert open_for((over,), ME.id) == ()


@given(st.lists(st.timedeltas(timedelta(0), timedelta(days=365)), max_size=8), st.booleans())
def test_none_that_is_due_stands_behind_one_that_is_not(waits: list[timedelta], mine: bool) -> None:
    calls = [planned(wait, mine=mine, low=low) for low, wait in enumerate(waits, 1)]
    shown = open_for(calls, ME.id)
    now = ARRIVED + timedelta(days=100)
    assert shown[: len(due(shown, now))] == due(shown, now)
