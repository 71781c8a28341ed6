"""Query plans of reports and caller lookups in PostgreSQL: by indexes, only in the requested
months.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import psycopg2
import pytest
from sqlalchemy import Connection, event, func, select

from sync.records.central_tables import call_record
from sync.records.row_codec import call_row, plain
from sync.records.table_rules import Entity
from sync.register.calendar.calendar import WorkingCalendar
from sync.register.calendar.terms import DayOfSending
from sync.register.figures.course import COURSE_VERSION
from sync.register.figures.reckoner import CountingRules
from sync.register.messages import State
from sync.register.numbering import next_number
from sync.store.central.administration import central_state
from sync.store.central.batch import batch_statements
from sync.store.central.call_report import central_call_report
from sync.store.central.connection import central_transaction
from sync.store.central.courses import _made, counted_between, counted_in_states
from sync.store.central.reading import caller_history, settle
from sync.store.central.standings import messages_between, messages_in_states
from sync.store.local.outbox import OutboxRow
from tests.fakes.central_bulk import fill, phone_of
from tests.fakes.central_rows import random_calls
from tests.fakes.message_ways import dozen
from tests.fakes.postgres import PostgresServer

MOSCOW = ZoneInfo("Europe/Moscow")
CALLS = 140_000
"""With their messages and events more than 200,000 rows."""
BIG_ROWS = 1000
OF_FEW = {"ix_message_course_stale"}
"""Partial indexes that contain exactly the requested rows."""
KEPT = """
    INSERT INTO message_course (station_id, period, message_id, counted, made_by, state, told,
        is_from_platform, submitted_s)
    SELECT station_id, period, id, 1, %s, state, '{"registered": 1}', false, 0 FROM message
