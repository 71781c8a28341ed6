"""The documents of the latest changes, which stand in the index's file in one row each change.

A row for each word would cost a change a hundred places of a large table. So the latest documents
are kept in memory too, until there are so many that a block of rows is made of them.
"""

import sqlite3
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

MOST_RECENT = 64  # documents


@dataclass(frozen=True, slots=True)
class Recent:
    """The postings of each stem in the latest documents, and how many these are."""

    postings: Mapping[int, bytes]
    documents: int

    def and_later(self, rows: Iterable[tuple[int, bytes]], documents: int) -> "Recent":
        """These, and so many later documents."""
        joined = dict(self.postings)
        for stem, later in rows:
            joined[stem] = joined.get(stem, b"") + later
        return Recent(joined, self.documents + documents)

    def before(self, rows: Sequence[tuple[int, bytes]]) -> Sequence[tuple[int, bytes]]:
        """The rows of later documents with these before each, and then what is left of these."""
        if not self.postings:
            return rows
        left = dict(self.postings)
        joined = [(stem, left.pop(stem, b"") + later) for stem, later in rows]
        return [*joined, *left.items()]


NOTHING = Recent({}, 0)


def keep(connection: sqlite3.Connection, rows: Sequence[tuple[int, bytes]], documents: int) -> None:
    """Write the documents of a change."""
    stems = array("I", [stem for stem, _postings in rows])
    sizes = array("I", [len(postings) for _stem, postings in rows])
    postings = b"".join([postings for _stem, postings in rows])
    connection.execute(
        "INSERT INTO index_recent (documents, stems, sizes, postings) VALUES (?, ?, ?, ?)",
        (documents, stems.tobytes(), sizes.tobytes(), postings),
    )


def load(connection: sqlite3.Connection) -> Recent:
    """What is written of the latest documents."""
    recent = NOTHING
    query = "SELECT documents, stems, sizes, postings FROM index_recent ORDER BY number"
    for documents, stems, sizes, postings in connection.execute(query):
        borders = pairwise(accumulate(array("I", sizes), initial=0))
        rows = [
            (stem, postings[first:end])
            for stem, (first, end) in zip(array("I", stems), borders, strict=True)
        ]
        recent = recent.and_later(rows, documents)
    return recent
