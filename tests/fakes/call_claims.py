"""A central database that keeps callback locks in memory, as PostgreSQL does; serves a second desk
too.
"""

from __future__ import annotations

from collections.abc import Collection
from concurrent.futures import Executor
from datetime import datetime
from uuid import UUID

from console.shared.session.call_claims import TeamOfCentre
from sync.errors import CentreUnwritten
from sync.register.calls.missed import CallClaim, Claimed, ClaimHolder, ClaimStage


class FakeClaims:
    """``missed`` are numbers of missed calls; while ``is_away`` no lock is accepted."""

    def __init__(self) -> None:
        self.held: dict[str, CallClaim] = {}
        self.missed: set[str] = set()
        self.asked: list[CallClaim] = []
        self.is_away = False

    def claim(self, claim: CallClaim, *, is_forced: bool = False) -> Claimed:
        self._reach()
        self.asked.append(claim)
        known = self.held.get(claim.phone)
        if (
            known is None
            and claim.stage is not ClaimStage.CALLING
            and claim.phone not in self.missed
        ):
            return Claimed(is_kept=False)
        if known is not None and known.id != claim.id and not is_forced:
            holder = ClaimHolder(known.by_name, known.stage, known.talked_at)
            if holder.has(claim.missed_at):
                return Claimed(is_kept=False, holder=holder)
        self.held[claim.phone] = claim
        return Claimed(is_kept=True)

    def end(self, id: UUID) -> None:
        self._reach()
        self.held = {phone: one for phone, one in self.held.items() if one.id != id}

    def _reach(self) -> None:
        if self.is_away:
            raise CentreUnwritten("unreachable")


class FakeMissed:
    """Missed calls known at this desk with their times; set by the test."""

    def __init__(self) -> None:
        self.at: dict[str, datetime] = {}
        self.asked_since: datetime | None = None

    def first_missed(self, phones: Collection[str], since: datetime) -> dict[str, datetime]:
        self.asked_since = since
        return {phone: at for phone, at in self.at.items() if phone in phones}


class FakeBoard:
    """Locks received from other workplaces; set by the test."""

    def __init__(self) -> None:
        self.told: dict[str, ClaimHolder] = {}
        self.ends_in_s: float | None = None

    def holders(self) -> dict[str, ClaimHolder]:
        return dict(self.told)

    def next_end_s(self) -> float | None:
        return self.ends_in_s


class FakeTeam:
    """A central database, reachable or not, with the lock cache of this desk."""

    def __init__(self, worker: Executor) -> None:
        self.claims, self.board, self.is_reachable = FakeClaims(), FakeBoard(), True
        self.missed = FakeMissed()
        self.now_s = 1000.0
        self.of_centre = TeamOfCentre(
            self.claims, self.board, self.missed, worker, lambda: self.is_reachable
        )
