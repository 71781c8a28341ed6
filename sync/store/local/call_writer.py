"""Writes call records, additional questions and missed-call marks in the writer's transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, bindparam, insert, select, update

from sync.errors import UnknownRecord
from sync.records.replicated_tables import call_record, missed_mark
from sync.records.row_codec import call_of, call_row, give_number, plain, require_same
from sync.records.table_rules import Entity
from sync.records.workplace_tables import known_call, station
from sync.register.audit import Audited, AuditKind, Subject
from sync.register.calls import by_hand as hand_made
from sync.register.calls import calls
from sync.register.calls.calls import CallRecord, CallState, NewCall, RequestWay
from sync.register.calls.missed import MissedOutcome
from sync.register.handling.events import Source
from sync.register.numbering import RegistrationNumber, parse, period_of
from sync.register.people.operators import Operator
from sync.store.local import outbox
from sync.store.local.audit import AuditWriter
from sync.store.local.erased_records import is_erased
from sync.store.local.incident_rows import closer_of, link_incidents


def first_record(connection: Connection, number: RegistrationNumber) -> CallRecord | None:
    """Returns the first record of a call by its registration number; None if not found."""
    query = select(call_record).where(call_record.c.number == str(number))
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else call_of(row)


def questions_of(connection: Connection, first: CallRecord) -> tuple[CallRecord, ...]:
    """Returns the additional questions of the call with this first record."""
    query = select(call_record).where(call_record.c.part_of == str(first.number))
    return tuple(call_of(row) for row in connection.execute(query).mappings())


MARK_SCHEMA_VERSION = 1

# Columns fixed when the call arrives; a record that changes them is rejected.
_FIXED_OF_CALL = (
    "number",
    "direction",
    "sip_call_id",
    "arrived_at",
    "dialled_line",
    "caller_number_raw",
    "workplace",
    "created_at",
    "part_of",
    "route",
)
# A record without a call has no measured arrival time: the operator enters it.
_FIXED_BY_HAND = tuple(name for name in _FIXED_OF_CALL if name != "arrived_at")
# Built once: building them would slow down the autosave after every keystroke.
_CALL = select(call_record).where(call_record.c.id == bindparam("known_id"))
_NEW_CALL = insert(call_record)
_CHANGED_CALL = update(call_record).where(call_record.c.id == bindparam("known_id"))


class CallWriter:
    """Writes call records within an open transaction, on the writer's thread."""

    def __init__(
        self,
        audit: AuditWriter,
        new_id: Callable[[], UUID],
        clock: Callable[[], datetime],
        home_area_code: str,
    ) -> None:
        self._audit = audit
        self._new_id = new_id
        self._clock = clock
        self._home_area_code = home_area_code

    def open_card(self, connection: Connection, call: NewCall, operator: Operator) -> CallRecord:
        """Creates the record of this call with a new registration number.

        If a record with this Call-ID exists, returns that record.
        """
        known = connection.execute(
            select(call_record).where(call_record.c.sip_call_id == call.sip_call_id)
        ).mappings()
        for row in known:
            return call_of(row)
        number = give_number(connection, call.arrived_at)
        card = calls.open_card(
            call,
            id=self._new_id(),
            number=number,
            at=self._clock(),
            operator=operator,
            workplace=number.station,
            home_area_code=self._home_area_code,
        )
        connection.execute(_NEW_CALL, call_row(card))
        return card

    def open_by_hand(
        self, connection: Connection, way: RequestWay, operator: Operator
    ) -> CallRecord:
        """Creates the draft of a request without a call, with a new registration number."""
        at = self._clock()
        number = give_number(connection, at)
        card = hand_made.open_by_hand(
            way,
            id=self._new_id(),
            number=number,
            at=at,
            operator=operator,
            workplace=number.station,
        )
        connection.execute(_NEW_CALL, call_row(card))
        return card

    def open_further(
        self, connection: Connection, card: CallRecord, operator: Operator
    ) -> CallRecord:
        """Creates the draft of an additional question in the call of this record.

        Raises UnknownRecord if the first record of the call is missing.
        """
        first = first_record(connection, hand_made.first_of(card))
        if first is None:
            raise UnknownRecord(Entity.CALL.value, card.id)
        at = self._clock()
        question = hand_made.open_further(
            first, id=self._new_id(), number=give_number(connection, at), at=at, operator=operator
        )
        connection.execute(_NEW_CALL, call_row(question))
        return question

    def write(
        self, connection: Connection, card: CallRecord, by: Operator | None = None
    ) -> CallRecord:
        """Writes the record and returns its stored state.

        ``by`` is the operator who makes the change, if not the one who closed the record.
        """
        row = connection.execute(_CALL, {"known_id": card.id}).mappings().one_or_none()
        if row is None:
            raise UnknownRecord(Entity.CALL.value, card.id)
        stored = call_of(row)
        was_closed = stored.state is CallState.CLOSED
        if was_closed and is_erased(connection, Entity.CALL, card.id):
            return stored
        first = None if card.part_of is None else first_record(connection, card.part_of)
        if first is not None:
            card = hand_made.with_times_of(card, first)
        card = calls.keep_link(card, stored)
        by_hand = hand_made.is_by_hand(stored) and (first is not None or not was_closed)
        require_same(Entity.CALL, card, stored, _FIXED_BY_HAND if by_hand else _FIXED_OF_CALL)
        too_late = was_closed and card.state is CallState.DRAFT
        if too_late or replace(card, revision=stored.revision) == stored:
            return stored
        card = replace(card, revision=stored.revision + 1)
        values = call_row(card)
        connection.execute(_CHANGED_CALL, {"known_id": card.id, **values})
        if card.state is CallState.CLOSED:
            payload = plain(values)
            outbox.add(connection, Entity.CALL, card.id, card.revision, payload, self._clock())
            self._audit.add(connection, _closing(card, stored, by))
            link_incidents(connection, card, closer_of(card), self._new_id, self._clock())
        if hand_made.with_times_of(stored, card) != stored:
            self._tell_questions(connection, card)
        return card

    def mark_handled(
        self, connection: Connection, call_id: UUID, by: Operator, at: datetime
    ) -> None:
        """Marks this missed call as resolved, and queues the change for the central database."""
        row = connection.execute(_CALL, {"known_id": call_id}).mappings().one_or_none()
        if row is not None:
            self.write(connection, replace(call_of(row), handled_at=at), by)

    def mark_of_others(
        self,
        connection: Connection,
        call_id: UUID,
        by: Operator,
        at: datetime,
        outcome: MissedOutcome,
    ) -> int:
        """Marks a missed call of another workplace as resolved; returns the number of marked calls.

        Returns 0 if the call is unknown or already resolved, else 1.
        """
        known = connection.execute(select(known_call).where(known_call.c.id == call_id)).first()
        number = None if known is None or known.handled_at is not None else parse(known.number)
        if not isinstance(number, RegistrationNumber):
            return 0
        id = self._new_id()
        mark = {
            "id": id,
            "call_station": number.station,
            "call_period": number.period,
            "call_id": call_id,
            "at": at,
            "by_id": by.id,
            "by_name": by.name,
            "outcome": outcome.value,
            "schema_version": MARK_SCHEMA_VERSION,
        }
        added = connection.execute(insert(missed_mark).prefix_with("OR IGNORE").values(mark))
        if not added.rowcount:
            return 0
        # the feed delivers the same change later; this update resolves the caller's other missed
        # calls immediately
        handled = update(known_call).where(known_call.c.id == call_id).values(handled_at=at)
        connection.execute(handled)
        place = {"station_id": connection.scalar(select(station.c.code)), "period": period_of(at)}
        payload = {**plain(mark), **place, "revision": 1}
        outbox.add(connection, Entity.MISSED_MARK, id, 1, payload, self._clock())
        told = Audited(AuditKind.CALL_CHANGED, by.id, None, Subject.CALL, call_id)
        self._audit.add(connection, told)
        return 1

    def _tell_questions(self, connection: Connection, first: CallRecord) -> None:
        """Copies the times of the call to its additional questions."""
        for question in questions_of(connection, first):
            self.write(connection, question)


def _closing(card: CallRecord, stored: CallRecord, by: Operator | None) -> Audited:
    was_closed = stored.state is CallState.CLOSED
    kind = AuditKind.CALL_CHANGED if was_closed else AuditKind.CALL_CLOSED
    # a record that was registered automatically has no closing operator
    by_id = card.closed_by_id if by is None else by.id
    source = Source.SYSTEM.value if by_id is None else None
    return Audited(kind, by_id, source, Subject.CALL, card.id)
