"""Findings of the text checks, and the grounds of refusal they propose (Regulation 6.1-6.12)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class FindingKind(StrEnum):
    """Requirement of section 6 that a finding concerns."""

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
    INCOMPLETE = "incomplete"


# Types of INCOMPLETE findings.
NO_MATTER = "no_matter"
NO_DATE = "no_date"


class Level(StrEnum):
    """Severity of a finding; a finding never refuses a message, the operator decides (7.10)."""

    A = "A"
    """An obscene word, with certainty."""
    B = "B"
    """Probably an obscene word."""
    C = "C"
    """A mild or coarse word."""
    BLOCK = "block"
    """The message cannot be accepted unchanged; with personal data it is non-public (6.12)."""
    GROUND = "ground"
    """Proposes a ground of refusal (7.7)."""
    WARN = "warn"
    """A hint for the operator."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding in a text; ``start`` and ``end`` are the character offsets of its ``text``.

    A finding about the whole text spans it. ``type`` is a code within its kind, ``paragraph`` the
    clause of the Regulation.
    """

    kind: FindingKind
    level: Level
    type: str
    start: int
    end: int
    text: str
    paragraph: str


class Ground(StrEnum):
    """Grounds of refusal; 6.3-0 is the introduction of 6.3, 6.3-N its list item N.

    ``CATEGORY`` is the first ground of 7.7, all others belong to the second one.
    """

    INCOMPLETE = "6.1"
    """Information, date, time or location is missing."""
    NOT_RUSSIAN = "6.3-0"
    OBSCENE = "6.3-1"
    PERSONAL = "6.3-2"
    HATRED = "6.3-3"
    HARM = "6.3-4"
    INSULT = "6.3-5"
    THREAT = "6.3-6"
    OTHER_PURPOSE = "6.3-7"
    ANSWERED_BEFORE = "6.3-8"
    FEDERAL = "6.3-9"
    SEVERAL_QUESTIONS = "6.3-10"
    NO_PLACE = "6.3-11"
    REPEATED = "6.4"
    PHOTO_FORMAT = "6.5"
    PHOTO_COUNT = "6.6"
    PHOTO_EDITING = "6.7"
    CATEGORY = "7.7"


_BY_KIND = {
    FindingKind.NOT_RUSSIAN: Ground.NOT_RUSSIAN,
    FindingKind.OBSCENE: Ground.OBSCENE,
    FindingKind.INSULT: Ground.INSULT,
    FindingKind.THREAT: Ground.THREAT,
    FindingKind.ADVERTISING: Ground.OTHER_PURPOSE,
    FindingKind.PERSONAL_MATTER: Ground.PERSONAL,
    FindingKind.FEDERAL: Ground.FEDERAL,
    FindingKind.SEVERAL_QUESTIONS: Ground.SEVERAL_QUESTIONS,
    FindingKind.NO_PLACE: Ground.NO_PLACE,
    FindingKind.INCOMPLETE: Ground.INCOMPLETE,
}
_BY_TYPE = {
    (FindingKind.INSULT, "hatred"): Ground.HATRED,
    (FindingKind.INSULT, "incitement"): Ground.HARM,
}
# Text typed in the wrong layout is no ground: the operator retypes it.
_NO_GROUND = frozenset({(FindingKind.NOT_RUSSIAN, "layout")})
_PRESET = frozenset({Level.A, Level.BLOCK, Level.GROUND})


@dataclass(frozen=True, slots=True)
class ProposedGround:
    """Proposed ground of refusal; with ``preset`` it is preselected, otherwise only listed."""

    ground: Ground
    preset: bool


def ground_of(found: Finding) -> Ground | None:
    """Returns the ground of refusal for a finding; None for personal data, emergencies and coarse
    words.
    """
    if found.level is Level.C or (found.kind, found.type) in _NO_GROUND:
        return None
    return _BY_TYPE.get((found.kind, found.type), _BY_KIND.get(found.kind))


def proposed_grounds(findings: Iterable[Finding]) -> tuple[ProposedGround, ...]:
    """Returns the grounds of refusal for the findings, without duplicates, in order of the
    Regulation.
    """
    preset: dict[Ground, bool] = {}
    for found in findings:
        ground = ground_of(found)
        if ground is not None:
            preset[ground] = preset.get(ground, False) or found.level in _PRESET
    return tuple(ProposedGround(each, preset[each]) for each in Ground if each in preset)
