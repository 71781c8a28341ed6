"""Content of a directory after changes, selections and the passage of days."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kb.entries.changes import EntryClosed, EntryPut
from kb.entries.entries import (
    AnswerTerm,
    Entry,
    EntryKind,
    PersonDetails,
    RecordFault,
    TopicDetails,
    UnitDetails,
)
from kb.errors import UnknownEntry
from kb.store import Directory
from tests.fakes.asked_directory import entry_of, ids_of

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
TODAY = NOW.date()
DAY = timedelta(days=1)


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

        assert set(ids_of(directory, "лисица")) == {
            *(f"one-{kind}" for kind in EntryKind),
            "untitled",
        }


def test_content_stays_in_the_file(tmp_path: Path, small_content: tuple[Entry, ...]) -> None:
    path = tmp_path / "directory.db"
    with closing(Directory.open(path)) as directory:
        directory.replace_all(small_content, "kept")
    with closing(Directory.open(path)) as directory:
        assert directory.mark() == "kept"
        assert ids_of(directory, "батареи")[0] == "q-cold"


def test_new_content_closes_what_it_does_not_have(
    directory: Directory, small_content: tuple[Entry, ...]
) -> None:
    directory.replace_all([entry_of(directory, "town-hall")], "second")

    assert directory.topics() == ()
    assert ids_of(directory, "батареи") == []
    assert ids_of(directory, "администрация") == ["town-hall"]
    assert directory.mark() == "second"
    closed = entry_of(directory, "q-cold")
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
    with pytest.raises(ValueError, match="duplicate entry id 'q-cold'"):
        directory.replace_all([*small_content, entry_of(directory, "q-cold")], "twice")

    assert directory.mark() == "first"


def test_a_changed_entry_is_found_by_its_new_words_only(directory: Directory) -> None:
    before = entry_of(directory, "q-cold")
    changed = replace(before, title="Протекает крыша", names=())

    directory.apply([EntryPut(changed)], "next")

    assert directory.entry("q-cold") == changed != before
    assert ids_of(directory, "крыша") == ["q-cold"]
    assert "q-cold" not in ids_of(directory, "батареи едва тёплые")
    assert directory.mark() == "next"


def test_an_entry_is_added_and_closed(directory: Directory) -> None:
    added = replace(entry_of(directory, "q-cold"), id="q-new", title="Поймали бешеную лисицу")

    directory.apply([EntryPut(added)], "2")
    assert ids_of(directory, "лисица")[0] == "q-new"
    directory.apply([EntryClosed("q-new", TODAY), EntryClosed("never-there", TODAY)], "3")

    assert ids_of(directory, "лисица") == []
    assert directory.entry("q-new") == replace(added, valid_to=TODAY)


def test_an_entry_is_found_from_its_first_day_to_the_day_it_is_closed(
    tmp_path: Path, small_content: tuple[Entry, ...]
) -> None:
    moment = NOW
    path = tmp_path / "directory.db"
    with closing(Directory.open(path, clock=lambda: moment)) as directory:
        directory.replace_all(small_content)
        cold = entry_of(directory, "q-cold")
        directory.upsert(replace(cold, valid_from=TODAY + DAY, valid_to=TODAY + 3 * DAY))
        found = []
        for days in range(5):
            moment = NOW + days * DAY
            found.append(("q-cold" in ids_of(directory, "батареи"), directory.frequent(1)[0].title))

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

    assert ids_of(directory, "батареи")[0] == "q-cold"
    assert entry_of(directory, "q-cold").valid_to == TODAY + 1000 * DAY


def test_what_is_not_there_cannot_be_closed(directory: Directory) -> None:
    with pytest.raises(UnknownEntry):
        directory.close_entry("never-there", TODAY)


def test_the_classifier_is_changed(directory: Directory) -> None:
    pipes, leak = _topic("pipes", "Трубы"), _topic("pipes/leak", "Течь", "pipes")
    renamed = replace(entry_of(directory, "homes"), title="Дома")

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


def test_the_officials_of_a_unit_are_those_in_force_with_their_posts(directory: Directory) -> None:
    chief = Entry(
        "chief", EntryKind.PERSON, "Пробова А. П.", "", details=PersonDetails("roads", "начальник")
    )
    clerk = Entry("clerk", EntryKind.PERSON, "Иной И. И.", "", owner="roads")
    gone = replace(chief, id="gone", valid_to=TODAY)
    directory.apply([EntryPut(one) for one in (chief, clerk, gone)], "2")
    assert directory.officials(TODAY)["roads"] == {
        "chief": "Пробова А. П., начальник",
        "clerk": "Иной И. И.",
    }
    assert "gone" in directory.officials(TODAY - timedelta(days=1))["roads"]


def test_units_with_a_term_of_their_own_are_told_while_they_are_in_force(
    directory: Directory,
) -> None:
    assert directory.units_with_term() == ()
    heating = replace(
        entry_of(directory, "heating"), details=UnitDetails(answer_term=AnswerTerm(5, "working"))
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
    added = replace(entry_of(directory, "q-cold"), id="q-new", title="Поймали лисицу")
    unstorable = replace(added, id="q-bad", title="\ud800")

    with pytest.raises(RecordFault):
        directory.apply([EntryPut(added), EntryPut(unstorable)], "2")

    assert directory.mark() == "first"
    assert directory.entry("q-new") is None
    assert ids_of(directory, "лисица") == []


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
    certificate = entry_of(directory, "q-certificate")
    twins = [
        replace(certificate, id=twin, title="Где взять справку о доходах", names=())
        for twin in ("q-twin-a", "q-twin-b")
    ]
    directory.apply([EntryPut(twin) for twin in twins], "2")
    assert ids_of(directory, "справка о доходах")[:2] == ["q-twin-a", "q-twin-b"]

    directory.picked("справка о доходах", "q-twin-b")

    assert ids_of(directory, "справка о доходах")[:2] == ["q-twin-b", "q-twin-a"]
