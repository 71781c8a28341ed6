"""The words of a text, each read once for all checks: where it is, what it means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from sync.register.checks.morphology import Morphology
from sync.register.checks.wording import Sentence, sentences, small_letters

KEPT_FORMS = 50_000
_WORD = re.compile(r"[а-яa-z]+(?:-[а-яa-z]+)*|\d+|[%₽]")
_RUSSIAN = re.compile(r"[а-я]")
_NUMBER = frozenset({"NUMB"})
_QUOTED = re.compile(r"«[^»]*»|\"[^\"]*\"|“[^”]*”|„[^“]*“")
_NOT = frozenset({"не", "ни"})
_LEAST_SCORE = 0.05
# Козлов and Кирова are people and streets, whatever else the letters may say.
_NAMES = frozenset({"Surn", "Name", "Patr", "Geox"})
_SHORTEST_MISSPELT = 5
_LIKE_LETTERS = {"а": "о", "о": "а", "е": "и", "и": "е", "я": "е", "ы": "и", "ш": "щ", "щ": "ш"}
_LIKE_LETTERS |= {"б": "п", "п": "б", "д": "т", "т": "д", "г": "к", "к": "г", "з": "с", "с": "з"}
_LIKE_LETTERS |= {"в": "ф", "ф": "в", "ж": "ш"}


class Meaning(NamedTuple):
    """A normal form with е for ё, and the tags of OpenCorpora under which a word has it."""

    normal: str
    tags: frozenset[str]


class Word(NamedTuple):
    """A word as said, in small letters; ``start`` and ``end`` are its place in the whole text.

    ``negated``: «не» or «ни» stands before it. ``quoted``: it is within quotation marks.
    """

    said: str
    start: int
    end: int
    meanings: tuple[Meaning, ...]
    negated: bool
    quoted: bool


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence with its words, and all normal forms that they may have."""

    sentence: Sentence
    words: tuple[Word, ...]
    normals: frozenset[str]


class WordReader:
    """Reads texts; the checks of one text share one reading. Used from one thread at a time."""

    def __init__(self, morphology: Morphology) -> None:
        self._morphology = morphology
        self._meanings = lru_cache(KEPT_FORMS)(self._read)
        self.sentences = lru_cache(1)(self._sentences)

    def _sentences(self, text: str) -> tuple[ReadSentence, ...]:
        """The sentences of a text in their order."""
        small = small_letters(text)
        quoted = [(match.start(), match.end()) for match in _QUOTED.finditer(small)]
        return tuple(self._sentence(each, text, quoted) for each in sentences(text))

    def _sentence(
        self, sentence: Sentence, text: str, quoted: list[tuple[int, int]]
    ) -> ReadSentence:
        words: list[Word] = []
        for match in _WORD.finditer(sentence.text):
            said, start = match[0], sentence.start + match.start()
            is_name = bool(words) and text[start].isupper() and not text.isupper()
            meanings = self._meanings(said, is_name)
            words.append(
                Word(
                    said,
                    start,
                    sentence.start + match.end(),
                    meanings,
                    bool(words) and words[-1].said in _NOT,
                    bool(quoted) and any(first <= start < last for first, last in quoted),
                )
            )
        normals = frozenset(each.normal for word in words for each in word.meanings)
        return ReadSentence(sentence, tuple(words), normals)

    def _read(self, said: str, is_name: bool) -> tuple[Meaning, ...]:
        """What a word means; one that the dictionary has not but for a slip is taken for that."""
        if not _RUSSIAN.match(said):
            return (Meaning(said, _NUMBER if said.isdigit() else frozenset()),)
        if len(said) < _SHORTEST_MISSPELT or self._morphology.is_known(said):
            return self._likely(said, _LEAST_SCORE)
        slips = () if is_name else filter(self._morphology.has_form, _slips(said))
        meant = [each for slip in slips for each in self._likely(slip, _LEAST_SCORE)]
        return tuple(meant) or self._likely(said, 0.0)

    def _likely(self, said: str, least: float) -> tuple[Meaning, ...]:
        return tuple(
            Meaning(reading.normal.replace("ё", "е"), reading.tags)
            for reading in self._morphology.readings(said)
            if reading.score >= least and not reading.tags & _NAMES
        )


def _slips(said: str) -> Iterator[str]:
    """What may have been meant: letters alike in sound, in another order, one too many or few."""
    for at, letter in enumerate(said):
        before, after = said[:at], said[at + 1 :]
        if letter in _LIKE_LETTERS:
            yield before + _LIKE_LETTERS[letter] + after
        if after and after[0] != letter:
            yield before + after[0] + letter + after[1:]
        yield before + after
        yield before + letter + letter + after
        yield before + letter + "ь" + after
