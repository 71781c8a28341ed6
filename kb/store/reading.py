"""Tables of the directory's file, conversion of rows to entries, and read queries."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    Select,
    Table,
    Text,
    func,
    or_,
    select,
)

from kb.entries.changes import Revision
from kb.entries.checks import StaleEntry, stale_before
from kb.entries.entries import Entry, EntryKind, entry_from, entry_record
from kb.store.connections import driver

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_metadata = MetaData()

entry = Table(
    "entry",
    _metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text),
    Column("kind", Text),
    Column("topic", Text),
    Column("checked_on", Text),
    Column("valid_from", Text),
    Column("valid_to", Text),
    Column("payload", Text),
    Column("number", Integer),
    Column("at", Text),
    Column("by", Text),
    Column("by_id", Text),
    Column("action", Text),
    Column("ver", Integer),
)

revision = Table(
    "revision",
    _metadata,
    Column("key", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", Text),
    Column("by", Text),
    Column("by_id", Text),
    Column("action", Text),
    Column("payload", Text),
    Column("ver", Integer),
)
"""Superseded versions; the latest version of an entry is in ``entry``."""


synonym = Table(
    "synonym",
    _metadata,
    Column("phrase", Text, primary_key=True),
    Column("meaning", Text, primary_key=True),
    Column("both_ways", Integer),
    Column("at", Text),
    Column("by", Text),
    Column("closed_at", Text),
    Column("closed_by", Text),
    Column("ver", Integer),
)

attachment = Table(
    "attachment",
    _metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text),
    Column("number", Integer),
    Column("entry_key", Text),
    Column("kind", Text),
    Column("title", Text),
    Column("file_name", Text),
    Column("valid_to", Text),
    Column("sha256", Text),
    Column("at", Text),
    Column("by", Text),
    Column("closed_at", Text),
    Column("closed_by", Text),
)

attachment_content = Table(
    "attachment_content",
    _metadata,
    Column("sha256", Text, primary_key=True),
    Column("content", LargeBinary),
)

entry_draft = Table(
    "entry_draft",
    _metadata,
    Column("key", Text, primary_key=True),
    Column("by", Text, primary_key=True),
    Column("kind", Text),
    Column("based_on", Integer),
    Column("at", Text),
    Column("fields", Text),
    Column("unsent", Integer),
)

proposal = Table(
    "proposal",
    _metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text),
    Column("organ", Text),
    Column("by", Text),
    Column("at", Text),
    Column("topic", Text),
    Column("accepted", Integer),
    Column("reason", Text),
    Column("decided_by", Text),
    Column("decided_at", Text),
    Column("ver", Integer),
)


ENTRY_COLUMNS = ("key", "kind", "topic", "checked_on", "valid_from", "valid_to", "payload")
"""Columns that describe the entry, without those of the version."""


def values_of(found: Entry, payload: str) -> tuple[object, ...]:
    """Returns an entry's values of ``ENTRY_COLUMNS``."""
    return (
        found.id,
        found.kind.value,
        found.topic,
        _day(found.checked_on),
        _day(found.valid_from),
        _day(found.valid_to),
        payload,
    )


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def payload_of(found: Entry) -> str:
    return _JSON.encode(entry_record(found))


def entry_of(payload: str) -> Entry:
    return entry_from(json.loads(payload))


