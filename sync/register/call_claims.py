"""Who of the team has to do with a telephone: known for as long as it goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


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
