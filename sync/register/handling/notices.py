"""Notifications caused by actions and timers, their recipients, and platform status updates."""

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
    """To the user: registered, not visible to others."""
    REGISTERED_AND_PUBLISHED = "registered_and_published"
    """To the user (7.8)."""
    PUBLISHED = "published"
    """To the user: a message registered earlier is now published."""
    REFUSED = "refused"
    """To the user: reason and required correction (7.10)."""
    DUPLICATE_REMOVED = "duplicate_removed"
    """To the user: with the number of the original (6.4)."""
    MESSAGE_FOR_ORGAN = "message_for_organ"
    """To the body (7.9)."""
    ANSWER_RETURNED = "answer_returned"
    """To the body: with the note."""
    ANSWER = "answer"
    """To the user: the answer, and the place of its publication (9.5, 9.10)."""
    FURTHER_ANSWER_DUE = "further_answer_due"
    """To the body: the planned date has arrived (9.6)."""
    REWORK_FOR_ORGAN = "rework_for_organ"
    """To the body: with the remarks (10.3)."""
    REWORK_FOR_USER = "rework_for_user"
    """To the user (10.4)."""
    PASSED_ON_BY_VOTES = "passed_on_by_votes"
    """To the body (10.6)."""


class Reminder(StrEnum):
    """A notification caused by a timer."""

    PLANNED_DATE_NEAR = "planned_date_near"
    """To the body: the planned date of its answer is near (9.6)."""
    REWORK_TERM_NEAR = "rework_term_near"
    """To the body: the deadline of the rework is near (10.3)."""


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
"""Notifications to the body; all others are sent to the user."""


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
    """A rendered notification; ``subject`` is one line, ``spoken`` is read aloud by an operator."""

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
    """One status update for the platform, after an action.

    ``text`` is for the author: the required correction or the answer, otherwise empty.
    ``is_public``: whether others may see message and answer (6.9-6.12). ``details`` are data for
    which Open311 has no field, by their documented names (docs/platform.md).
    """

    state: State
    is_over: bool
    is_public: bool
    text: str
    details: Mapping[str, str] = field(default_factory=dict)


def news_of(event: Event, standing: Standing) -> PlatformNews | None:
    """Returns the status update after an event; None for internal actions."""
    # 6.12: confidential content is hidden on the platform; before registration it was not visible.
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
    """Returns the action with its body, its grounds, or the parts of the answer."""
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
