"""Typing errors caused by the keyboard layout and Caps Lock, corrected on request."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.rewording import last_word, mended
from kb.text import to_latin


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ghbdtn", "привет"),
        ("Ghbdtn", "Привет"),
        ("[kt,", "хлеб"),
        ("rfr ltkf&", "как дела?"),
        ("ghbdtn/", "привет."),
        ("пРИВЕТ", "Привет"),
        ("иВАНОВА-пЕТРОВА", "Иванова-Петрова"),
        ("НЕТ ВОДЫ", "нет воды"),
        ("пРИВЕТ и снова пРИВЕТ", "Привет и снова Привет"),
        ("gHBDTN", "Привет"),
        ("GHBDTN", "ПРИВЕТ"),
        ("нет djls", "нет воды"),
        ("нeт djls", "нeт воды"),  # one letter of the first word is Latin
        ("руддщ", "hello"),
        ("шмфт2ьфшдюкг", "ivan2mail.ru"),
        ("Я", "Z"),
        ("12-34", "12-34"),
        ("", ""),
    ],
)
def test_a_slip_is_mended(typed: str, meant: str) -> None:
    assert mended(typed) == meant


@given(st.text(alphabet="абвгдеёжзийклмнопрстуфхцчшщъыьэюя ", min_size=1))
def test_what_was_typed_in_the_latin_layout_comes_back(text: str) -> None:
    typed = to_latin(text)
    words = list(zip(text.split(), typed.split(), strict=True))
    expected = mended(typed).split()
    if any(letter.isalpha() for letter in typed):
        for (meant, keys), back in zip(words, expected, strict=True):
            # A word of punctuation only has no letter that would reveal its layout.
            assert back == (meant if any(key.isalpha() for key in keys) else keys)


@given(st.text(max_size=30))
def test_spaces_stay_where_they_are(text: str) -> None:
    assert len(mended(text).split()) == len(text.split())


def test_the_last_word_stands_before_the_caret() -> None:
    assert last_word("нет djls") == (4, 8)
    assert last_word("нет djls  ") == (4, 8)
    assert last_word("   ") is None
    assert last_word("") is None
