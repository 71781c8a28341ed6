"""The store's file: unreadable without its key, intact, and written by one process."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from sync.errors import StoreInUse, StoreUnavailable, StoreUnreadable
from sync.register.calls import calls
from sync.store.local.engine import reading_engine, writing_engine
from sync.store.local.keys import StoreKey, make_key
from sync.store.local.reading import RegisterReading
from sync.store.local.register import RegisterStore
from tests.fakes.records import OPERATOR, new_call

WAIT_S = 10
SECRET = "Очень-приметные-слова"


def write_secret(store: RegisterStore) -> None:
    card = store.open_card(new_call(1), OPERATOR).result(WAIT_S)
    store.save_draft(calls.edit(card, content=SECRET)).result(WAIT_S)


def test_plain_sqlite_cannot_open_the_file(store: RegisterStore, path: Path) -> None:
    write_secret(store)
    plain = sqlite3.connect(path)
    try:
        with pytest.raises(sqlite3.DatabaseError, match="not a database"):
            plain.execute("SELECT count(*) FROM sqlite_master")
    finally:
        plain.close()


def test_the_text_is_in_none_of_the_files(store: RegisterStore, path: Path) -> None:
    write_secret(store)
    files = sorted(path.parent.glob("register.db*"))
    assert path.with_name("register.db-wal") in files
    for file in files:
        assert SECRET.encode() not in file.read_bytes()
        assert b"call_record" not in file.read_bytes()


def test_another_key_is_refused_and_leaves_the_store_whole(path: Path, key: StoreKey) -> None:
    RegisterStore.open(path, key).close_store()
    with pytest.raises(StoreUnreadable) as caught:
        RegisterStore.open(path, make_key())
    assert caught.value.code == "not_a_store_or_wrong_key"
    RegisterStore.open(path, key).close_store()


def test_commits_are_synced_in_full(path: Path, key: StoreKey) -> None:
    engine = writing_engine(path, key)
    with engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    engine.dispose()
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 5000,
    }


def test_readers_cannot_write(store: RegisterStore, path: Path, key: StoreKey) -> None:
    engine = reading_engine(path, key)
    reading = RegisterReading(engine)
    with pytest.raises(StoreUnavailable) as caught:
        reading.read(lambda connection: connection.execute(text("DELETE FROM station")))
    reading.close_reading()
    assert caught.value.code == "SQLITE_READONLY"


def test_a_second_writer_is_refused_and_a_reader_is_not(
    store: RegisterStore, path: Path, key: StoreKey
) -> None:
    write_secret(store)
    with pytest.raises(StoreInUse):
        RegisterStore.open(path, key)
    reading = RegisterReading.open_for_reading(path, key)
    reading.check()
    assert reading.drafts() == store.drafts()
    reading.close_reading()


def test_a_file_that_is_not_there_is_not_made_by_reading(path: Path, key: StoreKey) -> None:
    with pytest.raises(StoreUnreadable) as caught:
        RegisterReading.open_for_reading(path, key)
    assert caught.value.code == "absent"
    assert not path.exists()


def test_a_full_disk_is_a_known_error_and_nothing_is_saved(
    store: RegisterStore, path: Path
) -> None:
    card = store.open_card(new_call(1), OPERATOR).result(WAIT_S)
    writer = store._writer

    def limit(connection: Connection) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    writer.submit(limit).result(WAIT_S)
    with pytest.raises(StoreUnavailable) as caught:
        store.save_draft(calls.edit(card, content="x" * 100_000)).result(WAIT_S)
    assert caught.value.code == "SQLITE_FULL"
    assert store.call(card.id) == card
    # the writer continues with a new connection, which has free space again
    saved = store.save_draft(calls.edit(card, content="x" * 100_000)).result(WAIT_S)
    assert store.call(card.id) == saved


def test_a_key_does_not_show_itself(key: StoreKey) -> None:
    assert key.raw.hex() not in repr(key)
