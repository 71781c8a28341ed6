"""The directory's file holds entries, index, mark and usage together."""

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kb.changes import (
    CategoryPut,
    CategoryRemoved,
    EntryPut,
    EntryRemoved,
    TopicPut,
    TopicRemoved,
)
from kb.entries import Category, DirectoryContent, EntryKind, Question, Topic
from kb.errors import DirectoryTooNew, DirectoryUnusable
from kb.schema import MIGRATIONS
from kb.store import Directory
from kb.text import NORMALISER_VERSION
from kb.vocabulary import Vocabulary

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
EMPTY = DirectoryContent((), (), (), (), ())


def _keys(directory: Directory, text: str) -> list[str]:
    return [hit.key for hit in directory.search(text).hits]


def _question(directory: Directory, key: str) -> Question:
    entry = directory.entry(key)
    assert isinstance(entry, Question)
    return entry


def test_what_was_put_in_is_read_back(
    directory: Directory, small_content: DirectoryContent
) -> None:
    for key, entry in small_content.entries().items():
        assert directory.entry(key) == entry
    assert directory.unit("heating") == small_content.units[1]
    assert directory.unit("q-cold") is None
    assert directory.entry("nothing") is None
    assert directory.topics() == small_content.topics
    assert directory.categories() == small_content.categories
    assert directory.categories("homes") == small_content.categories[:1]
    assert directory.mark() == "first"
    assert directory.counts() == {
        EntryKind.QUESTION: 3,
        EntryKind.UNIT: 2,
        EntryKind.PROCEDURE: 1,
    }


def test_a_new_directory_is_empty(tmp_path: Path) -> None:
    with closing(Directory.open(tmp_path / "deep" / "directory.db")) as directory:
        assert directory.mark() == ""
        assert directory.topics() == ()
        assert directory.frequent() == ()
        found = directory.search("паспорт")
        assert (found.hits, found.total) == ((), 0)


def test_content_stays_in_the_file(tmp_path: Path, small_content: DirectoryContent) -> None:
    path = tmp_path / "directory.db"
    with closing(Directory.open(path)) as directory:
        directory.replace_content(small_content, "kept")
    with closing(Directory.open(path)) as directory:
        assert directory.mark() == "kept"
        assert _keys(directory, "батареи")[0] == "q-cold"


def test_new_content_takes_the_place_of_all_there_was(
    directory: Directory, small_content: DirectoryContent
) -> None:
    directory.replace_content(replace(EMPTY, units=small_content.units[:1]), "second")

    assert directory.entry("q-cold") is None
    assert directory.topics() == ()
    assert _keys(directory, "батареи") == []
    assert _keys(directory, "администрация") == ["town-hall"]
    assert directory.mark() == "second"


def test_a_changed_entry_is_found_by_its_new_words_only(directory: Directory) -> None:
    before = directory.entry("q-cold")
    changed = replace(_question(directory, "q-cold"), title="Протекает крыша", aliases=())

    directory.apply([EntryPut(changed)], "next")

    assert directory.entry("q-cold") == changed != before
    assert _keys(directory, "крыша") == ["q-cold"]
    assert "q-cold" not in _keys(directory, "батареи едва тёплые")
    assert directory.mark() == "next"


def test_an_entry_is_added_and_taken_out(directory: Directory) -> None:
    added = replace(_question(directory, "q-cold"), key="q-new", title="Поймали бешеную лисицу")

    directory.apply([EntryPut(added)], "2")
    assert _keys(directory, "лисица")[0] == "q-new"
    directory.apply([EntryRemoved("q-new"), EntryRemoved("never-there")], "3")

    assert _keys(directory, "лисица") == []
    assert directory.entry("q-new") is None


