"""The working calendar against the decrees (Regulation 7.11, 7.12)."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from sync.errors import CalendarUnreadable
from sync.register.calendar.calendar import (
    CalendarYear,
    DayKind,
    WorkingCalendar,
    parse_region,
    parse_year,
    read_calendar,
)

FOLDER = Path(__file__).parents[5] / "resources" / "calendars"
CALENDAR = read_calendar(FOLDER)
REGIONAL = read_calendar(FOLDER, region="stavropol")

# Days off from Monday to Friday, and worked Saturdays, as the published calendars have them.
DAYS_OFF = {
    2024: "01-01 01-02 01-03 01-04 01-05 01-08 02-23 03-08 04-29 04-30 05-01 05-09 05-10 06-12 "
    "11-04 12-30 12-31",
    2025: "01-01 01-02 01-03 01-06 01-07 01-08 05-01 05-02 05-08 05-09 06-12 06-13 11-03 11-04 "
    "12-31",
    2026: "01-01 01-02 01-05 01-06 01-07 01-08 01-09 02-23 03-09 05-01 05-11 06-12 11-04 12-31",
    2027: "01-01 01-04 01-05 01-06 01-07 01-08 02-22 02-23 03-08 05-03 05-10 06-14 11-04 11-05 "
    "12-31",
}
WORKED_WEEKENDS = {2024: "04-27 11-02 12-28", 2025: "11-01", 2026: "", 2027: "02-20"}
SHORT_DAYS = {
    2024: "02-22 03-07 05-08 06-11 11-02",
    2025: "03-07 04-30 06-11 11-01",
    2026: "04-30 05-08 06-11 11-03",
    2027: "02-20 04-30 06-11 11-03",
}


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


def month_days(days: list[date]) -> str:
    return " ".join(day.strftime("%m-%d") for day in days)


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2027])
def test_every_day_of_the_year_is_right(year: int) -> None:
    days = days_of(year)
    off = [day for day in days if not CALENDAR.is_working_day(day)]
    assert month_days([day for day in off if day.weekday() < 5]) == DAYS_OFF[year]
    worked = [day for day in days if CALENDAR.is_working_day(day) and day.weekday() >= 5]
    assert month_days(worked) == WORKED_WEEKENDS[year]
    assert month_days([day for day in days if CALENDAR.is_short_day(day)]) == SHORT_DAYS[year]


@pytest.mark.parametrize(("year", "working"), [(2024, 248), (2025, 247), (2026, 247), (2027, 247)])
def test_the_year_has_its_number_of_working_days(year: int, working: int) -> None:
    assert sum(CALENDAR.is_working_day(day) for day in days_of(year)) == working


@pytest.mark.parametrize(
    ("year", "number", "signed"),
    [
        (2024, "1314", date(2023, 8, 10)),
        (2025, "1335", date(2024, 10, 4)),
        (2026, "1466", date(2025, 9, 24)),
        (2027, "1187", date(2026, 9, 17)),
    ],
)
def test_each_year_names_its_decree(year: int, number: str, signed: date) -> None:
    found = CALENDAR.years[year]
    assert (found.decree_number, found.decree_date) == (number, signed)
    assert CALENDAR.is_provisional(year) == (year == 2027)


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 11, 24), DayKind.WORKING),
        (date(2026, 11, 3), DayKind.SHORT),
        (date(2024, 4, 27), DayKind.WORKING_WEEKEND),
        (date(2027, 2, 20), DayKind.SHORT),
        (date(2026, 11, 21), DayKind.WEEKEND),
        (date(2026, 11, 4), DayKind.HOLIDAY),
        (date(2026, 12, 31), DayKind.MOVED_DAY_OFF),
        (date(2026, 4, 21), DayKind.WORKING),
    ],
)
def test_a_day_has_its_kind(day: date, kind: DayKind) -> None:
    assert CALENDAR.kind_of(day) is kind


@pytest.mark.parametrize(
    "day", [date(2024, 5, 14), date(2025, 4, 29), date(2026, 4, 21), date(2027, 5, 11)]
)
def test_radonitsa_is_off_only_where_the_region_counts(day: date) -> None:
    assert REGIONAL.kind_of(day) is DayKind.REGIONAL_HOLIDAY
    assert not REGIONAL.is_working_day(day)
    assert CALENDAR.is_working_day(day)


def test_an_unknown_year_has_its_weekends_and_holidays() -> None:
    assert not CALENDAR.covers(2030)
    assert not CALENDAR.is_provisional(2030)
    assert CALENDAR.kind_of(date(2030, 1, 8)) is DayKind.HOLIDAY
    assert CALENDAR.kind_of(date(2030, 1, 9)) is DayKind.WORKING
    assert CALENDAR.kind_of(date(2030, 1, 12)) is DayKind.WEEKEND


@pytest.mark.parametrize(
    ("today", "missing"),
    [
        (date(2026, 12, 1), None),
        (date(2027, 9, 30), None),
        (date(2027, 10, 1), 2028),
        (date(2028, 1, 1), 2028),
    ],
)
def test_a_missing_year_is_noticed_in_autumn(today: date, missing: int | None) -> None:
    assert CALENDAR.missing_year(today) == missing


def year_text(**changes: object) -> str:
    whole: dict[str, object] = {
        "year": 2026,
        "provisional": False,
        "decree": {"number": "1466", "date": "2025-09-24"},
        "transfers": [{"from": "2026-01-03", "to": "2026-01-09"}],
        "short_days": ["2026-04-30"],
    }
    return json.dumps({**whole, **changes})


def test_a_holiday_whose_rest_was_moved_stays_a_holiday() -> None:
    year = parse_year("russia-2026.json", year_text())
    assert year.days_off == {date(2026, 1, 9)}
    assert year.working_days == frozenset()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "not_json"),
        ("[]", "not_a_calendar"),
        ("{}", "not_a_calendar"),
        (year_text(year="next"), "not_a_calendar"),
        (year_text(transfers=[{"from": "2026-01-03"}]), "not_a_calendar"),
        (year_text(short_days=["2026-02-30"]), "not_a_calendar"),
        (year_text(short_days=None), "not_a_calendar"),
        (year_text(short_days=["2027-04-30"]), "day_of_other_year"),
        (year_text(year=2025), "day_of_other_year"),
    ],
)
def test_a_file_that_is_no_calendar_says_why(text: str, code: str) -> None:
    with pytest.raises(CalendarUnreadable) as caught:
        parse_year("russia-2026.json", text)
    assert (caught.value.name, caught.value.code) == ("russia-2026.json", code)


@pytest.mark.parametrize("text", ['{"days": ["soon"]}', '{"days": 7}', '{"day": []}'])
def test_a_region_that_is_no_calendar_says_why(text: str) -> None:
    with pytest.raises(CalendarUnreadable, match="not_a_calendar"):
        parse_region("region-x.json", text)


def test_absent_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(CalendarUnreadable) as caught:
        read_calendar(tmp_path)
    assert (caught.value.name, caught.value.code) == ("russia-*.json", "absent")
    with pytest.raises(CalendarUnreadable) as caught:
        read_calendar(FOLDER, region="nowhere")
    assert (caught.value.name, caught.value.code) == ("region-nowhere.json", "absent")


def test_a_holiday_wins_over_everything() -> None:
    day = date(2026, 11, 4)
    year = CalendarYear(2026, False, "1", day, frozenset(), frozenset({day}), frozenset({day}))
    assert WorkingCalendar({2026: year}, frozenset({day})).kind_of(day) is DayKind.HOLIDAY
