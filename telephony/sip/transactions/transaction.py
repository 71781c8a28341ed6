"""What the four transactions of RFC 3261 section 17 share, with the corrections of RFC 6026.

Each is a state machine over values: messages and timer letters in, effects out, deadlines in a
shared ``Schedule``. Nothing here knows sockets or the time.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Protocol

from telephony.sip.network.faults import TransportFault
from telephony.sip.schedule import Schedule
from telephony.sip.syntax.address import Address
from telephony.sip.syntax.message import Message, Request, Response

TransactionKey = tuple[Hashable, ...]


class Timer(StrEnum):
    """The timers of RFC 3261 table 4, and L and M of RFC 6026."""

    A = "A"
    B = "B"
    D = "D"
    E = "E"
    F = "F"
    G = "G"
    H = "H"
    I = "I"  # noqa: E741
    J = "J"
    K = "K"
    L = "L"
    M = "M"


@dataclass(frozen=True, slots=True)
class TimerValues:
    """Base times in seconds (RFC 3261 table 4).

    ``reliable`` in the methods tells that the peer's transport repeats by itself (TCP, TLS).
    """

    t1_s: float = 0.5
    t2_s: float = 4.0
    t4_s: float = 5.0

    @property
    def timeout_s(self) -> float:
        """64*T1: how long an answer or an ACK may take."""
        return 64 * self.t1_s

    def response_wait_s(self, *, reliable: bool) -> float:
        """Timer D: how long repeated final answers are absorbed."""
        return 0.0 if reliable else max(32.0, self.timeout_s)

    def ack_wait_s(self, *, reliable: bool) -> float:
        """Timers I and K."""
        return 0.0 if reliable else self.t4_s

    def repeat_wait_s(self, *, reliable: bool) -> float:
        """Timer J."""
        return 0.0 if reliable else self.timeout_s


class RequestOwner(Protocol):
    """Who sent a request, and is told what became of it."""

    def on_response(self, request: Request, response: Response) -> None:
        """Take an answer: each provisional, and the final one; of an INVITE every 2xx."""

    def on_timeout(self, request: Request) -> None:
        """Nobody gave a final answer in time (timer B or F)."""


@dataclass(frozen=True, slots=True)
class Send:
    """Put the message on the wire.

    With ``fallback`` the destination is the far side of a connection that came in; when that is
    gone, a new one is made to ``fallback`` (RFC 3261 section 18.2.2).
    """

    message: Message
    destination: Address
    fallback: Address | None = None


@dataclass(frozen=True, slots=True)
class RequestArrived:
    """A new request for the user agent; ``key`` is None for the ACK of a 2xx."""

    key: TransactionKey | None
    request: Request
    source: Address


@dataclass(frozen=True, slots=True)
class ResponseArrived:
    """An answer to our request."""

    owner: RequestOwner
    request: Request
    response: Response


@dataclass(frozen=True, slots=True)
class RequestTimedOut:
    """Nobody gave a final answer to our request in time (timer B or F)."""

    owner: RequestOwner
    request: Request


@dataclass(frozen=True, slots=True)
class RequestUndelivered:
    """Our request could not be brought to its destination (RFC 3261 section 8.1.3.1)."""

    owner: RequestOwner
    request: Request
    fault: TransportFault


@dataclass(frozen=True, slots=True)
class AckMissing:
    """Our refusal of an INVITE was never acknowledged (timer H)."""

    key: TransactionKey


TransactionEffect = (
    Send | RequestArrived | ResponseArrived | RequestTimedOut | RequestUndelivered | AckMissing
)
TimerKey = tuple[TransactionKey, Timer]


class State(Enum):
    """States of all four machines; each uses its own of them."""

    TRYING = "trying"
    """Also "Calling" of the INVITE client."""
    PROCEEDING = "proceeding"
    ACCEPTED = "accepted"
    COMPLETED = "completed"
    CONFIRMED = "confirmed"
    TERMINATED = "terminated"


class Transaction:
    """What all four machines share."""

    def __init__(
        self,
        key: TransactionKey,
        request: Request,
        peer: Address,
        schedule: Schedule[TimerKey],
        values: TimerValues,
    ) -> None:
        self.key = key
        self.request = request
        self.peer = peer
        self.state = State.TRYING
        self.schedule = schedule
        self.values = values

    @property
    def label(self) -> str:
        """The transaction for the log: nothing in it says who calls whom."""
        return f"{self.request.method} {self.request.top_via.branch}"

    def arm(self, timer: Timer, now_s: float, delay_s: float) -> None:
        """Set the timer."""
        self.schedule.arm((self.key, timer), now_s + delay_s)

    def cancel(self, *timers: Timer) -> None:
        """Forget these timers."""
        for timer in timers:
            self.schedule.cancel((self.key, timer))

    def terminate(self) -> None:
        """End at once, without any effect."""
        self.state = State.TERMINATED
        self.cancel(*Timer)
