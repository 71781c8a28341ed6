"""Search texts of operators are stored without personal data for their retention period."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from kb.entries.changes import Synonym
from kb.errors import DamagedFileRemoved, DirectoryEvent, DirectoryUnusable
from kb.search.usage import QueryUse
from kb.store import Directory
from tests.fakes.console_fakes import Clock
from tests.fakes.damaged_directory import damage, damage_index, let_index_differ
from tests.fakes.two_questions import NOW, two_questions

TODAY = NOW.date()
YEAR_AGO = TODAY - timedelta(days=365)
CONTACTS = (
    "+7 900 555-01-07",
    "89005550107",
    "мусор 8 (900) 555 01 07",
    "900.555.01.07 вывоз",
    "555-01-07",
    "родилась 05.11.1956",
    "probova@example.org",
    "ghj,jdf@example.org",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "directory.db"


@pytest.fixture
def directory(path: Path, clock: Clock) -> Iterator[Directory]:
    with two_questions(path, clock) as opened:
        yield opened


def _texts(path: Path) -> set[str]:
    """Returns every stored search text of the file."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "SELECT query FROM unanswered UNION SELECT query FROM reworded"
            " UNION SELECT found_by FROM reworded UNION SELECT query FROM usage"
            " UNION SELECT typed FROM usage"
        )
        return {text for (text,) in rows} - {""}


def _picks(path: Path) -> list[tuple[str, str, int]]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT entry_key, query, picks FROM usage ORDER BY 1, 2")
        return rows.fetchall()


@pytest.mark.parametrize("typed", CONTACTS)
def test_a_number_or_an_address_of_somebody_is_kept_nowhere(
    directory: Directory, path: Path, typed: str
) -> None:
    directory.abandoned(typed)
    directory.picked(typed, "q-waste", after=("хлам",))
    directory.picked("вывоз мусора", "q-waste", after=(typed,))

    assert _texts(path) == {"вывоз мусора", "вывоз мусор"}
    assert _picks(path) == [("q-waste", "", 1), ("q-waste", "вывоз мусор", 1)]
    assert directory.unanswered_searches() == ()


@pytest.mark.parametrize("typed", ["112", "закон 152", "дом 12", "59-ФЗ", "с 8 до 17", "2026 год"])
def test_a_short_number_is_of_nobody(directory: Directory, path: Path, typed: str) -> None:
    directory.abandoned(typed)

    assert [one.query for one in directory.unanswered_searches()] == [typed]


def test_words_have_a_term_and_picks_go_on_to_count(
    directory: Directory, path: Path, clock: Clock
) -> None:
    clock.now = NOW - timedelta(days=91)
    directory.picked("ямы", "q-pits", after=("колдобины",))
    directory.picked("дороги", "q-pits")
    directory.abandoned("качели")
    directory.abandoned("лавки")
    clock.now = NOW - timedelta(days=90)
    directory.picked("ямы", "q-pits", after=("выбоины",))
    directory.abandoned("лавки")
    clock.now = NOW

    assert directory.forget_searches_before(TODAY - timedelta(days=90)) == 4

    assert _texts(path) == {"лавки", "выбоины", "ямы", "ям"}
    assert _picks(path) == [("q-pits", "", 2), ("q-pits", "ям", 1)]
    assert directory.frequent(1)[0].entry_id == "q-pits"
    assert directory.forget_searches_before(TODAY - timedelta(days=90)) == 0


def test_the_searches_that_are_meant_are_forgotten_and_lead_nowhere(
    directory: Directory, path: Path
) -> None:
    directory.picked("Пробова жалуется", "q-pits", after=("пробовой колея",))
    directory.picked("вывоз", "q-waste", after=("у Пробовой хлам",))
    directory.abandoned("Пробова звонила")
    directory.abandoned("качели")
    assert [hit.entry_id for hit in directory.search("Пробова жалуется")] == ["q-pits"]

    assert directory.forget_searches(lambda text: "пробов" in text.casefold()) == 4

    assert _texts(path) == {"качели", "вывоз"}
    assert [hit.entry_id for hit in directory.search("Пробова жалуется")] == []
    assert _picks(path) == [("q-pits", "", 1), ("q-waste", "вывоз", 1)]
    assert directory.queries_of("q-pits", since=YEAR_AGO) == ()
    assert directory.queries_of("q-waste", since=YEAR_AGO) == (QueryUse("вывоз", 1),)


def test_a_pick_of_a_search_without_a_word_to_learn_loses_its_text_and_counts_on(
    directory: Directory, path: Path, clock: Clock
) -> None:
    clock.now = NOW - timedelta(days=91)
    directory.picked("где", "q-pits")
    directory.picked("ямы", "q-pits")
    clock.now = NOW
    directory.picked("как", "q-waste")

    assert directory.forget_searches_before(TODAY - timedelta(days=90)) == 2
    assert _texts(path) == {"как"}
    assert directory.forget_searches(lambda text: text == "как") == 1

    assert _texts(path) == set()
    assert _picks(path) == [("q-pits", "", 2), ("q-waste", "", 1)]
    assert directory.forget_searches_before(TODAY) == 0


