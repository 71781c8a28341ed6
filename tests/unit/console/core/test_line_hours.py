"""Reports and the calendar use the business hours in force."""

from __future__ import annotations

from datetime import date, time

import pytest

from console.core.formats import hours_text, line_hours_text
from sync.register.calendar.line_hours import Interval, LineHours, SingleDay

ALL_DAY = (Interval(time(8), time(20)),)
LUNCH = (Interval(time(8), time(12)), Interval(time(13), time(20)))
FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ((0, 1, 2, 3, 4), "пн–пт 08:00–20:00"),
        ((0, 1, 2, 3, 4, 5, 6), "ежедневно 08:00–20:00"),
        ((5, 0, 2, 1), "пн–ср, сб 08:00–20:00"),
        ((6,), "вс 08:00–20:00"),
        ((), "ни в один из дней"),
    ],
)
def test_days_that_follow_each_other_are_one_span(
    days: tuple[int, ...], said: str, russian: None
) -> None:
    week = tuple(ALL_DAY if day in days else () for day in range(7))
    assert line_hours_text(LineHours(week), FIRST, LAST) == said


def test_breaks_and_the_single_days_of_the_period_are_told(russian: None) -> None:
    saturday = (Interval(time(9), time(0)),)
    hours = LineHours(
        week=(*(LUNCH,) * 5, saturday, ()),
        single_days=(
            SingleDay(date(2026, 12, 31), (Interval(time(8), time(15)),)),
            SingleDay(date(2027, 1, 9)),
        ),
    )
    week = "пн–пт 08:00–20:00, перерыв 12:00–13:00; сб 09:00–24:00"
    assert line_hours_text(hours, FIRST, LAST) == f"{week}; 31.12.2026 08:00–15:00"
    january = line_hours_text(hours, date(2027, 1, 1), date(2027, 1, 31))
    assert january == f"{week}; 09.01.2027 закрыто"
    assert hours_text(()) == "закрыто"
