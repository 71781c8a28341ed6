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
    """Returns the record with this registration number, in the form of local rows; None if not
    found.

    ``kind`` is "call" or "message". The access is audited if this login may write to the audit log,
    as the owner may. Raises psycopg2.Error and DsnInvalid.
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
"""Months searched for a caller; each month is one more index scan."""


@dataclass(frozen=True, slots=True)
class CallerHistory:
    """The last calls and open messages of a phone number, newest first, within a year."""

    calls: tuple[CallRecord, ...]
    messages: tuple[MessageRecord, ...]


class CentralRegister:
    """Register of all workplaces; each query has a separate read-only transaction.

    Thread-safe. Blocks; call on a worker thread. Raises psycopg2.Error as the driver does. Results
    include only rows that the login may read.
    """

    def __init__(self, dsn: str, opened: Callable[[Any], None] = lambda _driver: None) -> None:
        """Stores the DSN without connecting.

        ``opened`` receives the connection of each query, which allows another thread to shut it
        down.
        """
        self._dsn = dsn
        self._opened = opened

    def call_report(self, first: date, last: date, zone: ZoneInfo) -> CallReport:
        """Returns the report of the calls that arrived from ``first`` to ``last`` in this zone."""
        return self._read(lambda connection: central_call_report(connection, first, last, zone))

    def between(self, start: datetime, end: datetime) -> tuple[HandledMessage, ...]:
        """Returns messages created from ``start`` up to but excluding ``end``, without drafts."""
        return self._read(lambda connection: messages_between(connection, start, end))

    def in_states(self, states: Collection[State]) -> tuple[HandledMessage, ...]:
        """Returns the messages in these states, in order of submission."""
        return self._read(lambda connection: messages_in_states(connection, states))

    def counted_between(self, start: datetime, end: datetime, by: CountingRules) -> CountedTable:
        """Returns the messages that ``between`` returns as statistics rows, without their text."""
        return self._read(lambda connection: counted_between(connection, start, end, by))

    def counted_in_states(self, states: Collection[State], by: CountingRules) -> CountedTable:
        """Returns the messages that ``in_states`` returns as statistics rows, without their
        text.
        """
        return self._read(lambda connection: counted_in_states(connection, states, by))

    def caller(self, phone: str) -> CallerHistory:
        """Returns the last calls and the open messages of a phone number (E.164)."""
        return self._read(lambda connection: caller_history(connection, phone))

    def find_calls(self, asked: Asked, most: int) -> tuple[CallRecord, ...]:
        """Returns at most ``most`` calls of all workplaces in the requested order."""
        return self._read(lambda connection: find_calls(connection, asked, most))

    def find_messages(self, asked: Asked, most: int) -> tuple[HandledMessage, ...]:
        """Returns at most ``most`` messages of all workplaces with their history, newest first."""
        return self._read(lambda connection: find_messages(connection, asked, most))

    def operator_names(self) -> tuple[str, ...]:
        """Returns the names of all operators, sorted."""
        return self._read(operator_names)

    def workplace_codes(self) -> tuple[str, ...]:
        """Returns the codes of all workplaces, sorted."""
        return self._read(workplace_codes)

    def _read(self, work: Callable[[Connection], T]) -> T:
        with central_transaction(self._dsn, self._opened) as connection:
            settle(connection)
            return work(connection)


def settle(connection: Connection) -> None:
    """Makes the transaction read-only with a stable snapshot; must be its first statement.

    Also sets planner options. JIT compilation and constraint exclusion take more time than they
    save here. The planner cannot know that many calls are reduced to few rows; the settings make it
    use parallel workers and an index, and group in memory.
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
    """Returns the last calls and open messages with this phone number (E.164).

    Covers registration numbers of this month, by the server's clock, and of the twelve months
    before.
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
