"""Words of a search text in the register of calls, and their stems."""

from __future__ import annotations

import pytest

from sync.register.calls.call_search import CallTotal, stem_of, total_of, words_of


def test_words_are_small_whole_and_long_enough() -> None:
    assert words_of("Нет ВОДЫ, на Ёлочной-3; нет") == ("нет", "воды", "елочной")
    assert words_of("на 5 и") == ()


@pytest.mark.parametrize(
    ("word", "stem"),
    [("воды", "вод"), ("мусор", "мусор"), ("ямы", "ямы"), ("улице", "улиц")],
)
def test_a_stem_is_never_too_short_to_search_for(word: str, stem: str) -> None:
    assert stem_of(word) == stem


def test_a_limited_count_is_a_lower_bound() -> None:
    assert total_of(3, 100) == CallTotal(3)
    assert total_of(100, 100) == CallTotal(100)
    assert total_of(101, 100) == CallTotal(100, is_least=True)
