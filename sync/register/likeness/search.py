"""Search for repeated, similar and nearby messages; comparison of two texts and their locations."""

from __future__ import annotations

import hashlib
import heapq
import math
import re
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar
from uuid import UUID

from rapidfuzz import fuzz

from sync.register.likeness.matters import (
    GENERAL,
    Matter,
    Matters,
    are_apart,
    likeness_of,
    share_none,
)
from sync.register.likeness.place import Place, agrees, contradicts, is_named, place_of
from sync.register.messages import with_place

_NUMBER = re.compile(r"\d+")


class Nearness(StrEnum):
    """Part that two locations have in common, nearest first."""

    SAME_HOUSE = "same_house"
    SAME_THING = "same_thing"
    """The same school, stop or bus, by number or name."""
    SAME_STREET = "same_street"


@dataclass(frozen=True, slots=True)
class Distance:
    """Proximity of two locations; ``numbers_apart`` is the difference of their house numbers, or
    None.
    """

    nearness: Nearness
    numbers_apart: int | None = None


def distance(one: str, other: str) -> Distance | None:
    """Returns how close the locations named in the two texts are; None if they have no part in
    common.
    """
    mine, yours = place_of(one)[0], place_of(other)[0]
    none = frozenset[str]()
    if agrees(Place(mine.streets, none, frozenset()), Place(yours.streets, none, frozenset())):
        if mine.houses & yours.houses:
            return Distance(Nearness.SAME_HOUSE, 0)
        return Distance(Nearness.SAME_STREET, _apart(mine.houses, yours.houses))
    if mine.numbered & yours.numbered:
        return Distance(Nearness.SAME_THING)
    return None


def _apart(mine: frozenset[str], yours: frozenset[str]) -> int | None:
    """Returns the smallest difference of house numbers; «14а» and «14/2» have the same number."""
    numbers = [
        abs(int(one[0]) - int(other[0]))
        for house in mine
        for of_other in yours
        if (one := _NUMBER.match(house)) and (other := _NUMBER.match(of_other))
    ]
    return min(numbers, default=None)


_NOT_A_WORD = re.compile(r"[^\w]+|_+")
# Look-alikes: a Latin letter in a Russian word is a typo or a disguise.
_ALIKE = str.maketrans("aceopxykhbmtё", "асеорхукнвмте")
_LATIN_WORD = re.compile(r"[a-z0-9]+")
_STRESS = re.compile(r"[\u0300-\u036f]")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")


def levelled(text: str) -> str:
    """Normalizes a text: lower case, without punctuation and stress marks, ё as е, Latin look-alike
    letters in Russian words as Russian ones.

    Entirely Latin words are unchanged.
    """
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).casefold()
    words = _NOT_A_WORD.sub(" ", _STRESS.sub("", plain)).split()
    return " ".join(
        word if _LATIN_WORD.fullmatch(word) else word.translate(_ALIKE) for word in words
    )


def fingerprint(text: str) -> str:
    """Returns a SHA-256 in hexadecimal, equal for texts with the same normalized form."""
    return hashlib.sha256(levelled(text).encode()).hexdigest()


# Thresholds of similarity: of subjects at the same location, of subjects anywhere, of letters.
_LIKE_AT_ONE_PLACE = 0.45
_LIKE_ANYWHERE = 0.72
_LIKE_LETTERS = 88.0
# A user is more likely to repeat a subject than another user is to report it.
_SAME_USER_BONUS = 0.08


class Verdict(StrEnum):
    """Relation of a later message to an earlier one."""

    REPEAT = "repeat"
    """Same words while the answer deadline of the earlier message is running: a ground of 6.4."""
    SIMILAR = "similar"
    """Probably the same subject: the operator decides."""
    DIFFERENT = "different"


class Reason(StrEnum):
    """Criterion that decided a comparison."""

    SAME_WORDS = "same_words"
    SAME_WORDS_TERM_OVER = "same_words_term_over"
    OTHER_PLACE = "other_place"
    OTHER_MATTER = "other_matter"
    SAME_PLACE_AND_MATTER = "same_place_and_matter"
    SAME_MATTER = "same_matter"
    NEARLY_THE_SAME_WORDS = "nearly_the_same_words"
    NOTHING_SHARED = "nothing_shared"


@dataclass(frozen=True, slots=True)
class Likeness:
    """Result of a comparison of two messages.

    ``score`` (0 to 1) is the similarity of subjects, or of the letters if those are nearly equal.
    """

    verdict: Verdict
    score: float
    reason: Reason


@dataclass(frozen=True, slots=True)
class Read:
    """A text preprocessed for comparison; cached because preprocessing takes most of the time."""

    levelled: str
    place: Place
    matter: Matter


def read(text: str, matters: Matters) -> Read:
    """Preprocesses a text for comparison."""
    place, rest = place_of(text)
    return Read(levelled(text), place, matters.of(rest))


