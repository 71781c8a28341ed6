"""How the centre keeps what a workplace sends: the local columns one for one, under its key."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Uuid,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from sync.store import table_rules
from sync.store.table_rules import one_of
from sync.store.types import Identity, Moment

metadata = MetaData(naming_convention=table_rules.metadata.naming_convention)


def central_type(local: TypeEngine[Any]) -> TypeEngine[Any]:
    """PostgreSQL's own type for what SQLite keeps as text."""
    match local:
        case Moment():
            return DateTime(timezone=True)
        case Identity():
            return Uuid()
        case JSON():
            return JSONB()
        case _:
            return local


def word_of(column: str, kind: type[StrEnum]) -> CheckConstraint:
    """A column holds a word of the domain, or nothing where it may be empty."""
    return CheckConstraint(one_of(column, *(word.value for word in kind)), name=column)


def added_table(local: Table, *further: Index | CheckConstraint) -> Table:
    """What workplaces only add to: the local columns one for one, each row once."""
    return Table(
        local.name,
        metadata,
        Column("station_id", String(4), primary_key=True),
        Column("period", String(4), primary_key=True),
        Column("id", Uuid, primary_key=True),
        *(
            Column(column.name, central_type(column.type), nullable=bool(column.nullable))
            for column in local.columns
            if column.name != "id"
        ),
        Column("rev", Integer, nullable=False),
        Column("received_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
        ForeignKeyConstraint(["station_id"], ["station.station_id"]),
        CheckConstraint("rev = 1", name="rev"),
        *further,
    )
