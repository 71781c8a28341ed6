"""The register of calls of this workplace: filters, every sort order, pages, cancelling."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, insert
from sqlalchemy.dialects import sqlite

from sync.errors import CheckStopped
from sync.records.replicated_tables import call_record
from sync.records.row_codec import call_row
from sync.register.calls.call_search import CallQuery, CallSort, CallTotal, stem_of, words_of
from sync.register.calls.calls import CallRecord
from sync.register.people.values import PersonName
from sync.store.local.calls import search
from sync.store.local.calls.search import LocalCalls, call_query
from sync.store.local.calls.search_stop import SearchStop
from sync.store.local.register import RegisterStore
from tests.benchmarks.local_store import fill
from tests.fakes.central_rows import random_calls
from tests.fakes.records import OPERATOR, new_call

FIRST = datetime(2026, 11, 1, tzinfo=UTC)
EVER = CallQuery(FIRST - timedelta(days=999), FIRST + timedelta(days=999))
SAYINGS = ("Нет воды на Каштановой", "Яма на тротуаре", "ВОДА РЖАВАЯ", "Как записать ребёнка")


def varied(count: int) -> tuple[CallRecord, ...]:
    dice = random.Random(3)  # noqa: S311
    return tuple(
        replace(
            card,
            content=dice.choice(SAYINGS),
            topic=dice.choice(("roads", "water", None)),
            name=PersonName(dice.choice(("Пробный", "Ёлкин")), "Проб", "Пробович"),
        )
        for card in random_calls(5, count, FIRST, 20)
    )


@pytest.fixture
def cards(store: RegisterStore) -> tuple[CallRecord, ...]:
    made = varied(300)

    def put(connection: Connection) -> None:
        connection.execute(insert(call_record), [call_row(card) for card in made])

    store.write(put).result()
    return made


def pages(store: RegisterStore, query: CallQuery, size: int = 7) -> list[CallRecord]:
    found: list[CallRecord] = []
    while True:
        after = found[-1] if found else None
        page = LocalCalls(store).find_calls(query, after, size, SearchStop())
        found += page
        if len(page) < size:
            return found


def value(card: CallRecord, sort: CallSort) -> str:
    match sort:
        case CallSort.NUMBER:
            return str(card.number)
        case CallSort.OPERATOR:
            return card.operator_name
        case CallSort.RESULT:
            return "" if card.result is None else card.result.value
        case CallSort.TIME:
            return ""


@pytest.mark.parametrize("is_descending", [True, False])
@pytest.mark.parametrize("sort", CallSort)
def test_pages_in_every_order_hold_each_call_once(
    store: RegisterStore, cards: tuple[CallRecord, ...], sort: CallSort, is_descending: bool
) -> None:
    query = replace(EVER, sort=sort, is_descending=is_descending)
    expected = sorted(
        cards, key=lambda one: (value(one, sort), one.arrived_at, one.id), reverse=is_descending
    )
    assert pages(store, query) == expected


def test_each_filter_leaves_the_calls_it_names(
    store: RegisterStore, cards: tuple[CallRecord, ...]
) -> None:
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
        (replace(EVER, workplace="0001"), list(cards)),
        (replace(EVER, workplace="0002"), []),
        (replace(EVER, words="вода"), [c for c in cards if "вод" in c.content.lower()]),
        (replace(EVER, words="нет КАШТАНОВАЯ"), [c for c in cards if "Каштан" in c.content]),
        (replace(EVER, words="ребенок"), []),
        (replace(EVER, words="ребенка"), [c for c in cards if "ребёнка" in c.content]),
    ):  # fmt: skip
        found = pages(store, query)
        assert {card.id for card in found} == {card.id for card in expected}, query
        assert len(found) == len(expected)


@pytest.mark.parametrize("is_descending", [True, False])
@pytest.mark.parametrize("sort", CallSort)
def test_a_word_of_many_calls_is_found_in_every_order_too(
    store: RegisterStore, monkeypatch: pytest.MonkeyPatch, sort: CallSort, is_descending: bool
) -> None:
    monkeypatch.setattr(search, "FEW_HITS", 50)
    made = varied(400)
    store.write(
        lambda connection: connection.execute(insert(call_record), [call_row(c) for c in made])
    ).result()
    expected = sorted(
        (card for card in made if "вод" in card.content.lower()),
        key=lambda one: (value(one, sort), one.arrived_at, one.id),
        reverse=is_descending,
    )
    assert len(expected) > 50
    query = replace(EVER, words="вода", sort=sort, is_descending=is_descending)
    assert pages(store, query) == expected
    monkeypatch.setattr(search, "FEW_HITS", 3000)
    assert pages(store, query) == expected


@pytest.mark.parametrize(
    "filters",
    [{}, {"words": "вода"}, {"operator": "Проба"}, {"topic": "water", "words": "ржавая"},
     {"name": "Ёлкин"}],
)  # fmt: skip
def test_a_total_is_counted_up_to_its_bound(
    store: RegisterStore, cards: tuple[CallRecord, ...], filters: dict[str, str]
) -> None:
    query = replace(EVER, **filters)  # type: ignore[arg-type]  # all of them are texts
    count = len(pages(store, query, 51))
    calls = LocalCalls(store)
    assert calls.count_calls(query, 1000, SearchStop()) == CallTotal(count)
    assert calls.count_calls(query, count, SearchStop()) == CallTotal(count)
    if count:
        least = calls.count_calls(query, count - 1, SearchStop())
        assert least == CallTotal(count - 1, is_least=True)


def test_everybody_who_took_a_call_is_named_once(
    store: RegisterStore, cards: tuple[CallRecord, ...]
) -> None:
    names = LocalCalls(store).operator_names()
    assert list(names) == sorted({card.operator_name for card in cards})


def test_a_query_that_nobody_waits_for_ends(store: RegisterStore) -> None:
    store.open_card(new_call(0), OPERATOR).result()
    store.write(lambda connection: fill(connection, 20_000)).result()
    stop = SearchStop()
    stop.stop()
    query = replace(EVER, start=datetime(2020, 1, 1, tzinfo=UTC), workplace="9999")
    with pytest.raises(CheckStopped):
        LocalCalls(store).find_calls(query, None, 50, stop)
    assert LocalCalls(store).find_calls(query, None, 50, SearchStop()) == ()


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (EVER, "ix_call_record_arrived_at"),
        (replace(EVER, phone="+79005550101"), "ix_call_record_phone"),
        (replace(EVER, operator="Проба"), "ix_call_record_operator_name"),
        (replace(EVER, topic="roads"), "ix_call_record_topic"),
        (replace(EVER, result="message"), "ix_call_record_result"),
        (replace(EVER, name="Пробный"), "ix_call_record_surname"),
        (replace(EVER, sort=CallSort.OPERATOR), "ix_call_record_operator_name"),
        (replace(EVER, sort=CallSort.RESULT), "ix_call_record_result"),
        (replace(EVER, sort=CallSort.NUMBER), "ix_call_record_number"),
        (replace(EVER, sort=CallSort.NUMBER, words="вода"), "ix_call_record_number"),
        (replace(EVER, words="вода"), "call_words"),
    ],
)
def test_no_query_sorts_all_calls(store: RegisterStore, query: CallQuery, index: str) -> None:
    compiled = call_query(query, None, 51).compile(dialect=sqlite.dialect())
    statement = f"EXPLAIN QUERY PLAN {compiled}"

    def plan(connection: Connection) -> str:
        driver = connection.connection
        cursor = driver.cursor()
        cursor.execute(statement, [str(value) for value in compiled.params.values()])
        return "\n".join(row[3] for row in cursor.fetchall())

    found = store.read(plan)
    assert index in found
    if not query.name:  # few share a surname
        assert "USE TEMP B-TREE FOR ORDER BY" not in found


def test_words_are_cut_to_what_does_not_change() -> None:
    assert words_of("На ул. Мира, д. 5: нет ВОДЫ; воды") == ("мира", "нет", "воды")
    assert [stem_of(word) for word in ("воды", "мира", "каштановая", "оно")] == [
        "вод", "мир", "каштанов", "оно"
    ]  # fmt: skip
