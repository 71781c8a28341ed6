"""What was done elsewhere with messages of this workplace: steps, and the platform's word."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from sync.register.handling.events import Event
from sync.store.event_rows import event_of
from sync.store.feed_marks import RegisterReceiver
from sync.store.feed_values import Feed, FeedItem
from sync.store.platform_queue import PlatformTold, take_platform
from sync.store.register import RegisterStore
from sync.store.steps import handled_in
from sync.store.tables import event_aside, message, message_event


class AsideReason(StrEnum):
    """Why a step from the centre is not in the history."""

    CONFLICT = "conflict"
    """Another step stands in its place here: two people took one without knowing of the other."""
    EARLY = "early"
    """A step before it is still to come."""


@dataclass(frozen=True, slots=True)
class StepAside:
    """A step that came from the centre and was not taken."""

    event: Event
    seq: int
    reason: AsideReason


class HandlingFeed(RegisterReceiver):
    """Takes steps as they were taken: they are judged no second time, and cause no notice here.

    A step in whose place another one stands here is set aside and kept (``steps_aside``).
    """

    def __init__(
        self, store: RegisterStore, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        super().__init__(store, Feed.HANDLING, feeds_outbox=True)
        self._clock = clock

    def take(self, connection: Connection, items: Sequence[FeedItem]) -> None:
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
        if known.issuperset(ids):
            return  # our own, come back
        before = handled_in(connection, message_id)
        if before is None:
            return  # of a store that was here before this one
        for document, key in zip(documents, ids, strict=True):
            if key not in known:
                self._set_aside(connection, document)
        count, new = len(before.history.events), list[Event]()
        while (row := _next_aside(connection, message_id, count + len(new) + 1)) is not None:
            connection.execute(delete(event_aside).where(event_aside.c.id == row.id))
            new.append(_event_of(row.document))
        _tell_conflicts(connection, message_id, count + len(new))
        if new:
            self._store.steps.go_on(connection, before, new)

    def _set_aside(self, connection: Connection, document: Mapping[str, Any]) -> None:
        connection.execute(
            upsert(event_aside)
            .values(
                id=UUID(document["id"]),
                message_id=UUID(document["message_id"]),
                seq=document["seq"],
                document=dict(document),
                reason=AsideReason.EARLY.value,
                received_at=self._clock(),
            )
            .on_conflict_do_nothing()
        )

    def _take_platform(
        self, connection: Connection, message_id: UUID, document: Mapping[str, Any]
    ) -> None:
        if connection.scalar(select(message.c.id).where(message.c.id == message_id)) is not None:
            told = PlatformTold(
                document["platform_id"], document["platform_status"], document["answer_text"]
            )
            take_platform(connection, message_id, told, self._clock())


def steps_aside(store: RegisterStore, message_id: UUID) -> tuple[StepAside, ...]:
    """The steps of the message that came from the centre and were not taken, in their order."""

    def work(connection: Connection) -> tuple[StepAside, ...]:
        rows = connection.execute(
            select(event_aside)
            .where(event_aside.c.message_id == message_id)
            .order_by(event_aside.c.seq, event_aside.c.id)
        )
        return tuple(
            StepAside(_event_of(row.document), row.seq, AsideReason(row.reason)) for row in rows
        )

    return store.read(work)


def _next_aside(connection: Connection, message_id: UUID, seq: int) -> Any:
    return connection.execute(
        select(event_aside)
        .where(event_aside.c.message_id == message_id, event_aside.c.seq == seq)
        .order_by(event_aside.c.id)
        .limit(1)
    ).one_or_none()


def _tell_conflicts(connection: Connection, message_id: UUID, count: int) -> None:
    connection.execute(
        update(event_aside)
        .where(event_aside.c.message_id == message_id, event_aside.c.seq <= count)
        .values(reason=AsideReason.CONFLICT.value)
    )


def _event_of(document: Mapping[str, Any]) -> Event:
    """The event of a row of the centre as JSON."""
    row = dict(document)
    row["id"], row["message_id"] = UUID(row["id"]), UUID(row["message_id"])
    row["at"] = datetime.fromisoformat(row["at"])
    row["by_id"] = None if row["by_id"] is None else UUID(row["by_id"])
    return event_of(row)  # type: ignore[arg-type]  # a mapping of the same names
