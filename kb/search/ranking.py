"""Splits many texts into words with numpy, and ranks documents by their headings.

``Weights`` were measured on a set of labelled questions.
"""

import math
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from operator import mul
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kb.search.vocabulary import Group
from kb.text import BETWEEN_TEXTS, LONGEST_WORD, cut, folded_together

_FEW = 20_000  # characters; shorter texts are faster without numpy
_CODES = 1 << 16  # number of UTF-16 code units

Words = npt.NDArray[np.int32]
Counts = npt.NDArray[np.int64]


class Cutter:
    """Splits texts into word numbers."""

    def __init__(self, number_of: Callable[[str], int]) -> None:
        """Creates the splitter. ``number_of`` must always return the same number for a word."""
        self._number_of = number_of
        # Hashes and numbers of known words.
        self._sums = np.zeros(0, np.uint64)
        self._numbers = np.zeros(0, np.int32)

    def cut(self, texts: Sequence[str]) -> tuple[Words, Counts]:
        """Returns the numbers of the ``folded_words`` of the texts, and the word count of each
        text.
        """
        folded = folded_together(texts)
        if len(folded) >= _FEW:
            encoded = folded.encode("utf-16-le", "surrogatepass")
            if len(encoded) == 2 * len(folded):
                return self._by_arrays(folded, np.frombuffer(encoded, np.uint16))
        return self._one_by_one(folded)

    def _one_by_one(self, folded: str) -> tuple[Words, Counts]:
        words = cut(folded)
        places = [place for place, word in enumerate(words) if word == BETWEEN_TEXTS]
        borders = np.array([-1, *places, len(words)], np.int64)
        numbers = self._numbers_of([word for word in words if word != BETWEEN_TEXTS])
        return numbers, borders[1:] - borders[:-1] - 1

    def _numbers_of(self, words: Sequence[str]) -> Words:
        return np.fromiter(map(self._number_of, words), np.int32, len(words))

    def _by_arrays(self, folded: str, codes: npt.NDArray[np.uint16]) -> tuple[Words, Counts]:
        borders = np.flatnonzero(np.diff(_IN_WORD[codes], prepend=False, append=False))
        starts, ends = borders[::2], borders[1::2]
        between = np.searchsorted(starts, np.flatnonzero(codes == ord(BETWEEN_TEXTS)))
        lengths = np.diff(between, prepend=0, append=len(starts))
        sums, firsts, which = np.unique(
            _sums(codes, starts, ends), return_index=True, return_inverse=True
        )
        places = np.searchsorted(self._sums, sums)
        known = places < len(self._sums)
        known[known] = self._sums[places[known]] == sums[known]
        numbers = np.empty(len(sums), np.int32)
        numbers[known] = self._numbers[places[known]]
        unknown = np.flatnonzero(~known)
        # In order of appearance, which gives frequent words low, adjacent numbers.
        in_order = unknown[np.argsort(firsts[unknown])]
        starts = starts[firsts[in_order]]
        ends = np.minimum(ends[firsts[in_order]], starts + LONGEST_WORD)
        spans = zip(starts.tolist(), ends.tolist(), strict=True)
        numbers[in_order] = self._numbers_of([folded[start:end] for start, end in spans])
        self._sums = np.insert(self._sums, places[unknown], sums[unknown])
        self._numbers = np.insert(self._numbers, places[unknown], numbers[unknown])
        return numbers[which], lengths


def _sums(codes: npt.NDArray[np.uint16], starts: Counts, ends: Counts) -> npt.NDArray[np.uint64]:
    """Returns a 64-bit hash of each word; collisions are practically impossible."""
    letters = codes[_IN_WORD[codes]]
    lengths = ends - starts
    firsts = np.cumsum(lengths) - lengths
    places = np.minimum(np.arange(len(letters)) - np.repeat(firsts, lengths), LONGEST_WORD)
    weighed = _LETTERS[letters] * _PLACES[places]
    return np.add.reduceat(weighed, firsts) if len(letters) else weighed


def _random(first: int, count: int) -> npt.NDArray[np.uint64]:
    """splitmix64 numbers; numpy.random would import further modules."""
    mixed = np.arange(first + 1, first + count + 1, dtype=np.uint64)
    mixed *= np.uint64(0x9E3779B97F4A7C15)
    for bits, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed ^= mixed >> np.uint64(bits)
        mixed *= np.uint64(factor)
    return mixed ^ (mixed >> np.uint64(31))


_IN_WORD = np.fromiter((chr(code).isalnum() for code in range(_CODES)), bool, _CODES)
_LETTERS = _random(0, _CODES)
# Letters after the maximum length are ignored.
_PLACES = np.append(_random(_CODES, LONGEST_WORD) | np.uint64(1), np.uint64(0))


