"""Write transactions on entries, index rebuild in the background, and repair of a damaged file."""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, closing
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, select

from kb.entries.attachments import document_of
from kb.entries.changes import EntryPut
from kb.entries.entries import Entry, entry_from, entry_record, reads_back
from kb.errors import (
    DirectoryEvent,
    DirectoryUnusable,
    IndexRebuildFailed,
    IndexRebuildStarted,
    IndexRebuilt,
    RebuildReason,
)
from kb.search import index
from kb.store.connections import (
    SIDE_FILES,
    Key,
    connect,
    driver,
    free_name,
    known_failures,
    note_moment,
)
from kb.store.reading import (
    ENTRY_COLUMNS,
    entry,
    entry_of,
    moment_of,
    next_generation,
    payload_of,
    revision,
    set_meta,
    values_of,
)
from kb.store.schema import MIGRATIONS, migrate, tables_of_content
from kb.store.searching import Searching, Snapshot
from kb.text import NORMALISER_VERSION, Stemmer

_ROWS_AT_ONCE = 500


def mend(path: Path, key: Key | None, now: datetime) -> Path:
    """Replaces a damaged file with a repaired copy; returns the new path of the damaged file.

    Everything but the index is copied; the index must be rebuilt. Raises DirectoryUnusable if a
    part other than the index cannot be read or a file cannot be moved; the file is then unchanged.
    No connection to the file may be open.
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
        # A file of an older version must be migrated first, which a damaged file cannot be.
        raise DirectoryUnusable(path, "SQLITE_CORRUPT")
    new.execute("BEGIN")
    migrate(new)
    for table in tables_of_content(new):
        rows = damaged.execute(f'SELECT * FROM "{table}"')  # noqa: S608
        places = ", ".join("?" for _column in rows.description)
        while page := rows.fetchmany(_ROWS_AT_ONCE):
            new.executemany(f'INSERT INTO "{table}" VALUES ({places})', page)  # noqa: S608
    new.execute("DELETE FROM meta WHERE name = 'normaliser'")
    new.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE name = 'generation'")
    new.execute("COMMIT")


MANY_CHANGES = 1000  # from this number of changes, rebuilding the index is cheaper than updating it

PAGE = 1000  # rows

# Bypasses SQLAlchemy, which needs longer to prepare a statement than SQLite to execute it.
_OF_KEY = "SELECT id, number, payload, ver FROM entry WHERE key = ?"
_VERSION_COLUMNS = ("at", "by", "by_id", "action", "ver")
_COLUMNS = (*ENTRY_COLUMNS, *_VERSION_COLUMNS)
_NEW = f"""
    INSERT INTO entry ({", ".join(_COLUMNS)}, number) VALUES ({"?, " * len(_COLUMNS)}1)
"""  # noqa: S608
_KEEP = """
    INSERT INTO revision (key, number, at, by, by_id, action, payload, ver)
    SELECT key, number, at, by, by_id, action, payload, ver FROM entry WHERE id = ?
"""
_NAME = f"""
    UPDATE entry SET {", ".join(f"{column} = ?" for column in _VERSION_COLUMNS)} WHERE id = ?
"""  # noqa: S608
_CHANGE = f"""
    UPDATE entry SET {", ".join(f"{column} = ?" for column in _COLUMNS[1:])}, number = number + 1
    WHERE id = ?
