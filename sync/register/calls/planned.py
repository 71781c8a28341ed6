"""Scheduled callbacks promised to callers: planning, steps, outcome, reminders to operators."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never
from uuid import UUID

from sync.register.people.operators import Operator, Person

PLANNED_SCHEMA_VERSION = 1
AGAIN = timedelta(minutes=30)
"""After this long somebody who was not reached is called again."""
FARTHEST = timedelta(days=366)
PATIENCE = timedelta(seconds=45)
"""So long the other workplaces wait for word that who promised a call was told of its time.

Such word wakes nobody, and comes with the next look at the feed: within half a minute.
"""
HERS = timedelta(minutes=15)
"""So long a call that is due is left to who promised it, where she was told; then it is all's."""


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


class PlannedAct(StrEnum):
    """What happens to a promised call: an outcome, or that its time was told."""

    TALKED = "talked"
    NOT_REACHED = "not_reached"
    NOT_NEEDED = "not_needed"
    REMINDED = "reminded"
    """Who promised it was told, where she works, that its time has come."""


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """One thing that happened to a promised call, at whatever workplace.

    ``moment`` is when somebody who was not reached is called again, or the time that was told.
    """

    id: UUID
    call_id: UUID
    act: PlannedAct
    at: datetime
    by: Person
    moment: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlannedCall:
    """One promised call, the same at every workplace; moments are aware.

    ``for_id`` is whose it is, None for anybody who takes calls. ``tries`` counts how often
    nobody was reached. Over once it has an ``outcome``. ``made_by_id`` is None for what was
    promised before that was kept. ``reminded_at`` is the last of its times that was told to who
    promised it.
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
    made_by_id: UUID | None = None
    reminded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlannedOvertaken:
    """What was noted of a promised call here does not count: somebody had ended it before."""

    call: PlannedCall
    lost: PlannedStep


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
        made_by_id=by.id,
    )


def step_of(
    call: PlannedCall, outcome: PlannedOutcome, at: datetime, by: Operator, id: UUID
) -> PlannedStep:
    """What somebody says came of the call."""
    again_at = at + AGAIN if outcome is PlannedOutcome.NOT_REACHED else None
    act = PlannedAct(outcome.value)
    return PlannedStep(id, call.id, act, at, Person(by.id, by.name, by.role), again_at)


def reminded(call: PlannedCall, at: datetime, by: Operator, id: UUID) -> PlannedStep:
    """Who promised the call was told here that its time has come."""
    person = Person(by.id, by.name, by.role)
    return PlannedStep(id, call.id, PlannedAct.REMINDED, at, person, call.at)


def stepped(call: PlannedCall, step: PlannedStep) -> PlannedCall:
    """The call after the step; one that is over stays as it is."""
    if call.outcome is not None:
        return call
    match step.act:
        case PlannedAct.NOT_REACHED:
            return replace(call, tries=call.tries + 1, at=step.moment or step.at + AGAIN)
        case PlannedAct.REMINDED:
            return replace(call, reminded_at=step.moment)
        case PlannedAct.TALKED | PlannedAct.NOT_NEEDED:
            return replace(
                call,
                outcome=PlannedOutcome(step.act.value),
                done_at=step.at,
                done_by_id=step.by.id,
                done_by_name=step.by.name,
            )
        case _ as unreachable:
            assert_never(unreachable)


def in_order(steps: Iterable[PlannedStep]) -> list[PlannedStep]:
    """The order in which steps count, the same at every workplace whenever they come there."""
    return sorted(steps, key=lambda step: (step.at, step.id))


def after(promise: PlannedCall, steps: Iterable[PlannedStep]) -> PlannedCall:
    """The call as it stands after all that happened to it: of two that end it the first holds."""
    call = promise
    for step in in_order(steps):
        call = stepped(call, step)
    return call


def counted(steps: Iterable[PlannedStep]) -> tuple[PlannedStep, ...]:
    """The outcomes among the steps that hold: those up to the first that ends the call."""
    held = []
    for step in in_order(steps):
        if step.act is not PlannedAct.REMINDED:
            held.append(step)
        if step.act in (PlannedAct.TALKED, PlannedAct.NOT_NEEDED):
            break
    return tuple(held)


def still_open(calls: Iterable[PlannedCall]) -> tuple[PlannedCall, ...]:
    """Those that are not over, the earliest at the head; who promised one may have gone home."""
    chosen = [one for one in calls if one.outcome is None]
    return tuple(sorted(chosen, key=lambda one: (one.at, one.id)))


def is_to_be_told(
    call: PlannedCall, operator_id: UUID, now: datetime, patience: timedelta = PATIENCE
) -> bool:
    """Whether this operator is to be told now that the call's time has come.

    Who promised it is told at once. The others are told where she is at no workplace: no word
    that she was told has come within ``patience``. They are told, too, of what she leaves.
    """
    if call.at > now:
        return False
    if call.made_by_id in (None, operator_id) or call.for_id == operator_id:
        return True
    waited = HERS if call.reminded_at == call.at else patience
    return now >= call.at + waited


def due_for(
    calls: Iterable[PlannedCall],
    operator_id: UUID,
    now: datetime,
    patience: timedelta = PATIENCE,
) -> tuple[PlannedCall, ...]:
    """Those whose time has come and that are this operator's to make.

    Anybody's are; another one's are where they are left to all.
    """
    return tuple(
        one
        for one in calls
        if one.at <= now and (one.for_id is None or is_to_be_told(one, operator_id, now, patience))
    )
