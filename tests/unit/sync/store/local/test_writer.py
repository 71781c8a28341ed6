"""The writer: in order, one transaction for each function, and no function after the stop."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, text

from sync.errors import StoreClosed, StoreUnavailable
from sync.store.local.engine import writing_engine
from sync.store.local.keys import StoreKey
from sync.store.local.writer import Writer

WAIT_S = 10
MOST_KB = 512  # the default of SQLCipher is 8000


@pytest.fixture
def engine(path: Path, key: StoreKey) -> Iterator[Engine]:
    made = writing_engine(path, key)
    with made.begin() as connection:
        connection.execute(text("CREATE TABLE line (number INTEGER PRIMARY KEY)"))
    yield made
    made.dispose()


@pytest.fixture
def writer(engine: Engine) -> Iterator[Writer]:
    made = Writer(engine)
    yield made
    assert made.stop(WAIT_S)


def numbers(engine: Engine) -> list[int]:
    with engine.connect() as connection:
        return list(connection.scalars(text("SELECT number FROM line ORDER BY number")))


def adding(number: int) -> Callable[[Connection], int]:
    def work(connection: Connection) -> int:
        statement = text("INSERT INTO line VALUES (:number)")
        return connection.execute(statement, {"number": number}).rowcount

    return work


def insert(writer: Writer, number: int) -> None:
    writer.submit(adding(number)).result(WAIT_S)


def test_a_future_resolves_after_the_commit(writer: Writer, engine: Engine) -> None:
    insert(writer, 1)
    assert numbers(engine) == [1]


def test_the_writer_does_not_fill_with_the_pages_of_a_shift(writer: Writer) -> None:
    """Each call adds 14 kB to the page cache, which would retain the pages of a whole shift."""
    kept = writer.submit(lambda connection: connection.scalar(text("PRAGMA cache_size")))
    assert -MOST_KB <= kept.result(WAIT_S) < 0  # negative values are in kB


def test_a_function_that_fails_leaves_nothing(writer: Writer, engine: Engine) -> None:
    def half(connection: Connection) -> None:
        connection.execute(text("INSERT INTO line VALUES (1)"))
        raise LookupError("half way")

    with pytest.raises(LookupError, match="half way"):
        writer.submit(half).result(WAIT_S)
    insert(writer, 2)
    assert numbers(engine) == [2]


def test_functions_run_in_order_on_one_thread(writer: Writer) -> None:
    seen: list[tuple[int, str]] = []

    def noting(index: int) -> Callable[[Connection], None]:
        return lambda _connection: seen.append((index, threading.current_thread().name))

    futures = [writer.submit(noting(index)) for index in range(50)]
    for future in futures:
        future.result(WAIT_S)
    assert seen == [(index, "register-writer") for index in range(50)]


def test_a_cancelled_function_does_not_run(writer: Writer, engine: Engine) -> None:
    gate = threading.Event()
    writer.submit(lambda _connection: gate.wait(WAIT_S))
    second = writer.submit(lambda connection: connection.execute(text("DROP TABLE line")))
    assert second.cancel()
    gate.set()
    insert(writer, 3)
    assert numbers(engine) == [3]


def test_stop_writes_what_was_handed_over_and_takes_no_more(engine: Engine) -> None:
    writer = Writer(engine)
    futures = [writer.submit(adding(number)) for number in range(10)]
    assert writer.stop(WAIT_S)
    assert [future.result(0) for future in futures] == [1] * 10
    assert numbers(engine) == list(range(10))
    with pytest.raises(StoreClosed):
        writer.submit(lambda _connection: None).result(0)


def test_stop_tells_when_the_deadline_passed(engine: Engine) -> None:
    writer = Writer(engine)
    gate = threading.Event()
    waiting = writer.submit(lambda _connection: gate.wait(WAIT_S))
    assert not writer.stop(0.01)
    gate.set()
    assert waiting.result(WAIT_S)
    assert writer.stop(WAIT_S)


def test_a_full_disk_stays_so_until_there_is_room_though_a_small_write_fits(
    engine: Engine,
) -> None:
    told: list[str | None] = []
    has_room = False
    writer = Writer(
        engine,
        lambda trouble: told.append(None if trouble is None else trouble.code),
        has_room=lambda: has_room,
    )

    def fill(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")  # as many as there are, at least
        connection.exec_driver_sql("CREATE TABLE large AS SELECT zeroblob(1000000) AS content")

    assert isinstance(writer.submit(fill).exception(WAIT_S), StoreUnavailable)
    insert(writer, 1)
    assert numbers(engine) == [1]
    assert told == ["SQLITE_FULL"]

    has_room = True
    insert(writer, 2)
    assert told == ["SQLITE_FULL", None]
    assert writer.stop(WAIT_S)
