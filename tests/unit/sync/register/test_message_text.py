"""Text and place of a message as one text: the same for the form, the review and likeness."""

from __future__ import annotations

import pytest

from sync.register.likeness.place import place_of
from sync.register.messages import place_start, with_place


@pytest.mark.parametrize(
    ("text", "place", "whole"),
    [
        ("Яма", " родниковая 14 ", "Яма. Родниковая 14"),
        ("Яма!", "ул. Мира", "Яма! Ул. Мира"),
        ("Яма", "  ", "Яма"),
    ],
)
def test_the_place_is_a_sentence_behind_the_text(text: str, place: str, whole: str) -> None:
    assert with_place(text, place) == whole
    assert with_place(text, place)[place_start(text) :].lower() == place.strip().lower()


def test_a_bare_name_is_read_as_a_street() -> None:
    place, _rest = place_of(with_place("Большая яма во дворе", "родниковая 14"))
    assert place.streets
    assert place.houses == {"14"}
