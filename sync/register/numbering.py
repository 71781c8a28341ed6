"""Registration numbers ``YYMM-SSSS-NNNNN-C`` (Regulation 7.3): format, parsing, counters.

Month of arrival (YYMM), workplace code (SSSS) and the workplace's counter (NNNNN) make a number
unique without a central authority. The check digit C (Damm) detects every wrong digit and every
swap of two adjacent digits. After a restore from a backup, the counters skip all numbers that may
have been assigned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from stdnum import damm

from sync.errors import CountersUsedUp

MOSCOW = ZoneInfo("Europe/Moscow")
COUNTER_MAX = 99_999
INTAKE_STATION = "0000"
"""Workplace code of messages that the worker imports from the platform."""
DIGITS = 14

_SEPARATORS = re.compile(r"[\s№.,/_‐‑‒–—−-]+")
_STATION = re.compile(r"[0-9]{4}")
_PERIOD = re.compile(r"[0-9]{2}(?:0[1-9]|1[0-2])")


class NumberProblem(StrEnum):
    """Reason why a text is not a valid registration number."""

    NOT_DIGITS = "not_digits"
    WRONG_LENGTH = "wrong_length"
    CHECK_DIGIT = "check_digit"
    NO_SUCH_MONTH = "no_such_month"
    NO_SUCH_COUNTER = "no_such_counter"


@dataclass(frozen=True, slots=True, order=True)
class RegistrationNumber:
    """Assigned registration number; ``str`` returns the displayed form.

    ``period`` is YYMM in Moscow time, ``station`` four digits, ``counter`` from 1 to 99999.
    """

    period: str
    station: str
    counter: int
    check: int

    def __str__(self) -> str:
        return f"{self.period}-{self.station}-{self.counter:05d}-{self.check}"


def period_of(arrived_at: datetime) -> str:
    """Returns the month of arrival as YYMM in Moscow time; ``arrived_at`` is timezone-aware."""
    return arrived_at.astimezone(MOSCOW).strftime("%y%m")


def next_number(period: str, station: str, counter: int) -> RegistrationNumber:
    """Returns the number after ``counter``, the last one assigned in this period (0: none).

    Raises CountersUsedUp after 99999 and ValueError for a malformed period or workplace code.
    """
    if not _PERIOD.fullmatch(period):
        raise ValueError(f"not a period: {period!r}")
    if not _STATION.fullmatch(station):
        raise ValueError(f"not a station: {station!r}")
    if counter < 0:
        raise ValueError(f"not a counter: {counter}")
    following = counter + 1
    if following > COUNTER_MAX:
        raise CountersUsedUp(period, station)
    check = int(damm.calc_check_digit(f"{period}{station}{following:05d}"))
    return RegistrationNumber(period, station, following, check)


def parse(text: str) -> RegistrationNumber | NumberProblem:
    """Parses a number as people write and dictate it; returns the problem if it is not valid.

    Spaces, dashes of any kind, dots, commas and «№» may be anywhere, or be left out.
    """
    digits = _SEPARATORS.sub("", text)
    if not (digits.isascii() and digits.isdigit()):
        return NumberProblem.NOT_DIGITS
    if len(digits) != DIGITS:
        return NumberProblem.WRONG_LENGTH
    if not damm.is_valid(digits):
        return NumberProblem.CHECK_DIGIT
    period, station, counter, check = digits[:4], digits[4:8], int(digits[8:13]), int(digits[13])
    if not _PERIOD.fullmatch(period):
        return NumberProblem.NO_SUCH_MONTH
    if counter == 0:
        return NumberProblem.NO_SUCH_COUNTER
    return RegistrationNumber(period, station, counter, check)


NUMBERS_PER_HOUR = 120
"""Upper bound of the numbers one workplace assigns per hour: one every thirty seconds."""
NUMBERS_AT_LEAST = 1000
CLOCK_SLACK = timedelta(days=1)
"""Assumed error of the clock at either end of the period without a backup."""

_HOUR = timedelta(hours=1)


def counters_past_gap(last: Mapping[str, int], since: datetime, until: datetime) -> dict[str, int]:
    """Returns the counters from which numbering continues after a restore from a backup.

    The result has one counter, at most 99999, for each month (YYMM) of the gap between the backup
    and the restore. ``last`` contains the counters of the backup by month. ``since`` is the time of
    the backup, ``until`` the end of the gap; both are timezone-aware.
    """
    begin, end = since - CLOCK_SLACK, until + CLOCK_SLACK
    touched = {period: 0 for period in last if period >= period_of(begin)}
    for start, stop in _months(begin, end):
        touched[period_of(start)] = -((start - stop) // _HOUR)
    return {
        period: min(COUNTER_MAX, last.get(period, 0) + NUMBERS_AT_LEAST + NUMBERS_PER_HOUR * hours)
        for period, hours in touched.items()
    }


def _months(begin: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Splits a span into its parts by month in Moscow time."""
    start, end = begin.astimezone(MOSCOW), end.astimezone(MOSCOW)
    while start < end:
        following = (start.replace(day=1) + timedelta(days=32)).replace(
            day=1, hour=0, minute=0, second=0, microsecond=0
        )
        yield start, min(following, end)
        start = following
