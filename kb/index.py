"""The search index in the directory's file: rows in and out, and where a query's words stand.

Works on a plain connection inside the caller's transaction. Documents are only added, in blocks:
an entry that changes gets a new document and its old one is dead. So a change writes one small
row for each of its words; small blocks are joined in their time, and a rebuild clears the dead.
"""

import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kb.blocks import Block, Numbering, Stem
from kb.documents import Document
from kb.entries import EntryKind
from kb.ranking import Bytes, Documents
from kb.vocabulary import Vocabulary, Words

_BLOCK_BITS = 24  # of a posting's number: above them stands its stem's
_SIZE_BITS = 6  # 64 blocks of about one size are joined into one
_WRITTEN_AT_ONCE = 1000  # documents
_FEW_DEAD = 1000
_INSERT_POSTING = "INSERT INTO index_posting (id, documents, headings, bodies) VALUES (?, ?, ?, ?)"
_SOME_POSTINGS = """
    SELECT id, documents, headings, bodies FROM index_posting WHERE id IN ({}) ORDER BY id
"""
_KINDS = """
    SELECT document.id, entry.kind FROM index_document AS document
    JOIN entry ON entry.id = document.entry
"""
_IDS_AT_ONCE = 500
_INSERT_BLOCK = "INSERT INTO index_block (number, documents, stems) VALUES (?, ?, ?)"
_TABLES = (
    "index_document",
    "index_dead",
    "index_stem",
    "index_word",
    "index_block",
    "index_posting",
)


