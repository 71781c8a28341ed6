"""Migrations of the directory's file, and the check that the file belongs to this application.

A released step never changes: a new version is a new step at the end.
"""

import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from kb.entries.attachments import content_hash
from kb.entries.entries import entry_from, entry_record, holds_contact
from kb.errors import DirectoryTooNew, DirectoryUnusable
from kb.search.lexicon import forget_texts
from kb.store.first_version import entry_records

APPLICATION_ID = 0x656E6B62  # "enkb": how SQLite's header names the file's owner

INDEX_PREFIX = "index_"  # of every table that is made of the others

Step = str | Callable[[sqlite3.Connection, datetime], None]


def _carry_over(connection: sqlite3.Connection, at: datetime) -> None:
    """Entries, topics and categories of the first version become entries of today."""
    entries = connection.execute("SELECT kind, payload FROM first_entry ORDER BY id").fetchall()
    topics, categories = (
        [
            json.loads(payload)
            for (payload,) in connection.execute(f"SELECT payload FROM {table} ORDER BY id")  # noqa: S608
        ]
        for table in ("topic", "category")
    )
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    records = entry_records(
        [(kind, json.loads(payload)) for kind, payload in entries], topics, categories
    )
    for record in records:
        entry = entry_record(entry_from(record))
        connection.execute(
            "INSERT INTO entry (key, kind, topic, checked_on, valid_from, payload, number, at, by,"
            " action) VALUES (?, ?, ?, ?, ?, ?, 1, ?, '', 'put')",
            (
                entry["id"],
                entry["kind"],
                entry.get("topic", ""),
                entry.get("checked_on"),
                entry.get("valid_from"),
                json.dumps(entry, ensure_ascii=False, separators=(",", ":")),
                moment,
            ),
        )


def _keep_contents_apart(connection: sqlite3.Connection, _at: datetime) -> None:
    """Documents' contents go into a table of their own, each once."""
    rows = connection.execute("SELECT id FROM attachment").fetchall()
    for (row_id,) in rows:
        (content,) = connection.execute(
            "SELECT content FROM attachment WHERE id = ?", (row_id,)
        ).fetchone()
        sha256 = content_hash(content)
        connection.execute(
            "INSERT OR IGNORE INTO attachment_content (sha256, content) VALUES (?, ?)",
            (sha256, content),
        )
        connection.execute("UPDATE attachment SET sha256 = ? WHERE id = ?", (sha256, row_id))


def forget_contacts(connection: sqlite3.Connection, _at: datetime) -> None:
    """Searches for somebody's number or address are kept no more."""
    forget_texts(connection, holds_contact)


