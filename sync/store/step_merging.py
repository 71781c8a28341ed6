"""The steps of a message put into the centre's order, when other people took some elsewhere.

What stood here and has to make room is written down before it is moved (``event_displaced``), and
keeps its row: one that does not hold stands outside of the history, under a number below zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, delete, func, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from sync.register.handling.events import Event
from sync.register.handling.handled import HandledMessage
from sync.register.handling.merging import Merged, Overtaken
from sync.store import outbox
from sync.store.event_rows import event_of, event_row, sent_events
from sync.store.outbox import Entity, RowState
from sync.store.record_tables import message_event
from sync.store.workplace_tables.received import event_displaced
from sync.store.workplace_tables.sending import outbox as outbox_table


def put_in_order(
    connection: Connection, before: HandledMessage, outcome: Merged, at: datetime
) -> None:
    """Write the merged history; our steps of it that the centre has not are queued anew."""
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
    """Steps taken here that do not hold, in their order, each with what had happened before it."""
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
    """Those of our steps of which it is not known that the centre has them."""
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
    """How many events from the first on are the same in both."""
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
