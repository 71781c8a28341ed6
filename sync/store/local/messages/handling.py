"""Messages after their submission: queries, steps, and the feed receiver of message events.

The receiver puts the events of this workplace into the order of the central database.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    and_,
    bindparam,
    delete,
    func,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from sync.errors import UnknownRecord
from sync.records.central_tables import message as central_message
from sync.records.feed_values import Feed, FeedItem
from sync.records.message_event_codec import event_of
from sync.records.replicated_tables import message, message_event
from sync.records.row_codec import message_of, message_row, plain_value
from sync.records.table_rules import Entity
from sync.records.workplace_tables import event_aside, outbox
from sync.register.calls.call_search import words_of
from sync.register.handling.contents import NOTHING_FOUND, Confidential
from sync.register.handling.events import Doer, Event, Step, person
from sync.register.handling.handled import Asked, HandledMessage, StepDone, registration
from sync.register.handling.history import Overtaken, StepRefused, begun, recalled
from sync.register.handling.step_facts import Facts, NoFacts, Routed, TakenBack
from sync.register.messages import MessageRecord, State
from sync.register.numbering import RegistrationNumber
from sync.register.people.operators import Operator
from sync.store.local.calls.text_conditions import begins_with, says
from sync.store.local.erased_records import is_erased
from sync.store.local.feed import RegisterReceiver
from sync.store.local.messages.platform_queue import PlatformTold, take_platform
from sync.store.local.outbox import RowState
from sync.store.local.register import RegisterStore
from sync.store.local.step_writer import handled_in, not_held, overtaken_steps

NOTHING = NoFacts()
KEYS_AT_ONCE = 500  # SQLite limits the number of values in one statement
EVENTS_LOOKED_THROUGH = 20
"""Number of recent events searched per requested message."""
_ROW: ColumnElement[int] = literal_column("message_event.rowid")
# Built once: SQLAlchemy leaves each discarded alias as a reference cycle of hundreds of objects.
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
    """Current state of changed messages.

    ``mark`` is the cursor up to which events were read.
    """

    mark: int
    records: tuple[MessageRecord, ...]


class MessageHandling:
    """Messages that are no longer drafts, and their steps.

    Reading methods are thread-safe and raise StoreError. Writing methods return immediately; the
    future resolves after COMMIT with the applied steps, or with the refusal if nothing was written.
    """

    def __init__(self, store: RegisterStore) -> None:
        self._store = store

    # --- reading ---

    def handled(self, message_id: UUID) -> HandledMessage | None:
        """Returns the message with this identifier, including drafts; None if unknown."""
        return self._store.read(lambda connection: handled_in(connection, message_id))

    def overtaken(self, message_id: UUID) -> tuple[Overtaken, ...]:
        """Returns superseded local steps, each with the central event that superseded it."""
        return self._store.read(lambda connection: overtaken_steps(connection, message_id))

    def by_number(self, number: RegistrationNumber) -> HandledMessage | None:
        """Returns the message with this registration number; None if unknown."""
        found = self._found(message.c.number == str(number))
        return found[0] if found else None

    def by_phone(self, phone: str) -> tuple[HandledMessage, ...]:
        """Returns the messages whose author gave this phone number (E.164), without drafts."""
        return self._found(message.c.phone == phone, message.c.state != State.DRAFT.value)

    def by_text(self, text: str, most: int) -> tuple[HandledMessage, ...]:
        """Returns the newest messages that match this text, without drafts.

        They contain its words, or their author's name parts start with them.
        """
        parts = (message.c.surname, message.c.given_name, message.c.patronymic)
        named = [begins_with(part, word) for part, word in zip(parts, text.split(), strict=False)]
        said = [says(message.c.text, word) for word in words_of(text)]
        conditions = [and_(*one) for one in (named, said) if one]
        if not conditions:
            return ()
        newest = (
            select(message.c.id)
            .where(message.c.state != State.DRAFT.value, or_(*conditions))
            .order_by(message.c.created_at.desc())
            .limit(most)
        )
        ids = self._store.read(lambda connection: connection.scalars(newest).all())
        found = self._found(message.c.id.in_(ids))
        return tuple(sorted(found, key=lambda one: one.record.created_at, reverse=True))

    def in_states(self, states: Collection[State]) -> tuple[HandledMessage, ...]:
        """Returns the messages in these states, ordered by submission time."""
        return self._found(_in_states(states))

    def own_in_states(self, states: Collection[State]) -> tuple[HandledMessage, ...]:
        """Returns the messages in these states that were created at this workplace."""
        code = self._store.station().code
        found = ((handled, handled.record.number) for handled in self.in_states(states))
        return tuple(
            handled for handled, number in found if number is None or number.station == code
        )

    def newest_in_states(self, states: Collection[State], limit: int) -> tuple[HandledMessage, ...]:
        """Returns the most recently changed messages in these states, at most ``limit``.

        Reads a bounded number of the newest events, independent of the size of the register.
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
        """Returns the messages in these states whose history contains this step."""
        happened = select(_EVENT.c.message_id).where(
            _EVENT.c.message_id == message.c.id, _EVENT.c.step == step.value, _EVENT.c.seq > 0
        )
        return self._found(_in_states(states), happened.correlate(message).exists())

    def between(self, start: datetime, end: datetime) -> tuple[HandledMessage, ...]:
        """Returns the submitted messages created from ``start`` up to but excluding ``end``."""
        return self._found(
            message.c.created_at >= start,
            message.c.created_at < end,
            message.c.submitted_at.is_not(None),
        )

    def changed(self, after: int, limit: int) -> ChangedMessages:
        """Returns the messages with events after the cursor ``after``, in order of their first
        event.

        Start with ``after=0`` and continue with the returned ``mark``. Each call reads at most
        ``limit`` events, independent of the size of the register.
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

    # --- writing ---

    def take(
        self, message_id: UUID, step: Step, by: Doer, facts: Facts = NOTHING
    ) -> Future[StepDone | StepRefused]:
        """Applies one step to the message."""
        return self.take_all(message_id, ((step, facts),), by)

    def take_all(
        self, message_id: UUID, steps: Sequence[Asked], by: Doer
    ) -> Future[StepDone | StepRefused]:
        """Applies all of the steps to the message in this order, or none."""
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
        """Submits the draft for review (7.5) and assigns its registration number."""
        return self._store.hand_in(draft, by, confidential=confidential)

    def register(
        self, message_id: UUID, by: Operator, route: Routed | None = None
    ) -> Future[StepDone | StepRefused]:
        """Registers the message under review, publishes it if permitted, and sends it to an
        authority.

        ``route`` is the authority to which the message is sent immediately (7.9).
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
        """Reverts the decision recorded by this event and all later ones; possible only within 15
        s.
        """
        return self.take(message_id, Step.TAKE_BACK, person(by), TakenBack(event_id))

    # --- in one read transaction ---

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
    """Returns the events of the messages, read by key: a join would scan all events."""
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


