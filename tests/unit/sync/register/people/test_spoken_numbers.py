"""Conversion of spoken numbers to digits."""

from __future__ import annotations

import pytest

from sync.register.people.spoken_numbers import in_figures, spoken_numbers


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("двадцать три ноль один", "2301"),
        ("сто двадцать три", "123"),
        ("сорок четыре сорок", "4440"),
        ("сорок четыреста", "40400"),
        ("девятьсот пять", "905"),
        ("двенадцать пять", "125"),
        ("два нуля", "00"),
        ("сорок две семёрки", "4077"),
        ("три пятёрки", "555"),
        ("семёрка", "7"),
        ("пять, шесть-семь", "567"),
    ],
)
def test_groups_are_joined(words: str, digits: str) -> None:
    assert [spoken.digits for spoken in spoken_numbers(words)] == [digits]


def test_other_words_stay() -> None:
    assert in_figures("мой плюс семь девятьсот, стол пять") == "мой +7900, стол 5"


def test_a_number_within_a_word_is_none() -> None:
    assert in_figures("стоит пятьюдесятью") == "стоит пятьюдесятью"