def test_what_is_forgotten_stands_in_the_file_no_more(directory: Directory, path: Path) -> None:
    directory.abandoned("Пробова из третьего подъезда")
    directory.forget_searches(lambda text: text.startswith("Пробова"))
    directory.close()

    content = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert "третьего подъезда".encode() not in content


@pytest.fixture
def told() -> list[DirectoryEvent]:
    return []


@pytest.fixture
def mended(path: Path, clock: Clock, told: list[DirectoryEvent]) -> Iterator[Directory]:
    """A directory whose damaged file was set aside today, with searches of three days in it."""
    with two_questions(path, clock) as directory:
        for days, typed in ((91, "лавки"), (90, "качели"), (0, "Пробова жалуется")):
            clock.now = NOW - timedelta(days=days)
            directory.abandoned(typed)
    damage_index(path)
    with closing(Directory.open(path, clock=clock, tell=told.append, starters=None)) as opened:
        yield opened


def _aside(path: Path) -> Path:
    return path.with_name("directory.db.damaged-1")


def _removed(told: list[DirectoryEvent]) -> list[Path]:
    return [event.file for event in told if isinstance(event, DamagedFileRemoved)]


def test_a_damaged_file_forgets_what_the_whole_one_does(
    mended: Directory, path: Path, told: list[DirectoryEvent]
) -> None:
    assert _texts(_aside(path)) == {"лавки", "качели", "Пробова жалуется"}

    assert mended.forget_searches(lambda text: "Пробова" in text) == 2
    assert mended.forget_searches_before(TODAY - timedelta(days=90)) == 2

    assert _texts(_aside(path)) == _texts(path) == {"качели"}
    content = b"".join(file.read_bytes() for file in path.parent.glob("*damaged*"))
    assert "Пробова жалуется".encode() not in content
    assert _removed(told) == []


def test_a_damaged_file_goes_when_its_own_term_is_over(
    mended: Directory, path: Path, told: list[DirectoryEvent]
) -> None:
    mended.forget_searches_before(TODAY)
    assert _aside(path).exists()

    mended.forget_searches_before(TODAY + timedelta(days=1))

    assert [file for file in path.parent.iterdir() if "damaged" in file.name] == []
    assert _removed(told) == [_aside(path)]


def test_a_damaged_file_that_cannot_forget_goes_at_once(
    mended: Directory, path: Path, told: list[DirectoryEvent]
) -> None:
    damage(_aside(path), lambda table: table == "unanswered")

    assert mended.forget_searches(lambda text: "Пробова" in text) == 1

    assert not _aside(path).exists()
    assert _removed(told) == [_aside(path)]


def test_words_go_from_a_file_whose_index_differs_from_its_table(
    path: Path, clock: Clock, told: list[DirectoryEvent]
) -> None:
    """SQLite detects this damage only when a row is deleted."""
    with two_questions(path, clock) as directory:
        directory.picked("Пробова жалуется", "q-waste")
    let_index_differ(path, "usage_by_day", TODAY.isoformat(), "2999-01-01")

    with closing(Directory.open(path, clock=clock, tell=told.append, starters=None)) as directory:
        assert directory.forget_searches(lambda _text: True) == 1

    assert _texts(path) == set()
    assert _picks(path) == [("q-waste", "", 1)]
    assert not _aside(path).exists()
    assert _removed(told) == [_aside(path)]


def test_a_damaged_file_that_was_taken_away_meanwhile_is_told_as_a_refusal(
    directory: Directory, path: Path
) -> None:
    """The daily deletion retries after a known error; an unknown one would end its thread."""
    _aside(path).symlink_to(path.with_name("taken away"))

    with pytest.raises(DirectoryUnusable, match="FileNotFoundError"):
        directory.forget_searches(lambda _text: True)


def test_what_was_kept_before_is_read_once(directory: Directory) -> None:
    directory.abandoned("качели")
    directory.picked("ямы", "q-pits")
    assert set(directory.searches_to_read()) == {"качели", "ямы", "ям"}

    directory.note_searches_read()

    assert directory.searches_to_read() == ()


def test_what_a_program_that_knew_less_has_read_is_read_once_more(
    directory: Directory, path: Path
) -> None:
    directory.abandoned("качели")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO meta (name, value) VALUES ('searches_read', 'yes')")
        connection.commit()

    assert directory.searches_to_read() == ("качели",)
    directory.note_searches_read()
    assert directory.searches_to_read() == ()


def test_a_word_is_known_in_any_form_and_by_synonyms_too(directory: Directory) -> None:
    directory.put_synonyms([Synonym("колдобина", "ямы")])

    assert [directory.knows_word(word) for word in ("дорогам", "колдобин")] == [True, True]
    assert not directory.knows_word("пробова")
