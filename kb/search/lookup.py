"""Finds candidate documents of a query in the index, and caches postings between queries."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kb.entries.entries import EntryKind
from kb.search.blocks import POSTING
from kb.search.first_look import Postings, Shortlist, shortlist, weighed
from kb.search.index import CODES, KINDS, IndexState, of_stem
from kb.search.ranking import Candidate, Titled, Weights, headings_of, shares_of
from kb.search.vocabulary import BEGINNING, Group, Vocabulary

_REMEMBERED_POSTINGS = 250_000  # maximum number of cached postings, 24 bytes each
_REMEMBERED_SHARE = 4  # or this multiple of the number of documents, if larger
_REMEMBERED_TITLED = 4000

_Asked = tuple[tuple[tuple[str, float], ...], tuple[tuple[tuple[str, ...], float], ...], str | None]
_Postings = npt.NDArray[np.void]  # of dtype ``POSTING``
_CANDIDATES = """
    SELECT document.id, entry.id, entry.key, entry.kind, document.headings
    FROM index_document AS document JOIN entry ON entry.id = document.entry
    WHERE document.id IN ({})
"""
_OF_ENTRIES = """
    SELECT document.id, entry.id, entry.key, entry.kind, document.headings
    FROM entry JOIN index_document AS document ON entry.id = document.entry WHERE entry.key IN ({})
