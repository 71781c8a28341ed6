"""A masked surname is found in all its grammatical cases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.register.people.names import is_in, masked, mentions
from sync.register.people.persons import PersonQuery
from sync.register.people.values import PersonName

SALT = "f00d"
LETTERS = st.text("абвеёиор", min_size=1, max_size=8)


@pytest.mark.parametrize("text", ["пробова", "у Пробовой хлам", "ПРОБОВУ-", "яма/Пробова"])
def test_a_masked_surname_is_found_in_its_cases(text: str) -> None:
    assert is_in(text, masked("Пробова", SALT))


@pytest.mark.parametrize("text", ["", "пробка", "пробовавшая", "непробова", "про бова"])
def test_another_word_is_not_it(text: str) -> None:
    assert not is_in(text, masked("Пробова", SALT))


def test_it_has_no_letters_of_the_name_and_is_another_each_time() -> None:
    first, second = masked("Пробова", SALT), masked("Пробова", "beef")
    assert "проб" not in repr(first).casefold()
    assert first.digest != second.digest


@given(LETTERS, LETTERS)
def test_it_is_found_where_a_note_would_tell_of_the_name(surname: str, text: str) -> None:
    person = PersonQuery(name=PersonName(surname, "", ""))
    assert is_in(text, masked(surname, SALT)) == mentions(text, person)
