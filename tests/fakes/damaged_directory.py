"""A directory file with damaged pages."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from kb.store.schema import tables_of_content


def damage(path: Path, is_damaged: Callable[[str], bool]) -> None:
    """Overwrites the first page of these tables."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        roots = connection.execute("SELECT tbl_name, rootpage FROM sqlite_schema").fetchall()
    with path.open("r+b") as file:
        for table, root in roots:
            if root and is_damaged(table):
                file.seek((root - 1) * size)
                file.write(b"\xff" * size)


def damage_index(path: Path) -> None:
    """Damages only what can be rebuilt, no content."""
    with closing(sqlite3.connect(path)) as connection:
        content = set(tables_of_content(connection))
    damage(path, lambda table: table not in content)


def let_index_differ(path: Path, index: str, said: str, says: str) -> None:
    """Makes an index differ from its table, as after a lost page write."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        found = "SELECT rootpage FROM sqlite_schema WHERE name = ?"
        (root,) = connection.execute(found, (index,)).fetchone()
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        page = file.read(size)
        assert said.encode() in page
        file.seek((root - 1) * size)
        file.write(page.replace(said.encode(), says.encode()))
