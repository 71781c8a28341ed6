"""Check of the workplace before a shift, and the shift handover report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sync.register.people.operators import Action, Operator, may

DISK_FULL_BYTES = 200 * 1024 * 1024
"""With less space the next hours of calls, recordings and backups may not fit."""
DISK_LOW_BYTES = 1024 * 1024 * 1024
COPY_OLD = timedelta(hours=3)
"""Backups run every hour; after two missed ones the operator is warned."""
CLOCK_BEHIND = timedelta(minutes=1)


class Place(StrEnum):
    """Checked component, in display order."""

    PHONE = "phone"
    """Whether the PBX sends calls here."""
    HEADSET = "headset"
    """Microphone, earpiece and the level of the operator's voice."""
    RINGER = "ringer"
    BUTTONS = "buttons"
    """Buttons of the headset."""
    STORE = "store"
    CENTRE = "centre"
    DISK = "disk"
    CLOCK = "clock"
    BACKUP = "backup"


class PlaceVerdict(StrEnum):
    """Result of checking one component."""

    PASSED = "passed"
    DOUBTFUL = "doubtful"
    """Work is possible, but a technician must be informed."""
    FAILED = "failed"
    NOT_TRIED = "not_tried"
    """Not configured, or requires an action of the operator."""


@dataclass(frozen=True, slots=True)
class PlaceFinding:
    """Result for one component.

    ``code`` is the reason. ``value`` depends on it: SIP status of a refusal, level in dBFS, free
    megabytes, seconds of clock error, minutes since a backup.
    """

    place: Place
    verdict: PlaceVerdict
    code: str
    value: float | None = None


@dataclass(frozen=True, slots=True)
class KeptCheck:
    """A stored check; ``at`` is timezone-aware."""

    id: UUID
    at: datetime
    operator_id: UUID
    operator_name: str
    findings: tuple[PlaceFinding, ...]


def overall(findings: Iterable[PlaceFinding]) -> PlaceVerdict:
    """Returns the worst verdict; components that were not checked are ignored."""
    found = {finding.verdict for finding in findings}
    for worst in (PlaceVerdict.FAILED, PlaceVerdict.DOUBTFUL, PlaceVerdict.PASSED):
        if worst in found:
            return worst
    return PlaceVerdict.NOT_TRIED


def judge_buttons(*, is_set: bool, is_there: bool, trouble: str, pressed: str) -> PlaceFinding:
    """Checks the headset buttons: ``trouble`` is a read error, ``pressed`` the last button.

    Missing or unsupported buttons are not an error.
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
    """Checks the local database; ``refusal`` is the reason of a failed write, None if it worked."""
    if is_damaged:
        return PlaceFinding(Place.STORE, PlaceVerdict.FAILED, "damaged")
    if refusal is not None:
        return PlaceFinding(Place.STORE, PlaceVerdict.FAILED, refusal)
    return PlaceFinding(Place.STORE, PlaceVerdict.PASSED, "takes_records")


def judge_centre(*, is_set: bool, is_reached: bool | None, waiting: int) -> PlaceFinding:
    """Checks the central database; ``is_reached`` None: unknown, ``waiting``: unsent records."""
    if not is_set:
        return PlaceFinding(Place.CENTRE, PlaceVerdict.NOT_TRIED, "not_set")
    if is_reached is None:
        return PlaceFinding(Place.CENTRE, PlaceVerdict.DOUBTFUL, "connecting", waiting)
    if not is_reached:
        return PlaceFinding(Place.CENTRE, PlaceVerdict.DOUBTFUL, "away", waiting)
    return PlaceFinding(Place.CENTRE, PlaceVerdict.PASSED, "reached", waiting)


def judge_disk(free_bytes: int | None) -> PlaceFinding:
    """Checks the free disk space; None if it is unknown."""
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
    """Checks the clock; ``ahead_s`` is its lead over the server, None if correct or unknown.

    ``newest`` is the time of the newest local record: if it is in the future, the clock was set
    back or was ahead when the record was made. If the clock ``is_compared`` with the server and
    correct, the record is at fault.
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
    """Checks the backups; ``missed`` is why the last one failed, None if none failed."""
    if not is_set:
        return PlaceFinding(Place.BACKUP, PlaceVerdict.NOT_TRIED, "not_set")
    minutes = None if newest is None else max(0, int((now - newest).total_seconds() // 60))
    if missed is not None:
        return PlaceFinding(Place.BACKUP, PlaceVerdict.DOUBTFUL, missed, minutes)
    if newest is None:
        # The first backup is made within a minute of the start.
        return PlaceFinding(Place.BACKUP, PlaceVerdict.NOT_TRIED, "none_yet")
    if now - newest > COPY_OLD:
        return PlaceFinding(Place.BACKUP, PlaceVerdict.DOUBTFUL, "old", minutes)
    return PlaceFinding(Place.BACKUP, PlaceVerdict.PASSED, "fresh", minutes)


MOST_LINES = 40
"""Limit of each section; the rest is only counted. The next operator sees all in the lists."""
LONGEST_NOTE = 2000


class Part(StrEnum):
    """Section of the handover report, in display order."""

    MISSED = "missed"
    """Unresolved missed calls."""
    CALL_BACKS = "call_backs"
    """Persons and bodies to be called back."""
    DRAFTS = "drafts"
    """Open cards."""
    OVERDUE = "overdue"
    DUE_TODAY = "due_today"
    INCIDENTS = "incidents"
    """Incidents reported by many callers that have not ended."""


@dataclass(frozen=True, slots=True)
class Line:
    """A work item with its time or date.

    ``number`` is that of its record. For an incident, which has none, it is the street. It is empty
    for a scheduled callback, which is identified by its time.
    """

    number: str
    at: datetime | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class PartOfSheet:
    """A section: ``count`` is the total number of items, ``lines`` are the first ones."""

    count: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class SheetContent:
    """Content of a report; ``unsent`` records are on this computer only.

    ``findings`` are the check of the workplace at that time. ``note`` is the text of the operator
    who leaves.
    """

    parts: Mapping[Part, PartOfSheet]
    unsent: int
    findings: tuple[PlaceFinding, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Signing operator and time."""

    by_id: UUID
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Sheet:
    """A stored report; ``accepted`` is None until another operator takes over."""

    id: UUID
    content: SheetContent
    left: Signature
    accepted: Signature | None = None


class HandoverRefusal(StrEnum):
    """Reason why a report cannot be signed."""

    ROLE = "role"
    """The role takes no calls."""
    OWN = "own"
    """The operator cannot accept their own report."""
    ACCEPTED = "accepted"
    """A colleague has already accepted it."""


def part_of(lines: tuple[Line, ...]) -> PartOfSheet:
    """Builds a section from all its items."""
    return PartOfSheet(len(lines), lines[:MOST_LINES])


def leave_refusal(operator: Operator) -> HandoverRefusal | None:
    """Returns the reason why this operator may not hand a shift over, or None."""
    return None if may(operator.role, Action.TAKE_CALLS) else HandoverRefusal.ROLE


def accept_refusal(sheet: Sheet, operator: Operator) -> HandoverRefusal | None:
    """Returns the reason why this operator may not accept the report, or None."""
    if not may(operator.role, Action.TAKE_CALLS):
        return HandoverRefusal.ROLE
    if sheet.accepted is not None:
        return HandoverRefusal.ACCEPTED
    return HandoverRefusal.OWN if sheet.left.by_id == operator.id else None