"""


class Memory:
    """Cache of postings and headings for one state of the index. Thread-safe.

    A query is searched after each keystroke, so most terms and their postings repeat.
    """

    def __init__(self) -> None:
        self._postings: dict[_Asked, Postings] = {}
        self._documents = 0  # in all cached postings
        self._titled: dict[int, Titled] = {}

    def postings(
        self, connection: sqlite3.Connection, group: Group, state: IndexState, weights: Weights
    ) -> Postings:
        """Returns the postings of a query term, merged over all its meanings."""
        asked = (tuple(group.stems.items()), tuple(group.phrases.items()), group.beginning)
        found = self._postings.get(asked)
        if found is None:
            found = _postings(connection, group, state, weights)
            self._documents += len(found.documents)
            if self._documents > max(_REMEMBERED_POSTINGS, _REMEMBERED_SHARE * len(state.kinds)):
                self._postings = {}
                self._documents = len(found.documents)
            self._postings[asked] = found
        return found

    def titled(
        self, connection: sqlite3.Connection, documents: Sequence[int]
    ) -> Mapping[int, Titled]:
        """Returns the headings of these documents by document number; deleted documents are
        omitted.
        """
        known = self._titled
        missing = [document for document in documents if document not in known]
        if missing:
            if len(known) + len(missing) > _REMEMBERED_TITLED:
                known = {document: known[document] for document in documents if document in known}
            query = _CANDIDATES.format(",".join("?" * len(missing)))
            for row in connection.execute(query, missing):
                found = _titled(*row)
                known[found.document] = found
            self._titled = known
        return known


@dataclass(frozen=True, slots=True)
class Found:
    """Candidate documents for ranking, the share of each term in the query, and the number of
    documents with all terms.
    """

    candidates: Sequence[Candidate]
    shares: Sequence[float]
    holding_all: Mapping[EntryKind, int]


def find(
    connection: sqlite3.Connection,
    groups: Sequence[Group],
    state: IndexState,
    memory: Memory,
    weights: Weights,
    only: EntryKind | None = None,
) -> Found:
    """Selects candidate documents, optionally of one kind."""
    vocabulary = state.vocabulary
    shares = shares_of(groups, lambda group: _frequency(group, vocabulary), vocabulary.entries)
    listed = shortlist(
        [memory.postings(connection, group, state, weights) for group in groups],
        shares,
        [group.drives for group in groups],
        state.kinds,
        state.dead,
        weights,
        None if only is None else CODES[only],
    )
    holding_all = dict(zip(KINDS, listed.holding_all, strict=False))
    return Found(_candidates(connection, listed, memory), shares, holding_all)


def candidates_of(
    connection: sqlite3.Connection, keys: Sequence[str], words: int
) -> Sequence[Candidate]:
    """Returns candidates for the entries with these keys, without matches in their body text."""
    query = _OF_ENTRIES.format(",".join("?" * len(keys)))
    return [
        Candidate(_titled(*row), [0.0] * words, 0.0)
        for row in connection.execute(query, tuple(keys))
    ]


def _titled(document: int, entry: int, key: str, kind: str, headings: str) -> Titled:
    return Titled(entry, document, key, kind, headings_of(headings))


def _postings(
    connection: sqlite3.Connection, group: Group, state: IndexState, weights: Weights
) -> Postings:
    meanings: list[tuple[float, Sequence[str]]] = [
        (weight, (stem,)) for stem, weight in group.stems.items()
    ]
    meanings += [(weight, phrase) for phrase, weight in group.phrases.items()]
    if group.beginning is not None:
        meanings.append((group.beginning_weight, (BEGINNING + group.beginning,)))
    meanings.sort(key=lambda meaning: meaning[0])
    parts = [_of_phrase(connection, phrase, state) for _weight, phrase in meanings]
    found = np.frombuffer(b"".join(parts), POSTING)
    return weighed(
        found["document"].astype(np.uint32),
        np.ascontiguousarray(found["heading"]),
        np.ascontiguousarray(found["body"]),
        np.repeat(
            np.array([weight for weight, _phrase in meanings], np.float32),
            [len(part) // POSTING.itemsize for part in parts],
        ),
        weights,
        len(state.kinds),
    )


def _of_phrase(connection: sqlite3.Connection, phrase: Sequence[str], state: IndexState) -> bytes:
    """Returns the documents that contain all stems of a phrase, as ``POSTING`` records."""
    if len(phrase) > 1 and not all(map(state.vocabulary.frequency, phrase)):
        return b""
    first, *others = (_of_stem(connection, stem, state) for stem in phrase)
    if not others:
        return first
    found = np.frombuffer(first, POSTING)
    for other in others:
        found = _common(found, np.frombuffer(other, POSTING), len(state.kinds))
        if not len(found):
            break
    return found.tobytes()


def _common(one: _Postings, other: _Postings, end: int) -> _Postings:
    """Intersection of two posting lists; ``end`` exceeds every document number, so no sort is
    needed.
    """
    if len(other) < len(one):
        one, other = other, one
    place_in_one = np.zeros(end, np.int32)
    place_in_one[one["document"]] = np.arange(1, len(one) + 1, dtype=np.int32)
    places = place_in_one[other["document"]]
    theirs = np.flatnonzero(places)
    common: _Postings = one[places[theirs] - 1]
    for field in ("heading", "body"):
        common[field] = np.minimum(common[field], other[field][theirs])
    return common


def _of_stem(connection: sqlite3.Connection, stem: str, state: IndexState) -> bytes:
    number = state.vocabulary.stem_number(stem)
    if number is None:
        return b""
    parts = of_stem(connection, number)
    recent = state.recent.postings.get(number)
    if recent is not None:
        parts.append(recent)
    return b"".join(parts)


def _frequency(group: Group, vocabulary: Vocabulary) -> int:
    """Returns an upper bound of the number of entries that match any meaning of the term."""
    own = max((vocabulary.frequency(stem) for stem, weight in group.stems.items() if weight == 1.0),
              default=0)  # fmt: skip
    if own and group.drives:
        return own
    total = sum(vocabulary.frequency(stem) for stem in group.stems)
    total += sum(min(map(vocabulary.frequency, phrase)) for phrase in group.phrases)
    if group.beginning is not None:
        total += vocabulary.frequency(BEGINNING + group.beginning)
    return min(vocabulary.entries, total)


def _candidates(
    connection: sqlite3.Connection, listed: Shortlist, memory: Memory
) -> Sequence[Candidate]:
    documents = listed.documents.tolist()
    titled = memory.titled(connection, documents)
    in_body = listed.in_body.T.tolist()
    return [
        Candidate(titled[document], own_in_body, bm25)
        for document, own_in_body, bm25 in zip(
            documents, in_body, listed.bm25.tolist(), strict=True
        )
        if document in titled
    ]
