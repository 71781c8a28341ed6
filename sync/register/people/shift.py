"""Check of the workplace before a shift, and the handover sheet from one shift to the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sync.register.people.operators import Action, Operator, may

DISK_FULL_BYTES = 200 * 1024 * 1024
"""With less the next hours of calls may not fit, recordings and copies with them."""
DISK_LOW_BYTES = 1024 * 1024 * 1024
COPY_OLD = timedelta(hours=3)
"""A copy is made every hour; two that were missed are a reason to tell."""
CLOCK_BEHIND = timedelta(minutes=1)


class Place(StrEnum):
    """What is looked at, in the order it is told in."""

    PHONE = "phone"
    """Whether the telephone system sends calls here."""
    HEADSET = "headset"
    """Whether microphone and earpiece are there, and how loud the operator is."""
    RINGER = "ringer"
    BUTTONS = "buttons"
    """Those of the headset."""
    STORE = "store"
    CENTRE = "centre"
    DISK = "disk"
    CLOCK = "clock"
    BACKUP = "backup"


class PlaceVerdict(StrEnum):
    """What came of one look."""

    PASSED = "passed"
    DOUBTFUL = "doubtful"
    """One can work, and somebody has to be told."""
    FAILED = "failed"
    NOT_TRIED = "not_tried"
    """There is none by the settings, or it takes a person to try it."""


@dataclass(frozen=True, slots=True)
class PlaceFinding:
    """What was found at one place.

    ``code`` says why. ``value`` goes with it: the SIP status of a refusal, dBFS of a level,
    megabytes that are free, seconds of a clock, minutes since a copy.
    """

    place: Place
    verdict: PlaceVerdict
    code: str
    value: float | None = None


@dataclass(frozen=True, slots=True)
class KeptCheck:
    """A check as it was kept; ``at`` is aware."""

    id: UUID
    at: datetime
    operator_id: UUID
    operator_name: str
    findings: tuple[PlaceFinding, ...]


def overall(findings: Iterable[PlaceFinding]) -> PlaceVerdict:
    """The worst of them; what was not tried speaks neither for nor against."""
    found = {finding.verdict for finding in findings}
    for worst in (PlaceVerdict.FAILED, PlaceVerdict.DOUBTFUL, PlaceVerdict.PASSED):
        if worst in found:
            return worst
    return PlaceVerdict.NOT_TRIED


def judge_buttons(*, is_set: bool, is_there: bool, trouble: str, pressed: str) -> PlaceFinding:
    """``trouble`` is why those of a headset that is there are not read, ``pressed`` the last one.

    A headset without buttons is none to complain of, nor is one whose buttons nobody can read.
    """
    if not is_set:
        return PlaceFinding(Place.BUTTONS, PlaceVerdict.NOT_TRIED, "off")
    if pressed:
        return PlaceFinding(Place.BUTTONS, PlaceVerdict.PASSED, pressed)
    if is_there:
        return PlaceFinding(Place.BUTTONS, PlaceVerdict.NOT_TRIED, "press")
    can_be_mended = trouble in ("no_permission", "not_opened")
    verdict = PlaceVerdict.DOUBTFUL if can_be_mended else PlaceVerdict.NOT_TRIED
    return PlaceFinding(Place.BUTTONS, verdict, trouble or "none")


def judge_store(refusal: str | None, *, is_damaged: bool) -> PlaceFinding:
    """``refusal`` is why the disk took nothing just now, None where it did."""
    if is_damaged:
        return PlaceFinding(Place.STORE, PlaceVerdict.FAILED, "damaged")
    if refusal is not None:
        return PlaceFinding(Place.STORE, PlaceVerdict.FAILED, refusal)
    return PlaceFinding(Place.STORE, PlaceVerdict.PASSED, "takes_records")


def judge_centre(*, is_set: bool, is_reached: bool | None, waiting: int) -> PlaceFinding:
    """``is_reached`` is None until it is known; ``waiting`` records are here only."""
    if not is_set:
        return PlaceFinding(Place.CENTRE, PlaceVerdict.NOT_TRIED, "not_set")
    if is_reached is None:
        return PlaceFinding(Place.CENTRE, PlaceVerdict.DOUBTFUL, "connecting", waiting)
    if not is_reached:
        return PlaceFinding(Place.CENTRE, PlaceVerdict.DOUBTFUL, "away", waiting)
    return PlaceFinding(Place.CENTRE, PlaceVerdict.PASSED, "reached", waiting)


def judge_disk(free_bytes: int | None) -> PlaceFinding:
    """Whether the day's records have room; None where nobody could tell."""
    if free_bytes is None:
        return PlaceFinding(Place.DISK, PlaceVerdict.NOT_TRIED, "unknown")
    free_mb = free_bytes // (1024 * 1024)
    if free_bytes < DISK_FULL_BYTES:
        return PlaceFinding(Place.DISK, PlaceVerdict.FAILED, "full", free_mb)
    if free_bytes < DISK_LOW_BYTES:
        return PlaceFinding(Place.DISK, PlaceVerdict.DOUBTFUL, "low", free_mb)
    return PlaceFinding(Place.DISK, PlaceVerdict.PASSED, "free", free_mb)


def judge_clock(
    now: datetime, newest: datetime | None, ahead_s: float | None, *, is_compared: bool = False
) -> PlaceFinding:
    """``ahead_s`` is how far the clock is from the centre's, None where that is well or unknown.

    ``newest`` is the newest record here: a clock before it was set back, or that record has the
    moment of a clock that ran ahead. Where the clock ``is_compared`` and well, it is the record.
    """
    if is_compared and ahead_s is None:
        return PlaceFinding(Place.CLOCK, PlaceVerdict.PASSED, "goes_right")
    if newest is not None and newest - now > CLOCK_BEHIND:
        behind_s = (newest - now).total_seconds()
        return PlaceFinding(Place.CLOCK, PlaceVerdict.FAILED, "before_records", behind_s)
    if ahead_s is not None:
        code = "fast" if ahead_s > 0 else "slow"
        return PlaceFinding(Place.CLOCK, PlaceVerdict.DOUBTFUL, code, abs(ahead_s))
    return PlaceFinding(Place.CLOCK, PlaceVerdict.PASSED, "goes_right")


def judge_backup(
    *, is_set: bool, missed: str | None, newest: datetime | None, now: datetime
) -> PlaceFinding:
    """``missed`` is why the last copy was not made, None where it was or none was due yet."""
    if not is_set:
        return PlaceFinding(Place.BACKUP, PlaceVerdict.NOT_TRIED, "not_set")
    minutes = None if newest is None else max(0, int((now - newest).total_seconds() // 60))
    if missed is not None:
        return PlaceFinding(Place.BACKUP, PlaceVerdict.DOUBTFUL, missed, minutes)
    if newest is None:
        # the first one is made within a minute of the start
        return PlaceFinding(Place.BACKUP, PlaceVerdict.NOT_TRIED, "none_yet")
    if now - newest > COPY_OLD:
        return PlaceFinding(Place.BACKUP, PlaceVerdict.DOUBTFUL, "old", minutes)
    return PlaceFinding(Place.BACKUP, PlaceVerdict.PASSED, "fresh", minutes)


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
