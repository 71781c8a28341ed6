"""The directory's file holds entries, index, mark and usage together."""

import sqlite3
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from kb import index, recent
from kb.blocks import POSTING
from kb.changes import EntryClosed, EntryPut
from kb.documents import document_of
from kb.entries import AnswerTerm, Entry, EntryKind, TopicDetails, UnitDetails
from kb.errors import DirectoryTooNew, DirectoryUnusable, UnknownEntry
from kb.recent import MOST_RECENT
from kb.records import RecordFault
from kb.schema import MIGRATIONS
from kb.store import Directory
from kb.text import Stemmer
from kb.vocabulary import Vocabulary

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
TODAY = NOW.date()
DAY = timedelta(days=1)


def _ids(directory: Directory, text: str) -> list[str]:
    return [hit.entry_id for hit in directory.search(text)]


def _entry(directory: Directory, entry_id: str) -> Entry:
    entry = directory.entry(entry_id)
    assert entry is not None
    return entry


def _topic(entry_id: str, title: str, parent: str | None = None) -> Entry:
    details = TopicDetails(parent, ("town-hall",))
    return Entry(entry_id, EntryKind.TOPIC, title, "", owner="heating", details=details)


def test_what_was_put_in_is_read_back(
    directory: Directory, small_content: tuple[Entry, ...]
) -> None:
    for entry in small_content:
        assert directory.entry(entry.id) == entry
    assert directory.entries() == small_content
    assert directory.unit("heating") == directory.entry("heating")
    assert directory.unit("q-cold") is None
    assert directory.entry("nothing") is None
    assert [topic.id for topic in directory.topics()] == ["homes", "papers"]
    assert [one.id for one in directory.categories()] == ["homes/cold", "papers/other"]
    assert [one.id for one in directory.categories("homes")] == ["homes/cold"]
    assert directory.mark() == "first"


def test_entries_are_counted_by_kind(directory: Directory) -> None:
    directory.close_entry("q-wifi", TODAY)
    stats = directory.stats()

    assert stats.kinds == {
        EntryKind.QUESTION: 2,
        EntryKind.UNIT: 2,
        EntryKind.SERVICE: 1,
        EntryKind.PERSON: 1,
        EntryKind.TOPIC: 4,
    }
    assert (stats.closed, stats.revisions, stats.mark) == (1, 1, "first")


def test_a_new_directory_is_empty(tmp_path: Path) -> None:
    with closing(Directory.open(tmp_path / "deep" / "directory.db")) as directory:
        assert directory.mark() == ""
        assert directory.topics() == ()
        assert directory.frequent() == ()
        found = directory.find("паспорт")
        assert (found.hits, found.total) == ((), 0)


def test_an_entry_needs_no_more_than_four_words(tmp_path: Path) -> None:
    with closing(Directory.open(str(tmp_path / "directory.db"))) as directory:
        for kind in EntryKind:
            directory.upsert(Entry(f"one-{kind}", kind, "Поймали бешеную лисицу", "Звоните."))
        directory.upsert(Entry("untitled", EntryKind.QUESTION, "", "Лисица без заголовка."))

        assert set(_ids(directory, "лисица")) == {
            *(f"one-{kind}" for kind in EntryKind),
            "untitled",
        }


def test_content_stays_in_the_file(tmp_path: Path, small_content: tuple[Entry, ...]) -> None:
    path = tmp_path / "directory.db"
    with closing(Directory.open(path)) as directory:
        directory.replace_all(small_content, "kept")
    with closing(Directory.open(path)) as directory:
        assert directory.mark() == "kept"
        assert _ids(directory, "батареи")[0] == "q-cold"


def test_new_content_closes_what_it_does_not_have(
    directory: Directory, small_content: tuple[Entry, ...]
) -> None:
    directory.replace_all([_entry(directory, "town-hall")], "second")

    assert directory.topics() == ()
    assert _ids(directory, "батареи") == []
    assert _ids(directory, "администрация") == ["town-hall"]
    assert directory.mark() == "second"
    closed = _entry(directory, "q-cold")
    assert closed.valid_to is not None
    assert replace(closed, valid_to=None) in small_content


def test_the_same_content_again_changes_nothing_but_the_mark(
    directory: Directory, small_content: tuple[Entry, ...]
) -> None:
    directory.replace_all(small_content, "again")

    assert directory.mark() == "again"
    assert directory.stats().revisions == 0


