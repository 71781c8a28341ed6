"""Missed calls: each stays until somebody has dealt with it, nights and weekends included."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sync.register.calls import CallRecord
from sync.register.numbering import RegistrationNumber

SAME_RING = timedelta(minutes=2)
"""One caller's ring at several workplaces lies within this, also where a queue tries them in turn
and where their clocks differ a little."""


class MissedOutcome(StrEnum):
    """What became of a missed call, where a person says so.

    Where the two sides have talked since, nobody has to: the calls themselves tell it.
    """

    CALLED_BACK = "called_back"
    """From another telephone, or the caller was met."""
    NOT_REACHED = "not_reached"
    NOT_NEEDED = "not_needed"
    """A mistake, an advertisement, a number that is hidden."""
    BEFORE = "before"
    """Older than the list itself: marked by the program that brought it."""
    ELSEWHERE = "elsewhere"
    """Another workplace has talked with this telephone since, or said what became of its call."""


@dataclass(frozen=True, slots=True)
class MissedElsewhere:
    """A call that rang at another workplace alone and waits for whoever of the team is free."""

    id: UUID
    number: RegistrationNumber
    arrived_at: datetime
    phone: str
    about: str
    out_of_hours: bool = False

    @property
    def workplace(self) -> str:
        return self.number.station


Missed = CallRecord | MissedElsewhere


def once_each(
    own: Iterable[CallRecord], elsewhere: Iterable[MissedElsewhere]
) -> tuple[Missed, ...]:
    """All of our own and what others alone have missed, the oldest first.

    A call that rang at several workplaces is one: ours stands for it, else the first of theirs.
    """
    listed: list[Missed] = list(own)
    rang: dict[str, list[datetime]] = {}
    for card in listed:
        rang.setdefault(str(card.phone), []).append(card.arrived_at)
    for one in sorted(elsewhere, key=lambda one: (one.arrived_at, one.id)):
        known = rang.setdefault(one.phone, [])
        if all(abs(one.arrived_at - at) > SAME_RING for at in known):
            known.append(one.arrived_at)
            listed.append(one)
    return tuple(sorted(listed, key=lambda one: (one.arrived_at, one.id)))


CHOICES = (MissedOutcome.CALLED_BACK, MissedOutcome.NOT_REACHED, MissedOutcome.NOT_NEEDED)
"""What a person may say, in the order of the digits."""
