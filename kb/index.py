"""The search index in SQLite's FTS5: rows in and out, and the candidates for a query.

Works on a plain connection inside the caller's transaction; the text it is given is stems.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from kb.documents import Document
from kb.query import Group
from kb.ranking import Candidate, group_frequency
from kb.vocabulary import Vocabulary

ALL_WORDS_LIMIT = 80  # candidates that hold all the words
RARE_WORDS_LIMIT = 200  # candidates that hold one of the rare words
MOST_RARE_GROUPS = 6
COUNTED = 1000  # matches; nobody needs to know of how many more
RARE_SHARE = 0.04  # of the entries; commoner words cost much and tell little (trap 5)
RARE_ENTRIES = 40  # in a small directory every word is rare enough

_ALL_WORDS_WEIGHTS = (3.0, 3.0, 0.6)  # title, names, body
_RARE_WORDS_WEIGHTS = (3.0, 3.0, 1.0)

_INSERT_STEMS = "INSERT INTO entry_stems (id, title, names, body) VALUES (?, ?, ?, ?)"
_BEST = """
    SELECT found.id, entry.key, stems.title, stems.names, stems.body, -found.score
    FROM (
        SELECT rowid AS id, bm25(entry_index, ?, ?, ?) AS score
        FROM entry_index WHERE entry_index MATCH ? ORDER BY score LIMIT ?
    ) AS found
    JOIN entry_stems AS stems ON stems.id = found.id
    JOIN entry ON entry.id = found.id
"""
_ANY = """
    SELECT found.id, entry.key, stems.title, stems.names, stems.body, 0.0
    FROM (SELECT rowid AS id FROM entry_index WHERE entry_index MATCH ? LIMIT ?) AS found
    JOIN entry_stems AS stems ON stems.id = found.id
    JOIN entry ON entry.id = found.id
"""


class IndexChange:
    """Documents put in and taken out within one transaction, and what that does to the words."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._touched: dict[str, str] = {}
        self._frequency: Counter[str] = Counter()
        self._entries = 0

    def add(self, entry_id: int, document: Document) -> None:
        row = (entry_id, document.title, document.names, document.body)
        self._connection.execute(_INSERT_STEMS, row)
        self._connection.execute(
            "INSERT INTO entry_index (rowid, title, names, body) VALUES (?, ?, ?, ?)", row
        )
        _add_words(self._connection, document.stem_of, Counter(document.stem_of.keys()))
        self._note(document, 1)

    def remove(self, entry_id: int, document: Document) -> None:
        """Take out what was added for the entry; FTS5 needs the very text for that."""
        self._connection.execute(
            "INSERT INTO entry_index (entry_index, rowid, title, names, body)"
            " SELECT 'delete', id, title, names, body FROM entry_stems WHERE id = ?",
            (entry_id,),
        )
        self._connection.execute("DELETE FROM entry_stems WHERE id = ?", (entry_id,))
        words = [(surface,) for surface in document.stem_of]
        self._connection.executemany(
            "UPDATE word SET entries = entries - 1 WHERE surface = ?", words
        )
        self._connection.executemany("DELETE FROM word WHERE surface = ? AND entries < 1", words)
        self._note(document, -1)

    def _note(self, document: Document, change: int) -> None:
        self._touched.update(document.stem_of)
        for stem in document.stems():
            self._frequency[stem] += change
        self._entries += change

    def vocabulary_after(self, before: Vocabulary) -> Vocabulary:
        if not self._touched:
            return before
        query = "SELECT 1 FROM word WHERE surface = ?"
        gone = {
            surface
            for surface in self._touched
            if self._connection.execute(query, (surface,)).fetchone() is None
        }
        return before.changed(
            added={word: stem for word, stem in self._touched.items() if word not in gone},
            removed=gone,
            frequency_changes=self._frequency,
            entries=before.entries + self._entries,
        )


def holds(connection: sqlite3.Connection, entry_id: int) -> bool:
    """Whether the index knows the entry."""
    query = "SELECT 1 FROM entry_stems WHERE id = ?"
    return connection.execute(query, (entry_id,)).fetchone() is not None


def rebuild(connection: sqlite3.Connection, documents: Iterable[tuple[int, Document]]) -> None:
    """Make the whole index anew of these documents by entry id."""
    connection.execute("INSERT INTO entry_index (entry_index) VALUES ('delete-all')")
    connection.execute("DELETE FROM entry_stems")
    connection.execute("DELETE FROM word")
    stem_of: dict[str, str] = {}
    entries: Counter[str] = Counter()
    for entry_id, document in documents:
        row = (entry_id, document.title, document.names, document.body)
        connection.execute(_INSERT_STEMS, row)
        stem_of.update(document.stem_of)
        entries.update(document.stem_of.keys())
    connection.execute("INSERT INTO entry_index (entry_index) VALUES ('rebuild')")
    _add_words(connection, stem_of, entries)


