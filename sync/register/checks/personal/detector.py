"""Personal data of a person in a message's text (Regulation 6.12)."""

from __future__ import annotations

from collections.abc import Iterable

from sync.register.checks.check import Detector
from sync.register.checks.finding import Finding, FindingKind
from sync.register.checks.morphology import Morphology
from sync.register.checks.personal.emails import find_emails
from sync.register.checks.personal.known import Known
from sync.register.checks.personal.piece import Piece

PARAGRAPH = "6.12"


def personal_data_detector(morphology: Morphology, known: Known) -> Detector:
    """A check for what makes a message non-public, without the people that everybody may know."""

    def detect(text: str) -> tuple[Finding, ...]:
        return tuple(_finding(piece, text) for piece in _apart(find_emails(text)))

    return detect


def _apart(pieces: Iterable[Piece]) -> list[Piece]:
    """Those that do not overlap one found before them."""
    kept: list[Piece] = []
    for piece in pieces:
        if all(piece.end <= other.start or other.end <= piece.start for other in kept):
            kept.append(piece)
    return kept


def _finding(piece: Piece, text: str) -> Finding:
    return Finding(
        kind=FindingKind.PERSONAL_DATA,
        level=piece.level,
        type=piece.type.value,
        start=piece.start,
        end=piece.end,
        text=text[piece.start : piece.end],
        paragraph=PARAGRAPH,
    )
