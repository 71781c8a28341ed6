"""Missed calls of all workplaces, their outcomes, and locks on a phone number during a callback."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sync.register.calls.calls import CallRecord
from sync.register.numbering import RegistrationNumber


class ClaimStage(StrEnum):
    """How far somebody has come with a telephone."""

    CALLING = "calling"
    TALKING = "talking"
    WRITING = "writing"
    """The talk is over and its record a draft, in front or put aside."""


@dataclass(frozen=True, slots=True)
class CallClaim:
    """This person calls the telephone (E.164), or has come further with it.

    ``talked_at`` is when the talk began whose record is being written: a call that was missed after
    it is another matter. ``missed_at`` is when the call came that is being returned.
    """

    id: UUID
    phone: str
    by_id: UUID
    by_name: str
    stage: ClaimStage = ClaimStage.CALLING
    talked_at: datetime | None = None
    missed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ClaimHolder:
    """Whom of another workplace the telephone belongs to for now.

    ``talked_at`` as in the claim; a program of the version before does not tell it.
    """

    by_name: str
    stage: ClaimStage
    talked_at: datetime | None = None

    def has(self, came_at: datetime | None) -> bool:
        """Whether what came then is theirs too: the record of a talk is not of what came later."""
        if self.stage is not ClaimStage.WRITING or self.talked_at is None or came_at is None:
            return True
        return came_at <= self.talked_at


@dataclass(frozen=True, slots=True)
class Claimed:
    """What the centre says to a claim.

    ``holder`` is whoever came first. A talk with somebody whom nobody has missed is of no interest
    to the others: it is not kept, ``is_kept`` says so.
    """

    is_kept: bool
    holder: ClaimHolder | None = None


def said_to(claim: CallClaim, held: tuple[UUID, ClaimHolder] | None) -> Claimed:
    """What it means for the claim that the centre has this one for its telephone now."""
    if held is None:
        return Claimed(is_kept=False)
    id, holder = held
    return Claimed(is_kept=True) if id == claim.id else Claimed(is_kept=False, holder=holder)


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
