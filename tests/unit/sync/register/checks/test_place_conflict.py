"""Contradictions between the place in the text and the place field."""

from __future__ import annotations

import pytest

from sync.register.checks.check import CONTRADICTION, place_conflict
from sync.register.checks.finding import FindingKind, Ground, ground_of


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Яма на улице Ленина, дом 7", "ул. Садовая, 5"),
        ("Не горит фонарь у дома 12 по улице Мира", "улица Мира, 5"),
        ("На проспекте Победы течёт труба", "переулок Школьный, 2"),
        ("Во дворе школы № 4 сломан забор", "школа № 7"),
        ("перекрёсток Мира и Кирова залит", "перекрёсток Мира и Гагарина"),
        ("яма на садовой улице, 14", "садовая, 41"),
    ],
)
def test_another_street_house_or_number_is_pointed_out(text: str, place: str) -> None:
    (found,) = place_conflict(text, place)
    assert (found.kind, found.type, found.paragraph) == (
        FindingKind.NO_PLACE,
        CONTRADICTION,
        "6.3",
    )
    assert (found.start, found.end) == (0, len(text))
    assert ground_of(found) is Ground.NO_PLACE


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Яма на Садовой", "ул. Садовая, 5"),
        ("Яма на улице Садовой, 5", "Садовая улица, д. 5"),
        ("Живу на улице Ленина, а яма на улице Садовой", "ул. Садовая, 5"),
        ("Яма у дома", "ул. Садовая, 5"),
        ("Яма на углу Мира и Кирова", "улица Мира"),
        ("Между домами 5 и 7 по улице Мира нет света", "улица Мира, 7"),
        ("От дома 3 до дома 9 по улице Мира не убран снег", "улица Мира, 7"),
        ("Не работает лифт в третьем подъезде", "ул. Садовая, 5"),
        ("Яма на улице Ленина", ""),
        ("", "ул. Садовая, 5"),
    ],
)
def test_what_can_be_one_place_is_left_alone(text: str, place: str) -> None:
    assert place_conflict(text, place) == ()