NAME_BREAK = "|"  # separates headings; never part of a word
SMALL_WORD_LETTERS = 2  # words up to this length do not count for the length of a heading


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the ranking signals, measured on a set of labelled questions."""

    title: float = 2.3
    body: float = 0.57
    name: float = 0.98  # an alternative name, relative to the title
    spread: float = 0.25  # share of the title weight for a word in any heading
    untitled: float = 1.65  # relative to a title: body match of an entry without headings
    base: float = 0.35
    coverage: float = 0.43
    adjacent: float = 0.15
    whole: float = 0.03  # added if the query contains all words of a heading,
    whole_share: float = 0.48  # plus this multiplied by the heading's share of the query
    leading: float = 0.06  # added if the query contains the first word of a heading
    title_coverage: float = 0.2
    contact: float = 0.3  # added to entries with contacts, if the query asks for them
    picks: float = 0.06
    query_picks: float = 0.4  # selected for the same query
    bm25: float = 0.016
    meaning: float = 1.1  # added to entries with a similar meaning in other words
    kept: float = 0.46  # lowest accepted coverage, relative to the best hit
    shortlisted: int = 40

    def of_picks(self, of_entry: float, of_query: float) -> float:
        """Returns the score of selections: those of the entry for any query, and those for this
        query.
        """
        return self.picks * math.log1p(of_entry) + self.query_picks * math.log1p(of_query)


class Heading(NamedTuple):
    """Stems of a heading in order, the same stems joined with a space before each, and the
    heading's shortness.
    """

    stems: tuple[str, ...]
    spaced: str
    shortness: float


class Titled(NamedTuple):
    """Document with its headings: the first is the title, the others are alternative names.

    ``headings`` is empty if the document has neither title nor names.
    """

    id: int  # entry id
    document: int
    key: str
    kind: str
    headings: tuple[Heading, ...]


class Candidate(NamedTuple):
    """Document selected for ranking, with the match of each query term in its body text."""

    titled: Titled
    in_body: Sequence[float]
    bm25: float


class Ranked(NamedTuple):
    """Ranked document with its score, and the share of the query that it covers, 0 to 1."""

    id: int
    key: str
    score: float
    coverage: float


def headings_of(kept: str) -> tuple[Heading, ...]:
    """Parses headings in the form stored with the index: stems, separated by ``NAME_BREAK``."""
    return tuple(map(_heading_of, kept.split(NAME_BREAK))) if kept else ()


def _heading_of(written: str) -> Heading:
    stems = tuple(written.split())
    length = sum([len(stem) > SMALL_WORD_LETTERS for stem in stems])
    return Heading(stems, f" {written}", shortness(length))


def shortness(heading_length: int) -> float:
    """Returns the weight of a heading by its word count; 1 for up to three words."""
    return min(1.0, 3.5 / max(1, heading_length))


def shares_of(
    groups: Sequence[Group], frequency_of: Callable[[Group], int], entries: int
) -> Sequence[float]:
    """Returns the share of each term in the query, higher for rare terms; the shares add up to 1.

    A term without any entry has the share 0.
    """
    rarities = []
    for group in groups:
        frequency = frequency_of(group)
        rarity = math.log(1 + entries / (frequency + 0.5)) if frequency else 0.0
        rarities.append(group.worth * rarity)
    total = sum(rarities) or 1.0
    return [rarity / total for rarity in rarities]


def rank(
    candidates: Iterable[Candidate],
    groups: Sequence[Group],
    shares: Sequence[float],
    favoured: Container[str],
    added: Callable[[str], float],
    learned: Container[str],
    weights: Weights,
) -> list[Ranked]:
    """Returns the candidates sorted by score; omits those with far less coverage than the best.

    ``favoured`` are kinds of entries that the query asks for. ``added`` returns the score of
    operators' selections of an entry. The entries of ``learned`` were selected for this query
    before and are retained regardless of their words.
    """
    judge = _Judge(groups, shares, favoured, weights)
    ranked = []
    for candidate in candidates:
        score, coverage = judge.score(candidate)
        row_id, _document, key, _kind, _headings = candidate.titled
        if key in learned:
            coverage = 1.0
        if coverage > 0:
            ranked.append(Ranked(row_id, key, score + added(key), coverage))
    ranked.sort(key=lambda found: (-found.score, found.id))
    least = weights.kept * max((found.coverage for found in ranked), default=0.0)
    return [found for found in ranked if found.coverage >= least]


class _Matched(NamedTuple):
    """Heading with the best match of each term, and a bit mask of the term's positions in it."""

    heading: Heading
    matches: Sequence[float]
    places: Sequence[int]


