"""All checks of a message's text put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from sync.register.checks.finding import Finding, FindingKind, Level
from sync.register.checks.place_conflict import place_conflict
from sync.register.message_text import with_place


class Detector(Protocol):
    """One check: what it finds in a text, in any order. It does no I/O and never raises."""

    def __call__(self, text: str) -> Iterable[Finding]: ...


@dataclass(frozen=True, slots=True)
class Rules:
    """The checks that a city wants, each made once with the words that it needs."""

    detectors: tuple[Detector, ...]


def check(text: str, rules: Rules) -> tuple[Finding, ...]:
    """What stands against section 6 in a text, in the order of the text."""
    found = [finding for detector in rules.detectors for finding in detector(text)]
    return tuple(sorted(found, key=lambda finding: (finding.start, finding.end, finding.kind)))


def check_message(text: str, place: str, rules: Rules) -> tuple[Finding, ...]:
    """What stands against section 6 in a message, in the order of ``with_place``.

    A text that speaks of another place than the stated one comes last.
    """
    return (*check(with_place(text, place), rules), *place_conflict(text, place))


def must_be_non_public(findings: Iterable[Finding]) -> bool:
    """Whether 6.12 makes the message non-public, whatever its author chose."""
    return any(
        finding.kind is FindingKind.PERSONAL_DATA and finding.level is Level.BLOCK
        for finding in findings
    )
