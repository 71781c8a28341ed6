"""Obscene words as findings (Regulation 6.3, the first of its points)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from sync.register.checks.check import Detector
from sync.register.checks.finding import Finding, FindingKind, Level
from sync.register.checks.morphology import Morphology
from sync.register.checks.obscene.forms import CERTAIN_FORMS, LIKELY_FORMS
from sync.register.checks.obscene.letters import (
    Written,
    has_signs,
    is_latin,
    joined,
    letters_apart,
    mask_of,
    neighbours,
    readings_of,
    words_in,
)
from sync.register.checks.obscene.roots import level_of, level_of_apart
from sync.register.checks.obscene.word_lists import WordLists, levelled

PARAGRAPH = "6.3"

_SHORTEST = 3
# Of a word with hidden letters, so many must stand there to be certain.
_SHOWN_LETTERS = 2
_SURNAME = re.compile(
    r"[А-ЯЁ][а-яё]+(?:ов|ев|ёв|ин|ын|ский|цкий|ова|ева|ёва|ина|ына|ская|цкая|енко|ук|юк|ян|дзе"
    r"|швили|ову|еву|ину|овым|евым|иным|овой|евой|иной|ого|ому)"
)
_NAME_TAGS = frozenset({"Name", "Patr"})
_SENTENCE_END = re.compile(r"(?:^|[.!?…\n]\s*[\"«(–—-]*\s*)$")
# Latin words that would read so.
_FOREIGN = """
hue hui ebay ebit ebitda eben yoba ebony hub hubby debut bla blya-blya ebn ebook ebooks xe
    suka-bar heroku hero her here herbal herb herz hera herr heron xerox xep web
"""
_LATIN_WORDS = frozenset(_FOREIGN.split())
# A female dog is one where dogs are spoken of.
_OF_DOGS = re.compile(
    r"собак|щен|п[её]с(?![а-яё]н)|псы|кобел|стерилиз|вязк|порода|питомник|бездомн", re.I
)
_FEMALE_DOG = re.compile(r"сук(?:а|и|ой|ами|ах)|сучк[аиуо]й?")


def obscene_detector(morphology: Morphology, lists: WordLists | None = None) -> Detector:
    """The check for obscene words; type is plain, disguised, masked, apart or listed."""
    words = lists or WordLists()

    def detect(text: str) -> Iterable[Finding]:
        found: list[Finding] = []
        for finding in chain(
            _apart(text), _in_words(text, morphology, words), _in_two(text, morphology)
        ):
            if all(finding.start >= each.end or finding.end <= each.start for each in found):
                found.append(finding)
        return found

    return detect


def _apart(text: str) -> Iterator[Finding]:
    for written in letters_apart(text):
        for letters in readings_of(joined(written.text)):
            level = level_of_apart(letters)
            if level in (Level.A, Level.B):
                yield _finding(written, level, "apart")
                break


def _in_words(text: str, morphology: Morphology, lists: WordLists) -> Iterator[Finding]:
    for written in words_in(text):
        letters = levelled(written.text)
        if letters in lists.allowed:
            continue
        if letters in lists.denied:
            yield _finding(written, Level.A, "listed")
            continue
        found = _plain(written) or _disguised(written, letters, morphology) or _masked(written)
        if found is None:
            continue
        level, kind = found
        if _is_surname(text, written, morphology) or _is_dog(text, letters):
            continue
        yield _finding(written, level, kind)


def _in_two(text: str, morphology: Morphology) -> Iterator[Finding]:
    """An obscene word with a space within it."""
    for written in neighbours(text):
        first, second = written.text.lower().replace("ё", "е").split(" ")
        if first + second not in CERTAIN_FORMS:
            continue
        if not (morphology.is_known(first) and morphology.is_known(second)):
            yield _finding(written, Level.A, "apart")


def _plain(written: Written) -> tuple[Level, str] | None:
    if not written.is_plain:
        return None
    level = level_of(written.text.lower().replace("ё", "е"))
    return None if level is None else (level, "plain")


def _disguised(written: Written, letters: str, morphology: Morphology) -> tuple[Level, str] | None:
    """What letters of another alphabet, figures, repeated letters or signs within would hide."""
    if len(letters) < _SHORTEST or letters.isdigit():
        return None
    latin = is_latin(letters)
    for reading in readings_of(letters):
        if reading == written.text.lower().replace("ё", "е"):
            continue
        level = level_of(reading)
        if level is None or level is Level.C or (latin and letters in _LATIN_WORDS):
            continue
        if not latin and _is_ordinary(written, morphology):
            continue
        return level, "disguised"
    return None


def _is_ordinary(written: Written, morphology: Morphology) -> bool:
    """Whether the word, or each of the words that signs part, is one that the dictionary has."""
    parts = re.findall(r"[а-яё]+", written.text.lower())
    whole = "".join(parts)
    if not has_signs(written.text):
        return len(whole) == len(written.text) and morphology.is_known(whole)
    long = [part for part in parts if len(part) > 2]
    return bool(long) and all(
        morphology.is_known(part) and level_of(part.replace("ё", "е")) is None for part in long
    )


def _masked(written: Written) -> tuple[Level, str] | None:
    mask = mask_of(written.text)
    if mask is None:
        return None
    shown = sum(letter.isalpha() for letter in written.text)
    if any(mask.fullmatch(form) for form in CERTAIN_FORMS):
        return (Level.A if shown >= _SHOWN_LETTERS else Level.B), "masked"
    if shown >= _SHOWN_LETTERS and any(mask.fullmatch(form) for form in LIKELY_FORMS):
        return Level.B, "masked"
    return None


def _is_surname(text: str, written: Written, morphology: Morphology) -> bool:
    """A capital within a sentence and a surname's ending, or a name or initials beside it."""
    if not re.fullmatch(r"[А-ЯЁ][а-яё]+", written.text):
        return False
    before, after = text[: written.start], text[written.end :]
    if re.search(r"(?:^|[^А-ЯЁа-яё])[А-ЯЁ]\.\s?$", before):
        return True
    if re.match(r"\s[А-ЯЁ]\.", after):
        return True
    near = (re.search(r"([А-ЯЁ][а-яё]+)\s+$", before), re.match(r"\s+([А-ЯЁ][а-яё]+)", after))
    if any(word is not None and _is_name(word[1], morphology) for word in near):
        return True
    return _SENTENCE_END.search(before) is None and _SURNAME.fullmatch(written.text) is not None


def _is_name(word: str, morphology: Morphology) -> bool:
    return any(reading.tags & _NAME_TAGS for reading in morphology.readings(word))


def _is_dog(text: str, letters: str) -> bool:
    return _FEMALE_DOG.fullmatch(letters) is not None and _OF_DOGS.search(text) is not None


def _finding(written: Written, level: Level, kind: str) -> Finding:
    return Finding(
        FindingKind.OBSCENE, level, kind, written.start, written.end, written.text, PARAGRAPH
    )
