"""Values of SIP presence: the operator's activity, and the state of its publication."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Activity(StrEnum):
    """What somebody is at, of the words of RPID (RFC 4480, section 3.2) that fit an operator."""

    ON_THE_PHONE = "on-the-phone"
    BUSY = "busy"
    WORKING = "working"
    AWAY = "away"
    MEAL = "meal"


@dataclass(frozen=True, slots=True)
class Presence:
    """Whether a call may come ("open" or "closed", RFC 3863), and what the operator is at."""

    takes_calls: bool
    activities: tuple[Activity, ...] = ()


GONE = Presence(takes_calls=False)
"""Nobody is there: the last word before a publication is taken back."""


class PublicationState(StrEnum):
    """Whether the telephone system knows of the operator what it is to know."""

    OFF = "off"
    """Nothing is to be told."""
    WAITING = "waiting"
    """It has not confirmed it yet, or is away."""
    TOLD = "told"
    FAILED = "failed"
    """It did not take it just now; it is tried again."""
    NOT_TAKEN = "not_taken"
    """It takes no presence at all; it is asked again much later, or when a person wants it."""
