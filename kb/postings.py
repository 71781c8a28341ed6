"""Blocks of postings as rows of the index: one for each stem of a block, large ones of few blocks.

A word stands in as many rows as there are blocks that hold it, so small blocks of about one size
are joined into one once there are many.
"""

import sqlite3
from array import array
from collections.abc import Sequence

_BLOCK_BITS = 24  # of a posting's number: above them stands its stem's
_SIZE_BITS = 6  # 64 blocks of about one size are joined into one
_IDS_AT_ONCE = 500
_INSERT_POSTINGS = "INSERT INTO index_posting (id, postings) VALUES (?, ?)"
_SOME_POSTINGS = "SELECT id, postings FROM index_posting WHERE id IN ({}) ORDER BY id"
_OF_STEM = "SELECT postings FROM index_posting WHERE id >= ? AND id < ?"
_INSERT_BLOCK = "INSERT INTO index_block (number, documents, stems) VALUES (?, ?, ?)"


def of_stem(connection: sqlite3.Connection, stem: int) -> list[bytes]:
    """The postings of a stem, a part from each block."""
    ids = (_posting_id(stem, 0), _posting_id(stem + 1, 0))
    return [postings for (postings,) in connection.execute(_OF_STEM, ids)]


def write_block(
    connection: sqlite3.Connection, rows: Sequence[tuple[int, bytes]], documents: int
) -> None:
    """Add a block of so many documents, and join blocks where there are too many."""
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
    """Each document is rewritten a few times at most, as blocks of its block's size are joined."""
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
    """The number of the row that tells where a stem stands in a block."""
    return (stem << _BLOCK_BITS) | block
