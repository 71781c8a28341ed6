"""A surname without a first name is distinguished from words, places and officials."""

from __future__ import annotations

import pytest

from sync.register.checks.morphology import Morphology
from sync.register.checks.personal.known import Known
from sync.register.checks.personal.name_context import LoneSurnames

KNOWN = Known(("Сорокина Анна Петровна",), world_known=("Пушкин Александр Сергеевич",))
OF_THE_CITY = frozenset({"гагарина", "заливная"})


@pytest.fixture(scope="module")
def surnames(morphology: Morphology) -> LoneSurnames:
    return LoneSurnames(morphology, KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "петрова",
        "Петрову",
        "пробовой",
        "чотчаева",
        "нурмагомедов",
        "коваленко",
        "троицкая",
        "ким",
        "орлов",
        "голубев",
        "жалоба на петрову",
        "звонила петрова",
        "у пробовой хлам",
        "зайцев мусор",
        "лепшоков третий подъезд",
        "gtnhjdf",
        "Ghj,jdf",
    ],
)
def test_a_surname_is_found_in_any_case_and_layout(surnames: LoneSurnames, text: str) -> None:
    assert surnames.is_in(text, OF_THE_CITY.__contains__)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "вывоз мусора",
        "улица петрова",
        "ул петрова 5",
        "яма на петрова",
        "петрова 12",
        "гагарина",
        "заливная",
        "сорокина",
        "памятник пушкину",
        "мэр петров",
        "мельник",
        "белые ночи",
        "троицкая ярмарка",
        "троллейбусов",
        "wi-fi",
        "ов",
        "прв",
    ],
)
def test_words_places_and_officials_are_no_such_surname(surnames: LoneSurnames, text: str) -> None:
    assert not surnames.is_in(text, OF_THE_CITY.__contains__)
