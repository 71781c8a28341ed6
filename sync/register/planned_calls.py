"""Calls that somebody is promised: whom, when, why, and whose they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sync.register.operators import Operator

AGAIN = timedelta(minutes=30)
"""After this long somebody who was not reached is called again."""
FARTHEST = timedelta(days=366)


class PlanProblem(StrEnum):
    """What keeps a call from being planned."""

    PHONE_MISSING = "phone_missing"
    PAST = "past"
    TOO_FAR = "too_far"
    """More than a year ahead: a slip of the year."""


class PlannedOutcome(StrEnum):
    """What came of a planned call; its order is that of the digits."""

    TALKED = "talked"
    NOT_REACHED = "not_reached"
    """It is planned anew, half an hour later."""
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True)
class PlannedCall:
    """One promised call; moments are aware.

    ``for_id`` is whose it is, None for anybody who takes calls here. ``tries`` counts how often
    nobody was reached. Over once it has an ``outcome``.
    """

    id: UUID
    at: datetime
    phone: str
    note: str
    for_id: UUID | None
    made_at: datetime
    made_by_name: str
    tries: int = 0
    outcome: PlannedOutcome | None = None
    done_at: datetime | None = None
    done_by_id: UUID | None = None
    done_by_name: str | None = None


def plan(
    phone: str,
    at: datetime,
    note: str,
    *,
    is_mine: bool,
    id: UUID,
    now: datetime,
    by: Operator,
) -> PlannedCall | tuple[PlanProblem, ...]:
    """The promised call, or all that is wrong with it; ``phone`` is E.164, or as it was typed."""
    problems = []
    if not phone.strip():
        problems.append(PlanProblem.PHONE_MISSING)
    if at < now.replace(second=0, microsecond=0):
        problems.append(PlanProblem.PAST)
    if at > now + FARTHEST:
        problems.append(PlanProblem.TOO_FAR)
    if problems:
        return tuple(problems)
    return PlannedCall(
        id=id,
        at=at,
        phone=phone.strip(),
        note=note.strip(),
        for_id=by.id if is_mine else None,
        made_at=now,
        made_by_name=by.name,
    )


def noted(call: PlannedCall, outcome: PlannedOutcome, at: datetime, by: Operator) -> PlannedCall:
    """The call after somebody has said what came of it; one that is over stays as it is."""
    if call.outcome is not None:
        return call
    if outcome is PlannedOutcome.NOT_REACHED:
        return replace(call, tries=call.tries + 1, at=at + AGAIN)
    return replace(call, outcome=outcome, done_at=at, done_by_id=by.id, done_by_name=by.name)


def open_for(calls: Iterable[PlannedCall], operator_id: UUID) -> tuple[PlannedCall, ...]:
    """Those that are this operator's or anybody's and not over, the earliest at the head."""
    chosen = [one for one in calls if one.outcome is None and one.for_id in (None, operator_id)]
    return tuple(sorted(chosen, key=lambda one: (one.at, one.id)))


def due(calls: Iterable[PlannedCall], now: datetime) -> tuple[PlannedCall, ...]:
    """Those whose time has come."""
    return tuple(one for one in calls if one.at <= now)
