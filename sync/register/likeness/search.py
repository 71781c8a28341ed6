"""Earlier messages that are likely about the same matter, found among very many."""

from __future__ import annotations

import heapq
import math
from array import array
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from sync.register.likeness.compare import Likeness, Read, Verdict, compare, read
from sync.register.likeness.levelled import levelled
from sync.register.likeness.matters import Matter, Matters
from sync.register.likeness.place import Place

Key = TypeVar("Key", bound=Hashable)

_COMPARED = 60
# Rare words first: once so many messages share a word with the text, frequent ones tell nothing.
_COUNTED = 30_000

_MATTER, _WORD, _STREET, _HOUSE, _NUMBERED = "mwshn"


@dataclass(frozen=True, slots=True)
class Found(Generic[Key]):
    """An earlier message, and what the text is to it."""

    key: Key
    likeness: Likeness


class SimilarMessages(Generic[Key]):
    """Messages by what they are about and where; used from one thread at a time.

    Only terms are kept, about a hundred bytes a message; ``text_of`` gives the text of the few
    that are compared.
    """

    def __init__(self, matters: Matters, text_of: Callable[[Key], str]) -> None:
        self._matters = matters
        self._text_of = text_of
        self._term_numbers: dict[str, int] = {}
        self._terms: list[str] = []
        self._keys: list[Key | None] = []
        self._terms_of: list[array[int]] = []
        self._places: dict[Key, int] = {}
        self._postings: defaultdict[int, array[int]] = defaultdict(lambda: array("I"))

    def __len__(self) -> int:
        return len(self._places)

    def put(self, key: Key, text: str) -> None:
        """Take a message in, or its new text in place of the old."""
        self.remove(key)
        number = len(self._keys)
        terms = array("I", [self._number_of(term) for term in _terms_of(read(text, self._matters))])
        self._keys.append(key)
        self._terms_of.append(terms)
        self._places[key] = number
        for term in terms:
            self._postings[term].append(number)

    def remove(self, key: Key) -> None:
        """Forget a message; does nothing for one that is not there."""
        number = self._places.pop(key, None)
        if number is not None:
            # Its postings stay, and lead nowhere.
            self._keys[number] = None

    def find(
        self,
        text: str,
        *,
        in_term: Callable[[Key], bool],
        same_user: Callable[[Key], bool],
        limit: int = 5,
    ) -> list[Found[Key]]:
        """The messages that the text repeats or resembles, the likest first."""
        asked = read(text, self._matters)
        found = []
        for number in self._candidates(_terms_of(asked)):
            key = self._keys[number]
            if key is None:
                continue
            likeness = compare(
                self._read(number, key), asked, same_user=same_user(key), in_term=in_term(key)
            )
            if likeness.verdict is not Verdict.DIFFERENT:
                found.append(Found(key, likeness))
        found.sort(key=lambda each: (each.likeness.verdict is not Verdict.REPEAT,
                                     -each.likeness.score))  # fmt: skip
        return found[:limit]

    def _candidates(self, terms: Iterable[str]) -> list[int]:
        """The messages that share the weightiest terms."""
        known = [self._term_numbers[term] for term in terms if term in self._term_numbers]
        known.sort(key=lambda term: len(self._postings[term]))
        weights: defaultdict[int, float] = defaultdict(float)
        counted = 0
        for term in known:
            postings = self._postings[term]
            if counted and counted + len(postings) > _COUNTED:
                break
            counted += len(postings)
            weight = math.log(1 + len(self._keys) / len(postings))
            for number in postings:
                weights[number] += weight
        return heapq.nlargest(_COMPARED, weights, key=weights.__getitem__)

    def _read(self, number: int, key: Key) -> Read:
        of: dict[str, set[str]] = {kind: set() for kind in "mwshn"}
        for term in self._terms_of[number]:
            of[self._terms[term][0]].add(self._terms[term][1:])
        numbered = frozenset(_pair(each) for each in of[_NUMBERED])
        return Read(
            levelled(self._text_of(key)),
            Place(frozenset(of[_STREET]), frozenset(of[_HOUSE]), numbered),
            Matter(frozenset(of[_MATTER]), frozenset(of[_WORD])),
        )

    def _number_of(self, term: str) -> int:
        number = self._term_numbers.get(term)
        if number is None:
            number = self._term_numbers[term] = len(self._terms)
            self._terms.append(term)
        return number


def _terms_of(asked: Read) -> list[str]:
    """Everything by which a message is found, each with the kind that it is of."""
    place, matter = asked.place, asked.matter
    return [
        *(_MATTER + each for each in matter.known),
        *(_WORD + each for each in matter.words),
        *(_STREET + each for each in place.streets),
        *(_HOUSE + each for each in place.houses),
        *(f"{_NUMBERED}{kind} {number}" for kind, number in place.numbered),
    ]


def _pair(term: str) -> tuple[str, str]:
    kind, _, number = term.partition(" ")
    return kind, number
