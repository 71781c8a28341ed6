"""The order of the entries found: how well each explains the words that were typed.

In two steps. ``shortlist`` weighs every document that holds a word at all, by arrays; ``rank``
then looks closely at the headings of the best of them.
"""

import math
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from operator import mul

import numpy as np
import numpy.typing as npt

from kb.query import Group

NAME_BREAK = "|"  # between two headings; no word is written so
SMALL_WORD_LETTERS = 2  # words up to this long do not make a heading long
UNTITLED = 1  # in place of a heading's shortness: the document has no heading at all
SHORTNESS_STEPS = 255
IMPACT_STEPS = 255
SATURATION = 1.2  # bm25's k1
LENGTH_SHARE = 0.75  # bm25's b
USUAL_LENGTH = 80  # words of a text; a fixed one, so that no change moves the rest

COMMON_SHARE = 0.04  # of the entries; words of more fetch nothing where a rarer word does
COMMON_DOCUMENTS = 2000

Documents = npt.NDArray[np.uint32]
Bytes = npt.NDArray[np.uint8]
Values = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """What each sign of a good entry counts; measured on a set of labelled questions."""

    title: float = 2.3
    body: float = 0.57
    name: float = 0.98  # another name of the entry, beside its title
    spread: float = 0.25  # of a title's worth: the same for a word in any of the headings
    untitled: float = 1.65  # of a title, where there is none and the text has the word
    base: float = 0.35
    coverage: float = 0.43
    adjacent: float = 0.15
    whole: float = 0.03  # a heading all of whose words are asked for, and besides
    whole_share: float = 0.48  # for the share of the query that it is
    leading: float = 0.06  # a heading that begins with a word asked for
    title_coverage: float = 0.2
    contact: float = 0.3  # what can be reached, where the query asks how to
    picks: float = 0.06
    query_picks: float = 0.4  # picked for this very query
    bm25: float = 0.016
    meaning: float = 1.1  # an entry that says the very same in other words
    kept: float = 0.46  # of the best coverage; what explains less is not shown
    shortlisted: int = 60

    def of_picks(self, of_entry: float, of_query: float) -> float:
        """What picks add to a score: of the entry at all, and of it for this very query."""
        return self.picks * math.log1p(of_entry) + self.query_picks * math.log1p(of_query)


@dataclass(frozen=True, slots=True)
class Postings:
    """Where a typed word stands, the weakest of its meanings first: arrays of one length.

    ``headings`` hold 0, ``UNTITLED`` or the shortness of the heading; ``bodies`` hold 0 or the
    impact of the word on the text; ``weights`` how well the word found answers the word typed.
    """

    documents: Documents
    headings: Bytes
    bodies: Bytes
    weights: Values


