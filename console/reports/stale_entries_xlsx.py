"""The report of entries not checked for too long as an Excel file, by the organs responsible."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from console import words
from console.reports.whole_workbook import whole_workbook
from kb.staleness import StaleEntry

_WIDTHS = (36, 20, 60, 14, 16, 30)


@dataclass(frozen=True, slots=True)
class OwnerOfStale:
    """The title of an organ and the entries it has to check."""

    title: str
    entries: tuple[StaleEntry, ...]


def write_xlsx(owners: Sequence[OwnerOfStale], file: Path) -> None:
    """Write one row for each entry; an OSError says why not.

    Words are written as words, never as formulas, whatever they begin with.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with whole_workbook(file, strings_to_formulas=False) as workbook:
        head = workbook.add_format({"bold": True, "bg_color": "#EBEEF2", "text_wrap": True})
        day = workbook.add_format({"num_format": "dd.mm.yyyy", "align": "left"})
        sheet = workbook.add_worksheet(QCoreApplication.translate("Words", "Out of date"))
        heads = (
            QCoreApplication.translate("Words", "Answers for it"),
            QCoreApplication.translate("Words", "Kind"),
            QCoreApplication.translate("Words", "Entry"),
            QCoreApplication.translate("Words", "Checked on"),
            QCoreApplication.translate("Words", "Days over"),
            QCoreApplication.translate("Words", "Id"),
        )
        for column, (text, width) in enumerate(zip(heads, _WIDTHS, strict=True)):
            sheet.write_string(0, column, text, head)
            sheet.set_column(column, column, width)
        rows = [(owner.title, one) for owner in owners for one in owner.entries]
        for line, (owner_title, one) in enumerate(rows, start=1):
            sheet.write_string(line, 0, owner_title)
            sheet.write_string(line, 1, words.directory.entry_kind(one.kind))
            sheet.write_string(line, 2, one.title)
            if one.checked_on is None or one.days_over is None:
                sheet.write_string(line, 3, words.editing.never_checked())
            else:
                sheet.write_datetime(line, 3, datetime.combine(one.checked_on, time()), day)
                sheet.write_number(line, 4, one.days_over)
            sheet.write_string(line, 5, one.entry_id)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(rows)), len(heads) - 1)
