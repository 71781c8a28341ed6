"""Numbers written in words, as a caller says them: «девятьсот двадцать восемь»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

UNITS = ("ноль", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять")
TEENS = (
    *("десять", "одиннадцать", "двенадцать", "тринадцать", "четырнадцать"),
    *("пятнадцать", "шестнадцать", "семнадцать", "восемнадцать", "девятнадцать"),
)
TENS = (
    *("двадцать", "тридцать", "сорок", "пятьдесят"),
    *("шестьдесят", "семьдесят", "восемьдесят", "девяносто"),
)
HUNDREDS = (
    *("сто", "двести", "триста", "четыреста", "пятьсот"),
    *("шестьсот", "семьсот", "восемьсот", "девятьсот"),
)
VALUES = {
    **{word: value for value, word in enumerate(UNITS)},
    "нуль": 0, "одна": 1, "две": 2, "плюс": -1,
    **{word: value for value, word in enumerate(TEENS, 10)},
    **{word: value * 10 for value, word in enumerate(TENS, 2)},
    **{word: value * 100 for value, word in enumerate(HUNDREDS, 1)},
}  # fmt: skip
NUMBER_WORD = "|".join(sorted(VALUES, key=len, reverse=True))
NUMBER_WORDS = re.compile(
    rf"(?<!\w)(?:{NUMBER_WORD})(?:[\s,-]+(?:{NUMBER_WORD})(?!\w))*(?!\w)", re.IGNORECASE
)
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A run of number words: the digits that it says, and where it stands."""

    digits: str
    start: int
    end: int


def spoken_numbers(text: str) -> Iterator[Spoken]:
    """Runs of number words as digits, group by group: «двадцать три ноль один» is 2301."""
    for match in NUMBER_WORDS.finditer(text):
        yield Spoken(_digits(WORD.findall(match[0].lower())), match.start(), match.end())


def _digits(words: list[str]) -> str:
    groups: list[int] = []
    open_below = 0  # a group still takes a value smaller than this
    for word in words:
        value = VALUES[word]
        if value < 0:
            continue
        if groups and 0 < value < open_below:
            groups[-1] += value
        else:
            groups.append(value)
        open_below = _takes_below(word, value)
    return "".join(map(str, groups))


def _takes_below(word: str, value: int) -> int:
    if word in HUNDREDS:
        return 100
    return 10 if word in TENS else 0
