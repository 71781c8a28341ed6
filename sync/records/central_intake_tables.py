"""Central tables of the import from the city platform; written only by the worker."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    Uuid,
    func,
    text,
)

from sync.records.central_tables import metadata
from sync.records.table_rules import one_of

# Time from which messages are imported, and time of the last poll, by the clock of the central
# database, so another worker can continue. The row is locked while a number is assigned.
platform_intake = Table(
    "platform_intake",
    metadata,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("since", DateTime(timezone=True), nullable=False),
    Column("told_at", DateTime(timezone=True)),
    CheckConstraint("one = 1", name="one"),
)

# Requests of users on the platform, one row per platform id: imported as a message, or skipped for
# a reason.
platform_request = Table(
    "platform_request",
    metadata,
    Column("platform_id", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("code", Text),
    Column("station_id", String(4)),
    Column("period", String(4)),
    Column("message_id", Uuid),
    Column("seen_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    ForeignKeyConstraint(
        ["station_id", "period", "message_id"],
        ["message.station_id", "message.period", "message.id"],
    ),
    CheckConstraint(one_of("state", "taken", "left"), name="state"),
    CheckConstraint("(state = 'left') = (code IS NOT NULL)", name="code"),
    Index("ix_platform_request_left", "seen_at", postgresql_where=text("state = 'left'")),
)
