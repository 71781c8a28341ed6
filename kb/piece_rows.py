"""The sentence encoder's table of word pieces: the Russian half in memory, the rest when it comes.

The encoder speaks sixteen languages, and its table takes 65 MB; texts of a city need an eighth of
it. What is not kept is read from the encoder's own file, so that every vector stays what it was.
"""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int64]

_FOREIGN = re.compile(r"[^\W\d_А-Яа-яЁё]")


def is_kept(piece: str) -> bool:
    """Whether Russian texts need the piece: it has no letter of another script."""
    return _FOREIGN.search(piece) is None


def rows_in_file(weights: Path) -> Callable[[Numbers], Rows]:
    """Reads rows from the encoder's file, where a piece stands in the block of its remainder."""
    with np.load(weights) as file:
        blocks = sum(1 for name in file.files if name.startswith("q"))

    def read(numbers: Numbers) -> Rows:
        order = np.argsort(numbers % blocks, kind="stable")
        found = []
        with np.load(weights) as file:
            for block in np.unique(numbers % blocks):
                own = numbers[numbers % blocks == block]
                found.append(file[f"q{block + 1}"][own // blocks])
        rows: Rows = np.concatenate(found)[np.argsort(order)]
        return rows

    return read


class PieceRows:
    """Rows by the numbers of pieces, asked for as of the whole table; one thread at a time.

    ``read`` gives the rows of numbers that are not in memory; they stay there then.
    """

    def __init__(
        self,
        shape: tuple[int, int],
        pieces: Sequence[str],
        read: Callable[[Numbers], Rows],
    ) -> None:
        """``shape`` is that of the whole table, whose rows are then put in."""
        count, width = shape
        kept = np.ones(count, bool)
        kept[: len(pieces)] = [is_kept(piece) for piece in pieces]
        self._places = np.full(count, -1, np.int32)
        self._places[kept] = np.arange(kept.sum(), dtype=np.int32)
        self._rows: Rows = np.zeros((int(kept.sum()), width), np.uint8)
        self._read = read

    def __setitem__(self, numbers: slice, rows: Rows) -> None:
        """Put rows of the whole table in, of which those are kept that Russian texts need."""
        places = self._places[numbers]
        kept = places >= 0
        self._rows[places[kept]] = rows[kept]

    def __getitem__(self, numbers: Numbers) -> Rows:
        absent = np.unique(numbers[self._places[numbers] < 0])
        if len(absent):
            first = len(self._rows)
            self._rows = np.concatenate((self._rows, self._read(absent)))
            self._places[absent] = np.arange(first, len(self._rows), dtype=np.int32)
        found: Rows = self._rows[self._places[numbers]]
        return found

    @property
    def nbytes(self) -> int:
        """What the rows take in memory."""
        return int(self._rows.nbytes + self._places.nbytes)
