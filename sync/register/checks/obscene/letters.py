"""Words of a text with their letters levelled: what was meant by each sign (Regulation 6.3).

Latin letters and figures stand for Russian ones by their shape or by their sound; nobody knows
by which, so a word has several readings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_SHAPE = str.maketrans(
    dict(zip("abcehkmnoprtuxyё3046189@$€|", "авсенкмпоргтихуезочбивдасеи", strict=True))
)
_SOUND = str.maketrans(
    dict(zip("abcdefghijklmnoprstuvwxyzё30461@$", "абсдефгхийклмнопрстуввхйзезочбиас", strict=True))
)
_PAIRS = (
    *(("ya", "я"), ("ja", "я"), ("yu", "ю"), ("ju", "ю"), ("yo", "е"), ("ye", "е")),
    *(("kh", "х"), ("zh", "ж"), ("ch", "ч"), ("sh", "ш"), ("ts", "ц"), ("cy", "су")),
)
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
# A sign within a word hides or parts its letters.
_HIDING = "*#%_•●■×\u2600-\u27bf\U0001f300-\U0001faff"
_PARTING = r".\-–—'’`~/\\+=^\"|:,!?"
_MARKS = "\u0300-\u036f\u0483-\u0489\u20d0-\u20ff"
_SIGNS = rf"[{_INVISIBLE}{_HIDING}{_PARTING}{_MARKS}]"
_LETTER = r"[^\W_]|[@$€]"
_WORD = re.compile(rf"(?:{_LETTER})(?:(?:{_LETTER})|{_SIGNS}+(?={_LETTER})|[*#•●■]+)*")
_APART = re.compile(
    rf"(?<![^\W_])(?:{_LETTER})(?:(?P<gap>[ .\-_*,+/|]{{1,3}})(?:{_LETTER})(?![^\W_]))"
    rf"(?:(?P=gap)(?:{_LETTER})(?![^\W_]))+"
)
_NEIGHBOURS = re.compile(r"(?<![а-яё])(?=([а-яё]{2,6} [а-яё]{1,6})(?![а-яё]))", re.I)
_REPEATED = re.compile(r"(.)\1+")
_RUSSIAN = re.compile(r"[а-я]+")
_LATIN = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Written:
    """A word as it stands in the text, from ``start`` to ``end``."""

    text: str
    start: int
    end: int

    @property
    def is_plain(self) -> bool:
        """Whether it has nothing but Russian letters."""
        return re.fullmatch(r"[а-яёА-ЯЁ]+", self.text) is not None


def words_in(text: str) -> Iterator[Written]:
    """Every word, with the signs within it."""
    for found in _WORD.finditer(text):
        yield Written(found[0], found.start(), found.end())


def letters_apart(text: str) -> Iterator[Written]:
    """Three letters or more in a row, each by itself, with the same gap between them.

    Not those of a list, with commas and spaces: «пункты а, б, в».
    """
    for found in _APART.finditer(text):
        if "," in found["gap"] and " " in found["gap"]:
            continue
        yield Written(found[0], found.start(), found.end())


def neighbours(text: str) -> Iterator[Written]:
    """Every two pieces of Russian letters with one space between them."""
    for found in _NEIGHBOURS.finditer(text):
        yield Written(found[1], found.start(1), found.end(1))


def joined(word: str) -> str:
    """The letters without the signs between them, in small letters."""
    plain = "".join(map(_without_mark, unicodedata.normalize("NFKC", word).casefold()))
    return "".join(letter for letter in plain if letter.isalnum() or letter in "@$€")


def _without_mark(letter: str) -> str:
    """«ý» as «y»; Russian letters keep what tells «й» from «и»."""
    base = unicodedata.normalize("NFKD", letter)[0]
    return base if base.isascii() else letter


def has_signs(word: str) -> bool:
    """Whether signs part the letters."""
    return any(not (letter.isalnum() or letter in "@$€") for letter in word)


def readings_of(letters: str) -> list[str]:
    """The Russian words that may be meant by joined letters, the likeliest first."""
    found = [letters.translate(_SHAPE)]
    if _LATIN.search(letters):
        by_sound = letters
        for pair, letter in _PAIRS:
            by_sound = by_sound.replace(pair, letter)
        found.append(by_sound.translate(_SOUND))
    found += [_REPEATED.sub(r"\1", word) for word in found]
    return [word for word in dict.fromkeys(found) if _RUSSIAN.fullmatch(word)]


def is_latin(letters: str) -> bool:
    """Whether it has Latin letters and no Russian ones."""
    return _LATIN.search(letters) is not None and not re.search(r"[а-яё]", letters)


def mask_of(word: str) -> re.Pattern[str] | None:
    """What a word with hidden letters may have been; None where none are hidden.

    One sign hides one letter, or some: people do not count them.
    """
    parts = re.split(
        rf"([{_HIDING}]+|(?<=\w)(?:-|\.{{1,3}})(?=\w))", word.casefold().translate(_SHAPE)
    )
    if len(parts) == 1:
        return None
    pattern = ""
    for number, part in enumerate(parts):
        if number % 2 == 0:
            pattern += re.escape("".join(each for each in part if each.isalnum()))
        else:
            pattern += "[а-я]" if len(part) == 1 else "[а-я]{1,6}"
    return re.compile(pattern)
