"""Opening hours: week with breaks, single days, and whether a time is out of hours (5.4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

DAYS_OF_WEEK = 7
MIDNIGHT = time(0)
ONE_DAY = timedelta(days=1)
# Labour Code, article 95.
SHORT_BY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Interval:
    """Open from ``opens`` inclusive to ``closes`` exclusive, in the city's time zone.

    ``closes`` at 00:00 is the end of the day; hours over midnight are two intervals.
    """

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.closes != MIDNIGHT and self.closes <= self.opens:
            raise ValueError("an interval closes before it opens")


Intervals = tuple[Interval, ...]
"""Hours of one day, with breaks between the intervals; empty means closed."""


@dataclass(frozen=True, slots=True)
class SingleDay:
    """Day with its own hours, regardless of week and calendar; empty means closed."""

    day: date
    hours: Intervals = ()


@dataclass(frozen=True, slots=True)
class LineHours:
    """Opening hours by day of the week, Monday first, and on single days.

    ``moved_working_day`` are the hours of a weekend day worked by decree without its own hours.
    With ``open_on_holidays`` the week applies regardless of the calendar.
    """

    week: tuple[Intervals, ...]
    moved_working_day: Intervals = ()
    single_days: tuple[SingleDay, ...] = ()
    open_on_holidays: bool = False

    def __post_init__(self) -> None:
        if len(self.week) != DAYS_OF_WEEK:
            raise ValueError("a week has seven days")


class ClosedAct(StrEnum):
    """Treatment of a call out of hours (5.4)."""

    RING = "ring"
    """Rings as in working hours."""
    ANNOUNCE = "announce"
    """The phone process plays an announcement and hangs up."""
    REDIRECT = "redirect"
    """The phone process redirects the caller to another number."""


class HoursProblem(StrEnum):
    """Reason why opening hours are invalid."""

    OVERLAP = "overlap"
    DAY_TWICE = "day_twice"
    """A single day is listed twice."""
    NEVER_OPEN = "never_open"
    """No day of the week has hours."""


def hours_problem(hours: LineHours) -> HoursProblem | None:
    """Returns why the hours are invalid, or None."""
    days = [each.day for each in hours.single_days]
    all_hours = (*hours.week, hours.moved_working_day, *(each.hours for each in hours.single_days))
    if any(map(overlaps, all_hours)):
        return HoursProblem.OVERLAP
    if len(set(days)) < len(days):
        return HoursProblem.DAY_TWICE
    return None if any(hours.week) else HoursProblem.NEVER_OPEN


def overlaps(intervals: Intervals) -> bool:
    """Whether two of the intervals overlap."""
    return any(
        _since_midnight(after.opens) < _closing(before)
        for before, after in pairwise(_in_order(intervals))
    )


def working_week(opens: time, closes: time) -> LineHours:
    """Returns equal hours from Monday to Friday, and on a Saturday worked by decree."""
    day = (Interval(opens, closes),)
    return LineHours(week=(day,) * 5 + ((), ()), moved_working_day=day)


def hours_of_day(
    day: date,
    hours: LineHours,
    is_working_day: Callable[[date], bool],
    is_short_day: Callable[[date], bool] = lambda _day: False,
) -> Intervals:
    """Returns the sorted opening intervals of the day; empty if it is closed.

    On a short day only the last interval is shortened.
    """
    for single in hours.single_days:
        if single.day == day:
            return _in_order(single.hours)
    intervals = _in_order(hours.week[day.weekday()])
    if hours.open_on_holidays:
        return intervals
    if not is_working_day(day):
        return ()
    intervals = intervals or _in_order(hours.moved_working_day)
    if not intervals or not is_short_day(day):
        return intervals
    *whole, last = intervals
    closes = _closing(last) - SHORT_BY
    if closes <= _since_midnight(last.opens):
        return tuple(whole)
    return (*whole, Interval(last.opens, (datetime.min + closes).time()))


def is_out_of_hours(
    at: datetime,
    hours: LineHours,
    zone: ZoneInfo,
    is_working_day: Callable[[date], bool],
    is_short_day: Callable[[date], bool] = lambda _day: False,
) -> bool:
    """Whether the line is closed at this time (5.4); ``at`` is aware, in any zone."""
    local = at.astimezone(zone)
    now = _since_midnight(local.time())
    return not any(
        _since_midnight(one.opens) <= now < _closing(one)
        for one in hours_of_day(local.date(), hours, is_working_day, is_short_day)
    )


def _in_order(intervals: Intervals) -> Intervals:
    return tuple(sorted(intervals, key=lambda one: one.opens))


def _since_midnight(clock: time) -> timedelta:
    return datetime.combine(date.min, clock) - datetime.min


def _closing(interval: Interval) -> timedelta:
    return ONE_DAY if interval.closes == MIDNIGHT else _since_midnight(interval.closes)
