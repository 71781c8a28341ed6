"""The way of messages to the platform and back, where there is no centre."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from sync.store.record_tables import message, message_event
from sync.store.table_rules import (
    POST_STATES,
    metadata,
    one_of,
    platform_columns,
)
from sync.store.types import Identity, Moment

platform_post = Table(
    "platform_post",
    metadata,
    Column("message_id", Identity, ForeignKey(message.c.id), primary_key=True),
    *platform_columns(Moment),
    Column("answer_text", Text),
    CheckConstraint(POST_STATES, name="state"),
    Index(None, "state", "next_try_at"),
)

platform_intake = Table(
    "platform_intake",
    metadata,
    Column("only", Integer, primary_key=True, autoincrement=False),
    Column("since", Moment, nullable=False),
    Column("told_at", Moment),
    CheckConstraint("only = 1", name="only"),
)

platform_news = Table(
    "platform_news",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("event_id", Identity, ForeignKey(message_event.c.id), nullable=False),
    Column("message_id", Identity, ForeignKey(message.c.id), nullable=False),
    Column("at", Moment, nullable=False),
    Column("status", Text, nullable=False),
    Column("is_over", Boolean, nullable=False),
    Column("is_public", Boolean, nullable=False),
    Column("text", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("tries", Integer, nullable=False, server_default=text("0")),
    Column("next_try_at", Moment, nullable=False),
    Column("last_error", Text),
    UniqueConstraint("event_id"),
    CheckConstraint(one_of("state", "waiting", "told", "rejected", "cancelled"), name="state"),
    Index("ix_platform_news_waiting", "message_id", "seq", sqlite_where=text("state = 'waiting'")),
)
