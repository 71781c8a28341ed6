"""Reports, callers and months of the central database over many calls (docs/scaling.md).

``python -m tests.benchmarks.central_scale --calls 200000`` takes half a minute. Ten million calls
take 15 GB of disk and, on two cores, half an hour: ``--calls 10000000 --shared-buffers 2GB``.
Several sizes in one run give the slopes.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psycopg2
from sqlalchemy import Connection, text

from console.core.runtime_tuning import look_seldom, pass_over_what_is_there
from sync.records.row_codec import call_row, plain
from sync.records.table_rules import Entity
from sync.register.calendar.calendar import read_calendar
from sync.register.calendar.terms import DayOfSending, DaysOf
from sync.register.figures.reckoner import CountingRules
from sync.register.figures.report import MessageReport, message_report, overdue_now
from sync.register.figures.tables import counted_all
from sync.register.handling.answers import AnswerTermRule
from sync.register.handling.clocks import WITH_TERM
from sync.register.handling.handled import HandledMessage
from sync.register.numbering import next_number, period_of
from sync.store.central.administration import central_state
from sync.store.central.batch import batch_statements
from sync.store.central.call_report import central_call_report
from sync.store.central.connection import central_transaction, initialise
from sync.store.central.courses import (
    add_courses,
    counted_between,
    counted_in_states,
    keep_courses,
)
from sync.store.central.partitions import following, make_month
from sync.store.central.reading import caller_history, settle
from sync.store.central.standings import messages_between
from sync.store.local.outbox import OutboxRow
from tests.fakes.central_bulk import CALLERS, fill, phone_of
from tests.fakes.central_rows import random_calls
from tests.fakes.postgres import PostgresServer
from tests.fakes.random_ways import random_ways

MOSCOW = ZoneInfo("Europe/Moscow")
MONTHS = 12
# the twelve months before this one, in which a caller is looked up
FIRST_MONTH = following(period_of(datetime.now(UTC)), -MONTHS)
ASKED_MONTH = following(FIRST_MONTH, 6)
CALENDARS = Path(__file__).parents[2] / "resources" / "calendars"
LONG_S = 3600.0
WAYS = 2000
# Only the number of summaries matters in months without queries.
_KEPT_ELSEWHERE = """
    INSERT INTO message_course (station_id, period, message_id, counted, made_by, state, topic,
        category, organ, street_key, street_name, is_from_platform, submitted_s, told)
    SELECT station_id, period, id, 1, 1, state, 'roads', 'roads-pits', 'road-service', 'мир',
        'ул. Мира', false, extract(epoch FROM created_at), '{"registered": 1}'
    FROM message WHERE period <> ALL (:periods)
