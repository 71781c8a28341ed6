"""Places found by what is typed of them, and what the list does not know of a place (6.1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from sync.register.places.place_list import PlaceList, Street
from sync.register.places.wording import KIND_OF, house_of, starts_house, words_of

SHOWN = 7
_ALIKE = 80.0
_SHORTEST_MISSPELT = 4


class Doubt(StrEnum):
    """What the list does not know of a place; it is pointed out and never refused."""

    HOUSE = "house"
    STREET = "street"


@dataclass(frozen=True, slots=True)
class PlaceDoubt:
    """``street`` is the street that is known, or as it was typed; ``house`` empty for the first."""

    doubt: Doubt
    street: str
    house: str = ""


@dataclass(frozen=True, slots=True)
class _Known:
    street: Street
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Hit:
    """A street that the words begin, with the words behind it; ``rank`` is small for a good one."""

    street: Street
    rest: tuple[str, ...]
    is_whole: bool
    rank: tuple[bool, bool]


class PlaceBook:
    """The list ready to be searched as somebody types; any thread, it never changes."""

    def __init__(self, places: PlaceList) -> None:
        self._streets = [_Known(each, tuple(words_of(each.name))) for each in places.streets]
        self._titles_with_houses = {each.title for each in places.streets if each.has_houses}
        self._landmarks = [(each, words_of(each.title)) for each in places.landmarks]
        self._by_letter: dict[str, list[_Known]] = defaultdict(list)
        for known in self._streets:
            for letter in {word[0] for word in known.words}:
                self._by_letter[letter].append(known)

    def matches(self, typed: str, limit: int = SHOWN) -> tuple[str, ...]:
        """Places that go on from what was typed, whole and ready to be written down.

        Beginnings of words do, in their order, with or without the kind of the street, then the
        house; where nothing begins so, a word may be misspelt.
        """
        words = words_of(typed)
        if not [word for word in words if word not in KIND_OF]:
            return ()
        hits = self._hits(words) or self._hits(words, misspelt=True)
        found: list[str] = []
        for hit in hits:
            found += _written(hit, limit)
        found += [mark.title for mark, own in self._landmarks if _all_begin(words, own)]
        return tuple(dict.fromkeys(found))[:limit]

    def wants_house(self, text: str) -> bool:
        """Whether the text is a whole street, and the list knows its houses."""
        return text in self._titles_with_houses

    def doubt(self, text: str) -> PlaceDoubt | None:
        """What of a place the list does not know; None where it knows, or cannot tell."""
        words = words_of(text)
        if not self._streets or not [word for word in words if word not in KIND_OF]:
            return None
        hits = self._hits(words)
        whole = [hit for hit in hits if hit.is_whole]
        if whole:
            street, house = whole[0].street, house_of(list(whole[0].rest))
            if not house or not street.has_houses or street.knows(house):
                return None
            return PlaceDoubt(Doubt.HOUSE, street.title, house)
        if words[0] in KIND_OF and not hits:
            return PlaceDoubt(Doubt.STREET, text.split(",")[0].strip())
        return None

    def begun(self, text: str) -> str | None:
        """The place that is meant where only the beginning of a street's name stands there.

        None where the street is whole, the text is a landmark's, or it begins no street.
        """
        words = words_of(text)
        if not [word for word in words if word not in KIND_OF]:
            return None
        hits = self._hits(words)
        is_landmark = any(words == own for _mark, own in self._landmarks)
        if not hits or is_landmark or any(hit.is_whole for hit in hits):
            return None
        return next(iter(_written(hits[0], 1)), hits[0].street.title)

    def _hits(self, words: Sequence[str], *, misspelt: bool = False) -> list[_Hit]:
        first = next(word for word in words if word not in KIND_OF)
        known = self._streets if misspelt else self._by_letter.get(first[0], ())
        hits = (_hit(each, words, misspelt) for each in known)
        return sorted((hit for hit in hits if hit is not None), key=lambda hit: hit.rank)


def _hit(known: _Known, words: Sequence[str], misspelt: bool) -> _Hit | None:
    unused = list(known.words)
    is_same_kind = True
    taken = 0
    for word in words:
        own = next((each for each in unused if _begins(word, each, misspelt)), None)
        if own is not None:
            unused.remove(own)
        elif word in KIND_OF:
            is_same_kind = is_same_kind and KIND_OF[word] == known.street.kind
        else:
            break
        taken += 1
    rest = tuple(words[taken:])
    if len(unused) == len(known.words) or not starts_house(list(rest)):
        return None
    is_whole = not unused and set(known.words) <= set(words)
    return _Hit(known.street, rest, is_whole, (not is_same_kind, not is_whole))


def _begins(typed: str, word: str, misspelt: bool) -> bool:
    """Whether a word may be meant: numbers whole, letters by their beginning."""
    if typed.isdigit() or word.isdigit():
        return typed == word
    if word.startswith(typed):
        return True
    if not misspelt or len(typed) < _SHORTEST_MISSPELT:
        return False
    return fuzz.ratio(typed, word[: len(typed)]) >= _ALIKE or fuzz.ratio(typed, word) >= _ALIKE


def _written(hit: _Hit, limit: int) -> Iterable[str]:
    house = house_of(list(hit.rest))
    if not house:
        return [hit.street.title]
    return [f"{hit.street.title}, д. {each}" for each in hit.street.houses_from(house, limit)]


def _all_begin(typed: Sequence[str], own: Sequence[str]) -> bool:
    return all(any(_begins(word, each, False) for each in own) for word in typed)
