"""A file that only grows, by lines that the system has when ``flush`` returns."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType
from typing import Self


class LineFile:
    """Lines added to the end of a file; several processes may share it.

    A line that a killed process left unfinished stays as it is, and the next begins below it.
    """

    def __init__(self, path: Path) -> None:
        """Open or make the file; raises OSError."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._rest = b"" if _ends_whole(path) else b"\n"
        self._descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._descriptor)

    def add(self, line: str) -> None:
        """Take one more line of ASCII; ``flush`` writes it."""
        self._rest += line.encode("ascii") + b"\n"

    def flush(self) -> None:
        """Return when all lines are written; after an OSError it goes on where it stopped."""
        while self._rest:
            self._rest = self._rest[os.write(self._descriptor, self._rest) :]


def _ends_whole(path: Path) -> bool:
    if not path.is_file() or not path.stat().st_size:
        return True
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read() == b"\n"
