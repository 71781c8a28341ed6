"""Common parts of all tables: outbox entities, constraints, append-only triggers, column types."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import DDL, Column, Dialect, Integer, MetaData, String, Table, Text, event, text
from sqlalchemy.types import TypeDecorator, TypeEngine, UserDefinedType


class Entity(StrEnum):
    """What a row of the outbox is about."""

    CALL = "call"
    MESSAGE = "message"
    MESSAGE_EVENT = "message_event"
    AUDIT = "audit"
    CITY_EDIT = "city_edit"
    OPERATOR_STATE = "operator_state"
    INCIDENT_EVENT = "incident_event"
    MISSED_MARK = "missed_mark"
    """What was done here about a missed call of another workplace."""
    PLANNED_CALL = "planned_call"
    PLANNED_STEP = "planned_step"
    STANDING = "message_standing"
    """Where a message of another workplace stands after steps taken here."""


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
    """The SQL of a check that a column holds one of these values."""
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def stated(value: str, absence: str) -> str:
    """The SQL of a check that either a value or the reason of its absence is kept."""
    reasons = one_of(absence, "not_asked", "not_given", "erased")
    return f"({value} IS NULL) = ({absence} IS NOT NULL) AND ({absence} IS NULL OR {reasons})"


POST_STATES = one_of("state", "waiting", "posting", "token", "posted", "closed", "rejected")


def platform_columns(moment: type[TypeEngine[Any]] | TypeEngine[Any]) -> list[Column[Any]]:
    """How far a message has come on its way to the platform; ``moment`` is a tree's own type."""
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
    """What happened is never written anew: not by a bug and not by hand.

    ``but_for`` is the condition under which an update is refused, where some are not.
    """
    for change in ("UPDATE", "DELETE"):
        when = f"WHEN {but_for} " if but_for and change == "UPDATE" else ""
        trigger = DDL(  # type: ignore[no-untyped-call]  # SQLAlchemy's own has no types
            f"CREATE TRIGGER {table.name}_no_{change.lower()} BEFORE {change} ON {table.name} "
            f"{when}BEGIN SELECT RAISE(ABORT, '{told}'); END"
        )
        event.listen(table, "after_create", trigger)


class Moment(TypeDecorator[datetime]):
    """A moment as ISO 8601 in UTC with microseconds, so that text order is time order."""

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
    """A UUID in its usual text form."""

    impl = String(36)
    cache_ok = True

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> UUID | None:
        return None if value is None else UUID(value)


class TransactionId(UserDefinedType[int]):
    """PostgreSQL's ``xid8``, which never starts anew from 0; only the centre's tables have it."""

    cache_ok = True

    def get_col_spec(self, **_options: object) -> str:
        return "xid8"
