"""What has come from the centre, and how far its feeds were taken."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    text,
)

from sync.store.record_tables import city_edit, message_event
from sync.store.table_rules import (
    metadata,
)
from sync.store.types import Identity, Moment

# The order in which the centre took the edits of all workplaces; what it has not yet comes last.
city_order = Table(
    "city_order",
    metadata,
    Column("edit_id", Identity, ForeignKey(city_edit.c.id), primary_key=True),
    Column("position", Integer, nullable=False),
)


def _known(name: str, *further: Column[Any] | Index) -> Table:
    """What other workplaces wrote of a telephone, as little as an answer to a caller needs."""
    return Table(
        name,
        metadata,
        Column("id", Identity, primary_key=True),
        Column("number", Text, nullable=False),
        Column("phone", Text, nullable=False),
        Column("at", Moment, nullable=False),
        Column("topic", Text),
        Column("category", Text),
        Column("about", Text, nullable=False),
        Column("received_at", Moment, nullable=False),
        Column("surname", Text),
        Column("given_name", Text),
        Column("patronymic", Text),
        *further,
        Index(None, "phone", "at"),
        Index(None, "received_at"),
    )


known_call = _known(
    "known_call",
    Column("result", Text),
    Column("handled_at", Moment),
    Column("answered_at", Moment),
    # a caller whom nobody took; not known of calls that an older program has taken in
    Column("is_missed", Boolean),
    # nor of those that an older centre tells
    Column("out_of_hours", Boolean),
    Index("ix_known_call_missed", "at", sqlite_where=text("is_missed = 1 AND handled_at IS NULL")),
)

known_message = _known("known_message", Column("state", Text, nullable=False), Column("unit", Text))

# Settings and templates that the centre gives to all workplaces.
shared_setting = Table(
    "shared_setting",
    metadata,
    Column("entity", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("ver", Integer, nullable=False),
    Column("document", JSON, nullable=False),
)

# How far the feeds from the centre were taken.
feed_mark = Table(
    "feed_mark",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("mark", Text, nullable=False),
)

# Up to when everything of the feed was taken here, and since when some of it is held up.
feed_read = Table(
    "feed_read",
    metadata,
    Column("only", Integer, primary_key=True, autoincrement=False),
    Column("read_at", Moment, nullable=False),
    Column("held_since", Moment),
    CheckConstraint("only = 1", name="only"),
)

# Steps of our messages that came from the centre before one that stands in front of them.
event_aside = Table(
    "event_aside",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("message_id", Identity, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("document", JSON, nullable=False),
    Column("received_at", Moment, nullable=False),
    Index(None, "message_id"),
)

# Steps taken here in whose place the centre had others: where and when they stood. Those that do
# not hold have ``by_event_id``, the step that had overtaken them, and a ``seq`` below zero.
event_displaced = Table(
    "event_displaced",
    metadata,
    Column("id", Identity, ForeignKey(message_event.c.id), primary_key=True),
    Column("message_id", Identity, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    # Written before the step of the centre itself is, in one transaction.
    Column(
        "by_event_id",
        Identity,
        ForeignKey(message_event.c.id, deferrable=True, initially="DEFERRED"),
    ),
    Column("moved_at", Moment, nullable=False),
    Index(None, "message_id"),
)
