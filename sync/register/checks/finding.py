"""What a check of a message's text finds (Regulation 6.1-6.12)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FindingKind(StrEnum):
    """Which requirement of section 6 is touched."""

    OBSCENE = "obscene"
    INSULT = "insult"
    THREAT = "threat"
    PERSONAL_DATA = "personal_data"
    NOT_RUSSIAN = "not_russian"
    ADVERTISING = "advertising"
    PERSONAL_MATTER = "personal_matter"
    SEVERAL_QUESTIONS = "several_questions"
    NO_PLACE = "no_place"
    FEDERAL = "federal"
    EMERGENCY = "emergency"


class Level(StrEnum):
    """How much weight a finding has; nothing is refused by it alone (7.10 is the operator's)."""

    A = "A"
    """An obscene word, certainly."""
    B = "B"
    """An obscene word, likely."""
    C = "C"
    """A mild or coarse word."""
    BLOCK = "block"
    """The message cannot go on as it is; of personal data: it is non-public (6.12)."""
    GROUND = "ground"
    """A ground of refusal is proposed (7.7)."""
    WARN = "warn"
    """The operator is to look."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One place of the text; ``start`` and ``end`` are character offsets of ``text`` in it.

    A finding about the whole text spans it. ``type`` is a code within its kind, ``paragraph`` the
    paragraph of the Regulation.
    """

    kind: FindingKind
    level: Level
    type: str
    start: int
    end: int
    text: str
    paragraph: str
