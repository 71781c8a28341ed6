"""Reads and writes XLSX workbooks, one sheet per kind of entry.

The library for writing is large and therefore imported on first use; ``sheet_reader`` does the
reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from kb.entries.entries import Entry, EntryKind
from kb.errors import ImportFault, ImportProblem
from kb.files import sheet_reader
from kb.files.columns import DAYS, Place, Rows, cells_of, columns_of
from kb.files.csv_file import Line, Unwritable, table_rows
from kb.files.sheet_reader import cell_of, opened
from kb.files.words import TableWords

LONGEST_CELL = 32_767  # characters; limit of the format
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_WIDE = frozenset({"title", "body", "spoken", "names", "steps", "documents"})
_HINT_SIZE = {"x_scale": 2.2, "y_scale": 1.6}  # relative to the default size of a comment


def read_xlsx(path: Path, words: TableWords) -> Rows:
    """Yields the rows of all sheets; a sheet named after a kind needs no kind column.

    A formula is reported as a problem, because the file may not contain its value. A workbook that
    exceeds the limits of ``sheet_reader`` is reported as too large.
    """
    path.stat()  # raises OSError in this process
    with opened(path) as workbook:
        for sheet, lines in groupby(_with_sheets(workbook.lines()), key=lambda one: one[0]):
            if sheet is None:
                yield Place(path.name).problem("", ImportFault.NOT_XLSX)
                return
            file = f"{path.name}[{sheet[1]}]"
            rows = _lines_of(file, (line for _sheet, line in lines))
            yield from table_rows(file, rows, words, words.kind_of(sheet[1]))
        if not workbook.is_whole():
            yield Place(path.name).problem("", ImportFault.TOO_LARGE)


def _with_sheets(
    lines: Iterable[list[Any]],
) -> Iterator[tuple[tuple[int, str] | None, list[Any]]]:
    """Yields each line with the index and the title of its sheet; None instead of these if the file
    is not a workbook.
    """
    sheet: tuple[int, str] | None = None
    for line in lines:
        match line:
            case [sheet_reader.SHEET, str(title)]:
                sheet = (0 if sheet is None else sheet[0] + 1, title)
            case _:
                yield sheet, line


def _lines_of(file: str, lines: Iterable[list[Any]]) -> Iterator[Line | ImportProblem]:
    for line in lines:
        match line:
            case [sheet_reader.FAULT, int(number), str(column), str(fault)]:
                yield Place(file, number).problem(column, ImportFault(fault))
            case [sheet_reader.ROW, int(number), list(cells)]:
                yield number, [cell_of(cell) for cell in cells]
            case _:
                raise ValueError(f"{line[0]}: unknown line type")


def write_xlsx(path: Path, entries: Sequence[Entry], words: TableWords) -> None:
    """Writes one sheet per kind with entries, one row per entry.

    Raises Unwritable for a text longer than a cell, or with characters that XML cannot represent.
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
