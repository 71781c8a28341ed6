"""Distance between two places, derived from their text."""

from __future__ import annotations

import pytest

from sync.register.likeness.search import Distance, Nearness, distance


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [
        ("ул. Родниковая, 14", "ул. Родниковая, д. 14", Distance(Nearness.SAME_HOUSE, 0)),
        ("ул. Родниковая, 14", "на Родниковой, 20", Distance(Nearness.SAME_STREET, 6)),
        ("ул. Родниковая, 14а", "ул. Родниковая, 14/2", Distance(Nearness.SAME_STREET, 0)),
        ("ул. Родниковая", "ул. Родниковая, 20", Distance(Nearness.SAME_STREET)),
        ("возле школы № 5", "Школа №5, вход со двора", Distance(Nearness.SAME_THING)),
        ("ул. Родниковая, 14", "ул. Горная, 14", None),
        ("во дворе", "ул. Горная, 14", None),
        ("", "", None),
    ],
)
def test_a_distance_is_told_both_ways(one: str, other: str, far: Distance | None) -> None:
    assert distance(one, other) == far
    assert distance(other, one) == far
