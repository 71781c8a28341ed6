"""Converts an entry to a table row and back: columns, cell formats, rows of a file.

Lists have one item per line. A phone is ``number | extension | purpose``. Hours are lines such as
``mon-thu 08:30-13:00 14:00-17:45`` or ``24/7``; an additional line ``keeps_short_days`` means that
the eve of a holiday is not shorter. An answer term is ``15 working``. Days are dates,
``2026-11-25`` or ``25.11.2026``. Headings are the names of the fields.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kb.entries.entries import Entry, EntryKind, Record, RecordFault, entry_record
from kb.entries.hours import WEEKDAYS
from kb.errors import ImportFault, ImportProblem

Cell = str | date | None

COMMON = (
    "id", "kind", "title", "body", "spoken", "names", "topic", "section", "owner", "author",
    "source", "source_url", "checked_on", "valid_from", "valid_to",
)  # fmt: skip
DETAILS: Mapping[EntryKind, tuple[str, ...]] = {
    EntryKind.QUESTION: (),
    EntryKind.UNIT: (
        "parent", "unit_kind", "short_title", "address", "phones", "email", "hours",
        "answer_term",
    ),
    EntryKind.SERVICE: ("steps", "documents", "term", "fee"),
    EntryKind.PERSON: ("unit", "post", "room", "phones", "email", "reception"),
    EntryKind.TOPIC: ("parent", "participants", "route", "answer_term", "checklist"),
}  # fmt: skip
KNOWN = frozenset(COMMON).union(*DETAILS.values())
DAYS = frozenset({"checked_on", "valid_from", "valid_to"})

_LISTS = frozenset({"names", "steps", "documents", "participants", "checklist"})
_AROUND_THE_CLOCK = "24/7"
_KEEPS_SHORT_DAYS = "keeps_short_days"
_RUSSIAN_WEEKDAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
_DAY_NUMBER = {
    **{day: number for number, day in enumerate(WEEKDAYS)},
    **{day: number for number, day in enumerate(_RUSSIAN_WEEKDAYS)},
}
_HOURS_LINE = re.compile(r"(\w{2,3})(?:\s*[-–—]\s*(\w{2,3}))?[:\s]\s*(.+)")
_SPAN = re.compile(r"(\d{1,2})[:.](\d{2})\s*[-–—]\s*(\d{1,2})[:.](\d{2})")
_RUSSIAN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


def columns_of(kinds: Iterable[EntryKind]) -> tuple[str, ...]:
    """Columns of a table with entries of these kinds."""
    details = dict.fromkeys(name for kind in kinds for name in DETAILS[kind])
    return (*COMMON, *details)


# --- cells to record -----------------------------------------------------------------------


def record_of(cells: Mapping[str, Cell], kind: EntryKind | None) -> dict[str, Any]:
    """Converts a table row to a record; without details if the kind is unknown. Raises
    RecordFault.
    """
    record: dict[str, Any] = {}
    details: dict[str, Any] = {}
    wanted = DETAILS.get(kind, ()) if kind is not None else ()
    for column, cell in cells.items():
        value = _value_of(column, cell)
        if column in COMMON:
            record[column] = value
        elif column in wanted:
            details[column] = value
        elif value is not None and kind is not None:
            raise RecordFault(column, ImportFault.UNKNOWN_FIELD)
    if details:
        record["details"] = details
    return record


def _value_of(column: str, cell: Cell) -> Any:
    if cell is None:
        return None
    if column in DAYS:
        return _day_of(column, cell)
    if isinstance(cell, date):  # the spreadsheet converted a number such as 2-10-00
        raise RecordFault(column, ImportFault.WRONG_TYPE)
    text = cell.strip()
    if not text:
        return None
    read: Callable[[str], Any] | None = _READERS.get(column)
    return text if read is None else read(text)


def _day_of(column: str, cell: Cell) -> str | None:
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return cell.isoformat()
    text = (cell or "").strip()
    written = _RUSSIAN_DAY.fullmatch(text)
    if written is None:
        return text or None
    try:
        return date(*(int(part) for part in reversed(written.groups()))).isoformat()
    except ValueError as error:
        raise RecordFault(column, ImportFault.BAD_VALUE, text) from error


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _phones_of(text: str) -> list[dict[str, str]]:
    found = []
    for line in _lines(text):
        number, _, rest = line.partition("|")
        extension, _, purpose = rest.partition("|")
        found.append(
            {"number": number.strip(), "extension": extension.strip(), "purpose": purpose.strip()}
        )
    return found


def _hours_of(text: str) -> dict[str, Any]:
    if text == _AROUND_THE_CLOCK:
        return {"around_the_clock": True}
    hours: dict[str, Any] = {}
    for line in _lines(text):
        if line == _KEEPS_SHORT_DAYS:
            hours[_KEEPS_SHORT_DAYS] = True
            continue
        parts = _HOURS_LINE.fullmatch(line.casefold())
        if parts is None:
            raise RecordFault("hours", ImportFault.BAD_VALUE, line)
        first = _DAY_NUMBER.get(parts[1])
        last = first if parts[2] is None else _DAY_NUMBER.get(parts[2])
        spans = _spans_of(parts[3])
        if first is None or last is None or last < first or spans is None:
            raise RecordFault("hours", ImportFault.BAD_VALUE, line)
        for day in WEEKDAYS[first : last + 1]:
            if day in hours:
                raise RecordFault("hours", ImportFault.BAD_VALUE, line)
            hours[day] = spans
    return hours


def _spans_of(text: str) -> list[str] | None:
    spans = [
        f"{int(match[1]):02}:{match[2]}-{int(match[3]):02}:{match[4]}"
        for match in _SPAN.finditer(text)
    ]
    return None if _SPAN.sub("", text).strip(" ,;") or not spans else spans


def _term_of(text: str) -> dict[str, Any]:
    days, _, kind = text.partition(" ")
    if not days.isdecimal():
        raise RecordFault("answer_term", ImportFault.BAD_VALUE, text)
    return {"days": int(days), "kind": kind.strip()}


_READERS: Mapping[str, Callable[[str], Any]] = {
    **dict.fromkeys(_LISTS, _lines),
    "phones": _phones_of,
    "hours": _hours_of,
    "answer_term": _term_of,
}


def column_of(field: str) -> str:
    """Column of a record field: ``phones`` for the first phone number."""
    return re.split(r"[.\[]", field.removeprefix("details."), maxsplit=1)[0]


# --- entry to cells ------------------------------------------------------------------------


def cells_of(entry: Entry) -> dict[str, str]:
    """Returns the non-empty cells of an entry by column; days are in ISO 8601."""
    record: Record = entry_record(entry)
    values = {**record, **record.get("details", {})}
    return {
        name: text
        for name, value in values.items()
        if name != "details" and (text := _cell_of(name, value))
    }


def _cell_of(name: str, value: Any) -> str:
    match name:
        case "phones":
            return "\n".join(_phone_cell(phone) for phone in value)
        case "hours":
            return _hours_cell(value)
        case "answer_term":
            return f"{value['days']} {value['kind']}"
        case _ if name in _LISTS:
            return "\n".join(" ".join(item.splitlines()) for item in value)
        case _:
            return str(value)


def _phone_cell(phone: Mapping[str, str]) -> str:
    parts = [phone["number"], phone.get("extension", ""), phone.get("purpose", "")]
    while not parts[-1]:
        parts.pop()
    return " | ".join(parts)


def _hours_cell(hours: Mapping[str, Any]) -> str:
    if hours.get("around_the_clock"):
        return _AROUND_THE_CLOCK
    lines: list[tuple[str, str, list[str]]] = []
    for day in WEEKDAYS:
        spans = hours.get(day, [])
        if lines and lines[-1][2] == spans:
            lines[-1] = (lines[-1][0], day, spans)
        else:
            lines.append((day, day, spans))
    texts = [
        f"{first if first == last else f'{first}-{last}'} {' '.join(spans)}"
        for first, last, spans in lines
        if spans
    ]
    return "\n".join([*texts, _KEEPS_SHORT_DAYS] if hours.get(_KEEPS_SHORT_DAYS) else texts)


@dataclass(frozen=True, slots=True)
class Place:
    """Position in a file; ``line`` counts from 1 with the headings, 0 is the whole file."""

    file: str
    line: int = 0
    in_table: bool = False

    def problem(self, field: str, fault: ImportFault, value: str = "") -> ImportProblem:
        """Returns a problem at this position; in a table the field is replaced by the name of its
        column.
        """
        name = column_of(field) if self.in_table else field
        return ImportProblem(self.file, self.line, name, fault, value)


@dataclass(frozen=True, slots=True)
class RecordRow:
    """Row that contains a complete entry as a record."""

    place: Place
    record: Record


@dataclass(frozen=True, slots=True)
class TableRow:
    """Row of a table as cells by column. It does not change fields without a column."""

    place: Place
    cells: Mapping[str, Cell]


Row = RecordRow | TableRow
Rows = Iterator[Row | ImportProblem]
