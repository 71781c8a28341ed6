"""Export of the call register to XLSX, read and written page by page (7.3)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from console.core.workbook import whole_workbook
from console.features.call_register import words as register_words
from console.shared.session import card_words
from sync.register.calls.calls import CallRecord
from sync.register.people.values import Absence, PersonName

PAGE = 2000
ROWS_OF_SHEET = 1_000_000  # an Excel sheet has 1,048,576
WIDTHS = (20, 12, 9, 60, 22, 26, 34, 18, 34, 14, 30)
NextPage = Callable[[CallRecord | None, int], tuple[CallRecord, ...]]


@dataclass(frozen=True, slots=True)
class ExportWords:
    """Texts of the exported file, created on the GUI thread."""

    heads: tuple[str, ...]
    sheet: str
    topics: dict[str, str]


def export_words(topics: dict[str, str]) -> ExportWords:
    """Returns the texts of the exported file in the window language. GUI thread only."""
    return ExportWords(register_words.file_heads(), register_words.sheet(), topics)


def write_calls(next_page: NextPage, file: Path, told: ExportWords, zone: ZoneInfo) -> int:
    """Writes all calls of a query to an XLSX file and returns their number.

    Blocks; call on a worker thread. ``next_page`` returns the calls after a given call; its errors
    and OSError are raised. A cell text is never written as a formula.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    count = 0
    with whole_workbook(file, **options) as workbook:
        bold = workbook.add_format({"bold": True, "bg_color": "#EBEEF2"})
        forms = (
            workbook.add_format({"num_format": "dd.mm.yyyy", "align": "left"}),
            workbook.add_format({"num_format": "hh:mm:ss", "align": "left"}),
        )
        sheet: Any = None
        for count, card in enumerate(_all(next_page), 1):
            place = (count - 1) % ROWS_OF_SHEET
            if place == 0:
                sheet = _new_sheet(workbook, told, bold, count // ROWS_OF_SHEET)
            _write(sheet, place + 1, card, told, zone, forms)
        if sheet is None:
            _new_sheet(workbook, told, bold, 0)
    return count


def _all(next_page: NextPage) -> Iterator[CallRecord]:
    last: CallRecord | None = None
    while True:
        page = next_page(last, PAGE)
        yield from page
        if len(page) < PAGE:
            return
        last = page[-1]


def _new_sheet(workbook: Any, told: ExportWords, bold: Any, index: int) -> Any:
    sheet = workbook.add_worksheet(told.sheet if index == 0 else f"{told.sheet} {index + 1}")
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    for column, head in enumerate(told.heads):
        sheet.write_string(0, column, head, bold)
    return sheet


def _write(
    sheet: Any,
    line: int,
    card: CallRecord,
    told: ExportWords,
    zone: ZoneInfo,
    forms: tuple[Any, Any],
) -> None:
    local = card.arrived_at.astimezone(zone).replace(tzinfo=None, microsecond=0)
    day, clock = forms
    sheet.write_string(line, 0, str(card.number))
    sheet.write_datetime(line, 1, datetime.combine(local.date(), datetime.min.time()), day)
    sheet.write_datetime(line, 2, local.time(), clock)
    texts = (
        card.content,
        "" if card.result is None else card_words.result_name(card.result),
        _stated(card.email),
        _name(card.name),
        _stated(card.phone),
        card.operator_name,
        card.number.station,
        told.topics.get(card.topic or "", ""),
    )
    for column, text in enumerate(texts, 3):
        sheet.write_string(line, column, text)


def _stated(value: str | Absence) -> str:
    return "" if isinstance(value, Absence) else value


def _name(name: PersonName | Absence) -> str:
    if isinstance(name, Absence):
        return ""
    return " ".join(part for part in (name.surname, name.given_name, name.patronymic) if part)
