"""With a key the complete file is encrypted by SQLCipher and works like an unencrypted one."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kb.entries.changes import EntryClosed
from kb.entries.entries import Entry
from kb.errors import DirectoryUnusable
from kb.store import Directory
from kb.store.connections import Key

KEYS: tuple[Key, ...] = (bytes(range(32)), "пароль с 'кавычкой'")


@pytest.fixture(params=KEYS, ids=["raw", "passphrase"])
def key(request: pytest.FixtureRequest) -> Key:
    found: Key = request.param
    return found


@pytest.fixture
def path(tmp_path: Path, key: Key, small_content: tuple[Entry, ...]) -> Path:
    path = tmp_path / "directory.db"
    with closing(Directory.open(path, key=key)) as directory:
        directory.replace_all(small_content, "kept")
    return path


def test_what_was_put_in_is_found_with_the_key(
    path: Path, key: Key, small_content: tuple[Entry, ...]
) -> None:
    with closing(Directory.open(path, key=key)) as directory:
        assert directory.entries() == small_content
        assert directory.mark() == "kept"
        assert directory.search("холодные батареи")[0].entry_id == "q-cold"
        directory.picked("интернет", "q-wifi")
        assert directory.frequent(1)[0].entry_id == "q-wifi"
        directory.apply([EntryClosed("q-cold", directory._today())], "next")
        assert directory.search("батареи едва") == []


def test_nothing_of_it_can_be_read_in_the_file(path: Path) -> None:
    for file in path.parent.glob("directory.db*"):
        content = file.read_bytes()
        for text in ("Батареи едва", "батар", "SQLite format 3", "town-hall", "entry_stems"):
            assert text.encode() not in content


@pytest.mark.parametrize("other", [None, bytes(32), "другой пароль"])
def test_another_key_is_refused_and_the_file_left_alone(path: Path, other: Key | None) -> None:
    before = path.read_bytes()

    with pytest.raises(DirectoryUnusable) as refused:
        Directory.open(path, key=other)

    assert refused.value.reason == "SQLITE_NOTADB"
    assert path.read_bytes() == before


def test_a_plain_file_is_not_opened_by_a_key(tmp_path: Path) -> None:
    path = tmp_path / "plain.db"
    Directory.open(path).close()
    before = path.read_bytes()

    with pytest.raises(DirectoryUnusable):
        Directory.open(path, key=KEYS[0])

    assert path.read_bytes() == before
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM entry").fetchone() == (0,)


@pytest.mark.parametrize("key", [b"", b"short", bytes(33), "", "a\0b"])
def test_what_is_no_key_is_refused(tmp_path: Path, key: Key) -> None:
    with pytest.raises(ValueError, match=r"32 bytes|passphrase"):
        Directory.open(tmp_path / "directory.db", key=key)

    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_a_known_failure(path: Path, key: Key) -> None:
    with closing(Directory.open(path, key=key)) as directory:
        with directory._access.writer.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

        with pytest.raises(DirectoryUnusable) as failed:
            directory.replace_all(
                [Entry(f"q-{n}", "question", "Вопрос", "ответ " * 999) for n in range(99)]  # type: ignore[arg-type]
            )

        assert failed.value.reason == "SQLITE_FULL"
        assert directory.mark() == "kept"