class _Judge:
    """Scores documents by their headings for one query."""

    def __init__(
        self,
        groups: Sequence[Group],
        shares: Sequence[float],
        favoured: Container[str],
        weights: Weights,
    ) -> None:
        self._favoured = favoured
        self._shares = shares
        self._weights = weights
        self._nothing = [0.0] * len(groups)
        self._meant_by: dict[str, list[tuple[int, float]]] = {}
        for number, group in enumerate(groups):
            for stem, weight in group.stems.items():
                self._meant_by.setdefault(stem, []).append((number, weight))
        self._beginnings = [
            (number, group.beginning, group.beginning_weight)
            for number, group in enumerate(groups)
            if group.beginning is not None
        ]
        self._spaced = [f" {beginning}" for _number, beginning, _weight in self._beginnings]
        self._phrases = [
            (number, phrase, weight)
            for number, group in enumerate(groups)
            for phrase, weight in group.phrases.items()
        ]
        self._known = {*self._meant_by, *(phrase[0] for _number, phrase, _weight in self._phrases)}

    def score(self, candidate: Candidate) -> tuple[float, float]:
        """Returns the score of the document, and its coverage of the query."""
        weights, shares = self._weights, self._shares
        titled, in_body, bm25 = candidate
        added = weights.bm25 * bm25
        if titled.kind in self._favoured:
            added += weights.contact
        if not titled.headings:
            score, coverage = self._untitled(in_body)
            return score + added, coverage
        matched = self._matched(titled.headings)
        match matched:
            case []:
                anywhere: Sequence[float] = self._nothing
            case [(_factor, only)]:
                anywhere = only.matches
            case _:
                anywhere = list(map(max, *[one.matches for _factor, one in matched]))
        coverage = sum(map(mul, shares, map(max, anywhere, in_body)))
        of_any = weights.title * weights.spread * sum(map(mul, shares, anywhere))
        of_any += weights.body * sum(map(mul, shares, in_body))
        factor = weights.base + weights.coverage * coverage
        if not matched:
            return of_any * factor + added, coverage
        best = max([share * self._heading(one, of_any, factor) for share, one in matched])
        return best + added, coverage

    def _matched(self, headings: Sequence[Heading]) -> list[tuple[float, _Matched]]:
        """Returns the headings that match any term, each with its factor relative to the title."""
        matched = []
        share = 1.0
        for heading in headings:
            if not self._known.isdisjoint(heading.stems) or self._begins(heading.spaced):
                matched.append((share, self._matches(heading)))
            share = self._weights.name
        return matched

    def _begins(self, spaced: str) -> bool:
        return any([beginning in spaced for beginning in self._spaced])

    def _untitled(self, in_body: Sequence[float]) -> tuple[float, float]:
        weights = self._weights
        coverage: float = sum(map(mul, self._shares, in_body))
        weighted = coverage * (weights.title * weights.untitled + weights.body)
        return weighted * (weights.base + weights.coverage * coverage), coverage

    def _heading(self, one: _Matched, of_any: float, factor: float) -> float:
        """Returns the score of the document if only this heading is considered, before its factor
        is applied.
        """
        weights = self._weights
        heading, matches, places = one
        of_query: float = sum(map(mul, self._shares, matches))
        score: float = (weights.title * (1 - weights.spread) * of_query + of_any) * factor
        matched = sum(matches)
        if not matched:
            return score
        before = found = 0
        for own in places:
            # A gap of one small word is allowed, because small words of the query were dropped
            # before.
            if own & (before << 1 | before << 2):
                score += weights.adjacent
            before = own
            found |= own
        if found == (1 << len(heading.stems)) - 1:
            score += weights.whole + weights.whole_share * of_query
        if found & 1:
            score += weights.leading * of_query
        return score + weights.title_coverage * matched / len(matches) * heading.shortness

    def _matches(self, heading: Heading) -> _Matched:
        """Returns the best match of each term among the stems of a heading, and its positions."""
        stems = heading.stems
        matches = self._nothing.copy()
        places = [0] * len(matches)
        for place, stem in enumerate(stems):
            for number, weight in self._meant_by.get(stem, ()):
                places[number] |= 1 << place
                if weight > matches[number]:
                    matches[number] = weight
            for number, beginning, weight in self._beginnings:
                if stem.startswith(beginning):
                    places[number] |= 1 << place
                    if weight > matches[number]:
                        matches[number] = weight
        for number, phrase, weight in self._phrases:
            if weight > matches[number] and all(stem in stems for stem in phrase):
                matches[number] = weight
                places[number] |= 1 << stems.index(phrase[0])
        return _Matched(heading, matches, places)
