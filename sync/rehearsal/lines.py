"""A file that only grows, by whole lines that the system has when ``flush`` returns."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

_LOOK_BYTES = 65_536  # more than a line


class LineFile:
    """Lines added to the end of a file, or to a pipe; several processes may share it.

    Of a line that a full disk or a kill cut short nothing stays.
    """

    def __init__(self, path: Path) -> None:
        """Open or make the file; raises OSError."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._is_pipe = path.exists() and not path.is_file()
        mode = os.O_WRONLY if self._is_pipe else os.O_RDWR
        self._descriptor = os.open(path, mode | os.O_APPEND | os.O_CREAT, 0o644)
        self._waiting = b""
        if not self._is_pipe:
            with _held(self._descriptor):
                _cut_unfinished(self._descriptor)

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
        self._waiting += line.encode("ascii") + b"\n"

    def flush(self) -> None:
        """Return when all lines are written; after an OSError none is, and it may be repeated."""
        if self._is_pipe:
            while self._waiting:
                self._waiting = self._waiting[os.write(self._descriptor, self._waiting) :]
        elif self._waiting:
            with _held(self._descriptor):
                self._write_whole()
            self._waiting = b""

    def _write_whole(self) -> None:
        written = os.write(self._descriptor, self._waiting)
        if written < len(self._waiting):
            os.ftruncate(self._descriptor, os.fstat(self._descriptor).st_size - written)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _cut_unfinished(descriptor: int) -> None:
    size = os.fstat(descriptor).st_size
    start = max(0, size - _LOOK_BYTES)
    os.lseek(descriptor, start, os.SEEK_SET)
    end = os.read(descriptor, size - start)
    if end and not end.endswith(b"\n"):
        os.ftruncate(descriptor, start + end.rfind(b"\n") + 1)


if sys.platform == "win32":

    @contextmanager
    def _held(_descriptor: int) -> Iterator[None]:
        yield

else:
    import fcntl

    @contextmanager
    def _held(descriptor: int) -> Iterator[None]:
        """While nobody else who shares the file is in the middle of a line."""
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(descriptor, fcntl.LOCK_UN)
