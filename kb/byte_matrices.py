"""Matrices whose numbers are whole multiples of one, kept as a byte for each."""

from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]
_MOST = 127
_JOINED_COLUMNS = 256  # matrices of so many columns, each with a step of its own, may be joined
_COLUMNS_AT_ONCE = 128


@dataclass(frozen=True, slots=True)
class _Block:
    """Columns whose numbers are ``counts`` times ``step``."""

    columns: slice
    step: np.float32
    counts: npt.NDArray[np.int8]

    def numbers(self) -> Matrix:
        found = self.counts.astype(np.float32)
        found *= self.step
        return found


class ByteMatrix:
    """Stands at the right of ``left @ matrix`` and gives what the matrix gives there.

    A part of the matrix is made for a part of the product and dropped: it takes four times the
    place, and new memory of a megabyte would cost more time than the product.
    """

    __array_ufunc__ = None  # so that an array at the left leaves the product to this

    def __init__(self, shape: tuple[int, ...], blocks: tuple[_Block, ...]) -> None:
        self.shape = shape
        self._blocks = blocks

    @classmethod
    def of(
        cls,
        shape: npt.NDArray[np.int64],
        columns: npt.NDArray[np.int64],
        steps: Matrix,
        counts: npt.NDArray[np.int8],
    ) -> Self:
        """What ``arrays`` gave."""
        height, width = shape.tolist()
        blocks, at = [], 0
        for (begin, end), step in zip(columns.tolist(), steps, strict=True):
            size = height * (end - begin)
            own = counts[at : at + size].reshape(height, end - begin)
            blocks.append(_Block(slice(begin, end), step, own))
            at += size
        return cls((height, width), tuple(blocks))

    @property
    def arrays(self) -> tuple[npt.NDArray[Any], ...]:
        """The shape, and of all blocks the columns, the steps and the counts."""
        return (
            np.array(self.shape, np.int64),
            np.array([(each.columns.start, each.columns.stop) for each in self._blocks], np.int64),
            np.array([each.step for each in self._blocks], np.float32),
            np.concatenate([each.counts.reshape(-1) for each in self._blocks]),
        )

    def __rmatmul__(self, left: Matrix) -> Matrix:
        product = np.empty((len(left), self.shape[1]), np.float32)
        for block in self._blocks:
            np.matmul(left, block.numbers(), out=product[:, block.columns])
        return product

    def whole(self) -> Matrix:
        matrix = np.empty(self.shape, np.float32)
        for block in self._blocks:
            matrix[:, block.columns] = block.numbers()
        return matrix

    @property
    def nbytes(self) -> int:
        """What it takes in memory."""
        return sum(block.counts.nbytes for block in self._blocks)


def in_bytes(matrix: Matrix) -> ByteMatrix | None:
    """The same numbers in a quarter of the place; None where that cannot give them to the bit."""
    for width in (matrix.shape[1], _JOINED_COLUMNS):
        packed = ByteMatrix(matrix.shape, tuple(_blocks(matrix, width)))
        if np.array_equal(packed.whole(), matrix):
            return packed
    return None


def _blocks(matrix: Matrix, width: int) -> Iterator[_Block]:
    """``width`` is that of the parts which have a step of their own."""
    for begin in range(0, matrix.shape[1], width):
        greatest = np.abs(matrix[:, begin : begin + width]).max()
        step = np.float32(greatest / _MOST) or np.float32(1)
        for first in range(begin, min(begin + width, matrix.shape[1]), _COLUMNS_AT_ONCE):
            columns = slice(first, min(first + _COLUMNS_AT_ONCE, begin + width))
            counts = np.rint(matrix[:, columns] / step).astype(np.int8)
            yield _Block(columns, step, np.ascontiguousarray(counts))


def pack_matrices(parts: MutableMapping[str, Any]) -> None:
    """Let each matrix among the parts, and in lists among them, be kept in bytes where it can."""
    for name, part in parts.items():
        parts[name] = [_packed(each) for each in part] if isinstance(part, list) else _packed(part)


def _packed(part: Any) -> Any:
    if isinstance(part, np.ndarray) and part.ndim == 2 and part.dtype == np.float32:
        return in_bytes(part) or part
    return part
