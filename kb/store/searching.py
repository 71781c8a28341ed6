"""Searches the directory's file by text, by sentence embeddings and with learned selections.

The file deletes an embedding when its entry changes. A missing embedding must be encoded; a stored
embedding is never stale.
"""

import heapq
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sqlalchemy import Connection, func, or_, select

from kb.entries.entries import Entry, EntryKind
from kb.search import index, lookup
from kb.search.meaning import NEAREST, Encoder, MeaningIndex, load_encoder, meaning_text
from kb.search.query import Query, Reader, of_no_dictionary
from kb.search.ranking import Candidate, Ranked, Weights, rank
from kb.search.rewording import Synonyms
from kb.search.search import Hit, Marker, SearchResult, StemmedWords, marks_of, stemmed_words
from kb.search.usage import Picks, load_picks
from kb.search.vocabulary import Group, IsRussian
from kb.store.connections import driver
from kb.store.reading import entry, entry_of, generation_of
from kb.text import STOP_WORDS, Stemmer

_MISSING = """
    SELECT entry.id, entry.payload FROM entry
    JOIN index_document AS document ON document.entry = entry.id
    LEFT JOIN meaning ON meaning.entry = entry.id
    WHERE meaning.entry IS NULL LIMIT ?
"""
_ALL = """
    SELECT meaning.entry, meaning.vector FROM meaning
    JOIN index_document AS document ON document.entry = meaning.entry
"""


