"""Coded grounds for refusal proposed by findings (Regulation 7.7)."""

from __future__ import annotations

import pytest

from sync.register.checks.finding import (
    Finding,
    FindingKind,
    Ground,
    Level,
    ProposedGround,
    ground_of,
    proposed_grounds,
)


def finding(kind: FindingKind, level: Level, type_: str = "code") -> Finding:
    return Finding(kind, level, type_, 0, 1, "а", "6.3")


@pytest.mark.parametrize(
    ("found", "ground"),
    [
        (finding(FindingKind.NOT_RUSSIAN, Level.GROUND, "latin"), "6.3-0"),
        (finding(FindingKind.NOT_RUSSIAN, Level.WARN, "layout"), None),
        (finding(FindingKind.OBSCENE, Level.A), "6.3-1"),
        (finding(FindingKind.OBSCENE, Level.C), None),
        (finding(FindingKind.INSULT, Level.WARN, "hatred"), "6.3-3"),
        (finding(FindingKind.INSULT, Level.WARN, "incitement"), "6.3-4"),
        (finding(FindingKind.INSULT, Level.WARN, "accusation"), "6.3-5"),
        (finding(FindingKind.THREAT, Level.WARN), "6.3-6"),
        (finding(FindingKind.ADVERTISING, Level.GROUND), "6.3-7"),
        (finding(FindingKind.FEDERAL, Level.GROUND), "6.3-9"),
        (finding(FindingKind.SEVERAL_QUESTIONS, Level.GROUND), "6.3-10"),
        (finding(FindingKind.NO_PLACE, Level.WARN), "6.3-11"),
        (finding(FindingKind.PERSONAL_DATA, Level.BLOCK, "phone"), None),
        (finding(FindingKind.EMERGENCY, Level.WARN, "fire"), None),
    ],
)
def test_a_finding_speaks_for_its_ground(found: Finding, ground: str | None) -> None:
    assert ground_of(found) == ground


def test_grounds_are_proposed_once_in_the_order_of_the_regulation() -> None:
    assert proposed_grounds(
        [
            finding(FindingKind.NO_PLACE, Level.WARN),
            finding(FindingKind.OBSCENE, Level.A),
            finding(FindingKind.OBSCENE, Level.B),
            finding(FindingKind.EMERGENCY, Level.WARN),
        ]
    ) == (ProposedGround(Ground.OBSCENE, True), ProposedGround(Ground.NO_PLACE, False))


def test_every_item_of_the_list_has_its_code() -> None:
    codes = [ground.value for ground in Ground]
    assert codes == [
        "6.1",
        *(f"6.3-{number}" for number in range(12)),
        *("6.4", "6.5", "6.6", "6.7", "7.7"),
    ]
