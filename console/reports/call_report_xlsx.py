"""The calls' report as an Excel file: real dates and durations, and what they mean."""

from datetime import date, datetime, time
from pathlib import Path

import xlsxwriter
from PySide6.QtCore import QCoreApplication

from console import words
from console.reports.call_report import ReportContent
from sync.register.statistics import Average, CallFigures

DAY_S = 86_400


def write_xlsx(content: ReportContent, file: Path) -> None:
    """Write the report's tables to one file; an OSError says why not.

    Words are written as words, never as formulas, whatever they begin with.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"")
    workbook = xlsxwriter.Workbook(str(file), {"strings_to_formulas": False})
    sheets = _Sheets(workbook)
    report = content.report
    day_head = QCoreApplication.translate("Words", "Day")
    sheets.figures(
        content.sections[0].title,
        day_head,
        [(day, row) for day, row in report.by_day],
        report.total,
    )
    sheets.figures(
        content.sections[1].title,
        QCoreApplication.translate("Words", "Hour"),
        [(f"{hour}:00–{hour + 1}:00", row) for hour, row in enumerate(report.by_hour) if row.calls],
        report.total,
    )
    sheets.figures(
        content.sections[2].title,
        QCoreApplication.translate("Words", "Operator"),
        [(row.operator_name, row.figures) for row in report.by_operator],
        report.total,
    )
    sheets.results(content)
    sheets.parameters(content)
    workbook.close()


class _Sheets:
    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self._workbook = workbook
        self._head = workbook.add_format({"bold": True, "bg_color": "#EBEEF2", "text_wrap": True})
        self._date = workbook.add_format({"num_format": "dd.mm.yyyy", "align": "left"})
        self._duration = workbook.add_format({"num_format": "[m]:ss"})
        self._total = workbook.add_format({"bold": True, "top": 1})
        self._total_duration = workbook.add_format({"bold": True, "top": 1, "num_format": "[m]:ss"})
        self._share = workbook.add_format({"num_format": "0.0%"})

    def figures(
        self,
        title: str,
        first_head: str,
        rows: list[tuple[date, CallFigures]] | list[tuple[str, CallFigures]],
        total: CallFigures,
    ) -> None:
        sheet = self._workbook.add_worksheet(_sheet_name(title))
        heads = (
            first_head,
            QCoreApplication.translate("Words", "Offered"),
            QCoreApplication.translate("Words", "Answered"),
            QCoreApplication.translate("Words", "Missed"),
            QCoreApplication.translate("Words", "Out of hours"),
            QCoreApplication.translate("Words", "Average wait"),
            QCoreApplication.translate("Words", "Average talk"),
            QCoreApplication.translate("Words", "Average wrap-up"),
        )
        self._heads(sheet, heads, len(rows))
        for line, (name, figures) in enumerate(rows, start=1):
            if isinstance(name, date):
                sheet.write_datetime(line, 0, datetime.combine(name, time()), self._date)
            else:
                sheet.write_string(line, 0, name)
            self._numbers(sheet, line, figures, None, self._duration)
        line = len(rows) + 1
        sheet.write_string(line, 0, QCoreApplication.translate("Words", "Total"), self._total)
        self._numbers(sheet, line, total, self._total, self._total_duration)

    def _numbers(
        self,
        sheet: xlsxwriter.worksheet.Worksheet,
        line: int,
        figures: CallFigures,
        number: xlsxwriter.format.Format | None,
        duration: xlsxwriter.format.Format,
    ) -> None:
        counts = (figures.offered, figures.answered, figures.missed, figures.missed_out_of_hours)
        for column, count in enumerate(counts, start=1):
            sheet.write_number(line, column, count, number)
        averages: tuple[Average, ...] = (figures.wait, figures.talk, figures.wrap_up)
        for column, average in enumerate(averages, start=5):
            if average.mean is None:
                sheet.write_string(line, column, words.formats.NO_VALUE, number)
            else:
                sheet.write_number(line, column, average.mean.total_seconds() / DAY_S, duration)

    def results(self, content: ReportContent) -> None:
        section = content.sections[3]
        sheet = self._workbook.add_worksheet(_sheet_name(section.title))
        self._heads(sheet, section.heads, len(section.rows))
        calls = content.report.total.calls
        rows = [row for row in content.report.by_result if row.figures.calls]
        for line, (texts, row) in enumerate(zip(section.rows, rows, strict=True), start=1):
            sheet.write_string(line, 0, texts[0])
            sheet.write_number(line, 1, row.figures.calls)
            sheet.write_number(line, 2, row.figures.calls / calls, self._share)

    def parameters(self, content: ReportContent) -> None:
        sheet = self._workbook.add_worksheet(QCoreApplication.translate("Words", "Parameters"))
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 100)
        lines = (
            (QCoreApplication.translate("Words", "City"), content.city),
            (QCoreApplication.translate("Words", "Period"), content.period),
            (QCoreApplication.translate("Words", "Line hours"), content.line_hours),
            (QCoreApplication.translate("Words", "Time zone"), "Europe/Moscow"),
            (QCoreApplication.translate("Words", "Made at"), content.made_at),
            (QCoreApplication.translate("Words", "Made by"), content.made_by),
            (
                QCoreApplication.translate("Words", "Formulas"),
                QCoreApplication.translate(
                    "Words",
                    "Offered = answered + missed in working hours. Wait = answer − first ring."
                    " Talk = end − answer. Wrap-up = saved − end. Averages are made of sums.",
                ),
            ),
        )
        for line, (name, text) in enumerate(lines):
            sheet.write_string(line, 0, name, self._head)
            sheet.write_string(line, 1, text)

    def _heads(
        self, sheet: xlsxwriter.worksheet.Worksheet, heads: tuple[str, ...], rows: int
    ) -> None:
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, self._head)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, rows), len(heads) - 1)
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, len(heads) - 1, 14)


def _sheet_name(title: str) -> str:
    """A title within what Excel allows: 31 characters and none of its brackets and slashes."""
    cleaned = "".join(" " if letter in "[]:*?/\\" else letter for letter in title)
    return cleaned[:31].strip()
