"""What makes a message non-public, whatever its author chose (Regulation 6.12)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from sync.register.checks.check import must_be_non_public
from sync.register.checks.finding import Finding
from sync.register.checks.personal.piece import DataType


class Confidential(StrEnum):
    """What text or photos hold; the value is the line of 6.12."""

    PERSONAL_DATA = "6.12-1"
    HEALTH = "6.12-2"
    CONFIDENTIAL_BY_LAW = "6.12-3"
    CLASSIFIED = "6.12-4"


NOTHING_FOUND: frozenset[Confidential] = frozenset()


def confidential_of(findings: Iterable[Finding]) -> frozenset[Confidential]:
    """What the check of a text marks by itself; the other lines of 6.12 are a person's to mark."""
    return frozenset(
        Confidential.HEALTH if finding.type == DataType.HEALTH else Confidential.PERSONAL_DATA
        for finding in findings
        if must_be_non_public((finding,))
    )
