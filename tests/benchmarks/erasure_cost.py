"""Cost of the triggers that prevent the return of erased data: batches of calls with and without
them, alternately, into one central database with 10,000 erased records.

Run: .venv/bin/python -m tests.benchmarks.erasure_cost [--rounds 30]
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg2
from uuid_utils.compat import uuid7

from sync.register.numbering import next_number
from sync.store.central.connection import Central, initialise
from sync.store.local.keys import make_key
from sync.store.local.outbox import OutboxRow
from sync.store.local.register import RegisterStore
from tests.fakes.postgres import PostgresServer
from tests.fakes.records import OPERATOR, closed, filled, new_call

BATCH = 200
WAIT_S = 30.0
ERASED = """INSERT INTO person_act (id, kind, count, at)
    VALUES ('00000000-0000-0000-0000-000000000001', 'erased', 10000, now());
INSERT INTO erasure (station_id, period, entity, entity_id, cause, act_id, at)
    SELECT station_id, '2611', 'call', gen_random_uuid(), 'request',
           '00000000-0000-0000-0000-000000000001', now()
    FROM station, generate_series(1, 10000); ANALYZE erasure"""


def main() -> None:
    """Print the median of a batch of both, in ms, and what they differ by."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=30)
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        PostgresServer() as server,
        server.database() as dsn,
    ):
        initialise(dsn)
        store = RegisterStore.open(Path(folder) / "register.db", make_key())
        card = store.open_card(new_call(1), OPERATOR).result(WAIT_S)
        store.close(closed(filled(card))).result(WAIT_S)
        (row,) = store.outbox_waiting(1)
        central = Central(dsn)
        central.connect(store.station())
        execute(dsn, ERASED)
        took_ms: dict[str, list[float]] = {"ENABLE": [], "DISABLE": []}
        for round_index in range(options.rounds):
            for state, times in took_ms.items():
                execute(dsn, f"ALTER TABLE call_record {state} TRIGGER keep_erased")
                first = 2 * BATCH * round_index + BATCH * (state == "DISABLE") + 2
                rows = [another(row, first + index) for index in range(BATCH)]
                begun = time.perf_counter()
                central.push(rows)
                times.append((time.perf_counter() - begun) * 1000)
        central.close()
        store.close_store()
    kept, free = (statistics.median(times) for times in took_ms.values())
    print(f"{BATCH} calls: {kept:.1f} ms with the trigger, {free:.1f} ms without")
    print(f"it adds {(kept / free - 1) * 100:.0f} %")


def another(row: OutboxRow, counter: int) -> OutboxRow:
    """The same call under another number."""
    number = str(next_number("2611", row.payload["number"].split("-")[1], counter - 1))
    id = uuid7()
    payload: dict[str, Any] = {**row.payload, "id": str(id), "number": number}
    return replace(row, seq=counter, entity_id=id, payload=payload)


def execute(dsn: str, statement: str) -> None:
    """Run it as the owner."""
    connection = psycopg2.connect(dsn)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)
    finally:
        connection.close()


if __name__ == "__main__":
    main()
