"""Packed texts and their numbers behave like a list and a dictionary of the same texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.matrices import PackedNumbers, PackedTexts

TEXTS = st.text(st.characters(codec="utf-8"), max_size=6)
LIKE_PIECES = st.text("▁дом房", max_size=5)
NUMBERS = st.dictionaries(TEXTS | LIKE_PIECES, st.integers(0, 2**32 - 1), max_size=40)


@given(st.lists(TEXTS))
def test_texts_come_back_in_their_order(texts: list[str]) -> None:
    packed = PackedTexts(texts)

    assert list(packed) == texts
    assert packed[1:] == texts[1:]
    with pytest.raises(IndexError):
        packed[len(texts)]


@given(NUMBERS, st.lists(TEXTS | LIKE_PIECES))
def test_a_number_is_found_for_each_text_and_none_for_another(
    numbers: dict[str, int], others: list[str]
) -> None:
    packed = PackedNumbers(sorted(numbers.items()))

    assert len(packed) == len(numbers)
    for text in [*numbers, *others]:
        assert packed.get(text) == numbers.get(text)


def test_many_texts_take_the_place_of_their_letters() -> None:
    numbers = {f"слово{number}": number for number in range(1000)}
    letters = sum(len(text.encode()) for text in numbers)

    assert PackedNumbers(sorted(numbers.items())).nbytes <= letters / 2 + 4 * 1000
