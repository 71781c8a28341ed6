"""Writes message records in the writer's transaction: save, submit, register, change, delete."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, delete, func, insert, select, update

from sync.errors import RecordMismatch
from sync.records.replicated_tables import message
from sync.records.row_codec import give_number, message_of, message_row, require_same
from sync.records.table_rules import Entity
from sync.records.workplace_message_tables import message_photo
from sync.register.audit import AuditKind, Subject, done_by
from sync.register.handling.contents import NOTHING_FOUND, Confidential
from sync.register.handling.events import Doer, person
from sync.register.handling.handled import StepDone, handed_in, registered_at_once
from sync.register.handling.history import StepRefused
from sync.register.messages import MessageRecord, State
from sync.register.people.operators import Operator, Person
from sync.store.local.audit import AuditWriter
from sync.store.local.erased_records import is_erased
from sync.store.local.step_writer import StepWriter

_FIXED_OF_MESSAGE = ("call_id", "created_at")
# Derived from the message's events; a record cannot change these columns.
_OF_EVENTS = (
    "state",
    "text",
    "topic",
    "category",
    "event_on",
    "event_time",
    "place",
    "publicity",
    "submitted_at",
    "registered_at",
)


class MessageWriter:
    """Writes messages within an open transaction, on the writer's thread."""

    def __init__(
        self, audit: AuditWriter, steps: StepWriter, clock: Callable[[], datetime]
    ) -> None:
        self._audit = audit
        self._steps = steps
        self._clock = clock

    def write(
        self,
        connection: Connection,
        record: MessageRecord,
        by: Operator | None = None,
        confidential: frozenset[Confidential] = NOTHING_FOUND,
    ) -> MessageRecord:
        """Writes the message and returns its stored state.

        ``by`` is the operator who registers the message, if not the operator who created it.
        """
        row = (
            connection.execute(select(message).where(message.c.id == record.id))
            .mappings()
            .one_or_none()
        )
        stored = None if row is None else message_of(row)
        if stored is not None:
            require_same(Entity.MESSAGE, record, stored, _FIXED_OF_MESSAGE)
            if stored.number is not None and record.number not in (None, stored.number):
                raise RecordMismatch(Entity.MESSAGE.value, record.id, "number")
            record = replace(record, number=stored.number, revision=stored.revision)
            if stored.state is not State.DRAFT:
                if record.state is State.DRAFT or stored.submitted_at is None:
                    return stored  # a closed draft, never submitted
                if is_erased(connection, Entity.MESSAGE, record.id):
                    return stored
                record = replace(record, **{name: getattr(stored, name) for name in _OF_EVENTS})
            if record == stored:
                return stored
            record = replace(record, revision=stored.revision + 1)
        elif record.number is not None:
            raise RecordMismatch(Entity.MESSAGE.value, record.id, "number")
        if record.state is State.DRAFT:
            _put_message(connection, record, is_new=stored is None)
            return record
        if stored is None or stored.state is State.DRAFT:
            draft = replace(record, state=State.DRAFT, revision=record.revision - 1)
            _put_message(connection, draft, is_new=stored is None)
            return self._register(connection, record, by, confidential)
        _put_message(connection, record, is_new=False)
        self._steps.queue(connection, record)
        doer = Person(record.operator_id, record.operator_name, record.operator_role)
        changed = done_by(doer, AuditKind.MESSAGE_CHANGED, Subject.MESSAGE, record.id)
        self._audit.add(connection, changed)
        return record

    def hand_in(
        self,
        connection: Connection,
        draft: MessageRecord,
        by: Doer,
        confidential: frozenset[Confidential] = NOTHING_FOUND,
        at: datetime | None = None,
    ) -> StepDone | StepRefused:
        """Submits the draft for review with its registration number (7.5).

        Returns the reason if this is refused. ``at`` is the submission time; None means now.
        """
        stored = self.write(connection, draft)
        with connection.begin_nested() as attempt:
            if stored.state is State.DRAFT and stored.number is None:
                numbered = replace(stored, number=give_number(connection, at or self._clock()))
                _put_message(connection, numbered, is_new=False)
            steps = handed_in(stored, _photos_of(connection, draft.id), confidential)
            outcome = self._steps.take(connection, draft.id, steps, by, at)
            if isinstance(outcome, StepRefused):
                attempt.rollback()  # a draft has no number: the next message gets this one
        return outcome

    def drop(self, connection: Connection, id: UUID) -> None:
        """Deletes a draft that belongs to no call and has no registration number."""
        connection.execute(
            delete(message).where(
                message.c.id == id,
                message.c.state == State.DRAFT.value,
                message.c.call_id.is_(None),
                message.c.number.is_(None),
            )
        )

    def _register(
        self,
        connection: Connection,
        record: MessageRecord,
        by: Operator | None,
        confidential: frozenset[Confidential],
    ) -> MessageRecord:
        """Registers the draft of this record by applying all steps that lead to registration."""
        at = record.registered_at or record.submitted_at or self._clock()
        number = record.number or give_number(connection, at)
        numbered = update(message).where(message.c.id == record.id)
        connection.execute(numbered.values(number=str(number)))
        doer = Person(record.operator_id, record.operator_name, record.operator_role)
        outcome = self._steps.take(
            connection,
            record.id,
            registered_at_once(record, number, _photos_of(connection, record.id), confidential),
            doer if by is None else person(by),
            at,
        )
        if isinstance(outcome, StepRefused):
            raise RecordMismatch(Entity.MESSAGE.value, record.id, outcome.code.value)
        return outcome.handled.record


def _photos_of(connection: Connection, message_id: UUID) -> int:
    own = message_photo.c.message_id == message_id
    return connection.scalars(select(func.count()).select_from(message_photo).where(own)).one()


def _put_message(connection: Connection, record: MessageRecord, *, is_new: bool) -> None:
    values = message_row(record)
    if is_new:
        connection.execute(insert(message).values(values))
    else:
        connection.execute(update(message).where(message.c.id == record.id).values(values))
