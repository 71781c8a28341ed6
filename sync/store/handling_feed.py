"""What was done elsewhere with messages of this workplace: steps, and the platform's word."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from sync.register.handling.events import Event
from sync.register.handling.handled import HandledMessage
from sync.register.handling.history import begun
from sync.register.handling.merging import Overtaken
from sync.register.numbering import RegistrationNumber
from sync.store.central_tables.records import message as central_message
from sync.store.erased import is_erased
from sync.store.event_rows import event_of
from sync.store.feed_marks import RegisterReceiver
from sync.store.feed_values import Feed, FeedItem
from sync.store.outbox import Entity, RowState
from sync.store.platform_queue import PlatformTold, take_platform
from sync.store.record_tables import message, message_event
from sync.store.register import RegisterStore
from sync.store.rows import message_of, message_row, plain_value
from sync.store.step_merging import not_held
from sync.store.steps import handled_in
from sync.store.workplace_tables.received import event_aside
from sync.store.workplace_tables.sending import outbox


@dataclass(frozen=True, slots=True)
class StepsOvertaken:
    """Steps taken here that do not hold; all of one message."""

    message_id: UUID
    number: RegistrationNumber | None
    steps: tuple[Overtaken, ...]


class HandlingFeed(RegisterReceiver):
    """Puts the steps of our messages into the centre's order.

    They are judged no second time, and cause no notice here. A step taken here in whose place the
    centre has another goes behind it, or, where it does not hold then, out of the history; it is
    kept and told to ``on_overtaken``, on the feed's thread after COMMIT.
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
        for item in items:
            document = item.document or {}
            message_id = UUID(document["message_id"])
            if item.entity == "message_event":
                told.setdefault(message_id, []).append(document)
            else:
                self._take_platform(connection, message_id, document)
        for message_id, documents in told.items():
            self._take_steps(connection, message_id, documents)

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
            return  # our own, come back
        before = handled_in(connection, message_id) or _of_another_workplace(documents)
        if before is None:
            return  # of a store that was here before this one
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
        """What comes from the centre is there, whether or not its COMMIT was heard here."""
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
            return  # the centre may keep the answer for longer
        if connection.scalar(select(message.c.id).where(message.c.id == message_id)) is not None:
            told = PlatformTold(
                document["platform_id"], document["platform_status"], document["answer_text"]
            )
            take_platform(connection, message_id, told, self._clock())


def _of_another_workplace(documents: Sequence[Mapping[str, Any]]) -> HandledMessage | None:
    """A message that this workplace reviews and has not seen yet; its call stays where it was."""
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
    """Our steps that the centre refused may have waited for those that have come now."""
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
    """The centre's history of the message, as far as it is known here without a gap."""
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
    """The event of a row of the centre as JSON."""
    row = dict(document)
    row["id"], row["message_id"] = UUID(row["id"]), UUID(row["message_id"])
    row["at"] = datetime.fromisoformat(row["at"])
    row["by_id"] = None if row["by_id"] is None else UUID(row["by_id"])
    return event_of(row)  # type: ignore[arg-type]  # a mapping of the same names
