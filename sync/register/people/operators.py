"""Operators, their roles, and the rights of each role."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Person:
    """Actor of an event at the console, with name and role at that time."""

    id: UUID
    name: str
    role: Role


class Role(StrEnum):
    """Role of a person at the console; see ``RIGHTS``."""

    OPERATOR = "operator"
    MODERATOR = "moderator"
    EDITOR = "editor"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    OBSERVER = "observer"


@dataclass(frozen=True, slots=True)
class Operator:
    """A signed-in operator; ``name`` is the one stored in records."""

    id: UUID
    login: str
    name: str
    role: Role


class Action(StrEnum):
    """A right of a role."""

    SEARCH_DIRECTORY = "search_directory"
    TAKE_CALLS = "take_calls"
    """Answer, fill in and close call cards (7.3)."""
    REGISTER_MESSAGES = "register_messages"
    """Create and register messages (7.4, 7.6)."""
    OVERRULE = "overrule"
    """Release a message that a colleague claimed for review (7.6)."""
    SEE_REGISTER = "see_register"
    """See records with personal data."""
    SEE_REPORTS = "see_reports"
    EXPORT_REPORTS = "export_reports"
    EDIT_DIRECTORY = "edit_directory"
    EDIT_CLASSIFIER = "edit_classifier"
    """Change topics and categories without a proposal (4.1, 2.6)."""
    PROPOSE_TOPICS = "propose_topics"
    """Record topic proposals of a body (4.2)."""
    DECIDE_PROPOSALS = "decide_proposals"
    """Accept or decline topic proposals of bodies (4.2)."""
    EDIT_CALENDAR = "edit_calendar"
    """Edit the non-working days of the city (7.11, 7.12)."""
    LEAD_INCIDENTS = "lead_incidents"
    """Declare an incident, edit its official text, and end it."""
    MANAGE_OPERATORS = "manage_operators"
    CONFIGURE = "configure"


@dataclass(frozen=True, slots=True)
class Refusal:
    """An action that the role does not permit."""

    role: Role
    action: Action


_DESK = frozenset(
    {
        Action.SEARCH_DIRECTORY,
        Action.TAKE_CALLS,
        Action.REGISTER_MESSAGES,
        Action.SEE_REGISTER,
    }
)

# The supervisor has every right: in the embedded default the first operator is the only one.
RIGHTS: dict[Role, frozenset[Action]] = {
    Role.OPERATOR: _DESK,
    Role.MODERATOR: _DESK,
    Role.EDITOR: frozenset({Action.SEARCH_DIRECTORY, Action.EDIT_DIRECTORY, Action.PROPOSE_TOPICS}),
    Role.SUPERVISOR: frozenset(Action),
    Role.ADMINISTRATOR: frozenset(
        {
            Action.SEARCH_DIRECTORY,
            Action.EDIT_CALENDAR,
            Action.MANAGE_OPERATORS,
            Action.CONFIGURE,
        }
    ),
    Role.OBSERVER: frozenset({Action.SEARCH_DIRECTORY, Action.SEE_REPORTS}),
}


def may(role: Role, action: Action) -> bool:
    """Whether the role has the right."""
    return action in RIGHTS[role]


def refusal(operator: Operator, action: Action) -> Refusal | None:
    """Returns the refusal if this operator lacks the right, otherwise None."""
    return None if may(operator.role, action) else Refusal(operator.role, action)
