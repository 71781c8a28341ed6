"""The records of all workplaces as the central database has them, for reports and callers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ARRAY, ColumnElement, Connection, Text, Uuid, func, literal, select, text

from sync.register.calls import CallRecord
from sync.register.handling.events import Event
from sync.register.handling.handled import HandledMessage
from sync.register.handling.history import recalled
from sync.register.handling.states import OPEN, State
from sync.register.messages import MessageRecord
from sync.register.numbering import period_of
from sync.register.statistics import CallReport
from sync.store.central_call_report import central_call_report
from sync.store.central_partitions import following, this_month
from sync.store.central_tables import call_record, message, message_event
from sync.store.central_work import central_transaction
from sync.store.event_rows import event_of
from sync.store.rows import call_of, message_of

T = TypeVar("T")

KEYS_AT_ONCE = 1000
LAST_CALLS = 20
LAST_MESSAGES = 20
MONTHS_BACK = 12
"""How far a caller is looked for: each month more is another index to ask."""


@dataclass(frozen=True, slots=True)
class CallerHistory:
    """The last calls and the open messages of a telephone, newest first; of a year at most."""

    calls: tuple[CallRecord, ...]
    messages: tuple[MessageRecord, ...]


class CentralRegister:
    """The register of all workplaces, each question in a read-only transaction of its own.

    May be called on any thread, and waits for the network. Raises psycopg2.Error as the driver
    does. A login sees what its rights let it see, and its figures are made of that.
    """

    def __init__(self, dsn: str, opened: Callable[[Any], None] = lambda _driver: None) -> None:
        """``opened`` hears of the connection of each question, which may be broken off."""
        self._dsn = dsn
        self._opened = opened

    def call_report(self, first: date, last: date, zone: ZoneInfo) -> CallReport:
        """The report of the calls that arrived from ``first`` to ``last`` in this zone."""
        return self._read(lambda connection: central_call_report(connection, first, last, zone))

    def between(self, start: datetime, end: datetime) -> tuple[HandledMessage, ...]:
        """Messages made at ``start`` or later and before ``end``, without what stayed a draft."""
        return self._read(lambda connection: messages_between(connection, start, end))

    def in_states(self, states: Collection[State]) -> tuple[HandledMessage, ...]:
        """The messages that stand there, the one submitted first at the head."""
        return self._read(lambda connection: messages_in_states(connection, states))

    def caller(self, phone: str) -> CallerHistory:
        """The last calls and the open messages of a telephone (E.164)."""
        return self._read(lambda connection: caller_history(connection, phone))

    def _read(self, work: Callable[[Connection], T]) -> T:
        with central_transaction(self._dsn, self._opened) as connection:
            settle(connection)
            return work(connection)


def settle(connection: Connection) -> None:
    """Begin a transaction that reads one moment, as its first statement.

    Neither compiling these questions nor comparing them with every check of every month is worth
    the time it takes. The planner cannot know that many calls become few rows: it is told that
    workers may hand them over at no cost, and group them in memory, from an index.
    """
    connection.execute(
        text(
            "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;"
            " SET LOCAL jit = off; SET LOCAL constraint_exclusion = off;"
            " SET LOCAL parallel_tuple_cost = 0; SET LOCAL work_mem = '64MB';"
            " SET LOCAL random_page_cost = 1.1"
        )
    )


def messages_between(
    connection: Connection, start: datetime, end: datetime
) -> tuple[HandledMessage, ...]:
    """Messages of all workplaces by the moment they were begun, without what stayed a draft."""
    return _handled(
        connection,
        message.c.created_at >= start,
        message.c.created_at < end,
        message.c.submitted_at.is_not(None),
        # its number may have been given much later
        message.c.period >= following(period_of(start), -1),
    )


def messages_in_states(
    connection: Connection, states: Collection[State]
) -> tuple[HandledMessage, ...]:
    """Messages of all workplaces that stand there, the one submitted first at the head."""
    return _handled(connection, message.c.state.in_([state.value for state in states]))


def caller_history(
    connection: Connection,
    phone: str,
    *,
    calls: int = LAST_CALLS,
    messages: int = LAST_MESSAGES,
) -> CallerHistory:
    """The last calls and open messages whose author left this telephone (E.164).

    They have the numbers of this month, by the server's clock, and of the twelve before it.
    """
    oldest = following(this_month(connection), -MONTHS_BACK)
    called = connection.execute(
        select(call_record, call_record.c.rev.label("revision"))
        .where(call_record.c.phone == phone, call_record.c.period >= oldest)
        .order_by(call_record.c.arrived_at.desc())
        .limit(calls)
    )
    written = connection.execute(
        select(message, message.c.rev.label("revision"))
        .where(
            message.c.phone == phone,
            message.c.period >= oldest,
            message.c.state.in_(sorted(state.value for state in OPEN)),
        )
        .order_by(message.c.created_at.desc())
        .limit(messages)
    )
    return CallerHistory(
        tuple(map(call_of, called.mappings())), tuple(map(message_of, written.mappings()))
    )


def _handled(
    connection: Connection, *conditions: ColumnElement[bool]
) -> tuple[HandledMessage, ...]:
    rows = (
        connection.execute(
            select(message, message.c.rev.label("revision"))
            .where(*conditions)
            .order_by(message.c.submitted_at, message.c.created_at, message.c.id)
        )
        .mappings()
        .all()
    )
    events: dict[UUID, list[Event]] = {}
    for start in range(0, len(rows), KEYS_AT_ONCE):
        some = rows[start : start + KEYS_AT_ONCE]
        keys = [(row["station_id"], row["period"], row["id"]) for row in some]
        for event in _events(connection, keys):
            events.setdefault(event.message_id, []).append(event)
    return tuple(
        HandledMessage(record, recalled(record.id, events.get(record.id, ())))
        for record in map(message_of, rows)
    )


def _events(connection: Connection, keys: Sequence[tuple[str, str, UUID]]) -> list[Event]:
    """The events of these messages in their order, asked by their keys, which name the month."""
    stations, periods, ids = zip(*keys, strict=True)
    asked = (
        func.unnest(
            literal(list(stations), ARRAY(Text)),
            literal(list(periods), ARRAY(Text)),
            literal(list(ids), ARRAY(Uuid)),
        )
        .table_valued("station_id", "period", "message_id")
        .render_derived(name="asked")
    )
    rows = connection.execute(
        select(message_event)
        # told once more as values, by which the other months are left out of the plan
        .where(message_event.c.period.in_(sorted(set(periods))))
        .join(
            asked,
            (message_event.c.station_id == asked.c.station_id)
            & (message_event.c.period == asked.c.period)
            & (message_event.c.message_id == asked.c.message_id),
        )
        .order_by(message_event.c.message_id, message_event.c.seq)
    )
    return [event_of(row) for row in rows.mappings()]