def moment_of(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def revision_of(row: Row[Any]) -> Revision:
    """Returns a revision from a row of ``entry`` or ``revision``."""
    at = datetime.fromisoformat(row.at)
    return Revision(row.number, at, row.by, row.action, entry_of(row.payload), row.ver)


# Bypasses SQLAlchemy, which needs longer to prepare a statement than SQLite to execute it. The
# generation is read at every key press and written at every change.
_SET_META = """
    INSERT INTO meta (name, value) VALUES (?, ?)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value
"""


def meta_value(connection: Connection, name: str) -> str | None:
    query = "SELECT value FROM meta WHERE name = ?"
    row = driver(connection).execute(query, (name,)).fetchone()
    return None if row is None else str(row[0])


def set_meta(connection: Connection, name: str, value: str) -> None:
    driver(connection).execute(_SET_META, (name, value))


def generation_of(connection: Connection) -> int:
    """Returns the content version that the transaction sees; every content change increments it."""
    return int(meta_value(connection, "generation") or 0)


def next_generation(connection: Connection) -> int:
    generation = generation_of(connection) + 1
    set_meta(connection, "generation", str(generation))
    return generation


@dataclass(frozen=True, slots=True)
class DirectoryStats:
    """Numbers of valid entries by kind, other entries and old versions; the feed watermark."""

    kinds: Mapping[EntryKind, int]
    closed: int
    revisions: int
    mark: str


def entry_by_id(connection: Connection, entry_id: str) -> Entry | None:
    payload = connection.scalar(select(entry.c.payload).where(entry.c.key == entry_id))
    return None if payload is None else entry_of(payload)


def entries(connection: Connection) -> tuple[Entry, ...]:
    """Returns all entries, closed ones included, in order of creation."""
    payloads = connection.scalars(select(entry.c.payload).order_by(entry.c.id))
    return tuple(entry_of(payload) for payload in payloads)


def people_and_units(connection: Connection) -> tuple[Entry, ...]:
    """Returns persons and units, closed ones included, in order of creation."""
    kinds = (EntryKind.PERSON.value, EntryKind.UNIT.value)
    query = select(entry.c.payload).where(entry.c.kind.in_(kinds)).order_by(entry.c.id)
    return tuple(entry_of(payload) for payload in connection.scalars(query))


def has_own_entries(connection: Connection) -> bool:
    """Whether an entry without an end date has no version of the central database."""
    own = select(entry.c.id).where(entry.c.ver == 0, entry.c.valid_to.is_(None)).limit(1)
    return connection.scalar(own) is not None


def versions(connection: Connection, entry_ids: Collection[str]) -> dict[str, int]:
    """Returns the central database's latest version of each stored entry, 0 for a local entry."""
    query = select(entry.c.key, entry.c.ver).where(entry.c.key.in_(entry_ids))
    return {key: ver for key, ver in connection.execute(query)}


def titles(connection: Connection, entry_ids: Collection[str]) -> dict[str, str]:
    title = func.json_extract(entry.c.payload, "$.title")
    query = select(entry.c.key, title).where(entry.c.key.in_(entry_ids))
    return {key: text for key, text in connection.execute(query)}


def unit_titles(connection: Connection, today: date) -> dict[str, str]:
    """Returns the titles of valid units by id, in order of creation."""
    day = today.isoformat()
    title = func.json_extract(entry.c.payload, "$.title")
    query = select(entry.c.key, title).where(
        entry.c.kind == EntryKind.UNIT.value,
        or_(entry.c.valid_from.is_(None), entry.c.valid_from <= day),
        or_(entry.c.valid_to.is_(None), entry.c.valid_to > day),
    )
    return {key: text for key, text in connection.execute(query.order_by(entry.c.id))}


def topic_entries(connection: Connection, today: date) -> Iterator[Entry]:
    """Yields valid topics and categories in order of creation."""
    query = select(entry.c.payload).where(entry.c.kind == EntryKind.TOPIC.value)
    return _in_force(connection, query, today)


def units_with_term(connection: Connection, today: date) -> Iterator[Entry]:
    """Yields valid units with their own answer deadline, in order of creation."""
    term = func.json_extract(entry.c.payload, "$.details.answer_term")
    query = select(entry.c.payload).where(entry.c.kind == EntryKind.UNIT.value, term.is_not(None))
    return _in_force(connection, query, today)


def _in_force(connection: Connection, query: Select[str], today: date) -> Iterator[Entry]:
    for payload in connection.scalars(query.order_by(entry.c.id)).all():
        found = entry_of(payload)
        if found.holds_on(today):
            yield found


def revisions(connection: Connection, entry_id: str) -> tuple[Revision, ...]:
    """Returns every version of the entry, the latest last."""
    older = select(revision).where(revision.c.key == entry_id).order_by(revision.c.number)
    newest = select(entry).where(entry.c.key == entry_id)
    found = [revision_of(row) for row in connection.execute(older)]
    found.extend(revision_of(row) for row in connection.execute(newest))
    return tuple(found)


def newest_revision(connection: Connection, entry_id: str) -> Revision | None:
    row = connection.execute(select(entry).where(entry.c.key == entry_id)).one_or_none()
    return None if row is None else revision_of(row)


def stats(connection: Connection, today: date) -> DirectoryStats:
    day = today.isoformat()
    in_force = select(entry.c.kind, func.count()).where(
        or_(entry.c.valid_from.is_(None), entry.c.valid_from <= day),
        or_(entry.c.valid_to.is_(None), entry.c.valid_to > day),
    )
    counted = {
        EntryKind(kind): number for kind, number in connection.execute(in_force.group_by("kind"))
    }
    kinds = {kind: counted.get(kind, 0) for kind in EntryKind}
    all_entries = connection.scalar(select(func.count()).select_from(entry)) or 0
    return DirectoryStats(
        kinds=kinds,
        closed=all_entries - sum(kinds.values()),
        revisions=connection.scalar(select(func.count()).select_from(revision)) or 0,
        mark=meta_value(connection, "mark") or "",
    )


def stale_entries(
    connection: Connection, today: date, limit_days: Mapping[EntryKind, int]
) -> Iterator[StaleEntry]:
    """Yields valid entries with a last check older than the limit of their kind, oldest first."""
    payload = entry.c.payload
    for kind, since in _limits(today, limit_days):
        query = (
            select(
                entry.c.key,
                entry.c.checked_on,
                func.json_extract(payload, "$.title").label("title"),
                func.json_extract(payload, "$.owner").label("owner"),
            )
            .where(*_is_stale(kind, since, today))
            .order_by(entry.c.checked_on.nulls_first(), entry.c.id)
        )
        for row in connection.execute(query).all():
            checked_on = None if row.checked_on is None else date.fromisoformat(row.checked_on)
            yield StaleEntry(
                entry_id=row.key,
                kind=kind,
                title=row.title,
                owner=row.owner or "",
                checked_on=checked_on,
                days_over=None if checked_on is None else (since - checked_on).days,
            )


def count_stale(connection: Connection, today: date, limit_days: Mapping[EntryKind, int]) -> int:
    """Returns the number of entries that ``stale_entries`` yields."""
    return sum(
        connection.scalar(
            select(func.count()).select_from(entry).where(*_is_stale(kind, since, today))
        )
        or 0
        for kind, since in _limits(today, limit_days)
    )


def _limits(today: date, limit_days: Mapping[EntryKind, int]) -> Iterator[tuple[EntryKind, date]]:
    for kind in limit_days:
        since = stale_before(kind, today, limit_days)
        if since is not None:
            yield kind, since


def _is_stale(kind: EntryKind, since: date, today: date) -> tuple[ColumnElement[bool], ...]:
    """Returns the SQL conditions of ``kb.entries.checks.is_stale`` for valid entries."""
    day = today.isoformat()
    return (
        entry.c.kind == kind.value,
        or_(entry.c.checked_on.is_(None), entry.c.checked_on < since.isoformat()),
        or_(entry.c.valid_from.is_(None), entry.c.valid_from <= day),
        or_(entry.c.valid_to.is_(None), entry.c.valid_to > day),
    )
