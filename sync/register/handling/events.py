"""Events of a message, append-only: step, time, actor and facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sync.register.handling.step_facts import Facts, NoFacts
from sync.register.people.operators import Operator, Person


class Step(StrEnum):
    """One thing that can be done to a message; ``steps`` tells when, by whom and with what."""

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
    """What became of the notice of refusal: it was sent, or nobody could be reached."""
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
    """A decision undone at once, before anybody else learned of it."""


class Source(StrEnum):
    """Who does a step where it is no person at the console."""

    SYSTEM = "system"
    """Timers and checks of the program."""
    PLATFORM = "platform"
    """What users and organs did on the platform, fetched from there."""


Doer = Person | Source


def person(operator: Operator) -> Person:
    """The operator as events name him."""
    return Person(operator.id, operator.name, operator.role)


@dataclass(frozen=True, slots=True)
class Event:
    """One step that was taken; ``id`` is a UUIDv7, ``at`` is aware.

    ``edition`` names the edition of the regulation that was in force then, empty where none was
    known: grounds and paragraphs of the step are read by it for good.
    """

    id: UUID
    message_id: UUID
    step: Step
    at: datetime
    by: Doer
    facts: Facts = NoFacts()
    edition: str = ""
