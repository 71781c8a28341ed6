"""Reports and caller lookups of all workplaces: same figures as from the records, without full
table scans.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg2
import pytest
from sqlalchemy import Table, insert, text

from sync.cli import main
from sync.records.central_tables import call_record, message, message_event
from sync.records.message_event_codec import event_row
from sync.records.row_codec import call_row, message_row, plain
from sync.register.calls import calls
from sync.register.calls.calls import CallRecord
from sync.register.figures.call_statistics import call_report
from sync.register.handling.handled import HandledMessage
from sync.register.messages import OPEN, State
from sync.register.numbering import next_number, period_of
from sync.store.central.connection import central_transaction
from sync.store.central.partitions import make_month
from sync.store.central.reading import CentralRegister
from tests.fakes.central_rows import central_row, enrol, put_calls, put_messages, random_calls
from tests.fakes.message_ways import dozen
from tests.fakes.records import OPERATOR, closed, filled, new_call

MOSCOW = ZoneInfo("Europe/Moscow")
ARRIVED = datetime(2026, 11, 3, tzinfo=UTC)
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


def test_the_centre_counts_calls_as_the_register_does(dsn: str) -> None:
    cards = random_calls(7, 1500, datetime(2026, 10, 25, tzinfo=UTC), 45)
    with central_transaction(dsn) as connection:
        enrol(connection, "0001")
        make_month(connection, "2610")
        put_calls(connection, cards)
    register = CentralRegister(dsn)
    for first, last in ((FIRST, LAST), (LAST, LAST), (date(2026, 10, 25), date(2026, 12, 9))):
        expected = call_report(cards, first, last, MOSCOW)
        assert expected.total.calls > 20
        assert expected.total.answered_out_of_hours > 0
        assert len(expected.by_incident) == 2 or first == last  # a day need not have both
        assert register.call_report(first, last, MOSCOW) == expected
    empty = register.call_report(date(2031, 1, 1), date(2031, 1, 2), MOSCOW)
    assert empty == call_report((), date(2031, 1, 1), date(2031, 1, 2), MOSCOW)
    # days and hours are those of the requested time zone
    abroad = ZoneInfo("Asia/Kathmandu")
    assert register.call_report(FIRST, LAST, abroad) == call_report(cards, FIRST, LAST, abroad)


def test_messages_come_with_their_whole_history(dsn: str) -> None:
    made = [
        replace(
            handled,
            record=replace(handled.record, submitted_at=handled.history.standing.submitted_at),
        )
        for handled in dozen()
    ]
    # created in October and registered only now
    old = replace(made[0].record, created_at=datetime(2026, 10, 2, tzinfo=UTC))
    late = replace(made[0], record=replace(old, number=next_number("2702", "0417", 1)))
    messages = [late, *made[1:]]
    with central_transaction(dsn) as connection:
        enrol(connection, "0417")
        put_messages(connection, messages)
    register = CentralRegister(dsn)
    found = register.between(
        datetime(2026, 10, 31, 21, tzinfo=UTC), datetime(2026, 11, 30, 21, tzinfo=UTC)
    )
    assert set(found) == set(made[1:])
    october = register.between(datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 10, 3, tzinfo=UTC))
    assert october == (late,)
    waiting = register.in_states([State.SUBMITTED, State.REFUSED])
    assert {one.id for one in waiting} == {UUID(int=5), UUID(int=10), UUID(int=12)}
    assert register.in_states([]) == ()


YEAR_END = datetime(2026, 12, 31, 21, tzinfo=UTC)
"""Midnight in the city's time zone."""
DECEMBER = (date(2026, 12, 1), date(2026, 12, 31))
JANUARY = (date(2027, 1, 1), date(2027, 1, 31))


def talk_of(index: int, arrived_at: datetime, period: str) -> CallRecord:
    """Returns a talk of one minute, with a number of this month."""
    card = calls.open_card(
        new_call(index, arrived_at),
        id=UUID(int=index),
        number=next_number(period, "0001", index),
        at=arrived_at,
        operator=OPERATOR,
        workplace="0001",
        home_area_code="87999",
    )
    return closed(filled(card))


def test_a_call_is_in_the_report_of_its_day_at_the_end_of_a_year(dsn: str) -> None:
    """The number may be of the other month, and the talk continues over midnight."""
    cards = (
        talk_of(1, YEAR_END - timedelta(seconds=2), "2701"),
        talk_of(2, YEAR_END + timedelta(seconds=1), "2612"),
    )
    with central_transaction(dsn) as connection:
        enrol(connection, "0001")
        put_calls(connection, cards)
    register = CentralRegister(dsn)

    days = ((DECEMBER[1], DECEMBER[1]), (JANUARY[0], JANUARY[0]))
    for first, last in (DECEMBER, JANUARY, *days, (DECEMBER[0], JANUARY[1])):
        found = register.call_report(first, last, MOSCOW)
        assert found == call_report(cards, first, last, MOSCOW)
        assert found.total.calls == (2 if (first, last) == (DECEMBER[0], JANUARY[1]) else 1)


