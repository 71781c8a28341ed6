"""The check before a shift: what was found at the workplace, and whether one can begin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

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


def judge_clock(now: datetime, newest: datetime | None, ahead_s: float | None) -> PlaceFinding:
    """``ahead_s`` is how far the clock is from the centre's, None where that is well or unknown.

    ``newest`` is the newest record here: a clock that stands before it was set back.
    """
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
