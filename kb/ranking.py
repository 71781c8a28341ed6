"""The order of the entries found: how well each explains the words that were typed."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kb.documents import NAME_BREAK
from kb.query import Group

SMALL_WORD_LETTERS = 2  # words up to this long do not make a title long


@dataclass(frozen=True, slots=True)
class Weights:
    """What each sign of a good entry counts; measured on a set of labelled questions."""

    title: float = 1.8
    body: float = 1.0
    name: float = 0.85  # another name of the entry, beside its title
    base: float = 0.35
    coverage: float = 0.65
    adjacent: float = 0.2
    title_coverage: float = 0.6
    short_title: float = 3.5  # stems; a title up to this long is taken whole
    picks: float = 0.06
    bm25: float = 0.045
    kept: float = 0.5  # of the best coverage; what explains less is not shown


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that may answer, stems with a space on both sides; more ``bm25`` is better."""

    id: int
    key: str
    title: str
    names: str
    body: str
    bm25: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its score, and the share of the query that it explains, 0 to 1."""

    id: int
    key: str
    score: float
    coverage: float


@dataclass(frozen=True, slots=True)
class _Term:
    """A typed word with its share of the query's rarity, 0 to 1, and its stems, heaviest first."""

    group: Group
    share: float
    spaced_stems: Sequence[tuple[str, float]]

    @classmethod
    def of(cls, group: Group, share: float) -> "_Term":
        heaviest = sorted(group.stems.items(), key=lambda item: -item[1])
        return cls(group, share, [(f" {found} ", weight) for found, weight in heaviest])


def rank(
    candidates: Sequence[Candidate],
    groups: Sequence[Group],
    frequency: Callable[[str], int],
    entries: int,
    picks: Mapping[str, float],
    weights: Weights,
) -> list[Ranked]:
    """The candidates best first; those that explain far less than the best are left out."""
    if not candidates or not groups:
        return []
    terms = _terms(groups, frequency, entries)
    ranked = []
    for candidate in candidates:
        score, coverage = _score(candidate, terms, weights)
        if coverage > 0:
            score += weights.picks * math.log1p(picks.get(candidate.key, 0.0))
            ranked.append(Ranked(candidate.id, candidate.key, score, coverage))
    ranked.sort(key=lambda found: (-found.score, found.id))
    least = weights.kept * max((found.coverage for found in ranked), default=0.0)
    return [found for found in ranked if found.coverage >= least]


def _terms(
    groups: Sequence[Group], frequency: Callable[[str], int], entries: int
) -> Sequence[_Term]:
    rarities = [
        math.log(1 + entries / (group_frequency(group, frequency, entries) + 0.5))
        for group in groups
    ]
    total = sum(rarities)
    return [_Term.of(group, rarity / total) for group, rarity in zip(groups, rarities, strict=True)]


def group_frequency(group: Group, frequency: Callable[[str], int], entries: int) -> int:
    """In how many entries the word stands, at most: all that it may stand for together."""
    return min(entries, sum(frequency(found) for found in group.stems))


def _score(candidate: Candidate, terms: Sequence[_Term], weights: Weights) -> tuple[float, float]:
    """The score by the heading that fits best, and the coverage with it."""
    in_body = [_in_body(term, candidate.body) for term in terms]
    best, coverage = _heading(candidate.title, terms, in_body, weights)
    if not any(_is_named(term, candidate.names) for term in terms):
        return best + weights.bm25 * candidate.bm25, coverage
    for name in candidate.names.split(NAME_BREAK):
        score, covered = _heading(name, terms, in_body, weights)
        best, coverage = max(best, weights.name * score), max(coverage, covered)
    return best + weights.bm25 * candidate.bm25, coverage


def _heading(
    heading: str, terms: Sequence[_Term], in_body: Sequence[float], weights: Weights
) -> tuple[float, float]:
    """Score and coverage with this heading as the entry's title."""
    stems = heading.split()
    weighted = 0.0
    coverage = 0.0
    matched = 0.0
    adjacent = 0
    previous: set[int] = set()
    for term, body_match in zip(terms, in_body, strict=True):
        match, places = _in_heading(term.group, stems)
        weighted += term.share * (weights.title * match + weights.body * body_match)
        coverage += term.share * max(match, body_match)
        matched += match
        # A small word may stand between: the query's own are left out before.
        adjacent += any(place - gap in previous for place in places for gap in (1, 2))
        previous = places
    score = weighted * (weights.base + weights.coverage * coverage) + weights.adjacent * adjacent
    if matched:
        length = max(1, sum(len(found) > SMALL_WORD_LETTERS for found in stems))
        shortness = min(1.0, weights.short_title / length)
        score += weights.title_coverage * matched / len(terms) * shortness
    return score, coverage


def _in_heading(group: Group, stems: Sequence[str]) -> tuple[float, set[int]]:
    """The best match of the word among a heading's stems, and where it stands."""
    best = 0.0
    places = set()
    for place, found in enumerate(stems):
        weight = group.stems.get(found, 0.0)
        if not weight and group.prefix is not None and found.startswith(group.prefix):
            weight = 0.5
        if weight:
            best = max(best, weight)
            places.add(place)
    return best, places


def _in_body(term: _Term, text: str) -> float:
    """The best match of the word among a text's stems."""
    for found, weight in term.spaced_stems:
        if found in text:
            return weight
    return 0.0


def _is_named(term: _Term, names: str) -> bool:
    prefix = term.group.prefix
    return _in_body(term, names) > 0 or (prefix is not None and f" {prefix}" in names)
