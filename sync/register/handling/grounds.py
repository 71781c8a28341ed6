"""Why a message may be refused (Regulation 7.7), and what makes it non-public (6.12)."""

from __future__ import annotations

from enum import StrEnum


class Ground(StrEnum):
    """A ground of refusal; the value is its paragraph, 6.3 with the number of its line.

    All but the last stand under the second ground of 7.7, the last is the first one. A person
    names it; a check only proposes.
    """

    INCOMPLETE = "6.1"
    """No information, date, time or place."""
    NOT_RUSSIAN = "6.3-0"
    OBSCENE = "6.3-1"
    PERSONAL_NATURE = "6.3-2"
    HATRED = "6.3-3"
    MINORITIES_AND_MINORS = "6.3-4"
    ACCUSATION_OR_INSULT = "6.3-5"
    THREAT = "6.3-6"
    OTHER_PURPOSE = "6.3-7"
    """Advertising, or anything else the platform is not for."""
    ANSWERED_BEFORE = "6.3-8"
    """The user was told earlier that it cannot be solved, or on what conditions."""
    STATE_AUTHORITY = "6.3-9"
    """A matter of federal or regional bodies."""
    SEVERAL_QUESTIONS = "6.3-10"
    PLACE_UNCLEAR = "6.3-11"
    REPEATED = "6.4"
    PHOTO_FORMAT = "6.5"
    PHOTO_COUNT = "6.6"
    PHOTO_NEEDS_EDITING = "6.7"
    CATEGORY = "7.7"
    """The contents do not fit the category."""


REST_ON_EARLIER_MESSAGE = frozenset({Ground.ANSWERED_BEFORE, Ground.REPEATED})
"""Grounds that stand only together with the message they rest on."""


class Confidential(StrEnum):
    """What text or photos hold that makes a message non-public; the value is the line of 6.12."""

    PERSONAL_DATA = "6.12-1"
    HEALTH = "6.12-2"
    CONFIDENTIAL_BY_LAW = "6.12-3"
    CLASSIFIED = "6.12-4"