KINDS = tuple(EntryKind)
CODES: Mapping[str, int] = {kind: code for code, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class IndexState:
    """What is kept in memory of an index: its words, its dead, and the kind of each document.

    ``kinds`` holds a place in ``KINDS`` at the number of every document that there is or was.
    """

    vocabulary: Vocabulary
    dead: Documents
    kinds: Bytes


EMPTY = IndexState(
    Vocabulary(Words((), (), ()), np.zeros(0, np.int32), 0),
    np.zeros(0, np.uint32),
    np.zeros(0, np.uint8),
)


class IndexChange:
    """Documents put in and taken out within one transaction, and what that does to the words."""

    def __init__(self, connection: sqlite3.Connection, state: IndexState, stem: Stem) -> None:
        self._connection = connection
        self._state = state
        query = "SELECT coalesce(max(number), -1) + 1 FROM index_stem"
        (next_number,) = connection.execute(query).fetchone()
        self._numbering = Numbering(stem, state.vocabulary, next_number)
        self._block = Block(self._numbering)
        self._next_document = len(state.kinds)
        self._kinds = bytearray()
        self._unwritten: list[tuple[int, int, str]] = []
        self._dead: list[int] = []
        self._removed: Counter[int] = Counter()

    def put(self, entry: int, document: Document) -> None:
        """Index an entry that has no document, or no more."""
        number = self._next_document
        self._next_document += 1
        self._kinds.append(CODES[document.kind])
        self._unwritten.append((number, entry, self._block.add(number, document)))
        if len(self._unwritten) >= _WRITTEN_AT_ONCE:
            self._write_documents()

    def remove(self, entry: int, document: Document) -> None:
        """Take out the entry's document, the one it was indexed with, if it has one."""
        self._write_documents()
        query = "DELETE FROM index_document WHERE entry = ? RETURNING id"
        row = self._connection.execute(query, (entry,)).fetchone()
        if row is None:
            return
        self._dead.append(row[0])
        found = set(self._numbering.of_words(document.body))
        for heading in document.headings:
            found.update(self._numbering.of_words(heading))
            found.update(self._numbering.of_beginnings(heading))
        self._removed.update(found)

    def _write_documents(self) -> None:
        self._connection.executemany(
            "INSERT INTO index_document (id, entry, headings) VALUES (?, ?, ?)", self._unwritten
        )
        self._unwritten.clear()

    def finish(self) -> IndexState:
        """Write what is left; the state of the index after the change."""
        self._write_documents()
        changes = self._write_postings()
        for number, count in self._removed.items():
            changes[number] = changes.get(number, 0) - count
        words = self._write_words(changes)
        self._connection.executemany(
            "INSERT INTO index_dead (document) VALUES (?)", [(number,) for number in self._dead]
        )
        before = self._state
        vocabulary = before.vocabulary.changed(
            words=words,
            stems=self._numbering.new_stems,
            frequency_changes=changes,
            entries=before.vocabulary.entries + len(self._block) - len(self._dead),
        )
        dead = np.append(before.dead, np.array(self._dead, np.uint32))
        kinds = np.append(before.kinds, np.frombuffer(self._kinds, np.uint8))
        return IndexState(vocabulary, dead, kinds)

    def _write_postings(self) -> dict[int, int]:
        """Write the block; in how many more documents each stem stands now."""
        if not len(self._block):
            return {}
        query = "SELECT coalesce(max(number), -1) + 1 FROM index_block"
        (block,) = self._connection.execute(query).fetchone()
        changes: dict[int, int] = {}

        def rows() -> Iterator[tuple[int, bytes, bytes, bytes]]:
            for stem, documents, headings, bodies in self._block.rows():
                changes[stem] = len(headings)
                yield posting_id(stem, block), documents, headings, bodies

        self._connection.executemany(_INSERT_POSTING, rows())
        stems = np.fromiter(changes, np.uint32, len(changes)).tobytes()
        self._connection.execute(_INSERT_BLOCK, (block, len(self._block), stems))
        _join_blocks(self._connection)
        return changes

    def _write_words(self, changes: Mapping[int, int]) -> Mapping[str, str]:
        """Write new words, new stems and how often each stem stands; the new words."""
        new_stems = self._numbering.new_stems
        self._connection.executemany(
            "INSERT INTO index_stem (number, stem, entries) VALUES (?, ?, ?)",
            [(number, stem, changes.get(number, 0)) for stem, number in new_stems.items()],
        )
        first_new = self._numbering.next_number - len(new_stems)
        self._connection.executemany(
            "UPDATE index_stem SET entries = entries + ? WHERE number = ?",
            [(change, number) for number, change in changes.items() if number < first_new],
        )
        vocabulary = self._state.vocabulary
        words = {
            word: stem
            for word, stem in self._numbering.stem_of.items()
            if not vocabulary.knows(word)
        }
        self._connection.executemany(
            "INSERT INTO index_word (surface, stem) VALUES (?, ?)",
            [(word, self._numbering.of_stem(stem)) for word, stem in words.items()],
        )
        return words


def rebuild(
    connection: sqlite3.Connection, documents: Iterable[tuple[int, Document]], stem: Stem
) -> IndexState:
    """Make the whole index anew of these documents by entry id."""
    for table in _TABLES:
        connection.execute(f"DELETE FROM {table}")  # noqa: S608
    change = IndexChange(connection, EMPTY, stem)
    for entry, document in documents:
        change.put(entry, document)
    return change.finish()


def load_state(connection: sqlite3.Connection) -> IndexState:
    """The index as the transaction sees it."""
    words = sorted(connection.execute("SELECT surface, stem FROM index_word"))
    stems = connection.execute("SELECT stem, entries FROM index_stem ORDER BY number").fetchall()
    documents = connection.execute(_KINDS).fetchall()
    dead = [number for (number,) in connection.execute("SELECT document FROM index_dead")]
    last = max([-1, *dead, *(number for number, _kind in documents)])
    kinds = np.zeros(last + 1, np.uint8)
    kinds[[number for number, _kind in documents]] = [CODES[kind] for _number, kind in documents]
    vocabulary = Vocabulary(
        Words(
            [surface for surface, _stem in words],
            array("i", [stem for _surface, stem in words]),
            [stem for stem, _entries in stems],
        ),
        np.array([count for _stem, count in stems], np.int32),
        len(documents),
    )
    return IndexState(vocabulary, np.array(dead, np.uint32), kinds)


def is_worn(state: IndexState) -> bool:
    """Whether so many documents are dead that a rebuild is worth its time."""
    return len(state.dead) > max(_FEW_DEAD, state.vocabulary.entries // 4)


def _join_blocks(connection: sqlite3.Connection) -> None:
    """Join small blocks of about one size once there are many: the postings of a word then stand
    in a few rows, and each document is rewritten a few times at most.
    """
    blocks = connection.execute("SELECT number, documents FROM index_block").fetchall()
    by_size: dict[int, list[int]] = {}
    for number, documents in blocks:
        by_size.setdefault((documents.bit_length() - 1) // _SIZE_BITS, []).append(number)
    for size in sorted(by_size):
        if len(by_size[size]) >= 1 << _SIZE_BITS:
            _join(connection, by_size[size])
            return


def _join(connection: sqlite3.Connection, blocks: Sequence[int]) -> None:
    held: dict[int, list[int]] = {}  # blocks by stem
    documents = 0
    for block in blocks:
        query = "SELECT documents, stems FROM index_block WHERE number = ?"
        count, stems = connection.execute(query, (block,)).fetchone()
        documents += count
        for stem in np.frombuffer(stems, np.uint32).tolist():
            held.setdefault(stem, []).append(block)
    joined = blocks[-1]
    ids = [posting_id(stem, block) for stem, own in held.items() for block in own]
    parts: dict[int, list[tuple[bytes, bytes, bytes]]] = {}
    for first in range(0, len(ids), _IDS_AT_ONCE):
        asked = ids[first : first + _IDS_AT_ONCE]
        query = _SOME_POSTINGS.format(",".join("?" * len(asked)))
        for row_id, *fields in connection.execute(query, asked):
            parts.setdefault(row_id >> _BLOCK_BITS, []).append(tuple(fields))
    connection.executemany("DELETE FROM index_posting WHERE id = ?", [(one,) for one in ids])
    rows = [
        (posting_id(stem, joined), *(b"".join(field) for field in zip(*found, strict=True)))
        for stem, found in parts.items()
    ]
    connection.executemany(_INSERT_POSTING, rows)
    connection.executemany("DELETE FROM index_block WHERE number = ?", [(b,) for b in blocks])
    stems = np.fromiter(held, np.uint32, len(held)).tobytes()
    connection.execute(_INSERT_BLOCK, (joined, documents, stems))


def posting_id(stem: int, block: int) -> int:
    """The number of the row that tells where a stem stands in a block."""
    return (stem << _BLOCK_BITS) | block