def _add_words(
    connection: sqlite3.Connection, stem_of: Mapping[str, str], entries: Mapping[str, int]
) -> None:
    connection.executemany(
        "INSERT INTO word (surface, stem, entries) VALUES (?, ?, ?)"
        " ON CONFLICT (surface) DO UPDATE SET entries = entries + excluded.entries",
        [(surface, stem, entries[surface]) for surface, stem in stem_of.items()],
    )


def load_vocabulary(connection: sqlite3.Connection) -> Vocabulary:
    """The vocabulary as the transaction sees it."""
    stem_of = dict(connection.execute("SELECT surface, stem FROM word").fetchall())
    frequency = dict(connection.execute("SELECT term, doc FROM entry_terms").fetchall())
    (entries,) = connection.execute("SELECT count(*) FROM entry_stems").fetchone()
    return Vocabulary(stem_of, frequency, int(entries))


def find_candidates(
    connection: sqlite3.Connection, groups: Sequence[Group], vocabulary: Vocabulary
) -> tuple[list[Candidate], int]:
    """The documents worth ranking, and how many hold all the words understood (to 1000)."""
    known = [group for group in groups if group.stems]
    driving = [group for group in known if group.drives]
    if not driving:
        # Only short beginnings: any title that has such a word will do, in no order yet.
        return _any_title(connection, known)
    found: dict[int, Candidate] = {}
    narrowed = [group for group in known if group.drives or len(group.typed) > 1]
    holding_all = 0
    for wanted in [narrowed, driving] if len(narrowed) > len(driving) else [driving]:
        match = " AND ".join(_any_of(group) for group in wanted)
        best = _best(connection, match, _ALL_WORDS_WEIGHTS, ALL_WORDS_LIMIT)
        found.update((candidate.id, candidate) for candidate in best if candidate.id not in found)
        if not holding_all:
            full = len(best) == ALL_WORDS_LIMIT
            holding_all = _count(connection, match) if full else len(best)
        if len(found) >= ALL_WORDS_LIMIT:
            return list(found.values()), holding_all
    if len(driving) > 1:
        match = " OR ".join(_any_of(group) for group in _rarest(driving, vocabulary))
        for candidate in _best(connection, match, _RARE_WORDS_WEIGHTS, RARE_WORDS_LIMIT):
            found.setdefault(candidate.id, candidate)
    return list(found.values()), holding_all


def _rarest(groups: Sequence[Group], vocabulary: Vocabulary) -> Sequence[Group]:
    """Up to six rare words, or the rarest where all are common."""
    counted = sorted(
        ((group_frequency(group, vocabulary.frequency, vocabulary.entries), number)
         for number, group in enumerate(groups))
    )  # fmt: skip
    most = max(RARE_ENTRIES, RARE_SHARE * vocabulary.entries)
    rare = [number for count, number in counted if count <= most][:MOST_RARE_GROUPS]
    return [groups[number] for number in rare or [counted[0][1]]]


def _any_of(group: Group) -> str:
    quoted = (f'"{found.replace(chr(34), chr(34) * 2)}"' for found in group.stems)
    return f"({' OR '.join(quoted)})"


def _best(
    connection: sqlite3.Connection, match: str, weights: tuple[float, float, float], limit: int
) -> list[Candidate]:
    rows = connection.execute(_BEST, (*weights, match, limit))
    return [Candidate(*row) for row in rows]


def _any_title(
    connection: sqlite3.Connection, groups: Sequence[Group]
) -> tuple[list[Candidate], int]:
    if not groups:
        return [], 0
    match = "{title names} : (" + " AND ".join(_any_of(group) for group in groups) + ")"
    found = [Candidate(*row) for row in connection.execute(_ANY, (match, RARE_WORDS_LIMIT))]
    full = len(found) == RARE_WORDS_LIMIT
    return found, _count(connection, match) if full else len(found)


def _count(connection: sqlite3.Connection, match: str) -> int:
    query = "SELECT count(*) FROM (SELECT 1 FROM entry_index WHERE entry_index MATCH ? LIMIT ?)"
    (count,) = connection.execute(query, (match, COUNTED)).fetchone()
    return int(count)
