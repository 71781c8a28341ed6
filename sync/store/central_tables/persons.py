"""What was done with persons' data on request or at the end of its term; not of whom."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    Uuid,
    text,
)

from sync.store.central_tables.columns import metadata
from sync.store.table_rules import one_of

# Who asked the centre for a person's data or for their erasure, and who did it; not of whom.
person_act = Table(
    "person_act",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("count", Integer, nullable=False),
    Column("login", Text, nullable=False, server_default=text("session_user")),
    Column("at", DateTime(timezone=True), nullable=False),
    CheckConstraint(one_of("kind", "erased", "exported"), name="kind"),
)

# Triggers keep what is named here without personal data, whoever sends it again.
erasure = Table(
    "erasure",
    metadata,
    Column("station_id", String(4), nullable=False),
    Column("period", String(4), nullable=False),
    Column("entity", Text, nullable=False),
    Column("entity_id", Uuid, nullable=False),
    Column("cause", Text, nullable=False),
    Column("act_id", Uuid),
    Column("at", DateTime(timezone=True), nullable=False),
    PrimaryKeyConstraint("station_id", "period", "entity", "entity_id"),
    ForeignKeyConstraint(["act_id"], ["person_act.id"]),
    ForeignKeyConstraint(["station_id"], ["station.station_id"]),
    CheckConstraint(one_of("entity", "call", "message"), name="entity"),
    CheckConstraint(one_of("cause", "request", "term"), name="cause"),
    CheckConstraint("(cause = 'request') = (act_id IS NOT NULL)", name="act"),
    Index("ix_erasure_request", "station_id", postgresql_where=text("cause = 'request'")),
)
