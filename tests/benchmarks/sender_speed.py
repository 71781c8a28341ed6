"""Compares the sender's batches with psycopg2's ``execute_values``, and measures a slow line.

Run as ``python -m tests.benchmarks.sender_speed [rounds]``. Both write the same outbox rows to the
same tables, in turn, 200 a transaction. Then one batch is sent over a line of 5 ms each way: a
statement for each row would take two seconds. Exit status 1 if a limit is missed.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import psycopg2
from psycopg2.extras import Json, execute_values, register_uuid

from sync.records.central_tables import call_record
from sync.store.central.connection import Central, initialise
from sync.store.local.keys import make_key, write_key_file
from sync.store.local.outbox import OutboxRow
from sync.store.local.register import RegisterStore
from tests.benchmarks.figures import Figure, print_figures
from tests.fakes.central_rows import central_row
from tests.fakes.postgres import PostgresServer
from tests.fakes.records import OPERATOR, closed, filled, new_call
from tests.fakes.slow_line import SlowLine

ROWS = 4000
BATCH = 200
ONE_WAY_S = 0.005


def outbox_rows(store: RegisterStore, count: int) -> list[OutboxRow]:
    for index in range(count):
        card = store.open_card(new_call(index), OPERATOR)
        store.close(closed(filled(card.result())))
    return list(store.outbox_waiting(count))


def emptied(dsn: str) -> None:
    connection = psycopg2.connect(dsn)
    with connection, connection.cursor() as cursor:
        cursor.execute("TRUNCATE call_record, message, message_event CASCADE")
    connection.close()


def rate_of_sender(store: RegisterStore, dsn: str, rows: list[OutboxRow]) -> float:
    central = Central(dsn)
    central.connect(store.station())
    begun = time.perf_counter()
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        assert len(central.push(batch)) == len(batch)
    taken_s = time.perf_counter() - begun
    central.close()
    return len(rows) / taken_s


def rate_of_execute_values(dsn: str, rows: list[OutboxRow]) -> float:
    """The same upsert with the driver's own helper, from the same outbox rows."""
    connection = psycopg2.connect(dsn)
    register_uuid(conn_or_curs=connection)  # type: ignore[no-untyped-call]
    names = list(central_row(rows[0].payload, call_record))
    changed = ", ".join(f"{name} = excluded.{name}" for name in names if name != "id")
    statement = (
        f"INSERT INTO call_record ({', '.join(names)}) VALUES %s"  # noqa: S608
        f" ON CONFLICT (station_id, period, id) DO UPDATE SET {changed}"
        " WHERE call_record.rev < excluded.rev RETURNING id"
    )
    begun = time.perf_counter()
    for start in range(0, len(rows), BATCH):
        values = [central_row(row.payload, call_record) for row in rows[start : start + BATCH]]
        plain = [
            [Json(value) if isinstance(value, list | dict) else value for value in row.values()]
            for row in values
        ]
        with connection, connection.cursor() as cursor:
            execute_values(cursor, statement, plain, page_size=BATCH, fetch=True)
    taken_s = time.perf_counter() - begun
    connection.close()
    return len(rows) / taken_s


def main(rounds: int) -> int:
    with tempfile.TemporaryDirectory() as folder, PostgresServer() as server:
        path = Path(folder) / "register.db"
        key = make_key()
        write_key_file(key, path)
        store = RegisterStore.open(path, key, home_area_code="87999")
        try:
            rows = outbox_rows(store, ROWS)
            with server.database() as dsn:
                initialise(dsn)
                ours, theirs = [], []
                for _ in range(rounds):
                    emptied(dsn)
                    ours.append(rate_of_sender(store, dsn, rows))
                    emptied(dsn)
                    theirs.append(rate_of_execute_values(dsn, rows))
                emptied(dsn)
                with SlowLine(server.port, ONE_WAY_S) as line:
                    central = Central(dsn.replace(f"port={server.port}", f"port={line.port}"))
                    central.connect(store.station())
                    line.round_trips = 0
                    begun = time.perf_counter()
                    central.push(rows[:BATCH])
                    batch_s = time.perf_counter() - begun
                    round_trips = line.round_trips
                    central.close()
        finally:
            store.close_store()
    rate, peer = median(ours), median(theirs)
    return (
        0
        if print_figures(
            (
                Figure("rows a second", "1/s", rate, peer),
                Figure("of execute_values", "%", 100 * rate / peer, least=50.0),
                Figure("a batch of 200 over 5 ms each way", "s", batch_s, greatest=0.2),
                Figure("round trips of it", "", round_trips, greatest=1),
            ),
            "psycopg2",
        )
        else 1
    )


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
