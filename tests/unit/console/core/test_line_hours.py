"""The hours of the line in reports are those of the settings."""

from __future__ import annotations

import pytest

from console.core.formats import line_hours_text


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ((0, 1, 2, 3, 4), "пн–пт"),
        ((0, 1, 2, 3, 4, 5, 6), "ежедневно"),
        ((5, 0, 2, 1, 2), "пн–ср, сб"),
        ((6,), "вс"),
        ((), "ни в один из дней"),
    ],
)
def test_days_that_follow_each_other_are_one_span(days: tuple[int, ...], said: str) -> None:
    assert line_hours_text(days, "08:00", "20:00") == f"{said}, 08:00–20:00"
