"""First page of the register of calls, locally and over the centre (7.3).

``python -m tests.benchmarks.call_register [local calls] [central calls]``; 1,000,000 and 2,000,000
by default. Each figure is the median of a few first pages of one query; 1 as the exit status when a
limit is missed or a central plan reads a table through.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg2
from psycopg2.extras import Json
from sqlalchemy import text

from sync.exchange.central_choice import CentralReading
from sync.register.calls.call_search import CallQuery, CallSort
from sync.register.calls.calls import CallRecord
from sync.register.numbering import next_number
from sync.store.central.connection import initialise
from sync.store.central.record_search import call_asked
from sync.store.local.calls.search import LocalCalls
from sync.store.local.calls.search_stop import SearchStop
from sync.store.local.keys import make_key
from sync.store.local.register import RegisterStore
from tests.benchmarks.figures import Figure, print_figures
from tests.benchmarks.local_store import fill as fill_local
from tests.fakes.central_bulk import fill as fill_central
from tests.fakes.central_bulk import phone_of
from tests.fakes.postgres import PostgresServer
from tests.fakes.records import OPERATOR, new_call

LOCAL_LIMIT_S, CENTRAL_LIMIT_S = 0.3, 1.0
PAGE = 51
TIMES = 5
MONTHS = 12
Find = Callable[[CallQuery, CallRecord | None, int, SearchStop], tuple[CallRecord, ...]]
# Every call of the seed says the same: names, topics and rare words are spread over them here.
_SPREAD_LOCAL = """
    UPDATE call_record SET
        operator_name = 'Оператор ' || (rowid % 40),
        topic = CASE WHEN rowid % 3 THEN 'topic-' || (rowid % 50) END,
        surname = CASE WHEN rowid % 2 THEN 'Пробный' || (rowid % 2000) END,
        name_absence = CASE WHEN rowid % 2 THEN NULL ELSE 'not_asked' END,
        content = CASE WHEN rowid % 500000 = 7 THEN 'Упал фонарь' ELSE content END
"""
_SPREAD_CENTRAL = """
    UPDATE call_record SET
        operator_name = 'Оператор ' || (counter %% 400),
        topic = CASE WHEN counter %% 3 > 0 THEN 'topic-' || (counter %% 50) END,
        surname = CASE WHEN counter %% 2 > 0 THEN 'Пробный' || (counter %% 2000) END,
        name_absence = CASE WHEN counter %% 2 > 0 THEN NULL ELSE 'not_asked' END,
        content = CASE WHEN counter %% 9973 = 7 AND station_id = '0007' THEN 'Упал фонарь'
            ELSE content END
    WHERE period = %s
"""


def main() -> int:
    """Print the figures; 1 when a limit is missed."""
    local = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    central = int(sys.argv[2]) if len(sys.argv) > 2 else 2_000_000
    figures = [*_local(local), *_central(central)]
    return 0 if print_figures(figures) else 1


def _queries(first: datetime, last: datetime) -> Iterator[tuple[str, CallQuery]]:
    ever = CallQuery(first, last)
    month = replace(ever, start=last - timedelta(days=31))
    yield "a month", month
    yield "all", ever
    yield "a telephone", replace(ever, phone=phone_of(77))
    yield "a surname", replace(ever, name="Пробный777")
    yield "an operator", replace(ever, operator="Оператор 7")
    yield "a topic", replace(ever, topic="topic-7")
    yield "a result", replace(ever, result="answered")
    yield "a rare result", replace(ever, result="silent")
    yield "a common word", replace(ever, words="вода")
    yield "a rare word, a month", replace(month, words="фонари")
    yield "a rare word, all", replace(ever, words="фонари")
    for sort in (CallSort.NUMBER, CallSort.OPERATOR, CallSort.RESULT):
        yield f"a month by {sort}", replace(month, sort=sort)
        yield f"all by {sort}", replace(ever, sort=sort)


def _timed(
    where: str, find: Find, queries: Iterator[tuple[str, CallQuery]], limit_s: float
) -> list[Figure]:
    figures = []
    for name, query in queries:
        taken = []
        for _time in range(TIMES):
            begun_s = time.perf_counter()
            find(query, None, PAGE, SearchStop())
            taken.append(time.perf_counter() - begun_s)
        figures.append(Figure(f"{where}, {name}", "s", statistics.median(taken), greatest=limit_s))
        print(f"{figures[-1].name}: {figures[-1].ours:.3f} s", flush=True)
    return figures


def _local(count: int) -> list[Figure]:
    with tempfile.TemporaryDirectory() as place:
        store = RegisterStore.open(Path(place) / "register.db", make_key())
        store.open_card(new_call(0), OPERATOR).result()
        store.write(lambda connection: fill_local(connection, count)).result()
        store.write(lambda connection: connection.execute(text(_SPREAD_LOCAL))).result()
        first = datetime.fromtimestamp(1_700_000_000, UTC)
        last = first + timedelta(minutes=count + 1)
        figures = _timed(
            "local", LocalCalls(store).find_calls, _queries(first, last), LOCAL_LIMIT_S
        )
        store.close_store()
    return figures


def _central(count: int) -> list[Figure]:
    with PostgresServer() as server, server.database() as dsn:
        initialise(dsn)
        fill_central(dsn, first="2501", months=MONTHS, calls=count, stations=50)
        with closing(psycopg2.connect(dsn)) as connection, connection.cursor() as cursor:
            cursor.execute("ALTER TABLE call_record DISABLE TRIGGER USER")
            for month in range(MONTHS):
                cursor.execute(_SPREAD_CENTRAL, (f"25{month + 1:02}",))
            cursor.execute("ALTER TABLE call_record ENABLE TRIGGER USER")
            connection.commit()
            connection.autocommit = True
            cursor.execute("VACUUM ANALYZE call_record")
        span = datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
        reading = CentralReading(lambda: dsn)
        figures = _timed("centre", reading.find_calls, _queries(*span), CENTRAL_LIMIT_S)
        one = replace(CallQuery(*span), number=next_number("2507", "0007", 41))
        figures += _timed("centre", reading.find_calls, iter([("a number", one)]), CENTRAL_LIMIT_S)
        read_through = sum(_reads_through(dsn, query) for _name, query in _queries(*span))
        figures.append(
            Figure("central plans that read a table through", "", read_through, greatest=0)
        )
    return figures


def _reads_through(dsn: str, query: CallQuery) -> bool:
    with closing(psycopg2.connect(dsn)) as connection, connection.cursor() as cursor:
        cursor.execute("SET jit = off; SET random_page_cost = 1.1")
        cursor.execute("SELECT find_calls_statement(%s, %s)", (Json(call_asked(query)), PAGE))
        (statement,) = cursor.fetchone() or ("",)
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}")
        (plan,) = cursor.fetchone() or ([],)
        return any(_scans(plan[0]["Plan"]))


def _scans(node: dict[str, Any]) -> Iterator[bool]:
    """Whether a node reads a whole month; an empty partition is read so at no cost."""
    yield node["Node Type"] == "Seq Scan" and node["Plan Rows"] > 1000
    for below in node.get("Plans", ()):
        yield from _scans(below)


if __name__ == "__main__":
    sys.exit(main())
