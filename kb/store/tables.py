"""The tables of the directory's file as SQLAlchemy knows them, and entries as their rows."""

import json
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    Table,
    Text,
)

from kb.changes import Revision
from kb.entries import Entry
from kb.records import entry_from, entry_record
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
"""Versions that are no longer the entry's own; the newest one stands in ``entry``."""


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
"""The columns of an entry that tell of the entry itself."""


def values_of(found: Entry, payload: str) -> tuple[object, ...]:
    """An entry's values of ``ENTRY_COLUMNS``."""
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
    """A revision from a row of either table."""
    at = datetime.fromisoformat(row.at)
    return Revision(row.number, at, row.by, row.action, entry_of(row.payload), row.ver)


# Past SQLAlchemy, which takes longer to hand a statement over than SQLite takes to run it: the
# state is asked for with every key, and set with every change.
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
    """The number of the state that the transaction sees; every change of content has a new one."""
    return int(meta_value(connection, "generation") or 0)


def next_generation(connection: Connection) -> int:
    generation = generation_of(connection) + 1
    set_meta(connection, "generation", str(generation))
    return generation
