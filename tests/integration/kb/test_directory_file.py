"""The directory's file with other processes, threads, foreign files and full disks."""

import sqlite3
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kb.entries.changes import EntryClosed, EntryPut
from kb.entries.entries import Entry, EntryKind
from kb.errors import DirectoryTooNew, DirectoryUnusable
from kb.store import Directory
from kb.store.schema import MIGRATIONS
from tests.fakes.asked_directory import entry_of, ids_of

TODAY = date(2026, 11, 25)


def test_two_processes_see_each_others_changes(
    tmp_path: Path, small_content: tuple[Entry, ...]
) -> None:
    """Each has its own vocabulary in memory: the file's generation shows when it is outdated."""
    path = tmp_path / "directory.db"
    with closing(Directory.open(path)) as mine, closing(Directory.open(path)) as theirs:
        assert ids_of(mine, "батареи") == []
        theirs.replace_all(small_content, "theirs")
        assert ids_of(mine, "батареии")[0] == "q-cold"
        question = entry_of(theirs, "q-cold")
        theirs.apply([EntryPut(replace(question, title="Протекает крыша", names=()))], "2")
        assert ids_of(mine, "крыш") == ["q-cold"]
        mine.apply([EntryClosed("q-cold", TODAY)], "3")
        assert ids_of(theirs, "крыш") == []


def test_readers_search_while_content_changes(directory: Directory) -> None:
    """Every result is of one state: the entry under exactly one of its titles."""
    question = entry_of(directory, "q-cold")
    titles = ("Протекает крыша", "Протекает потолок")
    directory.apply([EntryPut(replace(question, title=titles[0], names=()))], "0")
    done = threading.Event()

    def read() -> int:
        searches = 0
        while not done.is_set() or searches < 20:
            hits = directory.search("протекает")
            assert [hit.entry_id for hit in hits] == ["q-cold"]
            assert hits[0].title in titles
            assert hits[0].entry.title == hits[0].title
            assert directory.unit("heating") is not None
            directory.frequent()
            searches += 1
        return searches

    with ThreadPoolExecutor(3) as readers:
        reading = [readers.submit(read) for _reader in range(3)]
        for number in range(60):
            changed = replace(question, title=titles[number % 2], names=())
            directory.apply([EntryPut(changed)], str(number))
            directory.picked("протекает", "q-cold")
        done.set()
        assert all(result.result(timeout=30) >= 20 for result in reading)


def test_readers_do_not_take_from_each_other_what_they_remember(tmp_path: Path) -> None:
    titles = {f"{number}": f"Крыша {number % 50} {number}" for number in range(1000)}
    entries = [Entry(one, EntryKind.QUESTION, title, "") for one, title in titles.items()]

    def read(directory: Directory, first: int) -> None:
        for number in range(first, first + 50):
            hits = directory.search(f"крыша {number % 50}", 40)
            assert hits
            assert all(hit.title == titles[hit.entry_id] for hit in hits)

    switched_each_s = sys.getswitchinterval()
    with closing(Directory.open(tmp_path / "roofs.db")) as directory:
        directory.replace_all(entries, "first")
        sys.setswitchinterval(1e-6)
        try:
            with ThreadPoolExecutor(3) as readers:
                for result in [readers.submit(read, directory, 17 * one) for one in range(3)]:
                    result.result(timeout=30)
        finally:
            sys.setswitchinterval(switched_each_s)


def test_who_comes_after_the_end_is_told_and_opens_nothing(tmp_path: Path) -> None:
    directory = Directory.open(tmp_path / "directory.db")
    entry = Entry("q-1", EntryKind.QUESTION, "Вопрос", "")
    directory.replace_all([entry], "first")
    directory.close()

    with ThreadPoolExecutor(1) as reader:
        late = reader.submit(directory.entry, "q-1")
        with pytest.raises(DirectoryUnusable) as not_read:
            late.result(timeout=30)
    with pytest.raises(DirectoryUnusable) as not_written:
        directory.replace_all([entry], "second")

    assert (not_read.value.reason, not_written.value.reason) == ("closed", "closed")
    with closing(sqlite3.connect(tmp_path / "directory.db")) as other:
        # only possible if no other connection has the file open
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("PRAGMA journal_mode = DELETE")
        assert other.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def _newer(path: Path) -> None:
    Directory.open(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")


def _foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE film (title TEXT)")
        connection.commit()


def test_the_file_of_a_newer_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "directory.db"
    _newer(path)
    before = path.read_bytes()

    with pytest.raises(DirectoryTooNew) as refused:
        Directory.open(path)

    assert (refused.value.found, refused.value.known) == (len(MIGRATIONS) + 1, len(MIGRATIONS))
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (_foreign, "not_a_directory"),
        (lambda path: path.write_text("no database at all" * 99), "SQLITE_NOTADB"),
        (lambda path: path.mkdir(), "SQLITE_CANTOPEN"),
    ],
)
def test_what_is_no_directory_is_refused_and_left_alone(
    tmp_path: Path, make: Callable[[Path], object], reason: str
) -> None:
    path = tmp_path / "directory.db"
    make(path)
    before = path.read_bytes() if path.is_file() else b""

    with pytest.raises(DirectoryUnusable) as refused:
        Directory.open(path)

    assert refused.value.reason == reason
    assert before == (path.read_bytes() if path.is_file() else b"")


def test_a_folder_that_cannot_be_made_is_a_known_failure(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(DirectoryUnusable):
        Directory.open(tmp_path / "file" / "directory.db")


def test_what_is_saved_outlives_a_power_cut(directory: Directory) -> None:
    with directory._access.writer.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2  # FULL


def test_a_full_disk_is_a_known_failure_that_changes_nothing(directory: Directory) -> None:
    question = entry_of(directory, "q-cold")
    long = replace(question, id="q-long", body="очень длинный ответ " * 20_000)
    with directory._access.writer.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        # Space for a small change, not for a text of hundreds of pages.
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 8}")

    with pytest.raises(DirectoryUnusable) as failed:
        directory.apply([EntryPut(long)], "2")

    assert failed.value.reason == "SQLITE_FULL"
    assert directory.mark() == "first"
    assert ids_of(directory, "батареи")[0] == "q-cold"
    directory.apply([EntryPut(replace(question, title="Протекает крыша"))], "3")
    assert directory.mark() == "3"