"""  # noqa: S608

_Version = tuple[str, str, str, str, int]  # _VERSION_COLUMNS


class _Row(NamedTuple):
    id: int
    number: int
    payload: str
    ver: int


class Stopped(Exception):
    """Raised to cancel an index rebuild because the directory is being closed."""


class Writing:
    """One write transaction; ``finish`` returns the index snapshot after it."""

    def __init__(
        self, connection: Connection, searching: Searching, stem: Stemmer, now: datetime
    ) -> None:
        self.connection = connection
        self._searching = searching
        self._stem = stem
        self._now = now
        self._today = now.date()
        self._index_change: index.IndexChange | None = None
        self._is_indexed_at_the_end = False
        self._snapshot: Snapshot | None = None

    def index_at_the_end(self) -> None:
        """Makes ``finish`` rebuild the index once, instead of updating it with each change."""
        self._is_indexed_at_the_end = True

    def put(
        self,
        new: Entry,
        by: str,
        at: datetime | None,
        action: str = "put",
        by_id: str = "",
        ver: int = 0,
    ) -> bool:
        """Stores a new version of the entry; False if it equals the stored one.

        Also False if ``ver`` is lower than the stored version of the central database. Raises
        RecordFault for an entry that could not be read again.
        """
        row = self._row(new.id)
        if row is not None and 0 < ver < row.ver:
            return False
        return self._put(row, EntryPut(_checked(new), by, at, by_id, action, ver))

    def _put(self, row: _Row | None, change: EntryPut) -> bool:
        new, version = change.entry, self._version_of(change)
        payload = payload_of(new)
        if row is not None and row.payload == payload:
            if change.ver not in (0, row.ver):
                driver(self.connection).execute(_NAME, (*version, row.id))
            return False
        if self._is_indexed_at_the_end:
            self._store(row, new, payload, version)
            return True
        index_change = self._changing()
        row_id = self._store(row, new, payload, version)
        if row is not None:
            index_change.remove(row_id, document_of(entry_of(row.payload)))
        if not self._has_ended(new):
            index_change.put(row_id, document_of(new))
        return True

    def close(self, entry_id: str, on: date, by: str, at: datetime | None, ver: int = 0) -> bool:
        """Ends the validity of the entry on the given day; False if the entry does not exist."""
        row = self._row(entry_id)
        if row is None:
            return False
        self.put(replace(entry_of(row.payload), valid_to=on), by, at, "close", ver=ver)
        return True

    def restore(self, entry_id: str, number: int, by: str, at: datetime | None, by_id: str) -> bool:
        """Makes an older version the latest again; False if there is no version of this number."""
        older = select(revision.c.payload).where(
            revision.c.key == entry_id, revision.c.number == number
        )
        payload = self.connection.scalar(older)
        if payload is None:
            row = self._row(entry_id)
            return row is not None and row.number == number
        self.put(entry_of(payload), by, at, "restore", by_id)
        return True

    def replace_all(
        self, entries: Iterable[Entry | EntryPut], by: str, at: datetime | None
    ) -> None:
        """Stores all these entries and closes every other entry as of today.

        Stored versions of the central database are ignored, because it may have been restored to
        older ones. Raises ValueError for a repeated id.
        """
        wanted: dict[str, EntryPut] = {}
        for given in entries:
            change = given if isinstance(given, EntryPut) else EntryPut(given, by, at)
            one = _checked(change.entry)
            if one.id in wanted:
                raise ValueError(f"duplicate entry id {one.id!r}")
            wanted[one.id] = change if one is change.entry else replace(change, entry=one)
        unchanged, gone = self._compared(wanted)
        puts = [one for key, one in wanted.items() if key not in unchanged]
        closed = [
            EntryPut(replace(one, valid_to=self._today), by, at, action="close") for one in gone
        ]
        if len(puts) + len(closed) < MANY_CHANGES:
            for change in (*puts, *closed):
                self._put(self._row(change.entry.id), change)
            return
        self._store_many((*puts, *closed))
        stored = driver(self.connection).execute("SELECT key, id FROM entry")
        row_ids = dict(stored.fetchall())
        self._index_anew((row_ids[key], one.entry) for key, one in wanted.items())

    def _compared(self, wanted: Mapping[str, EntryPut]) -> tuple[set[str], list[Entry]]:
        """Returns the ids of unchanged entries, and the stored entries that are no longer wanted.

        Unchanged entries receive the central database's version number if there is one.
        """
        unchanged, gone = set(), []
        named: list[tuple[object, ...]] = []
        for row_id, key, payload, ver in self._rows():
            new = wanted.get(key)
            if new is not None:
                if payload_of(new.entry) == payload:
                    unchanged.add(key)
                    if new.ver not in (0, ver):
                        named.append((*self._version_of(new), row_id))
            elif not self._has_ended(older := entry_of(payload)):
                gone.append(older)
        driver(self.connection).executemany(_NAME, named)
        return unchanged, gone

    def rebuild_index(self, *, stopping: Callable[[], bool] = lambda: False) -> None:
        """Rebuilds the index from all entries that have not ended.

        Raises Stopped when ``stopping`` returns True.
        """
        self._index_anew(self._stored_entries(stopping))

    def _index_anew(self, entries: Iterable[tuple[int, Entry]]) -> None:
        documents = (
            (row_id, document_of(one)) for row_id, one in entries if not self._has_ended(one)
        )
        state = index.rebuild(driver(self.connection), documents, self._stem)
        set_meta(self.connection, "normaliser", str(NORMALISER_VERSION))
        self._index_change = None
        self._snapshot = Snapshot(next_generation(self.connection), state)

    def finish(self) -> Snapshot | None:
        """Returns the snapshot to use after the commit; None if no content has changed."""
        if self._is_indexed_at_the_end:
            self.rebuild_index()
        elif self._index_change is not None:
            state = self._index_change.finish()
            self._index_change = None
            self._snapshot = Snapshot(next_generation(self.connection), state)
        return self._snapshot

    def _stored_entries(self, stopping: Callable[[], bool]) -> Iterator[tuple[int, Entry]]:
        for row_id, _key, payload, _ver in self._rows():
            if stopping():
                raise Stopped
            yield row_id, entry_of(payload)

    def _rows(self) -> Iterator[tuple[int, str, str, int]]:
        """Yields row id, key, payload and version in pages, because all rows are many megabytes."""
        query = select(entry.c.id, entry.c.key, entry.c.payload, entry.c.ver).order_by(entry.c.id)
        paged = self.connection.execute(query, execution_options={"yield_per": PAGE})
        for row in paged:
            yield row.id, row.key, row.payload, row.ver

    def _changing(self) -> index.IndexChange:
        if self._index_change is None:
            state = self._searching.state(self.connection)
            self._index_change = index.IndexChange(driver(self.connection), state, self._stem)
        return self._index_change

    def _row(self, key: str) -> _Row | None:
        row = driver(self.connection).execute(_OF_KEY, (key,)).fetchone()
        return None if row is None else _Row(*row)

    def _version_of(self, change: EntryPut) -> _Version:
        at = moment_of(change.at or self._now)
        return at, change.by, change.by_id, change.action, change.ver

    def _store(self, row: _Row | None, new: Entry, payload: str, version: _Version) -> int:
        """Writes the latest version, archives the previous one and returns the row id."""
        values = (*values_of(new, payload), *version)
        connection = driver(self.connection)
        if row is None:
            return int(connection.execute(_NEW, values).lastrowid or 0)
        connection.execute(_KEEP, (row.id,))
        connection.execute(_CHANGE, (*values[1:], row.id))  # without the key
        return row.id

    def _store_many(self, changes: Iterable[EntryPut]) -> None:
        new = []
        stored = set(self.connection.scalars(select(entry.c.key)))
        for change in changes:
            one, version = change.entry, self._version_of(change)
            if one.id in stored:
                self._store(self._row(one.id), one, payload_of(one), version)
            else:
                new.append((*values_of(one, payload_of(one)), *version))
        driver(self.connection).executemany(_NEW, new)

    def _has_ended(self, one: Entry) -> bool:
        return one.valid_to is not None and one.valid_to <= self._today


def _checked(new: Entry) -> Entry:
    """Returns the entry in the form in which it will be read from the file; raises RecordFault if
    it is not readable.
    """
    if reads_back(new):
        return new
    checked = entry_from(entry_record(new))
    return new if checked == new else checked


Work = Callable[[], None]


class Rebuild:
    """Index rebuild in one write transaction on a dedicated thread.

    Readers use the old index until the commit. A cancelled or failed rebuild leaves the old index;
    the next start rebuilds it again.
    """

    def __init__(
        self,
        reason: RebuildReason,
        writing: Callable[[], AbstractContextManager[Writing]],
        tell: Callable[[DirectoryEvent], None],
    ) -> None:
        self._reason = reason
        self._writing = writing
        self._tell = tell
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._kept: list[Work] = []
        self._is_over = False
        self._thread = threading.Thread(target=self._run, name="directory index", daemon=True)

    def start(self) -> None:
        self._tell(IndexRebuildStarted(self._reason))
        self._thread.start()

    def stop(self) -> None:
        """Cancels the rebuild and blocks until the thread has ended."""
        self._stopping.set()
        self._thread.join()

    def is_running(self) -> bool:
        with self._lock:
            return not self._is_over

    def keep(self, work: Work) -> bool:
        """Defers a small write until the rebuild has ended; returns False, without running it, if
        the rebuild has already ended.
        """
        with self._lock:
            if not self._is_over:
                self._kept.append(work)
            return not self._is_over

    def _run(self) -> None:
        event: DirectoryEvent | None = None
        try:
            with self._writing() as write:
                write.rebuild_index(stopping=self._stopping.is_set)
            event = IndexRebuilt(self._reason)
        except Stopped:
            pass
        except DirectoryUnusable as error:
            event = IndexRebuildFailed(self._reason, error.reason)
        with self._lock:
            self._is_over = True
            kept, self._kept = self._kept, []
        try:
            for work in kept:
                work()
        except DirectoryUnusable as error:
            event = IndexRebuildFailed(self._reason, error.reason)
        if event is not None:
            self._tell(event)
