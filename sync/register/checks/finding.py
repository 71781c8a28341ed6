"""Findings of the text checks, and the grounds of refusal they propose (Regulation 6.1-6.12)."""

from __future__ import annotations

from collections.abc import Iterable
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
    INCOMPLETE = "incomplete"


# The types of what is incomplete.
NO_MATTER = "no_matter"
NO_DATE = "no_date"


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


class Ground(StrEnum):
    """Section 6.3 is numbered by its list: 0 is its first words, then its items in their order.

    ``CATEGORY`` is the first ground of 7.7, all others stand under the second one.
    """

    INCOMPLETE = "6.1"
    """No information, date, time or place."""
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
# The operator retypes them, or they are no more than coarse.
_NO_GROUND = frozenset({(FindingKind.NOT_RUSSIAN, "layout")})
_PRESET = frozenset({Level.A, Level.BLOCK, Level.GROUND})


@dataclass(frozen=True, slots=True)
class ProposedGround:
    """``preset`` tells whether it is to be ticked beforehand; a mere warning is only offered."""

    ground: Ground
    preset: bool


def ground_of(found: Finding) -> Ground | None:
    """The ground that a finding speaks for; personal data and emergencies speak for none."""
    if found.level is Level.C or (found.kind, found.type) in _NO_GROUND:
        return None
    return _BY_TYPE.get((found.kind, found.type), _BY_KIND.get(found.kind))


def proposed_grounds(findings: Iterable[Finding]) -> tuple[ProposedGround, ...]:
    """The grounds that findings speak for, each once, in the order of the Regulation."""
    preset: dict[Ground, bool] = {}
    for found in findings:
        ground = ground_of(found)
        if ground is not None:
            preset[ground] = preset.get(ground, False) or found.level in _PRESET
    return tuple(ProposedGround(each, preset[each]) for each in Ground if each in preset)
