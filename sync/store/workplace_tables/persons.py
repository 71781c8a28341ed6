"""Whose personal data were taken away here, and what is still to be forgotten of them."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
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

# Of which records the personal data were taken away, why, and by which act; never unwritten.
erasure = Table(
    "erasure",
    metadata,
    Column("entity", Text, primary_key=True),
    Column("entity_id", Identity, primary_key=True),
    Column("cause", Text, nullable=False),
    Column("act_id", Identity),
    Column("at", Moment, nullable=False),
    CheckConstraint(one_of("entity", "call", "message"), name="entity"),
    CheckConstraint(one_of("cause", "request", "term"), name="cause"),
    CheckConstraint("(cause = 'request') = (act_id IS NOT NULL)", name="act"),
)

# What lost its words at the end of their term may be asked for by a person later.
_ASKED_FOR = """NOT (
    OLD.cause = 'term' AND NEW.cause = 'request'
    AND (OLD.entity, OLD.entity_id) = (NEW.entity, NEW.entity_id))"""

only_added(erasure, "an erasure is not undone", but_for=_ASKED_FOR)

# Surnames of who was erased, until the searches that hold one are forgotten; masked.
name_to_forget = Table(
    "name_to_forget",
    metadata,
    Column("salt", Text, primary_key=True),
    Column("letters", Integer, nullable=False),
    Column("longest", Integer, nullable=False),
    Column("digest", Text, nullable=False),
)
