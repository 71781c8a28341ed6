"""Writes message steps in the writer's transaction, and reorders them to the central history.

A local event displaced by a central one is recorded in ``event_displaced`` before it is moved. A
superseded event remains as a row outside the history, with a negative number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, func, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from sync.errors import UnknownRecord
from sync.records.message_event_codec import event_of, event_row, sent_events
from sync.records.replicated_tables import message, message_event
from sync.records.row_codec import message_of, message_row, plain
from sync.records.table_rules import Entity
from sync.records.workplace_tables import event_displaced, station
from sync.records.workplace_tables import outbox as outbox_table
from sync.register.audit import AuditKind, Subject, done_by
from sync.register.handling.events import Doer, Event
from sync.register.handling.handled import (
    Asked,
    HandledMessage,
    StepDone,
    no_edition,
    record_after,
    taken_together,
)
from sync.register.handling.history import Merged, Overtaken, StepRefused, merged, recalled
from sync.register.handling.needs import CityRules
from sync.register.messages import MessageRecord
from sync.store.local import outbox
from sync.store.local.audit import AuditWriter
from sync.store.local.outbox import RowState

_TOLD = (
    "state",
    "text",
    "topic",
    "category",
    "unit",
    "event_on",
    "event_time",
    "place",
    "publicity",
    "submitted_at",
    "registered_at",
    "answer_text",
    "schema_version",
)


def standing_payload(handled: HandledMessage) -> Mapping[str, Any]:
    """Builds the status payload of a message for the central database.

    It contains the state derived from the steps of the message, and the identifier of the last
    step.
    """
    number = handled.record.number
    if number is None:
        raise ValueError("a draft has no registration number")
    row = plain(message_row(handled.record))
    told = {name: row[name] for name in _TOLD}
    return {"number": str(number), "last_step": str(handled.history.events[-1].id), **told}


def put_in_order(
    connection: Connection, before: HandledMessage, outcome: Merged, at: datetime
) -> None:
    """Writes the merged history of a message.

    Local steps that the central database does not have are queued again.
    """
    own, events = before.history.events, outcome.history.events
    same = _common(own, events)
    leaving = own[same:]
    _displace(connection, leaving, same + 1, outcome, at)
    moved = {event.id for event in leaving}
    for seq, event in enumerate(events[same:], start=same + 1):
        if event.id in moved:
            own_row = update(message_event).where(message_event.c.id == event.id)
            connection.execute(own_row.values(seq=seq, at=event.at))
        else:
            connection.execute(insert(message_event).values(event_row(event, seq)))
    again = {event.id for event in outcome.again} & moved
    for id, sent in sent_events(events, before.record.number, again):
        outbox.add(connection, Entity.MESSAGE_EVENT, id, 1, sent, at)


def overtaken_steps(connection: Connection, message_id: UUID) -> tuple[Overtaken, ...]:
    """Returns the superseded local steps of a message in their order.

    Each is returned with the central event that superseded it.
    """
    by = message_event.alias("by")
    displaced = event_displaced
    own = connection.execute(
        select(message_event)
        .join(displaced, displaced.c.id == message_event.c.id)
        .where(message_event.c.message_id == message_id, message_event.c.seq < 0)
        .order_by(message_event.c.seq.desc())
    ).mappings()
    others = connection.execute(
        select(displaced.c.id.label("displaced_id"), by)
        .join(by, by.c.id == displaced.c.by_event_id)
        .where(displaced.c.message_id == message_id)
    ).mappings()
    first = {row["displaced_id"]: event_of(row) for row in others}
    return tuple(Overtaken(event_of(row), first[row["id"]]) for row in own)


def not_held(connection: Connection, events: Sequence[Event]) -> set[UUID]:
    """Returns the local steps not confirmed by the central database."""
    waits = or_(
        outbox_table.c.state == RowState.NEW.value, outbox_table.c.state == RowState.POISON.value
    )
    found = connection.scalars(
        select(outbox_table.c.entity_id).where(
            outbox_table.c.entity == Entity.MESSAGE_EVENT.value,
            outbox_table.c.entity_id.in_([event.id for event in events]),
            waits,
        )
    )
    return set(found)


def _common(own: Sequence[Event], events: Sequence[Event]) -> int:
    """Returns the length of the common prefix of both histories."""
    pairs = zip(own, events, strict=False)
    return next(
        (place for place, (one, other) in enumerate(pairs) if one != other),
        min(len(own), len(events)),
    )


def _displace(
    connection: Connection, leaving: Sequence[Event], first: int, outcome: Merged, at: datetime
) -> None:
    by = {lost.event.id: lost.by.id for lost in outcome.overtaken}
    for seq, event in enumerate(leaving, start=first):
        values = {"seq": seq, "at": event.at, "by_event_id": by.get(event.id), "moved_at": at}
        row = upsert(event_displaced).values(id=event.id, message_id=event.message_id, **values)
        connection.execute(row.on_conflict_do_update(index_elements=["id"], set_=values))
        lowest = connection.scalar(
            select(func.min(message_event.c.seq)).where(
                message_event.c.message_id == event.message_id
            )
        )
        connection.execute(
            update(message_event)
            .where(message_event.c.id == event.id)
            .values(seq=min(lowest or 0, 0) - 1)
        )
        connection.execute(
            delete(outbox_table).where(
                outbox_table.c.entity == Entity.MESSAGE_EVENT.value,
                outbox_table.c.entity_id == event.id,
                outbox_table.c.state.in_((RowState.NEW.value, RowState.POISON.value)),
            )
        )


AfterSteps = Callable[[Connection, StepDone], None]
"""Function called in the transaction of the steps; an exception rolls them back."""
AfterOvertaken = Callable[[Connection, Sequence[Overtaken]], None]
"""Function called before superseded local steps are removed from the history.

