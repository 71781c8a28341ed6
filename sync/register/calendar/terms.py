"""Review term (7.11, 7.12) and terms in days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sync.register.calendar.calendar import DayKind, WorkingCalendar

REVIEW_WORKING_DAYS = 2
ONE_DAY = timedelta(days=1)
# No row of days off is longer than this; a calendar with longer ones is a slip of its editor.
LONGEST_REST_DAYS = 62


class CalendarWithoutWorkingDays(ValueError):
    """The calendar has no working day within two months after ``day``."""

    def __init__(self, day: date) -> None:
        super().__init__(day.isoformat())
        self.day = day


class DayOfSending(StrEnum):
    """Which reading of 7.11 the city follows; the other one is told beside."""

    LEFT_OUT = "left_out"
    COUNTED = "counted"


@dataclass(frozen=True, slots=True)
class DayCounted:
    """A day on the way to the term; ``number`` is its place in the count, 0 where it has none."""

    day: date
    kind: DayKind
    number: int


@dataclass(frozen=True, slots=True)
class ReviewTerm:
    """``days`` are all the days from that of sending to ``due``, each with what it is.

    ``moment_day`` is the day of 7.12; ``due`` and ``due_strict`` are the last days of the term
    without and with it. ``unknown_years`` are those whose moved days the calendar does not know.
    """

    sent_on: date
    moment_day: date
    due: date
    due_strict: date
    days: tuple[DayCounted, ...]
    unknown_years: tuple[int, ...]

    def last_day(self, sending: DayOfSending) -> date:
        """The last day by the reading that the city follows."""
        return self.due_strict if sending is DayOfSending.COUNTED else self.due


class DaysOf(StrEnum):
    """What days a term counts."""

    WORKING = "working"
    CALENDAR = "calendar"


def next_working_day(day: date, calendar: WorkingCalendar) -> date:
    """The first working day after the day; raises CalendarWithoutWorkingDays."""
    following = day
    for _ in range(LONGEST_REST_DAYS):
        following += ONE_DAY
        if calendar.is_working_day(following):
            return following
    raise CalendarWithoutWorkingDays(day)


def moment_day(sent_on: date, calendar: WorkingCalendar) -> date:
    """The day that counts as that of sending (7.12)."""
    return sent_on if calendar.is_working_day(sent_on) else next_working_day(sent_on, calendar)


def review_term(sent_on: date, calendar: WorkingCalendar) -> ReviewTerm:
    """When a message sent on the day is to be registered, published or refused (7.11, 7.12)."""
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
    """The last day of a term of so many days after ``start``, which does not count.

    A term in calendar days that ends on a day off ends on the working day after it.
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