def test_the_classifier_is_changed(directory: Directory) -> None:
    pipes = Topic("pipes", "Трубы", "heating")
    renamed = Topic("homes", "Дома", "heating")
    leak = Category("pipes/leak", "pipes", "Течь", "heating", ("town-hall",), None)

    directory.apply([TopicPut(pipes), CategoryPut(leak), TopicPut(renamed)], "2")
    assert [topic.title for topic in directory.topics()] == [
        "Дома",
        "Справки и документы",
        "Трубы",
    ]
    assert directory.categories("pipes") == (leak,)
    directory.apply([TopicRemoved("pipes"), CategoryRemoved("homes/cold")], "3")

    assert directory.categories("pipes") == ()
    assert [category.key for category in directory.categories()] == ["papers/other"]


def test_changes_that_fail_leave_nothing_behind(directory: Directory) -> None:
    added = replace(_question(directory, "q-cold"), key="q-new", title="Поймали лисицу")
    unstorable = replace(added, key="q-bad", title="\ud800")

    with pytest.raises(UnicodeEncodeError):
        directory.apply([EntryPut(added), EntryPut(unstorable)], "2")

    assert directory.mark() == "first"
    assert directory.entry("q-new") is None
    assert _keys(directory, "лисица") == []


def test_changes_one_by_one_leave_the_index_a_rebuild_would_make(
    tmp_path: Path, directory: Directory, small_content: DirectoryContent
) -> None:
    question = _question(directory, "q-cold")
    directory.apply([EntryPut(replace(question, title="Протекает крыша"))], "2")
    directory.apply([EntryRemoved("q-wifi"), EntryPut(replace(question, key="q-b"))], "3")
    remaining = [directory.entry(key) for key in ("q-cold", "q-certificate", "q-b")]
    content = replace(
        small_content, questions=tuple(found for found in remaining if isinstance(found, Question))
    )
    with closing(Directory.open(tmp_path / "anew.db")) as anew:
        anew.replace_content(content, "3")
        assert _contents(tmp_path / "directory.db") == _contents(tmp_path / "anew.db")
        by_changes, by_rebuild = directory._snapshot.vocabulary, anew._snapshot.vocabulary
        assert _listed(by_changes) == _listed(by_rebuild)
        assert by_changes.entries == by_rebuild.entries


def _contents(path: Path) -> tuple[object, ...]:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO entry_index (entry_index) VALUES ('integrity-check')")
        words = connection.execute("SELECT * FROM word ORDER BY surface").fetchall()
        terms = connection.execute(
            "SELECT term, doc, cnt FROM entry_terms ORDER BY term"
        ).fetchall()
    return words, terms


def _listed(vocabulary: Vocabulary) -> list[tuple[str, str, int]]:
    return [
        (surface, vocabulary.stem_of(surface), vocabulary.frequency(vocabulary.stem_of(surface)))
        for surface in vocabulary.continuations("", 10_000)
    ]


def test_what_is_picked_comes_first_among_the_frequent(directory: Directory) -> None:
    assert [hit.key for hit in directory.frequent()] == ["q-cold", "q-certificate"]

    directory.record_pick("p-registration", NOW)
    directory.record_pick("q-certificate", NOW)
    directory.record_pick("q-certificate", NOW)

    assert [hit.key for hit in directory.frequent(3)] == [
        "q-certificate",
        "p-registration",
        "q-cold",
    ]
    assert len(directory.frequent(1)) == 1


def test_picks_fade_with_time_and_outlive_new_content(
    tmp_path: Path, small_content: DirectoryContent
) -> None:
    path = tmp_path / "directory.db"
    moment = NOW
    with closing(Directory.open(path, clock=lambda: moment)) as directory:
        directory.replace_content(small_content, "1")
        for _pick in range(3):
            directory.record_pick("q-wifi", NOW - timedelta(days=90))
        directory.record_pick("q-cold", NOW)
        directory.record_pick("q-closed-long-ago", NOW)
        directory.replace_content(small_content, "2")

        assert [hit.key for hit in directory.frequent(2)] == ["q-cold", "q-wifi"]
        moment = NOW + timedelta(days=400)
        assert directory.frequent(1)[0].score == 0


