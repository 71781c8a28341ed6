"""Base of the text checks: sentences, phrases, detector interface, rules, and the check of a text
against the stated location.
"""

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
    """A sentence in lower case with ё as е; ``start`` and ``end`` are offsets in the text."""

    text: str
    start: int
    end: int

    @property
    def asks(self) -> bool:
        """Whether the sentence ends with a question mark."""
        return self.text.rstrip(" .!").endswith("?")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Pattern with the type of its findings; a match of ``unless`` in the same sentence
    cancels it.
    """

    type: str
    said: re.Pattern[str]
    unless: re.Pattern[str] | None = None


def small_letters(text: str) -> str:
    """Returns the text in lower case with ё as е; offsets are unchanged."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a capital without a single lower-case letter
        lowered = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    return lowered.replace("ё", "е")


@lru_cache(1)
def sentences(text: str) -> tuple[Sentence, ...]:
    """Splits a text into sentences, with their punctuation; abbreviations such as «ул.» end none.

    The cache serves the checks, which process the same text one after another.
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
    """Yields type, start and end (offsets in the text) of each phrase found and not cancelled."""
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
    """Builds a finding for a span of the text; clause 6.3 by default."""
    return Finding(kind, level, type_, start, end, text[start:end], paragraph)


def first_of_each_place(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Returns the findings without those that overlap an earlier one."""
    kept: list[Finding] = []
    for each in findings:
        if all(each.end <= other.start or other.end <= each.start for other in kept):
            kept.append(each)
    return tuple(kept)


CONTRADICTION = "contradiction"
# «между домами 5 и 7», «от дома 3 до дома 9»: the location may be any of these houses.
_SEVERAL_HOUSES = re.compile(r"(?i)\bдом(?:ов|ами|ам|ах)\b|\bдома \d+\w?(?:,| и) |до дома|между \d")


def place_conflict(text: str, place: str) -> tuple[Finding, ...]:
    """Returns a finding over the whole text if the location it names contradicts ``place``.

    A text that names the same street among others agrees with ``place``: it describes a route or a
    street corner.
    """
    told, _ = place_of(text)
    stated, _ = place_of(place)
    if _SEVERAL_HOUSES.search(text):
        told = replace(told, houses=frozenset())
    if not contradicts(told, stated):
        return ()
    return (finding(FindingKind.NO_PLACE, Level.WARN, CONTRADICTION, text, 0, len(text)),)


class Detector(Protocol):
    """Check that returns its findings in any order. It does no I/O and never raises."""

    def __call__(self, text: str) -> Iterable[Finding]: ...


@dataclass(frozen=True, slots=True)
class Rules:
    """Detectors enabled for a city, each built once with its word lists.

    ``detectors`` check text and location together, ``of_text`` the text without the location.
    ``without_form`` detect data for which the form of a message has separate fields; they are used
    only for texts without that form.
    """

    detectors: tuple[Detector, ...]
    of_text: tuple[Detector, ...] = ()
    without_form: tuple[Detector, ...] = ()


def check(text: str, rules: Rules) -> tuple[Finding, ...]:
    """Returns the findings under section 6 in a text without a form, in order of position."""
    return _found(text, (*rules.detectors, *rules.of_text, *rules.without_form))


def _found(text: str, detectors: Iterable[Detector]) -> tuple[Finding, ...]:
    found = [finding for detector in detectors for finding in detector(text)]
    return tuple(sorted(found, key=lambda finding: (finding.start, finding.end, finding.kind)))


def check_message(text: str, place: str, rules: Rules) -> tuple[Finding, ...]:
    """Returns the findings under section 6 in a message.

    Offsets refer to ``with_place(text, place)``. Findings about the whole text come last: no
    subject, or a location that contradicts the stated one. A blank text has no such finding,
    because the form itself reports it.
    """
    of_text = _found(text, rules.of_text) if text.strip() else ()
    found = _found(with_place(text, place), rules.detectors)
    return (*found, *of_text, *place_conflict(text, place))


def must_be_non_public(findings: Iterable[Finding]) -> bool:
    """Whether 6.12 makes the message non-public, regardless of its author's choice."""
    return any(
        finding.kind is FindingKind.PERSONAL_DATA and finding.level is Level.BLOCK
        for finding in findings
    )
