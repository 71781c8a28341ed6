"""Reads and writes XLSX workbooks, one sheet per kind of entry.

The spreadsheet libraries are large and are imported on first use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from kb.entries.entries import Entry, EntryKind
from kb.errors import ImportFault, ImportProblem
from kb.files.columns import DAYS, Cell, Place, Rows, cells_of, columns_of
from kb.files.csv_file import Line, Unwritable, table_rows
from kb.files.words import TableWords

if TYPE_CHECKING:
    from openpyxl.cell import Cell as BookCell
    from openpyxl.cell import MergedCell

LONGEST_CELL = 32_767  # characters: the format's own limit
_ESCAPED = re.compile("_x(00[01][0-9A-Fa-f]|005F)_")  # control characters, and the sign itself
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_WIDE = frozenset({"title", "body", "spoken", "names", "steps", "documents"})
_HINT_SIZE = {"x_scale": 2.2, "y_scale": 1.6}  # of what a spreadsheet gives a comment
_FAULTS = {"f": ImportFault.FORMULA, "e": ImportFault.BAD_VALUE}


def read_xlsx(path: Path, words: TableWords) -> Rows:
    """The rows of every sheet; one named by a kind needs no column for it.

    A formula is a fault: its value is not in the file for sure.
    """
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(path, read_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ParseError, ValueError):
        yield Place(path.name).problem("", ImportFault.NOT_XLSX)
        return
    try:
        for sheet in book.worksheets:
            file = f"{path.name}[{sheet.title}]"
            sheet.reset_dimensions()  # some programs write them wrong
            kind = words.kind_of(sheet.title)
            yield from table_rows(file, _lines_of(file, sheet.iter_rows()), words, kind)
    finally:
        book.close()


def _lines_of(
    file: str, rows: Iterable[Sequence[BookCell | MergedCell]]
) -> Iterator[Line | ImportProblem]:
    from openpyxl.utils import get_column_letter

    for number, cells in enumerate(rows, start=1):
        faulty = [at for at, cell in enumerate(cells) if cell.data_type in _FAULTS]
        if faulty:
            fault = _FAULTS[cells[faulty[0]].data_type]
            yield Place(file, number).problem(get_column_letter(faulty[0] + 1), fault)
        else:
            yield number, [_value_of(cell.value) for cell in cells]


def _value_of(value: object) -> Cell:
    match value:
        case None:
            return None
        case bool():
            return str(value).upper()
        case float() if value.is_integer():
            return str(int(value))
        case date():
            return value
        case _:
            return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value))


def write_xlsx(path: Path, entries: Sequence[Entry], words: TableWords) -> None:
    """A sheet for each kind that has entries, one row an entry.

    Raises Unwritable for a text longer than a cell or with characters that XML cannot hold.
    """
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    try:
        heading = book.add_format({"bold": True, "bottom": 1})
        text = book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "dd.mm.yyyy", "valign": "top"})
        for kind in EntryKind:
            rows = [(entry, cells_of(entry)) for entry in entries if entry.kind is kind]
            if not rows:
                continue
            sheet = book.add_worksheet(words.value("kind", kind))
            columns = [name for name in columns_of([kind]) if name != "kind"]
            for number, name in enumerate(columns):
                sheet.set_column(number, number, 60 if name in _WIDE else 18)
            for number, name in enumerate(columns):
                sheet.write_string(0, number, words.heading(name), heading)
                if words.hint(name):
                    sheet.write_comment(0, number, words.hint(name), _HINT_SIZE)
            sheet.freeze_panes(1, 1)
            for line, (entry, cells) in enumerate(rows, start=1):
                for number, name in enumerate(columns):
                    cell = cells.get(name)
                    if cell is None:
                        continue
                    if name in DAYS:
                        sheet.write_datetime(line, number, date.fromisoformat(cell), day)
                    else:
                        sheet.write_string(
                            line, number, _writable(entry, name, words.shown(name, cell)), text
                        )
        if not book.worksheets():
            sheet = book.add_worksheet(words.value("kind", EntryKind.QUESTION))
            sheet.write_string(0, 0, words.heading("id"), heading)
    finally:
        book.close()


def _writable(entry: Entry, column: str, text: str) -> str:
    if len(text) > LONGEST_CELL or _UNWRITABLE.search(text):
        raise Unwritable(entry.id, column)
    return text
