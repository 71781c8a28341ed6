"""Registration numbers ``YYMM-SSSS-NNNNN-C`` (Regulation 7.3): format, parsing, counters.

Month of arrival, workplace and the workplace's counter make a number unique without a central
authority. The check digit (Damm) detects every wrong digit and every swap of two neighbours.
After a restore, the counters skip all numbers that may have been given out.
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
"""In place of a workplace: what the worker takes in from the platform is written down by none."""
DIGITS = 14

_SEPARATORS = re.compile(r"[\s№.,/_‐‑‒–—−-]+")
_STATION = re.compile(r"[0-9]{4}")
_PERIOD = re.compile(r"[0-9]{2}(?:0[1-9]|1[0-2])")


class NumberProblem(StrEnum):
    """Why a text is no registration number."""

    NOT_DIGITS = "not_digits"
    WRONG_LENGTH = "wrong_length"
    CHECK_DIGIT = "check_digit"
    NO_SUCH_MONTH = "no_such_month"
    NO_SUCH_COUNTER = "no_such_counter"


@dataclass(frozen=True, slots=True, order=True)
class RegistrationNumber:
    """A number that was given out; ``str`` is the form that is shown and spoken.

    ``period`` is YYMM in Moscow, ``station`` four digits, ``counter`` from 1 to 99999.
    """

    period: str
    station: str
    counter: int
    check: int

    def __str__(self) -> str:
        return f"{self.period}-{self.station}-{self.counter:05d}-{self.check}"


def period_of(arrived_at: datetime) -> str:
    """The month of arrival as YYMM in Moscow; ``arrived_at`` is aware."""
    return arrived_at.astimezone(MOSCOW).strftime("%y%m")


def next_number(period: str, station: str, counter: int) -> RegistrationNumber:
    """The number after ``counter``, the last one given out in this period (0 when none was).

    Raises CountersUsedUp after 99999 and ValueError for a period or a station of another form.
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
    """The number in a text as people write and dictate it, or why it is none.

    Spaces, dashes of any kind, dots, commas and «№» may stand anywhere, or be left out.
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
"""More than one workplace can take, day and night: a ring every thirty seconds."""
NUMBERS_AT_LEAST = 1000
CLOCK_SLACK = timedelta(days=1)
"""How wrong the clock may have been, on either side of the gap."""

_HOUR = timedelta(hours=1)


def counters_past_gap(last: Mapping[str, int], since: datetime, until: datetime) -> dict[str, int]:
    """The counter to go on after, for each month that the gap touches, no higher than 99999.

    ``last`` has the counters known, by period (YYMM). Nothing is known from ``since``, when the
    copy was taken, to ``until``; both are aware.
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
    """The parts of a span that lie in one month of Moscow each."""
    start, end = begin.astimezone(MOSCOW), end.astimezone(MOSCOW)
    while start < end:
        following = (start.replace(day=1) + timedelta(days=32)).replace(
            day=1, hour=0, minute=0, second=0, microsecond=0
        )
        yield start, min(following, end)
        start = following
