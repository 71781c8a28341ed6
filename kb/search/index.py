"""Search index in the database: blocks of postings, the index state in memory, changes, rebuild.

Each stem has one row in every block that contains it. Blocks of similar size are merged when there
are many of them.
"""

import sqlite3
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kb.entries.attachments import Document
from kb.entries.entries import EntryKind
from kb.search import usage as recent
from kb.search.blocks import POSTING, Block, FewDocuments, stemmed
from kb.search.first_look import Bytes, Documents
from kb.search.numbering import Numbering, Stem
from kb.search.usage import MOST_RECENT, Recent
from kb.search.vocabulary import Vocabulary, Words

_BLOCK_BITS = 24  # of a posting row id; the stem number is in the higher bits
_SIZE_BITS = 6  # 64 blocks of similar size are merged
_IDS_AT_ONCE = 500
_INSERT_POSTINGS = "INSERT INTO index_posting (id, postings) VALUES (?, ?)"
_SOME_POSTINGS = "SELECT id, postings FROM index_posting WHERE id IN ({}) ORDER BY id"
_OF_STEM = "SELECT postings FROM index_posting WHERE id >= ? AND id < ?"
_INSERT_BLOCK = "INSERT INTO index_block (number, documents, stems) VALUES (?, ?, ?)"


def of_stem(connection: sqlite3.Connection, stem: int) -> list[bytes]:
    """Returns the postings of a stem, one part from each block."""
    ids = (_posting_id(stem, 0), _posting_id(stem + 1, 0))
    return [postings for (postings,) in connection.execute(_OF_STEM, ids)]


def write_block(
    connection: sqlite3.Connection, rows: Sequence[tuple[int, bytes]], documents: int
) -> None:
    """Adds a block of ``documents`` documents and merges blocks if there are too many."""
    query = "SELECT coalesce(max(number), -1) + 1 FROM index_block"
    (block,) = connection.execute(query).fetchone()
    _insert(connection, block, rows, documents)
    _join_blocks(connection)


def _insert(
    connection: sqlite3.Connection,
    block: int,
    rows: Sequence[tuple[int, bytes]],
    documents: int,
) -> None:
    numbered = ((_posting_id(stem, block), postings) for stem, postings in rows)
    connection.executemany(_INSERT_POSTINGS, numbered)
    stems = array("I", [stem for stem, _postings in rows])
    connection.execute(_INSERT_BLOCK, (block, documents, stems.tobytes()))


def _join_blocks(connection: sqlite3.Connection) -> None:
    """Merges blocks of similar size, so each document is rewritten only a few times."""
    blocks = connection.execute("SELECT number, documents FROM index_block").fetchall()
    by_size: dict[int, list[int]] = {}
    for number, documents in blocks:
        by_size.setdefault((documents.bit_length() - 1) // _SIZE_BITS, []).append(number)
    for size in sorted(by_size):
        if len(by_size[size]) >= 1 << _SIZE_BITS:
            _join(connection, by_size[size])
            return


def _join(connection: sqlite3.Connection, blocks: Sequence[int]) -> None:
    ids = []
    documents = 0
    for block in blocks:
        query = "SELECT documents, stems FROM index_block WHERE number = ?"
        count, stems = connection.execute(query, (block,)).fetchone()
        documents += count
        ids += [_posting_id(stem, block) for stem in array("I", stems)]
    joined: dict[int, bytes] = {}
    ids.sort()
    for first in range(0, len(ids), _IDS_AT_ONCE):
        asked = ids[first : first + _IDS_AT_ONCE]
        query = _SOME_POSTINGS.format(",".join("?" * len(asked)))
        for row_id, postings in connection.execute(query, asked):
            stem = row_id >> _BLOCK_BITS
            joined[stem] = joined.get(stem, b"") + postings
    connection.executemany("DELETE FROM index_posting WHERE id = ?", [(one,) for one in ids])
    connection.executemany("DELETE FROM index_block WHERE number = ?", [(b,) for b in blocks])
    _insert(connection, blocks[-1], list(joined.items()), documents)


def _posting_id(stem: int, block: int) -> int:
    """Row id of the postings of a stem in a block."""
    return (stem << _BLOCK_BITS) | block


LARGEST_BLOCK = 1 << 16  # documents; limits the memory of an unwritten block
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
    """In-memory state of an index: words, recent documents, deleted documents and kinds.

    ``kinds`` has an index into ``KINDS`` for every document number ever assigned.
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
    """Adds and removes documents within one transaction, and updates the words."""

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
        """Indexes an entry that is not indexed yet."""
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
        """Number that the next document will have."""
        return len(self._state.kinds) + len(self._kinds)

    def remove(self, entry: int, document: Document) -> None:
        """Removes the entry's document from the index, if indexed. ``document`` must equal the
        indexed one.
        """
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
        """Writes pending data and returns the state after the change."""
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
        # Not a numpy allocation: numpy caches freed arrays below a kilobyte by size, and each edit
        # has a new size.
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
        """Writes new words, stems and stem frequencies; returns the new words."""
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
    """Rebuilds the complete index from these pairs of entry id and document."""
    for table in _TABLES:
        connection.execute(f"DELETE FROM {table}")  # noqa: S608
    change = IndexChange(connection, EMPTY, stem, Block, largest_block)
    for entry, document in documents:
        change.put(entry, document)
    return change.finish()


def load_state(connection: sqlite3.Connection) -> IndexState:
    """Loads the index state that is visible in the current transaction."""
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
    """Whether enough documents are deleted to justify a rebuild."""
    return len(state.dead) > max(_FEW_DEAD, state.vocabulary.entries // 4)
