"""The search index in the directory's file: rows in and out, and where a query's words stand.

Works on a plain connection inside the caller's transaction. Documents are only added, in blocks:
an entry that changes gets a new document and its old one is dead. The documents of the latest
changes are a row each (``kb.recent``) and are made a block once they are many (``kb.postings``); a
rebuild clears the dead.
"""

import sqlite3
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from kb import recent
from kb.blocks import POSTING, Block
from kb.documents import Document
from kb.entries import EntryKind
from kb.few_documents import FewDocuments, stemmed
from kb.first_look import Bytes, Documents
from kb.numbering import Numbering, Stem
from kb.postings import write_block
from kb.recent import MOST_RECENT, Recent
from kb.vocabulary import Vocabulary, Words

LARGEST_BLOCK = 1 << 16  # documents; what a block takes in memory until it is written
_WRITTEN_AT_ONCE = 1000  # documents
_FEW_DEAD = 1000
_KINDS = """
    SELECT document.id, entry.kind FROM index_document AS document
    JOIN entry ON entry.id = document.entry
"""
_TABLES = (
    "index_document",
    "index_dead",
    "index_stem",
    "index_word",
    "index_block",
    "index_posting",
    "index_recent",
)


KINDS = tuple(EntryKind)
CODES: Mapping[str, int] = {kind: code for code, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class IndexState:
    """What is kept in memory of an index: its words, its latest documents, its dead, and kinds.

    ``kinds`` holds a place in ``KINDS`` at the number of every document that there is or was.
    """

    vocabulary: Vocabulary
    recent: Recent
    dead: Documents
    kinds: Bytes


EMPTY = IndexState(
    Vocabulary(Words((), (), ()), np.zeros(0, np.int32), 0),
    recent.NOTHING,
    np.zeros(0, np.uint32),
    np.zeros(0, np.uint8),
)


class IndexChange:
    """Documents put in and taken out within one transaction, and what that does to the words."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        state: IndexState,
        stem: Stem,
        block_of: Callable[[Numbering, int], Block | FewDocuments] = FewDocuments,
        largest_block: int = LARGEST_BLOCK,
    ) -> None:
        self._connection = connection
        self._state = state
        self._block_of = block_of
        self._largest_block = largest_block
        query = "SELECT coalesce(max(number), -1) + 1 FROM index_stem"
        (next_number,) = connection.execute(query).fetchone()
        self._numbering = Numbering(stem, state.vocabulary, next_number)
        self._block = block_of(self._numbering, len(state.kinds))
        self._recent = state.recent
        self._kinds = bytearray()
        self._unwritten: list[tuple[int, int]] = []
        self._dead: list[int] = []
        self._frequency_changes: Counter[int] = Counter()

    def put(self, entry: int, document: Document) -> None:
        """Index an entry that has no document, or no more."""
        self._unwritten.append((self._end, entry))
        self._block.add(document)
        self._kinds.append(CODES[document.kind])
        if len(self._unwritten) >= _WRITTEN_AT_ONCE:
            self._write_documents()
        if len(self._block) >= self._largest_block:
            self._write_documents()
            self._write_block()
            self._block = self._block_of(self._numbering, self._end)

    @property
    def _end(self) -> int:
        """The number of the next document."""
        return len(self._state.kinds) + len(self._kinds)

    def remove(self, entry: int, document: Document) -> None:
        """Take out the entry's document, the one it was indexed with, if it has one."""
        self._write_documents()
        query = "DELETE FROM index_document WHERE entry = ? RETURNING id"
        row = self._connection.execute(query, (entry,)).fetchone()
        if row is None:
            return
        self._dead.append(row[0])
        for stem in stemmed(document, self._numbering).stems():
            self._frequency_changes[stem] -= 1

    def _write_documents(self) -> None:
        self._connection.executemany(
            "INSERT INTO index_document (id, entry, headings) VALUES (?, ?, ?)",
            [
                (*numbers, headings)
                for numbers, headings in zip(self._unwritten, self._block.cut(), strict=True)
            ],
        )
        self._unwritten.clear()

    def finish(self) -> IndexState:
        """Write what is left; the state of the index after the change."""
        self._write_documents()
        self._write_block()
        changes = {stem: change for stem, change in self._frequency_changes.items() if change}
        words = self._write_words(changes)
        self._connection.executemany(
            "INSERT INTO index_dead (document) VALUES (?)", [(number,) for number in self._dead]
        )
        before = self._state
        vocabulary = before.vocabulary.changed(
            words=words,
            stems=self._numbering.new_stems,
            frequency_changes=changes,
            entries=before.vocabulary.entries + len(self._kinds) - len(self._dead),
        )
        # Of freed arrays below a kilobyte numpy keeps some of each size, and an edit is a new size.
        dead = np.frombuffer(before.dead.tobytes() + array("I", self._dead).tobytes(), np.uint32)
        kinds = np.frombuffer(before.kinds.tobytes() + self._kinds, np.uint8)
        return IndexState(vocabulary, self._recent, dead, kinds)

    def _write_block(self) -> None:
        documents = len(self._block)
        if not documents:
            return
        rows = self._block.rows()
        for stem, postings in rows:
            self._frequency_changes[stem] += len(postings) // POSTING.itemsize
        if self._recent.documents + documents <= MOST_RECENT:
            recent.keep(self._connection, rows, documents)
            self._recent = self._recent.and_later(rows, documents)
        else:
            documents += self._recent.documents
            write_block(self._connection, self._recent.before(rows), documents)
            self._connection.execute("DELETE FROM index_recent")
            self._recent = recent.NOTHING

    def _write_words(self, changes: Mapping[int, int]) -> Mapping[str, str]:
        """Write new words, new stems and how often each stem stands; the new words."""
        new_stems = self._numbering.new_stems
        self._connection.executemany(
            "INSERT INTO index_stem (number, stem, entries) VALUES (?, ?, ?)",
            ((number, stem, changes.get(number, 0)) for stem, number in new_stems.items()),
        )
        first_new = self._numbering.next_number - len(new_stems)
        self._connection.executemany(
            "UPDATE index_stem SET entries = entries + ? WHERE number = ?",
            ((change, number) for number, change in changes.items() if number < first_new),
        )
        knows = self._state.vocabulary.knows
        words: dict[str, str] = {}

        def rows() -> Iterator[tuple[str, int]]:
            for surface, stem, stem_number in self._numbering.words():
                if not knows(surface):
                    words[surface] = stem
                    yield surface, stem_number

        self._connection.executemany("INSERT INTO index_word (surface, stem) VALUES (?, ?)", rows())
        return words


def rebuild(
    connection: sqlite3.Connection,
    documents: Iterable[tuple[int, Document]],
    stem: Stem,
    largest_block: int = LARGEST_BLOCK,
) -> IndexState:
    """Make the whole index anew of these documents by entry id."""
    for table in _TABLES:
        connection.execute(f"DELETE FROM {table}")  # noqa: S608
    change = IndexChange(connection, EMPTY, stem, Block, largest_block)
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
    return IndexState(vocabulary, recent.load(connection), np.array(dead, np.uint32), kinds)


def is_worn(state: IndexState) -> bool:
    """Whether so many documents are dead that a rebuild is worth its time."""
    return len(state.dead) > max(_FEW_DEAD, state.vocabulary.entries // 4)
