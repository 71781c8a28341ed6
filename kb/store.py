"""The directory in its file: entries, classifier, search index and usage, changed together."""

import heapq
import json
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import assert_never

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    Table,
    Text,
    create_engine,
    delete,
    event,
    func,
    insert,
    select,
)
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool, Pool, StaticPool

from kb import index
from kb.changes import (
    CategoryPut,
    CategoryRemoved,
    Change,
    EntryPut,
    EntryRemoved,
    TopicPut,
    TopicRemoved,
)
from kb.documents import document_of
from kb.entries import (
    Category,
    DirectoryContent,
    Entry,
    EntryKind,
    Topic,
    Unit,
    kind_of,
)
from kb.errors import DirectoryUnusable
from kb.query import Group, read_query
from kb.ranking import Ranked, Weights, rank
from kb.records import (
    category_from,
    category_record,
    entry_from,
    entry_record,
    topic_from,
    topic_record,
)
from kb.schema import check_owner, migrate
from kb.search import Hit, SearchResult, marks_of
from kb.text import NORMALISER_VERSION, Stemmer
from kb.usage import Picks, count_pick, load_picks
from kb.vocabulary import Vocabulary

_LOCK_TIMEOUT_S = 10.0  # another process may be importing
_WRITER_PRAGMAS = ("journal_mode = WAL", "synchronous = NORMAL")
_READER_PRAGMAS = ("query_only = ON",)
_ENVIRONMENT_CODES = frozenset(
    {
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOTADB,
    }
)

_metadata = MetaData()
_meta = Table("meta", _metadata, Column("name", Text, primary_key=True), Column("value", Text))
_entry = Table(
    "entry",
    _metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text),
    Column("kind", Text),
    Column("topic", Text),
    Column("payload", Text),
)
_topic = Table(
    "topic",
    _metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text),
    Column("payload", Text),
)
_category = Table(
    "category",
    _metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text),
    Column("topic", Text),
    Column("payload", Text),
)


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """The vocabulary of one state of the file; every change of content has a new generation."""

    generation: int
    vocabulary: Vocabulary


