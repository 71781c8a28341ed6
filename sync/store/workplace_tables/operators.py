"""Who signs in here, with her desk as she has set it up and what she is typing."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from sync.store.table_rules import (
    metadata,
)
from sync.store.types import Identity, Moment

operator = Table(
    "operator",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("login", Text(collation="NOCASE"), nullable=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("failures", Integer, nullable=False, server_default=text("0")),
    Column("last_failure_at", Moment),
    Column("created_at", Moment, nullable=False),
    # of who was let in by the centre: until when they may come in without it
    Column("good_until", Moment),
    Column("disabled_at", Moment),
    UniqueConstraint("login"),
)

# How a person has set up the desk for herself, whole.
own_desk = Table(
    "own_desk",
    metadata,
    Column("operator_id", Identity, primary_key=True),
    Column("document", JSON, nullable=False),
    Column("changed_at", Moment, nullable=False),
    # by this computer's clock, where it was chosen here and the centre has not counted it yet
    Column("chosen_at", Moment),
)

# What stands in forms that make no record before they are sent, by who types it. Files of an
# answer are further parts of it.
kept_words = Table(
    "kept_words",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("operator_id", Identity, nullable=False),
    Column("form", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("part", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("words", JSON, nullable=False),
    Column("content", LargeBinary),
    UniqueConstraint("operator_id", "form", "subject", "part"),
)