"""
BYTES_A_CALL = 1500  # with its share of messages, events and indexes


def days_of(period: str) -> tuple[date, date]:
    """First and last day of a month (YYMM)."""
    first = date(2000 + int(period[:2]), int(period[2:]), 1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


MONTH = days_of(ASKED_MONTH)
YEAR = (days_of(FIRST_MONTH)[0], days_of(following(FIRST_MONTH, MONTHS - 1))[1])


def timed_ms(work: Callable[[], object], times: int) -> list[float]:
    taken = []
    for _time in range(times):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def p99(values: Sequence[float]) -> float:
    return sorted(values)[int(len(values) * 0.99)]


def measure(dsn: str, calls: int, stations: int, *, only_messages: bool) -> dict[str, Any]:
    """Returns all figures for this number of calls; times in ms unless named otherwise."""
    began = time.perf_counter()
    fill(
        dsn,
        first=FIRST_MONTH,
        months=MONTHS,
        calls=calls,
        stations=stations,
        ways=_ways(),
        has_calls=not only_messages,
    )
    found: dict[str, Any] = {"calls": calls, "load_s": time.perf_counter() - began}
    found |= _messages(dsn)
    if only_messages:
        return found
    with central_transaction(dsn) as connection:
        settle(connection)
        found["GB"] = _scalar(connection, "SELECT pg_database_size(current_database())") / 1e9
        found |= _reports(connection)
        found |= _callers(connection)
        found["status"] = statistics.median(timed_ms(lambda: central_state(connection), 3))
    with central_transaction(dsn) as connection:
        found |= _pushes(connection)
    found |= _months(dsn, stations)
    return found


def _ways() -> list[HandledMessage]:
    """Messages as different as those of a city: bodies, categories and streets by the dozen."""
    return [
        way
        for way in random_ways(1, WAYS, datetime(2025, 2, 1, tzinfo=UTC), 1, variety=60)
        if way.standing.submitted_at is not None
    ]


def _scalar(connection: Connection, statement: str) -> float:
    return float(connection.scalar(text(statement)) or 0)


def _reports(connection: Connection) -> dict[str, float]:
    def report(days: tuple[date, date]) -> Callable[[], object]:
        return lambda: central_call_report(connection, *days, MOSCOW)

    figures = {
        "calls_month_first": timed_ms(report(MONTH), 1)[0],
        "calls_month": statistics.median(timed_ms(report(MONTH), 5)),
        "calls_day": statistics.median(timed_ms(report((MONTH[0], MONTH[0])), 5)),
        "calls_year": statistics.median(timed_ms(report(YEAR), 1)),
    }
    with connection.begin_nested() as apart:
        connection.execute(text("SET LOCAL max_parallel_workers_per_gather = 0"))
        used = _cpu_ms(connection)
        report(MONTH)()
        figures["calls_month_cpu"] = _cpu_ms(connection) - used
        apart.rollback()
    with connection.begin_nested() as apart:
        connection.execute(text("SET LOCAL enable_indexonlyscan = off"))
        figures["calls_month_from_records"] = statistics.median(timed_ms(report(MONTH), 2))
        apart.rollback()
    return figures


def _messages(dsn: str) -> dict[str, float]:
    """Times the monthly message report, from the stored summaries and from the events."""
    start = datetime.combine(MONTH[0], clock(), MOSCOW)
    end = datetime.combine(MONTH[1] + timedelta(days=1), clock(), MOSCOW)
    terms = [
        AnswerTermRule(topic, category, organ, days, DaysOf.CALENDAR)
        for days, (topic, category, organ) in enumerate(
            ((None, None, None), ("roads", None, None), (None, "waste-yard", None)), 8
        )
    ]
    by = CountingRules(terms, read_calendar(CALENDARS), DayOfSending.LEFT_OUT, MOSCOW, MONTH[1])
    found: dict[str, float] = {}
    began = time.perf_counter()
    with central_transaction(dsn) as connection:
        kept = connection.execute(
            text(_KEPT_ELSEWHERE), {"periods": [following(ASKED_MONTH, -1), ASKED_MONTH]}
        ).rowcount
    found |= {"courses_elsewhere": kept}
    add_courses(dsn, LONG_S)
    began = time.perf_counter()
    made = keep_courses(dsn, LONG_S)
    found["course_made_ms"] = (time.perf_counter() - began) * 1000 / max(made, 1)
    with central_transaction(dsn) as connection:
        connection.connection.cursor().execute("ANALYZE message_course")
    with central_transaction(dsn) as connection:
        settle(connection)
        reports: list[MessageReport] = []

        def report() -> None:
            table = counted_between(connection, start, end, by)
            reports[:] = [message_report(table, *MONTH)]

        used, own = _cpu_ms(connection), time.process_time()
        taken = timed_ms(report, 7)
        found["messages_server_cpu"] = (_cpu_ms(connection) - used) / len(taken)
        found["messages_own_cpu"] = (time.process_time() - own) * 1000 / len(taken)
        found["messages_month_first"] = taken[0]
        found["messages_month"], found["messages_month_best"] = statistics.median(taken), min(taken)
        found["messages_read"] = min(
            timed_ms(lambda: counted_between(connection, start, end, by), 3)
        )
        found["messages_in_month"] = len(reports[0].total.messages)
        found["overdue"] = statistics.median(
            timed_ms(lambda: overdue_now(counted_in_states(connection, WITH_TERM, by)), 1)
        )
        began = time.perf_counter()
        anew = list(counted_all(messages_between(connection, start, end), by))
        found["messages_month_anew"] = (time.perf_counter() - began) * 1000
        found["is_the_same"] = message_report(anew, *MONTH) == reports[0]
    return found


def _cpu_ms(connection: Connection) -> float:
    """Returns the CPU time used by the server process of this connection (Linux)."""
    pid = connection.scalar(text("SELECT pg_backend_pid()"))
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def _callers(connection: Connection) -> dict[str, float]:
    dice = random.Random(1)  # noqa: S311
    phones = [phone_of(dice.randrange(CALLERS)) for _ in range(300)]
    asked = iter(phones)
    taken = timed_ms(lambda: caller_history(connection, next(asked)), len(phones))
    figures = {"caller_p50": statistics.median(taken), "caller_p99": p99(taken)}
    with connection.begin_nested() as apart:
        connection.execute(text("SET LOCAL enable_indexscan = off"))
        connection.execute(text("SET LOCAL enable_bitmapscan = off"))
        figures["caller_without_index"] = timed_ms(
            lambda: caller_history(connection, phones[0]), 1
        )[0]
        apart.rollback()
    return figures


def _pushes(connection: Connection) -> dict[str, float]:
    cards = random_calls(3, 4000, datetime.combine(MONTH[0], clock(), UTC), 20)
    rows = [
        OutboxRow(
            index,
            Entity.CALL,
            card.id,
            1,
            plain(call_row(replace(card, number=next_number(ASKED_MONTH, "0001", 90_000 + index)))),
            0,
        )
        for index, card in enumerate(cards)
    ]
    batches = [rows[start : start + 200] for start in range(0, len(rows), 200)]
    fresh, again = iter(batches), iter(batches)

    def push(batch: list[OutboxRow]) -> None:
        statements = batch_statements(batch, "0001")
        connection.exec_driver_sql(statements.sql, dict(statements.parameters))

    return {
        "push_200_new": statistics.median(timed_ms(lambda: push(next(fresh)), len(batches))),
        "push_200_again": statistics.median(timed_ms(lambda: push(next(again)), len(batches))),
    }


def _months(dsn: str, stations: int) -> dict[str, float]:
    def make(period: str) -> Callable[[], object]:
        def work() -> None:
            with central_transaction(dsn) as connection:
                make_month(connection, period)

        return work

    ahead = timed_ms(make("2801"), 1)[0]
    # a month of the default partition, as after an upgrade of unpartitioned tables
    moved = 20_000
    with closing(psycopg2.connect(dsn)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO call_record SELECT (jsonb_populate_record(c, jsonb_build_object("
            "'period', '2402', 'number', '2402' || substr(number, 5)))).* FROM call_record AS c"
            " WHERE period = %s LIMIT %s",
            (ASKED_MONTH, moved),
        )
        moved = cursor.rowcount
    took = timed_ms(make("2402"), 1)[0]
    return {"make_month_ahead": ahead, "move_1000_rows": took / moved * 1000}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, nargs="+", default=[200_000])
    parser.add_argument("--stations", type=int, default=1000)
    parser.add_argument(
        "--only-messages", action="store_true", help="load and ask what reports of them need"
    )
    parser.add_argument("--shared-buffers", default="256MB")
    options = parser.parse_args()
    # as in the console, which creates the reports
    look_seldom()
    pass_over_what_is_there()
    needed = max(options.calls) * (BYTES_A_CALL // 2 if options.only_messages else BYTES_A_CALL)
    if shutil.disk_usage(tempfile.gettempdir()).free < needed * 1.5:
        parser.exit(1, f"not room enough: {needed * 1.5 / 1e9:.0f} GB are needed\n")
    settings = {
        "shared_buffers": options.shared_buffers,
        "maintenance_work_mem": "256MB",
        "max_wal_size": "4GB",
        "effective_cache_size": "8GB",
    }
    with PostgresServer(settings=settings) as server:
        for calls in options.calls:
            with server.database() as dsn:
                initialise(dsn)
                found = measure(dsn, calls, options.stations, only_messages=options.only_messages)
            print(json.dumps({name: round(value, 3) for name, value in found.items()}), flush=True)


if __name__ == "__main__":
    main()
