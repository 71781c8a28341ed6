"""Byte matrices give the products of the original matrices, or are left unconverted."""

from typing import Any

import numpy as np
import pytest

from kb.search.matrices import ByteMatrix, Matrix, in_bytes, pack_matrices

RANDOM = np.random.default_rng(7)


def of_steps(rows: int, columns: int, *steps: float) -> Matrix:
    """Matrices of whole multiples of a step each, side by side."""
    parts = []
    for step in steps:
        counts = RANDOM.integers(-127, 128, (rows, columns)).astype(np.float32)
        counts[0, 0] = 127
        parts.append(counts * np.float32(step))
    return np.concatenate(parts, axis=1)


@pytest.mark.parametrize(
    "matrix",
    [
        of_steps(40, 320, 0.0107),
        of_steps(3, 5, 0.5),
        of_steps(40, 256, 0.01, 0.022, 0.3),
        np.zeros((4, 300), np.float32),
    ],
)
def test_products_are_those_of_the_matrix(matrix: Matrix) -> None:
    packed = in_bytes(matrix)
    assert packed is not None
    assert packed.nbytes == matrix.nbytes / 4
    assert np.array_equal(packed.whole(), matrix)
    left = RANDOM.random((7, len(matrix)), np.float32)
    assert np.allclose(left @ packed, left @ matrix, rtol=1e-5, atol=1e-6)
    again = ByteMatrix.of(*packed.arrays)
    assert again.nbytes == packed.nbytes
    assert np.array_equal(left @ again, left @ packed)


def test_a_matrix_of_any_numbers_stays_as_it_is() -> None:
    matrix = RANDOM.random((30, 30), np.float32)
    assert in_bytes(matrix) is None


def test_matrices_are_packed_where_they_stand_and_nothing_else_is() -> None:
    fits, other = of_steps(9, 9, 0.1), RANDOM.random((9, 9), np.float32)
    row, whole = fits[0], np.ones((3, 3), np.int64)
    parts: dict[str, Any] = {
        "fits": fits, "list": [fits, other], "other": other, "row": row, "whole": whole, "name": "x"
    }  # fmt: skip
    pack_matrices(parts)
    assert isinstance(parts["fits"], ByteMatrix)
    assert isinstance(parts["list"][0], ByteMatrix)
    assert parts["list"][1] is other
    assert (parts["other"] is other, parts["row"] is row) == (True, True)
    assert (parts["whole"] is whole, parts["name"]) == (True, "x")
