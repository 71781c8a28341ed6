"""Notifications caused by actions and timers, their recipients, and status updates for the
platform.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sync.register.handling.events import Event, Step
from sync.register.handling.standing import Standing
from sync.register.handling.step_facts import RefusedOn, Routed
from sync.register.messages import ENDS, State


class Notice(StrEnum):
    """A notification caused by an action; its text is rendered from templates."""

    REGISTERED = "registered"
    """To the user: the message is registered and not visible to others."""
    REGISTERED_AND_PUBLISHED = "registered_and_published"
    """To the user: the message is registered and published (7.8)."""
    PUBLISHED = "published"
    """To the user: a message registered earlier is now published."""
    REFUSED = "refused"
    """To the user: the reason of the refusal and the required correction (7.10)."""
    DUPLICATE_REMOVED = "duplicate_removed"
    """To the user: the message was removed as a duplicate; contains the original's number (6.4)."""
    MESSAGE_FOR_ORGAN = "message_for_organ"
    """To the authority: a message to answer (7.9)."""
    ANSWER_RETURNED = "answer_returned"
    """To the authority: its answer is returned, with the operator's note."""
    ANSWER = "answer"
    """To the user: the answer, and the address of its publication (9.5, 9.10)."""
    FURTHER_ANSWER_DUE = "further_answer_due"
    """To the authority: the planned date has arrived (9.6)."""
    REWORK_FOR_ORGAN = "rework_for_organ"
    """To the authority: the message is returned for rework, with the user's remarks (10.3)."""
    REWORK_FOR_USER = "rework_for_user"
    """To the user: the message was returned for rework (10.4)."""
    PASSED_ON_BY_VOTES = "passed_on_by_votes"
    """To the authority: a message that more than a thousand users voted for (10.6)."""


class Reminder(StrEnum):
    """A notification caused by a timer."""

    PLANNED_DATE_NEAR = "planned_date_near"
    """To the authority: the planned date of its answer is near (9.6)."""
    REWORK_TERM_NEAR = "rework_term_near"
    """To the authority: the deadline of the rework is near (10.3)."""


NoticeKind = Notice | Reminder

TO_ORGAN: frozenset[NoticeKind] = frozenset(
    {
        Notice.MESSAGE_FOR_ORGAN,
        Notice.ANSWER_RETURNED,
        Notice.FURTHER_ANSWER_DUE,
        Notice.REWORK_FOR_ORGAN,
        Notice.PASSED_ON_BY_VOTES,
        Reminder.PLANNED_DATE_NEAR,
        Reminder.REWORK_TERM_NEAR,
    }
)
"""Notifications sent to the authority; all others are sent to the user."""


PARAGRAPHS: Mapping[NoticeKind, tuple[str, ...]] = {
    Notice.REGISTERED: ("7.8",),
    Notice.REGISTERED_AND_PUBLISHED: ("7.8",),
    Notice.PUBLISHED: ("7.8",),
    Notice.REFUSED: ("7.10",),
    Notice.DUPLICATE_REMOVED: ("6.4",),
    Notice.MESSAGE_FOR_ORGAN: ("7.9",),
    Notice.ANSWER_RETURNED: ("9.5",),
    Notice.ANSWER: ("9.5", "9.10"),
    Notice.FURTHER_ANSWER_DUE: ("9.6",),
    Notice.REWORK_FOR_ORGAN: ("10.3",),
    Notice.REWORK_FOR_USER: ("10.4",),
    Notice.PASSED_ON_BY_VOTES: ("10.6",),
    Reminder.PLANNED_DATE_NEAR: ("9.6",),
    Reminder.REWORK_TERM_NEAR: ("10.3",),
}
"""Clauses that require each notification."""


@dataclass(frozen=True, slots=True)
class RenderedNotice:
    """Rendered texts of a notification.

    ``subject`` is one line, ``spoken`` is the text that an operator reads aloud.
    """

    subject: str
    text: str
    html: str
    spoken: str


REPORTED = frozenset(
    {
        Step.REGISTER,
        Step.REGISTER_AND_PUBLISH,
        Step.PUBLISH,
        Step.WITHHOLD,
        Step.REFUSE,
        Step.REMOVE_DUPLICATE,
        Step.SEND_TO_ORGAN,
        Step.REDIRECT,
        Step.SEND_ANSWER,
        Step.SEND_PLAN,
        Step.REOPEN_PLANNED,
        Step.SEND_TO_REWORK,
        Step.FORWARD_BY_VOTES,
        Step.CLOSE,
        Step.MARK_CONFIDENTIAL,
    }
)
"""Actions reported to the platform; the others are internal to the city."""


@dataclass(frozen=True, slots=True)
class PlatformNews:
    """Status update for the platform after an action.

    ``text`` is for the author: the required correction or the answer, otherwise empty.
    ``is_public``: whether other users may see message and answer (6.9-6.12). ``details`` are data
    for which Open311 has no field, by their documented names (docs/platform.md).
    """

    state: State
    is_over: bool
    is_public: bool
    text: str
    details: Mapping[str, str] = field(default_factory=dict)


def news_of(event: Event, standing: Standing) -> PlatformNews | None:
    """Returns the status update for the platform after an event; None for internal actions."""
    # A confidentiality mark (6.12) is reported because it hides the message; before registration
    # the message was not visible.
    was_hidden = event.step is Step.MARK_CONFIDENTIAL and standing.registered_at is None
    if event.step not in REPORTED or was_hidden:
        return None
    return PlatformNews(
        standing.state,
        standing.state in ENDS,
        standing.is_published,
        _text(event, standing),
        _details(event, standing),
    )


def _text(event: Event, standing: Standing) -> str:
    if isinstance(event.facts, RefusedOn):
        return event.facts.explanation
    if event.step in {Step.SEND_ANSWER, Step.SEND_PLAN} and standing.answer is not None:
        return standing.answer.answer.text
    return ""


def _details(event: Event, standing: Standing) -> Mapping[str, str]:
    """Returns the data of a status update: the action, and its authority, grounds or answer
    parts.
    """
    details = {"step": event.step.value}
    if isinstance(event.facts, Routed):
        details["body"] = event.facts.organ
    if isinstance(event.facts, RefusedOn):
        details["grounds"] = " ".join(sorted(ground.value for ground in event.facts.grounds))
    if event.step is Step.SEND_TO_REWORK and standing.answer is not None:
        details["remarks"] = standing.answer.remarks
    if event.step in {Step.SEND_ANSWER, Step.SEND_PLAN} and standing.answer is not None:
        answer = standing.answer.answer
        details |= {
            "answer_kind": answer.kind.value,
            "planned_on": "" if answer.planned_on is None else answer.planned_on.isoformat(),
            "measures": answer.measures,
            "answer_grounds": answer.grounds,
        }
    return {name: value for name, value in details.items() if value}
