"""Reopens a saved call as a draft, together with the messages registered with it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import Connection, select, update
from uuid_utils.compat import uuid7

from sync.errors import UnknownRecord
from sync.records.replicated_tables import call_record, message
from sync.records.row_codec import call_of, call_row, plain
from sync.records.table_rules import Entity
from sync.register.audit import AuditKind, Subject, done_by
from sync.register.calls.calls import CallRecord
from sync.register.handling.events import Step, person
from sync.register.handling.handled import StepDone
from sync.register.handling.reopening import ReopenProblem, registration_of, reopened
from sync.register.handling.step_facts import TakenBack
from sync.register.people.operators import Operator
from sync.store.local import outbox
from sync.store.local.incident_rows import link_incidents
from sync.store.local.register import RegisterStore
from sync.store.local.step_writer import handled_in


@dataclass(frozen=True, slots=True)
class Reopened:
    """Reopened call record, and the applied steps that returned its messages to review."""

    card: CallRecord
    messages: tuple[StepDone, ...] = ()


class SavedCalls:
    """Reverts the saving of a call. Futures resolve after COMMIT."""

    def __init__(
        self,
        store: RegisterStore,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        new_id: Callable[[], UUID] = uuid7,
    ) -> None:
        self._store = store
        self._clock = clock
        self._new_id = new_id

    def reopen(self, saved: CallRecord, by: Operator) -> Future[Reopened | ReopenProblem]:
        """Reopens the call as a draft with the same registration number.

        Resolves to the reason if this is refused; then nothing is written. The central database may
        have the saved record already; the draft is then sent as its next revision. The registration
        of the call's messages is reverted too, unless it was already passed on.
        """
        return self._store.write(
            lambda connection: self._reopen(connection, saved, by), feeds_outbox=True
        )

    def _reopen(
        self, connection: Connection, saved: CallRecord, by: Operator
    ) -> Reopened | ReopenProblem:
        own = call_record.c.id == saved.id
        row = connection.execute(select(call_record).where(own)).mappings().one_or_none()
        if row is None:
            raise UnknownRecord(Entity.CALL.value, saved.id)
        at = self._clock()
        outcome = reopened(call_of(row), saved.revision, at, by)
        if isinstance(outcome, ReopenProblem):
            return outcome
        card = replace(outcome, revision=outcome.revision + 1)
        values = call_row(card)
        connection.execute(update(call_record).where(own).values(values))
        outbox.add(connection, Entity.CALL, card.id, card.revision, plain(values), at)
        audited = done_by(by, AuditKind.CALL_REOPENED, Subject.CALL, card.id)
        self._store.audit.add(connection, audited)
        link_incidents(connection, card, person(by), self._new_id, at)
        return Reopened(card, self._messages(connection, card, by))

    def _messages(
        self, connection: Connection, card: CallRecord, by: Operator
    ) -> tuple[StepDone, ...]:
        of_call = select(message.c.id).where(message.c.call_id == card.id)
        taken = []
        for id in connection.scalars(of_call.order_by(message.c.created_at)).all():
            handled = handled_in(connection, id)
            registered = None if handled is None else registration_of(card, handled)
            if registered is None:
                continue
            step = (Step.TAKE_BACK, TakenBack(registered.id))
            done = self._store.steps.take(connection, id, (step,), person(by))
            if isinstance(done, StepDone):
                taken.append(done)
        return tuple(taken)
