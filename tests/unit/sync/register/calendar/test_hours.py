"""Business hours of the hotline (Regulation 5.4)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sync.register.calendar.calendar import read_calendar
from sync.register.calendar.line_hours import (
    HoursProblem,
    Interval,
    LineHours,
    SingleDay,
    hours_of_day,
    hours_problem,
    is_out_of_hours,
    working_week,
)

MOSCOW = ZoneInfo("Europe/Moscow")
CALENDAR = read_calendar(Path(__file__).parents[5] / "resources" / "calendars")
OFFICE = working_week(time(8), time(17))


def moscow(month: int, day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, second, tzinfo=MOSCOW)


def office_is_closed(at: datetime) -> bool:
    return is_out_of_hours(at, OFFICE, MOSCOW, CALENDAR.is_working_day, CALENDAR.is_short_day)


@pytest.mark.parametrize(
    ("at", "is_closed"),
    [
        (moscow(11, 24, 7, 59, 59), True),
        (moscow(11, 24, 8), False),
        (moscow(11, 24, 16, 59, 59), False),
        (moscow(11, 24, 17), True),
        (moscow(11, 21, 12), True),  # Saturday
        (moscow(11, 4, 12), True),  # holiday on a Wednesday
        (moscow(1, 9, 12), True),  # day off moved to a Friday
        (moscow(11, 3, 15, 59), False),  # short day
        (moscow(11, 3, 16), True),
    ],
)
def test_the_line_is_open_in_working_hours(at: datetime, is_closed: bool) -> None:
    assert office_is_closed(at) == is_closed


def test_any_zone_gives_the_same_answer() -> None:
    assert office_is_closed(datetime(2026, 11, 24, 4, 59, tzinfo=UTC))
    assert not office_is_closed(datetime(2026, 11, 24, 5, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("day", "hour", "is_closed"), [(27, 12, False), (27, 17, True), (20, 12, True)]
)
def test_a_saturday_worked_by_decree_is_open(day: int, hour: int, is_closed: bool) -> None:
    assert office_is_closed(datetime(2024, 4, day, hour, tzinfo=MOSCOW)) == is_closed


def test_without_short_days_the_line_keeps_its_hours() -> None:
    assert not is_out_of_hours(moscow(11, 3, 16, 30), OFFICE, MOSCOW, CALENDAR.is_working_day)


ALWAYS = LineHours(week=((Interval(time(0), time(0)),),) * 7, open_on_holidays=True)


@pytest.mark.parametrize("at", [moscow(1, 1, 0), moscow(11, 21, 23, 59, 59), moscow(5, 9, 12)])
def test_a_line_that_never_closes(at: datetime) -> None:
    assert not is_out_of_hours(at, ALWAYS, MOSCOW, CALENDAR.is_working_day, CALENDAR.is_short_day)


LUNCH = LineHours(
    week=((Interval(time(13), time(17)), Interval(time(8), time(12))),) * 5 + ((), ()),
)


@pytest.mark.parametrize(
    ("at", "is_closed"),
    [
        (moscow(11, 24, 11, 59), False),
        (moscow(11, 24, 12), True),
        (moscow(11, 24, 13), False),
        (moscow(11, 3, 11, 59), False),  # a short day ends early; its morning is unchanged
        (moscow(11, 3, 15, 59), False),
        (moscow(11, 3, 16), True),
    ],
)
def test_a_break_at_noon(at: datetime, is_closed: bool) -> None:
    closed = is_out_of_hours(at, LUNCH, MOSCOW, CALENDAR.is_working_day, CALENDAR.is_short_day)
    assert closed == is_closed


@pytest.mark.parametrize(
    ("closes", "at", "is_closed"),
    [
        (time(20), moscow(12, 30, 19, 59, 59), False),
        (time(20), moscow(12, 30, 20), True),
        (time(20), moscow(12, 31, 18, 59, 59), False),
        (time(20), moscow(12, 31, 19), True),
        (time(0), moscow(12, 30, 23, 59, 59), False),
        (time(0), moscow(12, 31, 0), True),
        (time(0), moscow(12, 31, 22, 59, 59), False),
        (time(0), moscow(12, 31, 23), True),
    ],
)
def test_the_last_day_of_the_year_is_an_hour_shorter_where_it_is_worked(
    closes: time, at: datetime, is_closed: bool
) -> None:
    line = working_week(time(8), closes)

    def is_last(day: date) -> bool:
        return (day.month, day.day) == (12, 31)

    assert is_out_of_hours(at, line, MOSCOW, lambda _day: True, is_last) == is_closed


def test_a_day_without_hours_is_closed_also_when_it_is_worked() -> None:
    def works(_day: date) -> bool:
        return True

    assert is_out_of_hours(moscow(11, 21, 12), LUNCH, MOSCOW, works, works)


def test_impossible_hours_are_refused() -> None:
    with pytest.raises(ValueError, match="closes before"):
        Interval(time(17), time(8))
    with pytest.raises(ValueError, match="seven days"):
        LineHours(week=((),))


NIGHT_DUTY = Interval(time(22), time(0))
SINGLE = LineHours(
    week=LUNCH.week,
    single_days=(
        SingleDay(date(2026, 11, 24)),  # a Tuesday
        SingleDay(date(2026, 11, 4), (Interval(time(10), time(14)),)),  # a holiday
        SingleDay(date(2026, 11, 3), (Interval(time(8), time(17)), NIGHT_DUTY)),  # a short day
    ),
)


@pytest.mark.parametrize(
    ("at", "is_closed"),
    [
        (moscow(11, 24, 11), True),
        (moscow(11, 25, 11), False),
        (moscow(11, 4, 9, 59), True),
        (moscow(11, 4, 10), False),
        (moscow(11, 4, 14), True),
        (moscow(11, 3, 16, 30), False),  # explicit hours are not shortened
        (moscow(11, 3, 17), True),
        (moscow(11, 3, 23, 59, 59), False),
    ],
)
def test_a_single_day_has_its_own_hours_whatever_the_calendar_says(
    at: datetime, is_closed: bool
) -> None:
    closed = is_out_of_hours(at, SINGLE, MOSCOW, CALENDAR.is_working_day, CALENDAR.is_short_day)
    assert closed == is_closed


def test_a_short_day_loses_an_afternoon_of_an_hour_as_a_whole() -> None:
    week = ((Interval(time(8), time(12)), Interval(time(16), time(17))),) * 7
    morning = (Interval(time(8), time(12)),)
    assert (
        hours_of_day(
            date(2026, 11, 3), LineHours(week), CALENDAR.is_working_day, CALENDAR.is_short_day
        )
        == morning
    )


@pytest.mark.parametrize(
    ("hours", "problem"),
    [
        (OFFICE, None),
        (SINGLE, None),
        (ALWAYS, None),
        (LineHours(week=((),) * 7), HoursProblem.NEVER_OPEN),
        (
            LineHours(week=((Interval(time(8), time(13)), Interval(time(12), time(17))),) * 7),
            HoursProblem.OVERLAP,
        ),
        (
            LineHours(week=((Interval(time(8), time(0)), NIGHT_DUTY),) * 7),
            HoursProblem.OVERLAP,
        ),
        (
            LineHours(OFFICE.week, single_days=(SingleDay(date(2026, 5, 9)),) * 2),
            HoursProblem.DAY_TWICE,
        ),
    ],
)
def test_hours_that_cannot_be_are_told(hours: LineHours, problem: HoursProblem | None) -> None:
    assert hours_problem(hours) is problem