def test_content_with_a_repeated_id_is_refused_whole(
    directory: Directory, small_content: tuple[Entry, ...]
) -> None:
    with pytest.raises(ValueError, match="two entries have the id 'q-cold'"):
        directory.replace_all([*small_content, _entry(directory, "q-cold")], "twice")

    assert directory.mark() == "first"


def test_a_changed_entry_is_found_by_its_new_words_only(directory: Directory) -> None:
    before = _entry(directory, "q-cold")
    changed = replace(before, title="Протекает крыша", names=())

    directory.apply([EntryPut(changed)], "next")

    assert directory.entry("q-cold") == changed != before
    assert _ids(directory, "крыша") == ["q-cold"]
    assert "q-cold" not in _ids(directory, "батареи едва тёплые")
    assert directory.mark() == "next"


def test_an_entry_is_added_and_closed(directory: Directory) -> None:
    added = replace(_entry(directory, "q-cold"), id="q-new", title="Поймали бешеную лисицу")

    directory.apply([EntryPut(added)], "2")
    assert _ids(directory, "лисица")[0] == "q-new"
    directory.apply([EntryClosed("q-new", TODAY), EntryClosed("never-there", TODAY)], "3")

    assert _ids(directory, "лисица") == []
    assert directory.entry("q-new") == replace(added, valid_to=TODAY)


def test_an_entry_is_found_from_its_first_day_to_the_day_it_is_closed(
    tmp_path: Path, small_content: tuple[Entry, ...]
) -> None:
    moment = NOW
    path = tmp_path / "directory.db"
    with closing(Directory.open(path, clock=lambda: moment)) as directory:
        directory.replace_all(small_content)
        cold = _entry(directory, "q-cold")
        directory.upsert(replace(cold, valid_from=TODAY + DAY, valid_to=TODAY + 3 * DAY))
        found = []
        for days in range(5):
            moment = NOW + days * DAY
            found.append(("q-cold" in _ids(directory, "батареи"), directory.frequent(1)[0].title))

    cold_first, certificate_first = cold.title, "Где взять справку о составе семьи"
    assert found == [
        (False, certificate_first),
        (True, cold_first),
        (True, cold_first),
        (False, certificate_first),
        (False, certificate_first),
    ]


def test_closing_from_a_later_day_leaves_the_entry_until_then(directory: Directory) -> None:
    directory.close_entry("q-cold", TODAY + 1000 * DAY)

    assert _ids(directory, "батареи")[0] == "q-cold"
    assert _entry(directory, "q-cold").valid_to == TODAY + 1000 * DAY


def test_what_is_not_there_cannot_be_closed(directory: Directory) -> None:
    with pytest.raises(UnknownEntry):
        directory.close_entry("never-there", TODAY)


def test_the_classifier_is_changed(directory: Directory) -> None:
    pipes, leak = _topic("pipes", "Трубы"), _topic("pipes/leak", "Течь", "pipes")
    renamed = replace(_entry(directory, "homes"), title="Дома")

    directory.apply([EntryPut(pipes), EntryPut(leak), EntryPut(renamed)], "2")
    assert [topic.title for topic in directory.topics()] == [
        "Дома",
        "Справки и документы",
        "Трубы",
    ]
    assert directory.categories("pipes") == (leak,)
    assert directory.topics_and_categories() == (directory.topics(), directory.categories())
    directory.apply([EntryClosed("pipes/leak", TODAY), EntryClosed("homes/cold", TODAY)], "3")

    assert directory.categories("pipes") == ()
    assert [category.id for category in directory.categories()] == ["papers/other"]


def test_the_titles_of_units_are_those_of_the_units_in_force(directory: Directory) -> None:
    in_force = {
        one.id: one.title
        for one in directory.entries()
        if one.kind is EntryKind.UNIT and one.holds_on(TODAY)
    }
    assert in_force
    assert directory.unit_titles(TODAY) == in_force
    closed = next(iter(in_force))
    directory.apply([EntryClosed(closed, TODAY)], "2")
    assert closed not in directory.unit_titles(TODAY)
    assert closed in directory.unit_titles(TODAY - timedelta(days=1))


def test_units_with_a_term_of_their_own_are_told_while_they_are_in_force(
    directory: Directory,
) -> None:
    assert directory.units_with_term() == ()
    heating = replace(
        _entry(directory, "heating"), details=UnitDetails(answer_term=AnswerTerm(5, "working"))
    )
    directory.apply([EntryPut(heating)], "2")
    assert directory.units_with_term() == (heating,)
    directory.apply([EntryClosed("heating", TODAY)], "3")
    assert directory.units_with_term() == ()


