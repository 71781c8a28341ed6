"""Permissions of the roles."""

from __future__ import annotations

import pytest

from sync.register.people.operators import RIGHTS, Action, Refusal, Role, may, refusal
from tests.unit.sync.register.records import operator


def test_every_role_has_its_rights() -> None:
    assert RIGHTS.keys() == set(Role)
    assert all(may(role, Action.SEARCH_DIRECTORY) for role in Role)


@pytest.mark.parametrize(
    ("action", "roles"),
    [
        (Action.TAKE_CALLS, {Role.OPERATOR, Role.MODERATOR, Role.SUPERVISOR}),
        (Action.REGISTER_MESSAGES, {Role.OPERATOR, Role.MODERATOR, Role.SUPERVISOR}),
        (Action.OVERRULE, {Role.SUPERVISOR}),
        (Action.SEE_REGISTER, {Role.OPERATOR, Role.MODERATOR, Role.SUPERVISOR}),
        (Action.SEE_REPORTS, {Role.SUPERVISOR, Role.OBSERVER}),
        (Action.EXPORT_REPORTS, {Role.SUPERVISOR}),
        (Action.EDIT_DIRECTORY, {Role.EDITOR, Role.SUPERVISOR}),
        (Action.EDIT_CLASSIFIER, {Role.SUPERVISOR}),
        (Action.PROPOSE_TOPICS, {Role.EDITOR, Role.SUPERVISOR}),
        (Action.DECIDE_PROPOSALS, {Role.SUPERVISOR}),
        (Action.EDIT_CALENDAR, {Role.SUPERVISOR, Role.ADMINISTRATOR}),
        (Action.MANAGE_OPERATORS, {Role.SUPERVISOR, Role.ADMINISTRATOR}),
        (Action.CONFIGURE, {Role.SUPERVISOR, Role.ADMINISTRATOR}),
    ],
)
def test_an_action_is_for_its_roles_only(action: Action, roles: set[Role]) -> None:
    assert {role for role in Role if may(role, action)} == roles


def test_a_refusal_tells_role_and_action() -> None:
    observer = operator(Role.OBSERVER)
    assert refusal(observer, Action.TAKE_CALLS) == Refusal(Role.OBSERVER, Action.TAKE_CALLS)
    assert refusal(observer, Action.SEE_REPORTS) is None
