"""First ranking stage: weights of postings (BM25), and the shortlist of documents.

Every document with a word of the query receives a score. Only the documents of the shortlist go to
the second stage, ``ranking``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from kb.search.ranking import Weights, shortness

UNTITLED = 1  # stored instead of a shortness if the document has no heading
SHORTNESS_STEPS = 255
IMPACT_STEPS = 255
SATURATION = 1.2  # k1 of BM25
LENGTH_SHARE = 0.75  # b of BM25
USUAL_LENGTH = 80  # words; fixed, so scores do not depend on other entries

COMMON_SHARE = 0.04  # words in a larger share of the entries only rank, if a rarer word selects
COMMON_DOCUMENTS = 2000

Documents = npt.NDArray[np.uint32]
Bytes = npt.NDArray[np.uint8]
Values = npt.NDArray[np.float32]
Number = TypeVar("Number", float, npt.NDArray[Any])


@dataclass(frozen=True, slots=True)
class Postings:
    """Postings of a query term, merged over all its meanings: arrays of equal length, one item per
    document.

    ``in_body`` is the weight of the best meaning in the body text, ``matched`` the weight of the
    best meaning in the whole document, ``score`` the resulting score; ``short`` and ``impact`` are
    weights multiplied by the heading's shortness and by the impact on the text.
    """

    documents: Documents
    in_body: Values
    matched: Values
    score: Values
    short: Values
    impact: Values


@dataclass(frozen=True, slots=True)
class Shortlist:
    """Documents for the second ranking stage, best first.

    ``in_body`` has a row for each query term. ``holding_all`` is the number of documents of each
    kind that contain every term, including documents that are not in the shortlist.
    """

    documents: npt.NDArray[np.int64]
    in_body: Values
    bm25: Values
    holding_all: Sequence[int]


def shortness_steps(heading_length: int) -> int:
    """Returns the shortness of a heading with this number of words, as an integer for postings."""
    return max(UNTITLED + 1, int(shortness(heading_length) * SHORTNESS_STEPS))


def impact(counts: Number, lengths: Number) -> Number:
    """Returns the impact of a term on a text, 0 to 1, from its count and the length of the text."""
    length_share = 1 - LENGTH_SHARE + LENGTH_SHARE * lengths / USUAL_LENGTH
    return counts / (counts + SATURATION * length_share)


def weighed(
    documents: Documents,
    headings: Bytes,
    bodies: Bytes,
    answers: Values,
    weights: Weights,
    end: int,
) -> Postings:
    """Merges the postings of a term's meanings, which are passed in ascending order of weight.

    ``headings`` are 0, ``UNTITLED`` or the shortness of the heading; ``bodies`` are 0 or the impact
    on the text; ``answers`` are the weights of the meanings. ``end`` exceeds every document number.
    """
    numbers = np.arange(len(documents), dtype=np.int32)
    place_of = np.empty(end, np.int32)
    # The last assignment wins, so the heaviest meaning of a document is retained.
    place_of[documents] = numbers
    single = documents[place_of[documents] == numbers]
    size = len(single)
    place_of[single] = numbers[:size]
    places = place_of[documents]
    in_body, impact, in_heading, short = np.zeros((4, size), np.float32)
    of_body = np.flatnonzero(bodies)
    own_places, own_answers = places[of_body], answers[of_body]
    in_body[own_places] = own_answers
    impact[own_places] = own_answers * bodies[of_body]
    of_heading = np.flatnonzero(headings)
    own_places, own_answers = places[of_heading], answers[of_heading]
    headings = headings[of_heading]
    untitled = headings == UNTITLED
    in_heading[own_places] = np.where(untitled, own_answers * weights.untitled, own_answers)
    short[own_places] = np.where(untitled, 0, own_answers * headings)
    return Postings(
        documents=single,
        in_body=in_body,
        matched=np.maximum(in_heading, in_body),
        score=weights.title * in_heading + weights.body * in_body,
        short=(weights.title_coverage / SHORTNESS_STEPS) * short,
        impact=((SATURATION + 1) / IMPACT_STEPS) * impact,
    )


def shortlist(
    postings: Sequence[Postings],
    shares: Sequence[float],
    drives: Sequence[bool],
    kinds: Bytes,
    dead: Documents,
    weights: Weights,
    only: int | None = None,
) -> Shortlist:
    """Returns the documents with the highest scores, calculated from the postings only.

    ``kinds`` is the kind of every document by number, ``only`` an optional filter; ``dead`` are the
    numbers of deleted documents. Common terms, and terms with False in ``drives``, do not select
    documents; they only rank those that the other terms selected.
    """
    end = len(kinds)
    fetching = _fetching(postings, drives, end)
    # Not a numpy allocation: numpy caches freed arrays below a kilobyte by size.
    found = np.frombuffer(bytearray(end), bool)
    for number in fetching:
        found[postings[number].documents] = True
    found[dead] = False
    if only is not None:
        found &= kinds == only
    documents = np.flatnonzero(found)
    count = len(postings)
    size = len(documents)
    # Index 0 is used for all documents that are not selected.
    place_of = np.zeros(end, np.int32)
    place_of[documents] = np.arange(1, size + 1, dtype=np.int32)
    in_body = np.zeros((count, size + 1), np.float32)
    score, coverage, bm25 = np.zeros((3, size + 1), np.float32)
    holding = np.zeros(size + 1, np.uint8)
    for number, (posting, share) in enumerate(zip(postings, shares, strict=True)):
        places = place_of[posting.documents]
        mine: npt.NDArray[np.int64] | slice = slice(None)
        if number not in fetching:
            mine = np.flatnonzero(places)
            places = places[mine]
        matched = posting.matched[mine]
        in_body[number, places] = posting.in_body[mine]
        score[places] += share * posting.score[mine] + posting.short[mine] / count
        coverage[places] += share * matched
        bm25[places] += (share * count) * posting.impact[mine]
        holding[places] += matched > 0
    score, coverage, bm25, holding = score[1:], coverage[1:], bm25[1:], holding[1:]
    total = score * (weights.base + weights.coverage * coverage) + weights.bm25 * bm25
    best = np.arange(size)
    if size > weights.shortlisted:
        best = np.argpartition(total, -weights.shortlisted)[-weights.shortlisted :]
    best = best[np.argsort(-total[best], kind="stable")]
    return Shortlist(
        documents=documents[best],
        in_body=in_body[:, best + 1],
        bm25=bm25[best],
        holding_all=np.bincount(kinds[documents[holding == count]]).tolist(),
    )


def _fetching(postings: Sequence[Postings], drives: Sequence[bool], end: int) -> Sequence[int]:
    """Returns the indices of the terms that select documents: the rarest one, and all others that
    are rare and driving.
    """
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
