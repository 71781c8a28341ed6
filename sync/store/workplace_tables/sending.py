"""What is on its way to the centre, and to which centre it goes."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from sync.store.table_rules import (
    metadata,
    one_of,
)
from sync.store.types import Identity, Moment

outbox = Table(
    "outbox",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("entity", Text, nullable=False),
    Column("entity_id", Identity, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("payload", JSON, nullable=False),
    Column("schema_ver", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("queued_at", Moment, nullable=False),
    Column("tries", Integer, nullable=False, server_default=text("0")),
    Column("next_try_at", Moment),
    Column("sent_at", Moment),
    Column("timeline", Integer),
    Column("last_error", Text),
    UniqueConstraint("entity", "entity_id", "rev"),
    CheckConstraint(one_of("state", "new", "sent", "confirmed", "poison"), name="state"),
    Index("ix_outbox_unsent", "seq", sqlite_where=text("state IN ('new', 'poison')")),
    Index("ix_outbox_sent", "sent_at", sqlite_where=text("state = 'sent'")),
    sqlite_autoincrement=True,
)

outbox_export = Table(
    "outbox_export",
    metadata,
    Column("only", Integer, primary_key=True, autoincrement=False),
    Column("up_to", Integer, nullable=False),
    Column("exported_at", Moment, nullable=False),
    CheckConstraint("only = 1", name="only"),
)

central_mark = Table(
    "central_mark",
    metadata,
    Column("only", Integer, primary_key=True, autoincrement=False),
    Column("system_identifier", Text, nullable=False),
    Column("timeline", Integer, nullable=False),
    Column("succession_id", Identity),
    CheckConstraint("only = 1", name="only"),
)

central_session = Table(
    "central_session",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("begun_at", Moment, nullable=False),
)

# How far the audit was taken to the outbox.
audit_queued = Table(
    "audit_queued",
    metadata,
    Column("only", Integer, primary_key=True, autoincrement=False),
    Column("row", Integer, nullable=False),
    CheckConstraint("only = 1", name="only"),
)
