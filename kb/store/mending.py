"""A new file of what can be read in a damaged one, which is kept beside it."""

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from kb.errors import DirectoryUnusable
from kb.schema import MIGRATIONS, migrate, tables_of_content
from kb.store.connections import Key, connect, known_failures
from kb.store.damaged import SIDE_FILES, free_name, note_moment

_ROWS_AT_ONCE = 500


def mend(path: Path, key: Key | None, now: datetime) -> Path:
    """Put a whole file in place of a damaged one; where the damaged one was moved to.

    All but the index is copied, which is left to be made anew. Raises DirectoryUnusable where a
    part that is not the index cannot be read or a file cannot be moved: then the file is left as
    it is. No connection to it may be open.
    """
    whole = path.with_name(f"{path.name}.mending")
    try:
        with (
            known_failures(path),
            closing(connect(path, key, ("query_only = ON",))) as damaged,
            closing(connect(whole, key, ("synchronous = FULL",))) as new,
        ):
            _copy(path, damaged, new, now)
        with known_failures(path):
            aside = _exchange(path, whole)
            note_moment(aside, now)
            return aside
    finally:
        whole.unlink(missing_ok=True)


def _exchange(path: Path, whole: Path) -> Path:
    aside = free_name(path)
    for side in SIDE_FILES:
        part = path.with_name(path.name + side)
        if part.exists():
            os.replace(part, aside.with_name(aside.name + side))
    os.replace(whole, path)
    return aside


def _copy(path: Path, damaged: sqlite3.Connection, new: sqlite3.Connection, now: datetime) -> None:
    (version,) = damaged.execute("PRAGMA user_version").fetchone()
    if version != len(MIGRATIONS):
        # An older file is carried over whole, and not while it is damaged.
        raise DirectoryUnusable(path, "SQLITE_CORRUPT")
    new.execute("BEGIN")
    migrate(new, now)
    for table in tables_of_content(new):
        rows = damaged.execute(f'SELECT * FROM "{table}"')  # noqa: S608
        places = ", ".join("?" for _column in rows.description)
        while page := rows.fetchmany(_ROWS_AT_ONCE):
            new.executemany(f'INSERT INTO "{table}" VALUES ({places})', page)  # noqa: S608
    new.execute("DELETE FROM meta WHERE name = 'normaliser'")
    new.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE name = 'generation'")
    new.execute("COMMIT")
