"""What a text is about: words of municipal matters, each with all the words people have for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from sync.register.likeness.thesaurus import APART, EMPTY, GENERAL, MATTERS

Normal = Callable[[str], str]
"""The normal form of a word."""

_WORD = re.compile(r"[а-я]+(?:-[а-я]+)*|[a-z]{2,}|\d+")
_SHORTEST = 3
# Nearly all forms of a word begin as its normal form does; these do not: льда, псы.
_OPENING = 3
_OTHER_OPENINGS = frozenset({"льд", "льн", "псы", "пса", "псо", "псу"})
_MATTER_WEIGHT = 2.0
_WORD_WEIGHT = 0.7
_OTHER_MATTER_SHARE = 0.6
_GENERAL_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Matter:
    """The matters of the table that a text names, and its other words that mean something."""

    known: frozenset[str]
    words: frozenset[str]


class Matters:
    """Knows the table; made once with what finds normal forms, which is asked for each word."""

    def __init__(self, normal: Normal) -> None:
        self._normal = normal
        self._whole: dict[str, set[str]] = {}
        self._beginnings: dict[str, set[str]] = {}
        for line in MATTERS.strip().splitlines():
            words = line.split()
            name = words[0].rstrip("*")
            for word in words:
                if word.endswith("*"):
                    self._beginnings.setdefault(word[:-1], set()).add(name)
                else:
                    self._whole.setdefault(word, set()).add(name)
        self._shortest = min(map(len, self._beginnings))
        known = (*self._whole, *self._beginnings)
        self._openings = {word[:_OPENING] for word in known} | _OTHER_OPENINGS

    def of(self, text: str) -> Matter:
        """What the text, freed of its places, is about."""
        known: set[str] = set()
        words: set[str] = set()
        for word in _WORD.findall(text.lower().replace("ё", "е")):
            normal = self._normal(word).replace("ё", "е")
            if normal in EMPTY or word in EMPTY or len(word) < _SHORTEST:
                continue
            named = self._named(normal) | self._named(word)
            if named:
                known |= named
            elif not word.isdigit():
                words.add(normal)
        return Matter(frozenset(known), frozenset(words))

    def named_in(self, text: str) -> frozenset[str]:
        """The matters alone that a text names; asks for fewer normal forms than ``of``."""
        named: set[str] = set()
        for word in _WORD.findall(text.lower().replace("ё", "е")):
            if word[:_OPENING] in self._openings and word not in EMPTY:
                named |= self._named(word) or self._named(self._normal(word).replace("ё", "е"))
        return frozenset(named)

    def _named(self, word: str) -> set[str]:
        found = set(self._whole.get(word, ()))
        for length in range(self._shortest, len(word) + 1):
            found.update(self._beginnings.get(word[:length], ()))
        return found


def are_apart(one: Matter, other: Matter) -> bool:
    """Whether each speaks of a matter that is another one than the other's."""
    for row in APART:
        mine, yours = one.known.intersection(row), other.known.intersection(row)
        if mine and yours and not mine & yours:
            return True
    return False


def share_none(one: Matter, other: Matter) -> bool:
    """Whether the table knows what each is about, and they have none of it in common."""
    return bool(one.known and other.known and not one.known & other.known)


def likeness_of(one: Matter, other: Matter) -> float:
    """How much of what they are about is shared, 0 to 1."""
    shared = _weight(one.known & other.known, one.words & other.words)
    mine, yours = _weight(one.known, one.words), _weight(other.known, other.words)
    if not mine or not yours:
        return 0.0
    dice = 2 * shared / (mine + yours)
    # A short message may say the same as a long one that also tells its story.
    likeness = (dice + shared / min(mine, yours)) / 2
    if share_none(one, other):
        return likeness * _OTHER_MATTER_SHARE
    if not (one.known & other.known) - GENERAL and not one.words & other.words:
        return likeness * _GENERAL_SHARE
    return likeness


def _weight(known: frozenset[str], words: frozenset[str]) -> float:
    general = len(known & GENERAL)
    return _MATTER_WEIGHT * (len(known) - general) + _WORD_WEIGHT * (general + len(words))
