"""When the line takes calls (Regulation 5.4: in working hours)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS_OF_WEEK = 7
MIDNIGHT = time(0)


@dataclass(frozen=True, slots=True)
class Interval:
    """Open from ``opens`` up to, and not at, ``closes`` on the city's clock.

    ``closes`` at 00:00 is the end of the day; hours over midnight are two intervals.
    """

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.closes != MIDNIGHT and self.closes <= self.opens:
            raise ValueError("an interval closes before it opens")


@dataclass(frozen=True, slots=True)
class LineHours:
    """The hours of the line: intervals of each day of the week, Monday first.

    ``moved_working_day`` are the hours of a weekend day that is worked by decree and has none of
    its own. ``short_by`` is taken off the end of a short day. A line that is ``open_on_holidays``
    keeps its week whatever the calendar says.
    """

    week: tuple[tuple[Interval, ...], ...]
    zone: ZoneInfo
    moved_working_day: tuple[Interval, ...] = ()
    short_by: timedelta = timedelta(hours=1)
    open_on_holidays: bool = False

    def __post_init__(self) -> None:
        if len(self.week) != DAYS_OF_WEEK:
            raise ValueError("a week has seven days")


def working_week(opens: time, closes: time, zone: ZoneInfo) -> LineHours:
    """The same hours from Monday to Friday, and on a Saturday that is worked by decree."""
    day = (Interval(opens, closes),)
    return LineHours(week=(day,) * 5 + ((), ()), zone=zone, moved_working_day=day)


def is_out_of_hours(
    at: datetime,
    hours: LineHours,
    is_working_day: Callable[[date], bool],
    is_short_day: Callable[[date], bool] = lambda _day: False,
) -> bool:
    """Whether the line is closed at this moment (5.4); ``at`` is aware, of any zone."""
    local = at.astimezone(hours.zone)
    day = local.date()
    intervals = hours.week[day.weekday()]
    short_by = timedelta(0)
    if not hours.open_on_holidays:
        if not is_working_day(day):
            return True
        intervals = intervals or hours.moved_working_day
        if is_short_day(day):
            short_by = hours.short_by
    # The short day ends early as a whole: only its last interval loses time.
    last = max(intervals, key=lambda interval: interval.opens, default=None)
    since_midnight = _since_midnight(local.time())
    return not any(
        _since_midnight(interval.opens)
        <= since_midnight
        < _closing(interval) - (short_by if interval is last else timedelta(0))
        for interval in intervals
    )


def _since_midnight(clock: time) -> timedelta:
    return timedelta(
        hours=clock.hour,
        minutes=clock.minute,
        seconds=clock.second,
        microseconds=clock.microsecond,
    )


def _closing(interval: Interval) -> timedelta:
    if interval.closes == MIDNIGHT:
        return timedelta(days=1)
    return _since_midnight(interval.closes)
