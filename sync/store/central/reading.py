"""Read access to the central database: a record by number, reports, history of a phone number."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select, text

from sync.records.central_tables import call_record, message
from sync.records.row_codec import call_of, message_of, plain
from sync.records.table_rules import Entity
from sync.register.audit import Audited, AuditKind, Subject
from sync.register.calls.calls import CallRecord
from sync.register.figures.call_statistics import CallReport
from sync.register.figures.reckoner import CountingRules
from sync.register.figures.tables import CountedTable
from sync.register.handling.handled import HandledMessage
from sync.register.messages import OPEN, MessageRecord, State
from sync.register.numbering import RegistrationNumber
from sync.store.central.audit import add_central, may_add
from sync.store.central.batch import TABLES
from sync.store.central.call_report import central_call_report
from sync.store.central.connection import central_transaction
from sync.store.central.courses import counted_between, counted_in_states
from sync.store.central.partitions import following, this_month
from sync.store.central.record_search import (
    Asked,
    find_calls,
    find_messages,
    operator_names,
    workplace_codes,
)
from sync.store.central.standings import messages_between, messages_in_states

_OWN_COLUMNS = ("station_id", "period", "counter", "received_at")


def central_record(dsn: str, number: RegistrationNumber) -> dict[str, Any] | None:
    """The record with this number in the form of the local store's rows, or None.

    Its ``kind`` is "call" or "message". That it was read is told to the audit where this login may
    write there, as the owner's may. Raises psycopg2.Error and DsnInvalid.
    """
    with central_transaction(dsn) as connection:
        for entity in (Entity.CALL, Entity.MESSAGE):
            table = TABLES[entity]
            query = select(table).where(
                table.c.station_id == number.station,
                table.c.period == number.period,
                table.c.counter == number.counter,
            )
            row = connection.execute(query).mappings().one_or_none()
            if row is not None:
                values = {name: row[name] for name in row if name not in _OWN_COLUMNS}
                values["revision"] = values.pop("rev")
                if may_add(connection):
                    _tell_reading(connection, entity, row["id"])
                return {"kind": entity.value, **plain(values)}
    return None


def _tell_reading(connection: Connection, entity: Entity, id: UUID) -> None:
    read = Audited(AuditKind.RECORD_READ, subject=Subject(entity.value), subject_id=id)
    add_central(connection, read)


T = TypeVar("T")

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

    def counted_between(self, start: datetime, end: datetime, by: CountingRules) -> CountedTable:
        """The same messages as the statistics see them, without reading what they say."""
        return self._read(lambda connection: counted_between(connection, start, end, by))

    def counted_in_states(self, states: Collection[State], by: CountingRules) -> CountedTable:
        """The messages that stand there, as the statistics see them."""
        return self._read(lambda connection: counted_in_states(connection, states, by))

    def caller(self, phone: str) -> CallerHistory:
        """The last calls and the open messages of a telephone (E.164)."""
        return self._read(lambda connection: caller_history(connection, phone))

    def find_calls(self, asked: Asked, most: int) -> tuple[CallRecord, ...]:
        """Calls of all workplaces in the order that was asked for."""
        return self._read(lambda connection: find_calls(connection, asked, most))

    def find_messages(self, asked: Asked, most: int) -> tuple[HandledMessage, ...]:
        """Messages of all workplaces with their history, the newest first."""
        return self._read(lambda connection: find_messages(connection, asked, most))

    def operator_names(self) -> tuple[str, ...]:
        """Everybody who is an operator of the centre, by name."""
        return self._read(operator_names)

    def workplace_codes(self) -> tuple[str, ...]:
        """The codes of all workplaces."""
        return self._read(workplace_codes)

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
