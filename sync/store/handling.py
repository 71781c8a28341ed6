"""Messages on their way through review, organs and answers: what the screens ask and do."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    bindparam,
    func,
    literal_column,
    select,
)

from sync.errors import UnknownRecord
from sync.register.handling.confidential import NOTHING_FOUND, Confidential
from sync.register.handling.events import Doer, Event, Step, person
from sync.register.handling.facts import Facts, NoFacts, Routed, TakenBack
from sync.register.handling.handled import Asked, HandledMessage, StepDone, registration
from sync.register.handling.history import StepRefused, recalled
from sync.register.handling.merging import Overtaken
from sync.register.handling.states import State
from sync.register.messages import MessageRecord
from sync.register.numbering import RegistrationNumber
from sync.register.operators import Operator
from sync.store.event_rows import event_of
from sync.store.outbox import Entity
from sync.store.record_tables import message, message_event
from sync.store.register import RegisterStore
from sync.store.rows import message_of
from sync.store.step_merging import overtaken_steps
from sync.store.steps import handled_in

NOTHING = NoFacts()
KEYS_AT_ONCE = 500  # SQLite takes a limited number of values in one statement
EVENTS_LOOKED_THROUGH = 20
"""For each message of a list of the newest ones."""
_ROW: ColumnElement[int] = literal_column("message_event.rowid")
# Made once: SQLAlchemy leaves an alias that is done with behind as a cycle of hundreds of objects.
_EVENT = message_event.alias("event")
_RECENT = (
    select(message_event.c.message_id, _ROW.label("row"))
    .order_by(_ROW.desc())
    .limit(bindparam("looked_through", type_=Integer))
    .subquery()
)
_LAST = (
    select(_RECENT.c.message_id, func.max(_RECENT.c.row).label("row"))
    .group_by(_RECENT.c.message_id)
    .subquery()
)


@dataclass(frozen=True, slots=True)
class ChangedMessages:
    """Messages as they stand now, and the mark up to which the events were read."""

    mark: int
    records: tuple[MessageRecord, ...]


class MessageHandling:
    """The messages of a register that have left the drafts, and the steps they take.

    What reads may be called on any thread and raises StoreError. What writes returns at once; its
    future resolves after COMMIT with what was done, or with the refusal and nothing written.
    """

    def __init__(self, store: RegisterStore) -> None:
        self._store = store

    # --- reading -----------------------------------------------------------------------------

    def handled(self, message_id: UUID) -> HandledMessage | None:
        """The message of this identity, drafts too."""
        return self._store.read(lambda connection: handled_in(connection, message_id))

    def overtaken(self, message_id: UUID) -> tuple[Overtaken, ...]:
        """Steps taken here that do not hold, each with what had happened elsewhere before it."""
        return self._store.read(lambda connection: overtaken_steps(connection, message_id))

    def by_number(self, number: RegistrationNumber) -> HandledMessage | None:
        """The message that was given this registration number."""
        found = self._found(message.c.number == str(number))
        return found[0] if found else None

    def by_phone(self, phone: str) -> tuple[HandledMessage, ...]:
        """The messages whose author left this telephone (E.164), without drafts."""
        return self._found(message.c.phone == phone, message.c.state != State.DRAFT.value)

    def in_states(self, states: Collection[State]) -> tuple[HandledMessage, ...]:
        """The messages that stand there, the one submitted first at the head."""
        return self._found(_in_states(states))

    def own_in_states(self, states: Collection[State]) -> tuple[HandledMessage, ...]:
        """Those of them that were written down at this workplace."""
        code = self._store.station().code
        found = ((handled, handled.record.number) for handled in self.in_states(states))
        return tuple(
            handled for handled, number in found if number is None or number.station == code
        )

    def newest_in_states(self, states: Collection[State], limit: int) -> tuple[HandledMessage, ...]:
        """Those of the messages that stand there to which something happened last.

        However many there are, no more than the newest events are looked through.
        """
        newest = (
            select(_LAST.c.message_id)
            .join(message, message.c.id == _LAST.c.message_id)
            .where(_in_states(states))
            .order_by(_LAST.c.row.desc())
            .limit(limit)
        )
        looked_through = {"looked_through": limit * EVENTS_LOOKED_THROUGH}
        ids = self._store.read(lambda connection: connection.scalars(newest, looked_through).all())
        return self._found(message.c.id.in_(ids))

    def in_states_after(self, states: Collection[State], step: Step) -> tuple[HandledMessage, ...]:
        """The messages that stand there and to which this step happened, however long ago."""
        happened = select(_EVENT.c.message_id).where(
            _EVENT.c.message_id == message.c.id, _EVENT.c.step == step.value, _EVENT.c.seq > 0
        )
        return self._found(_in_states(states), happened.correlate(message).exists())

    def between(self, start: datetime, end: datetime) -> tuple[HandledMessage, ...]:
        """Messages made at ``start`` or later and before ``end``, without what stayed a draft."""
        return self._found(
            message.c.created_at >= start,
            message.c.created_at < end,
            message.c.submitted_at.is_not(None),
        )

    def changed(self, after: int, limit: int) -> ChangedMessages:
        """The messages to which something happened after a mark, the first ones first.

        Begin with the mark 0 and go on with the one that comes back: each call reads no more than
        ``limit`` events, however large the register is.
        """

        def work(connection: Connection) -> ChangedMessages:
            rows = connection.execute(
                select(_ROW, message_event.c.message_id)
                .where(after < _ROW)
                .order_by(_ROW)
                .limit(limit)
            ).all()
            ids = list(dict.fromkeys(row[1] for row in rows))
            found = connection.execute(select(message).where(message.c.id.in_(ids)))
            return ChangedMessages(
                rows[-1][0] if rows else after, tuple(map(message_of, found.mappings()))
            )

        return self._store.read(work)

    # --- writing -----------------------------------------------------------------------------

    def take(
        self, message_id: UUID, step: Step, by: Doer, facts: Facts = NOTHING
    ) -> Future[StepDone | StepRefused]:
        """One step."""
        return self.take_all(message_id, ((step, facts),), by)

    def take_all(
        self, message_id: UUID, steps: Sequence[Asked], by: Doer
    ) -> Future[StepDone | StepRefused]:
        """All of the steps in this order, or none of them."""
        return self._store.write(
            lambda connection: self._store.steps.take(connection, message_id, steps, by),
            feeds_outbox=True,
        )

    def submit(
        self,
        draft: MessageRecord,
        by: Doer,
        *,
        confidential: frozenset[Confidential] = NOTHING_FOUND,
    ) -> Future[StepDone | StepRefused]:
        """The draft handed to review (7.5); it gets the number it will be registered under."""
        return self._store.hand_in(draft, by, confidential=confidential)

    def register(
        self, message_id: UUID, by: Operator, route: Routed | None = None
    ) -> Future[StepDone | StepRefused]:
        """The message under review registered, published where it may be seen, and sent on.

        ``route`` is the organ it goes to at once (7.9).
        """

        def work(connection: Connection) -> StepDone | StepRefused:
            handled = handled_in(connection, message_id)
            if handled is None or handled.record.number is None:
                raise UnknownRecord(Entity.MESSAGE.value, message_id)
            standing = handled.standing
            steps: list[Asked] = [
                registration(handled.record.number, standing.publicity, standing.confidential)
            ]
            if route is not None:
                steps.append((Step.SEND_TO_ORGAN, route))
            return self._store.steps.take(connection, message_id, steps, person(by))

        return self._store.write(work, feeds_outbox=True)

    def take_back(
        self, message_id: UUID, event_id: UUID, by: Operator
    ) -> Future[StepDone | StepRefused]:
        """The decision of this event undone, and all that was decided after it; within 15 s."""
        return self.take(message_id, Step.TAKE_BACK, person(by), TakenBack(event_id))

    # --- in one read transaction -------------------------------------------------------------

    def _found(self, *conditions: ColumnElement[bool]) -> tuple[HandledMessage, ...]:
        def work(connection: Connection) -> tuple[HandledMessage, ...]:
            rows = connection.execute(
                select(message)
                .where(*conditions)
                .order_by(message.c.submitted_at, message.c.created_at, message.c.id)
            )
            records = tuple(map(message_of, rows.mappings()))
            events = _events(connection, [record.id for record in records])
            return tuple(
                HandledMessage(record, recalled(record.id, events.get(record.id, ())))
                for record in records
            )

        return self._store.read(work)


def _events(connection: Connection, messages: Sequence[UUID]) -> dict[UUID, list[Event]]:
    """The events of the messages, asked by their keys: a join would go through all there are."""
    found: dict[UUID, list[Event]] = {}
    for start in range(0, len(messages), KEYS_AT_ONCE):
        rows = connection.execute(
            select(message_event)
            .where(
                message_event.c.message_id.in_(messages[start : start + KEYS_AT_ONCE]),
                message_event.c.seq > 0,
            )
            .order_by(message_event.c.message_id, message_event.c.seq)
        )
        for row in rows.mappings():
            found.setdefault(row["message_id"], []).append(event_of(row))
    return found


def _in_states(states: Collection[State]) -> ColumnElement[bool]:
    return message.c.state.in_([state.value for state in states])
