"""Copies of the store and stores restored from them: no number is ever assigned twice."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from keyring.backends.fail import Keyring as NoKeyring
from sqlalchemy import update

from sync.errors import (
    BackupFailed,
    RestoreRefused,
    RowsWait,
    StoreCopied,
    StoreInUse,
    StoreUnreadable,
)
from sync.records.workplace_tables import station
from sync.register.calls.calls import CallRecord
from sync.register.numbering import counters_past_gap
from sync.store.local.administration import (
    held_here_only,
    mark_exported,
    note_exported,
    require_nothing_waits,
    reset,
)
from sync.store.local.backup import (
    REVISIONS,
    PastGap,
    Restored,
    back_up,
    copies,
    discard_old,
    opens,
    restore,
    to_keep,
)
from sync.store.local.keys import StoreKey, find_key, key_file, make_key, write_key_file
from sync.store.local.reading import RegisterReading
from sync.store.local.register import RegisterStore
from tests.fakes.records import OPERATOR, RANG_AT, closed, filled, new_call
from tests.fakes.store_template import CHEAP_HASHES, StoreTemplate

WAIT_S = 10
NO_KEYRING = NoKeyring()  # type: ignore[no-untyped-call]  # keyring has no types
NOW = RANG_AT + timedelta(hours=1)
TAKEN_AT = RANG_AT + timedelta(minutes=10)


def opened(path: Path, key: StoreKey) -> RegisterStore:
    return RegisterStore.open(path, key, clock=lambda: RANG_AT, hasher=CHEAP_HASHES)


def take(store: RegisterStore, *indices: int) -> list[CallRecord]:
    return [store.open_card(new_call(index), OPERATOR).result(WAIT_S) for index in indices]


def close(store: RegisterStore, card: CallRecord) -> CallRecord:
    return store.close(closed(filled(card))).result(WAIT_S)


def sent(store: RegisterStore) -> None:
    store.mark_sent(store.outbox_waiting(1000), RANG_AT, 1).result(WAIT_S)


def restored(
    source: Path,
    path: Path,
    key: StoreKey,
    *,
    now: datetime = NOW,
    past_gap: PastGap = counters_past_gap,
) -> Restored:
    return restore(source, path, key, keyring=NO_KEYRING, clock=lambda: now, past_gap=past_gap)


@pytest.fixture
def first(path: Path, store_template: StoreTemplate) -> RegisterStore:
    """The store of the workplace; each test closes it."""
    shutil.copyfile(store_template.path, path)
    write_key_file(store_template.key, path)
    store = opened(path, store_template.key)
    made = update(station).values(made_at=RANG_AT)
    store.write(lambda connection: connection.execute(made)).result(WAIT_S)
    return store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "second"
    made.mkdir()
    return made


# --- copies ---


def test_a_copy_is_whole_sealed_and_told_from_the_store(
    first: RegisterStore, path: Path, folder: Path, key: StoreKey
) -> None:
    card = close(first, take(first, 1)[0])
    copy = back_up(path, key, folder, TAKEN_AT)  # while the writer runs
    assert first.close_store()
    assert copies(folder) == (copy,)
    assert [file.name for file in folder.iterdir()] == ["register-0001-20261125T091000Z.db"]
    assert b"SQLite" not in copy.path.read_bytes()
    assert not opens(copy.path, make_key())
    reading = RegisterReading.open_for_reading(copy.path, key)
    reading.check()
    assert reading.call(card.id) == card
    reading.close_reading()
    # opened as a store, it would repeat the next number
    with pytest.raises(StoreCopied) as caught:
        opened(copy.path, key)
    assert caught.value.code == "backup"


def test_no_copy_is_made_where_none_would_be_safe(
    first: RegisterStore, path: Path, folder: Path, key: StoreKey
) -> None:
    with pytest.raises(BackupFailed) as caught:
        back_up(path, key, folder / "not mounted", TAKEN_AT)
    assert caught.value.code == "directory_missing"
    (folder / "register-0001-20261125T091000Z.db").mkdir()
    with pytest.raises(BackupFailed) as caught:
        back_up(path, key, folder, TAKEN_AT)
    assert caught.value.code == "unwritable"
    assert [file.suffix for file in folder.iterdir()] == [".db"]
    with pytest.raises(StoreUnreadable):
        back_up(path, make_key(), folder, TAKEN_AT)
    assert first.close_store()


def test_copies_of_hours_and_of_days_are_kept(folder: Path) -> None:
    moments = [RANG_AT.replace(microsecond=0) - timedelta(hours=6 * step) for step in range(20)]
    kept = to_keep(moments, hourly=3, daily=3)
    assert kept == (moments[0], moments[1], moments[2], moments[6])
    for moment in moments:
        (folder / f"register-0001-{moment:%Y%m%dT%H%M%SZ}.db").touch()
    (folder / "register-0002-20200101T000000Z.db").touch()
    (folder / "register-notes.db").touch()
    assert len(discard_old(folder, "0001", RANG_AT, hourly=3, daily=3)) == 16
    assert tuple(copy.taken_at for copy in copies(folder) if copy.station == "0001") == kept
    assert len(list(folder.iterdir())) == 6


def test_copies_of_a_clock_that_ran_ahead_take_no_place_of_others(folder: Path) -> None:
    at = RANG_AT.replace(microsecond=0)
    hours = [at - timedelta(hours=step) for step in range(4)]
    ahead = [at + timedelta(days=step) for step in (1, 2, 3)]
    for moment in hours + ahead:
        (folder / f"register-0001-{moment:%Y%m%dT%H%M%SZ}.db").touch()

    discard_old(folder, "0001", at, hourly=2, daily=2)

    # copies with a future time are retained until that time
    assert [copy.taken_at for copy in copies(folder)] == [*ahead[:0:-1], *hours[:2]]


@pytest.mark.parametrize(
    ("last", "first"),
    [
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), datetime(2027, 1, 1, 0, 30, tzinfo=UTC)),
        (datetime(2028, 2, 28, 23, 30, tzinfo=UTC), datetime(2028, 2, 29, 0, 30, tzinfo=UTC)),
        (datetime(2028, 2, 29, 23, 30, tzinfo=UTC), datetime(2028, 3, 1, 0, 30, tzinfo=UTC)),
    ],
)
def test_the_last_copy_of_a_day_is_kept_over_its_end(last: datetime, first: datetime) -> None:
    hour = timedelta(hours=1)
    moments = [first + 2 * hour, first + hour, first, last, last - hour, last - 2 * hour]

    assert to_keep(moments, hourly=2, daily=2) == (first + 2 * hour, first + hour, last)
    assert to_keep(moments, hourly=1, daily=1) == (first + 2 * hour,)


# --- the same store in a second place ---


def test_a_store_copied_elsewhere_gives_no_number(
    first: RegisterStore, path: Path, tmp_path: Path, key: StoreKey
) -> None:
    take(first, 1)
    assert first.close_store()
    twin = tmp_path / "twin.db"
    shutil.copyfile(path, twin)
    with pytest.raises(StoreCopied) as caught:
        opened(twin, key)
    assert caught.value.code == "elsewhere"
    assert opened(path, key).close_store()  # the original store continues to work
    path.rename(path.with_name("renamed.db"))
    assert opened(path.with_name("renamed.db"), key).close_store()


def test_without_the_mark_of_the_place_both_would_give_the_same_number(
    tmp_path: Path, store_template: StoreTemplate, key: StoreKey
) -> None:
    numbers = []
    for file in (tmp_path / "first.db", tmp_path / "twin.db"):
        shutil.copyfile(store_template.path, file)
        blind = RegisterStore.open(file, key, place=lambda _: "anywhere", hasher=CHEAP_HASHES)
        numbers.append(take(blind, 7)[0].number)
        blind.close_store()
    assert numbers[0] == numbers[1]


# --- restoring ---


def numbers_after_a_loss(
    first: RegisterStore,
    path: Path,
    folder: Path,
    key: StoreKey,
    past_gap: PastGap = counters_past_gap,
) -> tuple[set[str], set[str]]:
    """Numbers spoken before the loss of the file, and numbers that the restored store assigns."""
    spoken = {str(card.number) for card in take(first, 1, 2, 3)}
    copy = back_up(path, key, folder, TAKEN_AT)
    spoken |= {str(card.number) for card in take(first, 4, 5, 6)}  # the copy does not contain them
    assert first.close_store()
    path.unlink()
    restored(copy.path, path, key, past_gap=past_gap)
    again = opened(path, key)
    given = {str(card.number) for card in take(again, 11, 12, 13)}
    assert again.close_store()
    return spoken, given


def test_numbers_spoken_after_the_copy_are_not_given_again(
    first: RegisterStore, path: Path, folder: Path, key: StoreKey
) -> None:
    spoken, given = numbers_after_a_loss(first, path, folder, key)
    assert len(given) == 3
    assert not spoken & given


def test_a_restore_that_goes_on_counting_gives_numbers_twice(
    first: RegisterStore, path: Path, folder: Path, key: StoreKey
) -> None:
    def no_gap(last: Mapping[str, int], _since: datetime, _until: datetime) -> dict[str, int]:
        return dict(last)

    spoken, given = numbers_after_a_loss(first, path, folder, key, no_gap)
    assert spoken & given == given


def test_a_restored_store_is_another_install_with_later_revisions(
    first: RegisterStore, path: Path, folder: Path, key: StoreKey
) -> None:
    before = first.station()
    card = close(first, take(first, 1)[0])
    copy = back_up(path, key, folder, TAKEN_AT)
    # an edit that the central database has and the copy does not
    edited = first.close(replace(card, content="Уточнено.")).result(WAIT_S)
    sent(first)
    assert first.close_store()
    done = restored(copy.path, path, key)
    assert done.known_until == TAKEN_AT
    assert done.replaced is not None
    after = opened(path, key)
    assert after.station().code == before.code == done.station
    assert after.station().install_id == done.install_id != before.install_id
    assert [row.rev for row in after.outbox_waiting(10)] == [card.revision]  # sent again
    known = after.call(card.id)
    assert known is not None
    assert known == replace(card, revision=card.revision + REVISIONS)
    later = after.close(replace(known, content="Ещё раз.")).result(WAIT_S)
    assert later.revision > edited.revision
    assert str(take(after, 2)[0].number) == done.next_number
    assert after.close_store()
    # the replaced store can still be read
    former = RegisterReading.open_for_reading(done.replaced, key)
    assert former.call(card.id) == edited
    former.close_reading()


def test_a_store_that_was_moved_takes_its_new_place(
    first: RegisterStore, path: Path, tmp_path: Path, key: StoreKey
) -> None:
    card = close(first, take(first, 1)[0])
    assert first.close_store()
    moved = tmp_path / "new disk" / "register.db"
    moved.parent.mkdir()
    shutil.copyfile(path, moved)
    write_key_file(key, moved)
    restored(moved, moved, key)
    again = opened(moved, key)
    assert [row.entity_id for row in again.outbox_waiting(10)] == [card.id]
    assert take(again, 2)[0].number.counter > 1000
    assert again.close_store()


def test_a_new_store_of_another_key_gives_way_to_the_copy(
    first: RegisterStore, path: Path, folder: Path, tmp_path: Path, key: StoreKey
) -> None:
    """The console was started on the new computer before the copy was restored."""
    copy = back_up(path, key, folder, TAKEN_AT)
    assert first.close_store()
    fresh = tmp_path / "new" / "register.db"
    write_key_file(make_key(), fresh)
    own = find_key(fresh, NO_KEYRING)
    assert own is not None
    assert opened(fresh, own).close_store()
    done = restored(copy.path, fresh, key)
    assert find_key(fresh, NO_KEYRING) == key
    assert opened(fresh, key).close_store()
    assert done.replaced is not None
    assert find_key(done.replaced, NO_KEYRING) == own


def test_a_restore_is_refused_where_it_would_lose_or_double(
    first: RegisterStore, path: Path, folder: Path, key: StoreKey
) -> None:
    copy = back_up(path, key, folder, TAKEN_AT)
    with pytest.raises(StoreInUse):
        restored(copy.path, path, key)
    close(first, take(first, 1)[0])
    assert first.close_store()
    before = path.read_bytes()
    with pytest.raises(RestoreRefused) as caught:
        restored(copy.path, path, key)
    assert caught.value.code == "rows_wait"
    assert path.read_bytes() == before
    again = opened(path, key)
    sent(again)
    assert again.close_store()
    with pytest.raises(RestoreRefused) as caught:
        restored(copy.path, path, key, now=TAKEN_AT - timedelta(hours=2))
    assert caught.value.code == "clock_behind"

    def used_up(last: Mapping[str, int], _since: datetime, _until: datetime) -> dict[str, int]:
        return {**last, "2611": 99_999}

    with pytest.raises(RestoreRefused) as caught:
        restored(copy.path, path, key, past_gap=used_up)
    assert caught.value.code == "numbers_used_up"
    with pytest.raises(StoreUnreadable):
        restored(folder / "absent.db", path, key)
    assert opened(path, key).close_store()


def test_a_damaged_store_is_kept_aside_and_replaced(
    first: RegisterStore, path: Path, folder: Path, key: StoreKey
) -> None:
    take(first, 1)
    copy = back_up(path, key, folder, TAKEN_AT)
    assert first.close_store()
    path.write_bytes(b"\0" * 8192)
    done = restored(copy.path, path, key)
    assert opened(path, key).close_store()
    assert done.replaced is not None
    assert done.replaced.read_bytes() == b"\0" * 8192


def test_what_nobody_else_has_is_not_put_aside_with_a_damaged_store(
    first: RegisterStore, path: Path, folder: Path, key: StoreKey
) -> None:
    copy = back_up(path, key, folder, TAKEN_AT)
    spoken = close(first, take(first, 1)[0]).number
    root = first.read(
        lambda connection: connection.exec_driver_sql(
            "SELECT rootpage FROM sqlite_master WHERE name = 'message'"
        ).scalar_one()
    )
    assert first.close_store()
    opens(path, key)  # checkpoints the log into the file
    content = bytearray(path.read_bytes())
    content[(root - 1) * 4096 + 2048] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(RestoreRefused) as caught:
        restored(copy.path, path, key)
    assert caught.value.code == "rows_wait"
    reading = RegisterReading.open_for_reading(path, key)
    rows = reading.outbox_unsent()
    reading.close_reading()
    assert [row.payload["number"] for row in rows] == [str(spoken)]
    assert mark_exported(path, key, rows[-1].seq, NOW)
    done = restored(copy.path, path, key)
    assert done.next_number > str(spoken)


# --- removing ---


def test_a_store_with_rows_that_wait_is_not_removed(
    first: RegisterStore, path: Path, key: StoreKey
) -> None:
    close(first, take(first, 1)[0])
    assert first.read(held_here_only) == 1
    with pytest.raises(RowsWait):
        require_nothing_waits(path, key)
    with pytest.raises(StoreInUse):
        reset(path, key, NO_KEYRING)
    assert first.close_store()
    with pytest.raises(RowsWait) as caught:
        reset(path, key, NO_KEYRING)
    assert caught.value.count == 1
    assert path.exists()
    assert key_file(path).exists()
    again = opened(path, key)
    row = again.outbox_waiting(1)[0]
    again.write(lambda connection: note_exported(connection, row.seq, NOW)).result(WAIT_S)
    assert again.read(held_here_only) == 0
    close(again, take(again, 2)[0])  # created after the export
    assert again.read(held_here_only) == 1
    last = again.outbox_waiting(9)[-1]
    again.write(lambda connection: note_exported(connection, last.seq, NOW)).result(WAIT_S)
    assert again.close_store()
    require_nothing_waits(path, key)
    reset(path, key, NO_KEYRING)
    assert [file.name for file in path.parent.glob("register.db*")] == ["register.db.lock"]
