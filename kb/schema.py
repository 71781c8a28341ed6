"""The tables of the directory's file, step by step from the first version on.

A step never changes once released: a new version is a new step at the end.
"""

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
