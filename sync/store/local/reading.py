"""Read access to the local database, and caches for the list of calls. Thread-safe.

The caches reuse record objects whose rows have not changed, and values that many records share.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Self, TypeVar, cast
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    and_,
    bindparam,
    func,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import NULLTYPE

from sync.errors import StoreOutdated, StoreTooNew, StoreUnreadable
from sync.records.replicated_tables import call_record, message
from sync.records.row_codec import call_of, message_of
from sync.records.workplace_tables import operator, station
from sync.register.calls.calls import CallRecord, CallState
from sync.register.messages import MessageRecord, State
from sync.register.numbering import RegistrationNumber
from sync.register.people.operators import Operator, Role
from sync.store import migrations
from sync.store.local import outbox
from sync.store.local.engine import check_integrity, reading_engine, store_error
from sync.store.local.keys import StoreKey
from sync.store.local.outbox import OutboxRow, OutboxStatus, PoisonRow, UnsentRow

# Raw column values: converting them would take most of the time.
_AS_WRITTEN = [type_coerce(column, NULLTYPE) for column in call_record.c]
_BY_IDENTITY = select(call_record).where(call_record.c.id.in_(bindparam("asked", expanding=True)))
_ASKED_AT_ONCE = 500  # SQLite allows some thousand values in a statement
_MOST_SHARED = 2000  # a day has fewer operators, entries and topics

Value = TypeVar("Value", bound=Hashable)


class KnownCalls:
    """Cache of the records of one list, keyed by the content of their rows. Thread-safe.

    A record is rebuilt if any column of its row has changed: an erasure does not increment the
    revision.
    """

    def __init__(self) -> None:
        self._known: dict[int, CallRecord] = {}
        self._shared = SharedValues()

    def read(
        self, connection: Connection, *conditions: ColumnElement[bool]
    ) -> tuple[CallRecord, ...]:
        """Returns the calls that match these conditions, oldest first."""
        query = (
            select(call_record.c.id, *_AS_WRITTEN)
            .where(*conditions)
            .order_by(call_record.c.arrived_at, call_record.c.id)
        )
        # A collision of two 64-bit hashes is negligible.
        rows = {row[0]: hash(tuple(row[1:])) for row in connection.execute(query)}
        known = self._known
        made = self._made(connection, [id for id, said in rows.items() if said not in known])
        found = {said: made.get(id) or known[said] for id, said in rows.items()}
        self._known = found
        return tuple(found.values())

    def _made(self, connection: Connection, ids: list[UUID]) -> dict[UUID, CallRecord]:
        records: dict[UUID, CallRecord] = {}
        for first in range(0, len(ids), _ASKED_AT_ONCE):
            asked = {"asked": ids[first : first + _ASKED_AT_ONCE]}
            for row in connection.execute(_BY_IDENTITY, asked).mappings():
                records[row["id"]] = self._shared.in_record(call_of(row))
        return records


class SharedValues:
    """Caches values that many records of a day share, so equal values are one object. Thread-safe.

    Without this cache each row has separate objects: a record takes 3 kB, more than 1 kB of it for
    shared values.
    """

    def __init__(self, most: int = _MOST_SHARED) -> None:
        """Creates an empty cache for at most ``most`` values."""
        self._most = most
        self._values: dict[Hashable, Hashable] = {}

    @property
    def count(self) -> int:
        """Number of cached values."""
        return len(self._values)

    def in_record(self, card: CallRecord) -> CallRecord:
        """Returns an equal record that uses the cached values."""
        once = self._once
        return replace(
            card,
            number=replace(
                card.number, period=once(card.number.period), station=once(card.number.station)
            ),
            direction=once(card.direction),
            end_cause=once(card.end_cause),
            dialled_line=once(card.dialled_line),
            used_entries=tuple(map(once, card.used_entries)),
            topic=once(card.topic),
            category=once(card.category),
            operator_id=once(card.operator_id),
            operator_name=once(card.operator_name),
            closed_by_id=once(card.closed_by_id),
            closed_by_name=once(card.closed_by_name),
            workplace=once(card.workplace),
            route=once(card.route),
        )

    def _once(self, value: Value) -> Value:
        values = self._values
        if len(values) >= self._most and value not in values:
            values = self._values = {}
        return cast("Value", values.setdefault(value, value))


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Station:
    """Workplace: its code in every registration number, and the identity of this database."""

    code: str
    install_id: UUID
    made_at: datetime


class RegisterReading:
    """Register as of the last commit.

    All methods return frozen records and raise StoreError if the file cannot be read. Thread-safe.
    """

    def __init__(self, engine: Engine) -> None:
        self._readers = engine
        self._day = KnownCalls()

    @classmethod
    def open_for_reading(cls, path: Path, key: StoreKey) -> Self:
        """Opens the register of a file that another process may be writing. Raises StoreError.

        Raises StoreTooNew or StoreOutdated if the schema version differs from this version's.
        """
        if not path.exists():
            raise StoreUnreadable("absent")
        reading = cls(reading_engine(path, key))
        found, known = reading.read(migrations.current), migrations.newest(migrations.LOCAL)
        if found != known:
            reading.close_reading()
            if found is None or found in migrations.revisions(migrations.LOCAL):
                raise StoreOutdated(found, known)
            raise StoreTooNew(found, known)
        return reading

    def close_reading(self) -> None:
        """Closes the files; this object cannot read afterwards."""
        self._readers.dispose()

    def read(self, function: Callable[[Connection], T]) -> T:
        """Runs a function in one read transaction and returns its result.

        All queries of the function see the same snapshot.
        """
        try:
            with self._readers.connect() as connection:
                return self._read(connection, function)
        except DBAPIError as error:
            known = store_error(error)
            if known is None:
                raise
            raise known from error

    def check(self) -> None:
        """Raises StoreUnreadable("damaged") unless the complete file is intact."""
        self.read(check_integrity)

    def station(self) -> Station:
        """Returns the workplace of this database."""
        row = self.read(lambda connection: connection.execute(select(station)).one())
        return Station(row.code, row.install_id, row.made_at)

    # --- calls -------------------------------------------------------------------------------

    def call(self, id: UUID) -> CallRecord | None:
        """Returns the call with this identifier; None if unknown."""
        return self._call(call_record.c.id == id)

    def call_by_sip_id(self, sip_call_id: str) -> CallRecord | None:
        """Returns the call with this SIP Call-ID; None if unknown."""
        return self._call(call_record.c.sip_call_id == sip_call_id)

    def call_by_number(self, number: RegistrationNumber) -> CallRecord | None:
        """Returns the call with this registration number; None if unknown."""
        return self._call(call_record.c.number == str(number))

    def calls_between(self, start: datetime, end: datetime) -> tuple[CallRecord, ...]:
        """Returns calls that arrived from ``start`` up to but excluding ``end``, oldest first.

        Drafts are included.
        """
        return self._calls(call_record.c.arrived_at >= start, call_record.c.arrived_at < end)

    def calls_of_day(self, start: datetime, end: datetime) -> tuple[CallRecord, ...]:
        """Returns the calls of this period, and manual records created in it for earlier requests.

        Records unchanged since the last query are the same objects.
        """
        is_written = and_(
            call_record.c.way.is_not(None),
            call_record.c.created_at >= start,
            call_record.c.created_at < end,
        )
        arrived = and_(call_record.c.arrived_at >= start, call_record.c.arrived_at < end)
        return self.read(lambda connection: self._day.read(connection, or_(arrived, is_written)))

    def drafts(self) -> tuple[CallRecord, ...]:
        """Returns the call records that are not closed, oldest first."""
        return self._calls(call_record.c.state == CallState.DRAFT.value)

    def calls_closed_last(self, limit: int) -> tuple[CallRecord, ...]:
        """Returns the most recently arrived closed calls, newest first, at most ``limit``."""
        newest = (
            select(call_record)
            .where(call_record.c.state == CallState.CLOSED.value)
            .order_by(call_record.c.arrived_at.desc())
            .limit(limit)
        )
        found = self.read(lambda connection: connection.execute(newest).mappings().all())
        return tuple(call_of(row) for row in found)

    # --- messages ----------------------------------------------------------------------------

    def message(self, id: UUID) -> MessageRecord | None:
        """Returns the message with this identifier; None if unknown."""
        found = self._messages(message.c.id == id)
        return found[0] if found else None

    def message_by_number(self, number: RegistrationNumber) -> MessageRecord | None:
        """Returns the message with this registration number; None if unknown."""
        found = self._messages(message.c.number == str(number))
        return found[0] if found else None

    def messages_of_day(self, start: datetime, end: datetime) -> tuple[MessageRecord, ...]:
        """Returns messages created, submitted or registered in this period, oldest first.

        Drafts are included. A message created before midnight and registered after it belongs to
        both days.
        """
        made, submitted, registered = (
            and_(moment >= start, moment < end)
            for moment in (message.c.created_at, message.c.submitted_at, message.c.registered_at)
        )
        # The index of ``submitted_at`` starts with the state.
        in_any_state = message.c.state.in_([state.value for state in State])
        return self._messages(or_(made, registered, and_(in_any_state, submitted)))

    def messages_answered(self, since: datetime) -> tuple[MessageRecord, ...]:
        """Returns messages created at ``since`` or later that have an answer, oldest first."""
        return self._messages(message.c.created_at >= since, message.c.answer_text.is_not(None))

    def message_drafts(self) -> tuple[MessageRecord, ...]:
        """Returns draft messages of calls whose record is still open, oldest first."""
        open_cards = select(call_record.c.id).where(call_record.c.state == CallState.DRAFT.value)
        return self._messages(
            message.c.state == State.DRAFT.value, message.c.call_id.in_(open_cards)
        )

    def messages_begun(self, operator_id: UUID | None = None) -> tuple[MessageRecord, ...]:
        """Returns draft messages without a call, oldest first.

        Returns only those of this operator; with None, of all operators of this workplace.
        """
        own = () if operator_id is None else (message.c.operator_id == operator_id,)
        return self._messages(
            message.c.state == State.DRAFT.value, message.c.call_id.is_(None), *own
        )

    def messages_unfinished(self) -> tuple[MessageRecord, ...]:
        """Returns every draft message, with or without a call, oldest first."""
        return self._messages(message.c.state == State.DRAFT.value)

    def messages_unfinished_of(self, call_id: UUID) -> tuple[MessageRecord, ...]:
        """Returns the draft messages of this call, oldest first."""
        return self._messages(message.c.state == State.DRAFT.value, message.c.call_id == call_id)

    def messages_waiting(self) -> tuple[MessageRecord, ...]:
        """Returns registered messages not yet submitted to the platform, oldest first."""
        return self._messages(message.c.registered_at.is_not(None), message.c.platform_id.is_(None))

    def messages_unanswered(self) -> tuple[MessageRecord, ...]:
        """Returns messages on the platform without an answer, oldest first."""
        return self._messages(message.c.platform_id.is_not(None), message.c.answer_text.is_(None))

    # --- operators ---------------------------------------------------------------------------

    def has_operators(self) -> bool:
        """Whether the first operator has been created."""
        return self.read(
            lambda connection: connection.scalar(select(func.count()).select_from(operator)) != 0
        )

    def operators(self) -> tuple[Operator, ...]:
        """Returns all operators of this database, by name."""
        found = self.read(
            lambda connection: connection.execute(
                select(operator).order_by(operator.c.name, operator.c.id)
            ).all()
        )
        return tuple(Operator(row.id, row.login, row.name, Role(row.role)) for row in found)

    # --- outbox ------------------------------------------------------------------------------

    def outbox_status(self) -> OutboxStatus:
        """Returns the number of pending records, the time of the oldest, and the number of rejected
        rows.
        """
        return self.read(outbox.status)

    def outbox_waiting(self, limit: int) -> tuple[OutboxRow, ...]:
        """Returns the next rows to send, the latest revision of each record, oldest first."""
        return self.read(lambda connection: outbox.waiting(connection, limit))

    def outbox_poison(self) -> tuple[PoisonRow, ...]:
        """Returns the rejected records, oldest first."""
        return self.read(outbox.poison)

    def outbox_unsent(self) -> tuple[UnsentRow, ...]:
        """Returns every revision that the central database does not have, oldest first."""
        return self.read(outbox.unsent)

    def _read(self, connection: Connection, function: Callable[[Connection], T]) -> T:
        try:
            with connection.begin():
                return function(connection)
        except DBAPIError as error:
            if isinstance(store_error(error), StoreUnreadable):
                # SQLCipher returns nothing further on a connection that read a damaged page
                connection.invalidate()
                self._met_damage()
            raise

    def _met_damage(self) -> None:
        """Called on the thread that read a damaged page; a subclass may override it."""

    def _call(self, condition: ColumnElement[bool]) -> CallRecord | None:
        found = self._calls(condition)
        return found[0] if found else None

    def _calls(self, *conditions: ColumnElement[bool]) -> tuple[CallRecord, ...]:
        query = (
            select(call_record)
            .where(*conditions)
            .order_by(call_record.c.arrived_at, call_record.c.id)
        )
        found = self.read(lambda connection: connection.execute(query).mappings().all())
        return tuple(call_of(row) for row in found)

    def _messages(self, *conditions: ColumnElement[bool]) -> tuple[MessageRecord, ...]:
        query = select(message).where(*conditions).order_by(message.c.created_at, message.c.id)
        found = self.read(lambda connection: connection.execute(query).mappings().all())
        return tuple(message_of(row) for row in found)
