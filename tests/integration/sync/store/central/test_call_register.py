"""The call register over the central database: same results as the local one, by indexes, with
access rights.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import psycopg2
import psycopg2.extras
import pytest

from sync.errors import CentreUnread
from sync.exchange.central_choice import CentralReading
from sync.register.calls.call_search import CallQuery, CallSort
from sync.register.calls.calls import CallRecord
from sync.register.handling.handled import HandledMessage
from sync.register.numbering import next_number
from sync.register.people.operators import Role
from sync.store.central.connection import central_transaction
from sync.store.central.record_search import Asked, call_asked
from sync.store.local.calls.search_stop import SearchStop
from tests.fakes.central_people import dsn_as, new_person
from tests.fakes.central_rows import enrol, put_calls, put_messages
from tests.fakes.message_ways import dozen
from tests.unit.sync.store.local.calls.test_call_search import EVER, FIRST, value, varied


def put(dsn: str, cards: tuple[CallRecord, ...]) -> None:
    with central_transaction(dsn) as connection:
        enrol(connection, "0001")
        enrol(connection, "0002")
        put_calls(connection, cards)


def of_two_workplaces() -> tuple[CallRecord, ...]:
    cards = varied(200)
    return tuple(
        replace(card, number=next_number(card.number.period, "0002", card.number.counter))
        if index % 3 == 0
        else card
        for index, card in enumerate(cards)
    )


def pages(reading: CentralReading, query: CallQuery, size: int = 7) -> list[CallRecord]:
    found: list[CallRecord] = []
    while True:
        after = found[-1] if found else None
        page = reading.find_calls(query, after, size, SearchStop())
        found += page
        if len(page) < size:
            return found


@pytest.mark.parametrize("is_descending", [True, False])
def test_pages_in_every_order_hold_each_call_once(dsn: str, is_descending: bool) -> None:
    cards = of_two_workplaces()
    put(dsn, cards)
    reading = CentralReading(lambda: dsn)
    for sort in CallSort:
        query = replace(EVER, sort=sort, is_descending=is_descending)
        expected = sorted(cards, key=lambda one: (one.arrived_at, one.id), reverse=is_descending)
        found = pages(reading, query)
        if sort is CallSort.TIME:
            assert found == expected
        assert sorted(found, key=lambda one: one.id) == sorted(cards, key=lambda one: one.id)
        values = [value(one, sort) for one in found]
        assert all(
            (one >= other) if is_descending else (one <= other)
            for one, other in zip(values, values[1:], strict=False)
            if one.isascii() and other.isascii()  # letters have the database's collation
        )


def test_each_filter_leaves_the_calls_it_names(dsn: str) -> None:
    cards = of_two_workplaces()
    put(dsn, cards)
    reading = CentralReading(lambda: dsn)
    one = cards[17]
    start, end = FIRST + timedelta(days=2), FIRST + timedelta(days=5)
    result = next(card.result for card in cards if card.result is not None)
    for query, expected in (
        (replace(EVER, start=start, end=end), [c for c in cards if start <= c.arrived_at < end]),
        (replace(EVER, start=start, end=start, number=one.number), [one]),
        (replace(EVER, phone=str(one.phone)), [c for c in cards if c.phone == one.phone]),
        (replace(EVER, name="ёлк проб"), [c for c in cards if "Ёлкин" in str(c.name)]),
        (replace(EVER, operator=one.operator_name),
         [c for c in cards if c.operator_name == one.operator_name]),
        (replace(EVER, topic="water"), [c for c in cards if c.topic == "water"]),
        (replace(EVER, result=result), [c for c in cards if c.result is result]),
        (replace(EVER, workplace="0002"), [c for c in cards if c.number.station == "0002"]),
        (replace(EVER, words="вода"), [c for c in cards if "вод" in c.content.lower()]),
        (replace(EVER, words="каштановая"), [c for c in cards if "Каштан" in c.content]),
        (replace(EVER, words="ребенка' | '"), [c for c in cards if "ребёнка" in c.content]),
        (replace(EVER, name="100%_"), []),
    ):  # fmt: skip
        found = pages(reading, query)
        assert {card.id for card in found} == {card.id for card in expected}, query


def plan_of(dsn: str, asked: Asked) -> str:
    """Returns the plan of the function's statement with sequential scans disabled where
    avoidable.
    """
    with closing(psycopg2.connect(dsn)) as connection, connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
        cursor.execute("SELECT find_calls_statement(%s, 51)", (psycopg2.extras.Json(asked),))
        (statement,) = cursor.fetchone() or ("",)
        cursor.execute(f"EXPLAIN {statement}")
        return "\n".join(line for (line,) in cursor.fetchall())


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (EVER, "arrived_at"),
        (replace(EVER, number=next_number("2611", "0001", 4)), "counter"),
        (replace(EVER, phone="+79005550101"), "phone"),
        (replace(EVER, operator="Проба"), "operator_name"),
        (replace(EVER, topic="roads"), "topic"),
        (replace(EVER, result="message"), "COALESCE"),
        (replace(EVER, name="Пробный"), "surname"),
        (replace(EVER, words="каштановая"), "to_tsvector"),
        (replace(EVER, sort=CallSort.OPERATOR), "operator_name"),
        (replace(EVER, sort=CallSort.NUMBER), "number"),
    ],
)
def test_every_filter_and_order_has_an_index(dsn: str, query: CallQuery, index: str) -> None:
    put(dsn, of_two_workplaces())
    plan = plan_of(dsn, call_asked(query))
    assert "Seq Scan" not in plan
    assert index in plan


def test_an_operator_finds_any_call_by_what_the_caller_says_and_lists_none(centre: str) -> None:
    cards = of_two_workplaces()
    put(centre, cards)
    new_person(centre, "probova")
    reading = CentralReading(lambda: dsn_as(centre, "probova"))
    asked = replace(EVER, number=cards[3].number)
    assert reading.find_calls(asked, None, 51, SearchStop()) == (cards[3],)
    for query, most in ((EVER, 51), (replace(EVER, topic="water"), 51), (asked, 52)):
        with pytest.raises(CentreUnread) as caught:
            reading.find_calls(query, None, most, SearchStop())
        assert caught.value.code == "rights_missing"


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.SUPERVISOR])
def test_an_open_connection_of_a_disabled_person_finds_nothing(centre: str, role: Role) -> None:
    cards = of_two_workplaces()
    put(centre, cards)
    new_person(centre, "gone", role)
    asked = psycopg2.extras.Json({"number": str(cards[3].number)})
    with closing(psycopg2.connect(dsn_as(centre, "gone"))) as open_before:
        open_before.autocommit = True
        with closing(psycopg2.connect(centre)) as owner, owner, owner.cursor() as cursor:
            cursor.execute("UPDATE operator SET disabled_at = now() WHERE login = 'gone'")
        with open_before.cursor() as cursor:
            for name in ("find_calls", "find_messages"):
                with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                    cursor.callproc(name, (asked, 51))


def test_a_supervisor_lists_all_calls_and_an_observer_finds_none(centre: str) -> None:
    cards = of_two_workplaces()
    put(centre, cards)
    new_person(centre, "chief", Role.SUPERVISOR)
    new_person(centre, "watcher", Role.OBSERVER)
    assert len(CentralReading(lambda: dsn_as(centre, "chief")).find_calls(
        EVER, None, 500, SearchStop())) == len(cards)  # fmt: skip
    with pytest.raises(CentreUnread):
        CentralReading(lambda: dsn_as(centre, "watcher")).find_calls(
            replace(EVER, number=cards[3].number), None, 51, SearchStop()
        )


def test_messages_of_all_workplaces_are_found_with_their_history(centre: str) -> None:
    made: tuple[HandledMessage, ...] = tuple(one for one in dozen() if one.record.number)
    with central_transaction(centre) as connection:
        for station in {one.record.number.station for one in made if one.record.number}:
            enrol(connection, station)
        put_messages(connection, made)
    new_person(centre, "probova")
    reading = CentralReading(lambda: dsn_as(centre, "probova"))
    known = [one for one in made if one.standing.state.value != "draft"]
    one = known[0]
    (found,) = reading.find_messages({"number": str(one.record.number)}, 51)
    assert found.history == one.history
    by_phone = reading.find_messages({"phone": str(one.record.phone)}, 51)
    assert {each.id for each in by_phone} == {
        each.id for each in known if each.record.phone == one.record.phone
    }
    period = {"start": "2000-01-01", "end": "2100-01-01", "first_period": "0001"}
    with pytest.raises(CentreUnread):
        reading.find_messages(period, 51)