@dataclass(frozen=True, slots=True)
class StepsOvertaken:
    """Superseded local steps of one message."""

    message_id: UUID
    number: RegistrationNumber | None
    steps: tuple[Overtaken, ...]


class HandlingFeed(RegisterReceiver):
    """Rebases local message events on the order of the central database.

    Central events are not checked again and cause no notifications here. If the central history has
    another event at the position of a local one, the local event moves after it or, if no longer
    valid, out of the history. It remains stored and is passed to ``on_overtaken``, on the feed's
    thread after COMMIT.
    """

    def __init__(
        self,
        store: RegisterStore,
        on_overtaken: Callable[[StepsOvertaken], None] = lambda _told: None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(store, Feed.HANDLING, feeds_outbox=True)
        self._on_overtaken = on_overtaken
        self._clock = clock
        self._overtaken: list[StepsOvertaken] = []

    def take(self, connection: Connection, items: Sequence[FeedItem]) -> None:
        self._overtaken.clear()
        told: dict[UUID, list[Mapping[str, Any]]] = {}
        posts: list[tuple[UUID, Mapping[str, Any]]] = []
        for item in items:
            document = item.document or {}
            message_id = UUID(document["message_id"])
            if item.entity == "message_event":
                told.setdefault(message_id, []).append(document)
            else:
                posts.append((message_id, document))
        for message_id, documents in told.items():
            self._take_steps(connection, message_id, documents)
        for message_id, document in posts:  # after the events: they may create the message
            self._take_platform(connection, message_id, document)

    def check(self, item: FeedItem) -> None:
        document = item.document or {}
        message_id = UUID(document["message_id"])
        match item.entity:
            case "message_event":
                event = _event_of(document)
                if event.message_id != message_id:
                    raise ValueError(item.entity)
                _of_another_workplace([document])
            case _:
                PlatformTold(
                    document["platform_id"], document["platform_status"], document["answer_text"]
                )

    def _take_steps(
        self, connection: Connection, message_id: UUID, documents: Sequence[Mapping[str, Any]]
    ) -> None:
        ids = [UUID(one["id"]) for one in documents]
        known = set(
            connection.scalars(select(message_event.c.id).where(message_event.c.id.in_(ids)))
        )
        self._confirm(connection, known)
        if known.issuperset(ids):
            _try_again(connection, message_id)
            return  # only local events, echoed by the feed
        before = handled_in(connection, message_id) or _of_another_workplace(documents)
        if before is None:
            return  # from an earlier database of this workplace
        for document, key in zip(documents, ids, strict=True):
            if key not in known:
                self._set_aside(connection, document)
        held = _held(connection, before)
        if held and not before.history.events:
            fresh = upsert(message).values(message_row(before.record))
            connection.execute(fresh.on_conflict_do_nothing())
        outcome = self._store.steps.merge(connection, before, held)
        connection.execute(
            delete(event_aside).where(
                event_aside.c.message_id == message_id, event_aside.c.seq <= len(held)
            )
        )
        _try_again(connection, message_id)
        if outcome.overtaken:
            told = StepsOvertaken(message_id, before.record.number, outcome.overtaken)
            self._overtaken.append(told)

    def written(self) -> None:
        for told in self._overtaken:
            self._on_overtaken(told)

    def _confirm(self, connection: Connection, events: Collection[UUID]) -> None:
        """Marks events received from the central database as sent.

        Their acknowledgement may have been lost.
        """
        connection.execute(
            update(outbox)
            .where(
                outbox.c.entity == Entity.MESSAGE_EVENT.value,
                outbox.c.entity_id.in_(events),
                outbox.c.state.in_((RowState.NEW.value, RowState.POISON.value)),
            )
            .values(state=RowState.SENT.value, sent_at=self._clock())
        )

    def _set_aside(self, connection: Connection, document: Mapping[str, Any]) -> None:
        connection.execute(
            upsert(event_aside)
            .values(
                id=UUID(document["id"]),
                message_id=UUID(document["message_id"]),
                seq=document["seq"],
                document=dict(document),
                received_at=self._clock(),
            )
            .on_conflict_do_nothing()
        )

    def _take_platform(
        self, connection: Connection, message_id: UUID, document: Mapping[str, Any]
    ) -> None:
        if is_erased(connection, Entity.MESSAGE, message_id):
            return  # the central retention period may be longer
        if connection.scalar(select(message.c.id).where(message.c.id == message_id)) is not None:
            told = PlatformTold(
                document["platform_id"], document["platform_status"], document["answer_text"]
            )
            take_platform(connection, message_id, told, self._clock())


def _of_another_workplace(documents: Sequence[Mapping[str, Any]]) -> HandledMessage | None:
    """Builds a message of another workplace that is reviewed here for the first time.

    Its call is not copied.
    """
    told = next((one["message"] for one in documents if one.get("message")), None)
    if told is None:
        return None
    row = {
        column.name: plain_value(column, told[column.name])
        for column in central_message.columns
        if column.name in told
    }
    row |= {"revision": row["rev"], "call_id": None}
    record = message_of(row)  # type: ignore[arg-type]  # a mapping of the same names
    return HandledMessage(record, begun(record.id))


def _try_again(connection: Connection, message_id: UUID) -> None:
    """Queues rejected local steps again: they may have depended on events that have now arrived."""
    steps = select(message_event.c.id).where(
        message_event.c.message_id == message_id, message_event.c.seq > 0
    )
    connection.execute(
        update(outbox)
        .where(
            outbox.c.entity == Entity.MESSAGE_EVENT.value,
            outbox.c.entity_id.in_(steps),
            outbox.c.state == RowState.POISON.value,
        )
        .values(state=RowState.NEW.value)
    )


def _held(connection: Connection, before: HandledMessage) -> tuple[Event, ...]:
    """Returns the central history of the message up to the first event unknown here."""
    rows = connection.execute(select(event_aside).where(event_aside.c.message_id == before.id))
    aside = {row.seq: _event_of(row.document) for row in rows}
    own = before.history.events
    only_here = not_held(connection, own)
    held: list[Event] = []
    for seq in itertools.count(1):
        if seq in aside:
            held.append(aside[seq])
        elif seq <= len(own) and own[seq - 1].id not in only_here:
            held.append(own[seq - 1])
        else:
            break
    return tuple(held)


def _event_of(document: Mapping[str, Any]) -> Event:
    """Builds the event from a central row in JSON form."""
    row = dict(document)
    row["id"], row["message_id"] = UUID(row["id"]), UUID(row["message_id"])
    row["at"] = datetime.fromisoformat(row["at"])
    row["by_id"] = None if row["by_id"] is None else UUID(row["by_id"])
    return event_of(row)  # type: ignore[arg-type]  # a mapping of the same names
