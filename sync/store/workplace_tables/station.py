"""Which workplace this is, on which computer, and the numbers that it has given."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Integer,
    String,
    Table,
    Text,
)

from sync.store.table_rules import (
    metadata,
)
from sync.store.types import Identity, Moment

station = Table(
    "station",
    metadata,
    Column("only", Integer, primary_key=True, autoincrement=False),
    Column("code", String(4), nullable=False),
    Column("install_id", Identity, nullable=False),
    Column("made_at", Moment, nullable=False),
    CheckConstraint("only = 1", name="only"),
)

store_origin = Table(
    "store_origin",
    metadata,
    Column("only", Integer, primary_key=True, autoincrement=False),
    Column("machine", Text, nullable=False),
    Column("bound_at", Moment, nullable=False),
    Column("copied_at", Moment),
    Column("former_install_id", Identity),
    CheckConstraint("only = 1", name="only"),
)

counter = Table(
    "counter",
    metadata,
    Column("period", String(4), primary_key=True),
    Column("last", Integer, nullable=False),
    CheckConstraint("last > 0", name="last"),
)
