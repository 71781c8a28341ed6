"""Calendar files imported by an administrator."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sync.errors import CalendarUnreadable
from sync.register.calendar.calendar import (
    DayKind,
    WorkingCalendar,
    read_calendar,
    with_file,
    with_text,
)

FOLDER = Path(__file__).parents[5] / "resources" / "calendars"
CALENDAR = read_calendar(FOLDER)

XML = """<?xml version="1.0" encoding="UTF-8"?>
<calendar year="2028" lang="ru"><holidays/><days>
<day d="01.01" t="1" h="1"/><day d="01.10" t="1"/><day d="02.22" t="2"/>
<day d="03.04" t="3"/><day d="11.11" t="2"/>
</days></calendar>"""


@pytest.mark.parametrize(
    "text",
    [
        "date,kind,reason\n2026-11-25,off,распоряжение\n2026-11-28,working,\n2026-11-27,short,\n",
        "25.11.2026;выходной;распоряжение\n28.11.2026;рабочий\n27.11.2026;сокращённый\n\n",
        '[{"date": "2026-11-25"}, {"date": "2026-11-28", "kind": "working"},'
        ' {"date": "2026-11-27", "kind": "short"}]',
        '{"days": {"2026-11-25": "off", "2026-11-28": "working", "2026-11-27": "short"}}',
        '{"days": ["2026-11-25", {"date": "2026-11-28", "kind": "WORKING"},'
        ' {"date": "2026-11-27", "kind": "short"}]}',
    ],
)
def test_single_days_in_every_form(text: str) -> None:
    calendar = with_text(CALENDAR, "days", text)
    assert calendar.kind_of(date(2026, 11, 25)) is DayKind.CITY_DAY_OFF
    assert calendar.kind_of(date(2026, 11, 28)) is DayKind.CITY_WORKING_DAY
    assert calendar.kind_of(date(2026, 11, 27)) is DayKind.SHORT
    assert [
        calendar.is_working_day(date(2026, 11, day)) for day in (25, 26, 27, 28)
    ] == [False, True, True, True]  # fmt: skip


def test_an_order_stands_above_a_holiday_and_an_earlier_order() -> None:
    text = "2027-01-01,working,\n2027-01-04,working,\n"
    calendar = with_text(CALENDAR, "days", text)
    assert calendar.is_working_day(date(2027, 1, 1))
    again = with_text(calendar, "days", "2027-01-04,off,отменено\n")
    assert not again.is_working_day(date(2027, 1, 4))
    assert again.ordered_days[date(2027, 1, 4)].reason == "отменено"


def test_a_whole_year_of_our_own_form_takes_the_place_of_the_one_before() -> None:
    text = (FOLDER / "russia-2026.json").read_text(encoding="utf-8")
    bare = WorkingCalendar({})
    assert with_text(bare, "year", text).kind_of(date(2026, 1, 9)) is DayKind.MOVED_DAY_OFF
    assert with_text(bare, "year", text).years == {2026: CALENDAR.years[2026]}


def test_a_year_of_xml() -> None:
    calendar = with_text(CALENDAR, "calendar.xml", XML)
    assert calendar.covers(2028)
    assert calendar.is_provisional(2028)
    kinds = {
        (1, 1): DayKind.HOLIDAY,
        (1, 10): DayKind.MOVED_DAY_OFF,
        (2, 22): DayKind.SHORT,
        (3, 4): DayKind.WORKING_WEEKEND,
        (11, 11): DayKind.SHORT,
        (3, 5): DayKind.WEEKEND,
    }
    assert {day: calendar.kind_of(date(2028, *day)) for day in kinds} == kinds


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "not_json"),
        ('{"days": 5}', "not_a_calendar"),
        ("[7]", "bad_row"),
        ('[{"kind": "off"}]', "bad_row"),
        ('[{"date": "2026-02-30"}]', "bad_row"),
        ('[{"date": "2026-02-20", "kind": "перерыв"}]', "bad_row"),
        ("завтра,off", "bad_row"),
        ("<calendar>", "not_a_calendar"),
        ("<calendar/>", "not_a_calendar"),
        ('<calendar year="2028"><day d="13.41" t="1"/></calendar>', "not_a_calendar"),
        ("<!DOCTYPE a><calendar/>", "not_a_calendar"),
        ('{"transfers": []}', "not_a_calendar"),
    ],
)
def test_what_is_no_calendar_is_refused(text: str, code: str) -> None:
    with pytest.raises(CalendarUnreadable) as caught:
        with_text(CALENDAR, "file", text)
    assert (caught.value.name, caught.value.code) == ("file", code)


def test_a_wrong_day_is_told_with_its_row() -> None:
    with pytest.raises(CalendarUnreadable) as caught:
        with_text(CALENDAR, "file", "дата;вид\n25.11.2026;выходной\n31.11.2026;выходной\n")
    assert caught.value.row == 2


def test_a_file_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "days.csv"
    path.write_text("дата;вид\n25.11.2026;выходной\n", encoding="utf-8-sig")
    assert not with_file(CALENDAR, path).is_working_day(date(2026, 11, 25))


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "days.csv"
    path.write_bytes(b"\xff\xfe\x00")
    for each in (path, tmp_path / "nothing.csv"):
        with pytest.raises(CalendarUnreadable) as caught:
            with_file(CALENDAR, each)
        assert caught.value.code == "unreadable"
