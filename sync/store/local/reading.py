"""Read access to the local database on any thread; caches for the list of calls.

The caches reuse records with unchanged rows, and equal values of many records.
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

# As the file has them: to make values of our own of them takes most of the time.
_AS_WRITTEN = [type_coerce(column, NULLTYPE) for column in call_record.c]
_BY_IDENTITY = select(call_record).where(call_record.c.id.in_(bindparam("asked", expanding=True)))
_ASKED_AT_ONCE = 500  # SQLite takes some thousand values in a statement
_MOST_SHARED = 2000  # values; of people who work here, of entries and topics a day sees fewer

Value = TypeVar("Value", bound=Hashable)


class KnownCalls:
    """Records of the last list by what their rows said, for one list; any thread.

    A record is new where anything at all in its row is: an erasure raises no revision.
    """

    def __init__(self) -> None:
        self._known: dict[int, CallRecord] = {}
        self._shared = SharedValues()

    def read(
        self, connection: Connection, *conditions: ColumnElement[bool]
    ) -> tuple[CallRecord, ...]:
        """The calls of these conditions, oldest first."""
        query = (
            select(call_record.c.id, *_AS_WRITTEN)
            .where(*conditions)
            .order_by(call_record.c.arrived_at, call_record.c.id)
        )
        # Two rows have one hash of 64 bits too seldom to be met.
        rows = {row[0]: hash(tuple(row[1:])) for row in connection.execute(query)}
        known = self._known
        made = self._made(connection, [id for id, said in rows.items() if said not in known])
        found = {said: made.get(id) or known[said] for id, said in rows.items()}
        self._known = found
        return tuple(found.values())

    def _made(self, connection: Connection, ids: list[UUID]) -> dict[UUID, CallRecord]:
        """The records of these identities."""
        records: dict[UUID, CallRecord] = {}
        for first in range(0, len(ids), _ASKED_AT_ONCE):
            asked = {"asked": ids[first : first + _ASKED_AT_ONCE]}
            for row in connection.execute(_BY_IDENTITY, asked).mappings():
                records[row["id"]] = self._shared.in_record(call_of(row))
        return records


class SharedValues:
    """One object for each value that many records of a day have; any thread.

    Each row is read into objects of its own: of the 3 kB that a record takes then, more
    than one is these.
    """

    def __init__(self, most: int = _MOST_SHARED) -> None:
        """So many values at most are known at a time."""
        self._most = most
        self._values: dict[Hashable, Hashable] = {}

    @property
    def count(self) -> int:
        """How many values are known now."""
        return len(self._values)

    def in_record(self, card: CallRecord) -> CallRecord:
        """The same record, made of what other ones have too."""
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
        """The value, or the equal one that is known."""
        values = self._values
        if len(values) >= self._most and value not in values:
            values = self._values = {}
        return cast("Value", values.setdefault(value, value))


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Station:
    """This workplace: its code in every number, and the identity of this very store."""

    code: str
    install_id: UUID
    made_at: datetime


class RegisterReading:
    """The register as it stood at the last commit.

    Every method may be called on any thread and returns frozen records; each raises StoreError
    where the file cannot be read.
    """

    def __init__(self, engine: Engine) -> None:
        self._readers = engine
        self._day = KnownCalls()

    @classmethod
    def open_for_reading(cls, path: Path, key: StoreKey) -> Self:
        """The register of a file that another process may be writing; StoreError when it cannot.

        Raises StoreTooNew and StoreOutdated where the schema is not the one of this program.
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
        """Give back the files; nothing can be read afterwards on this object's connections."""
        self._readers.dispose()

    def read(self, function: Callable[[Connection], T]) -> T:
        """Run a function in one read transaction, so that its queries see the same moment."""
        try:
            with self._readers.connect() as connection:
                return self._read(connection, function)
        except DBAPIError as error:
            known = store_error(error)
            if known is None:
                raise
            raise known from error

    def check(self) -> None:
        """Return when the whole file is sound; raises StoreUnreadable("damaged") otherwise."""
        self.read(check_integrity)

    def station(self) -> Station:
        """The workplace of this store."""
        row = self.read(lambda connection: connection.execute(select(station)).one())
        return Station(row.code, row.install_id, row.made_at)

    # --- calls -------------------------------------------------------------------------------

    def call(self, id: UUID) -> CallRecord | None:
        """The call of this identity."""
        return self._call(call_record.c.id == id)

    def call_by_sip_id(self, sip_call_id: str) -> CallRecord | None:
        """The call that the phone knows by this Call-ID."""
        return self._call(call_record.c.sip_call_id == sip_call_id)

    def call_by_number(self, number: RegistrationNumber) -> CallRecord | None:
        """The call that was given this registration number."""
        return self._call(call_record.c.number == str(number))

    def calls_between(self, start: datetime, end: datetime) -> tuple[CallRecord, ...]:
        """Calls that arrived at ``start`` or later and before ``end``, drafts too, oldest first."""
        return self._calls(call_record.c.arrived_at >= start, call_record.c.arrived_at < end)

    def calls_of_day(self, start: datetime, end: datetime) -> tuple[CallRecord, ...]:
        """The same, and the requests of before that were written down by hand in this time.

        A record that has not changed since the last time is that of the last time.
        """
        is_written = and_(
            call_record.c.way.is_not(None),
            call_record.c.created_at >= start,
            call_record.c.created_at < end,
        )
        arrived = and_(call_record.c.arrived_at >= start, call_record.c.arrived_at < end)
        return self.read(lambda connection: self._day.read(connection, or_(arrived, is_written)))

    def drafts(self) -> tuple[CallRecord, ...]:
        """Cards that are not closed, oldest first."""
        return self._calls(call_record.c.state == CallState.DRAFT.value)

    def calls_closed_last(self, limit: int) -> tuple[CallRecord, ...]:
        """The closed calls that arrived last, newest first, no more than ``limit``."""
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
        """The message of this identity."""
        found = self._messages(message.c.id == id)
        return found[0] if found else None

    def message_by_number(self, number: RegistrationNumber) -> MessageRecord | None:
        """The message that was given this registration number."""
        found = self._messages(message.c.number == str(number))
        return found[0] if found else None

    def messages_of_day(self, start: datetime, end: datetime) -> tuple[MessageRecord, ...]:
        """Messages made, submitted or registered in this time, drafts too, oldest first.

        A message of before midnight that is registered after it is one of both days.
        """
        made, submitted, registered = (
            and_(moment >= start, moment < end)
            for moment in (message.c.created_at, message.c.submitted_at, message.c.registered_at)
        )
        # The index of ``submitted_at`` is by state.
        in_any_state = message.c.state.in_([state.value for state in State])
        return self._messages(or_(made, registered, and_(in_any_state, submitted)))

    def messages_answered(self, since: datetime) -> tuple[MessageRecord, ...]:
        """Messages made at ``since`` or later to which an organ's answer has come, oldest first."""
        return self._messages(message.c.created_at >= since, message.c.answer_text.is_not(None))

    def message_drafts(self) -> tuple[MessageRecord, ...]:
        """Messages begun in a call whose card is still open, oldest first."""
        open_cards = select(call_record.c.id).where(call_record.c.state == CallState.DRAFT.value)
        return self._messages(
            message.c.state == State.DRAFT.value, message.c.call_id.in_(open_cards)
        )

    def messages_begun(self, operator_id: UUID | None = None) -> tuple[MessageRecord, ...]:
        """Messages of no call that were begun and not handed in, oldest first.

        Those of this operator, or with None those of all who work here.
        """
        own = () if operator_id is None else (message.c.operator_id == operator_id,)
        return self._messages(
            message.c.state == State.DRAFT.value, message.c.call_id.is_(None), *own
        )

    def messages_unfinished(self) -> tuple[MessageRecord, ...]:
        """Every message that was begun and not handed in, of a call or of none, oldest first."""
        return self._messages(message.c.state == State.DRAFT.value)

    def messages_unfinished_of(self, call_id: UUID) -> tuple[MessageRecord, ...]:
        """The messages begun in this call and not handed in, oldest first."""
        return self._messages(message.c.state == State.DRAFT.value, message.c.call_id == call_id)

    def messages_waiting(self) -> tuple[MessageRecord, ...]:
        """Registered messages that the platform has not taken yet, oldest first."""
        return self._messages(message.c.registered_at.is_not(None), message.c.platform_id.is_(None))

    def messages_unanswered(self) -> tuple[MessageRecord, ...]:
        """Messages that the platform has taken and whose answer is not here, oldest first."""
        return self._messages(message.c.platform_id.is_not(None), message.c.answer_text.is_(None))

    # --- operators ---------------------------------------------------------------------------

    def has_operators(self) -> bool:
        """False only before the first operator is made."""
        return self.read(
            lambda connection: connection.scalar(select(func.count()).select_from(operator)) != 0
        )

    def operators(self) -> tuple[Operator, ...]:
        """All who may sign in, by name."""
        found = self.read(
            lambda connection: connection.execute(
                select(operator).order_by(operator.c.name, operator.c.id)
            ).all()
        )
        return tuple(Operator(row.id, row.login, row.name, Role(row.role)) for row in found)

    # --- outbox ------------------------------------------------------------------------------

    def outbox_status(self) -> OutboxStatus:
        """How many records the centre does not have, since when, and how many it refuses."""
        return self.read(outbox.status)

    def outbox_waiting(self, limit: int) -> tuple[OutboxRow, ...]:
        """The next rows to send, the newest revision of each record, oldest first."""
        return self.read(lambda connection: outbox.waiting(connection, limit))

    def outbox_poison(self) -> tuple[PoisonRow, ...]:
        """The records the centre refuses, oldest first."""
        return self.read(outbox.poison)

    def outbox_unsent(self) -> tuple[UnsentRow, ...]:
        """Every revision of a record that the centre does not hold, oldest first."""
        return self.read(outbox.unsent)

    def _read(self, connection: Connection, function: Callable[[Connection], T]) -> T:
        try:
            with connection.begin():
                return function(connection)
        except DBAPIError as error:
            if isinstance(store_error(error), StoreUnreadable):
                # SQLCipher answers nothing more on a connection that has met a damaged page
                connection.invalidate()
                self._met_damage()
            raise

    def _met_damage(self) -> None:
        """A page that was asked for cannot be believed; on the thread that asked."""

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
