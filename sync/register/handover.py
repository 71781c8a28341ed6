"""The sheet by which one shift hands its work over to the next: numbers and times, no people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sync.register.operators import Operator
from sync.register.rights import Action, may
from sync.register.shift_check import PlaceFinding

MOST_LINES = 40
"""Of each part; the rest is counted. Whoever takes over sees all of them in the lists."""
LONGEST_NOTE = 2000


class Part(StrEnum):
    """What is handed over, in the order of the sheet."""

    MISSED = "missed"
    """Missed calls that nobody has dealt with."""
    CALL_BACKS = "call_backs"
    """People and bodies who are to be called back."""
    DRAFTS = "drafts"
    """Cards that are not closed."""
    OVERDUE = "overdue"
    DUE_TODAY = "due_today"
    INCIDENTS = "incidents"
    """What many callers tell of and that has not ended."""


@dataclass(frozen=True, slots=True)
class Line:
    """One piece of work, with the moment or the day that goes with it.

    ``number`` is of its record; of an incident, which has none, the street, and of a call that
    was promised nothing: the list of planned calls has it by its moment.
    """

    number: str
    at: datetime | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class PartOfSheet:
    """``count`` is how many there are, of which ``lines`` has the first."""

    count: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class SheetContent:
    """What stands on a sheet; ``unsent`` records are on this computer only.

    ``findings`` are the check of the workplace at that moment. ``note`` is what the one who
    leaves wants to say.
    """

    parts: Mapping[Part, PartOfSheet]
    unsent: int
    findings: tuple[PlaceFinding, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, and when."""

    by_id: UUID
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it was kept; ``accepted`` is None until somebody has taken the work over."""

    id: UUID
    content: SheetContent
    left: Signature
    accepted: Signature | None = None


class HandoverRefusal(StrEnum):
    """Why a sheet is not signed."""

    ROLE = "role"
    """Who takes no calls has no shift."""
    OWN = "own"
    """Nobody takes over from himself."""
    ACCEPTED = "accepted"
    """A colleague has signed it already."""


def part_of(lines: tuple[Line, ...]) -> PartOfSheet:
    """The first of them, and how many there are."""
    return PartOfSheet(len(lines), lines[:MOST_LINES])


def leave_refusal(operator: Operator) -> HandoverRefusal | None:
    """Why this operator may not hand a shift over, or None."""
    return None if may(operator.role, Action.TAKE_CALLS) else HandoverRefusal.ROLE


def accept_refusal(sheet: Sheet, operator: Operator) -> HandoverRefusal | None:
    """Why this operator may not take the sheet over, or None."""
    if not may(operator.role, Action.TAKE_CALLS):
        return HandoverRefusal.ROLE
    if sheet.accepted is not None:
        return HandoverRefusal.ACCEPTED
    return HandoverRefusal.OWN if sheet.left.by_id == operator.id else None
