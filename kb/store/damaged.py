"""Damaged files that were put aside: what is forgotten is forgotten in them, and they have an end.

Each stays for who looks into the damage, and keeps of searches no more than the whole file does.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

from kb.errors import DirectoryUnusable
from kb.store.connections import OPERATIONAL_ERRORS, Key, connect, known_failures

SIDE_FILES = ("", "-wal", "-shm")
_PART = ".damaged-"
_NO_FILE = "SQLITE_NOTADB"


def free_name(path: Path) -> Path:
    """Where a damaged file of this name can be put."""
    number = 1
    while (name := path.with_name(f"{path.name}{_PART}{number}")).exists():
        number += 1
    return name


def damaged_files(path: Path) -> tuple[Path, ...]:
    """The damaged files that were put aside from this path."""
    begin = f"{path.name}{_PART}"
    return tuple(
        sorted(
            found
            for found in path.parent.iterdir()
            if found.name.startswith(begin) and found.name.removeprefix(begin).isdecimal()
        )
    )


def forget_in(
    path: Path, key: Key | None, forget: Callable[[sqlite3.Connection], int]
) -> tuple[int, bool]:
    """How many rows of a damaged file have gone, and whether it takes that at all.

    Raises DirectoryUnusable where disk or another program do not let it be read now.
    """
    moment = path.stat()
    try:
        with known_failures(path), closing(connect(path, key, ("synchronous = FULL",))) as damaged:
            damaged.execute("BEGIN IMMEDIATE")
            rows = forget(damaged)
            damaged.execute("COMMIT")
    except DirectoryUnusable as error:
        if error.is_damage or error.reason == _NO_FILE:
            return 0, False
        raise
    except OPERATIONAL_ERRORS:
        return 0, False  # of an older program: it has no such table
    os.utime(path, ns=(moment.st_atime_ns, moment.st_mtime_ns))  # it is no younger by that
    return rows, True


def note_moment(path: Path, now: datetime) -> None:
    """It is put aside now, whenever it was written last."""
    os.utime(path, (now.timestamp(), now.timestamp()))


def is_older(path: Path, day: date) -> bool:
    """Whether it was put aside before the day in UTC."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).date() < day


def remove(path: Path) -> None:
    """Remove it with what belongs to it. Raises DirectoryUnusable."""
    with known_failures(path):
        for side in SIDE_FILES:
            path.with_name(path.name + side).unlink(missing_ok=True)
