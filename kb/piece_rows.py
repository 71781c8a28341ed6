"""The sentence encoder's table of word pieces: the Russian part in memory, the rest when it comes.

The encoder speaks sixteen languages, and its table takes 65 MB; texts of a city need an eighth of
it. What is not kept is read from the encoder's own file, so that every vector stays what it was.
"""

import re
import zlib
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int64]
Places = npt.NDArray[np.int32]

_ROWS_OF_A_PACK = 16  # unpacked in a thirtieth of a millisecond; a text has some ten of them
_WITHOUT_HEAD = -15
_FOREIGN = re.compile(r"[^\W\d_А-Яа-яЁё]")


def is_kept(piece: str) -> bool:
    """Whether Russian texts need the piece: it has no letter of another script."""
    return _FOREIGN.search(piece) is None


def rows_in_file(weights: Path) -> Callable[[Numbers], Rows]:
    """Reads rows from the encoder's file, where a piece stands in the block of its remainder."""

    def read(numbers: Numbers) -> Rows:
        found = []
        with np.load(weights) as file:
            blocks = sum(1 for name in file.files if name.startswith("q"))
            order = np.argsort(numbers % blocks, kind="stable")
            for block in _each_once(numbers % blocks):
                own = numbers[numbers % blocks == block]
                found.append(file[f"q{block + 1}"][own // blocks])
        rows: Rows = np.concatenate(found)[np.argsort(order)]
        return rows

    return read


def _each_once(numbers: Numbers | Places) -> list[int]:
    """In their order; numpy's own way to it reads in its masked arrays, a megabyte of them."""
    return sorted(set(numbers.tolist()))


class PieceRows:
    """Rows by the numbers of pieces, asked for as of the whole table; one thread at a time.

    They are kept packed, which takes less than half the place: most numbers are near one another.
    ``read`` gives the rows of numbers that are not in memory; they stay there then.
    """

    def __init__(
        self,
        shape: tuple[int, int],
        pieces: Sequence[str],
        read: Callable[[Numbers], Rows],
    ) -> None:
        """``shape`` is that of the whole table, whose rows are then put in."""
        count, self._width = shape
        self._is_kept = np.ones(count, bool)
        self._is_kept[: len(pieces)] = [is_kept(piece) for piece in pieces]
        self._places: Places = np.full(count, -1, np.int32)
        self._packed: list[bytes] = []
        self._read = read

    @classmethod
    def of(
        cls,
        shape: Numbers,
        places: Places,
        joined: Rows,
        ends: Numbers,
        read: Callable[[Numbers], Rows],
    ) -> Self:
        """What ``arrays`` gave; no more rows of the whole table are put in."""
        count, width = map(int, shape)
        made = cls((count, width), (), read)
        made._places = places.copy()
        whole = joined.tobytes()
        made._packed = [whole[begin:end] for begin, end in pairwise((0, *ends.tolist()))]
        return made

    @property
    def arrays(self) -> tuple[Numbers, Places, Rows, Numbers]:
        """The shape, where each row stands, -1 for none, all packs, and where each of them ends."""
        shape = np.array((len(self._places), self._width), np.int64)
        joined = np.frombuffer(b"".join(self._packed), np.uint8)
        ends = np.cumsum([len(pack) for pack in self._packed], dtype=np.int64)
        return shape, self._places, joined, ends

    def __setitem__(self, numbers: slice, rows: Rows) -> None:
        """Put rows of the whole table in, of which those are kept that Russian texts need."""
        all_numbers = np.arange(len(self._places))[numbers]
        kept = self._is_kept[numbers]
        self._keep(all_numbers[kept], rows[kept])

    def __getitem__(self, numbers: Numbers) -> Rows:
        absent = np.array(_each_once(numbers[self._places[numbers] < 0]), np.int64)
        if len(absent):
            self._keep(absent, self._read(absent))
        found: Rows = np.empty((len(numbers), self._width), np.uint8)
        packs, at = np.divmod(self._places[numbers], _ROWS_OF_A_PACK)
        for pack in _each_once(packs):
            of_pack = packs == pack
            found[of_pack] = self._unpacked(pack)[at[of_pack]]
        return found

    @property
    def nbytes(self) -> int:
        """What the rows take in memory."""
        packed = sum(map(len, self._packed))
        return packed + int(self._places.nbytes + self._is_kept.nbytes)

    def _keep(self, numbers: Numbers, rows: Rows) -> None:
        for first in range(0, len(numbers), _ROWS_OF_A_PACK):
            several = slice(first, first + _ROWS_OF_A_PACK)
            place = len(self._packed) * _ROWS_OF_A_PACK
            self._places[numbers[several]] = np.arange(place, place + len(numbers[several]))
            packing = zlib.compressobj(wbits=_WITHOUT_HEAD, strategy=zlib.Z_HUFFMAN_ONLY)
            self._packed.append(packing.compress(rows[several].tobytes()) + packing.flush())

    def _unpacked(self, pack: int) -> Rows:
        rows = np.frombuffer(zlib.decompress(self._packed[pack], _WITHOUT_HEAD), np.uint8)
        return rows.reshape(-1, self._width)