def test_a_message_is_in_the_month_of_its_day_at_the_end_of_a_year(dsn: str) -> None:
    """Its number may be of the other month."""

    def begun(handled: HandledMessage, at: datetime, period: str) -> HandledMessage:
        number = next_number(period, "0417", 1)
        record = replace(handled.record, created_at=at, submitted_at=at, number=number)
        return replace(handled, record=record)

    old = begun(dozen()[0], YEAR_END - timedelta(seconds=2), "2701")
    new = begun(dozen()[1], YEAR_END + timedelta(seconds=1), "2612")
    with central_transaction(dsn) as connection:
        enrol(connection, "0417")
        put_messages(connection, [old, new])
    register = CentralRegister(dsn)

    month = timedelta(days=31)
    assert [one.id for one in register.between(YEAR_END - month, YEAR_END)] == [old.id]
    assert [one.id for one in register.between(YEAR_END, YEAR_END + month)] == [new.id]


def test_a_caller_is_known_from_any_workplace_and_month(dsn: str) -> None:
    now = datetime.now(UTC)
    cards = random_calls(3, 60, now - timedelta(days=120), 120)
    phone = "+79005550199"
    known = [replace(card, phone=phone) for card in cards[:30]]
    numbers = [next_number(period_of(now), "0417", low) for low in range(len(dozen()))]
    author = [
        replace(handled, record=replace(handled.record, phone=phone, number=number))
        for handled, number in zip(dozen(), numbers, strict=True)
    ]
    with central_transaction(dsn) as connection:
        for code in ("0001", "0417"):
            enrol(connection, code)
        put_calls(connection, [*known, *cards[30:]])
        put_messages(connection, author)
    found = CentralRegister(dsn).caller(phone)
    assert list(found.calls) == sorted(known, key=lambda card: card.arrived_at, reverse=True)[:20]
    assert {one.id for one in found.messages} == {
        one.id for one in author if one.record.state in OPEN
    }
    assert [one.created_at for one in found.messages] == sorted(
        (one.created_at for one in found.messages), reverse=True
    )


def test_a_report_writes_nothing(dsn: str) -> None:
    with pytest.raises(psycopg2.errors.ReadOnlySqlTransaction):
        CentralRegister(dsn)._read(
            lambda connection: connection.execute(text("DELETE FROM call_record"))
        )


def test_what_the_domain_never_writes_is_refused(dsn: str) -> None:
    card = next(card for card in random_calls(5, 50, ARRIVED, 1) if card.result is not None)
    handled = dozen()[1]
    number = handled.record.number
    assert number is not None
    event = {**plain(event_row(handled.history.events[0], 1)), "number": str(number)}
    rows: dict[Table, dict[str, Any]] = {
        call_record: central_row(plain(call_row(card)), call_record),
        message: central_row(plain(message_row(handled.record)), message),
        message_event: central_row({**event, "revision": 1}, message_event),
    }
    wrong: dict[Table, list[dict[str, Any]]] = {
        call_record: [
            {"state": "open"},
            {"direction": "sideways"},
            {"result": "solved"},
            {"operator_role": "postgres"},
            {"saved_at": None},
            {"result": None},
            {"result": "message", "message_id": None},
            {"counter": rows[call_record]["counter"] + 1},
            {"station_id": "0417"},
            {"period": "2613", "number": "2613-0001-00001-0", "counter": 1},
        ],
        message: [{"state": "lost"}, {"publicity": "maybe"}, {"operator_role": "guest"}],
        message_event: [
            {"seq": 0},
            {"step": "delete"},
            {"source": "rumour", "by_id": None, "by_name": None, "by_role": None},
            {"by_role": "guest"},
            {"by_name": None},
        ],
    }
    with central_transaction(dsn) as connection:
        for code in ("0001", "0417"):
            enrol(connection, code)
    for table, row in rows.items():
        for change in wrong[table]:
            with pytest.raises(psycopg2.errors.CheckViolation):  # noqa: SIM117
                with central_transaction(dsn) as connection:
                    connection.execute(insert(table), {**row, **change})
        with central_transaction(dsn) as connection:
            connection.execute(insert(table), row)


def test_the_report_is_told_on_the_command_line(
    dsn: str, capsys: pytest.CaptureFixture[str]
) -> None:
    cards = random_calls(9, 200, ARRIVED, 20)
    with central_transaction(dsn) as connection:
        enrol(connection, "0001")
        put_calls(connection, cards)
    expected = call_report(cards, FIRST, LAST, MOSCOW)
    period = ("--first", "2026-11-01", "--last", "2026-11-30")
    assert main(["central", "report", "--dsn", dsn, *period, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["calls"], told["missed"]) == (expected.total.calls, expected.total.missed)
    wait = expected.total.wait.mean
    assert wait is not None
    assert told["wait_s"] == pytest.approx(wait.total_seconds(), abs=0.1)
    assert [one["name"] for one in told["by_operator"]] == [
        one.operator_name for one in expected.by_operator
    ]
    assert (len(told["by_day"]), len(told["by_hour"])) == (30, 24)
    assert main(["central", "report", "--dsn", dsn, "--first", "2026-11-05"]) == 0
    assert "2026-11-05 - 2026-11-05: " in capsys.readouterr().out
    assert main(["central", "report", "--dsn", dsn]) == 0
