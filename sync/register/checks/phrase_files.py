"""Phrase files of the text checks (resources/rules), and words of a sentence in normal form.

An empty line separates blocks. A block starts with the type of its findings. Each further line is a
pattern, and any of them may match; patterns below a line ``unless`` cancel the finding. A block
that starts with <name> is not a phrase but a part that later patterns may contain by name. Patterns
are regular expressions over lower-case text with е for ё, anchored at the start of a word. A space
matches the separator of two words (optional with ?), <gap> up to three words. # starts a comment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from sync.register.checks.check import Phrase, Sentence, sentences, small_letters
from sync.register.checks.morphology import Morphology

_BETWEEN_WORDS = r"[^а-яa-z0-9.!?]{1,3}"
_GAP = r"(?:[^а-яa-z0-9.!?]{1,3}[а-яa-z0-9-]+){0,3}"
_UNLESS = "unless"


@dataclass(frozen=True, slots=True)
class PhraseFile:
    """Phrases of a file in their order, and the named parts, which detectors may also use
    directly.
    """

    phrases: tuple[Phrase, ...]
    parts: dict[str, re.Pattern[str]]


def read_phrases(path: Path, between: Callable[[], object] = lambda: None) -> PhraseFile:
    """Reads the phrases of a file that is part of the program; an error in the file is a bug.

    Compiling a phrase blocks the interpreter for up to 20 ms; ``between`` is called before each
    phrase.
    """
    texts = {"<gap>": _GAP}
    phrases: list[Phrase] = []
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    for block in re.split(r"\n{2,}", "\n".join(lines).strip()):
        title, *body = block.splitlines()
        if title.startswith("<"):
            texts[title] = f"(?:{_filled(body, texts)})"
            continue
        between()
        said, unless = body, list[str]()
        if _UNLESS in body:
            said, unless = body[: body.index(_UNLESS)], body[body.index(_UNLESS) + 1 :]
        phrases.append(
            Phrase(title, _compiled(said, texts), _compiled(unless, texts) if unless else None)
        )
    parts = {name: _from_word(text) for name, text in texts.items()}
    return PhraseFile(tuple(phrases), parts)


def _filled(lines: list[str], texts: dict[str, str]) -> str:
    return re.sub(r"<[a-z-]+>", lambda name: texts[name[0]], "|".join(lines))


def _compiled(lines: list[str], texts: dict[str, str]) -> re.Pattern[str]:
    return _from_word(_filled(lines, texts))


def _from_word(pattern: str) -> re.Pattern[str]:
    spaced = pattern.replace(" ?", f"(?:{_BETWEEN_WORDS})?").replace(" ", _BETWEEN_WORDS)
    return re.compile(rf"(?<![а-яa-z0-9])(?:{spaced})")


KEPT_FORMS = 50_000
_WORD = re.compile(r"[а-яa-z]+(?:-[а-яa-z]+)*|\d+|[%₽]")
_RUSSIAN = re.compile(r"[а-я]")
_NUMBER = frozenset({"NUMB"})
_QUOTED = re.compile(r"«[^»]*»|\"[^\"]*\"|“[^”]*”|„[^“]*“")
_NOT = frozenset({"не", "ни"})
_LEAST_SCORE = 0.05
# «Козлов» and «Кирова» are treated as names of persons and streets, whatever else they mean.
_NAMES = frozenset({"Surn", "Name", "Patr", "Geox"})
_SHORTEST_MISSPELT = 5
_LIKE_LETTERS = {"а": "о", "о": "а", "е": "и", "и": "е", "я": "е", "ы": "и", "ш": "щ", "щ": "ш"}
_LIKE_LETTERS |= {"б": "п", "п": "б", "д": "т", "т": "д", "г": "к", "к": "г", "з": "с", "с": "з"}
_LIKE_LETTERS |= {"в": "ф", "ф": "в", "ж": "ш"}


class Meaning(NamedTuple):
    """A normal form of a word with е for ё, and its OpenCorpora tags."""

    normal: str
    tags: frozenset[str]


class Word(NamedTuple):
    """A word of a text in lower case; ``start`` and ``end`` are offsets in the whole text.

    ``negated``: «не» or «ни» precedes the word. ``quoted``: the word is within quotation marks.
    """

    said: str
    start: int
    end: int
    meanings: tuple[Meaning, ...]
    negated: bool
    quoted: bool


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence with its words, and the normal forms of all words."""

    sentence: Sentence
    words: tuple[Word, ...]
    normals: frozenset[str]


class WordReader:
    """Splits texts into parsed sentences; the checks of one text share the result. Not
    thread-safe.
    """

    def __init__(self, morphology: Morphology) -> None:
        self._morphology = morphology
        self._meanings = lru_cache(KEPT_FORMS)(self._read)
        self.sentences = lru_cache(1)(self._sentences)

    def _sentences(self, text: str) -> tuple[ReadSentence, ...]:
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
        """Returns the meanings of a word; a misspelt word gets those of its likely corrections."""
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
    """Yields possible corrections of a word: similar sounds; swapped, missing or additional
    letters.
    """
    for at, letter in enumerate(said):
        before, after = said[:at], said[at + 1 :]
        if letter in _LIKE_LETTERS:
            yield before + _LIKE_LETTERS[letter] + after
        if after and after[0] != letter:
            yield before + after[0] + letter + after[1:]
        yield before + after
        yield before + letter + letter + after
        yield before + letter + "ь" + after
