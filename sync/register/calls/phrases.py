"""Canned texts of the city: parsing, search by trigger, variables, greeting by time of day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Any


class PartOfDay(StrEnum):
    """Part of the day, which selects the greeting; the night has none."""

    MORNING = "morning"
    DAY = "day"
    EVENING = "evening"
    NIGHT = "night"


_BEGINS = (
    (time(5), PartOfDay.NIGHT),
    (time(11), PartOfDay.MORNING),
    (time(17), PartOfDay.DAY),
    (time(23), PartOfDay.EVENING),
)


def part_of_day(at_local: time) -> PartOfDay:
    """Returns the part of the day for a local time of the city."""
    clock = at_local.replace(tzinfo=None)
    return next((part for end, part in _BEGINS if clock < end), PartOfDay.NIGHT)


BLANK = ("‹", "›")
"""Brackets around a variable without a value, to be filled in by the operator."""

_VARIABLE = re.compile(r"\{([^{}]*)\}")
_FIELDS = {"trigger", "title", "text"}
_WORD = re.compile(r"[^\s]+$")


class Variable(StrEnum):
    """Variables of a canned text; the value is the name written in braces."""

    GREETING = "приветствие"
    CALLED = "имя_отчество"
    NUMBER = "номер"
    MESSAGE_NUMBER = "номер_сообщения"
    DATE = "дата"
    TIME = "время"
    TERM = "срок"
    OPERATOR = "оператор"
    CITY = "город"


class PhraseFault(StrEnum):
    """Error in a file of canned texts."""

    UNKNOWN_FIELD = "unknown_field"
    WRONG_TYPE = "wrong_type"
    NO_PHRASES = "no_phrases"
    NO_TRIGGER = "no_trigger"
    TRIGGER_OF_SEVERAL_WORDS = "trigger_of_several_words"
    NO_TEXT = "no_text"
    TRIGGER_TWICE = "trigger_twice"
    UNKNOWN_VARIABLE = "unknown_variable"


@dataclass(frozen=True, slots=True)
class FoundPhraseFault:
    """Error in a file of canned texts.

    ``phrase`` is the trigger or number of the text, ``detail`` the invalid part.
    """

    fault: PhraseFault
    phrase: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A canned text of the city, selected by its trigger: one word, case-insensitive."""

    trigger: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class FilledPhrase:
    """Canned text with its variables filled in; ``blank`` is the span of the first without
    a value.
    """

    text: str
    blank: tuple[int, int] | None


def read_phrases(table: Mapping[str, Any]) -> tuple[Phrase, ...] | tuple[FoundPhraseFault, ...]:
    """Parses the canned texts of a TOML table, or returns all errors."""
    faults = [
        FoundPhraseFault(PhraseFault.UNKNOWN_FIELD, detail=key)
        for key in sorted(table.keys() - {"phrases"})
    ]
    raw = table.get("phrases", [])
    if not isinstance(raw, list) or not all(isinstance(each, dict) for each in raw):
        return (*faults, FoundPhraseFault(PhraseFault.WRONG_TYPE, detail="phrases"))
    if not raw:
        return (*faults, FoundPhraseFault(PhraseFault.NO_PHRASES))
    seen: set[str] = set()
    for number, each in enumerate(raw, 1):
        faults += _faults_of(each, number, seen)
    if faults:
        return tuple(faults)
    return tuple(
        Phrase(
            each["trigger"].strip(),
            each.get("title", "").strip() or each["trigger"].strip(),
            each["text"].strip(),
        )
        for each in raw
    )


def _faults_of(raw: Mapping[str, Any], number: int, seen: set[str]) -> list[FoundPhraseFault]:
    name = str(raw.get("trigger", "") or number)
    faults = [
        FoundPhraseFault(PhraseFault.UNKNOWN_FIELD, name, key)
        for key in sorted(raw.keys() - _FIELDS)
    ]
    wrong = [key for key in sorted(_FIELDS) if not isinstance(raw.get(key, ""), str)]
    if wrong:
        return faults + [FoundPhraseFault(PhraseFault.WRONG_TYPE, name, key) for key in wrong]
    trigger = raw.get("trigger", "").strip()
    if not trigger:
        faults.append(FoundPhraseFault(PhraseFault.NO_TRIGGER, name))
    elif len(trigger.split()) > 1:
        faults.append(FoundPhraseFault(PhraseFault.TRIGGER_OF_SEVERAL_WORDS, name))
    elif _folded(trigger) in seen:
        faults.append(FoundPhraseFault(PhraseFault.TRIGGER_TWICE, name))
    seen.add(_folded(trigger))
    text = raw.get("text", "")
    if not text.strip():
        faults.append(FoundPhraseFault(PhraseFault.NO_TEXT, name))
    known = {each.value for each in Variable}
    faults += [
        FoundPhraseFault(PhraseFault.UNKNOWN_VARIABLE, name, variable)
        for variable in _VARIABLE.findall(text)
        if variable.strip() not in known
    ]
    return faults


def filled(phrase: Phrase, values: Mapping[Variable, str]) -> FilledPhrase:
    """Fills in the variables of a canned text; those without a value are bracketed for the
    operator.
    """
    parts: list[str] = []
    blank: tuple[int, int] | None = None
    length = end = 0
    for match in _VARIABLE.finditer(phrase.text):
        variable = Variable(match[1].strip())
        value = values.get(variable, "").strip()
        shown = value or f"{BLANK[0]}{variable.value.replace('_', ' ')}{BLANK[1]}"
        parts += [phrase.text[end : match.start()], shown]
        length += match.start() - end
        if not value and blank is None:
            blank = (length, length + len(shown))
        length += len(shown)
        end = match.end()
    parts.append(phrase.text[end:])
    return FilledPhrase("".join(parts), blank)


def triggered(phrases: Iterable[Phrase], word: str) -> Phrase | None:
    """Returns the canned text with this trigger; None if there is none."""
    wanted = _folded(word)
    return next((each for each in phrases if wanted and _folded(each.trigger) == wanted), None)


def matching_phrases(phrases: Iterable[Phrase], typed: str) -> tuple[Phrase, ...]:
    """Returns the canned texts that contain all typed word prefixes, those with such a trigger
    first.
    """
    wanted = _folded(typed).split()
    found = [each for each in phrases if _has_all(each, wanted)]
    return tuple(
        sorted(found, key=lambda each: not _folded(each.trigger).startswith(_folded(typed)))
    )


def _has_all(phrase: Phrase, wanted: list[str]) -> bool:
    there = _folded(f"{phrase.trigger} {phrase.title} {phrase.text}")
    words = re.findall(r"\w+", there)
    return all(any(word.startswith(start) for word in words) for start in wanted)


def word_before(text: str) -> str:
    """Returns the characters after the last space of the text."""
    found = _WORD.search(text)
    return "" if found is None else found[0]


def _folded(text: str) -> str:
    return text.strip().casefold().replace("ё", "е")
