"""E-mail addresses as they are dictated on the phone."""

from __future__ import annotations

import pytest

from console.features.call_card.words import email_aloud


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("anna@mail.ru", "эй, эн, эн, эй, собака, мэйл точка ру"),
        ("A.p_2-x+@gmail.com", "большая эй, точка, пи, подчёркивание, два, дефис, экс, плюс, "
         "собака, джимейл точка ком"),
        ("a@mk.ru", "эй, собака, эм, кей, точка, ру"),
        ("a@b.test", "эй, собака, би, точка, ти, и, эс, ти"),
        ("a@почта.рф", "эй, собака, почта, точка, рф"),
    ],
)  # fmt: skip
def test_every_letter_has_its_word(address: str, said: str) -> None:
    assert email_aloud(address) == said
