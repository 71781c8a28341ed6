"""The documents of the latest changes, which stand in the index's file in one row each change.

A row for each word would cost a change a hundred places of a large table. So the latest documents
are kept in memory too, until there are so many that a block of rows is made of them.
"""

import sqlite3
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from kb.blocks import StemPostings

MOST_RECENT = 64  # documents


@dataclass(frozen=True, slots=True)
class Recent:
    """Where each stem stands in the latest documents, and how many these are."""

    postings: Mapping[int, StemPostings]
    documents: int

    def and_later(self, rows: Iterable[tuple[int, StemPostings]], documents: int) -> "Recent":
        """These, and so many later documents."""
        joined = dict(self.postings)
        for stem, later in rows:
            known = joined.get(stem)
            joined[stem] = later if known is None else known.and_later(later)
        return Recent(joined, self.documents + documents)


NOTHING = Recent({}, 0)


def keep(
    connection: sqlite3.Connection, rows: Sequence[tuple[int, StemPostings]], documents: int
) -> None:
    """Write the documents of a change."""
    stems = array("I", [stem for stem, _found in rows])
    sizes = array("I", [len(found.headings) for _stem, found in rows])
    fields = [b"".join(field) for field in zip(*(found for _stem, found in rows), strict=True)]
    connection.execute(
        "INSERT INTO index_recent (size, stems, sizes, documents, headings, bodies)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (documents, stems.tobytes(), sizes.tobytes(), *(fields or [b"", b"", b""])),
    )


def load(connection: sqlite3.Connection) -> Recent:
    """What is written of the latest documents."""
    recent = NOTHING
    for size, stems, sizes, *fields in connection.execute(
        "SELECT size, stems, sizes, documents, headings, bodies FROM index_recent ORDER BY number"
    ):
        borders = pairwise(accumulate(array("I", sizes), initial=0))
        rows = (
            (stem, StemPostings.cut(fields, first, end))
            for stem, (first, end) in zip(array("I", stems), borders, strict=True)
        )
        recent = recent.and_later(rows, size)
    return recent
