"""Records inserted into the central database as workplaces would have sent them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, insert

from sync.records.central_shared_tables import station
from sync.records.central_tables import call_record, message, message_event
from sync.records.message_event_codec import event_row
from sync.records.row_codec import call_row, message_row, plain, plain_value
from sync.register.calls import by_hand, calls
from sync.register.calls.by_hand import FORMAL_APPEAL_KEY
from sync.register.calls.calls import (
    ANSWERED_ELSEWHERE,
    CallRecord,
    CallResult,
    CallState,
    Direction,
    RequestWay,
    UsedEntry,
)
from sync.register.handling.handled import HandledMessage
from sync.register.numbering import next_number, period_of
from sync.register.people.operators import Operator, Role
from sync.store.central.batch import place_of
from tests.fakes.records import new_call

_QUESTION = UsedEntry("q-1", "question", "Вода")
_SCRIPT = UsedEntry(FORMAL_APPEAL_KEY, "script", "59-ФЗ")
_CAUSES = (None, "hung_up", ANSWERED_ELSEWHERE, "no_answer")


def central_row(payload: Mapping[str, Any], table: Table) -> dict[str, Any]:
    """Returns the columns of the central table from an outbox row."""
    given = {**payload, **place_of(payload), "rev": payload["revision"]}
    return {
        column.name: plain_value(column, given[column.name])
        for column in table.columns
        if column.name in given
    }


def enrol(connection: Connection, code: str) -> None:
    connection.execute(insert(station).values(station_id=code, install_id=UUID(int=int(code))))


def put_calls(connection: Connection, cards: Iterable[CallRecord]) -> None:
    rows = [central_row(plain(call_row(card)), call_record) for card in cards]
    connection.execute(insert(call_record), rows)


def put_messages(connection: Connection, messages: Iterable[HandledMessage]) -> None:
    """Inserts the messages with all their events."""
    for handled in messages:
        record = handled.record
        assert record.number is not None
        connection.execute(insert(message), [central_row(plain(message_row(record)), message)])
        events: list[dict[str, Any]] = [
            {**plain(event_row(event, seq)), "number": str(record.number), "revision": 1}
            for seq, event in enumerate(handled.history.events, 1)
        ]
        if events:
            connection.execute(
                insert(message_event), [central_row(event, message_event) for event in events]
            )


def random_calls(seed: int, count: int, first: datetime, days: int) -> tuple[CallRecord, ...]:
    """Returns calls of all kinds and outcomes by a few operators whose names change over time.

    They arrive within ``days`` days. Some have the number of the next hour, and some a clock that
    was set back.
    """
    dice = random.Random(seed)  # noqa: S311
    return tuple(_random_call(dice, index, first, days) for index in range(1, count + 1))


def _random_call(dice: random.Random, index: int, first: datetime, days: int) -> CallRecord:
    arrived_at = first + timedelta(seconds=dice.randrange(days * 86_400), microseconds=index)
    numbered_at = arrived_at + timedelta(minutes=dice.choice((0, 0, 0, 90)))
    who = dice.randrange(5)
    operator = Operator(
        UUID(int=who + 1), f"o{who}", f"Оператор {dice.randrange(9)}", Role.OPERATOR
    )
    direction: Direction = "outgoing" if dice.random() < 0.1 else "incoming"
    call = replace(
        new_call(index, arrived_at), direction=direction, out_of_hours=dice.random() < 0.2
    )
    card = calls.open_card(
        call,
        id=UUID(int=index),
        number=next_number(period_of(numbered_at), "0001", index),
        at=arrived_at,
        operator=operator,
        workplace="0001",
        home_area_code="87999",
    )

    def later(after: datetime) -> datetime:
        return after + timedelta(seconds=dice.randrange(-20, 300), microseconds=dice.randrange(999))

    if dice.random() < 0.7:
        card = calls.answered(card, later(arrived_at))
    if dice.random() < 0.5:
        card = calls.touched(card, later(arrived_at))
    if dice.random() < 0.3:
        card = calls.helped_by_directory(card, later(arrived_at))
        card = replace(card, used_entries=(_QUESTION,))
    if dice.random() < 0.9:
        cause = dice.choice(_CAUSES)
        card = replace(card, ended_at=later(card.answered_at or arrived_at), end_cause=cause)
    if dice.random() < 0.1:
        card = replace(card, used_entries=(*card.used_entries, _SCRIPT))
    if index % 20 == 0:
        # Two incidents, one of them with another street after an edit.
        key = f"{by_hand.INCIDENT_KEY}{UUID(int=index % 40 + 1)}"
        told = UsedEntry(key, "script", f"ул. Лесная, {index % 60}")
        card = replace(card, used_entries=(*card.used_entries, told))
    if dice.random() < 0.8:
        result = dice.choice([one for one in CallResult if one is not CallResult.MESSAGE])
        card = replace(
            card, state=CallState.CLOSED, result=result, saved_at=later(card.ended_at or arrived_at)
        )
    if dice.random() < 0.1:
        card = replace(card, way=dice.choice(tuple(RequestWay)), answered_at=None, ended_at=None)
    if dice.random() < 0.1:
        card = replace(card, part_of=next_number(period_of(numbered_at), "0001", 0))
    return card
