"""A background thread transfers commits from the log to the file, so no commit has to."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text

from sync.store.local.engine import (
    Checkpoints,
    checkpointing_engine,
    file_engine,
    reading_engine,
    writing_engine,
)
from sync.store.local.keys import StoreKey
from tests.fakes.rtp_peer import wait_until

WAIT_S = 10
SOON_S = 0.05
NEVER_S = 3600.0
MANY_PAGES = 3000  # SQLite's own limit is 1000 pages
PAGE = 4096


@pytest.fixture
def engine(path: Path, key: StoreKey) -> Iterator[Engine]:
    made = writing_engine(path, key)
    with made.begin() as connection:
        connection.execute(text("CREATE TABLE line (number INTEGER PRIMARY KEY, filled BLOB)"))
    yield made
    made.dispose()


class Watched(Checkpoints):
    """Counts completed checkpoint attempts, successful or not."""

    def __init__(
        self, engine: Engine, *, earliest_s: float, quiet_s: float, latest_s: float
    ) -> None:
        self.tries = 0
        event.listen(engine, "after_cursor_execute", self._note)
        event.listen(engine, "handle_error", self._note)
        super().__init__(engine, earliest_s=earliest_s, quiet_s=quiet_s, latest_s=latest_s)

    def wait_for(self, tries: int) -> None:
        wait_until(lambda: self.tries >= tries, WAIT_S)

    def _note(self, *_: object) -> None:
        self.tries += 1


@contextmanager
def checkpoints(
    path: Path,
    key: StoreKey,
    *,
    earliest_s: float = 0.0,
    quiet_s: float = SOON_S,
    latest_s: float = NEVER_S,
) -> Iterator[Watched]:
    made = Watched(
        checkpointing_engine(path, key),
        earliest_s=earliest_s,
        quiet_s=quiet_s,
        latest_s=latest_s,
    )
    yield made
    assert made.stop(WAIT_S)


@contextmanager
def held_open(engine: Engine) -> Iterator[Callable[[int, int], None]]:
    """Yields a function that commits a row of this size.

    The connection stays open, because the last one to close would checkpoint the file.
    """
    with engine.connect() as connection:

        def insert(number: int, size: int) -> None:
            with connection.begin():
                row = {"number": number, "size": size}
                connection.execute(text("INSERT INTO line VALUES (:number, zeroblob(:size))"), row)

        yield insert


def in_the_file(path: Path, key: StoreKey, folder: Path) -> list[int]:
    """Rows in the file without its log."""
    alone = folder / "alone.db"
    shutil.copyfile(path, alone)
    engine = file_engine(alone, key)
    with engine.connect() as connection:
        return list(connection.scalars(text("SELECT number FROM line ORDER BY number")))


def test_what_was_committed_comes_into_the_file_once_it_is_quiet(
    path: Path, key: StoreKey, engine: Engine, tmp_path: Path
) -> None:
    with held_open(engine) as insert, checkpoints(path, key) as made:
        insert(1, 10)
        assert in_the_file(path, key, tmp_path) == []

        made.committed()

        wait_until(lambda: in_the_file(path, key, tmp_path) == [1], WAIT_S)
        insert(2, 10)
        made.committed()
        wait_until(lambda: in_the_file(path, key, tmp_path) == [1, 2], WAIT_S)


def test_a_writer_that_never_rests_is_not_waited_for(
    path: Path, key: StoreKey, engine: Engine, tmp_path: Path
) -> None:
    with (
        held_open(engine) as insert,
        checkpoints(path, key, quiet_s=NEVER_S, latest_s=SOON_S) as made,
    ):
        for number in range(1, 1000):
            insert(number, 10)
            made.committed()
            if in_the_file(path, key, tmp_path):
                break
        else:
            pytest.fail("nothing was brought in")


def test_the_log_is_left_alone_for_a_while_after_the_first_commit(
    path: Path, key: StoreKey, engine: Engine, tmp_path: Path
) -> None:
    other = tmp_path / "other.db"
    other_engine = writing_engine(other, key)
    with (
        held_open(engine) as insert,
        other_engine.connect(),
        checkpoints(path, key, earliest_s=NEVER_S) as made,
        checkpoints(other, key) as eager,
    ):
        insert(1, 10)
        made.committed()
        for times in (1, 2, 3):  # enough time for three immediate attempts
            eager.committed()
            eager.wait_for(times)
        assert made.tries == 0
        assert in_the_file(path, key, tmp_path) == []
    other_engine.dispose()


def test_no_commit_brings_the_log_in(
    path: Path, key: StoreKey, engine: Engine, tmp_path: Path
) -> None:
    with held_open(engine) as insert:
        for number in range(MANY_PAGES // 100):
            insert(number, 100 * PAGE)

        assert path.with_name(path.name + "-wal").stat().st_size > MANY_PAGES * PAGE
        assert in_the_file(path, key, tmp_path) == []


def test_who_reads_at_that_moment_goes_on_with_what_he_has_begun(
    path: Path, key: StoreKey, engine: Engine, tmp_path: Path
) -> None:
    readers = reading_engine(path, key)
    with held_open(engine) as insert, checkpoints(path, key) as made:
        insert(1, 10)
        with readers.connect() as reader:
            assert list(reader.scalars(text("SELECT number FROM line"))) == [1]
            insert(2, 10)
            made.committed()
            made.wait_for(1)
            assert in_the_file(path, key, tmp_path) == []
            assert list(reader.scalars(text("SELECT number FROM line"))) == [1]

        insert(3, 10)
        made.committed()
        wait_until(lambda: in_the_file(path, key, tmp_path) == [1, 2, 3], WAIT_S)
    readers.dispose()


def test_a_file_that_cannot_be_opened_is_tried_again(
    path: Path, key: StoreKey, engine: Engine, tmp_path: Path
) -> None:
    away = tmp_path / "away"
    away.mkdir()
    with held_open(engine) as insert:
        link = tmp_path / "linked.db"
        with checkpoints(link, key) as made:
            insert(1, 10)
            made.committed()
            made.wait_for(1)
            assert in_the_file(path, key, away) == []
            link.symlink_to(path)
            made.committed()
            wait_until(lambda: in_the_file(path, key, away) == [1], WAIT_S)
