"""Base of the text checks: sentences, phrases, detector interface, rule set, conflict of place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

from sync.register.checks.finding import Finding, FindingKind, Level
from sync.register.likeness.place import contradicts, place_of
from sync.register.messages import with_place

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
    kind: FindingKind,
    level: Level,
    type_: str,
    text: str,
    start: int,
    end: int,
    paragraph: str = PARAGRAPH,
) -> Finding:
    """A finding of 6.3, or of another paragraph, at a place of the text."""
    return Finding(kind, level, type_, start, end, text[start:end], paragraph)


def first_of_each_place(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings without those that overlap an earlier one."""
    kept: list[Finding] = []
    for each in findings:
        if all(each.end <= other.start or other.end <= each.start for other in kept):
            kept.append(each)
    return tuple(kept)


CONTRADICTION = "contradiction"
# «между домами 5 и 7», «от дома 3 до дома 9»: any house there may be the one.
_SEVERAL_HOUSES = re.compile(r"(?i)\bдом(?:ов|ами|ам|ах)\b|\bдома \d+\w?(?:,| и) |до дома|между \d")


def place_conflict(text: str, place: str) -> tuple[Finding, ...]:
    """One finding over the whole text where street, house or number cannot be the place's.

    A text that names the same street among others agrees: it tells a way, or a corner.
    """
    told, _ = place_of(text)
    stated, _ = place_of(place)
    if _SEVERAL_HOUSES.search(text):
        told = replace(told, houses=frozenset())
    if not contradicts(told, stated):
        return ()
    return (finding(FindingKind.NO_PLACE, Level.WARN, CONTRADICTION, text, 0, len(text)),)


class Detector(Protocol):
    """One check: what it finds in a text, in any order. It does no I/O and never raises."""

    def __call__(self, text: str) -> Iterable[Finding]: ...


@dataclass(frozen=True, slots=True)
class Rules:
    """The checks that a city wants, each made once with the words that it needs.

    ``of_text`` reads a message's text without its place; ``without_form`` looks for what a form
    asks for in a field of its own.
    """

    detectors: tuple[Detector, ...]
    of_text: tuple[Detector, ...] = ()
    without_form: tuple[Detector, ...] = ()


def check(text: str, rules: Rules) -> tuple[Finding, ...]:
    """What stands against section 6 in a text, in the order of the text."""
    return _found(text, (*rules.detectors, *rules.of_text, *rules.without_form))


def _found(text: str, detectors: Iterable[Detector]) -> tuple[Finding, ...]:
    found = [finding for detector in detectors for finding in detector(text)]
    return tuple(sorted(found, key=lambda finding: (finding.start, finding.end, finding.kind)))


def check_message(text: str, place: str, rules: Rules) -> tuple[Finding, ...]:
    """What stands against section 6 in a message, in the order of ``with_place``.

    What is wrong with the text as a whole comes last: it has no matter, or speaks of another place
    than the stated one. The form itself reports a blank text.
    """
    of_text = _found(text, rules.of_text) if text.strip() else ()
    found = _found(with_place(text, place), rules.detectors)
    return (*found, *of_text, *place_conflict(text, place))


def must_be_non_public(findings: Iterable[Finding]) -> bool:
    """Whether 6.12 makes the message non-public, whatever its author chose."""
    return any(
        finding.kind is FindingKind.PERSONAL_DATA and finding.level is Level.BLOCK
        for finding in findings
    )