It runs in the transaction that removes them.
"""


class StepWriter:
    """Applies message steps within an open transaction, on the writer's thread."""

    def __init__(
        self, audit: AuditWriter, new_id: Callable[[], UUID], clock: Callable[[], datetime]
    ) -> None:
        self._audit = audit
        self._new_id = new_id
        self._clock = clock
        self._city = CityRules()
        self._edition_at: Callable[[datetime], str] = no_edition
        self._after: list[AfterSteps] = []
        self._after_overtaken: list[AfterOvertaken] = []

    def set_city(self, city: CityRules) -> None:
        """Sets the city's rules for subsequent steps. Thread-safe."""
        self._city = city

    def set_edition(self, edition_at: Callable[[datetime], str]) -> None:
        """Sets the function that returns the regulation edition in force at a time. Thread-safe.

        The edition is recorded with each step.
        """
        self._edition_at = edition_at

    def after_steps(self, run: AfterSteps) -> None:
        self._after.append(run)

    def after_overtaken(self, run: AfterOvertaken) -> None:
        self._after_overtaken.append(run)

    def take(
        self,
        connection: Connection,
        message_id: UUID,
        asked: Sequence[Asked],
        by: Doer,
        at: datetime | None = None,
    ) -> StepDone | StepRefused:
        """Applies and writes all the steps, or returns the first refusal and writes nothing.

        ``at`` is the time of all steps. None means now, or the time of the last event if the clock
        has been set back since that event. Raises UnknownRecord.
        """
        handled = handled_in(connection, message_id)
        if handled is None:
            raise UnknownRecord(Entity.MESSAGE.value, message_id)
        now = self._clock() if at is None else at
        outcome = taken_together(
            handled, asked, by, now, self._new_id, self._city, self._edition_at
        )
        if isinstance(outcome, StepRefused):
            return outcome
        record = self._write(connection, handled, outcome)
        done = replace(outcome, handled=replace(outcome.handled, record=record))
        for run in self._after:
            run(connection, done)
        return done

    def _write(
        self, connection: Connection, before: HandledMessage, done: StepDone
    ) -> MessageRecord:
        history = done.handled.history
        record = _revised(connection, done.handled.record)
        rows = [event_row(event, seq) for seq, event in enumerate(history.events, start=1)]
        new = rows[len(before.history.events) :]
        for row in new:
            connection.execute(insert(message_event).values(row))
        if history.standing.submitted_at is None:
            return record  # a draft is local to this workplace
        # Events of the draft are sent to the central database with the message.
        added = rows if before.standing.submitted_at is None else new
        chosen = {row["id"] for row in added}
        for id, payload in sent_events(history.events, record.number, chosen):
            outbox.add(connection, Entity.MESSAGE_EVENT, id, 1, payload, self._clock())
        self._queue_standing(connection, HandledMessage(record, history))
        self._note(connection, done)
        return record

    def merge(
        self, connection: Connection, before: HandledMessage, held: Sequence[Event]
    ) -> Merged:
        """Rebases the local history of a message on the central one.

        The result has the central steps unchanged, then the local steps that are still valid.
        Central steps are not checked again and cause no notifications here. The resulting record is
        sent to the central database.
        """
        outcome = merged(before.id, held, before.history.events, self._city)
        if outcome.history.events == before.history.events:
            return outcome
        if outcome.overtaken:
            for run in self._after_overtaken:
                run(connection, outcome.overtaken)
        put_in_order(connection, before, outcome, self._clock())
        record = _revised(connection, record_after(before, outcome.history))
        if outcome.again or is_own(connection, record):
            self._queue_standing(connection, HandledMessage(record, outcome.history))
        return outcome

    def _note(self, connection: Connection, done: StepDone) -> None:
        taken = done_by(
            done.events[0].by, AuditKind.MESSAGE_STEPS, Subject.MESSAGE, done.handled.id
        )
        names = " ".join(event.step.value for event in done.events)
        self._audit.add(connection, replace(taken, detail=names, count=len(done.events)))

    def _queue_standing(self, connection: Connection, handled: HandledMessage) -> None:
        """Queues the record, or only its status if the message belongs to another workplace."""
        record = handled.record
        if is_own(connection, record):
            self.queue(connection, record)
            return
        told = standing_payload(handled)
        outbox.add(connection, Entity.STANDING, record.id, record.revision, told, self._clock())

    def queue(self, connection: Connection, record: MessageRecord) -> None:
        """Adds the latest revision of the message record to the outbox."""
        payload = plain(message_row(record))
        outbox.add(connection, Entity.MESSAGE, record.id, record.revision, payload, self._clock())


def handled_in(connection: Connection, message_id: UUID) -> HandledMessage | None:
    """Returns the message with its history as of this transaction; None if unknown."""
    row = (
        connection.execute(select(message).where(message.c.id == message_id))
        .mappings()
        .one_or_none()
    )
    if row is None:
        return None
    found = connection.execute(
        select(message_event)
        .where(message_event.c.message_id == message_id, message_event.c.seq > 0)
        .order_by(message_event.c.seq)
    ).mappings()
    return HandledMessage(message_of(row), recalled(message_id, map(event_of, found)))


def is_own(connection: Connection, record: MessageRecord) -> bool:
    """Whether the message was created at this workplace."""
    code = connection.scalars(select(station.c.code)).one()
    return record.number is None or record.number.station == code


def _revised(connection: Connection, record: MessageRecord) -> MessageRecord:
    values = message_row(record)
    revision = values.pop("revision") + 1
    connection.execute(
        update(message).where(message.c.id == record.id).values(revision=revision, **values)
    )
    row = connection.execute(select(message).where(message.c.id == record.id)).mappings().one()
    return message_of(row)
