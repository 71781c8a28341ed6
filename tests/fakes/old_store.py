"""A store as the first version of the program left it, with records that the centre never got."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert, select

from sync.records.replicated_tables import call_record
from sync.records.row_codec import call_row, plain
from sync.records.table_rules import Entity
from sync.records.workplace_tables import counter, station
from sync.records.workplace_tables import outbox as outbox_table
from sync.register.calls import calls
from sync.register.numbering import next_number, period_of
from sync.store import migrations
from sync.store.local import outbox
from sync.store.local.engine import writing_engine
from sync.store.local.keys import StoreKey
from sync.store.local.register import RegisterStore
from tests.fakes.records import OPERATOR, RANG_AT, closed, filled, new_call

FIRST = "l0001"
NOT_YET = (
    "first_key_at",
    "hit_accepted_at",
    "way",
    "part_of",
    "handled_at",
    "concerned",
    "queue",
    "transferred_by",
    "diverted_from",
)
"""Columns that the first version did not have."""
CALLS = 20

Kept = list[tuple[Any, ...]]


def make_old_store(path: Path, key: StoreKey) -> Kept:
    """Make it; its rows of the outbox, as ``kept_rows`` gives them."""
    engine = writing_engine(path, key)
    with engine.begin() as connection:
        migrations.upgrade(connection, migrations.LOCAL, FIRST)
        made = {"code": "0001", "install_id": UUID(int=1), "made_at": RANG_AT}
        connection.execute(insert(station).values(only=1, **made))
        connection.execute(insert(counter).values(period=period_of(RANG_AT), last=CALLS))
        for index in range(CALLS):
            _add_call(connection, index)
        rows = _rows(connection)
    engine.dispose()
    return rows


def kept_rows(store: RegisterStore) -> Kept:
    """What of the outbox an upgrade must not touch, in order, with the numbers of the calls."""
    return store.read(_rows)


def _add_call(connection: Connection, index: int) -> None:
    card = calls.open_card(
        new_call(index, RANG_AT + timedelta(minutes=index)),
        id=UUID(int=1000 + index),
        number=next_number(period_of(RANG_AT), "0001", index),
        at=RANG_AT,
        operator=OPERATOR,
        workplace="0001",
        home_area_code="87999",
    )
    values = call_row(closed(filled(card)))
    for name in NOT_YET:
        del values[name]
    connection.execute(insert(call_record).values(values))
    outbox.add(connection, Entity.CALL, card.id, 1, plain(values), RANG_AT)


def _rows(connection: Connection) -> Kept:
    columns = (
        outbox_table.c.seq,
        outbox_table.c.entity,
        outbox_table.c.entity_id,
        outbox_table.c.rev,
        outbox_table.c.payload,
        outbox_table.c.state,
        outbox_table.c.queued_at,
        call_record.c.number,
    )
    query = (
        select(*columns)
        .join(call_record, call_record.c.id == outbox_table.c.entity_id)
        .order_by(outbox_table.c.seq)
    )
    return [tuple(row) for row in connection.execute(query)]
