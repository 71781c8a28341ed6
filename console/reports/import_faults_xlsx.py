"""What is wrong with a file of the directory, as a table to mend it by."""

from collections.abc import Iterable
from pathlib import Path

from console import words
from console.reports.whole_workbook import whole_workbook
from kb.errors import ImportProblem
from kb.files.words import TableWords

_WIDTHS = (22, 8, 24, 40, 40, 70)  # characters


def write_faults(
    problems: Iterable[ImportProblem], file_name: str, table_words: TableWords, file: Path
) -> None:
    """Write a row for each bad place of the file; an OSError says why not.

    Words are written as words, never as formulas, whatever they begin with.
    """
    with whole_workbook(file, constant_memory=True) as workbook:
        head = workbook.add_format({"bold": True, "bg_color": "#EBEEF2"})
        text = workbook.add_format({"text_wrap": True, "valign": "top"})
        number = workbook.add_format({"valign": "top", "align": "left"})
        sheet = workbook.add_worksheet()
        for at, (heading, width) in enumerate(
            zip(words.files.report_headings(), _WIDTHS, strict=True)
        ):
            sheet.set_column(at, at, width)
            sheet.write_string(0, at, heading, head)
        sheet.freeze_panes(1, 0)
        for row, problem in enumerate(problems, start=1):
            sheet.write_string(row, 0, words.files.sheet(problem, file_name), text)
            if problem.line:
                sheet.write_number(row, 1, problem.line, number)
            sheet.write_string(row, 2, words.files.column(problem, table_words), text)
            sheet.write_string(row, 3, words.files.fault(problem), text)
            sheet.write_string(row, 4, problem.value, text)
            sheet.write_string(row, 5, words.files.what_to_do(problem, table_words), text)
