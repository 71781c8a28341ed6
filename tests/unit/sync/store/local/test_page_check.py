"""Pages checked before the first save, and damage found by the background check of all pages."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from uuid import uuid4

import pytest
from keyring.backends.fail import Keyring as NoKeyring
from sqlalchemy import Connection, insert, select, text, update

from sync.errors import CheckStopped, StoreUnreadable
from sync.jobs.store_care import PageReading
from sync.records.replicated_tables import audit, call_record
from sync.records.workplace_tables import counter, outbox, shared_setting, station
from sync.register.calls import calls
from sync.store.local.administration import reset
from sync.store.local.engine import file_engine
from sync.store.local.keys import StoreKey
from sync.store.local.opening import PageCheck, Verdict, check_pages, last_check
from sync.store.local.register import RegisterStore
from sync.store.local.writer import Trouble
from tests.fakes.records import OPERATOR, closed, filled, new_call
from tests.fakes.store_template import CHEAP_HASHES, StoreTemplate

WAIT_S = 10
NO_KEYRING = NoKeyring()  # type: ignore[no-untyped-call]  # keyring has no types
PAGE = 4096
FAR_PAGES = 40


def opened(path: Path, key: StoreKey) -> RegisterStore:
    return RegisterStore.open(path, key, hasher=CHEAP_HASHES)


def checked(path: Path, key: StoreKey, store: RegisterStore) -> PageCheck:
    return check_pages(path, key, store.station().install_id, threading.Event(), share=1)


def closed_whole(store: RegisterStore, path: Path, key: StoreKey) -> None:
    """Closes the store and checkpoints its log into the file."""
    assert store.close_store()
    engine = file_engine(path, key)
    with engine.begin() as connection:
        connection.execute(select(station)).one()
    engine.dispose()
    assert not path.with_name(path.name + "-wal").exists()


def flip(path: Path, place: int) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        (value,) = file.read(1)
        file.seek(place)
        file.write(bytes([value ^ 0xFF]))


def far(connection: Connection) -> object:
    """Reads rows whose pages a save does not touch."""
    return connection.scalars(select(shared_setting.c.document)).all()


@dataclass(frozen=True, slots=True)
class Damaged:
    """A closed store with one damaged page that no save touches."""

    path: Path
    place: int

    def mend(self) -> None:
        flip(self.path, self.place)


@pytest.fixture
def store(path: Path, store_template: StoreTemplate) -> RegisterStore:
    """Each test closes the store."""
    return store_template.open_copy(path)


@pytest.fixture
def damaged(store: RegisterStore, path: Path, key: StoreKey) -> Damaged:
    store.close(closed(filled(store.open_card(new_call(1), OPERATOR).result(WAIT_S)))).result(
        WAIT_S
    )
    big = {"entity": "setting", "name": "far", "ver": 1, "document": "x" * FAR_PAGES * PAGE}

    def add(connection: Connection) -> None:
        connection.execute(insert(shared_setting).values(big))

    closed_whole(store, path, key)
    before = path.stat().st_size
    again = opened(path, key)
    again.write(add).result(WAIT_S)
    closed_whole(again, path, key)
    assert path.stat().st_size >= before + (FAR_PAGES - 2) * PAGE
    place = path.stat().st_size - 5 * PAGE // 2
    flip(path, place)
    return Damaged(path, place)


def test_a_sound_store_is_noted_as_one(store: RegisterStore, path: Path, key: StoreKey) -> None:
    store.open_card(new_call(1), OPERATOR).result(WAIT_S)  # only in the log
    own = store.station().install_id
    assert last_check(path, own) is None
    check = checked(path, key, store)
    assert check.verdict is Verdict.SOUND
    assert check.pages * PAGE >= path.stat().st_size
    assert last_check(path, own) == check
    # the result is not valid for another store in the same place
    assert last_check(path, uuid4()) is None
    path.with_name(path.name + ".check").write_text("{}")
    assert last_check(path, own) is None
    assert store.close_store()


def test_a_page_far_from_the_work_does_not_hold_up_the_start(
    damaged: Damaged, path: Path, key: StoreKey
) -> None:
    store = opened(path, key)
    own = store.station().install_id
    try:
        card = store.open_card(new_call(2), OPERATOR).result(WAIT_S)
        assert checked(path, key, store).verdict is Verdict.DAMAGED
        assert store.call(card.id) == card
    finally:
        store.close_store()
    # while it is known to be damaged, all of it is read before each start
    for _ in range(2):
        with pytest.raises(StoreUnreadable) as caught:
            opened(path, key)
        assert caught.value.code == "damaged"
    damaged.mend()
    again = opened(path, key)
    assert again.close_store()
    assert last_check(path, own) is None


def test_a_store_found_damaged_takes_no_record_and_gives_away_what_it_has(
    damaged: Damaged, path: Path, key: StoreKey
) -> None:
    store = opened(path, key)
    told: Queue[Trouble | None] = Queue()
    store.on_trouble(told.put)
    read: Queue[PageCheck] = Queue()
    reading = PageReading(store, path, key, read.put, begin_after_s=0)
    try:
        card = store.open_card(new_call(2), OPERATOR).result(WAIT_S)
        reading.start()
        assert read.get(timeout=WAIT_S).verdict is Verdict.DAMAGED
        trouble = told.get(timeout=WAIT_S)
        assert isinstance(trouble, StoreUnreadable)
        with pytest.raises(StoreUnreadable):
            store.save_draft(calls.edit(card, content="после")).result(WAIT_S)
        with pytest.raises(StoreUnreadable):
            store.open_card(new_call(3), OPERATOR).result(WAIT_S)
        # unsent rows are still sent to the central database, and marked as sent
        store.mark_sent(store.outbox_waiting(10), card.created_at, 1).result(WAIT_S)
        assert store.outbox_status().waiting == 0
        assert store.call(card.id) == card
        # nothing cancels the alarm, and later listeners receive it too
        later: Queue[Trouble | None] = Queue()
        store.on_trouble(later.put)
        assert isinstance(later.get(timeout=WAIT_S), StoreUnreadable)
        assert None not in list(told.queue)
    finally:
        assert reading.stop(WAIT_S)
        store.close_store()


def test_whoever_meets_a_damaged_page_first_raises_the_alarm(
    damaged: Damaged, path: Path, key: StoreKey
) -> None:
    store = opened(path, key)
    told: Queue[Trouble | None] = Queue()
    store.on_trouble(told.put)
    try:
        with pytest.raises(StoreUnreadable):
            store.read(far)
        assert isinstance(told.get(timeout=WAIT_S), StoreUnreadable)
        # the other readers continue: a connection with the error is not used again
        for _ in range(8):
            assert len(store.drafts()) == 0
        with pytest.raises(StoreUnreadable):
            store.open_card(new_call(2), OPERATOR).result(WAIT_S)
    finally:
        store.close_store()


def test_a_write_that_meets_a_damaged_page_is_not_told_as_done(
    damaged: Damaged, path: Path, key: StoreKey
) -> None:
    store = opened(path, key)
    try:
        with pytest.raises(StoreUnreadable):
            store.write(far).result(WAIT_S)
        with pytest.raises(StoreUnreadable):
            store.open_card(new_call(2), OPERATOR).result(WAIT_S)
    finally:
        store.close_store()


def test_a_reading_that_is_stopped_says_nothing(
    store: RegisterStore, path: Path, key: StoreKey
) -> None:
    stopping = threading.Event()
    stopping.set()
    rows = [
        {"entity": "setting", "name": str(number), "ver": 1, "document": {}}
        for number in range(3000)
    ]
    store.write(
        lambda connection: connection.execute(insert(shared_setting), rows).rowcount
    ).result(WAIT_S)
    with pytest.raises(CheckStopped):
        check_pages(path, key, store.station().install_id, stopping)
    assert last_check(path, store.station().install_id) is None
    assert store.close_store()


def test_a_counter_behind_the_numbers_that_were_spoken_is_found_at_the_start(
    store: RegisterStore, path: Path, key: StoreKey
) -> None:
    for index in range(3):
        store.open_card(new_call(index), OPERATOR).result(WAIT_S)
    store.write(
        lambda connection: connection.execute(update(counter).values(last=1)).rowcount
    ).result(WAIT_S)
    assert store.close_store()
    with pytest.raises(StoreUnreadable) as caught:
        opened(path, key)
    assert caught.value.code == "damaged"


@pytest.mark.parametrize("table", [call_record, outbox, audit, counter], ids=lambda t: t.name)
def test_a_damaged_page_of_what_was_written_last_is_found_at_the_start(
    store: RegisterStore, path: Path, key: StoreKey, table: object
) -> None:
    store.close(closed(filled(store.open_card(new_call(1), OPERATOR).result(WAIT_S)))).result(
        WAIT_S
    )
    root = store.read(
        lambda connection: connection.execute(
            text("SELECT rootpage FROM sqlite_master WHERE name = :name"), {"name": str(table)}
        ).scalar_one()
    )
    closed_whole(store, path, key)
    flip(path, (root - 1) * PAGE + PAGE // 2)
    with pytest.raises(StoreUnreadable) as caught:
        opened(path, key)
    assert caught.value.code == "damaged"


def test_the_note_goes_with_the_store(store: RegisterStore, path: Path, key: StoreKey) -> None:
    checked(path, key, store)
    assert store.close_store()
    note = path.with_name(path.name + ".check")
    assert note.exists()
    reset(path, key, NO_KEYRING)
    assert not note.exists()
