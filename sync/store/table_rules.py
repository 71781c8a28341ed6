"""What tables have in common: names of constraints, checks, and that rows are only added."""

from __future__ import annotations

from typing import Any

from sqlalchemy import DDL, Column, Integer, MetaData, Table, Text, event, text
from sqlalchemy.types import TypeEngine

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
