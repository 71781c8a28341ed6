"""Looking a query up: where its words stand in the index, and which documents are worth ranking."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kb.blocks import POSTING
from kb.entries import EntryKind
from kb.index import CODES, KINDS, IndexState
from kb.postings import of_stem
from kb.query import Group
from kb.ranking import (
    Bytes,
    Candidate,
    Documents,
    Postings,
    Shortlist,
    Weights,
    shares_of,
    shortlist,
)
from kb.vocabulary import BEGINNING, Vocabulary

_NO_DOCUMENTS = np.zeros(0, np.uint32)
_NO_BYTES = np.zeros(0, np.uint8)
_CANDIDATES = """
    SELECT document.id, entry.id, entry.key, entry.kind, document.headings
    FROM index_document AS document JOIN entry ON entry.id = document.entry
    WHERE document.id IN ({})
"""
_OF_ENTRIES = """
    SELECT document.id, entry.id, entry.key, entry.kind, document.headings
    FROM entry JOIN index_document AS document ON entry.id = document.entry WHERE entry.key IN ({})
"""


@dataclass(frozen=True, slots=True)
class Found:
    """Documents worth ranking, each word's share of the query, and how many hold every word."""

    candidates: Sequence[Candidate]
    shares: Sequence[float]
    holding_all: Mapping[EntryKind, int]


def find(
    connection: sqlite3.Connection,
    groups: Sequence[Group],
    state: IndexState,
    weights: Weights,
    only: EntryKind | None = None,
) -> Found:
    """The documents, of one kind or of any, that answer the words best at a first look."""
    vocabulary = state.vocabulary
    shares = shares_of(groups, lambda group: _frequency(group, vocabulary), vocabulary.entries)
    listed = shortlist(
        [_postings(connection, group, state) for group in groups],
        shares,
        [group.drives for group in groups],
        state.kinds,
        state.dead,
        weights,
        None if only is None else CODES[only],
    )
    holding_all = dict(zip(KINDS, listed.holding_all, strict=False))
    return Found(_candidates(connection, listed), shares, holding_all)


def candidates_of(
    connection: sqlite3.Connection, keys: Sequence[str], words: int
) -> Sequence[Candidate]:
    """The documents of these entries, as if no word stood in their texts."""
    query = _OF_ENTRIES.format(",".join("?" * len(keys)))
    return [
        Candidate(entry, document, key, kind, headings, [0.0] * words, 0.0)
        for document, entry, key, kind, headings in connection.execute(query, tuple(keys))
    ]


def _postings(connection: sqlite3.Connection, group: Group, state: IndexState) -> Postings:
    """Where a typed word stands, by all that it may mean."""
    meanings: list[tuple[float, Sequence[str]]] = [
        (weight, (stem,)) for stem, weight in group.stems.items()
    ]
    meanings += [(weight, phrase) for phrase, weight in group.phrases.items()]
    if group.beginning is not None:
        meanings.append((group.beginning_weight, (BEGINNING + group.beginning,)))
    meanings.sort(key=lambda meaning: meaning[0])
    found = [_of_phrase(connection, phrase, state) for _weight, phrase in meanings]
    return Postings(
        np.concatenate([part.documents for part in found] or [_NO_DOCUMENTS]),
        np.concatenate([part.headings for part in found] or [_NO_BYTES]),
        np.concatenate([part.bodies for part in found] or [_NO_BYTES]),
        np.repeat(
            np.array([weight for weight, _phrase in meanings], np.float32),
            [len(part.documents) for part in found],
        ),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    documents: Documents
    headings: Bytes
    bodies: Bytes


_NOWHERE = _Part(_NO_DOCUMENTS, _NO_BYTES, _NO_BYTES)


def _of_phrase(connection: sqlite3.Connection, phrase: Sequence[str], state: IndexState) -> _Part:
    """Where all the stems of a phrase stand, each document once."""
    if len(phrase) > 1 and not all(map(state.vocabulary.frequency, phrase)):
        return _NOWHERE
    first, *others = (_of_stem(connection, stem, state) for stem in phrase)
    for other in others:
        first = _common(first, other, len(state.kinds))
        if not len(first.documents):
            break
    return first


def _common(one: _Part, other: _Part, end: int) -> _Part:
    """The documents of both; ``end`` is above every number, so none has to be sorted."""
    if len(other.documents) < len(one.documents):
        one, other = other, one
    place_in_one = np.zeros(end, np.int32)
    place_in_one[one.documents] = np.arange(1, len(one.documents) + 1, dtype=np.int32)
    places = place_in_one[other.documents]
    theirs = np.flatnonzero(places)
    ours = places[theirs] - 1
    return _Part(
        one.documents[ours],
        np.minimum(one.headings[ours], other.headings[theirs]),
        np.minimum(one.bodies[ours], other.bodies[theirs]),
    )


def _of_stem(connection: sqlite3.Connection, stem: str, state: IndexState) -> _Part:
    number = state.vocabulary.stem_number(stem)
    if number is None:
        return _NOWHERE
    parts = of_stem(connection, number)
    parts.append(state.recent.postings.get(number, b""))
    found = np.frombuffer(b"".join(parts), POSTING)
    return _Part(found["document"], found["heading"], found["body"])


def _frequency(group: Group, vocabulary: Vocabulary) -> int:
    """In how many entries the word stands, at most: all that it may stand for together."""
    own = max((vocabulary.frequency(stem) for stem, weight in group.stems.items() if weight == 1.0),
              default=0)  # fmt: skip
    if own and group.drives:
        return own
    total = sum(vocabulary.frequency(stem) for stem in group.stems)
    total += sum(min(map(vocabulary.frequency, phrase)) for phrase in group.phrases)
    if group.beginning is not None:
        total += vocabulary.frequency(BEGINNING + group.beginning)
    return min(vocabulary.entries, total)


def _candidates(connection: sqlite3.Connection, listed: Shortlist) -> Sequence[Candidate]:
    documents = listed.documents.tolist()
    if not documents:
        return ()
    query = _CANDIDATES.format(",".join("?" * len(documents)))
    rows = {row[0]: row[1:] for row in connection.execute(query, documents)}
    in_body = listed.in_body.T.tolist()
    bm25 = listed.bm25.tolist()
    return [
        Candidate(entry, document, key, kind, headings, in_body[place], bm25[place])
        for place, document in enumerate(documents)
        if document in rows
        for entry, key, kind, headings in (rows[document],)
    ]