def compare(one: Read, other: Read, *, same_user: bool, in_term: bool) -> Likeness:
    """Compares an earlier message ``one`` with a later message ``other``.

    ``in_term``: the answer deadline of the earlier message is running.
    """
    if one.levelled == other.levelled:
        if in_term:
            return Likeness(Verdict.REPEAT, 1.0, Reason.SAME_WORDS)
        return Likeness(Verdict.SIMILAR, 1.0, Reason.SAME_WORDS_TERM_OVER)
    letters = fuzz.token_sort_ratio(one.levelled, other.levelled)
    likeness = likeness_of(one.matter, other.matter)
    score = round(max(likeness, letters / 100 if letters >= _LIKE_LETTERS else 0.0), 3)
    if contradicts(one.place, other.place):
        return Likeness(Verdict.DIFFERENT, score, Reason.OTHER_PLACE)
    if are_apart(one.matter, other.matter):
        return Likeness(Verdict.DIFFERENT, score, Reason.OTHER_MATTER)
    if letters >= _LIKE_LETTERS and not share_none(one.matter, other.matter):
        return Likeness(Verdict.SIMILAR, score, Reason.NEARLY_THE_SAME_WORDS)
    bonus = _SAME_USER_BONUS if same_user else 0.0
    if (
        agrees(one.place, other.place)
        or is_named(one.place, other.matter.words)
        or is_named(other.place, one.matter.words)
    ):
        if likeness + bonus >= _LIKE_AT_ONE_PLACE or _is_one_trouble(one, other):
            return Likeness(Verdict.SIMILAR, score, Reason.SAME_PLACE_AND_MATTER)
        return Likeness(Verdict.DIFFERENT, score, Reason.OTHER_MATTER)
    if likeness + bonus >= _LIKE_ANYWHERE:
        return Likeness(Verdict.SIMILAR, score, Reason.SAME_MATTER)
    return Likeness(Verdict.DIFFERENT, score, Reason.NOTHING_SHARED)


def _is_one_trouble(one: Read, other: Read) -> bool:
    """Whether two messages about the same house or object concern the same problem.

    This holds if the concepts of one message are all in the other. Neighbours describe the same
    problem in different words, with different details.
    """
    if not (one.place.houses & other.place.houses or one.place.numbered & other.place.numbered):
        return False
    mine, yours = one.matter.known - GENERAL, other.matter.known - GENERAL
    return bool(mine & yours) and (mine <= yours or yours <= mine)


Key = TypeVar("Key", bound=Hashable)

_COMPARED = 60
# Rare terms first; when this many messages were counted, more frequent terms are skipped.
_COUNTED = 30_000

_MATTER, _WORD, _STREET, _HOUSE, _NUMBERED = "mwshn"


@dataclass(frozen=True, slots=True)
class Found(Generic[Key]):
    """An earlier message, and the result of its comparison with the given text."""

    key: Key
    likeness: Likeness


class SimilarMessages(Generic[Key]):
    """Index of messages by subject and location. Not thread-safe.

    Stores only the index terms, about a hundred bytes per message; ``text_of`` returns the text of
    the few messages that are compared in detail.
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
        """Adds a message, or replaces its text."""
        self.remove(key)
        number = len(self._keys)
        terms = array("I", [self._number_of(term) for term in _terms_of(read(text, self._matters))])
        self._keys.append(key)
        self._terms_of.append(terms)
        self._places[key] = number
        for term in terms:
            self._postings[term].append(number)

    def remove(self, key: Key) -> None:
        """Removes a message; does nothing if it is not in the index."""
        number = self._places.pop(key, None)
        if number is not None:
            # The postings of the message remain in the index and are ignored.
            self._keys[number] = None

    def find(
        self,
        text: str,
        *,
        in_term: Callable[[Key], bool],
        same_user: Callable[[Key], bool],
        limit: int = 5,
    ) -> list[Found[Key]]:
        """Returns the messages that the text repeats or resembles, most similar first."""
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
        """Returns the numbers of the messages that share the most significant terms."""
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
    """Returns the index terms of a message, each with a prefix for its kind."""
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


MOST = 5


@dataclass(frozen=True, slots=True)
class OpenMessage:
    """Data of a message needed for comparison; ``category`` is a directory key."""

    id: UUID
    text: str
    place: str
    category: str | None

    @property
    def told(self) -> str:
        """Text and location joined into one text, as the text checks use them."""
        return with_place(self.text, self.place)


class NearbyMessages:
    """Index of open messages by subject, and by category and location. Not thread-safe."""

    def __init__(self, matters: Matters) -> None:
        self._messages: dict[UUID, OpenMessage] = {}
        self._places: dict[UUID, Place] = {}
        self._by_category: dict[str, set[UUID]] = defaultdict(set)
        self._similar: SimilarMessages[UUID] = SimilarMessages(
            matters, lambda id: self._messages[id].told
        )

    def put(self, message: OpenMessage) -> None:
        """Adds or updates a message; an unchanged message is skipped."""
        if self._messages.get(message.id) == message:
            return
        self.remove(message.id)
        self._messages[message.id] = message
        self._places[message.id] = place_of(message.told)[0]
        if message.category is not None:
            self._by_category[message.category].add(message.id)
        self._similar.put(message.id, message.told)

    def remove(self, id: UUID) -> None:
        """Removes a message; does nothing if it is not in the index."""
        message = self._messages.pop(id, None)
        if message is not None:
            del self._places[id]
            if message.category is not None:
                self._by_category[message.category].discard(id)
            self._similar.remove(id)

    def find(self, asked: OpenMessage, limit: int = MOST) -> tuple[UUID, ...]:
        """Returns up to ``limit`` messages related to ``asked``, most similar first, without
        ``asked``.
        """
        # User and deadline affect only the ground of refusal, not the similarity.
        similar = self._similar.find(
            asked.told, in_term=lambda _id: False, same_user=lambda _id: False, limit=limit + 1
        )
        found = [each.key for each in similar]
        found += self._at_the_place(asked)
        return tuple(id for id in dict.fromkeys(found) if id != asked.id)[:limit]

    def _at_the_place(self, asked: OpenMessage) -> list[UUID]:
        place = place_of(asked.told)[0]
        return sorted(
            id
            for id in self._by_category.get(asked.category or "", ())
            if agrees(place, self._places[id]) and not contradicts(place, self._places[id])
        )