class Meanings:
    """Encodes entries and queries. Thread-safe."""

    def __init__(self, load: Callable[[], Encoder]) -> None:
        self._load = load
        self._lock = threading.Lock()
        self._encoder: Encoder | None = None
        self._known: tuple[tuple[int, int], MeaningIndex] | None = None

    def load(self) -> None:
        """Loads the encoder if necessary; raises MeaningUnavailable if it is not installed."""
        with self._lock:
            self._loaded()

    def encode(self, texts: list[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        """Returns a vector of length 1 for each text; raises MeaningUnavailable without the
        encoder.
        """
        with self._lock:
            return np.asarray(self._loaded().encode(texts), np.float32).reshape(len(texts), -1)

    def _loaded(self) -> Encoder:
        if self._encoder is None:
            self._encoder = self._load()
        return self._encoder

    def missing(self, connection: Connection, limit: int) -> list[tuple[int, str, str]]:
        """Returns row id, payload and text to encode of up to ``limit`` entries without a
        vector.
        """
        rows = driver(connection).execute(_MISSING, (limit,)).fetchall()
        return [(row_id, payload, meaning_text(entry_of(payload))) for row_id, payload in rows]

    def keep(self, connection: Connection, row_id: int, payload: str, vector: bytes) -> None:
        """Stores the vector if the entry still has the payload from which it was encoded."""
        driver(connection).execute(
            "INSERT OR REPLACE INTO meaning (entry, vector)"
            " SELECT id, ? FROM entry WHERE id = ? AND payload = ?",
            (vector, row_id, payload),
        )

    def likeness(
        self, connection: Connection, generation: int, text: str
    ) -> tuple[dict[int, float], list[int]]:
        """Returns the similarity of each entry to the text by row id, and the nearest row ids."""
        (query,) = self.encode([text])
        near = dict(self._index(connection, generation).likeness(query))
        return near, heapq.nlargest(NEAREST, near, key=near.__getitem__)

    def _index(self, connection: Connection, generation: int) -> MeaningIndex:
        (count,) = driver(connection).execute("SELECT count(*) FROM meaning").fetchone()
        known = self._known
        if known is None or known[0] != (generation, count):
            rows = driver(connection).execute(_ALL).fetchall()
            known = self._known = ((generation, count), MeaningIndex.of(rows))
        return known[1]


_PAYLOADS = "SELECT id, payload FROM entry WHERE id IN ({})"
_REACHED = (EntryKind.UNIT.value, EntryKind.PERSON.value)  # kinds with an address and phone numbers
_TOPIC = entry.alias("topic")
_REMEMBERED_ENTRIES = 500
_MOST_LEARNED = 5  # entries selected for a query that are shown although their text does not match


class _Shown(NamedTuple):
    """Found entry and the stemmed words of its title."""

    entry: Entry
    words: StemmedWords


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Index held in memory for one state of the file."""

    generation: int
    state: index.IndexState
    memory: lookup.Memory = field(default_factory=lookup.Memory)
    shown: dict[int, _Shown] = field(default_factory=dict)  # recently shown entries by row id


@dataclass(frozen=True, slots=True)
class _OutOfForce:
    """Ids of the indexed entries that are not valid on a day, for one state of the file."""

    generation: int
    day: date
    ids: frozenset[int]


class Searching:
    """State shared by all searches. Thread-safe if each thread passes its own connection."""

    def __init__(
        self,
        clock: Callable[[], datetime],
        weights: Weights,
        stem: Stemmer,
        kept_encoder: Path,
    ) -> None:
        """Creates an empty state; ``kept_encoder`` is the cache file of the sentence encoder."""
        self._clock = clock
        self._weights = weights
        self._stem = stem
        self._snapshot = Snapshot(-1, index.EMPTY)
        self._out_of_force = _OutOfForce(-1, date.min, frozenset())
        self._synonyms = Synonyms((), stem)
        self._is_russian: IsRussian = of_no_dictionary
        self._reader = Reader(index.EMPTY.vocabulary, stem, self._synonyms)
        self.meanings = Meanings(partial(load_encoder, kept_encoder))
        self._picks: Picks | None = None

    def use(self, snapshot: Snapshot) -> None:
        """Sets the snapshot for searches after a commit."""
        self._snapshot = snapshot

    def use_synonyms(self, synonyms: Synonyms) -> None:
        """Replaces the synonyms."""
        self._synonyms = synonyms

    def use_dictionary(self, is_russian: IsRussian) -> None:
        """Sets the dictionary; its words are not corrected as typing errors."""
        self._is_russian = is_russian

    def learn(self, query: str, key: str) -> None:
        """Records that an entry was selected for a query, given in its learned form."""
        if self._picks is not None:
            self._picks = self._picks.with_pick(query, key)

    def forget_picks(self) -> None:
        """Drops the cached selections, because texts were deleted from the file."""
        self._picks = None

    def state(self, connection: Connection) -> index.IndexState:
        """Returns the index in the state that the transaction sees."""
        return self._seen(connection).state

    def _seen(self, connection: Connection) -> Snapshot:
        generation = generation_of(connection)
        snapshot = self._snapshot
        if snapshot.generation != generation:
            # Another process has written, or this one has committed but not yet set its snapshot.
            snapshot = Snapshot(generation, index.load_state(driver(connection)))
            if snapshot.generation > self._snapshot.generation:
                self._snapshot = snapshot
        return snapshot

    def _reading(self, state: index.IndexState) -> Reader:
        """Returns a query parser for the vocabulary of this state."""
        reader, synonyms = self._reader, self._synonyms
        is_russian = self._is_russian
        if (
            reader.vocabulary is not state.vocabulary
            or reader.synonyms is not synonyms
            or reader.is_russian is not is_russian
        ):
            reader = Reader(state.vocabulary, self._stem, synonyms, is_russian)
            self._reader = reader
        return reader

    def find(
        self,
        connection: Connection,
        text: str,
        limit: int,
        only: EntryKind | None,
        *,
        by_meaning: bool = False,
    ) -> SearchResult:
        """Returns the best valid entries for the text, with semantic search if ``by_meaning``.

        With ``only`` the hits are of that kind; the counts always cover all kinds.
        """
        seen = self._seen(connection)
        state, memory = seen.state, seen.memory
        query = self._reading(state).read(text)
        found = lookup.find(driver(connection), query.groups, state, memory, self._weights)
        picks = self._picks_now(connection)
        learned = picks.of_query(self._learned_as(query))
        candidates = self._with_learned(connection, found.candidates, learned, len(query.groups))
        if only is not None:
            candidates = self._with_more_of(connection, candidates, query.groups, seen, only)
        closed = self._closed(connection)
        ranked = rank(
            [candidate for candidate in candidates if candidate.titled.id not in closed],
            query.groups,
            found.shares,
            _REACHED if query.asks_for_contacts else (),
            self._worth_of_picks(picks, learned),
            learned,
            self._weights,
        )
        kind_of = {
            candidate.titled.id: EntryKind(candidate.titled.kind) for candidate in candidates
        }
        if by_meaning and query.groups:
            ranked = self._with_meaning(connection, text, query, ranked, closed)
            kind_of |= _kinds(connection, [row.id for row in ranked if row.id not in kind_of])
        listed = Counter(kind_of[row.id] for row in ranked)
        marker = Marker(query.groups, self._stem)
        shown = [row for row in ranked if only in (None, kind_of[row.id])][:limit]
        return SearchResult(
            text,
            query.reading,
            self._hits(connection, shown, query.groups, seen),
            {kind: max(listed[kind], found.holding_all.get(kind, 0)) for kind in index.KINDS},
            marker,
        )

    def _worth_of_picks(self, picks: Picks, learned: Mapping[str, float]) -> Callable[[str], float]:
        """Returns a function that maps an entry key to the score added by selections."""
        worth, of_picks = picks.worth, self._weights.of_picks

        def added(key: str) -> float:
            if key not in worth and key not in learned:
                return 0.0
            return of_picks(worth.get(key, 0.0), learned.get(key, 0.0))

        return added

    def _with_more_of(
        self,
        connection: Connection,
        candidates: Sequence[Candidate],
        groups: Sequence[Group],
        seen: Snapshot,
        only: EntryKind,
    ) -> Sequence[Candidate]:
        """Adds candidates of one kind that were left out because candidates of other kinds have
        higher scores.
        """
        known = {candidate.titled.id for candidate in candidates}
        found = lookup.find(
            driver(connection), groups, seen.state, seen.memory, self._weights, only
        )
        more = [candidate for candidate in found.candidates if candidate.titled.id not in known]
        return [*candidates, *more]

    def _with_meaning(
        self,
        connection: Connection,
        text: str,
        query: Query,
        ranked: Sequence[Ranked],
        closed: frozenset[int],
    ) -> list[Ranked]:
        """Merges the text ranking and the semantic ranking into one order."""
        corrected = query.reading.layout_corrected or query.reading.typos_corrected
        meant = " ".join(query.reading.words) if corrected else text
        likeness, nearest = self.meanings.likeness(connection, generation_of(connection), meant)
        weight = self._weights.meaning
        known = {found.id for found in ranked}
        fused = [
            found._replace(score=found.score + weight * likeness.get(found.id, 0.0))
            for found in ranked
        ]
        fused += [
            Ranked(row_id, "", weight * likeness[row_id], 0.0)
            for row_id in nearest
            if row_id not in known and row_id not in closed
        ]
        fused.sort(key=lambda found: (-found.score, found.id))
        return fused

    def knows_word(self, connection: Connection, word: str) -> bool:
        """Whether the index or a synonym contains the stem of the word."""
        stem = self._stem(word)
        vocabularies = (self.state(connection).vocabulary, self._synonyms.vocabulary)
        return any(each.frequency(stem) for each in vocabularies)

    def learned_as(self, connection: Connection, text: str) -> tuple[str, str]:
        """Returns the learned form of a query (stems of its words) and its display form.

        The display form is the entered text, in the intended keyboard layout.
        """
        query = self._reading(self.state(connection)).read(text)
        shown = query.reading.words if query.reading.layout_corrected else text.split()
        return self._learned_as(query), " ".join(shown)

    def _learned_as(self, query: Query) -> str:
        words = query.reading.words
        return " ".join(self._stem(word) for word in words if word not in STOP_WORDS)

    def _with_learned(
        self,
        connection: Connection,
        candidates: Sequence[Candidate],
        learned: Mapping[str, float],
        words: int,
    ) -> Sequence[Candidate]:
        """Adds the entries most selected for the query that are not yet candidates."""
        known = {candidate.titled.key for candidate in candidates}
        missing = [key for key in heapq.nlargest(_MOST_LEARNED, learned, key=learned.__getitem__)
                   if key not in known]  # fmt: skip
        if not missing:
            return candidates
        return [*candidates, *lookup.candidates_of(driver(connection), missing, words)]

    def frequent(self, connection: Connection, limit: int) -> tuple[Hit, ...]:
        """Returns the entries selected most in the last weeks, then the first question of each
        topic.
        """
        snapshot = self._seen(connection)
        closed = self._closed(connection)
        worth = self._picks_now(connection).worth
        best = heapq.nlargest(2 * limit, worth, key=lambda key: worth[key])
        picked = select(entry.c.id, entry.c.key).where(entry.c.key.in_(best))
        ranked = [
            Ranked(row.id, row.key, worth[row.key], 1.0)
            for row in connection.execute(picked)
            if row.id not in closed
        ]
        ranked.sort(key=lambda found: (-found.score, found.id))
        seen = {found.id for found in ranked}
        ranked.extend(
            Ranked(first, "", 0.0, 1.0)
            for first in self._first_of_topics(connection, limit)
            if first not in seen
        )
        return self._hits(connection, ranked[:limit], (), snapshot)

    def _first_of_topics(self, connection: Connection, limit: int) -> Sequence[int]:
        """Returns the row id of the first valid question of each topic, in order of the topics."""
        today = self._today().isoformat()
        query = (
            select(func.min(entry.c.id))
            .outerjoin(_TOPIC, (_TOPIC.c.key == entry.c.topic))
            .where(
                entry.c.kind == EntryKind.QUESTION.value,
                entry.c.topic != "",
                or_(entry.c.valid_from.is_(None), entry.c.valid_from <= today),
                or_(entry.c.valid_to.is_(None), entry.c.valid_to > today),
            )
            .group_by(entry.c.topic)
            .order_by(func.min(_TOPIC.c.id).nulls_last(), func.min(entry.c.id))
            .limit(limit)
        )
        return connection.scalars(query).all()

    def _hits(
        self,
        connection: Connection,
        ranked: Sequence[Ranked],
        groups: Sequence[Group],
        seen: Snapshot,
    ) -> tuple[Hit, ...]:
        shown = self._shown(connection, [found.id for found in ranked], seen)
        hits = []
        for ranking in ranked:
            found, words = shown[ranking.id]
            marks = marks_of(words, groups)
            hits.append(Hit(found.id, ranking.score, marks, found.kind, found.title, found))
        return tuple(hits)

    def _shown(
        self, connection: Connection, ids: Sequence[int], seen: Snapshot
    ) -> Mapping[int, _Shown]:
        """Returns these entries by row id.

        ``seen`` is the snapshot with which the search started. If another writer has committed
        since, a new snapshot would be read from the file, which takes ten times as long as the
        search.
        """
        remembered = seen.shown
        # The returned dict is a separate object because another thread may clear the cache.
        shown = {row_id: one for row_id in ids if (one := remembered.get(row_id)) is not None}
        missing = [row_id for row_id in ids if row_id not in shown]
        if missing:
            if len(remembered) + len(missing) > _REMEMBERED_ENTRIES:
                remembered.clear()
            query = _PAYLOADS.format(",".join("?" * len(missing)))
            for row_id, payload in driver(connection).execute(query, missing).fetchall():
                found = entry_of(payload)
                words = stemmed_words(found.title, self._stem)
                shown[row_id] = remembered[row_id] = _Shown(found, words)
        return shown

    def _closed(self, connection: Connection) -> frozenset[int]:
        """Returns indexed entries that are not valid today because the day has changed since
        indexing.
        """
        today = self._today()
        generation = generation_of(connection)
        known = self._out_of_force
        if (known.generation, known.day) != (generation, today):
            day = today.isoformat()
            ended = select(entry.c.id).where(entry.c.valid_to <= day)
            not_begun = select(entry.c.id).where(entry.c.valid_from > day)
            ids = connection.scalars(ended.union_all(not_begun)).all()
            known = self._out_of_force = _OutOfForce(generation, today, frozenset(ids))
        return known.ids

    def _picks_now(self, connection: Connection) -> Picks:
        today = self._clock().astimezone(UTC).date()
        known = self._picks
        if known is None or known.day != today:
            known = self._picks = load_picks(driver(connection), today)
        return known

    def _today(self) -> date:
        return self._clock().date()


def _kinds(connection: Connection, ids: Sequence[int]) -> dict[int, EntryKind]:
    rows = connection.execute(select(entry.c.id, entry.c.kind).where(entry.c.id.in_(ids)))
    return {row.id: EntryKind(row.kind) for row in rows}