MIGRATIONS: tuple[tuple[Step, ...], ...] = (
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
    (
        "ALTER TABLE entry RENAME TO first_entry",
        # One entry for everything, in its newest version; nothing is deleted, only closed.
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
            action TEXT NOT NULL
        )""",
        "CREATE INDEX entry_begins ON entry (valid_from) WHERE valid_from IS NOT NULL",
        "CREATE INDEX entry_ends ON entry (valid_to) WHERE valid_to IS NOT NULL",
        """CREATE TABLE revision (
            key TEXT NOT NULL,
            number INTEGER NOT NULL,
            at TEXT NOT NULL,
            by TEXT NOT NULL,
            action TEXT NOT NULL,
            payload TEXT NOT NULL,
            PRIMARY KEY (key, number)
        )""",
        """CREATE TABLE query_usage (
            entry_key TEXT NOT NULL, query TEXT NOT NULL, day TEXT NOT NULL, picks INTEGER NOT NULL,
            PRIMARY KEY (entry_key, query, day)
        ) WITHOUT ROWID""",
        "INSERT INTO query_usage SELECT entry_key, '', day, picks FROM usage",
        "DROP TABLE usage",
        "ALTER TABLE query_usage RENAME TO usage",
        _carry_over,
        "DROP TABLE first_entry",
        "DROP TABLE topic",
        "DROP TABLE category",
        "DELETE FROM meta WHERE name = 'normaliser'",  # the index is made anew
    ),
    (
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
            content BLOB NOT NULL,
            UNIQUE (key, number)
        )""",
        "CREATE INDEX attachment_of_entry ON attachment (entry_key)",
    ),
    (
        # What an editor has typed and not published: fields as they stand in the form.
        """CREATE TABLE entry_draft (
            key TEXT NOT NULL,
            by TEXT NOT NULL,
            kind TEXT NOT NULL,
            based_on INTEGER NOT NULL,
            at TEXT NOT NULL,
            fields TEXT NOT NULL,
            PRIMARY KEY (key, by)
        ) WITHOUT ROWID""",
        "CREATE INDEX revision_by ON revision (by)",
    ),
    (
        # The index of this program's own in place of FTS5's.
        "DROP TABLE entry_terms",
        "DROP TABLE entry_index",
        "DROP TABLE entry_stems",
        "DROP TABLE word",
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
        # The id is the stem's number and the block's; a number and two bytes for each document.
        """CREATE TABLE index_posting (
            id INTEGER PRIMARY KEY,
            documents BLOB NOT NULL, headings BLOB NOT NULL, bodies BLOB NOT NULL
        )""",
        # What was typed and led to nothing, for the editor; no word about who typed it.
        """CREATE TABLE unanswered (
            query TEXT PRIMARY KEY, times INTEGER NOT NULL, found INTEGER NOT NULL,
            last_day TEXT NOT NULL
        ) WITHOUT ROWID""",
        "CREATE INDEX usage_by_day ON usage (day)",
        "DELETE FROM meta WHERE name = 'normaliser'",  # the index is made anew
    ),
    (
        "CREATE TABLE meaning (entry INTEGER PRIMARY KEY, vector BLOB NOT NULL)",
        # Whatever changes an entry, a vector of its older text does not outlive it.
        """CREATE TRIGGER meaning_is_stale AFTER UPDATE OF payload ON entry BEGIN
            DELETE FROM meaning WHERE entry = NEW.id;
        END""",
    ),
    (
        # Proposals of organs on topics (Regulation 4.2); decided ones stay.
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
            decided_at TEXT
        )""",
    ),
    (
        # What people call a thing and what the directory calls it; closed pairs stay.
        """CREATE TABLE synonym (
            phrase TEXT NOT NULL,
            meaning TEXT NOT NULL,
            both_ways INTEGER NOT NULL,
            at TEXT NOT NULL,
            by TEXT NOT NULL,
            closed_at TEXT,
            closed_by TEXT,
            PRIMARY KEY (phrase, meaning)
        )""",
    ),
    (
        # The documents of one change, in the index until a block is made of many changes': stems
        # in order, of each in how many documents it stands, and these one after the other.
        """CREATE TABLE index_recent (
            number INTEGER PRIMARY KEY, size INTEGER NOT NULL,
            stems BLOB NOT NULL, sizes BLOB NOT NULL,
            documents BLOB NOT NULL, headings BLOB NOT NULL, bodies BLOB NOT NULL
        )""",
    ),
    (
        # A picked query as people read it; ``query`` beside it is made of stems.
        "ALTER TABLE usage ADD COLUMN typed TEXT NOT NULL DEFAULT ''",
        # What led to nothing until it was put in other words; no word about who typed it.
        """CREATE TABLE reworded (
            query TEXT NOT NULL, found_by TEXT NOT NULL, entry_key TEXT NOT NULL,
            times INTEGER NOT NULL, last_day TEXT NOT NULL,
            PRIMARY KEY (query, found_by, entry_key)
        ) WITHOUT ROWID""",
        "CREATE INDEX reworded_of_entry ON reworded (entry_key)",
    ),
    (
        # One field in place of three, all of which are read and written together; sizes are the
        # bytes of each stem's postings.
        "DROP TABLE index_posting",
        "CREATE TABLE index_posting (id INTEGER PRIMARY KEY, postings BLOB NOT NULL)",
        "DROP TABLE index_recent",
        """CREATE TABLE index_recent (
            number INTEGER PRIMARY KEY, documents INTEGER NOT NULL,
            stems BLOB NOT NULL, sizes BLOB NOT NULL, postings BLOB NOT NULL
        )""",
        "DELETE FROM meta WHERE name = 'normaliser'",  # the index is made anew
    ),
    (
        # A content once, by its hash: a feed names it so, and a new title does not repeat it.
        "CREATE TABLE attachment_content (sha256 TEXT PRIMARY KEY, content BLOB NOT NULL)",
        "ALTER TABLE attachment ADD COLUMN sha256 TEXT NOT NULL DEFAULT ''",
        _keep_contents_apart,
        "ALTER TABLE attachment DROP COLUMN content",
        # Names of two people may be alike; what was written before is known by names alone.
        "ALTER TABLE entry ADD COLUMN by_id TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE revision ADD COLUMN by_id TEXT NOT NULL DEFAULT ''",
        "CREATE INDEX revision_by_id ON revision (by_id)",
    ),
    (
        # Which version in the centre's count; 0 is of this workplace alone.
        "ALTER TABLE entry ADD COLUMN ver INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE revision ADD COLUMN ver INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE synonym ADD COLUMN ver INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE proposal ADD COLUMN ver INTEGER NOT NULL DEFAULT 0",
        "CREATE INDEX entry_of_here ON entry (id) WHERE ver = 0 AND valid_to IS NULL",
    ),
    (
        # Publishing it was asked for, and the centre did not answer.
        "ALTER TABLE entry_draft ADD COLUMN unsent INTEGER NOT NULL DEFAULT 0",
    ),
    (forget_contacts,),
)


def check_owner(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a file that is not this program's.

    Raises DirectoryUnusable for another program's database, DirectoryTooNew for a newer version,
    sqlite3.Error for what is no database at all.
    """
    (owner,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if owner != APPLICATION_ID and tables:
        raise DirectoryUnusable(path, "not_a_directory")
    if version > len(MIGRATIONS):
        raise DirectoryTooNew(path, version, len(MIGRATIONS))


def tables_of_content(connection: sqlite3.Connection) -> list[str]:
    """The tables that hold what people wrote and did; the rest is the index, made of them."""
    names = [
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
        )
    ]
    return [name for name in names if not name.startswith(("sqlite_", INDEX_PREFIX))]


def migrate(connection: sqlite3.Connection, at: datetime) -> None:
    """Take the steps that the file has not taken yet, within the caller's transaction."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == len(MIGRATIONS):
        return
    for statements in MIGRATIONS[version:]:
        for statement in statements:
            if isinstance(statement, str):
                connection.execute(statement)
            else:
                statement(connection, at)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
