"""Phrases looked for in the sentences of a text, each with what in the sentence excuses it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from sync.register.checks.finding import Finding, FindingKind, Level

PARAGRAPH = "6.3"
_SHORTENED_LINE = """
ул д г пр пер кв стр корп им тел руб т п пл мкр просп обл пос с ш бул наб тыс млн сер
"""
_SHORTENED = frozenset(_SHORTENED_LINE.split())
_SENTENCE_MARK = re.compile(r"[.]+(?=\s)|[!?…]+|\n+")
_WORD_BEFORE = re.compile(r"(?<![а-яё])[а-яё]{1,5}$")
_LONGEST_SHORTENED = 6


@dataclass(frozen=True, slots=True)
class Sentence:
    """``text`` is in small letters with ё as е; ``start`` and ``end`` are its place as given."""

    text: str
    start: int
    end: int

    @property
    def asks(self) -> bool:
        """Whether it ends in a question mark."""
        return self.text.rstrip(" .!").endswith("?")


@dataclass(frozen=True, slots=True)
class Phrase:
    """What is said, of which type that is, and what else in the sentence makes it innocent."""

    type: str
    said: re.Pattern[str]
    unless: re.Pattern[str] | None = None


def small_letters(text: str) -> str:
    """The text in small letters with ё as е, each letter at its place."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a capital that has no single small letter
        lowered = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    return lowered.replace("ё", "е")


@lru_cache(1)
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text with their marks; «ул.» and the like end none.

    The checks ask for those of the same text one after another.
    """
    small = small_letters(text)
    found: list[Sentence] = []
    begin = 0
    for end in (*_ends(small), len(text)):
        part = small[begin:end]
        if part.strip():
            start = begin + len(part) - len(part.lstrip())
            stop = begin + len(part.rstrip())
            found.append(Sentence(small[start:stop], start, stop))
        begin = end
    return tuple(found)


def _ends(small: str) -> Iterator[int]:
    for mark in _SENTENCE_MARK.finditer(small):
        before = _WORD_BEFORE.search(
            small[max(0, mark.start() - _LONGEST_SHORTENED) : mark.start()]
        )
        if mark[0] != "." or before is None or before[0] not in _SHORTENED:
            yield mark.end()


def said_in(sentence: Sentence, phrases: Iterable[Phrase]) -> Iterator[tuple[str, int, int]]:
    """Type, start and end in the text of each phrase in a sentence that nothing excuses."""
    for each in phrases:
        found = each.said.search(sentence.text)
        if found is not None and (each.unless is None or not each.unless.search(sentence.text)):
            yield each.type, sentence.start + found.start(), sentence.start + found.end()


def finding(
    kind: FindingKind, level: Level, type_: str, text: str, start: int, end: int
) -> Finding:
    """A finding of 6.3 at a place of the text."""
    return Finding(kind, level, type_, start, end, text[start:end], PARAGRAPH)


def first_of_each_place(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings without those that overlap an earlier one."""
    kept: list[Finding] = []
    for each in findings:
        if all(each.end <= other.start or other.end <= each.start for other in kept):
            kept.append(each)
    return tuple(kept)