def test_persons_and_units_are_told_without_the_rest_closed_ones_too(directory: Directory) -> None:
    directory.apply([EntryClosed("heating", TODAY)], "2")
    named = (EntryKind.PERSON, EntryKind.UNIT)
    told = directory.people_and_units()

    assert told == tuple(one for one in directory.entries() if one.kind in named)
    assert {one.kind for one in told} == set(named)
    assert "heating" in {one.id for one in told}


def test_changes_that_fail_leave_nothing_behind(directory: Directory) -> None:
    added = replace(_entry(directory, "q-cold"), id="q-new", title="Поймали лисицу")
    unstorable = replace(added, id="q-bad", title="\ud800")

    with pytest.raises(RecordFault):
        directory.apply([EntryPut(added), EntryPut(unstorable)], "2")

    assert directory.mark() == "first"
    assert directory.entry("q-new") is None
    assert _ids(directory, "лисица") == []


def test_who_watches_the_changes_may_stop_them_all(directory: Directory) -> None:
    before = directory.entries()
    changes = [
        EntryPut(Entry(f"q-{number}", EntryKind.QUESTION, "Новое", "")) for number in range(5)
    ]
    seen: list[int] = []

    class Enough(Exception):
        pass

    def stop(made: int) -> None:
        seen.append(made)
        if made == 3:
            raise Enough

    with pytest.raises(Enough):
        directory.apply(changes, on_change=stop)

    assert seen == [0, 1, 2, 3]
    assert directory.entries() == before
    assert [hit.entry_id for hit in directory.search("новое")] == []


def test_changes_one_by_one_leave_the_index_a_rebuild_would_make(
    tmp_path: Path, directory: Directory
) -> None:
    question = _entry(directory, "q-cold")
    directory.apply([EntryPut(replace(question, title="Протекает крыша"))], "2")
    directory.apply([EntryClosed("q-wifi", TODAY), EntryPut(replace(question, id="q-b"))], "3")
    directory.apply([EntryClosed("q-wifi", TODAY - DAY)], "4")
    by_changes = directory._searching._snapshot.state.vocabulary
    changed = _contents(tmp_path / "directory.db")

    by_rebuild = _rebuilt(tmp_path / "directory.db", directory).vocabulary

    assert _contents(tmp_path / "directory.db") == changed
    assert _listed(by_changes) == _listed(by_rebuild)
    assert by_changes.entries == by_rebuild.entries


def test_many_changes_leave_the_index_a_rebuild_would_make(
    tmp_path: Path, directory: Directory
) -> None:
    question = _entry(directory, "q-cold")
    for number in range(MOST_RECENT + 3):
        changed = replace(question, id=f"q-{number % 9}", body=f"Дом {number}, подъезд {number}")
        directory.upsert(changed)
        assert _ids(directory, f"подъезд {number}")[0] == changed.id
    with closing(Directory.open(tmp_path / "directory.db")) as other:
        assert _ids(other, "дом 66")[0] == "q-3"
    by_changes = _contents(tmp_path / "directory.db")

    _rebuilt(tmp_path / "directory.db", directory)

    assert _contents(tmp_path / "directory.db") == by_changes


def test_an_index_in_several_blocks_holds_the_same(tmp_path: Path, directory: Directory) -> None:
    in_one = _contents(tmp_path / "directory.db")

    _rebuilt(tmp_path / "directory.db", directory, largest_block=2)

    assert _contents(tmp_path / "directory.db") == in_one


def _rebuilt(
    path: Path, directory: Directory, largest_block: int = index.LARGEST_BLOCK
) -> index.IndexState:
    """The index after it was made anew of the entries that have not ended."""
    with closing(sqlite3.connect(path)) as connection, connection:
        keys = dict(connection.execute("SELECT key, id FROM entry"))
        entries = [entry for entry in directory.entries() if entry.valid_to is None]
        documents = [(keys[entry.id], document_of(entry)) for entry in entries]
        return index.rebuild(connection, documents, Stemmer(), largest_block)


