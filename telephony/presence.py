"""Values of SIP presence: the operator's activity, and the state of its publication."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Activity(StrEnum):
    """Activity of the operator; the applicable values of RPID (RFC 4480, section 3.2)."""

    ON_THE_PHONE = "on-the-phone"
    BUSY = "busy"
    WORKING = "working"
    AWAY = "away"
    MEAL = "meal"


@dataclass(frozen=True, slots=True)
class Presence:
    """Availability for calls ("open" or "closed", RFC 3863), and activities of the operator."""

    takes_calls: bool
    activities: tuple[Activity, ...] = ()


GONE = Presence(takes_calls=False)
"""No operator: published before a publication is withdrawn."""


class PublicationState(StrEnum):
    """State of the presence publication at the PBX."""

    OFF = "off"
    """No presence to publish."""
    WAITING = "waiting"
    """Not confirmed yet, or the PBX is unavailable."""
    TOLD = "told"
    FAILED = "failed"
    """Refused temporarily; will be retried."""
    NOT_TAKEN = "not_taken"
    """Presence is not supported by the PBX; retried much later or on request."""
