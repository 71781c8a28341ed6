"""The tables of the directory's file, step by step from the first version on.

A step never changes once released: a new version is a new step at the end.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from kb.errors import DirectoryTooNew, DirectoryUnusable

APPLICATION_ID = 0x656E6B62  # "enkb": how SQLite's header names the file's owner

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
        """CREATE TABLE entry (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL,
            topic TEXT,
            payload TEXT NOT NULL
        )""",
        """CREATE TABLE topic (
            id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, payload TEXT NOT NULL
        )""",
        """CREATE TABLE category (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            topic TEXT NOT NULL,
            payload TEXT NOT NULL
        )""",
        """CREATE TABLE usage (
            entry_key TEXT NOT NULL, day TEXT NOT NULL, picks INTEGER NOT NULL,
            PRIMARY KEY (entry_key, day)
        ) WITHOUT ROWID""",
        # What the index was made of: the ranking reads it, and FTS5 needs it to take a row out.
        """CREATE TABLE entry_stems (
            id INTEGER PRIMARY KEY, title TEXT NOT NULL, names TEXT NOT NULL, body TEXT NOT NULL
        )""",
        """CREATE VIRTUAL TABLE entry_index USING fts5(
            title, names, body, content='entry_stems', content_rowid='id',
            tokenize='unicode61 remove_diacritics 0'
        )""",
        "CREATE VIRTUAL TABLE entry_terms USING fts5vocab(entry_index, row)",
        """CREATE TABLE word (
            surface TEXT PRIMARY KEY, stem TEXT NOT NULL, entries INTEGER NOT NULL
        ) WITHOUT ROWID""",
    ),
)


def check_owner(path: Path, timeout_s: float) -> None:
    """Refuse a file that is not this program's, before anything is written to it.

    Raises DirectoryUnusable for another program's database, DirectoryTooNew for a newer version,
    sqlite3.Error for what is no database at all.
    """
    if not path.exists() or path.stat().st_size == 0:
        return
    with closing(sqlite3.connect(path, timeout=timeout_s)) as connection:
        (owner,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if owner != APPLICATION_ID and tables:
        raise DirectoryUnusable(path, "not_a_directory")
    if version > len(MIGRATIONS):
        raise DirectoryTooNew(path, version, len(MIGRATIONS))


def migrate(connection: sqlite3.Connection) -> None:
    """Take the steps that the file has not taken yet, within the caller's transaction."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    for step in MIGRATIONS[version:]:
        for statement in step:
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
