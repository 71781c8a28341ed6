"""The audit in chains of hashes: of each workplace, and of the centre itself."""

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
    UniqueConstraint,
    Uuid,
    func,
)

from sync.store import record_tables
from sync.store.central_tables.columns import central_type, metadata

# The place in the local file is no part of what happened.
_AUDIT_COLUMNS = [
    column for column in record_tables.audit.columns if column.name not in ("row", "station_id")
]

audit = Table(
    "audit",
    metadata,
    Column("station_id", String(4), nullable=False),
    Column("period", String(4), nullable=False),
    *(
        Column(column.name, central_type(column.type), nullable=bool(column.nullable))
        for column in _AUDIT_COLUMNS
    ),
    Column("rev", Integer, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    PrimaryKeyConstraint("station_id", "period", "id"),
    UniqueConstraint("station_id", "chain", "seq"),
    ForeignKeyConstraint(["station_id"], ["station.station_id"]),
    CheckConstraint("rev = 1", name="rev"),
    CheckConstraint("seq > 0", name="seq"),
    CheckConstraint("(source IS NULL) = (by_id IS NOT NULL)", name="doer"),
    Index(None, "subject_id", "at"),
    Index(None, "by_id", "at"),
)

# The last link of each chain, moved on by a trigger: without it rows cut off at the end would not
# be missed.
audit_head = Table(
    "audit_head",
    metadata,
    Column("station_id", String(8), primary_key=True),
    Column("chain", Uuid, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)

# What is done in the centre itself, by one of its logins: a chain as those of the workplaces.
central_audit = Table(
    "central_audit",
    metadata,
    Column("station_id", String(8), nullable=False),
    *(
        Column(
            column.name,
            central_type(column.type),
            nullable=bool(column.nullable) and column.name != "source",
        )
        for column in _AUDIT_COLUMNS
    ),
    PrimaryKeyConstraint("chain", "seq"),
    UniqueConstraint("id"),
    CheckConstraint("station_id = 'centre'", name="station_id"),
    CheckConstraint("by_id IS NULL", name="by_id"),
    CheckConstraint("seq > 0", name="seq"),
)
