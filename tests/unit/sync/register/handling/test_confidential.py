"""The message has the confidentiality marks that the text check of 6.12 found."""

from __future__ import annotations

import pytest

from sync.register.checks.finding import Finding, FindingKind, Level
from sync.register.handling.contents import Confidential, confidential_of
from sync.register.handling.events import Source, Step
from sync.register.handling.step_facts import ConfidentialFound
from tests.unit.sync.register.handling.way import published


def finding(kind: FindingKind, level: Level, type_: str) -> Finding:
    return Finding(kind, level, type_, 0, 1, "а", "6.12")


PHONE = finding(FindingKind.PERSONAL_DATA, Level.BLOCK, "phone")
NAME = finding(FindingKind.PERSONAL_DATA, Level.BLOCK, "fio")
HEALTH = finding(FindingKind.PERSONAL_DATA, Level.BLOCK, "health")
DOUBTFUL = finding(FindingKind.PERSONAL_DATA, Level.WARN, "health")
OBSCENE = finding(FindingKind.OBSCENE, Level.A, "word")


@pytest.mark.parametrize(
    ("findings", "kinds"),
    [
        ((), set()),
        ((DOUBTFUL, OBSCENE), set()),
        ((PHONE, NAME), {Confidential.PERSONAL_DATA}),
        ((HEALTH, DOUBTFUL), {Confidential.HEALTH}),
        ((PHONE, HEALTH), {Confidential.PERSONAL_DATA, Confidential.HEALTH}),
    ],
)
def test_certain_findings_mark_a_message(
    findings: tuple[Finding, ...], kinds: set[Confidential]
) -> None:
    assert confidential_of(findings) == kinds


def test_a_message_found_out_late_is_hidden_by_the_check_itself() -> None:
    way = published()
    found = ConfidentialFound(confidential_of((PHONE,)))
    way.step(Step.MARK_CONFIDENTIAL, found, Source.SYSTEM)
    assert not way.standing.is_published