@dataclass(frozen=True, slots=True)
class Shortlist:
    """Documents worth a closer look, best first, with what is known of each.

    ``in_body`` has a row for each typed word; ``holding_all`` counts by kind the documents that
    hold every word, whether listed or not.
    """

    documents: npt.NDArray[np.int64]
    in_body: Values
    bm25: Values
    holding_all: Sequence[int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A listed document: its entry, and its headings' stems parted by ``NAME_BREAK``."""

    id: int
    document: int
    key: str
    kind: str
    headings: str
    in_body: Sequence[float]
    bm25: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its score, and the share of the query that it explains, 0 to 1."""

    id: int
    key: str
    score: float
    coverage: float


def shortness(heading_length: int) -> float:
    """What a heading of so many words counts for being short; up to three are taken whole."""
    return min(1.0, 3.5 / max(1, heading_length))


def shares_of(
    groups: Sequence[Group], frequency_of: Callable[[Group], int], entries: int
) -> Sequence[float]:
    """How much of the query each word is, the rarer the more; 1 together.

    A word that no entry has tells none apart.
    """
    rarities = []
    for group in groups:
        frequency = frequency_of(group)
        rarity = math.log(1 + entries / (frequency + 0.5)) if frequency else 0.0
        rarities.append(group.worth * rarity)
    total = sum(rarities) or 1.0
    return [rarity / total for rarity in rarities]


def shortlist(
    postings: Sequence[Postings],
    shares: Sequence[float],
    drives: Sequence[bool],
    kinds: Bytes,
    dead: Documents,
    weights: Weights,
    only: int | None = None,
) -> Shortlist:
    """The documents that answer the words best at a first look.

    ``kinds`` has the kind of every document at its number, ``only`` the one kind that is wanted;
    ``dead`` are the numbers that hold no more. Common words and those that do not drive only tell
    the documents apart that the others have found.
    """
    end = len(kinds)
    fetching = _fetching(postings, drives, end)
    found = np.zeros(end, bool)
    for number in fetching:
        found[postings[number].documents] = True
    found[dead] = False
    if only is not None:
        found &= kinds == only
    documents = np.flatnonzero(found)
    place_of = np.zeros(end, np.int32)
    place_of[documents] = np.arange(len(documents), dtype=np.int32)
    count = len(postings)
    size = len(documents)
    in_body = np.zeros((count, size), np.float32)
    score, coverage, bm25 = np.zeros((3, size), np.float32)
    holding = np.zeros(size, np.uint8)
    for number, (posting, share) in enumerate(zip(postings, shares, strict=True)):
        mine = found[posting.documents]
        places = place_of[posting.documents[mine]]
        own_weights = posting.weights[mine]
        # Of a document's several values the last one stays: the heaviest meaning.
        bodies = posting.bodies[mine]
        of_body = np.flatnonzero(bodies)
        in_body[number, places[of_body]] = own_weights[of_body]
        impact = np.zeros(size, np.float32)
        impact[places[of_body]] = own_weights[of_body] * bodies[of_body]
        headings = posting.headings[mine]
        of_heading = np.flatnonzero(headings)
        places, own_weights = places[of_heading], own_weights[of_heading]
        headings = headings[of_heading]
        untitled = headings == UNTITLED
        in_heading, short = np.zeros((2, size), np.float32)
        in_heading[places] = np.where(untitled, own_weights * weights.untitled, own_weights)
        short[places] = np.where(untitled, 0, own_weights * headings)
        matched = np.maximum(in_heading, in_body[number])
        score += share * (weights.title * in_heading + weights.body * in_body[number])
        score += (weights.title_coverage / count / SHORTNESS_STEPS) * short
        coverage += share * matched
        bm25 += (share * count * (SATURATION + 1) / IMPACT_STEPS) * impact
        holding += matched > 0
    total = score * (weights.base + weights.coverage * coverage) + weights.bm25 * bm25
    best = np.arange(size)
    if size > weights.shortlisted:
        best = np.argpartition(total, -weights.shortlisted)[-weights.shortlisted :]
    best = best[np.argsort(-total[best], kind="stable")]
    return Shortlist(
        documents=documents[best],
        in_body=in_body[:, best],
        bm25=bm25[best],
        holding_all=np.bincount(kinds[documents[holding == count]]).tolist(),
    )


def _fetching(postings: Sequence[Postings], drives: Sequence[bool], end: int) -> Sequence[int]:
    """Which words fetch documents: the rare ones that drive, and the rarest in any case."""
    held = [number for number, posting in enumerate(postings) if len(posting.documents)]
    order = sorted(
        [number for number in held if drives[number]] or held,
        key=lambda number: len(postings[number].documents),
    )
    most = max(COMMON_DOCUMENTS, COMMON_SHARE * end)
    return [
        number
        for place, number in enumerate(order)
        if place == 0 or len(postings[number].documents) <= most
    ]


def rank(
    candidates: Iterable[Candidate],
    groups: Sequence[Group],
    shares: Sequence[float],
    favoured: Container[str],
    added: Callable[[str], float],
    learned: Container[str],
    weights: Weights,
) -> list[Ranked]:
    """The candidates best first; those that explain far less than the best are left out.

    ``added`` gives what the operators' choices add to an entry's score; the entries of
    ``learned`` were picked for this very query and stay whatever words they hold.
    """
    judge = _Judge(groups, shares, favoured, weights)
    ranked = []
    for candidate in candidates:
        score, coverage = judge.score(candidate)
        if candidate.key in learned:
            coverage = 1.0
        if coverage > 0:
            score += added(candidate.key)
            ranked.append(Ranked(candidate.id, candidate.key, score, coverage))
    ranked.sort(key=lambda found: (-found.score, found.id))
    least = weights.kept * max((found.coverage for found in ranked), default=0.0)
    return [found for found in ranked if found.coverage >= least]


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading's stems, the best match of each typed word among them, and where it stands."""

    stems: Sequence[str]
    matches: Sequence[float]
    places: Sequence[set[int]]


class _Judge:
    """Looks closely at the headings of documents, for the words of one query."""

    def __init__(
        self,
        groups: Sequence[Group],
        shares: Sequence[float],
        favoured: Container[str],
        weights: Weights,
    ) -> None:
        self._groups = groups
        self._favoured = favoured
        self._shares = shares
        self._weights = weights
        self._meant_by: dict[str, list[tuple[int, float]]] = {}
        for number, group in enumerate(groups):
            for stem, weight in group.stems.items():
                self._meant_by.setdefault(stem, []).append((number, weight))
        self._beginnings = [
            (number, group.beginning, group.beginning_weight)
            for number, group in enumerate(groups)
            if group.beginning is not None
        ]
        self._begun = tuple(beginning for _number, beginning, _weight in self._beginnings)
        self._phrases = [
            (number, phrase, weight)
            for number, group in enumerate(groups)
            for phrase, weight in group.phrases.items()
        ]
        self._known = {*self._meant_by, *(phrase[0] for _number, phrase, _weight in self._phrases)}

    def score(self, candidate: Candidate) -> tuple[float, float]:
        """The score by the heading that fits best, and the coverage with it."""
        weights = self._weights
        in_body = candidate.in_body
        added = weights.bm25 * candidate.bm25
        if candidate.kind in self._favoured:
            added += weights.contact
        if not candidate.headings:
            score, coverage = self._untitled(in_body)
            return score + added, coverage
        headings = self._matched(candidate.headings)
        match headings:
            case []:
                anywhere: Sequence[float] = [0.0] * len(self._groups)
            case [(_factor, only)]:
                anywhere = only.matches
            case _:
                anywhere = list(map(max, *(one.matches for _factor, one in headings)))
        covered = list(map(max, anywhere, in_body))
        coverage = sum(map(mul, self._shares, covered))
        of_any = weights.title * weights.spread * sum(map(mul, self._shares, anywhere))
        of_any += weights.body * sum(map(mul, self._shares, in_body))
        factor = weights.base + weights.coverage * coverage
        best = max(
            (share * self._heading(heading, of_any, factor) for share, heading in headings),
            default=of_any * factor,
        )
        return best + added, coverage

    def _matched(self, written: str) -> list[tuple[float, _Heading]]:
        """The headings that hold a word asked for, and what each counts beside the title."""
        matched = []
        share = 1.0
        for heading in written.split(NAME_BREAK):
            stems = heading.split()
            if not self._known.isdisjoint(stems) or self._begins(stems):
                matches, places = self._matches(stems)
                matched.append((share, _Heading(stems, matches, places)))
            share = self._weights.name
        return matched

    def _begins(self, stems: Sequence[str]) -> bool:
        return bool(self._begun) and any(stem.startswith(self._begun) for stem in stems)

    def _untitled(self, in_body: Sequence[float]) -> tuple[float, float]:
        weights = self._weights
        coverage = sum(share * match for share, match in zip(self._shares, in_body, strict=True))
        weighted = coverage * (weights.title * weights.untitled + weights.body)
        return weighted * (weights.base + weights.coverage * coverage), coverage

    def _heading(self, heading: _Heading, of_any: float, factor: float) -> float:
        """The score with this heading as the entry's title."""
        weights = self._weights
        matches, places, stems = heading.matches, heading.places, heading.stems
        of_query: float = sum(map(mul, self._shares, matches))
        score: float = (weights.title * (1 - weights.spread) * of_query + of_any) * factor
        matched = sum(matches)
        if not matched:
            return score
        before: set[int] = set()
        found: set[int] = set()
        for own in places:
            # A small word may stand between: the query's own are left out before.
            if before and any(place - 1 in before or place - 2 in before for place in own):
                score += weights.adjacent
            before = own
            found |= own
        if len(found) == len(stems):
            score += weights.whole + weights.whole_share * of_query
        if 0 in found:
            score += weights.leading * of_query
        length = sum(len(stem) > SMALL_WORD_LETTERS for stem in stems)
        return score + weights.title_coverage * matched / len(matches) * shortness(length)

    def _matches(self, stems: Sequence[str]) -> tuple[list[float], list[set[int]]]:
        """The best match of each word among a heading's stems, and where it stands."""
        matches = [0.0] * len(self._groups)
        places: list[set[int]] = [set() for _group in self._groups]
        for place, stem in enumerate(stems):
            for number, weight in self._meant_by.get(stem, ()):
                places[number].add(place)
                if weight > matches[number]:
                    matches[number] = weight
            for number, beginning, weight in self._beginnings:
                if stem.startswith(beginning):
                    places[number].add(place)
                    if weight > matches[number]:
                        matches[number] = weight
        for number, phrase, weight in self._phrases:
            if weight > matches[number] and all(stem in stems for stem in phrase):
                matches[number] = weight
                places[number].add(stems.index(phrase[0]))
        return matches, places
