"""Reopening of a saved call as a draft, shortly after it was saved (Regulation 7.3).

Number, times and content are unchanged. Only the operator who saved the call may reopen it; a call
that was registered automatically cannot be reopened.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from sync.register.calls.calls import CallRecord, CallState
from sync.register.handling.events import Event, Step
from sync.register.handling.handled import HandledMessage
from sync.register.handling.standing import UNDO
from sync.register.people.operators import Operator

_REGISTERING = frozenset({Step.REGISTER, Step.REGISTER_AND_PUBLISH})


class ReopenProblem(StrEnum):
    """Reason why a saved call cannot be reopened."""

    TOO_LATE = "too_late"
    CHANGED = "changed"
    """The call is a draft already, or was saved again."""
    NOT_OWN = "not_own"
    """The call was saved by another operator or automatically."""


def reopened(
    card: CallRecord, known_revision: int, at: datetime, by: Operator
) -> CallRecord | ReopenProblem:
    """Returns the call as a draft again, or the reason why it cannot be reopened.

    ``known_revision`` is the revision that was saved, ``at`` the time of the request.
    """
    if card.state is not CallState.CLOSED or card.revision != known_revision:
        return ReopenProblem.CHANGED
    if card.closed_by_id != by.id:
        return ReopenProblem.NOT_OWN
    if card.saved_at is None or at - card.saved_at > UNDO:
        return ReopenProblem.TOO_LATE
    return replace(
        card, state=CallState.DRAFT, saved_at=None, closed_by_id=None, closed_by_name=None
    )


def registration_of(card: CallRecord, message: HandledMessage) -> Event | None:
    """Returns the registration of the message that is reverted when the call is reopened.

    Notifications of this registration have not been sent yet. None for a message of another call,
    and for one that was registered too long ago or has later events.
    """
    decisions = message.standing.decisions
    if message.record.call_id != card.id or not decisions:
        return None
    first = decisions[0].event
    return first if first.step in _REGISTERING else None
