"""Working days of the Russian production calendar (Regulation 7.11, 7.12), and its files.

Weekends and holidays follow article 112 of the Labour Code. The days moved each year by a
government decree, and the short days, are data: one file a year. Regional days off have a separate
file, because the federal calendar omits them and a city chooses whether they count.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import cast
from xml.etree import ElementTree

from sync.errors import CalendarUnreadable

SATURDAY = 5
REGION = "stavropol"
"""Region with built-in days off; a city chooses whether it counts them."""
NEXT_YEAR_EXPECTED_FROM_MONTH = 10  # decrees are published from August to early October

# Labour Code, article 112: month and day.
HOLIDAYS = frozenset(
    {
        *((1, day) for day in range(1, 9)),
        (2, 23),
        (3, 8),
        (5, 1),
        (5, 9),
        (6, 12),
        (11, 4),
    }
)


class DayKind(StrEnum):
    """Kind of a day."""

    WORKING = "working"
    SHORT = "short"
    """Working, an hour shorter (Labour Code, article 95)."""
    WORKING_WEEKEND = "working_weekend"
    """Weekend day worked because its rest was moved to another day."""
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MOVED_DAY_OFF = "moved_day_off"
    """Working day to which the rest of another day was moved."""
    REGIONAL_HOLIDAY = "regional_holiday"
    CITY_DAY_OFF = "city_day_off"
    """Day off by an order of the city, its region or the President."""
    CITY_WORKING_DAY = "city_working_day"
    """Working day by such an order."""

    @property
    def is_working(self) -> bool:
        return self in (
            DayKind.WORKING,
            DayKind.SHORT,
            DayKind.WORKING_WEEKEND,
            DayKind.CITY_WORKING_DAY,
        )


class OrderedKind(StrEnum):
    """Effect of an order on a day."""

    OFF = "off"
    WORKING = "working"
    SHORT = "short"


_ORDERED = {
    OrderedKind.OFF: DayKind.CITY_DAY_OFF,
    OrderedKind.WORKING: DayKind.CITY_WORKING_DAY,
    OrderedKind.SHORT: DayKind.SHORT,
}


@dataclass(frozen=True, slots=True)
class OrderedDay:
    """Day changed by an order of the city or above; it overrides every other rule.

    Days off may be declared a few days in advance, as in 2020 and 2021.
    """

    day: date
    kind: OrderedKind
    reason: str


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """Moved days of one year; ``provisional`` until compared with the decree."""

    year: int
    provisional: bool
    decree_number: str
    decree_date: date
    days_off: frozenset[date]
    working_days: frozenset[date]
    short_days: frozenset[date]


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Kinds of days; a year without data has only its weekends and holidays."""

    years: Mapping[int, CalendarYear]
    regional_days_off: frozenset[date] = frozenset()
    ordered_days: Mapping[date, OrderedDay] = field(default_factory=dict)

    def with_orders(self, days: Iterable[OrderedDay]) -> WorkingCalendar:
        """Returns a copy with these days overridden; the last one for a day is valid."""
        return replace(
            self, ordered_days={**self.ordered_days, **{each.day: each for each in days}}
        )

    def with_year(self, year: CalendarYear) -> WorkingCalendar:
        """Returns a copy with the year's data replaced."""
        return replace(self, years={**self.years, year.year: year})

    def kind_of(self, day: date) -> DayKind:
        """Returns the kind of this day."""
        ordered = self.ordered_days.get(day)
        if ordered is not None:
            return _ORDERED[ordered.kind]
        if (day.month, day.day) in HOLIDAYS:
            return DayKind.HOLIDAY
        year = self.years.get(day.year)
        if year is not None and day in year.days_off:
            return DayKind.MOVED_DAY_OFF
        if day in self.regional_days_off:
            return DayKind.REGIONAL_HOLIDAY
        if year is not None and day in year.short_days:
            return DayKind.SHORT
        if day.weekday() < SATURDAY:
            return DayKind.WORKING
        moved_here = year is not None and day in year.working_days
        return DayKind.WORKING_WEEKEND if moved_here else DayKind.WEEKEND

    def is_working_day(self, day: date) -> bool:
        """Whether the day is a working day (7.11)."""
        return self.kind_of(day).is_working

    def is_short_day(self, day: date) -> bool:
        """Whether work ends an hour earlier."""
        return self.kind_of(day) is DayKind.SHORT

    def covers(self, year: int) -> bool:
        """Whether the calendar has the moved days of this year."""
        return year in self.years

    def is_provisional(self, year: int) -> bool:
        """Whether this year's data were not yet compared with the decree."""
        return year in self.years and self.years[year].provisional

    def missing_year(self, today: date) -> int | None:
        """Returns the year whose data are due but missing, or None."""
        if not self.covers(today.year):
            return today.year
        expected = today.month >= NEXT_YEAR_EXPECTED_FROM_MONTH
        return today.year + 1 if expected and not self.covers(today.year + 1) else None


