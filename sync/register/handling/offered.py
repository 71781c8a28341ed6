"""Actions that a role may apply to a message in its current state."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sync.register.handling.answers import AnswerKind, Rating
from sync.register.handling.events import Step
from sync.register.handling.needs import Need
from sync.register.handling.standing import Standing
from sync.register.handling.steps import rule_of
from sync.register.people.operators import Action, Role, may

# Preconditions that no input of the operator can satisfy.
_HOPELESS: Mapping[Need, Callable[[Standing], bool]] = {
    Need.PUBLISHED: lambda standing: not standing.is_published,
    Need.PUBLIC: lambda standing: not standing.may_be_public,
    Need.NON_PUBLIC: lambda standing: standing.may_be_public,
    Need.MARKED_CONFIDENTIAL: lambda standing: not standing.confidential,
    Need.OWN_ANSWER: lambda standing: standing.organ is not None,
    Need.ORGANS_ANSWER: lambda standing: standing.organ is None,
    Need.FINAL_ANSWER: lambda standing: _kind(standing) is AnswerKind.PLANNED,
    Need.PLAN: lambda standing: _kind(standing) is not AnswerKind.PLANNED,
    Need.NOT_RATED_YET: lambda standing: _rating(standing) is not None,
    Need.RATED_NEGATIVELY: lambda standing: _rating(standing) is not Rating.BAD,
    Need.NO_OPEN_REMARKS: lambda standing: _rating(standing) is Rating.BAD,
    Need.JUST_DECIDED: lambda standing: not standing.decisions,
    Need.NOT_PASSED_ON_YET: lambda standing: standing.passed_on_at is not None,
}


def offered(standing: Standing, role: Role) -> frozenset[Step]:
    """Returns the actions possible in this state and allowed for this role.

    Excludes actions with a precondition that no input can satisfy. Confidential content in an
    answer (6.12) excludes no action, because a rejection explains more than a missing button.
    """
    return frozenset(step for step in Step if _is_offered(step, standing, role))


def _is_offered(step: Step, standing: Standing, role: Role) -> bool:
    rule = rule_of(step, standing.state)
    if rule is None:
        return False
    is_for_role = any(isinstance(who, Action) and may(role, who) for who in rule.who)
    hopeless = (_HOPELESS[need](standing) for need in rule.needs if need in _HOPELESS)
    return is_for_role and not any(hopeless)


def _kind(standing: Standing) -> AnswerKind | None:
    return None if standing.answer is None else standing.answer.answer.kind


def _rating(standing: Standing) -> Rating | None:
    return None if standing.answer is None else standing.answer.rating
