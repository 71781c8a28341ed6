"""Content of a message, its missing parts, and reasons to treat it as non-public (6.1, 6.12)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from sync.register.checks.check import must_be_non_public
from sync.register.checks.finding import Finding, Ground
from sync.register.checks.personal.piece import DataType
from sync.register.messages import MessageProblem


class Confidential(StrEnum):
    """Reason to keep a message non-public; the value is the item of 6.12."""

    PERSONAL_DATA = "6.12-1"
    HEALTH = "6.12-2"
    CONFIDENTIAL_BY_LAW = "6.12-3"
    CLASSIFIED = "6.12-4"


_LINES: Mapping[str, Confidential] = {
    DataType.HEALTH: Confidential.HEALTH,
    DataType.BY_LAW: Confidential.CONFIDENTIAL_BY_LAW,
    DataType.CLASSIFIED: Confidential.CLASSIFIED,
}
NOTHING_FOUND: frozenset[Confidential] = frozenset()


def confidential_of(findings: Iterable[Finding]) -> frozenset[Confidential]:
    """Returns the reasons under 6.12 for blocking findings of the automatic text check."""
    return frozenset(
        _LINES.get(finding.type, Confidential.PERSONAL_DATA)
        for finding in findings
        if must_be_non_public((finding,))
    )


@dataclass(frozen=True, slots=True)
class Contents:
    """Content of a message as submitted or corrected.

    ``photos`` is the number of photos. ``event_on`` and ``event_time`` are in the city's time zone.
    ``topic`` and ``category`` are directory keys.
    """

    text: str
    photos: int
    event_on: date | None
    event_time: time | None
    place: str
    topic: str | None
    category: str | None

    @property
    def tells_something(self) -> bool:
        """Whether the message has any information, a text or a photo (6.1)."""
        return bool(self.text.strip()) or self.photos > 0


def missing_of(contents: Contents) -> tuple[MessageProblem, ...]:
    """Returns the parts required for registration that are missing (6.1, 5.3)."""
    checks = (
        (contents.tells_something, MessageProblem.TEXT_MISSING),
        (contents.event_on is not None, MessageProblem.DATE_MISSING),
        (contents.event_time is not None, MessageProblem.TIME_MISSING),
        (bool(contents.place.strip()), MessageProblem.PLACE_MISSING),
        (contents.category is not None, MessageProblem.CATEGORY_MISSING),
    )
    return tuple(problem for there, problem in checks if not there)


def proposed_ground(contents: Contents) -> Ground | None:
    """Returns the ground of refusal proposed for missing parts (6.1, 7.7); the operator decides.

    A missing category is no ground, because the operator selects the category.
    """
    missing = set(missing_of(contents)) - {MessageProblem.CATEGORY_MISSING}
    return Ground.INCOMPLETE if missing else None
