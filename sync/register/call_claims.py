"""Who of the team calls somebody back or talks with him: known for as long as it goes on."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class CallClaim:
    """This person calls the telephone (E.164), or ``is_talk`` already."""

    id: UUID
    phone: str
    by_id: UUID
    by_name: str
    is_talk: bool = False


@dataclass(frozen=True, slots=True)
class ClaimHolder:
    """Whom of another workplace the telephone belongs to for now."""

    by_name: str
    is_talk: bool


@dataclass(frozen=True, slots=True)
class Claimed:
    """What the centre says to a claim.

    ``holder`` is whoever came first. A talk with somebody whom nobody has missed is of no interest
    to the others: it is not kept, ``is_kept`` says so.
    """

    is_kept: bool
    holder: ClaimHolder | None = None
