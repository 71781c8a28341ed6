"""Numbers spoken in words, as digits: phone numbers, policies, flats (Regulation 6.12, 7.3)."""

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
_PLUS = -1
_TEN = 10
_HUNDRED = 100
# Colloquial and misspelt forms.
_OTHER_FORMS = {
    "нуль": "ноль",
    "нолик": "ноль",
    "зеро": "ноль",
    "одна": "один",
    "одно": "один",
    "единица": "один",
    "единичка": "один",
    "две": "два",
    "двойка": "два",
    "тройка": "три",
    "четверка": "четыре",
    "четвёрка": "четыре",
    "пятерка": "пять",
    "пятёрка": "пять",
    "шестерка": "шесть",
    "шестёрка": "шесть",
    "семерка": "семь",
    "семёрка": "семь",
    "восьмерка": "восемь",
    "восьмёрка": "восемь",
    "девятка": "девять",
    "восем": "восемь",
    "пядь": "пять",
    "шест": "шесть",
    "девят": "девять",
    "одинадцать": "одиннадцать",
    "двацать": "двадцать",
    "тридцат": "тридцать",
    "трицать": "тридцать",
    "пятдесят": "пятьдесят",
    "пятьдесять": "пятьдесят",
    "пейсят": "пятьдесят",
    "писят": "пятьдесят",
    "шестдесят": "шестьдесят",
    "шейсят": "шестьдесят",
    "шисят": "шестьдесят",
    "семдесят": "семьдесят",
    "семьдесять": "семьдесят",
    "восемдесят": "восемьдесят",
    "девяноста": "девяносто",
    "двесте": "двести",
    "четыресто": "четыреста",
    "пятсот": "пятьсот",
    "шестсот": "шестьсот",
    "семсот": "семьсот",
    "восемсот": "восемьсот",
    "девятсот": "девятьсот",
    "девяцот": "девятьсот",
}
_PLAIN = {
    **{word: value for value, word in enumerate(UNITS)},
    **{word: value for value, word in enumerate(TEENS, 10)},
    **{word: value * 10 for value, word in enumerate(TENS, 2)},
    **{word: value * 100 for value, word in enumerate(HUNDREDS, 1)},
}
VALUES = {
    **_PLAIN,
    **{form: _PLAIN[word] for form, word in _OTHER_FORMS.items()},
    "плюс": _PLUS,
}
# «два нуля», «три пятёрки»: repeated digits.
_REPEATED = {
    **dict.fromkeys(("нуля", "ноля", "нолика"), 0),
    **dict.fromkeys(("единицы", "единички"), 1),
    "двойки": 2,
    "тройки": 3,
    "четверки": 4,
    "четвёрки": 4,
    "пятерки": 5,
    "пятёрки": 5,
    "шестерки": 6,
    "шестёрки": 6,
    "семерки": 7,
    "семёрки": 7,
    "восьмерки": 8,
    "восьмёрки": 8,
    "девятки": 9,
}
_TIMES = {"два": 2, "две": 2, "три": 3, "четыре": 4}
NUMBER_WORD = "|".join(sorted((*VALUES, *_REPEATED), key=len, reverse=True))
_NUMBER_WORDS = re.compile(
    rf"(?<!\w)(?:{NUMBER_WORD})(?:[\s,-]+(?:{NUMBER_WORD})(?!\w))*(?!\w)", re.IGNORECASE
)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sequence of number words: its digits, and its span in the text."""

    digits: str
    start: int
    end: int


def spoken_numbers(text: str) -> Iterator[Spoken]:
    """Yields sequences of number words as digits, by groups: «двадцать три ноль один» is 2301."""
    for match in _NUMBER_WORDS.finditer(text):
        yield Spoken(_digits(_WORD.findall(match[0].lower())), match.start(), match.end())


def in_figures(text: str) -> str:
    """Replaces number words by digits, and «плюс» before them by "+"."""
    return _NUMBER_WORDS.sub(_figures, text)


def _figures(match: re.Match[str]) -> str:
    words = _WORD.findall(match[0].lower())
    sign = "+" if VALUES.get(words[0]) == _PLUS else ""
    return sign + _digits(words)


def _digits(words: list[str]) -> str:
    groups: list[str] = []
    open_below = 0  # the group accepts a value smaller than this
    for word, before, behind in zip(words, ["", *words], [*words[1:], ""], strict=False):
        if word in _REPEATED:
            groups.append(str(_REPEATED[word]) * _TIMES.get(before, 1))
            open_below = 0
        elif not (word in _TIMES and behind in _REPEATED) and VALUES[word] != _PLUS:
            value = VALUES[word]
            if groups and 0 < value < open_below:
                groups[-1] = str(int(groups[-1]) + value)
            else:
                groups.append(str(value))
            open_below = _takes_below(value)
    return "".join(groups)


def _takes_below(value: int) -> int:
    if value >= _HUNDRED:
        return _HUNDRED
    return _TEN if value >= 2 * _TEN else 0