class Directory:
    """The directory of one file.

    Every method may be called from any thread: each thread reads on a connection of its own,
    writes wait for each other. ``close`` comes after the last call of any other method.
    """

    def __init__(self, path: Path, clock: Callable[[], datetime], weights: Weights) -> None:
        """Use ``open``."""
        self._path = path
        self._clock = clock
        self._weights = weights
        self._stem = Stemmer()
        self._write_lock = threading.Lock()
        self._writer = _engine(path, "BEGIN IMMEDIATE", _WRITER_PRAGMAS, StaticPool)
        self._reader = _engine(path, "BEGIN", _READER_PRAGMAS, NullPool)
        self._local = threading.local()
        self._readers: list[Connection] = []
        self._readers_lock = threading.Lock()
        self._snapshot = _Snapshot(-1, Vocabulary({}, {}, 0))
        self._usage_version = 0
        self._picks: Picks | None = None

    @classmethod
    def open(
        cls, path: Path, *, clock: Callable[[], datetime] = _now, weights: Weights | None = None
    ) -> "Directory":
        """The directory of the file, which is made where there is none.

        Raises DirectoryTooNew for the file of a newer program and DirectoryUnusable for one that
        cannot be opened or is no directory; such a file is left as it is.
        """
        with _known_failures(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            check_owner(path, _LOCK_TIMEOUT_S)
        directory = cls(path, clock, weights or Weights())
        try:
            directory._prepare()
        except BaseException:
            directory.close()
            raise
        return directory

    def _prepare(self) -> None:
        with self._writing() as write:
            driver = _driver(write.connection)
            migrate(driver)
            if _meta_value(write.connection, "normaliser") != str(NORMALISER_VERSION):
                self._rebuild_index(write)
            else:
                generation = _generation(write.connection)
                write.snapshot = _Snapshot(generation, index.load_vocabulary(driver))

    def close(self) -> None:
        """Close every thread's connection."""
        with self._write_lock, self._readers_lock:
            for connection in self._readers:
                connection.close()
            self._readers.clear()
            self._writer.dispose()
            self._reader.dispose()

    # --- writing ---------------------------------------------------------------------------

    def replace_content(self, content: DirectoryContent, mark: str) -> None:
        """Put the content in place of all there was, index and mark too, in one transaction.

        Usage stays, by entry key.
        """
        with self._writing() as write:
            connection = write.connection
            for table in (_entry, _topic, _category):
                connection.execute(delete(table))
            for rows, table in (
                ([_entry_row(entry) for entry in content.entries().values()], _entry),
                ([_topic_row(topic) for topic in content.topics], _topic),
                ([_category_row(category) for category in content.categories], _category),
            ):
                if rows:
                    connection.execute(
                        insert(table), [row | {"id": id_} for id_, row in enumerate(rows, start=1)]
                    )
            _set_meta(connection, "mark", mark)
            self._rebuild_index(write)

    def apply(self, changes: Iterable[Change], mark: str) -> None:
        """Make the changes, their index rows and the mark true in one transaction.

        References are not checked: a feed may bring a question before its unit.
        """
        with self._writing() as write:
            vocabulary = self._vocabulary(write.connection)
            index_change = index.IndexChange(_driver(write.connection))
            for change in changes:
                self._apply_one(write.connection, index_change, change)
            _set_meta(write.connection, "mark", mark)
            write.snapshot = _Snapshot(
                _next_generation(write.connection), index_change.vocabulary_after(vocabulary)
            )

    def _apply_one(
        self, connection: Connection, index_change: index.IndexChange, change: Change
    ) -> None:
        match change:
            case EntryPut(entry):
                self._take_out(connection, index_change, entry.key)
                entry_id = _put(connection, _entry, _entry_row(entry))
                index_change.add(entry_id, document_of(entry, self._stem))
            case EntryRemoved(key):
                self._take_out(connection, index_change, key)
                connection.execute(delete(_entry).where(_entry.c.key == key))
            case TopicPut(topic):
                _put(connection, _topic, _topic_row(topic))
            case TopicRemoved(key):
                connection.execute(delete(_category).where(_category.c.topic == key))
                connection.execute(delete(_topic).where(_topic.c.key == key))
            case CategoryPut(category):
                _put(connection, _category, _category_row(category))
            case CategoryRemoved(key):
                connection.execute(delete(_category).where(_category.c.key == key))
            case _:
                assert_never(change)

    def _take_out(self, connection: Connection, index_change: index.IndexChange, key: str) -> None:
        query = select(_entry.c.id, _entry.c.kind, _entry.c.payload).where(_entry.c.key == key)
        row = connection.execute(query).one_or_none()
        if row is not None:
            index_change.remove(row.id, document_of(_entry_of(row.kind, row.payload), self._stem))

    def record_pick(self, key: str, at: datetime) -> None:
        """Count that an entry was used for an answer; ``at`` is a moment with its zone."""
        with self._writing() as write:
            count_pick(_driver(write.connection), key, at)
        self._usage_version += 1

    def _rebuild_index(self, write: "_Write") -> None:
        connection = write.connection
        rows = connection.execute(select(_entry.c.id, _entry.c.kind, _entry.c.payload)).all()
        index.rebuild(
            _driver(connection),
            ((row.id, document_of(_entry_of(row.kind, row.payload), self._stem)) for row in rows),
        )
        _set_meta(connection, "normaliser", str(NORMALISER_VERSION))
        vocabulary = index.load_vocabulary(_driver(connection))
        write.snapshot = _Snapshot(_next_generation(connection), vocabulary)

    # --- reading ---------------------------------------------------------------------------

    def mark(self) -> str:
        """The mark of the last content or changes; empty before the first."""
        with self._reading() as connection:
            return _meta_value(connection, "mark") or ""

    def entry(self, key: str) -> Entry | None:
        """The entry of the key, of whatever kind."""
        query = select(_entry.c.kind, _entry.c.payload).where(_entry.c.key == key)
        with self._reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else _entry_of(row.kind, row.payload)

    def unit(self, key: str) -> Unit | None:
        """The unit of the key; None where the key is another entry's."""
        entry = self.entry(key)
        return entry if isinstance(entry, Unit) else None

    def topics(self) -> tuple[Topic, ...]:
        """Topics in the order they came in."""
        with self._reading() as connection:
            payloads = connection.scalars(select(_topic.c.payload).order_by(_topic.c.id)).all()
        return tuple(topic_from(json.loads(payload)) for payload in payloads)

    def categories(self, topic: str | None = None) -> tuple[Category, ...]:
        """Categories in the order they came in, of one topic or of all."""
        query = select(_category.c.payload).order_by(_category.c.id)
        if topic is not None:
            query = query.where(_category.c.topic == topic)
        with self._reading() as connection:
            payloads = connection.scalars(query).all()
        return tuple(category_from(json.loads(payload)) for payload in payloads)

    def counts(self) -> dict[EntryKind, int]:
        """How many entries there are of each kind."""
        query = select(_entry.c.kind, func.count()).group_by(_entry.c.kind)
        with self._reading() as connection:
            found = {EntryKind(kind): number for kind, number in connection.execute(query)}
        return {kind: found.get(kind, 0) for kind in EntryKind}

    def search(self, text: str, limit: int = 9) -> SearchResult:
        """The best entries for what was typed so far; never raises, whatever the text."""
        with self._reading() as connection:
            vocabulary = self._vocabulary(connection)
            query = read_query(text, vocabulary, self._stem)
            candidates, holding_all = index.find_candidates(
                _driver(connection), query.groups, vocabulary
            )
            ranked = rank(
                candidates,
                query.groups,
                vocabulary.frequency,
                vocabulary.entries,
                self._worth_of_picks(connection),
                self._weights,
            )
            hits = self._hits(connection, ranked[:limit], query.groups)
        return SearchResult(text, query.reading, hits, max(holding_all, len(ranked)))

    def frequent(self, limit: int = 9) -> tuple[Hit, ...]:
        """What was picked most of late, filled up with the first question of each topic."""
        first_of_topic = (
            select(func.min(_entry.c.id))
            .join(_topic, _topic.c.key == _entry.c.topic)
            .where(_entry.c.kind == EntryKind.QUESTION.value)
            .group_by(_topic.c.id)
            .order_by(_topic.c.id)
            .limit(limit)
        )
        with self._reading() as connection:
            worth = self._worth_of_picks(connection)
            best = heapq.nlargest(2 * limit, worth, key=lambda key: worth[key])
            picked = select(_entry.c.id, _entry.c.key).where(_entry.c.key.in_(best))
            ranked = [
                Ranked(row.id, row.key, worth[row.key], 1.0) for row in connection.execute(picked)
            ]
            ranked.sort(key=lambda found: (-found.score, found.id))
            seen = {found.id for found in ranked}
            firsts = connection.scalars(first_of_topic).all()
            ranked.extend(Ranked(first, "", 0.0, 1.0) for first in firsts if first not in seen)
            return self._hits(connection, ranked[:limit], ())

    def _hits(
        self, connection: Connection, ranked: Sequence[Ranked], groups: Sequence[Group]
    ) -> tuple[Hit, ...]:
        query = select(_entry.c.id, _entry.c.kind, _entry.c.payload).where(
            _entry.c.id.in_([found.id for found in ranked])
        )
        entries = {row.id: _entry_of(row.kind, row.payload) for row in connection.execute(query)}
        hits = []
        for found in ranked:
            entry = entries[found.id]
            marks = marks_of(entry.title, groups, self._stem)
            hits.append(Hit(entry.key, kind_of(entry), entry.title, marks, found.score, entry))
        return tuple(hits)

    def _vocabulary(self, connection: Connection) -> Vocabulary:
        """The vocabulary of just the state that the transaction sees."""
        generation = _generation(connection)
        snapshot = self._snapshot
        if snapshot.generation != generation:
            # Another process wrote, or ours is between its commit and its snapshot.
            snapshot = _Snapshot(generation, index.load_vocabulary(_driver(connection)))
            if snapshot.generation > self._snapshot.generation:
                self._snapshot = snapshot
        return snapshot.vocabulary

    def _worth_of_picks(self, connection: Connection) -> Mapping[str, float]:
        today = self._clock().astimezone(UTC).date()
        version = self._usage_version
        known = self._picks
        if known is None or known.day != today or known.version != version:
            known = self._picks = load_picks(_driver(connection), today, version)
        return known.worth

    # --- connections -----------------------------------------------------------------------

    @contextmanager
    def _writing(self) -> Iterator["_Write"]:
        """The one write transaction; its snapshot is shown once it is committed."""
        with self._write_lock, _known_failures(self._path):
            with self._writer.begin() as connection:
                write = _Write(connection)
                yield write
            if write.snapshot is not None:
                self._snapshot = write.snapshot

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """A read transaction on this thread's connection."""
        with _known_failures(self._path):
            connection: Connection | None = getattr(self._local, "connection", None)
            if connection is None or connection.closed:
                connection = self._reader.connect()
                self._local.connection = connection
                with self._readers_lock:
                    self._readers.append(connection)
            with connection.begin():
                yield connection


@dataclass
class _Write:
    """A write transaction and the snapshot that holds after it, where content changed."""

    connection: Connection
    snapshot: _Snapshot | None = None


def _engine(path: Path, begin: str, pragmas: Sequence[str], pool: type[Pool]) -> Engine:
    def connect() -> sqlite3.Connection:
        # One thread at a time uses a connection, but the one that closes them all is another.
        connection = sqlite3.connect(
            path, timeout=_LOCK_TIMEOUT_S, isolation_level=None, check_same_thread=False
        )
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    engine = create_engine("sqlite+pysqlite://", creator=connect, poolclass=pool)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


@contextmanager
def _known_failures(path: Path) -> Iterator[None]:
    """Failures of disk, file and lock become DirectoryUnusable; our own mistakes pass through."""
    try:
        yield
    except OSError as error:
        raise DirectoryUnusable(path, type(error).__name__) from error
    except (DBAPIError, sqlite3.Error) as error:
        origin = error.orig if isinstance(error, DBAPIError) else error
        code = getattr(origin, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code not in _ENVIRONMENT_CODES:
            raise
        raise DirectoryUnusable(path, str(getattr(origin, "sqlite_errorname", code))) from error


def _driver(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        raise TypeError(f"a connection of sqlite3 is needed, not {type(driver)}")
    return driver


def _meta_value(connection: Connection, name: str) -> str | None:
    value = connection.scalar(select(_meta.c.value).where(_meta.c.name == name))
    return None if value is None else str(value)


def _set_meta(connection: Connection, name: str, value: str) -> None:
    row = upsert(_meta).values(name=name, value=value)
    connection.execute(row.on_conflict_do_update(index_elements=["name"], set_={"value": value}))


def _generation(connection: Connection) -> int:
    return int(_meta_value(connection, "generation") or 0)


def _next_generation(connection: Connection) -> int:
    generation = _generation(connection) + 1
    _set_meta(connection, "generation", str(generation))
    return generation


def _put(connection: Connection, table: Table, row: dict[str, object]) -> int:
    """Insert the row or give the one of its key new values; its id, which stays."""
    values = {name: value for name, value in row.items() if name != "key"}
    statement = upsert(table).values(**row)
    put = statement.on_conflict_do_update(index_elements=["key"], set_=values)
    return int(connection.scalars(put.returning(table.c.id)).one())


def _entry_row(entry: Entry) -> dict[str, object]:
    topic = None if isinstance(entry, Unit) else entry.topic
    payload = _json(entry_record(entry))
    return {"key": entry.key, "kind": kind_of(entry).value, "topic": topic, "payload": payload}


def _topic_row(topic: Topic) -> dict[str, object]:
    return {"key": topic.key, "payload": _json(topic_record(topic))}


def _category_row(category: Category) -> dict[str, object]:
    payload = _json(category_record(category))
    return {"key": category.key, "topic": category.topic, "payload": payload}


def _entry_of(kind: str, payload: str) -> Entry:
    return entry_from(EntryKind(kind), json.loads(payload))


def _json(record: dict[str, object]) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))
