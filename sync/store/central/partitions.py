"""Monthly partitions of the central database, created before the rows of the month arrive.

Rows of a month without a partition are stored in the default partition and are never refused. The
changes are part of the caller's transaction, which locks the tables until its commit.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import sqlalchemy
from sqlalchemy import Connection, column, func, select, table, text

from sync.records.central_tables import call_record, message, message_event

AHEAD_MONTHS = 3
BY_MONTH = (call_record.name, message.name, message_event.name)


@dataclass(frozen=True, slots=True)
class MonthMade:
    """A new partition. ``moved`` is the number of rows moved into it from the default partition."""

    table: str
    period: str
    moved: int


@dataclass(frozen=True, slots=True)
class Months:
    """Current month, and months with partitions in all tables, oldest first (YYMM).

    ``others`` are the row counts of the default partitions by month: rows of wrong clocks, or from
    before the tables were partitioned.
    """

    this: str
    made: tuple[str, ...]
    others: tuple[tuple[str, int], ...]

    @property
    def newest(self) -> str | None:
        return self.made[-1] if self.made else None


def make_ahead(connection: Connection, months: int = AHEAD_MONTHS) -> tuple[MonthMade, ...]:
    """Creates the missing partitions of the current month, by the server's clock, and the next
    ``months``.
    """
    this = this_month(connection)
    made = (make_month(connection, following(this, count)) for count in range(months + 1))
    return tuple(partition for month in made for partition in month)


def make_month(connection: Connection, period: str) -> tuple[MonthMade, ...]:
    """Creates the missing partitions of a month and moves its rows into them."""
    found = connection.execute(
        text("SELECT made, moved FROM make_month(:period)"), {"period": period}
    )
    return tuple(MonthMade(row.made.removesuffix(f"_{period}"), period, row.moved) for row in found)


def months_of(connection: Connection) -> Months:
    """Returns the current month and the months with partitions.

    Works for the owner only: other roles cannot read partitions directly.
    """
    found = connection.scalars(
        text(
            "SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid"
            " WHERE inhparent IN (SELECT to_regclass(name) FROM unnest(:tables) AS name)"
        ),
        {"tables": list(BY_MONTH)},
    )
    tables = Counter(name.rpartition("_")[2] for name in found)
    made = sorted(name for name in tables if name.isdigit() and tables[name] == len(BY_MONTH))
    others: Counter[str] = Counter()
    for name in BY_MONTH:
        rest = table(f"{name}_default", column("period", sqlalchemy.String))
        query = select(rest.c.period, func.count()).group_by(rest.c.period)
        for period, rows in connection.execute(query):
            others[period] += rows
    return Months(this_month(connection), tuple(made), tuple(sorted(others.items())))


def this_month(connection: Connection) -> str:
    """Returns the month (YYMM) in Moscow by the server's clock."""
    return str(
        connection.scalar(text("SELECT to_char(now() AT TIME ZONE 'Europe/Moscow', 'YYMM')"))
    )


def following(period: str, count: int) -> str:
    """Returns the month (YYMM) ``count`` months later; earlier if ``count`` is negative."""
    months = int(period[:2]) * 12 + int(period[2:]) - 1 + count
    return f"{months // 12 % 100:02d}{months % 12 + 1:02d}"
