"""All checks of a text together."""

from __future__ import annotations

import pytest

from sync.register.checks.check import (
    CONTRADICTION,
    Rules,
    check,
    check_message,
    must_be_non_public,
)
from sync.register.checks.finding import Finding, FindingKind, Level
from sync.register.checks.morphology import Morphology


def found(kind: FindingKind, level: Level, start: int = 0) -> Finding:
    return Finding(kind, level, "code", start, start + 1, "а", "6.3")


def test_findings_of_all_checks_come_in_the_order_of_the_text() -> None:
    later = found(FindingKind.OBSCENE, Level.A, 7)
    earlier = found(FindingKind.INSULT, Level.WARN, 2)
    rules = Rules((lambda text: [later], lambda text: [earlier]))

    assert check("а" * 10, rules) == (earlier, later)


def test_a_message_is_checked_with_its_place_and_against_it() -> None:
    read: list[str] = []

    def detector(text: str) -> list[Finding]:
        read.append(text)
        return [found(FindingKind.INSULT, Level.WARN, 2)]

    told = "Яма на улице Ленина, дом 7"
    insult, conflict = check_message(told, "садовая 5", Rules((detector,)))

    assert read == [f"{told}. Садовая 5"]
    assert insult.kind is FindingKind.INSULT
    assert (conflict.type, conflict.text) == (CONTRADICTION, told)


@pytest.mark.parametrize(
    ("finding", "non_public"),
    [
        (found(FindingKind.PERSONAL_DATA, Level.BLOCK), True),
        (found(FindingKind.PERSONAL_DATA, Level.WARN), False),
        (found(FindingKind.THREAT, Level.BLOCK), False),
    ],
)
def test_only_blocking_personal_data_make_a_message_non_public(
    finding: Finding, non_public: bool
) -> None:
    assert must_be_non_public([finding]) is non_public


def test_the_dictionary_knows_forms_and_guesses_strange_ones(morphology: Morphology) -> None:
    assert morphology.is_known("Дороге")
    assert morphology.normal("Дорогами") == "дорога"
    assert any("Surn" in reading.tags for reading in morphology.readings("ИВАНОВОЙ"))
    assert not morphology.is_known("бзяконтр")
