"""Whether words that were written freely tell of a person."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sync.register.persons import PersonQuery
from sync.register.values import PersonName

NATIONAL_DIGITS, LOCAL_DIGITS = 10, 7
MOST_DIGITS = 8
_APART = r"[\s().\-\u2010-\u2015]*"
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST_STEM = 3
_ENDING = 2  # so many letters of a name change with its case: Пробова, Пробовой
_LONGER = 2


def mentions(text: str, query: PersonQuery, numbers: Iterable[str] = ()) -> bool:
    """Whether the text has the telephone, the address, the surname, or one of these numbers.

    A telephone may be written with or without its code and with any signs between the digits, a
    surname in any case and beside a first letter. A surname beside another given name is another
    person's.
    """
    return (
        any(number in text for number in numbers if number)
        or bool(query.email and query.email.casefold() in text.casefold())
        or bool(query.phone and _has_phone(text, query.phone))
        or bool(query.name and query.name.surname and _has_name(text, query.name))
    )


def is_begun(typed: str, phone: str) -> bool:
    """Whether what stands there of a telephone is most of this one (E.164), from its beginning.

    With fewer digits it may as well become a hundred other people's.
    """
    digits = re.sub(r"\D", "", typed)
    wanted = phone.removeprefix("+")
    if wanted.startswith("7"):
        wanted = wanted[-NATIONAL_DIGITS:]
        if digits[:1] in ("7", "8"):
            digits = digits[1:]
    return len(digits) >= MOST_DIGITS and wanted.startswith(digits)


def _has_phone(text: str, phone: str) -> bool:
    digits = phone.removeprefix("+")
    if digits.startswith("7"):
        digits = digits[-NATIONAL_DIGITS:]
    if re.search(_spread(digits) + r"(?!\d)", text):
        return True
    return any(
        not text[: found.start()].rstrip(" \t().-\u2010\u2011\u2012\u2013\u2014")[-1:].isdigit()
        for found in re.finditer(_spread(digits[-LOCAL_DIGITS:]) + r"(?!\d)", text)
    )


def _spread(digits: str) -> str:
    return _APART.join(digits)


def _has_name(text: str, name: PersonName) -> bool:
    words = list(_WORD.finditer(text))
    for place, word in enumerate(words):
        if not _is_form(word.group(), name.surname):
            continue
        following = words[place + 1] if place + 1 < len(words) else None
        if following is None or not name.given_name:
            return True
        between = text[word.end() : following.start()]
        is_name = following.group()[0].isupper() and not between.strip(" ")
        if not is_name or _folded(following.group())[0] == _folded(name.given_name)[0]:
            return True
    return False


def _is_form(word: str, name: str) -> bool:
    """Whether the word may be the name in one of its cases."""
    stem, longest = stem_of_name(name)
    whole = _folded(word)
    return whole.startswith(stem) and len(whole) <= longest


def stem_of_name(name: str) -> tuple[str, int]:
    """How a surname begins in each of its cases, and how many letters it has at most."""
    # of a double surname its first part is looked for: a word ends at the hyphen
    found = _WORD.search(name)
    own = _folded(found.group() if found else name)
    return own[: max(_SHORTEST_STEM, len(own) - _ENDING)], len(own) + _LONGER


def words_of(text: str) -> tuple[str, ...]:
    """The words of the text as ``stem_of_name`` has them."""
    return tuple(_folded(found.group()) for found in _WORD.finditer(text))


def _folded(text: str) -> str:
    return text.casefold().replace("ё", "е")
