"""Arrays are restored unchanged from their file, or not at all."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.matrices import Array, keep, kept

ARRAYS: dict[str, Array] = {
    "rows": np.arange(600, dtype=np.uint8).reshape(30, 20),
    "wide": np.arange(12, dtype=np.float32).reshape(3, 4).T,
    "one": np.asarray(0.5),
    "none": np.zeros((0, 3), np.int32),
}
OF = "pieces 7 and weights 8"


def same(found: object) -> bool:
    return (
        isinstance(found, dict)
        and list(found) == list(ARRAYS)
        and all(
            found[name].dtype == array.dtype and np.array_equal(found[name], array)
            for name, array in ARRAYS.items()
        )
    )


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("kept") / "arrays"
    assert keep(file, OF, ARRAYS)
    return file


def test_arrays_come_back_as_they_were(written: Path) -> None:
    assert same(kept(written, OF))
    assert [each.name for each in written.parent.iterdir()] == ["arrays"]


def test_those_of_another_version_are_none(written: Path) -> None:
    assert kept(written, "pieces 7 and weights 9") is None
    assert kept(written.with_name("other"), OF) is None


@given(st.data())
def test_a_file_with_a_wrong_byte_or_cut_short_gives_none(
    tmp_path_factory: pytest.TempPathFactory, written: Path, data: st.DataObject
) -> None:
    whole = bytearray(written.read_bytes())
    place = data.draw(st.integers(0, len(whole) - 1))
    if data.draw(st.booleans()):
        whole[place] ^= 1 << data.draw(st.integers(0, 7))
    else:
        del whole[place:]
    broken = tmp_path_factory.mktemp("broken") / "arrays"
    broken.write_bytes(whole)

    assert kept(broken, OF) is None


def test_a_file_with_more_behind_it_gives_none(written: Path, tmp_path: Path) -> None:
    longer = tmp_path / "arrays"
    longer.write_bytes(written.read_bytes() + b"1")

    assert kept(longer, OF) is None


def test_a_folder_that_takes_nothing_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "arrays").mkdir()  # cannot be replaced by a file

    assert not keep(tmp_path / "arrays", OF, ARRAYS)
    assert not keep(tmp_path / "missing" / "arrays", OF, ARRAYS)
    assert [each.name for each in tmp_path.iterdir()] == ["arrays"]
