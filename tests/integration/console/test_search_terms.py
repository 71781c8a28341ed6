"""Searches are deleted after their retention period; older stored personal data is deleted once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.shared.texts.reader import TextReader
from console.shared.texts.similar import SearchTerms
from kb.entries.entries import holds_contact
from kb.store import Directory, connections
from sync.errors import StoreUnavailable
from sync.register.people.names import mentions
from sync.register.people.persons import PersonQuery
from sync.register.people.values import PersonName
from sync.store.local.keys import make_key
from sync.store.local.people.persons import LocalPersons, forget_searched
from sync.store.local.register import RegisterStore
from tests.fakes.console_fakes import Clock
from tests.fakes.persons import PHONE, save_call
from tests.fakes.two_questions import NOW, two_questions

ACT = UUID(int=77)


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "directory.db"


@pytest.fixture
def directory(path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Directory]:
    """A directory with a short lock timeout."""
    monkeypatch.setattr(connections, "LOCK_TIMEOUT_S", 0.2)
    with two_questions(path, clock) as opened:
        yield opened


@contextmanager
def held_by_another(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@pytest.fixture
def store(tmp_path: Path) -> Iterator[RegisterStore]:
    opened = RegisterStore.open(tmp_path / "register.db", make_key())
    yield opened
    assert opened.close_store()


@pytest.fixture
def reader(directory: Directory) -> Iterator[TextReader]:
    opened = TextReader(ThreadPoolExecutor(1), directory.entries)
    yield opened
    opened.close()


def _searches(directory: Directory) -> list[str]:
    return [one.query for one in directory.unanswered_searches()]


def test_searches_end_with_their_term_and_0_days_is_for_ever(
    directory: Directory, reader: TextReader, clock: Clock
) -> None:
    for days, typed in ((91, "лавки"), (90, "качели")):
        clock.now = NOW - timedelta(days=days)
        directory.abandoned(typed)

    assert SearchTerms(directory, reader.of_nobody, 0).end(NOW) == 0
    assert len(_searches(directory)) == 2
    assert SearchTerms(directory, reader.of_nobody, 90).end(NOW) == 1
    assert _searches(directory) == ["качели"]


def test_what_was_kept_of_people_before_is_forgotten_once(
    directory: Directory, reader: TextReader
) -> None:
    others = [f"вопрос {number}" for number in range(60)]
    for typed in ("Пробова Анна", *others):
        directory.abandoned(typed)
    directory.picked("у Пробовой Анны хлам", "q-waste")
    terms = SearchTerms(directory, reader.of_nobody, 90)

    assert terms.end(NOW) == 2
    assert sorted(_searches(directory)) == sorted(others)

    directory.abandoned("Пробова Анна")  # its reader answers immediately now
    assert terms.end(NOW) == 0


def test_an_erasure_of_a_person_reaches_what_was_searched_for(
    directory: Directory, reader: TextReader, path: Path, store: RegisterStore
) -> None:
    save_call(store, 1, name=PersonName("Пробова", "Анна", ""))
    for typed in ("у Пробовой", "пробова яма", "качели"):
        directory.abandoned(typed)
    directory.picked("Пробова хлам", "q-waste", after=("жалоба пробову",))
    terms = SearchTerms(directory, reader.of_nobody, 90)
    assert forget_searched(store, terms.forget) == 0

    erased = LocalPersons(store).erase(PersonQuery(PHONE), ACT, NOW, lambda _found: None)
    assert len(erased) == 1
    assert forget_searched(store, terms.forget) == 4

    assert _searches(directory) == ["качели"]
    assert directory.queries_of("q-waste", since=NOW.date()) == ()
    assert forget_searched(store, terms.forget) == 0


def test_a_directory_that_refuses_now_is_asked_again_for_who_was_erased(
    directory: Directory, reader: TextReader, path: Path, store: RegisterStore
) -> None:
    directory.abandoned("пробова яма")
    save_call(store, 1, name=PersonName("Пробова", "Анна", ""))
    LocalPersons(store).erase(PersonQuery(PHONE), ACT, NOW, lambda _found: None)
    terms = SearchTerms(directory, reader.of_nobody, 90)

    with held_by_another(path), pytest.raises(StoreUnavailable):
        forget_searched(store, terms.forget)

    assert forget_searched(store, terms.forget) == 1
    assert _searches(directory) == []


@given(
    st.lists(st.sampled_from(["", " ", "-", " (", ") ", ".", "\u2011"]), min_size=11, max_size=11),
    st.sampled_from(["+7", "8", ""]),
    st.booleans(),
)
def test_no_telephone_that_a_copy_would_look_for_can_be_kept(
    signs: list[str], code: str, is_local: bool
) -> None:
    digits = PHONE.removeprefix("+7")[3:] if is_local else code + PHONE.removeprefix("+7")
    typed = "".join(map("".join, zip(digits, signs, strict=False))) + digits[len(signs) :]
    assert mentions(typed, PersonQuery(PHONE))
    assert holds_contact(typed)


def test_a_directory_that_refuses_is_no_bug_and_is_tried_again(
    directory: Directory, reader: TextReader, path: Path
) -> None:
    with held_by_another(path), pytest.raises(StoreUnavailable):
        SearchTerms(directory, reader.of_nobody, 90).end(NOW)


def test_at_the_end_of_the_program_nothing_is_called_read(
    directory: Directory, reader: TextReader
) -> None:
    directory.abandoned("Пробова Анна")
    reader.close()

    assert SearchTerms(directory, reader.of_nobody, 90).end(NOW) == 0
    assert set(directory.searches_to_read()) == {"Пробова Анна"}
