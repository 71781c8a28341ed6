"""The full-text index of calls: updated with every change, free of erased words, complete in
copies.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, text

from sync.errors import CheckStopped
from sync.register.calls import calls
from sync.register.calls.call_search import CallQuery
from sync.register.people.persons import PersonQuery
from sync.store.local.calls.search import LocalCalls
from sync.store.local.calls.search_stop import SearchStop
from sync.store.local.engine import (
    check_integrity,
    checking_engine,
    copy_into,
    file_engine,
    known_errors,
)
from sync.store.local.keys import StoreKey
from sync.store.local.people.persons import LocalPersons
from sync.store.local.register import RegisterStore
from tests.fakes.persons import PHONE, WORD, save_call
from tests.fakes.records import OPERATOR, RANG_AT, new_call

WAIT_S = 10
EVER = CallQuery(datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC))
ACT = UUID(int=77)


def found(store: RegisterStore, words: str) -> list[str]:
    query = replace(EVER, words=words)
    page = LocalCalls(store).find_calls(query, None, 50, SearchStop())
    return [card.content for card in page]


def pages_of_index(connection: Connection) -> bytes:
    """Every page of the index."""
    blocks = connection.execute(text("SELECT block FROM call_words_data ORDER BY id")).scalars()
    return b"".join(blocks)


def require_whole(connection: Connection) -> None:
    """Asserts that the index matches the texts."""
    connection.execute(
        text("INSERT INTO call_words(call_words, rank) VALUES('integrity-check', 1)")
    )


def test_what_is_typed_is_found_and_what_is_overwritten_is_not(store: RegisterStore) -> None:
    card = store.open_card(new_call(1), OPERATOR).result(WAIT_S)
    card = store.save_draft(calls.edit(card, content="Ёлка упала на дом-музей")).result(WAIT_S)
    assert found(store, "елка") == found(store, "ЁЛК музе") == [card.content]
    store.save_draft(calls.edit(card, content="Яма у дома 14а")).result(WAIT_S)
    assert found(store, "елка") == []
    assert found(store, "яма 14а") == ["Яма у дома 14а"]
    assert found(store, 'яма" OR "елка') == []  # words, and no query of FTS5
    store.write(require_whole).result(WAIT_S)


def test_erased_words_are_in_no_page_of_the_index(store: RegisterStore) -> None:
    for index in range(40):  # enough to merge segments of the index
        call = new_call(100 + index, RANG_AT + timedelta(minutes=index))
        other = store.open_card(call, OPERATOR).result(WAIT_S)
        store.save_draft(calls.edit(other, content=f"Обычный вопрос {index}")).result(WAIT_S)
    card = save_call(store, 1)
    said = WORD.lower().encode()
    assert found(store, WORD) == [card.content]
    assert said in store.read(pages_of_index)
    LocalPersons(store).erase(PersonQuery(phone=PHONE), ACT, RANG_AT, lambda _found: None)
    assert found(store, WORD) == []
    # A page stores of a term only the part it does not share with the previous term.
    left = store.read(pages_of_index)
    assert said not in left
    assert said[4:] not in left
    terms = "CREATE VIRTUAL TABLE temp.terms USING fts5vocab('main', 'call_words', 'row')"

    def all_terms(connection: Connection) -> set[str]:
        connection.execute(text(terms))
        return set(connection.scalars(text("SELECT term FROM temp.terms")))

    known = store.write(all_terms).result(WAIT_S)
    assert WORD.lower() not in known
    assert "обычный" in known
    store.write(require_whole).result(WAIT_S)


def test_a_page_that_the_store_frees_is_overwritten(store: RegisterStore) -> None:
    pragma = "PRAGMA secure_delete"
    assert store.write(lambda one: one.exec_driver_sql(pragma).scalar_one()).result(WAIT_S) == 1


def test_a_copy_finds_the_same_words(
    store: RegisterStore, path: Path, key: StoreKey, tmp_path: Path
) -> None:
    """The index refers to calls by rowid, which a copy must preserve, including gaps."""
    for index, content in enumerate(("Первый фонарь", "Второй люк", "Третий лифт")):
        card = store.open_card(new_call(index, RANG_AT), OPERATOR).result(WAIT_S)
        store.save_draft(calls.edit(card, content=content)).result(WAIT_S)
    gap = "DELETE FROM call_record WHERE content = 'Первый фонарь'"
    store.write(lambda connection: connection.execute(text(gap))).result(WAIT_S)
    copy = tmp_path / "copy.db"
    copy_into(path, key, copy)
    engine = file_engine(copy, key)
    with engine.begin() as connection:
        require_whole(connection)
        hit = (
            "SELECT content FROM call_record WHERE rowid IN"
            " (SELECT rowid FROM call_words WHERE call_words MATCH 'люк')"
        )
        assert connection.scalars(text(hit)).all() == ["Второй люк"]
        assert connection.scalars(text(hit.replace("люк", "фонарь"))).all() == []
    engine.dispose()


def test_a_check_that_is_stopped_anywhere_calls_no_store_damaged(path: Path, key: StoreKey) -> None:
    store = RegisterStore.open(path, key)
    card = store.open_card(new_call(1), OPERATOR).result(WAIT_S)
    store.save_draft(calls.edit(card, content="Яма на дороге")).result(WAIT_S)
    assert store.close_store()
    stopped = 0
    for limit in itertools.count(1):
        looks: Iterator[int] = iter(range(limit))
        engine = checking_engine(path, key, lambda: next(looks, None) is None, 10)  # noqa: B023
        try:
            with known_errors(), engine.begin() as connection:
                check_integrity(connection)
            break
        except CheckStopped:
            stopped += 1
        finally:
            engine.dispose()
    assert stopped > 10
