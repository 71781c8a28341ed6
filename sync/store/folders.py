"""Files and folders made to last: what is written is on the disk when these return."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def sync_file(path: Path) -> None:
    """Wait until the file's bytes are on the disk; raises OSError."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Wait until new names and removed ones are on the disk; raises OSError.

    Windows has no such wait: it keeps the order of names by itself.
    """
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def whole_file(file: Path) -> Iterator[Path]:
    """A name beside the file to write under; what stands there takes the file's place in the end.

    A file that is there is replaced only by a whole one: where the writing is broken off, it stays
    as it was. Of two that write it at once, perhaps in two processes, the later one holds. Raises
    OSError.
    """
    unfinished = file.with_name(f".{file.stem}.{secrets.token_hex(4)}.unfinished{file.suffix}")
    try:
        yield unfinished
        sync_file(unfinished)
        os.replace(unfinished, file)
        sync_folder(file.parent)
    finally:
        unfinished.unlink(missing_ok=True)
