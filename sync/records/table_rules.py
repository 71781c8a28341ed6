"""Common parts of all tables: outbox entities, constraints, append-only triggers, column types."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import DDL, Column, Dialect, Integer, MetaData, String, Table, Text, event, text
from sqlalchemy.types import TypeDecorator, TypeEngine, UserDefinedType


class Entity(StrEnum):
    """Kind of an outbox row."""

    CALL = "call"
    MESSAGE = "message"
    MESSAGE_EVENT = "message_event"
    AUDIT = "audit"
    CITY_EDIT = "city_edit"
    OPERATOR_STATE = "operator_state"
    INCIDENT_EVENT = "incident_event"
    MISSED_MARK = "missed_mark"
    """Resolution of another workplace's missed call."""
    PLANNED_CALL = "planned_call"
    PLANNED_STEP = "planned_step"
    STANDING = "message_standing"
    """Status of another workplace's message after actions recorded here."""


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def one_of(column: str, *values: str) -> str:
    """Returns the SQL check that a column holds one of these values."""
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def stated(value: str, absence: str) -> str:
    """Returns the SQL check that exactly one of value and reason of absence is stored."""
    reasons = one_of(absence, "not_asked", "not_given", "erased")
    return f"({value} IS NULL) = ({absence} IS NOT NULL) AND ({absence} IS NULL OR {reasons})"


POST_STATES = one_of("state", "waiting", "posting", "token", "posted", "closed", "rejected")


def platform_columns(moment: type[TypeEngine[Any]] | TypeEngine[Any]) -> list[Column[Any]]:
    """Returns the columns of a submission to the platform; ``moment`` is the time type."""
    return [
        Column("state", Text, nullable=False),
        Column("tries", Integer, nullable=False, server_default=text("0")),
        Column("first_begun_at", moment),
        Column("next_try_at", moment),
        Column("token", Text),
        Column("platform_id", Text),
        Column("posted_at", moment),
        Column("last_error", Text),
    ]


def only_added(table: Table, told: str, but_for: str = "") -> None:
    """Adds triggers that reject updates and deletions, by a bug or by hand.

    ``but_for`` is the condition under which an update is rejected; empty rejects every update.
    """
    for change in ("UPDATE", "DELETE"):
        when = f"WHEN {but_for} " if but_for and change == "UPDATE" else ""
        trigger = DDL(  # type: ignore[no-untyped-call]  # SQLAlchemy's own has no types
            f"CREATE TRIGGER {table.name}_no_{change.lower()} BEFORE {change} ON {table.name} "
            f"{when}BEGIN SELECT RAISE(ABORT, '{told}'); END"
        )
        event.listen(table, "after_create", trigger)


class Moment(TypeDecorator[datetime]):
    """Timestamp stored as ISO 8601 in UTC with microseconds; text order is time order."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class Identity(TypeDecorator[UUID]):
    """UUID stored in its canonical text form."""

    impl = String(36)
    cache_ok = True

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> UUID | None:
        return None if value is None else UUID(value)


class TransactionId(UserDefinedType[int]):
    """PostgreSQL's ``xid8``, which never wraps around; used in central tables only."""

    cache_ok = True

    def get_col_spec(self, **_options: object) -> str:
        return "xid8"
