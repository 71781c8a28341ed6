"""Reads the cells of an XLSX workbook in a separate process that can be killed at any time.

A small workbook can unpack to gigabytes, or occupy a parser for minutes. So the workbook is read by
``python -m kb.files.sheet_reader FILE`` within limits of time and memory. The cells are printed as
JSON lines: ``["sheet", title]``, ``["row", number, cells]``, ``["fault", number, column, fault]``
or ``["no workbook"]``. A date is an object ``{"day": "2026-11-25"}``, a date with a time has the
key ``moment``.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from kb.errors import ImportFault
from kb.files.columns import Cell

if TYPE_CHECKING:
    from openpyxl.cell import Cell as BookCell
    from openpyxl.cell import MergedCell

MOST_CPU_S = 3
"""Limit of the CPU time of the reader process in seconds; reading 10,000 entries takes half
of it.
"""
MOST_MEMORY_BYTES = 200 * 2**20
MOST_UNPACKED_BYTES = 100 * 2**20
MOST_S = 30.0
"""Limit of the elapsed time in seconds; needed because the limits of CPU time and memory do not
work on Windows.
"""
ENDED_S = 10.0
SHEET, ROW, FAULT, NO_WORKBOOK = "sheet", "row", "fault", "no workbook"
TOO_LARGE_CODE = 3
_ROOT = Path(__file__).resolve().parents[2]
_ESCAPED = re.compile("_x(00[01][0-9A-Fa-f]|005F)_")  # control characters and the underscore
_FAULTS = {"f": ImportFault.FORMULA, "e": ImportFault.BAD_VALUE}


@contextmanager
def opened(path: Path) -> Iterator[ReadWorkbook]:
    """Starts the reader process for a workbook and ends it when the context exits. Raises
    OSError.
    """
    # Keeps numerical libraries from allocating memory for threads.
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1"}
    process = subprocess.Popen(  # noqa: S603 - this very program, with one file as its argument
        [sys.executable, "-m", __name__, str(path.resolve())],
        cwd=_ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    ending = threading.Timer(MOST_S, process.kill)
    ending.start()
    try:
        yield ReadWorkbook(process)
    finally:
        process.kill()
        process.communicate()
        ending.cancel()


class ReadWorkbook:
    """Output of the reader process. Not thread-safe."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def lines(self) -> Iterator[list[Any]]:
        """Yields the complete lines; the last line is dropped if it was truncated when the process
        was killed.
        """
        for line in self._process.stdout or ():
            if line.endswith(b"\n"):
                yield json.loads(line)

    def is_whole(self) -> bool:
        """Whether the reader process succeeded; valid only after ``lines`` is exhausted."""
        return self._process.wait(ENDED_S) == 0


def cell_of(told: object) -> Cell:
    """Converts a value of the printed JSON back to a cell."""
    match told:
        case {"day": str(day)}:
            return date.fromisoformat(day)
        case {"moment": str(moment)}:
            return datetime.fromisoformat(moment)
        case None:
            return None
        case _:
            return str(told)


def main(arguments: Sequence[str]) -> int:
    """Prints the cells of the workbook; returns 0, or 3 if it is too large."""
    _limit_this_process()
    try:
        return _print_cells(Path(arguments[0]))
    except MemoryError:
        return TOO_LARGE_CODE


def _limit_this_process() -> None:
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_S, MOST_CPU_S))
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _print_cells(path: Path) -> int:
    import openpyxl
    from openpyxl.utils import get_column_letter
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with ZipFile(path) as packed:
            # zipfile reads no more of a member than its declared size.
            unpacked = sum(member.file_size for member in packed.infolist())
        if unpacked > MOST_UNPACKED_BYTES:
            return TOO_LARGE_CODE
        book = openpyxl.load_workbook(path, read_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ParseError, ValueError, EOFError):
        _tell(NO_WORKBOOK)
        return 0
    for sheet in book.worksheets:
        _tell(SHEET, sheet.title)
        sheet.reset_dimensions()  # some programs write wrong dimensions
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            faulty = [at for at, cell in enumerate(cells) if cell.data_type in _FAULTS]
            if faulty:
                fault = _FAULTS[cells[faulty[0]].data_type]
                _tell(FAULT, number, get_column_letter(faulty[0] + 1), fault.value)
            else:
                _tell(ROW, number, [_told(cell) for cell in cells])
    sys.stdout.flush()
    return 0


def _tell(*line: object) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=True) + "\n")


def _told(cell: BookCell | MergedCell) -> object:
    match cell.value:
        case None:
            return None
        case bool() as value:
            return str(value).upper()
        case float() as value if value.is_integer():
            return str(int(value))
        case datetime() as value:
            return {"moment": value.isoformat()}
        case date() as value:
            return {"day": value.isoformat()}
        case value:
            return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
