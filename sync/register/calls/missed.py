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
    """Progress of a callback by an operator."""

    CALLING = "calling"
    TALKING = "talking"
    WRITING = "writing"
    """The call has ended; its record is still a draft, active or suspended."""


@dataclass(frozen=True, slots=True)
class CallClaim:
    """A lock on a phone number (E.164), held by the operator who calls it back.

    ``talked_at`` is the start of the call whose record is being written: the lock does not cover a
    call missed after that time. ``missed_at`` is the arrival of the missed call that is called
    back.
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
    """Operator of another workplace who holds the lock on a phone number.

    ``talked_at`` is that of ``CallClaim``; None if sent by the previous version of the program.
    """

    by_name: str
    stage: ClaimStage
    talked_at: datetime | None = None

    def has(self, came_at: datetime | None) -> bool:
        """Whether the lock covers a call that arrived at ``came_at``.

        While a record is being written, the lock does not cover calls that arrived after the
        conversation started.
        """
        if self.stage is not ClaimStage.WRITING or self.talked_at is None or came_at is None:
            return True
        return came_at <= self.talked_at


@dataclass(frozen=True, slots=True)
class Claimed:
    """Reply of the central database to a request for a lock.

    ``is_kept`` is True if the lock was granted. ``holder`` is the operator who already holds it. A
    call to a number without a missed call needs no lock: then ``is_kept`` is False without a
    holder.
    """

    is_kept: bool
    holder: ClaimHolder | None = None


def said_to(claim: CallClaim, held: tuple[UUID, ClaimHolder] | None) -> Claimed:
    """Builds the reply to a lock request; ``held`` is the current lock of the phone number,
    if any.
    """
    if held is None:
        return Claimed(is_kept=False)
    id, holder = held
    return Claimed(is_kept=True) if id == claim.id else Claimed(is_kept=False, holder=holder)


SAME_RING = timedelta(minutes=2)
"""Maximum difference between the rings of one call at several workplaces. It allows for a queue
that rings them in turn and for small clock differences.
"""


class MissedOutcome(StrEnum):
    """Outcome of a missed call as stated by an operator.

    Not needed if the parties have talked since: the call records show that.
    """

    CALLED_BACK = "called_back"
    """The operator reached the caller from another phone or in person."""
    NOT_REACHED = "not_reached"
    NOT_NEEDED = "not_needed"
    """The call was a mistake or an advertisement, or the number is hidden."""
    BEFORE = "before"
    """The call was missed before the list of missed calls existed; set by a database migration."""
    ELSEWHERE = "elsewhere"
    """Another workplace has talked with this number since, or resolved its own missed call."""


@dataclass(frozen=True, slots=True)
class MissedElsewhere:
    """A call missed only at another workplace; any free operator may call back."""

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
    """Merges missed calls of this and of other workplaces, oldest first.

    A call that rang at several workplaces is listed once: the record of this workplace, otherwise
    the first of the others.
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
"""Outcomes that an operator can select, in order of their digit keys."""
