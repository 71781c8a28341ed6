"""Messages of all workplaces with their events, in the central database; status reports.

A workplace that decides on another workplace's message reports the resulting status.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    Table,
    Text,
    Uuid,
    func,
    literal,
    select,
    text,
)

from sync.records.central_tables import message, message_event
from sync.records.message_event_codec import event_of
from sync.records.row_codec import message_of
from sync.register.handling.events import Event
from sync.register.handling.handled import HandledMessage
from sync.register.handling.history import recalled
from sync.register.messages import State
from sync.register.numbering import NumberProblem, parse, period_of
from sync.store.central.partitions import following
from sync.store.local.outbox import OutboxRow

KEYS_AT_ONCE = 1000

MessageKey = tuple[str, str, UUID]
"""Workplace, month and id of a message."""


def begun_between(start: datetime, end: datetime) -> tuple[ColumnElement[bool], ...]:
    """Returns the condition for messages created from ``start`` up to but excluding ``end``.

    Drafts are excluded.
    """
    return (
        message.c.created_at >= start,
        message.c.created_at < end,
        message.c.submitted_at.is_not(None),
        # The registration number may have been assigned much later.
        message.c.period >= following(period_of(start), -1),
    )


def standing_in(states: Collection[State]) -> ColumnElement[bool]:
    """Returns the condition for messages in these states."""
    return message.c.state.in_([state.value for state in states])


def messages_between(
    connection: Connection, start: datetime, end: datetime
) -> tuple[HandledMessage, ...]:
    """Returns messages of all workplaces created from ``start`` up to but excluding ``end``.

    Drafts are excluded.
    """
    return _handled(connection, *begun_between(start, end))


def messages_in_states(
    connection: Connection, states: Collection[State]
) -> tuple[HandledMessage, ...]:
    """Returns messages of all workplaces in these states, in order of submission."""
    return _handled(connection, standing_in(states))


def messages_of(connection: Connection, keys: Sequence[MessageKey]) -> Iterator[HandledMessage]:
    """Yields the messages with these keys, unordered."""
    for start in range(0, len(keys), KEYS_AT_ONCE):
        some = keys[start : start + KEYS_AT_ONCE]
        whole = select(message, message.c.rev.label("revision"))
        rows = connection.execute(_of_keys(whole, message, "id", some)).mappings().all()
        yield from _with_events(rows, events_of(connection, some))


def events_of(connection: Connection, keys: Sequence[MessageKey]) -> dict[UUID, list[Event]]:
    """Returns the ordered events of these messages; only the months in the keys are searched."""
    wanted = _of_keys(select(message_event), message_event, "message_id", keys)
    rows = connection.execute(wanted.order_by(message_event.c.message_id, message_event.c.seq))
    found: dict[UUID, list[Event]] = {}
    for row in rows.mappings():
        found.setdefault(row["message_id"], []).append(event_of(row))
    return found


def _handled(
    connection: Connection, *conditions: ColumnElement[bool]
) -> tuple[HandledMessage, ...]:
    rows = (
        connection.execute(
            select(message, message.c.rev.label("revision"))
            .where(*conditions)
            .order_by(message.c.submitted_at, message.c.created_at, message.c.id)
        )
        .mappings()
        .all()
    )
    found: list[HandledMessage] = []
    for start in range(0, len(rows), KEYS_AT_ONCE):
        some = rows[start : start + KEYS_AT_ONCE]
        keys = [(row["station_id"], row["period"], row["id"]) for row in some]
        found += _with_events(some, events_of(connection, keys))
    return tuple(found)


def _with_events(
    rows: Sequence[RowMapping], events: dict[UUID, list[Event]]
) -> Iterator[HandledMessage]:
    for record in map(message_of, rows):
        yield HandledMessage(record, recalled(record.id, events.get(record.id, ())))


def _of_keys(
    wanted: Select[Any], table: Table, id_name: str, keys: Sequence[MessageKey]
) -> Select[Any]:
    stations, periods, ids = zip(*keys, strict=True)
    asked = (
        func.unnest(
            literal(list(stations), ARRAY(Text)),
            literal(list(periods), ARRAY(Text)),
            literal(list(ids), ARRAY(Uuid)),
        )
        .table_valued("station_id", "period", "id")
        .render_derived(name="asked")
    )
    return (
        wanted
        # The months are repeated as values, which allows the planner to prune the other months.
        .where(table.c.period.in_(sorted(set(periods)))).join(
            asked,
            (table.c.station_id == asked.c.station_id)
            & (table.c.period == asked.c.period)
            & (table.c[id_name] == asked.c.id),
        )
    )


TELL_STANDINGS = text("SELECT public.tell_standings(:told)")


def told_standings(rows: Sequence[OutboxRow]) -> Sequence[Mapping[str, Any]]:
    """Returns the JSON parameter of ``TELL_STANDINGS``.

    The database ignores a status if its last event is not the last one in the central database.
    """
    return [_with_key(row) for row in sorted(rows, key=lambda row: row.entity_id)]


def _with_key(row: OutboxRow) -> dict[str, Any]:
    number = parse(row.payload["number"])
    if isinstance(number, NumberProblem):
        raise ValueError(number.value)
    key = {"station_id": number.station, "period": number.period, "id": str(row.entity_id)}
    return {**row.payload, **key}
