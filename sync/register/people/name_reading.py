"""Full name typed in one line: splits it into parts and detects likely typos.

A patronymic may be absent, the sex is not requested, and the other readings remain selectable.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sync.register.people.values import PersonName

# After «вич» and «вна», the few patronymics of short names.
_PATRONYMIC = re.compile(r"(?:вич|вна|ична|(?:иль|лук|фом|кузьм|никит|фок|силант)ич)$", re.I)
# «Исаев Магомед Башир Магомедович» has two given names, «Гарсия Лопес Анна Петровна» two surnames.
_SURNAME = re.compile(r"(?:[оеё]ва?|[иы]на?|ск(?:ий|ая)|цк(?:ий|ая)|ых|их|ко|ук|юк|ян)$", re.I)
_PATRONYMIC_PARTICLES = frozenset({"оглы", "оглу", "кызы", "гызы", "кизи", "улы", "уулу"})
_SURNAME_PARTICLES = frozenset({"фон", "де", "дер", "ибн"})  # with the following word

_CYRILLIC = re.compile(r"[А-Яа-яЁё]")
_LATIN = re.compile(r"[A-Za-z]")
_LOOK_ALIKES = str.maketrans("aceopxykABCEHKMOPTXY", "асеорхукАВСЕНКМОРТХУ")
_KEYS = str.maketrans(
    "qwertyuiop[]asdfghjkl;'zxcvbnm,.`QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>~",
    "йцукенгшщзхъфывапролджэячсмитьбюёЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ",
)
_VOWELS = re.compile(r"[aeiou]", re.I)
_FEW_VOWELS = 8  # one vowel per eight letters: rarer than in any language with Latin letters
_APOSTROPHES = str.maketrans("’‘`ʼ", "''''")


class NameDoubt(StrEnum):
    """Likely typo in a name."""

    LATIN_LOOK_ALIKES = "latin_look_alikes"
    """Latin letters among Russian ones; they look the same but are not found by a search."""
    OTHER_LAYOUT = "other_layout"
    """Typed in the Latin keyboard layout."""


@dataclass(frozen=True, slots=True)
class NameReading:
    """A parsed name; ``mended`` is the line without the typo named by ``doubt``."""

    name: PersonName
    doubt: NameDoubt | None = None
    mended: str | None = None


def read_name(text: str) -> NameReading:
    """Parses a name into its three parts and detects a likely typo."""
    name = split_name(text)
    alike = _without_look_alikes(text)
    if alike != text:
        return NameReading(name, NameDoubt.LATIN_LOOK_ALIKES, alike)
    if _is_of_other_layout(text):
        return NameReading(name, NameDoubt.OTHER_LAYOUT, text.translate(_KEYS))
    return NameReading(name)


def split_name(text: str) -> PersonName:
    """Splits a name typed in one field into three parts; no word is lost.

    The usual order is surname, given name, patronymic. A patronymic in second position means that
    the given name is first («Анна Петровна Иванова», «Анна Петровна»).
    """
    return readings(text)[0]


def readings(text: str) -> tuple[PersonName, ...]:
    """Returns all readings of a name, most likely first; each has every word of the text."""
    words = _joined([_capitalised(word) for word in text.translate(_APOSTROPHES).split()])
    ways = [_likeliest(words), *_others(words)]
    return tuple(dict.fromkeys(ways))


def _likeliest(words: Sequence[str]) -> PersonName:
    is_patronymic = [_is_patronymic(word) for word in words]
    match words:
        case []:
            return PersonName("", "", "")
        case [surname]:
            return PersonName(surname, "", "")
        case [given_name, patronymic] if is_patronymic[1]:
            return PersonName("", given_name, patronymic)
        case [given_name, patronymic, *surname] if (
            is_patronymic[1] and surname and not any(is_patronymic[2:])
        ):
            return PersonName(" ".join(surname), given_name, patronymic)
        case [surname, first, second, patronymic] if (
            is_patronymic[-1] and _SURNAME.search(surname) and not _SURNAME.search(first)
        ):
            return PersonName(surname, f"{first} {second}", patronymic)
        case [*surname, given_name, patronymic] if len(surname) > 1 and is_patronymic[-1]:
            return PersonName(" ".join(surname), given_name, patronymic)
        case _:
            return PersonName(words[0], words[1], " ".join(words[2:]))


def _others(words: Sequence[str]) -> list[PersonName]:
    match words:
        case [one]:
            return [PersonName("", one, "")]
        case [first, second]:
            return [
                PersonName(first, second, ""),
                PersonName(second, first, ""),
                PersonName("", first, second),
            ]
        case [first, second, third]:
            return [
                PersonName(first, second, third),
                PersonName(third, first, second),
                PersonName(first, f"{second} {third}", ""),
                PersonName(f"{first} {second}", third, ""),
                PersonName(third, f"{first} {second}", ""),
            ]
        case [first, second, *_, before, last]:
            return [
                PersonName(" ".join(words[:-2]), before, last),
                PersonName(" ".join(words[2:]), first, second),
                PersonName(first, second, " ".join(words[2:])),
            ]
        case _:
            return []


def _is_patronymic(word: str) -> bool:
    return (
        _PATRONYMIC.search(word) is not None
        or word.rpartition(" ")[2].lower() in _PATRONYMIC_PARTICLES
    )


def _joined(words: Sequence[str]) -> list[str]:
    """Joins particles with their word: «Мамед оглы», «фон Берг»."""
    joined: list[str] = []
    for word in words:
        before = joined[-1] if joined else ""
        is_begun = before.rpartition(" ")[2] in _SURNAME_PARTICLES
        if before and (is_begun or word.lower() in _PATRONYMIC_PARTICLES):
            joined[-1] = f"{before} {word}"
        else:
            joined.append(word)
    return joined


def _capitalised(word: str) -> str:
    """Capitalises a word in one case or with inverted case; other words are unchanged.

    Each half of a double name is capitalised, and so is the letter after an initial and an
    apostrophe.
    """
    small = word.lower()
    if small in _PATRONYMIC_PARTICLES:
        return small
    is_inverted = len(word) > 1 and word[0].islower() and word[1:].isupper()
    if word in _SURNAME_PARTICLES or not (word == small or word == word.upper() or is_inverted):
        return word
    return "-".join(_with_capital(part) for part in small.split("-"))


def _with_capital(part: str) -> str:
    head, apostrophe, rest = part.partition("'")
    if apostrophe and len(head) == 1:
        return f"{head.upper()}'{rest[:1].upper()}{rest[1:]}"
    return part[:1].upper() + part[1:]


def _without_look_alikes(text: str) -> str:
    """Replaces Latin look-alikes among Russian letters; an entirely Latin name is unchanged."""
    if _CYRILLIC.search(text) is None:
        return text
    mended = (word.translate(_LOOK_ALIKES) for word in re.split(r"(\s+)", text))
    pairs = zip(re.split(r"(\s+)", text), mended, strict=True)
    return "".join(word if _LATIN.search(other) else other for word, other in pairs)


def _is_of_other_layout(text: str) -> bool:
    letters = len(_LATIN.findall(text))
    if letters < 3 or _CYRILLIC.search(text) is not None:
        return False
    meant = text.translate(_KEYS)
    if any(_PATRONYMIC.search(word) for word in meant.split()):
        return True
    return len(_VOWELS.findall(text)) <= letters // _FEW_VOWELS
