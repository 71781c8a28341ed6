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
    """Progress of an operator with a callback."""

    CALLING = "calling"
    TALKING = "talking"
    WRITING = "writing"
    """The call has ended and its record is a draft, active or suspended."""


@dataclass(frozen=True, slots=True)
class CallClaim:
    """A lock on a phone number (E.164) by the operator who calls it back.

    ``talked_at`` is the start of the call whose record is being written: a call missed after it is
    a separate matter. ``missed_at`` is the arrival of the missed call that is returned.
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
    """Operator of another workplace who holds the lock of a phone number.

    ``talked_at`` as in ``CallClaim``; the previous version of the program does not send it.
    """

    by_name: str
    stage: ClaimStage
    talked_at: datetime | None = None

    def has(self, came_at: datetime | None) -> bool:
        """Whether the lock covers a call that came then: a record does not cover later calls."""
        if self.stage is not ClaimStage.WRITING or self.talked_at is None or came_at is None:
            return True
        return came_at <= self.talked_at


@dataclass(frozen=True, slots=True)
class Claimed:
    """Reply of the central database to a lock request.

    ``holder`` is the operator who already holds the lock. A call to a number without a missed call
    needs no lock: then ``is_kept`` is False without a holder.
    """

    is_kept: bool
    holder: ClaimHolder | None = None


def said_to(claim: CallClaim, held: tuple[UUID, ClaimHolder] | None) -> Claimed:
    """Builds the reply to a request from the lock that the number has now."""
    if held is None:
        return Claimed(is_kept=False)
    id, holder = held
    return Claimed(is_kept=True) if id == claim.id else Claimed(is_kept=False, holder=holder)


SAME_RING = timedelta(minutes=2)
"""Maximum difference between the rings of one call at several workplaces. It allows for a queue
that tries them in turn and for small clock differences.
"""


class MissedOutcome(StrEnum):
    """Outcome of a missed call, if stated by an operator.

    Not needed if the parties have talked since: the calls themselves show it.
    """

    CALLED_BACK = "called_back"
    """From another phone, or in person."""
    NOT_REACHED = "not_reached"
    NOT_NEEDED = "not_needed"
    """A mistake, an advertisement, or a hidden number."""
    BEFORE = "before"
    """Older than this list: set by the migration that introduced it."""
    ELSEWHERE = "elsewhere"
    """Another workplace has talked with this number since, or resolved its own missed call."""


@dataclass(frozen=True, slots=True)
class MissedElsewhere:
    """A call missed at another workplace only, to be returned by any free operator."""

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
    """Merges own and remote missed calls, oldest first.

    A call that rang at several workplaces is listed once: the own record, otherwise the first
    remote one.
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
"""Outcomes an operator can select, in order of the digit keys."""
