"""Scheduled callbacks promised to callers: planning, events, outcome, reminders to operators."""

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
"""Delay of the next attempt after a caller was not reached."""
FARTHEST = timedelta(days=366)
PATIENCE = timedelta(seconds=45)
"""Time that other workplaces wait for the event that the operator who scheduled a callback was
reminded.

This event triggers no notification; it arrives at the next poll of the event feed, within half a
minute.
"""
HERS = timedelta(minutes=15)
"""Time for which a due callback is reserved for the reminded operator; afterwards all may
make it.
"""


class PlanProblem(StrEnum):
    """Reason why a callback cannot be scheduled."""

    PHONE_MISSING = "phone_missing"
    PAST = "past"
    TOO_FAR = "too_far"
    """More than a year ahead: probably a wrong year."""


class PlannedOutcome(StrEnum):
    """Outcome of a scheduled callback, in order of the digit keys."""

    TALKED = "talked"
    NOT_REACHED = "not_reached"
    """The caller was not reached; the callback is scheduled again half an hour later."""
    NOT_NEEDED = "not_needed"


class PlannedAct(StrEnum):
    """Type of a callback event: an outcome stated by an operator, or a reminder."""

    TALKED = "talked"
    NOT_REACHED = "not_reached"
    NOT_NEEDED = "not_needed"
    REMINDED = "reminded"
    """The operator who scheduled the callback was reminded, at their workplace, that it is due."""


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """An event of a scheduled callback, from any workplace.

    ``moment`` is the time of the next attempt, or the due time of which the operator was reminded.
    """

    id: UUID
    call_id: UUID
    act: PlannedAct
    at: datetime
    by: Person
    moment: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlannedCall:
    """A scheduled callback, identical at every workplace; times are timezone-aware.

    ``for_id`` is the assignee, None for any operator who takes calls. ``tries`` is the number of
    unsuccessful attempts. An ``outcome`` ends the callback. ``made_by_id`` is the operator who
    scheduled it, None for callbacks older than this field. ``reminded_at`` is the last due time of
    which that operator was reminded.
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
    """Local event that is void because another operator had already ended the callback."""

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
    """Schedules a callback, or returns all problems.

    ``phone`` is E.164, or the text as entered if it is not a phone number.
    """
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
    """Builds the event for an outcome stated by an operator."""
    again_at = at + AGAIN if outcome is PlannedOutcome.NOT_REACHED else None
    act = PlannedAct(outcome.value)
    return PlannedStep(id, call.id, act, at, Person(by.id, by.name, by.role), again_at)


def reminded(call: PlannedCall, at: datetime, by: Operator, id: UUID) -> PlannedStep:
    """Builds the event that the operator who scheduled the callback was reminded at this
    workplace.
    """
    person = Person(by.id, by.name, by.role)
    return PlannedStep(id, call.id, PlannedAct.REMINDED, at, person, call.at)


def stepped(call: PlannedCall, step: PlannedStep) -> PlannedCall:
    """Applies an event; an ended callback is unchanged."""
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
    """Returns the events in the order in which every workplace applies them."""
    return sorted(steps, key=lambda step: (step.at, step.id))


def after(promise: PlannedCall, steps: Iterable[PlannedStep]) -> PlannedCall:
    """Returns the callback after all events; events after the first that ends it have no effect."""
    call = promise
    for step in in_order(steps):
        call = stepped(call, step)
    return call


def counted(steps: Iterable[PlannedStep]) -> tuple[PlannedStep, ...]:
    """Returns the outcomes in order, up to and including the first one that ends the callback."""
    held = []
    for step in in_order(steps):
        if step.act is not PlannedAct.REMINDED:
            held.append(step)
        if step.act in (PlannedAct.TALKED, PlannedAct.NOT_NEEDED):
            break
    return tuple(held)


def still_open(calls: Iterable[PlannedCall]) -> tuple[PlannedCall, ...]:
    """Returns the open callbacks of all operators, earliest first."""
    chosen = [one for one in calls if one.outcome is None]
    return tuple(sorted(chosen, key=lambda one: (one.at, one.id)))


def is_to_be_told(
    call: PlannedCall, operator_id: UUID, now: datetime, patience: timedelta = PATIENCE
) -> bool:
    """Whether this operator must be reminded now that the callback is due.

    The operator who scheduled the callback is reminded immediately, and so is its assignee. Others
    are reminded if the operator who scheduled it is signed in at no workplace (no reminder event
    arrived within ``patience``), or has not made it within a quarter of an hour.
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
    """Returns the due callbacks that this operator should make.

    Includes callbacks without an assignee, and those of other operators that are open to all.
    """
    return tuple(
        one
        for one in calls
        if one.at <= now and (one.for_id is None or is_to_be_told(one, operator_id, now, patience))
    )
