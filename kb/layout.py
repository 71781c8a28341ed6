"""Undoing the wrong keyboard layout, in both directions, before a text is cut into words.

Letters such as б, ю, х, ъ, ж, э share keys with ``, . [ ] ; '`` and would be lost otherwise.
"""

import re
from collections.abc import Iterator
from typing import Protocol

CONVERSION_COST = 0.1  # another layout has to explain the text better than what was typed
_WELL_KNOWN = 0.7
_UNKNOWN = 0.3

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?"
_CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбю.ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
_HAS_LATIN = re.compile(r"[A-Za-z]")
_HAS_CYRILLIC = re.compile(r"[А-Яа-яЁё]")
_TOKEN = re.compile(r"\S+")


def to_cyrillic(text: str) -> str:
    """What the same keys give in the Russian layout."""
    return text.translate(_TO_CYRILLIC)


def to_latin(text: str) -> str:
    """What the same keys give in the Latin layout."""
    return text.translate(_TO_LATIN)


class Knowledge(Protocol):
    """How much of a text the index knows, 0 to 1."""

    def as_written(self, text: str) -> float:
        """The share of letters in words that it has just so, or that go on."""

    def transliterated(self, text: str) -> float:
        """The same, where Latin letters may spell Russian words."""

    def mistyped(self, text: str) -> float:
        """The same, where words may be mistyped too; this takes its time."""


def in_the_right_layout(text: str, known: Knowledge) -> str:
    """The text as the index understands it best.

    Most of the text decides, and then single words that only the other layout explains.
    """
    score = known.transliterated(text)
    if score > 1 - 2 * CONVERSION_COST:
        return text
    chosen = text
    for converted in _conversions(text):
        converted_score = known.as_written(converted) - CONVERSION_COST
        if converted_score > score:
            score, chosen = converted_score, converted
    if score < _UNKNOWN and _HAS_LATIN.search(text):
        converted = to_cyrillic(text)
        likely = known.mistyped(converted) - CONVERSION_COST
        chosen = converted if likely > max(score, known.mistyped(text)) else text
    return _TOKEN.sub(lambda token: _token(token, text, chosen, known), chosen)


def _conversions(text: str) -> Iterator[str]:
    if _HAS_LATIN.search(text):
        yield to_cyrillic(text)
    if _HAS_CYRILLIC.search(text):
        yield to_latin(text)


def _token(token: re.Match[str], text: str, chosen: str, known: Knowledge) -> str:
    """One word in the layout that explains it, where the one chosen for all does not."""
    own = token.group()
    if known.transliterated(own) >= _UNKNOWN:
        return own
    others = [text[token.start() : token.end()]] if chosen is not text else _conversions(own)
    return next((other for other in others if known.as_written(other) >= _WELL_KNOWN), own)