"""
NO_TERMS = CountingRules((), WorkingCalendar({}), DayOfSending.LEFT_OUT, MOSCOW, date(2025, 3, 1))
FEBRUARY = (date(2025, 2, 1), date(2025, 2, 28))


@pytest.fixture(scope="module")
def filled_dsn(postgres: PostgresServer, central_template: str) -> Iterator[str]:
    with postgres.database(central_template) as dsn:
        fill(dsn, first="2501", months=4, calls=CALLS, stations=50, content="Вода")
        with closing(psycopg2.connect(dsn)) as connection, connection.cursor() as cursor:
            cursor.execute(KEPT, (COURSE_VERSION,))
            connection.commit()
            connection.autocommit = True
            cursor.execute("VACUUM ANALYZE message_course")
        yield dsn


def plans(dsn: str, work: Callable[[Connection], object]) -> list[dict[str, Any]]:
    """Returns the plans of all statements of ``work``."""
    asked: list[tuple[str, Any]] = []
    found: list[dict[str, Any]] = []
    with central_transaction(dsn) as connection:
        event.listen(
            connection,
            "before_cursor_execute",
            lambda _c, _cursor, statement, values, *_rest: asked.append((statement, values)),
        )
        work(connection)
    with closing(psycopg2.connect(dsn)) as plain_connection, plain_connection.cursor() as cursor:
        for statement, values in asked:
            if statement.startswith("SET"):
                cursor.execute(statement)
            if statement.startswith(("SAVEPOINT", "ROLLBACK", "SET")):
                continue
            for part in statement.split(";\n"):
                cursor.execute(f"EXPLAIN (FORMAT JSON) {part}", values)
                (made,) = cursor.fetchall()
                found += [row["Plan"] for row in made[0]]
    assert found
    return found


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes(part)


def is_whole(node: dict[str, Any]) -> bool:
    kind = node["Node Type"]
    if node.get("Index Name") in OF_FEW:
        return False
    return kind == "Seq Scan" or (kind.startswith("Index") and "Index Cond" not in node)


def read_through(dsn: str, work: Callable[[Connection], object]) -> set[str]:
    """Returns the large tables with a sequential scan in ``work``."""
    with closing(psycopg2.connect(dsn)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE reltuples >= %s", (BIG_ROWS,))
        big = {name for (name,) in cursor.fetchall()}
    assert len(big) > 12
    return {
        node["Relation Name"]
        for plan in plans(dsn, work)
        for node in nodes(plan)
        if node.get("Relation Name") in big and is_whole(node)
    }


def parts_of(dsn: str, work: Callable[[Connection], object]) -> set[str]:
    return {
        node["Relation Name"]
        for plan in plans(dsn, work)
        for node in nodes(plan)
        if "Relation Name" in node
    }


def report(connection: Connection) -> object:
    settle(connection)
    return central_call_report(connection, *FEBRUARY, MOSCOW)


def february(connection: Connection) -> object:
    settle(connection)
    start, end = (datetime(2025, month, 1, tzinfo=UTC) for month in (2, 3))
    return messages_between(connection, start, end)


def counted_february(connection: Connection) -> object:
    settle(connection)
    start, end = (datetime(2025, month, 1, tzinfo=UTC) for month in (2, 3))
    return counted_between(connection, start, end, NO_TERMS)


def overdue(connection: Connection) -> object:
    settle(connection)
    return counted_in_states(connection, [State.SUBMITTED], NO_TERMS)


def courses_to_make(connection: Connection) -> object:
    return _made(connection)


def open_messages(connection: Connection) -> object:
    settle(connection)
    return messages_in_states(connection, [State.SUBMITTED])


def caller(connection: Connection) -> object:
    settle(connection)
    return caller_history(connection, phone_of(7919))


def sent_again(connection: Connection) -> object:
    (card,) = random_calls(1, 1, datetime(2025, 2, 3, tzinfo=UTC), 1)
    card = replace(card, number=next_number("2502", "0001", 90_000))
    row = OutboxRow(1, Entity.CALL, card.id, 1, plain(call_row(card)), 0)
    with connection.begin_nested() as attempt:
        statements = batch_statements([row], "0001")
        for _time in range(2):
            answer = connection.exec_driver_sql(statements.sql, dict(statements.parameters))
            held = set(answer.scalars())
        attempt.rollback()
    return held


@pytest.mark.parametrize(
    "work",
    [
        report,
        open_messages,
        overdue,
        courses_to_make,
        caller,
        central_state,
        sent_again,
    ],
    ids=["calls", "open messages", "overdue", "courses to make", "caller", "status", "sent again"],
)
def test_no_big_table_is_read_through(
    filled_dsn: str, work: Callable[[Connection], object]
) -> None:
    assert read_through(filled_dsn, work) == set()


def test_messages_of_a_month_are_read_from_its_parts_alone(filled_dsn: str) -> None:
    # all of its rows are needed: sequential scans of these two cost nothing extra
    whole = {"message_2502", "message_event_2502"}
    assert read_through(filled_dsn, february) <= whole
    assert "message_2412" not in parts_of(filled_dsn, february)


def test_a_report_of_messages_reads_no_event_and_no_other_month(filled_dsn: str) -> None:
    # all messages of the month are needed, and only their summaries
    assert read_through(filled_dsn, counted_february) <= {"message_2502"}
    parts = parts_of(filled_dsn, counted_february)
    assert "message_course" in parts
    assert not any(part.startswith(("message_event", "message_2412")) for part in parts)


def test_a_question_without_an_index_is_found(filled_dsn: str) -> None:
    def careless(connection: Connection) -> object:
        on = func.date(call_record.c.arrived_at)  # the index is on the timestamp
        return connection.execute(select(func.count()).where(on == FEBRUARY[0])).all()

    assert len(read_through(filled_dsn, careless)) == 4


def test_a_report_looks_into_its_months_only(filled_dsn: str) -> None:
    months = {f"call_record_{month}" for month in ("2501", "2502", "2503", "default")}
    assert parts_of(filled_dsn, report) <= months
    counted = [
        node["Node Type"]
        for plan in plans(filled_dsn, report)
        for node in nodes(plan)
        if node.get("Relation Name") == "call_record_2502"
    ]
    # counts come from the index only; records are read only for the names of operators
    assert counted.count("Index Only Scan") >= 2


def test_the_figures_are_of_the_month(filled_dsn: str) -> None:
    with central_transaction(filled_dsn) as connection:
        handled = february(connection)
        found = central_call_report(connection, *FEBRUARY, MOSCOW)
    assert found.total.calls == pytest.approx(CALLS / 4, rel=0.01)
    assert len(found.by_operator) == 50
    assert isinstance(handled, tuple)
    assert len(handled) == pytest.approx(CALLS / 80, rel=0.01)
    assert {one.standing.state for one in handled} == {dozen()[1].standing.state}
