"""The order of the entries found: how well each explains the words that were typed.

In two steps. ``shortlist`` weighs every document that holds a word at all, by arrays; ``rank``
then looks closely at the headings of the best of them.
"""

import math
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass

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
    body: float = 1.0
    name: float = 0.9  # another name of the entry, beside its title
    untitled: float = 1.2  # of a title, where there is none and the text has the word
    base: float = 0.35
    coverage: float = 0.8
    adjacent: float = 0.15
    whole: float = 0.1  # a heading all of whose words are asked for
    title_coverage: float = 0.6
    picks: float = 0.06
    query_picks: float = 0.4  # picked for this very query
    bm25: float = 0.045
    meaning: float = 1.5  # an entry that says the very same in other words
    kept: float = 0.5  # of the best coverage; what explains less is not shown
    shortlisted: int = 80

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
    """How much of the query each word is, the rarer the more; 1 together."""
    rarities = [math.log(1 + entries / (frequency_of(group) + 0.5)) for group in groups]
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
    driving = [number for number, is_driving in enumerate(drives) if is_driving]
    order = sorted(
        (number for number in driving or range(len(postings)) if len(postings[number].documents)),
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
    added: Callable[[str], float],
    learned: Container[str],
    weights: Weights,
) -> list[Ranked]:
    """The candidates best first; those that explain far less than the best are left out.

    ``added`` gives what the operators' choices add to an entry's score; the entries of
    ``learned`` were picked for this very query and stay whatever words they hold.
    """
    judge = _Judge(groups, shares, weights)
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


class _Judge:
    """Looks closely at the headings of documents, for the words of one query."""

    def __init__(self, groups: Sequence[Group], shares: Sequence[float], weights: Weights) -> None:
        self._groups = groups
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
        self._phrases = [
            (number, phrase, weight)
            for number, group in enumerate(groups)
            for phrase, weight in group.phrases.items()
        ]

    def score(self, candidate: Candidate) -> tuple[float, float]:
        """The score by the heading that fits best, and the coverage with it."""
        title, *names = candidate.headings.split(NAME_BREAK)
        weights = self._weights
        in_body = candidate.in_body
        if title or not names:
            best, coverage = self._heading(title.split(), in_body)
        else:
            best, coverage = 0.0, 0.0
        for name in names:
            score, covered = self._heading(name.split(), in_body)
            best, coverage = max(best, weights.name * score), max(coverage, covered)
        if not candidate.headings:
            best, coverage = self._untitled(in_body)
        return best + weights.bm25 * candidate.bm25, coverage

    def _untitled(self, in_body: Sequence[float]) -> tuple[float, float]:
        weights = self._weights
        coverage = sum(share * match for share, match in zip(self._shares, in_body, strict=True))
        weighted = coverage * (weights.title * weights.untitled + weights.body)
        return weighted * (weights.base + weights.coverage * coverage), coverage

    def _heading(self, stems: Sequence[str], in_body: Sequence[float]) -> tuple[float, float]:
        """Score and coverage with this heading as the entry's title."""
        weights = self._weights
        matches, places = self._matches(stems)
        weighted = 0.0
        coverage = 0.0
        for share, match, body_match in zip(self._shares, matches, in_body, strict=True):
            weighted += share * (weights.title * match + weights.body * body_match)
            coverage += share * (match if match > body_match else body_match)
        score = weighted * (weights.base + weights.coverage * coverage)
        matched = sum(matches)
        if matched:
            # A small word may stand between: the query's own are left out before.
            adjacent = sum(
                any(place - gap in before for place in own for gap in (1, 2))
                for before, own in zip(places, places[1:], strict=False)
                if before and own
            )
            length = sum(len(found) > SMALL_WORD_LETTERS for found in stems)
            score += weights.adjacent * adjacent
            if len(set().union(*places)) == len(stems):
                score += weights.whole
            score += weights.title_coverage * matched / len(matches) * shortness(length)
        return score, coverage

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
