"""E-mail addresses in a text."""

from __future__ import annotations

import pytest

from sync.register.checks.personal.contacts import find_emails


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("пишите на petrova.n@mail.example.", "petrova.n@mail.example"),
        ("почта: рога@копыта.рф", "рога@копыта.рф"),
        ("ivanova собака мейл точка ру", "ivanova собака мейл точка ру"),
        ("мой ящик nina точка k (собака) yandex.ru", "nina точка k (собака) yandex.ru"),
    ],
)
def test_an_address_is_found_in_signs_and_in_words(text: str, expected: str) -> None:
    assert [text[piece.start : piece.end] for piece in find_emails(text)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "во дворе собака бегает без намордника",
        "укусила собака у дома. Ру",
        "встретимся @ 5",
    ],
)
def test_a_dog_in_the_yard_is_no_address(text: str) -> None:
    assert list(find_emails(text)) == []
