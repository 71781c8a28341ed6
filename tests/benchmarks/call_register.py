"""First page of the call register, locally and over the central database (7.3).

``python -m tests.benchmarks.call_register [local calls] [central calls]``; 1,000,000 and 2,000,000
by default, 0 skips one. Each figure is the median of a few first pages of one query, or of its
total up to a bound. Exit status 1 if a limit is missed or a central plan has a full table scan.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg2
from psycopg2.extras import Json
from sqlalchemy import Connection, text

from sync.exchange.central_choice import CentralReading
from sync.register.calls.call_search import CallQuery, CallSort, CallTotal
from sync.register.numbering import next_number
from sync.store.central.connection import initialise
from sync.store.central.record_search import call_asked
from sync.store.local.calls.search import LocalCalls
from sync.store.local.calls.search_stop import SearchStop
from sync.store.local.keys import make_key
from sync.store.local.register import RegisterStore
from tests.benchmarks.figures import Figure, print_figures
from tests.benchmarks.local_store import fill as fill_local
from tests.benchmarks.said_texts import COMMON, RARE, RARER, SEASONAL, SELDOM, said_texts
from tests.fakes.central_bulk import fill as fill_central
from tests.fakes.central_bulk import phone_of
from tests.fakes.postgres import PostgresServer
from tests.fakes.records import OPERATOR, new_call

LOCAL_LIMIT_S, CENTRAL_LIMIT_S = 0.3, 1.0
PAGE = 51
TIMES = 5
MONTHS = 12
COUNTED = 10_000
WORDS = (COMMON, SELDOM, RARER, SEASONAL, RARE)


Ask = Callable[[CallQuery], str]
# Names, topics, results and texts are distributed over the calls.
_SPREAD_LOCAL = {
    "state": "'closed'",
    "operator_name": "'Оператор ' || (n % 40)",
    "topic": "CASE WHEN n % 3 THEN 'topic-' || (n % 50) END",
    "surname": "CASE WHEN n % 2 THEN 'Пробный' || (n % 2000) END",
    "name_absence": "CASE WHEN n % 2 THEN NULL ELSE 'not_asked' END",
    "result": "CASE WHEN n % 500000 = 9 THEN 'silent' WHEN n % 10 THEN 'answered' END",
    "content": "said(n)",
}
_INDEX_SIZE = "SELECT sum(length(block)) FROM call_words_data"
_SPREAD_CENTRAL = """
    UPDATE call_record SET
        operator_name = 'Оператор ' || (counter %% 400),
        topic = CASE WHEN counter %% 3 > 0 THEN 'topic-' || (counter %% 50) END,
        surname = CASE WHEN counter %% 2 > 0 THEN 'Пробный' || (counter %% 2000) END,
        name_absence = CASE WHEN counter %% 2 > 0 THEN NULL ELSE 'not_asked' END
    WHERE period = %s
"""


def main() -> int:
    """Prints the figures; returns 1 if a limit is missed."""
    local = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    central = int(sys.argv[2]) if len(sys.argv) > 2 else 2_000_000
    figures = [*(_local(local) if local else []), *(_central(central) if central else [])]
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
    for word in WORDS:
        yield f"{word}, a month", replace(month, words=word)
        yield f"{word}, all", replace(ever, words=word)
        yield f"{word}, all, an operator", replace(ever, words=word, operator="Оператор 7")
        yield f"{word}, all, oldest first", replace(ever, words=word, is_descending=False)
        yield f"{word}, all by operator", replace(ever, words=word, sort=CallSort.OPERATOR)
    yield "a word that nobody said", replace(ever, words="нетакогослова")
    early = replace(ever, start=first + (last - first) / 10, end=first + (last - first) / 5)
    for sort in (CallSort.NUMBER, CallSort.OPERATOR, CallSort.RESULT):
        yield f"a month by {sort}", replace(month, sort=sort)
        yield f"an early tenth by {sort}", replace(early, sort=sort)
        yield f"all by {sort}", replace(ever, sort=sort)


def _timed(
    where: str, ask: Ask, queries: Iterable[tuple[str, CallQuery]], limit_s: float
) -> list[Figure]:
    figures = []
    for name, query in queries:
        taken, found, spent_s = [], "", time.process_time()
        for _time in range(TIMES):
            begun_s = time.perf_counter()
            found = ask(query)
            taken.append(time.perf_counter() - begun_s)
        figures.append(Figure(f"{where}, {name}", "s", statistics.median(taken), greatest=limit_s))
        spent_s = (time.process_time() - spent_s) / TIMES
        taken_s = figures[-1].ours
        print(f"{where}, {name}: {found} in {taken_s:.3f} s, processor {spent_s:.3f} s", flush=True)
    return figures


def _told(total: CallTotal) -> str:
    return f"{total.count}{'+' if total.is_least else ''}"


def _local(count: int) -> list[Figure]:
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "register.db"
        store = RegisterStore.open(path, make_key())
        store.open_card(new_call(0), OPERATOR).result()
        begun_s = time.perf_counter()
        store.write(lambda connection: _fill_local(connection, count)).result()
        print(f"local: {count} calls in {time.perf_counter() - begun_s:.0f} s", flush=True)
        first = datetime.fromtimestamp(1_700_000_000, UTC)
        last = first + timedelta(minutes=count + 1)
        calls = LocalCalls(store)

        def page(query: CallQuery) -> str:
            return f"{len(calls.find_calls(query, None, PAGE, SearchStop()))} rows"

        def total(query: CallQuery) -> str:
            return _told(calls.count_calls(query, COUNTED, SearchStop()))

        figures = _timed("local", page, _queries(first, last), LOCAL_LIMIT_S)
        figures += _timed("local total", total, _queries(first, last), LOCAL_LIMIT_S)
        index = store.read(lambda connection: connection.scalar(text(_INDEX_SIZE)))
        store.close_store()
        figures.append(Figure("local store", "MB", path.stat().st_size / 1e6))
    figures.append(Figure("local index of words", "MB", (index or 0) / 1e6))
    return figures


def _fill_local(connection: Connection, count: int) -> None:
    driver: Any = connection.connection.driver_connection
    driver.create_function("said", 1, said_texts(count))
    fill_local(connection, count, _SPREAD_LOCAL)


def _central(count: int) -> list[Figure]:
    with PostgresServer() as server, server.database() as dsn:
        initialise(dsn)
        says = said_texts(count)
        fill_central(dsn, first="2501", months=MONTHS, calls=count, stations=50, says=says)
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

        def page(query: CallQuery) -> str:
            return f"{len(reading.find_calls(query, None, PAGE, SearchStop()))} rows"

        figures = _timed("centre", page, _queries(*span), CENTRAL_LIMIT_S)
        one = replace(CallQuery(*span), number=next_number("2507", "0007", 41))
        figures += _timed("centre", page, [("a number", one)], CENTRAL_LIMIT_S)
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
    """Yields whether each node reads a whole month; an empty partition costs nothing."""
    yield node["Node Type"] == "Seq Scan" and node["Plan Rows"] > 1000
    for below in node.get("Plans", ()):
        yield from _scans(below)


if __name__ == "__main__":
    sys.exit(main())
