"""A store with calls that the central database has not received."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, select

from sync.records.replicated_tables import call_record
from sync.records.workplace_tables import outbox, store_origin
from sync.store.local.engine import file_engine
from sync.store.local.keys import StoreKey
from sync.store.local.register import RegisterStore
from tests.fakes.records import OPERATOR, RANG_AT, closed, filled, new_call

CALLS = 20

OutboxRows = list[tuple[Any, ...]]


def make_filled_store(path: Path, key: StoreKey) -> OutboxRows:
    """Creates the store; returns its outbox rows like `outbox_rows`."""
    store = RegisterStore.open(path, key, first_station="0001", home_area_code="87999")
    for index in range(CALLS):
        new = new_call(index, RANG_AT + timedelta(minutes=index))
        card = store.open_card(new, OPERATOR).result()
        store.close(closed(filled(card))).result()
    rows = outbox_rows(store)
    assert store.close_store()
    engine = file_engine(path, key)  # the last connection also checkpoints the file
    with engine.begin() as connection:
        connection.execute(delete(store_origin))  # allows to open a copy elsewhere
    engine.dispose()
    return rows


def outbox_rows(store: RegisterStore) -> OutboxRows:
    """Returns the part of the outbox that an upgrade must not change, with the numbers of the
    calls.
    """
    return store.read(_rows)


def _rows(connection: Connection) -> OutboxRows:
    columns = (
        outbox.c.seq,
        outbox.c.entity,
        outbox.c.entity_id,
        outbox.c.rev,
        outbox.c.payload,
        outbox.c.state,
        outbox.c.queued_at,
        call_record.c.number,
    )
    query = (
        select(*columns)
        .join(call_record, call_record.c.id == outbox.c.entity_id)
        .order_by(outbox.c.seq)
    )
    return [tuple(row) for row in connection.execute(query)]