def read_calendar(folder: Path, region: str | None = None) -> WorkingCalendar:
    """Reads ``russia-*.json`` of a folder, and ``region-<region>.json`` if requested.

    Raises CalendarUnreadable if a file is missing or invalid.
    """
    files = sorted(folder.glob("russia-*.json"))
    if not files:
        raise CalendarUnreadable("russia-*.json", "absent")
    years = {year.year: year for year in (parse_year(file.name, _read(file)) for file in files)}
    if region is None:
        return WorkingCalendar(years)
    file = folder / f"region-{region}.json"
    return WorkingCalendar(years, parse_region(file.name, _read(file)))


def parse_year(name: str, text: str) -> CalendarYear:
    """Parses one year; ``name`` is used in the error CalendarUnreadable.

    A moved day is a pair ``from`` (the day whose rest was moved, which is worked unless it is a
    holiday) and ``to`` (the day off instead). ``to`` is always in the file's own year.
    """
    data = _json(name, text)
    try:
        year = int(cast(int, data["year"]))
        decree = cast(dict[str, str], data["decree"])
        transfers = cast(list[dict[str, str]], data["transfers"])
        moved = [(_day(row["from"]), _day(row["to"])) for row in transfers]
        short_days = frozenset(_day(day) for day in cast(list[str], data["short_days"]))
        found = CalendarYear(
            year=year,
            provisional=data["provisional"] is True,
            decree_number=decree["number"],
            decree_date=_day(decree["date"]),
            days_off=frozenset(to for _, to in moved),
            working_days=frozenset(day for day, _ in moved if (day.month, day.day) not in HOLIDAYS),
            short_days=short_days,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise CalendarUnreadable(name, "not_a_calendar") from error
    if any(day.year != year for day in found.days_off | found.working_days | found.short_days):
        raise CalendarUnreadable(name, "day_of_other_year")
    return found


def parse_region(name: str, text: str) -> frozenset[date]:
    """Parses the days off of a region; raises CalendarUnreadable."""
    data = _json(name, text)
    try:
        return frozenset(_day(day) for day in cast(list[str], data["days"]))
    except (KeyError, TypeError, ValueError) as error:
        raise CalendarUnreadable(name, "not_a_calendar") from error


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise CalendarUnreadable(file.name, "absent") from error


def _json(name: str, text: str) -> dict[str, object]:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise CalendarUnreadable(name, "not_json") from error
    if not isinstance(data, dict):
        raise CalendarUnreadable(name, "not_a_calendar")
    return data


# xmlcalendar.ru: 1 day off, 2 short day, 3 worked weekend day.
_XML_OFF, _XML_SHORT, _XML_WORKED = "1", "2", "3"
_KINDS = {
    **dict.fromkeys(("off", "holiday", "weekend", "day_off", "выходной"), OrderedKind.OFF),
    **dict.fromkeys(("working", "work", "рабочий"), OrderedKind.WORKING),
    **dict.fromkeys(("short", "сокращенный", "сокращённый"), OrderedKind.SHORT),
}
_DELIMITERS = ",;\t"


CalendarContent = CalendarYear | tuple[OrderedDay, ...]
"""Content of a file: the moved days of a year, or single days."""


def with_file(calendar: WorkingCalendar, path: Path) -> WorkingCalendar:
    """Returns the calendar overridden by a file; raises CalendarUnreadable."""
    return with_content(calendar, content_of_file(path))


def with_text(calendar: WorkingCalendar, name: str, text: str) -> WorkingCalendar:
    """Returns the calendar overridden by a text; raises CalendarUnreadable."""
    return with_content(calendar, content_of(name, text))


def with_content(calendar: WorkingCalendar, content: CalendarContent) -> WorkingCalendar:
    """Returns the calendar overridden by the content of a file."""
    match content:
        case CalendarYear():
            return calendar.with_year(content)
        case days:
            return calendar.with_orders(days)


def content_of_file(path: Path) -> CalendarContent:
    """Parses a file; raises CalendarUnreadable."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CalendarUnreadable(path.name, "unreadable") from error
    return content_of(path.name, text)


def content_of(name: str, text: str) -> CalendarContent:
    """Parses a text; its first character determines the format."""
    head = text.lstrip()[:1]
    if head == "<":
        return _xml_year(name, text)
    if head not in ("{", "["):
        return _ordered(name, csv_rows(text))
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise CalendarUnreadable(name, "not_json") from error
    if isinstance(data, dict) and "transfers" in data:
        return parse_year(name, text)
    rows = data.get("days") if isinstance(data, dict) else data
    if isinstance(rows, dict):
        rows = [{"date": day, "kind": kind} for day, kind in rows.items()]
    if not isinstance(rows, list):
        raise CalendarUnreadable(name, "not_a_calendar")
    return _ordered(name, rows)


def csv_rows(text: str) -> list[dict[str, str]]:
    """Parses a table with or without the headings date, kind and reason."""
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if any(row)]
    if rows and rows[0][0].strip().lower() in ("date", "дата"):
        rows = rows[1:]
    return [dict(zip(("date", "kind", "reason"), row, strict=False)) for row in rows]


def _ordered(name: str, rows: Iterable[object]) -> tuple[OrderedDay, ...]:
    """Returns the days of rows; a row with only a date is a day off."""
    found = []
    for number, row in enumerate(rows, start=1):
        cells = {"date": row} if isinstance(row, str) else row
        if not isinstance(cells, dict):
            raise CalendarUnreadable(name, "bad_row", number)
        try:
            kind = _KINDS[str(cells.get("kind") or "off").strip().lower()]
            day = _calendar_day(str(cells["date"]).strip())
        except (KeyError, ValueError) as error:
            raise CalendarUnreadable(name, "bad_row", number) from error
        found.append(OrderedDay(day, kind, str(cells.get("reason") or "").strip()))
    return tuple(found)


def _calendar_day(text: str) -> date:
    """Parses a day in ISO 8601 or in the Russian form ДД.ММ.ГГГГ."""
    parts = text.split(".")
    if len(parts) == 3:
        return date(int(parts[2]), int(parts[1]), int(parts[0]))
    return date.fromisoformat(text)


def _xml_year(name: str, text: str) -> CalendarYear:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        # Prevents entity expansion; calendars need neither declaration.
        raise CalendarUnreadable(name, "not_a_calendar")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - without a DOCTYPE nothing expands
        year = int(root.attrib["year"])
        days = {
            date(year, *map(int, each.attrib["d"].split("."))): each.attrib["t"]
            for each in root.iter("day")
        }
    except (ElementTree.ParseError, KeyError, ValueError, TypeError) as error:
        raise CalendarUnreadable(name, "not_a_calendar") from error
    return CalendarYear(
        year=year,
        provisional=True,
        decree_number="",
        decree_date=date(year, 1, 1),
        days_off=frozenset(
            day
            for day, kind in days.items()
            if kind == _XML_OFF and (day.month, day.day) not in HOLIDAYS
        ),
        working_days=frozenset(
            day
            for day, kind in days.items()
            if kind == _XML_WORKED or (kind == _XML_SHORT and day.weekday() >= SATURDAY)
        ),
        short_days=frozenset(day for day, kind in days.items() if kind == _XML_SHORT),
    )
