"""Which greeting a time of day asks for."""

from __future__ import annotations

from datetime import time
from enum import StrEnum


class PartOfDay(StrEnum):
    """A part of the day that has a greeting of its own; at night people greet without it."""

    MORNING = "morning"
    DAY = "day"
    EVENING = "evening"
    NIGHT = "night"


_BEGINS = (
    (time(5), PartOfDay.NIGHT),
    (time(11), PartOfDay.MORNING),
    (time(17), PartOfDay.DAY),
    (time(23), PartOfDay.EVENING),
)


def part_of_day(at_local: time) -> PartOfDay:
    """The part of the day of a time in the city."""
    clock = at_local.replace(tzinfo=None)
    return next((part for end, part in _BEGINS if clock < end), PartOfDay.NIGHT)
