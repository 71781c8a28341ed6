"""Calendars that an administrator brings: whole years and single days, in three formats."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from sync.errors import CalendarUnreadable
from sync.register.calendar import (
    HOLIDAYS,
    SATURDAY,
    CalendarYear,
    OrderedDay,
    OrderedKind,
    WorkingCalendar,
    parse_year,
)

# Of xmlcalendar.ru: 1 a day off, 2 a short day, 3 a worked weekend.
_XML_OFF, _XML_SHORT, _XML_WORKED = "1", "2", "3"
_KINDS = {
    **dict.fromkeys(("off", "holiday", "weekend", "day_off", "выходной"), OrderedKind.OFF),
    **dict.fromkeys(("working", "work", "рабочий"), OrderedKind.WORKING),
    **dict.fromkeys(("short", "сокращенный", "сокращённый"), OrderedKind.SHORT),
}
_DELIMITERS = ",;\t"


CalendarContent = CalendarYear | tuple[OrderedDay, ...]
"""What a file brings: the moved days of a year, or single days."""


def with_file(calendar: WorkingCalendar, path: Path) -> WorkingCalendar:
    """The calendar with what the file says above it; raises CalendarUnreadable."""
    return with_content(calendar, content_of_file(path))


def with_text(calendar: WorkingCalendar, name: str, text: str) -> WorkingCalendar:
    """The calendar with what the text says above it; raises CalendarUnreadable."""
    return with_content(calendar, content_of(name, text))


def with_content(calendar: WorkingCalendar, content: CalendarContent) -> WorkingCalendar:
    """The calendar with what a file brought above it."""
    match content:
        case CalendarYear():
            return calendar.with_year(content)
        case days:
            return calendar.with_orders(days)


def content_of_file(path: Path) -> CalendarContent:
    """What the file brings; raises CalendarUnreadable."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CalendarUnreadable(path.name, "unreadable") from error
    return content_of(path.name, text)


def content_of(name: str, text: str) -> CalendarContent:
    """What the text brings; its form is told by how it begins."""
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
    """Rows of a table with or without the headings date, kind and reason."""
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if any(row)]
    if rows and rows[0][0].strip().lower() in ("date", "дата"):
        rows = rows[1:]
    return [dict(zip(("date", "kind", "reason"), row, strict=False)) for row in rows]


def _ordered(name: str, rows: Iterable[object]) -> tuple[OrderedDay, ...]:
    """Days of rows; a row that is only a date is a day off."""
    found = []
    for number, row in enumerate(rows, start=1):
        cells = {"date": row} if isinstance(row, str) else row
        if not isinstance(cells, dict):
            raise CalendarUnreadable(name, "bad_row", number)
        try:
            kind = _KINDS[str(cells.get("kind") or "off").strip().lower()]
            day = _day(str(cells["date"]).strip())
        except (KeyError, ValueError) as error:
            raise CalendarUnreadable(name, "bad_row", number) from error
        found.append(OrderedDay(day, kind, str(cells.get("reason") or "").strip()))
    return tuple(found)


def _day(text: str) -> date:
    """A day of ISO 8601 or as Russians write it, ДД.ММ.ГГГГ."""
    parts = text.split(".")
    if len(parts) == 3:
        return date(int(parts[2]), int(parts[1]), int(parts[0]))
    return date.fromisoformat(text)


def _xml_year(name: str, text: str) -> CalendarYear:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        # Nothing that grows when it is read; calendars have no need of either.
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
