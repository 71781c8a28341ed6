"""Writes Excel files atomically, and exports a report to an Excel file with one worksheet per
table.

Text cells are never written as formulas.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, assert_never

from PySide6.QtCore import QCoreApplication

from console.core import formats
from console.core.report_content import (
    Cell,
    Days,
    Duration,
    Moment,
    ReportContent,
    Section,
    Share,
)
from sync.store.local.sidecar_files import whole_file

if TYPE_CHECKING:
    import xlsxwriter


@contextmanager
def whole_workbook(file: Path, **options: Any) -> Iterator[xlsxwriter.Workbook]:
    """Yields a workbook that replaces the file atomically at the end. Raises OSError.

    ``options`` are passed to xlsxwriter.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    with whole_file(file) as unfinished:
        unfinished.write_bytes(b"")  # fails early if the file cannot be written
        workbook = xlsxwriter.Workbook(str(unfinished), options)
        try:
            yield workbook
            workbook.close()
        except FileCreateError as error:  # not a subclass of OSError
            raise OSError(f"{file.name} was not written to its end") from error
        finally:
            _let_go(workbook)


def _let_go(workbook: xlsxwriter.Workbook) -> None:
    """Deletes the cells of the workbook row by row.

    Workbook and worksheets form a reference cycle: the garbage collector would later free half a
    million cells of a month's calls in one piece and block the window.
    """
    for sheet in workbook.worksheets():
        while sheet.table:
            sheet.table.popitem()


if TYPE_CHECKING:
    import xlsxwriter

DAY_S = 86_400
LONGEST_SHEET_NAME = 31
TEXT_WIDTH, NUMBER_WIDTH, MOMENT_WIDTH = 34, 13, 17
MOMENT_FORMAT = "dd.mm.yyyy hh:mm"


def write_xlsx(content: ReportContent, file: Path) -> None:
    """Writes each table of the report to a worksheet. Raises OSError.

    The individual records are also read and written here; errors of the store are raised. Text is
    never written as a formula.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with whole_workbook(file, strings_to_formulas=False) as workbook:
        sheets = _Sheets(workbook)
        for section in content.sections:
            sheets.table(section)
        if content.read_listing is not None:
            sheets.table(content.read_listing())
        sheets.parameters(content)


class _Sheets:
    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self._workbook = workbook
        self._names: set[str] = set()
        self._formats: dict[tuple[object, ...], xlsxwriter.format.Format] = {}
        self._head = workbook.add_format({"bold": True, "bg_color": "#EBEEF2", "text_wrap": True})
        self._wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})

    def table(self, section: Section) -> None:
        sheet = self._workbook.add_worksheet(self._sheet_name(section.title))
        for column, head in enumerate(section.heads):
            sheet.write_string(0, column, head, self._head)
        sheet.freeze_panes(1, 0)
        rows = [row for row in section.rows if not row.is_total]
        sheet.autofilter(0, 0, max(1, len(rows)), len(section.heads) - 1)
        sheet.set_column(0, section.texts - 1, TEXT_WIDTH)
        if section.texts < len(section.heads):
            sheet.set_column(section.texts, len(section.heads) - 1, NUMBER_WIDTH)
        for column, cell in enumerate(section.rows[0].cells if section.rows else ()):
            if isinstance(cell, Moment):
                sheet.set_column(column, column, MOMENT_WIDTH)
        for line, row in enumerate(section.rows, start=1):
            for column, cell in enumerate(row.cells):
                self._write(sheet, line, column, cell, is_total=row.is_total)

    def _write(
        self,
        sheet: xlsxwriter.worksheet.Worksheet,
        line: int,
        column: int,
        cell: Cell,
        *,
        is_total: bool,
    ) -> None:
        match cell:
            case str():
                sheet.write_string(line, column, cell, self._format(is_total))
            case int():
                sheet.write_number(line, column, cell, self._format(is_total))
            case date():
                form = self._format(is_total, num_format="dd.mm.yyyy", align="left")
                sheet.write_datetime(line, column, datetime.combine(cell, time()), form)
            case Share(part):
                self._number(sheet, line, column, part, self._format(is_total, num_format="0.0%"))
            case Days(days):
                self._number(sheet, line, column, days, self._format(is_total, num_format="0.0"))
            case Duration(duration):
                days = None if duration is None else duration.total_seconds() / DAY_S
                form = self._format(is_total, num_format="[m]:ss")
                self._number(sheet, line, column, days, form)
            case Moment(at):
                self._moment(sheet, line, column, at, is_total=is_total)
            case _ as unreachable:
                assert_never(unreachable)

    def _number(
        self,
        sheet: xlsxwriter.worksheet.Worksheet,
        line: int,
        column: int,
        number: float | None,
        form: xlsxwriter.format.Format,
    ) -> None:
        if number is None:
            sheet.write_string(line, column, formats.NO_VALUE, form)
        else:
            sheet.write_number(line, column, number, form)

    def _moment(
        self,
        sheet: xlsxwriter.worksheet.Worksheet,
        line: int,
        column: int,
        at_local: datetime | None,
        *,
        is_total: bool,
    ) -> None:
        form = self._format(is_total, num_format=MOMENT_FORMAT, align="left")
        if at_local is None:
            sheet.write_string(line, column, formats.NO_VALUE, form)
        else:
            sheet.write_datetime(line, column, _as_excel_has_it(at_local), form)

    def _format(self, is_total: bool, **properties: str) -> xlsxwriter.format.Format:
        total = {"bold": True, "top": 1} if is_total else {}
        wanted = (is_total, *sorted(properties.items()))
        if wanted not in self._formats:
            self._formats[wanted] = self._workbook.add_format({**properties, **total})
        return self._formats[wanted]

    def parameters(self, content: ReportContent) -> None:
        sheet = self._workbook.add_worksheet(
            self._sheet_name(QCoreApplication.translate("Words", "Parameters"))
        )
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 100)
        lines = {
            QCoreApplication.translate("Words", "Report"): content.title,
            QCoreApplication.translate("Words", "City"): content.heading.city,
            QCoreApplication.translate("Words", "Period"): content.period,
            **content.parameters,
            QCoreApplication.translate("Words", "Time zone"): "Europe/Moscow",
            QCoreApplication.translate("Words", "Created at"): content.heading.made_at,
            QCoreApplication.translate("Words", "Created by"): content.heading.made_by,
            QCoreApplication.translate("Words", "Counted"): content.lead,
            QCoreApplication.translate("Words", "Formulas"): "\n".join(content.notes),
        }
        for line, (name, told) in enumerate(lines.items()):
            sheet.write_string(line, 0, name, self._head)
            if isinstance(told, datetime):
                self._moment(sheet, line, 1, told, is_total=False)
            else:
                sheet.write_string(line, 1, told, self._wrapped)

    def _sheet_name(self, title: str) -> str:
        """Returns a unique worksheet name within Excel's limits.

        At most 31 characters, no brackets or slashes, unique regardless of case.
        """
        cleaned = "".join(" " if letter in "[]:*?/\\" else letter for letter in title)
        name, number = cleaned[:LONGEST_SHEET_NAME].strip(), 1
        while name.casefold() in self._names:
            number += 1
            name = f"{cleaned[: LONGEST_SHEET_NAME - 3].strip()} {number}"
        self._names.add(name.casefold())
        return name


def _as_excel_has_it(at_local: datetime) -> datetime:
    """Returns the time without zone and microseconds: a cell has no zone, and the parameter
    worksheet names it.
    """
    return at_local.replace(tzinfo=None, microsecond=0)
