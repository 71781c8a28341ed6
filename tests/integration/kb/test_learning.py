"""Selections raise an entry's rank, and searches without results are stored for the editor."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from kb.entries.changes import EntryPut, Synonym
from kb.entries.entries import Entry, EntryKind
from kb.search import usage
from kb.search.rewording import STARTERS, read_synonyms
from kb.store import Directory
from tests.fakes.asked_directory import ids_of
from tests.fakes.console_fakes import Clock
from tests.fakes.two_questions import NOW

TODAY = NOW.date()


@pytest.fixture
def taught(tmp_path: Path, small_content: tuple[Entry, ...], clock: Clock) -> Iterator[Directory]:
    """A directory with two entries that differ only in their selections."""
    certificate = next(entry for entry in small_content if entry.id == "q-certificate")
    twins = [
        replace(certificate, id=twin, title="Где взять справку о доходах", names=())
        for twin in ("q-twin-a", "q-twin-b")
    ]
    with closing(Directory.open(tmp_path / "directory.db", clock=clock)) as opened:
        opened.replace_all((*small_content, *twins), "first")
        yield opened


@pytest.mark.parametrize(
    "typed",
    [
        "справка о доходах",
        "СПРАВКИ ДОХОДОВ",
        "cghfdrf j lj[jlf[",
        "спраавка о доходах",
        "справка о дох",
    ],
)
def test_a_pick_is_learned_for_the_query_however_it_is_typed(taught: Directory, typed: str) -> None:
    assert ids_of(taught, typed)[:2] == ["q-twin-a", "q-twin-b"]

    taught.picked("справка о доходах", "q-twin-b")

    assert ids_of(taught, typed)[:2] == ["q-twin-b", "q-twin-a"]


def test_picks_for_one_query_do_not_turn_another_round(taught: Directory) -> None:
    for _pick in range(5):
        taught.picked("доходы", "q-twin-b")
    taught.picked("справка о доходах", "q-twin-a")

    assert ids_of(taught, "справка о доходах")[:2] == ["q-twin-a", "q-twin-b"]


def test_what_was_picked_is_found_by_words_it_does_not_hold(taught: Directory) -> None:
    assert "q-twin-b" not in ids_of(taught, "писулька для субсидии")

    taught.picked("писулька для субсидии", "q-twin-b")

    assert "q-twin-b" in ids_of(taught, "писулька для субсидии")


def test_newer_picks_outweigh_more_of_long_ago(taught: Directory, clock: Clock) -> None:
    clock.now = NOW - timedelta(days=usage.HALF_LIFE_DAYS * 3)
    for _pick in range(4):
        taught.picked("справка о доходах", "q-twin-b")
    clock.now = NOW
    assert ids_of(taught, "справка о доходах")[:2] == ["q-twin-b", "q-twin-a"]

    taught.picked("справка о доходах", "q-twin-a")

    assert ids_of(taught, "справка о доходах")[:2] == ["q-twin-a", "q-twin-b"]


def test_picks_are_learned_anew_from_the_file(
    tmp_path: Path, taught: Directory, clock: Clock
) -> None:
    taught.picked("справка о доходах", "q-twin-b")
    with closing(Directory.open(tmp_path / "directory.db", clock=clock)) as again:
        assert ids_of(again, "справка о доходах")[:2] == ["q-twin-b", "q-twin-a"]


def test_a_closed_entry_stays_hidden_though_it_was_picked(taught: Directory) -> None:
    taught.picked("справка о доходах", "q-twin-b")
    taught.close_entry("q-twin-b", TODAY)

    assert "q-twin-b" not in ids_of(taught, "справка о доходах")


def test_old_picks_are_dropped_and_many_are_bounded(
    tmp_path: Path, taught: Directory, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.now = NOW - timedelta(days=usage.FORGOTTEN_DAYS + 1)
    taught.picked("давно", "q-twin-a")
    for days in range(6):
        clock.now = NOW - timedelta(days=days)
        taught.picked("недавно", "q-twin-a")
    clock.now = NOW
    monkeypatch.setattr(usage, "MOST_PICKS", 4)
    Directory.open(tmp_path / "directory.db", clock=clock).close()

    with closing(sqlite3.connect(tmp_path / "directory.db")) as connection:
        days_kept = [day for (day,) in connection.execute("SELECT day FROM usage ORDER BY day")]
    assert days_kept == [(TODAY - timedelta(days=days)).isoformat() for days in (3, 2, 1, 0)]


def test_searches_that_led_to_nothing_are_kept_for_the_editor(
    taught: Directory, clock: Clock
) -> None:
    taught.abandoned("смайлик  в небе")
    clock.now = NOW + timedelta(days=2)
    taught.abandoned("справка")
    taught.abandoned("смайлик в небе")

    often, once = taught.unanswered_searches()

    assert (often.query, often.times, often.found) == ("смайлик в небе", 2, 0)
    assert often.last_on == date(2026, 11, 27)
    assert (once.query, once.times) == ("справка", 1)
    assert once.found > 0
    assert taught.unanswered_searches(limit=1) == (often,)
    assert taught.unanswered_searches(since=date(2026, 11, 28)) == ()


def test_what_is_too_short_to_tell_anything_is_not_kept(taught: Directory) -> None:
    for typed in ("", "  ", "ж", " жк "):
        taught.abandoned(typed)

    assert taught.unanswered_searches() == ()


def test_a_search_is_answered_by_a_pick_or_by_the_editor(taught: Directory) -> None:
    taught.abandoned("лесенка в парке")
    taught.abandoned("качели")

    taught.picked("качели ", "q-twin-a")
    assert [search.query for search in taught.unanswered_searches()] == ["лесенка в парке"]
    taught.answer_found("лесенка в парке")
    assert taught.unanswered_searches() == ()


def test_searches_in_vain_are_bounded_and_the_rarest_go_first(
    taught: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(usage, "MOST_UNANSWERED", 3)
    for query in ("качели", "качели", "горка", "горка", "песок", "лавка"):
        taught.abandoned(query)

    assert {search.query for search in taught.unanswered_searches()} == {
        "качели",
        "горка",
        "лавка",
    }


def test_synonyms_are_understood_and_marked(taught: Directory) -> None:
    assert ids_of(taught, "домочадцы") == []
    pairs = [Synonym("бумажка", "справка"), Synonym("домочадцы", "составом семьи")]
    taught.put_synonyms(pairs, by="editor")

    for typed in (
        "бумажка домочадцы",
        "бумжака домочдцы",
        ",evf;rf ljvjxflws",
        "bumazhka domochadtsy",
    ):
        hit = taught.search(typed)[0]
        assert hit.entry_id == "q-certificate", typed
        marked = [hit.title[start:end] for start, end in hit.marks]
        assert marked == ["справку", "составе", "семьи"], typed
    assert taught.close_synonym(pairs[1], by="editor")
    assert not taught.close_synonym(pairs[1], by="editor")
    assert pairs[0] in taught.synonyms()
    assert pairs[1] not in taught.synonyms()
    assert ids_of(taught, "домочадцы") == []


def test_synonyms_outlive_the_program_and_the_closing_of_each(tmp_path: Path) -> None:
    path = tmp_path / "directory.db"
    pair = Synonym("бумажка", "справка", both_ways=True)
    directory = Directory.open(path, starters=None)
    directory.upsert(Entry("q-1", EntryKind.QUESTION, "Как получить справку", ""))
    assert directory.synonyms() == ()
    directory.put_synonyms([pair])
    with pytest.raises(ValueError, match="a word on each side"):
        directory.put_synonyms([Synonym("бумажка", " - ")])
    directory.close()
    directory = Directory.open(path)
    assert directory.synonyms() == (pair,)
    assert ids_of(directory, "бумажка") == ["q-1"]
    directory.close_synonym(pair)
    directory.close()
    directory = Directory.open(path)
    assert directory.synonyms() == ()
    directory.close()


def test_a_new_directory_begins_with_the_starter_list(tmp_path: Path) -> None:
    directory = Directory.open(tmp_path / "directory.db")
    directory.upsert(Entry("u-1", EntryKind.UNIT, "Управляющая компания «Уют»", ""))

    assert set(directory.synonyms()) == set(read_synonyms(STARTERS))
    assert ids_of(directory, "жэк") == ["u-1"]
    directory.close()


def test_the_starter_list_is_read_and_a_line_that_is_no_pair_named(tmp_path: Path) -> None:
    assert len(read_synonyms(STARTERS)) >= 300
    bad = tmp_path / "synonyms.jsonl"
    bad.write_text('{"phrase": "жэк", "meaning": "ук", "both_ways": true}\n{"phrase": 1}\n')
    with pytest.raises(ValueError, match="line 2"):
        read_synonyms(bad)


def test_many_changes_one_by_one_are_found_and_joined(
    tmp_path: Path, taught: Directory, small_content: tuple[Entry, ...]
) -> None:
    """More changes than there are parallel blocks: their blocks are merged on the way."""
    pattern = next(entry for entry in small_content if entry.id == "q-cold")
    for number in range(150):
        changed = replace(pattern, id=f"q-{number % 70}", title=f"Объявление номер{number}")
        taught.apply([EntryPut(changed)], str(number))

    assert ids_of(taught, "номер149") == ["q-9"]
    assert "q-9" not in ids_of(taught, "номер79")
    assert ids_of(taught, "номер80")[0] == "q-10"
    with closing(sqlite3.connect(tmp_path / "directory.db")) as connection:
        (blocks,) = connection.execute("SELECT count(*) FROM index_block").fetchone()
    assert blocks < 64
