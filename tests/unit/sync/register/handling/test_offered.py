"""The offered actions are exactly the possible actions."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sync.register.handling import step_facts
from sync.register.handling.contents import Confidential
from sync.register.handling.events import Step
from sync.register.handling.history import StepTaken, take
from sync.register.handling.offered import offered
from sync.register.handling.step_facts import Facts
from sync.register.messages import Publicity
from sync.register.people.operators import Role
from tests.unit.sync.register.handling import way as ways
from tests.unit.sync.register.handling.way import Way

# With one of these facts every step can be applied from its source states.
TOLD: tuple[Facts, ...] = (
    ways.NOTHING,
    ways.NUMBERED,
    ways.ROUTED,
    step_facts.Routed("roads", "roads"),
    ways.EXPLAINED,
    ways.REFUSED_ON,
    ways.SOLVED,
    ways.OWN,
    ways.GOOD,
    ways.BAD,
    ways.VOTED,
    step_facts.Told(ways.CONTENTS),
    step_facts.PublicityStated(Publicity.PUBLIC),
    step_facts.ConfidentialFound(frozenset({Confidential.HEALTH})),
    step_facts.Linked(step_facts.Link(step_facts.LinkKind.JOINS, ways.OTHER)),
    step_facts.SplitUp((ways.OTHER,)),
    step_facts.CallLinked(ways.OTHER),
    step_facts.Repeated(ways.OTHER, is_in_term=True),
)


@pytest.mark.parametrize(
    "led",
    [
        Way,
        ways.submitted,
        ways.under_review,
        ways.registered,
        ways.published,
        lambda: ways.published().step(
            Step.MARK_CONFIDENTIAL, step_facts.ConfidentialFound(frozenset({Confidential.HEALTH}))
        ),
        ways.at_organ,
        ways.answered,
        lambda: ways.answered(ways.PLANNED),
        lambda: ways.answered().step(Step.RETURN_ANSWER, ways.EXPLAINED),
        lambda: ways.registered().step(Step.ANSWER_BY_OPERATOR, ways.OWN),
        ways.answer_sent,
        ways.planned,
        lambda: ways.planned().step(Step.RATE, ways.GOOD),
        ways.rated_negatively,
        ways.rework,
        ways.passed_on,
    ],
)
def test_a_step_is_offered_where_some_facts_let_it_be_taken(led: Callable[[], Way]) -> None:
    way = led()
    possible = {
        step
        for step in Step
        for told in TOLD
        if isinstance(take(way.history, way.event(step, told)), StepTaken)
    }

    assert offered(way.standing, Role.MODERATOR) - {Step.TAKE_BACK} == possible


def test_nothing_is_offered_to_one_who_only_looks() -> None:
    assert offered(ways.answered().standing, Role.OBSERVER) == frozenset()
