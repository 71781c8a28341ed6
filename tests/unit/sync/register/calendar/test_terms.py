"""Deadlines of the regulation (7.11, 7.12) and of answers."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.register.calendar.calendar import (
    DayKind,
    OrderedDay,
    OrderedKind,
    WorkingCalendar,
    read_calendar,
)
from sync.register.calendar.terms import (
    CalendarWithoutWorkingDays,
    DayOfSending,
    DaysOf,
    next_working_day,
    review_term,
    term_end,
)

FOLDER = Path(__file__).parents[5] / "resources" / "calendars"
CALENDAR = read_calendar(FOLDER)
REGIONAL = read_calendar(FOLDER, region="stavropol")
KNOWN_DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 20))


@pytest.mark.parametrize(
    ("sent", "moment", "due", "strict"),
    [
        ("2026-11-24", "2026-11-24", "2026-11-26", "2026-11-25"),
        ("2026-11-27", "2026-11-27", "2026-12-01", "2026-11-30"),
        ("2026-11-28", "2026-11-30", "2026-12-02", "2026-12-01"),
        ("2026-12-30", "2026-12-30", "2027-01-12", "2027-01-11"),
        ("2027-01-01", "2027-01-11", "2027-01-13", "2027-01-12"),
        ("2024-04-26", "2024-04-26", "2024-05-02", "2024-04-27"),
        ("2024-04-27", "2024-04-27", "2024-05-03", "2024-05-02"),
        ("2026-11-03", "2026-11-03", "2026-11-06", "2026-11-05"),
        ("2026-11-04", "2026-11-05", "2026-11-09", "2026-11-06"),
    ],
)
def test_two_working_days_from_the_moment_of_sending(
    sent: str, moment: str, due: str, strict: str
) -> None:
    term = review_term(date.fromisoformat(sent), CALENDAR)
    found = (term.moment_day, term.due, term.due_strict)
    assert tuple(day.isoformat() for day in found) == (moment, due, strict)


def test_a_day_of_the_region_moves_the_term_where_the_city_counts_it() -> None:
    sent = date(2026, 4, 20)
    assert review_term(sent, CALENDAR).due == date(2026, 4, 22)
    assert review_term(sent, REGIONAL).due == date(2026, 4, 23)


def test_every_day_of_the_term_says_what_it_is() -> None:
    term = review_term(date(2026, 11, 7), CALENDAR)
    assert [(each.day.day, each.kind, each.number) for each in term.days] == [
        (7, DayKind.WEEKEND, 0),
        (8, DayKind.WEEKEND, 0),
        (9, DayKind.WORKING, 0),
        (10, DayKind.WORKING, 1),
        (11, DayKind.WORKING, 2),
    ]


def test_the_last_day_is_by_the_reading_of_the_city() -> None:
    term = review_term(date(2026, 11, 23), CALENDAR)
    assert term.last_day(DayOfSending.LEFT_OUT) == date(2026, 11, 25)
    assert term.last_day(DayOfSending.COUNTED) == date(2026, 11, 24)


def test_years_without_data_are_named() -> None:
    assert review_term(date(2027, 12, 30), CALENDAR).unknown_years == (2028,)
    assert review_term(date(2026, 3, 3), CALENDAR).unknown_years == ()


@given(KNOWN_DAYS)
def test_the_term_holds_exactly_two_working_days_after_its_moment(sent: date) -> None:
    term = review_term(sent, CALENDAR)
    after = [
        each.day
        for each in term.days
        if each.day > term.moment_day and CALENDAR.is_working_day(each.day)
    ]
    assert after == [term.due_strict, term.due]
    assert all(
        not CALENDAR.is_working_day(sent + timedelta(days=n))
        for n in range((term.moment_day - sent).days)
    )


@pytest.mark.parametrize(
    ("start", "days", "of", "end"),
    [
        (date(2026, 11, 24), 1, DaysOf.WORKING, date(2026, 11, 25)),
        (date(2026, 12, 28), 5, DaysOf.WORKING, date(2027, 1, 13)),
        (date(2026, 11, 24), 10, DaysOf.CALENDAR, date(2026, 12, 4)),
        (date(2026, 11, 24), 11, DaysOf.CALENDAR, date(2026, 12, 7)),
    ],
)
def test_a_term_in_days_of_either_kind(start: date, days: int, of: DaysOf, end: date) -> None:
    assert term_end(start, days, of, CALENDAR) == end


def test_a_term_has_a_day_at_least() -> None:
    with pytest.raises(ValueError, match="0"):
        term_end(date(2026, 11, 24), 0, DaysOf.WORKING, CALENDAR)


def test_a_calendar_without_working_days_is_refused() -> None:
    first = date(2026, 1, 1)
    empty = WorkingCalendar({}).with_orders(
        OrderedDay(first + timedelta(days=n), OrderedKind.OFF, "") for n in range(100)
    )
    with pytest.raises(CalendarWithoutWorkingDays) as caught:
        next_working_day(first, empty)
    assert caught.value.day == first
