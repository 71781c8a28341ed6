"""A decision can be undone for fifteen seconds, instead of a confirmation before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from sync.register.handling import step_facts
from sync.register.handling.events import Doer, Event, Source, Step
from sync.register.handling.history import (
    Outcome,
    RefusalCode,
    StepRefused,
    StepTaken,
    in_force,
    recalled,
    take,
)
from sync.register.handling.needs import Need
from sync.register.handling.standing import UNDO
from sync.register.handling.step_facts import Facts
from sync.register.messages import State
from tests.unit.sync.register.handling import way as ways
from tests.unit.sync.register.handling.way import MESSAGE, Way


def undone(way: Way, event_id: UUID, after: timedelta, by: Doer = ways.MODERATOR) -> Outcome:
    last = way.history.events[-1]
    told = step_facts.TakenBack(event_id)
    event = Event(UUID(int=9999), MESSAGE, Step.TAKE_BACK, last.at + after, by, told)
    return take(way.history, event)


def lacks(outcome: Outcome) -> list[object]:
    assert isinstance(outcome, StepRefused)
    return [missing.lack for missing in outcome.missing]


@pytest.mark.parametrize("seconds", [0, 15])
def test_a_registration_undone_leaves_the_message_under_review(seconds: int) -> None:
    before = ways.under_review().standing
    way = ways.registered()
    outcome = undone(way, way.history.events[-1].id, timedelta(seconds=seconds))
    assert isinstance(outcome, StepTaken)
    assert replace(outcome.history.standing, last_at=None) == replace(before, last_at=None)
    assert outcome.history.standing.number is None
    assert outcome.notices == ()


def test_an_end_can_be_undone_too() -> None:
    way = ways.under_review().step(Step.REFUSE, ways.REFUSED_ON)
    outcome = undone(way, way.history.events[-1].id, UNDO)
    assert isinstance(outcome, StepTaken)
    assert outcome.history.standing.state is State.UNDER_REVIEW


def test_what_was_decided_together_is_undone_together() -> None:
    way = ways.under_review()
    moment = way.at + timedelta(minutes=1)
    steps: tuple[tuple[Step, Facts], ...] = (
        (Step.REGISTER, ways.NUMBERED),
        (Step.SEND_TO_ORGAN, ways.ROUTED),
    )
    for count, (step, told) in enumerate(steps):
        id = UUID(int=500 + count)
        way.try_event(Event(id, MESSAGE, step, moment, ways.MODERATOR, told))
    assert way.standing.state is State.AT_ORGAN
    first = undone(way, UUID(int=500), UNDO)
    assert isinstance(first, StepTaken)
    assert first.history.standing.state is State.UNDER_REVIEW
    assert [event.step for event in in_force(first.history.events)][-1] is Step.TAKE_UP
    assert recalled(MESSAGE, first.history.events) == first.history
    second = undone(way, UUID(int=501), UNDO)
    assert isinstance(second, StepTaken)
    assert second.history.standing.state is State.REGISTERED


def test_it_is_too_late_after_fifteen_seconds() -> None:
    way = ways.registered()
    late = undone(way, way.history.events[-1].id, UNDO + timedelta(microseconds=1))
    assert lacks(late) == [Need.JUST_DECIDED]


def test_only_the_last_decision_and_only_a_decision() -> None:
    way = ways.registered()
    number, taken_up = way.history.events[-1].id, way.history.events[-2].id
    assert lacks(undone(way, taken_up, UNDO)) == [Need.JUST_DECIDED]
    way.step(Step.LINK_CALL, step_facts.CallLinked(ways.OTHER))
    assert lacks(undone(way, number, UNDO)) == [Need.JUST_DECIDED]


def test_only_by_the_one_who_decided() -> None:
    way = ways.registered()
    decided = way.history.events[-1].id
    assert lacks(undone(way, decided, UNDO, ways.COLLEAGUE)) == [Need.OWN_DECISION]
    outcome = undone(way, decided, UNDO, Source.SYSTEM)
    assert isinstance(outcome, StepRefused)
    assert outcome.code is RefusalCode.NOT_ALLOWED


def test_what_the_program_decided_is_not_a_persons_to_undo() -> None:
    way = ways.rework()
    assert lacks(undone(way, way.history.events[-1].id, UNDO)) == [Need.OWN_DECISION]


def test_an_unknown_event_undoes_nothing() -> None:
    events = ways.registered().history.events
    last = events[-1]
    stray = Event(
        UUID(int=1), MESSAGE, Step.TAKE_BACK, last.at, last.by, step_facts.TakenBack(UUID(int=2))
    )
    assert in_force((*events, stray)) == events
    assert recalled(MESSAGE, (*events, stray)).standing.state is State.REGISTERED
