"""Append-only events of a message: action, time, actor and data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sync.register.handling.step_facts import Facts, NoFacts
from sync.register.people.operators import Operator, Person


class Step(StrEnum):
    """Action on a message; ``steps`` defines in which states, by whom and with what data it is
    allowed.
    """

    SUBMIT = "submit"
    SPLIT = "split"
    JOIN = "join"
    DISCARD = "discard"
    STATE_PUBLICITY = "state_publicity"
    MARK_CONFIDENTIAL = "mark_confidential"
    CLEAR_CONFIDENTIAL = "clear_confidential"
    WITHHOLD = "withhold"
    LINK = "link"
    LINK_CALL = "link_call"
    TAKE_UP = "take_up"
    RELEASE = "release"
    CORRECT = "correct"
    ASK_COLLEAGUE = "ask_colleague"
    REGISTER = "register"
    REGISTER_AND_PUBLISH = "register_and_publish"
    PUBLISH = "publish"
    REFUSE = "refuse"
    NOTIFY = "notify"
    """Result of notifying the author of a refusal: sent, or the author could not be reached."""
    REMOVE_DUPLICATE = "remove_duplicate"
    SEND_TO_ORGAN = "send_to_organ"
    REDIRECT = "redirect"
    ANSWER_BY_OPERATOR = "answer_by_operator"
    RECEIVE_ANSWER = "receive_answer"
    RETURN_ANSWER = "return_answer"
    SEND_ANSWER = "send_answer"
    SEND_PLAN = "send_plan"
    REOPEN_PLANNED = "reopen_planned"
    RATE = "rate"
    RATE_NEGATIVELY = "rate_negatively"
    SEND_TO_REWORK = "send_to_rework"
    FORWARD_BY_VOTES = "forward_by_votes"
    CLOSE = "close"
    TAKE_BACK = "take_back"
    """Reverts a decision within a few seconds, before anyone is notified of it."""


class Source(StrEnum):
    """Actor other than a person at the console."""

    SYSTEM = "system"
    """Timers and checks of the program."""
    PLATFORM = "platform"
    """Actions of users and authorities on the platform, imported from there."""


Doer = Person | Source


def person(operator: Operator) -> Person:
    """Returns the operator as the actor of an event, with the current name and role."""
    return Person(operator.id, operator.name, operator.role)


@dataclass(frozen=True, slots=True)
class Event:
    """An applied action; ``id`` is a UUIDv7, ``at`` is timezone-aware.

    ``edition`` names the version of the regulation in force at that time, empty if unknown. Grounds
    and clauses of the event always refer to that version.
    """

    id: UUID
    message_id: UUID
    step: Step
    at: datetime
    by: Doer
    facts: Facts = NoFacts()
    edition: str = ""