def _contents(path: Path) -> dict[str, dict[str, tuple[int, int]]]:
    """For each stem the living entries it stands in, with what is held of heading and text."""
    with closing(sqlite3.connect(path)) as connection:
        keys = dict(
            connection.execute(
                "SELECT document.id, entry.key FROM index_document AS document"
                " JOIN entry ON entry.id = document.entry"
            )
        )
        stems = dict(connection.execute("SELECT number, stem FROM index_stem"))
        counted = dict(connection.execute("SELECT stem, entries FROM index_stem"))
        contents: dict[str, dict[str, tuple[int, int]]] = {}
        rows = [
            (row_id >> 24, postings)
            for row_id, postings in connection.execute("SELECT id, postings FROM index_posting")
        ]
        rows += recent.load(connection).postings.items()
        for stem, postings in rows:
            held = contents.setdefault(stems[stem], {})
            for number, heading, body in np.frombuffer(postings, POSTING).tolist():
                if number in keys:
                    held[keys[number]] = (heading, body)
    assert {stem: len(held) for stem, held in contents.items()} == counted
    return {stem: held for stem, held in contents.items() if held}


def _listed(vocabulary: Vocabulary) -> set[tuple[str, str, int]]:
    return {
        (surface, stem, vocabulary.frequency(stem))
        for surface, stem in vocabulary.continuations("", 10_000)
    }


def test_what_is_picked_comes_first_among_the_frequent(directory: Directory) -> None:
    assert [hit.entry_id for hit in directory.frequent()] == ["q-cold", "q-certificate"]

    directory.picked("прописка", "p-registration")
    directory.picked("справка", "q-certificate")
    directory.picked("семья", "q-certificate")

    assert [hit.entry_id for hit in directory.frequent(3)] == [
        "q-certificate",
        "p-registration",
        "q-cold",
    ]
    assert len(directory.frequent(1)) == 1


def test_picks_fade_with_time_and_outlive_new_content(
    tmp_path: Path, small_content: tuple[Entry, ...]
) -> None:
    path = tmp_path / "directory.db"
    moment = NOW - timedelta(days=90)
    with closing(Directory.open(path, clock=lambda: moment)) as directory:
        directory.replace_all(small_content, "1")
        for _pick in range(3):
            directory.picked("интернет", "q-wifi")
        moment = NOW
        directory.picked("холодно", "q-cold")
        directory.picked("что-то", "q-closed-long-ago")
        directory.replace_all(small_content, "2")

        assert [hit.entry_id for hit in directory.frequent(2)] == ["q-cold", "q-wifi"]
        moment = NOW + timedelta(days=400)
        assert directory.frequent(1)[0].score == 0


def test_what_is_picked_rises_in_the_search(directory: Directory) -> None:
    certificate = _entry(directory, "q-certificate")
    twins = [
        replace(certificate, id=twin, title="Где взять справку о доходах", names=())
        for twin in ("q-twin-a", "q-twin-b")
    ]
    directory.apply([EntryPut(twin) for twin in twins], "2")
    assert _ids(directory, "справка о доходах")[:2] == ["q-twin-a", "q-twin-b"]

    directory.picked("справка о доходах", "q-twin-b")

    assert _ids(directory, "справка о доходах")[:2] == ["q-twin-b", "q-twin-a"]


def test_two_processes_see_each_others_changes(
    tmp_path: Path, small_content: tuple[Entry, ...]
) -> None:
    """Each has its own vocabulary in memory: the file's generation tells when it is old."""
    path = tmp_path / "directory.db"
    with closing(Directory.open(path)) as mine, closing(Directory.open(path)) as theirs:
        assert _ids(mine, "батареи") == []
        theirs.replace_all(small_content, "theirs")
        assert _ids(mine, "батареии")[0] == "q-cold"
        question = _entry(theirs, "q-cold")
        theirs.apply([EntryPut(replace(question, title="Протекает крыша", names=()))], "2")
        assert _ids(mine, "крыш") == ["q-cold"]
        mine.apply([EntryClosed("q-cold", TODAY)], "3")
        assert _ids(theirs, "крыш") == []


def test_readers_search_while_content_changes(directory: Directory) -> None:
    """Every result is of one state: the entry under one of its titles, never none, never both."""
    question = _entry(directory, "q-cold")
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
        # only possible where nobody else has the file open
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
    question = _entry(directory, "q-cold")
    long = replace(question, id="q-long", body="очень длинный ответ " * 20_000)
    with directory._access.writer.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        # Room for a small change, not for a text of hundreds of pages.
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 8}")

    with pytest.raises(DirectoryUnusable) as failed:
        directory.apply([EntryPut(long)], "2")

    assert failed.value.reason == "SQLITE_FULL"
    assert directory.mark() == "first"
    assert _ids(directory, "батареи")[0] == "q-cold"
    directory.apply([EntryPut(replace(question, title="Протекает крыша"))], "3")
    assert directory.mark() == "3"
