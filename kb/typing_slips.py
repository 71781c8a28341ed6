"""Slips of the keyboard mended on request: the wrong layout, and a Caps Lock that was on.

What the keys would have given is physical, so nothing is guessed from meaning: the operator has
looked at the word and asks for it.
"""

from __future__ import annotations

import re

from kb.layout import to_cyrillic, to_latin

_LATIN_LETTER = re.compile(r"[A-Za-z]")
_CYRILLIC_LETTER = re.compile(r"[А-Яа-яЁё]")
_TOKEN = re.compile(r"\S+")
_LAST_WORD = re.compile(r"\S+(?=\s*$)")
# On the keys of digits the layouts differ in marks that end a sentence.
_END_MARKS = "&^$"
_AS_MEANT = str.maketrans(_END_MARKS, "?:;")


def mended(text: str) -> str:
    """The text as it was meant: Latin keys as Cyrillic, else Caps Lock undone, else the layout.

    Where any Latin letter stands, only words of Latin letters change: the rest is Russian
    already. A text without letters stays as it is.
    """
    if _LATIN_LETTER.search(text):
        return _TOKEN.sub(lambda token: _mended_latin(token[0]), text)
    if not _CYRILLIC_LETTER.search(text):
        return text
    if any(_is_inverted(token) for token in text.split()):
        return _TOKEN.sub(lambda token: _turned(token[0]), text)
    return text.swapcase() if _is_mostly_capitals(text) else to_latin(text)


def last_word(text: str) -> tuple[int, int] | None:
    """Where the last word of the text stands; None where there is none."""
    found = _LAST_WORD.search(text)
    return None if found is None else found.span()


def _mended_latin(token: str) -> str:
    if _CYRILLIC_LETTER.search(token) or not _LATIN_LETTER.search(token):
        return token
    word = token.rstrip(_END_MARKS)
    return _turned(to_cyrillic(word) + token[len(word) :].translate(_AS_MEANT))


def _turned(word: str) -> str:
    return word.swapcase() if _is_inverted(word) else word


def _is_mostly_capitals(text: str) -> bool:
    """More capitals than small letters, and not one letter alone."""
    capitals = sum(letter.isupper() for letter in text)
    return capitals > 1 and capitals > sum(letter.islower() for letter in text)


def _is_inverted(word: str) -> bool:
    """A small letter and then capitals alone, as only Caps Lock writes them; of each half."""
    parts = [part for part in re.findall(r"[^\W\d_]+", word) if len(part) > 1]
    return bool(parts) and all(part[0].islower() and part[1:].isupper() for part in parts)
