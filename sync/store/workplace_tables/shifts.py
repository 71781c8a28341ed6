"""Checks before a shift, and the sheets by which one shift hands over to the next."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
)

from sync.store.table_rules import (
    metadata,
    one_of,
    only_added,
)
from sync.store.types import Identity, Moment

# What was found at this workplace before a shift.
shift_check = Table(
    "shift_check",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("by_id", Identity, nullable=False),
    Column("by_name", Text, nullable=False),
    Column("findings", JSON, nullable=False),
    Index(None, "at"),
)

only_added(shift_check, "checks are only added")

# What one shift handed over to the next, and who signed it.
handover_sheet = Table(
    "handover_sheet",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("content", JSON, nullable=False),
    Column("schema_version", Integer, nullable=False),
    Index(None, "at"),
)

# The note is free words: it may be taken away, and nothing else.
_NOTE_ONLY = """NOT (
    json_extract(NEW.content, '$.note') = ''
    AND NEW.content = json_set(OLD.content, '$.note', '')
    AND (OLD.id, OLD.at, OLD.schema_version) = (NEW.id, NEW.at, NEW.schema_version))"""

only_added(handover_sheet, "sheets are only added", but_for=_NOTE_ONLY)

handover_signature = Table(
    "handover_signature",
    metadata,
    Column("sheet_id", Identity, ForeignKey("handover_sheet.id"), primary_key=True),
    Column("side", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("by_id", Identity, nullable=False),
    Column("by_name", Text, nullable=False),
    CheckConstraint(one_of("side", "left", "accepted"), name="side"),
)

only_added(handover_signature, "signatures are only added")
