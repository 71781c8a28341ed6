"""Every main state has a screenshot in both themes, small enough for the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.training.pictures import SIZE, STATES, THEMES
from tests.fakes.png_size import MOST_BYTES, size_px

PICTURES = Path(__file__).parents[3] / "docs" / "pictures"


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("state", STATES)
def test_a_state_has_its_picture(state: str, theme: str) -> None:
    file = PICTURES / f"{state}-{theme}.png"

    assert size_px(file) == tuple(map(int, SIZE.split("x")))
    assert file.stat().st_size <= MOST_BYTES


def test_no_picture_is_left_over() -> None:
    known = {f"{state}-{theme}" for state in STATES for theme in THEMES}
    assert {file.stem for file in PICTURES.iterdir()} == known
