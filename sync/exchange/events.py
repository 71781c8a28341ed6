"""Events of the exchange with the central database, for the screen and the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sync.exchange.failures import FailureKind as StoreFailureKind
from sync.exchange.timeline import Verdict
from sync.records.table_rules import Entity

CLOCK_TOLERANCE_S = 2.0


@dataclass(frozen=True, slots=True)
class CentralReached:
    """The centre answers and takes records."""

    at: datetime


@dataclass(frozen=True, slots=True)
class CentralLost:
    """The centre takes no records now; told once until it is reached or the reason changes."""

    at: datetime
    kind: StoreFailureKind


@dataclass(frozen=True, slots=True)
class ServerRefused:
    """A server answers to which nothing may be sent; told once until it is another or away.

    ``name`` is its host and port, ``why`` one of ``timeline.REFUSED``. Other servers may go on.
    """

    at: datetime
    name: str
    why: Verdict


@dataclass(frozen=True, slots=True)
class ServersAgree:
    """No server that must be refused answers any more."""


@dataclass(frozen=True, slots=True)
class SentAgain:
    """The centre may lack what it had acknowledged: so many rows of the outbox are sent anew."""

    at: datetime
    count: int


@dataclass(frozen=True, slots=True)
class ClockCompared:
    """The clock here is so many seconds ahead of the server's, or behind it where negative.

    Told when it is more than CLOCK_TOLERANCE_S, again when that changes by as much, and once when
    it is right again. Nothing is corrected: times are those that this computer had.
    """

    ahead_s: float

    @property
    def is_wrong(self) -> bool:
        return abs(self.ahead_s) > CLOCK_TOLERANCE_S


@dataclass(frozen=True, slots=True)
class BatchSent:
    """So many records are in the centre, and the outbox knows."""

    count: int


@dataclass(frozen=True, slots=True)
class RowPoisoned:
    """The centre refuses this record for what stands in it; the others went on."""

    entity: Entity
    entity_id: UUID


SenderEvent = (
    CentralReached
    | CentralLost
    | ServerRefused
    | ServersAgree
    | SentAgain
    | ClockCompared
    | BatchSent
    | RowPoisoned
)
