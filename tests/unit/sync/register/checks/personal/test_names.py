"""Names of persons in cases that the marked texts do not cover."""

from __future__ import annotations

import pytest

from sync.register.checks.morphology import Morphology
from sync.register.checks.personal.known import NameWords
from sync.register.checks.personal.name_context import is_public
from sync.register.checks.personal.names import find_names


@pytest.fixture(scope="module")
def name_words(morphology: Morphology) -> NameWords:
    return NameWords(morphology)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("сосед Пётр Бзяконтрович", ["Пётр Бзяконтрович"]),
        ("Иваном Петровна", []),
        ("мороз анна петровна", ["анна петровна"]),
        ("Прошу И. И. Иванова", ["И. И. Иванова"]),
        ("наша Плитка И. П. Иванов", ["И. П. Иванов"]),
        ("Иванов УК не платит", []),
        ("Иванов ИВ не платит", ["Иванов ИВ"]),
        ("писал иванов и.в. весной", ["иванов и.в."]),
        ("вода т.е. жидкость, иванов т.е. сосед", []),
        ("Яма А. Б. в порядке", []),
        ("наша Яма А. Б. в порядке", ["Яма А. Б."]),
        ("Это Дом А. построен", []),
        ("схема А. Бзямс", ["А. Бзямс"]),
        ("БЗЯМС Анна", []),
    ],
)
def test_names_and_what_only_looks_like_them(
    name_words: NameWords, text: str, expected: list[str]
) -> None:
    found = find_names(text, name_words)

    assert [text[name.start : name.end] for name in found] == expected


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("Уважаемый Пётр Ильич! Яма.", True),
        ("Здравствуйте, Пётр Ильич, у нас яма.", True),
        ("Здравствуйте, Пётр Ильич Иванов пишет вам.", False),
        ("Яма на дороге. " * 20 + "Уважаемый Пётр Ильич!", False),
        ("у дома на Анны Ивановой", True),
        ("по Карла Иванова яма", True),
        ("по Анне Ивановой скучаем", False),
        ("приехал на Анны Ивановой, 5", True),
        ("магазин «Анна Иванова»", True),
    ],
)
def test_a_greeting_a_street_or_a_shop_is_nobodys_secret(
    name_words: NameWords, text: str, public: bool
) -> None:
    (name,) = find_names(text, name_words)

    assert is_public(text, name) is public