def test_what_is_picked_rises_in_the_search(directory: Directory) -> None:
    certificate = _question(directory, "q-certificate")
    twins = [
        replace(certificate, key=key, title="Где взять справку о доходах", aliases=())
        for key in ("q-twin-a", "q-twin-b")
    ]
    directory.apply([EntryPut(twin) for twin in twins], "2")
    assert _keys(directory, "справка о доходах")[:2] == ["q-twin-a", "q-twin-b"]

    directory.record_pick("q-twin-b", datetime.now(UTC))

    assert _keys(directory, "справка о доходах")[:2] == ["q-twin-b", "q-twin-a"]


def test_two_processes_see_each_others_changes(
    tmp_path: Path, small_content: DirectoryContent
) -> None:
    """Each has its own vocabulary in memory: the file's generation tells when it is old."""
    path = tmp_path / "directory.db"
    with closing(Directory.open(path)) as mine, closing(Directory.open(path)) as theirs:
        assert _keys(mine, "батареи") == []
        theirs.replace_content(small_content, "theirs")
        assert _keys(mine, "батареии")[0] == "q-cold"
        question = _question(theirs, "q-cold")
        theirs.apply([EntryPut(replace(question, title="Протекает крыша", aliases=()))], "2")
        assert _keys(mine, "крыш") == ["q-cold"]
        mine.apply([EntryRemoved("q-cold")], "3")
        assert _keys(theirs, "крыша") == []


def test_readers_search_while_content_changes(directory: Directory) -> None:
    """Every result is of one state: the entry under one of its titles, never none, never both."""
    question = _question(directory, "q-cold")
    titles = ("Протекает крыша", "Протекает потолок")
    directory.apply([EntryPut(replace(question, title=titles[0], aliases=()))], "0")
    done = threading.Event()

    def read() -> int:
        searches = 0
        while not done.is_set() or searches < 20:
            hits = directory.search("протекает").hits
            assert [hit.key for hit in hits] == ["q-cold"]
            assert hits[0].title in titles
            assert hits[0].entry.title == hits[0].title
            assert directory.unit("heating") is not None
            directory.frequent()
            searches += 1
        return searches

    with ThreadPoolExecutor(3) as readers:
        reading = [readers.submit(read) for _reader in range(3)]
        for number in range(60):
            changed = replace(question, title=titles[number % 2], aliases=())
            directory.apply([EntryPut(changed)], str(number))
            directory.record_pick("q-cold", NOW)
        done.set()
        assert all(result.result(timeout=30) >= 20 for result in reading)


def test_a_changed_normaliser_makes_the_index_anew(
    tmp_path: Path, small_content: DirectoryContent, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "directory.db"
    with closing(Directory.open(path)) as directory:
        directory.replace_content(small_content, "1")
    with closing(sqlite3.connect(path)) as connection:  # what an older normaliser left
        connection.execute("DELETE FROM word")
        connection.commit()
    with closing(Directory.open(path)) as directory:
        assert _keys(directory, "бата") == []
    monkeypatch.setattr("kb.store.NORMALISER_VERSION", NORMALISER_VERSION + 1)

    with closing(Directory.open(path)) as directory:
        assert _keys(directory, "бата")[0] == "q-cold"
        assert directory.mark() == "1"


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


def test_a_full_disk_is_a_known_failure_that_changes_nothing(
    directory: Directory, small_content: DirectoryContent
) -> None:
    question = _question(directory, "q-cold")
    long = replace(question, key="q-long", written="очень длинный ответ " * 20_000)
    with directory._writer.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    with pytest.raises(DirectoryUnusable) as failed:
        directory.apply([EntryPut(long)], "2")

    assert failed.value.reason == "SQLITE_FULL"
    assert directory.mark() == "first"
    assert _keys(directory, "батареи")[0] == "q-cold"
    directory.apply([EntryRemoved("q-wifi")], "3")
    assert directory.mark() == "3"
