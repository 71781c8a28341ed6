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
    """The central database is reachable and accepts records."""

    at: datetime


@dataclass(frozen=True, slots=True)
class CentralLost:
    """The central database accepts no records.

    Emitted once until it is available again or the reason changes.
    """

    at: datetime
    kind: StoreFailureKind


@dataclass(frozen=True, slots=True)
class ServerRefused:
    """A server responds, but its timeline forbids sending anything to it.

    Emitted once until the server changes or is unreachable. ``name`` is its host and port, ``why``
    one of ``timeline.REFUSED``. Sending to other servers may continue.
    """

    at: datetime
    name: str
    why: Verdict


@dataclass(frozen=True, slots=True)
class ServersAgree:
    """All servers that respond may be used again; follows ``ServerRefused``."""


@dataclass(frozen=True, slots=True)
class SentAgain:
    """``count`` outbox rows are sent again, because the central database may have lost them."""

    at: datetime
    count: int


@dataclass(frozen=True, slots=True)
class ClockCompared:
    """Clock skew: seconds by which the local clock is ahead of the server's, negative if behind.

    Emitted when the skew exceeds CLOCK_TOLERANCE_S, again when it changes by as much, and once when
    it is back within the tolerance. Nothing is corrected: records keep the times of the local
    clock.
    """

    ahead_s: float

    @property
    def is_wrong(self) -> bool:
        return abs(self.ahead_s) > CLOCK_TOLERANCE_S


@dataclass(frozen=True, slots=True)
class BatchSent:
    """``count`` records were committed in the central database and marked as sent in the outbox."""

    count: int


@dataclass(frozen=True, slots=True)
class RowPoisoned:
    """The central database rejects this record because of its content; the other records of the
    batch were sent.
    """

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
