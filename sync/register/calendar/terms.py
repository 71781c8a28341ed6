"""Review deadline (7.11, 7.12) and deadlines in days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sync.register.calendar.calendar import DayKind, WorkingCalendar

REVIEW_WORKING_DAYS = 2
ONE_DAY = timedelta(days=1)
# Longer than any sequence of days off; a longer one is an editing error.
LONGEST_REST_DAYS = 62


class CalendarWithoutWorkingDays(ValueError):
    """The calendar has no working day within two months after ``day``."""

    def __init__(self, day: date) -> None:
        super().__init__(day.isoformat())
        self.day = day


class DayOfSending(StrEnum):
    """The city's interpretation of 7.11; the other one is displayed as well."""

    LEFT_OUT = "left_out"
    COUNTED = "counted"


@dataclass(frozen=True, slots=True)
class DayCounted:
    """Day until the deadline; ``number`` is its position in the count, 0 if not counted."""

    day: date
    kind: DayKind
    number: int


@dataclass(frozen=True, slots=True)
class ReviewTerm:
    """Review deadline; ``days`` are all days from that of sending to ``due``, with their kind.

    ``moment_day`` is the day of 7.12; ``due`` and ``due_strict`` are the last days if it is
    excluded or included. ``unknown_years`` are years without moved days in the calendar.
    """

    sent_on: date
    moment_day: date
    due: date
    due_strict: date
    days: tuple[DayCounted, ...]
    unknown_years: tuple[int, ...]

    def last_day(self, sending: DayOfSending) -> date:
        """Returns the last day in the city's interpretation."""
        return self.due_strict if sending is DayOfSending.COUNTED else self.due


class DaysOf(StrEnum):
    """Kind of days that a deadline counts."""

    WORKING = "working"
    CALENDAR = "calendar"


def next_working_day(day: date, calendar: WorkingCalendar) -> date:
    """Returns the first working day after the day; raises CalendarWithoutWorkingDays."""
    following = day
    for _ in range(LONGEST_REST_DAYS):
        following += ONE_DAY
        if calendar.is_working_day(following):
            return following
    raise CalendarWithoutWorkingDays(day)


def moment_day(sent_on: date, calendar: WorkingCalendar) -> date:
    """Returns the day that counts as the day of sending (7.12)."""
    return sent_on if calendar.is_working_day(sent_on) else next_working_day(sent_on, calendar)


def review_term(sent_on: date, calendar: WorkingCalendar) -> ReviewTerm:
    """Returns the deadline to register, publish or refuse a message (7.11, 7.12)."""
    began = moment_day(sent_on, calendar)
    ends = [began]
    for _ in range(REVIEW_WORKING_DAYS):
        ends.append(next_working_day(ends[-1], calendar))
    due = ends[-1]
    days = tuple(
        DayCounted(day, calendar.kind_of(day), ends.index(day) if day in ends else 0)
        for day in _days(sent_on, due)
    )
    unknown = tuple(year for year in range(sent_on.year, due.year + 1) if not calendar.covers(year))
    return ReviewTerm(sent_on, began, due, ends[REVIEW_WORKING_DAYS - 1], days, unknown)


def term_end(start: date, days: int, of: DaysOf, calendar: WorkingCalendar) -> date:
    """Returns the last day of a deadline of ``days`` days after ``start``, which is excluded.

    A deadline in calendar days that ends on a day off is extended to the next working day.
    """
    if days < 1:
        raise ValueError(days)
    if of is DaysOf.CALENDAR:
        return moment_day(start + timedelta(days=days), calendar)
    end = start
    for _ in range(days):
        end = next_working_day(end, calendar)
    return end


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=count) for count in range((last - first).days + 1))
