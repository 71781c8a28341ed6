"""An Excel file that is there whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sync.store.folders import whole_file

if TYPE_CHECKING:
    import xlsxwriter


@contextmanager
def whole_workbook(file: Path, **options: Any) -> Iterator[xlsxwriter.Workbook]:
    """A workbook to fill, which takes the file's place in the end; an OSError says why not.

    ``options`` are those of xlsxwriter.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    with whole_file(file) as unfinished:
        unfinished.write_bytes(b"")  # before the work: whether the disk takes a file at all
        workbook = xlsxwriter.Workbook(str(unfinished), options)
        try:
            yield workbook
            workbook.close()
        except FileCreateError as error:  # an OSError that no longer is one
            raise OSError(f"{file.name} was not written to its end") from error
        finally:
            _let_go(workbook)


def _let_go(workbook: xlsxwriter.Workbook) -> None:
    """Forget the cells, row by row.

    Book and sheets hold each other: a look for cycles would find the half a million cells of a
    month's calls at some later time, in one piece, with the window standing still for as long.
    """
    for sheet in workbook.worksheets():
        while sheet.table:
            sheet.table.popitem()
