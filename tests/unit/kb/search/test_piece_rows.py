"""Rows of word pieces equal those of the full table, whether cached or read later."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.matrices import PieceRows, RowNumbers, Rows, is_kept, rows_in_file

PIECES = ["<unk>", "▁дом", "▁house", "ть", "ing", "12", "房", "ß", ".", "ё"]
TABLE: Rows = np.arange(len(PIECES) * 4 + 8, dtype=np.uint8).reshape(-1, 4)


class Counting:
    """Reads from the table and records the requested rows."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def __call__(self, numbers: RowNumbers) -> Rows:
        self.asked += numbers.tolist()
        return TABLE[numbers]


@pytest.mark.parametrize(
    ("piece", "kept"),
    [("▁Дом", True), ("ё", True), ("№", True), ("2026", True), ("▁", True), ("_", True),
     ("▁Wi", False), ("房", False), ("ї", False), ("é", False), ("дoм", False)],
)  # fmt: skip
def test_pieces_of_russian_texts_are_kept(piece: str, kept: bool) -> None:
    assert is_kept(piece) is kept


@given(st.lists(st.lists(st.integers(0, len(TABLE) - 1), min_size=1), min_size=1, max_size=5))
def test_rows_are_those_of_the_whole_table_and_each_is_read_once(texts: list[list[int]]) -> None:
    read = Counting()
    rows = PieceRows(TABLE.shape, PIECES, read)
    for block in range(3):
        rows[block::3] = TABLE[block::3]

    again = PieceRows.of(*rows.arrays, Counting())

    for text in texts:
        numbers = np.array(text, np.int64)
        assert np.array_equal(rows[numbers], TABLE[numbers])
        assert np.array_equal(again[numbers], TABLE[numbers])

    foreign = {number for text in texts for number in text if number < len(PIECES)}
    assert sorted(read.asked) == sorted(one for one in foreign if not is_kept(PIECES[one]))


def test_rows_take_less_than_half_of_their_place() -> None:
    numbers = np.random.default_rng(7).normal(30, 3, (1000, 512))
    table = numbers.astype(np.uint8)
    rows = PieceRows(table.shape, ["▁дом"] * len(table), Counting())
    for block in range(3):
        rows[block::3] = table[block::3]

    assert rows.nbytes < table.nbytes / 2
    assert np.array_equal(rows[np.arange(len(table))], table)


@given(st.lists(st.integers(0, 13), min_size=1, unique=True))
def test_rows_are_found_in_the_file_in_the_order_they_are_asked_for(
    tmp_path_factory: pytest.TempPathFactory, asked: list[int]
) -> None:
    file: Path = tmp_path_factory.mktemp("weights") / "weights.npz"
    table = np.arange(14 * 3, dtype=np.uint8).reshape(14, 3)
    np.savez_compressed(file, q1=table[0::3], q2=table[1::3], q3=table[2::3], scale=table[:1])
    numbers = np.array(asked, np.int64)

    assert np.array_equal(rows_in_file(file)(numbers), table[numbers])
