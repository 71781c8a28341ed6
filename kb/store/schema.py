"""Schema of the directory's file and the check that the file belongs to this application.

A released version never changes: a new version is a new tuple of statements at the end.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from kb.errors import DirectoryTooNew, DirectoryUnusable

APPLICATION_ID = 0x656E6B62  # "enkb": identifies the owner of the file in the SQLite header

INDEX_PREFIX = "index_"  # of every table that is derived from the others

Step = str | Callable[[sqlite3.Connection], None]

MIGRATIONS: tuple[tuple[Step, ...], ...] = (
    (
        "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
        # Latest version of each entry; entries are never deleted, only closed. `ver` is the version
        # in the central database, 0 for an entry of this workplace only.
        """CREATE TABLE entry (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL,
            topic TEXT NOT NULL,
            checked_on TEXT,
            valid_from TEXT,
            valid_to TEXT,
            payload TEXT NOT NULL,
            number INTEGER NOT NULL,
            at TEXT NOT NULL,
            by TEXT NOT NULL,
            by_id TEXT NOT NULL DEFAULT '',
            action TEXT NOT NULL,
            ver INTEGER NOT NULL DEFAULT 0
        )""",
        "CREATE INDEX entry_begins ON entry (valid_from) WHERE valid_from IS NOT NULL",
        "CREATE INDEX entry_ends ON entry (valid_to) WHERE valid_to IS NOT NULL",
        "CREATE INDEX entry_of_here ON entry (id) WHERE ver = 0 AND valid_to IS NULL",
        """CREATE TABLE revision (
            key TEXT NOT NULL,
            number INTEGER NOT NULL,
            at TEXT NOT NULL,
            by TEXT NOT NULL,
            by_id TEXT NOT NULL DEFAULT '',
            action TEXT NOT NULL,
            payload TEXT NOT NULL,
            ver INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (key, number)
        )""",
        "CREATE INDEX revision_by ON revision (by)",
        "CREATE INDEX revision_by_id ON revision (by_id)",
        # Unpublished input of an editor. `unsent`: publication was requested, but the central
        # database did not answer.
        """CREATE TABLE entry_draft (
            key TEXT NOT NULL,
            by TEXT NOT NULL,
            kind TEXT NOT NULL,
            based_on INTEGER NOT NULL,
            at TEXT NOT NULL,
            fields TEXT NOT NULL,
            unsent INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (key, by)
        ) WITHOUT ROWID""",
        """CREATE TABLE attachment (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL,
            number INTEGER NOT NULL,
            entry_key TEXT NOT NULL,
            kind TEXT NOT NULL,
            title TEXT NOT NULL,
            file_name TEXT NOT NULL,
            valid_to TEXT,
            at TEXT NOT NULL,
            by TEXT NOT NULL,
            closed_at TEXT,
            closed_by TEXT,
            sha256 TEXT NOT NULL DEFAULT '',
            UNIQUE (key, number)
        )""",
        "CREATE INDEX attachment_of_entry ON attachment (entry_key)",
        # Each content once, by its hash; the feed names it by the hash too.
        "CREATE TABLE attachment_content (sha256 TEXT PRIMARY KEY, content BLOB NOT NULL)",
        # Proposals of authorities on topics (Regulation 4.2); decided proposals remain.
        """CREATE TABLE proposal (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            organ TEXT NOT NULL,
            by TEXT NOT NULL,
            at TEXT NOT NULL,
            topic TEXT NOT NULL,
            accepted INTEGER,
            reason TEXT,
            decided_by TEXT,
            decided_at TEXT,
            ver INTEGER NOT NULL DEFAULT 0
        )""",
        # Callers' words and the directory's words for the same thing; closed pairs remain.
        """CREATE TABLE synonym (
            phrase TEXT NOT NULL,
            meaning TEXT NOT NULL,
            both_ways INTEGER NOT NULL,
            at TEXT NOT NULL,
            by TEXT NOT NULL,
            closed_at TEXT,
            closed_by TEXT,
            ver INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (phrase, meaning)
        )""",
        # Selected entries by query and day. `query` consists of stems, `typed` is the text entered.
        """CREATE TABLE usage (
            entry_key TEXT NOT NULL, query TEXT NOT NULL, day TEXT NOT NULL, picks INTEGER NOT NULL,
            typed TEXT NOT NULL DEFAULT '',
            PRIMARY KEY (entry_key, query, day)
        ) WITHOUT ROWID""",
        "CREATE INDEX usage_by_day ON usage (day)",
        # Queries without a useful result, for the editor; the operator is not stored.
        """CREATE TABLE unanswered (
            query TEXT PRIMARY KEY, times INTEGER NOT NULL, found INTEGER NOT NULL,
            last_day TEXT NOT NULL
        ) WITHOUT ROWID""",
        # Queries without a result and the reformulation that found an entry.
        """CREATE TABLE reworded (
            query TEXT NOT NULL, found_by TEXT NOT NULL, entry_key TEXT NOT NULL,
            times INTEGER NOT NULL, last_day TEXT NOT NULL,
            PRIMARY KEY (query, found_by, entry_key)
        ) WITHOUT ROWID""",
        "CREATE INDEX reworded_of_entry ON reworded (entry_key)",
        "CREATE TABLE meaning (entry INTEGER PRIMARY KEY, vector BLOB NOT NULL)",
        # A changed entry invalidates its embedding, regardless of the statement that changed it.
        """CREATE TRIGGER meaning_is_stale AFTER UPDATE OF payload ON entry BEGIN
            DELETE FROM meaning WHERE entry = NEW.id;
        END""",
        """CREATE TABLE index_document (
            id INTEGER PRIMARY KEY, entry INTEGER NOT NULL UNIQUE, headings TEXT NOT NULL
        )""",
        "CREATE TABLE index_dead (document INTEGER PRIMARY KEY)",
        """CREATE TABLE index_stem (
            number INTEGER PRIMARY KEY, stem TEXT NOT NULL, entries INTEGER NOT NULL
        )""",
        "CREATE TABLE index_word (surface TEXT NOT NULL, stem INTEGER NOT NULL)",
        """CREATE TABLE index_block (
            number INTEGER PRIMARY KEY, documents INTEGER NOT NULL, stems BLOB NOT NULL
        )""",
        # The id combines the stem's number and the block's number.
        "CREATE TABLE index_posting (id INTEGER PRIMARY KEY, postings BLOB NOT NULL)",
        # Documents of one change until many changes are merged into a block: sorted stems, the size
        # in bytes of each stem's postings, and the postings.
        """CREATE TABLE index_recent (
            number INTEGER PRIMARY KEY, documents INTEGER NOT NULL,
            stems BLOB NOT NULL, sizes BLOB NOT NULL, postings BLOB NOT NULL
        )""",
    ),
)


def check_owner(connection: sqlite3.Connection, path: Path) -> None:
    """Reject a file that belongs to another program or a newer version.

    Raises DirectoryUnusable for the database of another program, DirectoryTooNew for a newer
    version, sqlite3.Error for a file that is not a database.
    """
    (owner,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if owner != APPLICATION_ID and tables:
        raise DirectoryUnusable(path, "not_a_directory")
    if version > len(MIGRATIONS):
        raise DirectoryTooNew(path, version, len(MIGRATIONS))


def tables_of_content(connection: sqlite3.Connection) -> list[str]:
    """Names of the tables with content and usage; all others are the index derived from them."""
    names = [
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
        )
    ]
    return [name for name in names if not name.startswith(("sqlite_", INDEX_PREFIX))]


def migrate(connection: sqlite3.Connection) -> None:
    """Apply the migrations that the file lacks, in the caller's transaction."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == len(MIGRATIONS):
        return
    for statements in MIGRATIONS[version:]:
        for statement in statements:
            if isinstance(statement, str):
                connection.execute(statement)
            else:
                statement(connection)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
