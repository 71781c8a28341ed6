"""Client and server transactions of RFC 3261, section 17, with the corrections of RFC 6026.

Each is a state machine over values: messages and timer letters in, effects out, deadlines in a
shared ``Schedule``. It uses no sockets and no clock.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from enum import Enum, StrEnum
from typing import Protocol

from telephony.sip.network.transport import TransportFault
from telephony.sip.primitives import Schedule
from telephony.sip.syntax.address import Address
from telephony.sip.syntax.message import Message, Request, Response, with_top_via

TransactionKey = tuple[Hashable, ...]


class Timer(StrEnum):
    """Timers of RFC 3261, table 4, and timers L and M of RFC 6026."""

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
    """Base times in seconds (RFC 3261, table 4).

    ``reliable`` means that the peer's transport retransmits automatically (TCP, TLS).
    """

    t1_s: float = 0.5
    t2_s: float = 4.0
    t4_s: float = 5.0

    @property
    def timeout_s(self) -> float:
        """64*T1: limit for a response or an ACK."""
        return 64 * self.t1_s

    def response_wait_s(self, *, reliable: bool) -> float:
        """Timer D: time for which repeated final responses are absorbed."""
        return 0.0 if reliable else max(32.0, self.timeout_s)

    def ack_wait_s(self, *, reliable: bool) -> float:
        """Returns the duration of timers I and K."""
        return 0.0 if reliable else self.t4_s

    def repeat_wait_s(self, *, reliable: bool) -> float:
        """Returns the duration of timer J."""
        return 0.0 if reliable else self.timeout_s


class RequestOwner(Protocol):
    """Sender of a request, which receives its outcome."""

    def on_response(self, request: Request, response: Response) -> None:
        """Handles a response: each provisional and the final one; for an INVITE every 2xx."""

    def on_timeout(self, request: Request) -> None:
        """Handles a missing final response (timer B or F)."""


@dataclass(frozen=True, slots=True)
class Send:
    """Send the message.

    With ``fallback`` the destination is the peer of an accepted connection; if that is closed, a
    new connection to ``fallback`` is opened (RFC 3261, section 18.2.2).
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
    """A response to a request of this agent."""

    owner: RequestOwner
    request: Request
    response: Response


@dataclass(frozen=True, slots=True)
class RequestTimedOut:
    """No final response to a request of this agent arrived in time (timer B or F)."""

    owner: RequestOwner
    request: Request


@dataclass(frozen=True, slots=True)
class RequestUndelivered:
    """A request of this agent could not be delivered (RFC 3261, section 8.1.3.1)."""

    owner: RequestOwner
    request: Request
    fault: TransportFault


@dataclass(frozen=True, slots=True)
class AckMissing:
    """The rejection of an INVITE was never acknowledged (timer H)."""

    key: TransactionKey


TransactionEffect = (
    Send | RequestArrived | ResponseArrived | RequestTimedOut | RequestUndelivered | AckMissing
)
TimerKey = tuple[TransactionKey, Timer]


class State(Enum):
    """States of all four machines; each uses a subset of them."""

    TRYING = "trying"
    """Also "Calling" of the INVITE client."""
    PROCEEDING = "proceeding"
    ACCEPTED = "accepted"
    COMPLETED = "completed"
    CONFIRMED = "confirmed"
    TERMINATED = "terminated"


class Transaction:
    """Base of all four state machines."""

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
        """Log label of the transaction, without caller and called party."""
        return f"{self.request.method} {self.request.top_via.branch}"

    def arm(self, timer: Timer, now_s: float, delay_s: float) -> None:
        self.schedule.arm((self.key, timer), now_s + delay_s)

    def cancel(self, *timers: Timer) -> None:
        for timer in timers:
            self.schedule.cancel((self.key, timer))

    def terminate(self) -> None:
        """Ends immediately, without any effect."""
        self.state = State.TERMINATED
        self.cancel(*Timer)


class ClientTransaction(Transaction):
    """Base of the two client machines."""

    def __init__(
        self,
        key: TransactionKey,
        request: Request,
        peer: Address,
        schedule: Schedule[TimerKey],
        values: TimerValues,
        owner: RequestOwner,
        fallback: Address | None = None,
    ) -> None:
        super().__init__(key, request, peer, schedule, values)
        self.owner = owner
        self._fallback = fallback

    def start(self, now_s: float) -> list[TransactionEffect]:
        """Sends the request and starts the timers."""
        raise NotImplementedError

    def receive(self, response: Response, now_s: float) -> list[TransactionEffect]:
        """Processes a response."""
        raise NotImplementedError

    def fail(self, fault: TransportFault, now_s: float) -> list[TransactionEffect]:
        """Handles a failed transport: uses the fallback, or gives up immediately.

        An INVITE that has rung remains: its final response may arrive over a new connection.
        """
        if self.state is not State.TRYING and not self._waits_for_final:
            return []
        if self._fallback is not None:
            self.peer, self._fallback = self._fallback, None
            via = replace(self.request.top_via, transport=self.peer.transport.upper())
            self.request = with_top_via(self.request, via)
            return self.start(now_s)
        self.terminate()
        return [RequestUndelivered(self.owner, self.request, fault)]

    @property
    def _waits_for_final(self) -> bool:
        return self.state is State.PROCEEDING and self.request.method != "INVITE"

    def on_timer(self, timer: Timer, now_s: float) -> list[TransactionEffect]:
        """Handles a timer that has expired."""
        raise NotImplementedError

    def _up(self, response: Response) -> ResponseArrived:
        return ResponseArrived(self.owner, self.request, response)


class InviteClientTransaction(ClientTransaction):
    """INVITE client transaction (RFC 3261, section 17.1.1; RFC 6026, section 7.2)."""

    _interval_s = 0.0

    def start(self, now_s: float) -> list[TransactionEffect]:
        self._interval_s = self.values.t1_s
        if not self.peer.is_reliable:
            self.arm(Timer.A, now_s, self._interval_s)
        self.arm(Timer.B, now_s, self.values.timeout_s)
        return [Send(self.request, self.peer)]

    def receive(self, response: Response, now_s: float) -> list[TransactionEffect]:
        match self.state:
            case State.TRYING | State.PROCEEDING:
                return self._receive_first(response, now_s)
            case State.ACCEPTED if 200 <= response.status_code < 300:
                return [self._up(response)]
            case State.COMPLETED if response.status_code >= 300:
                return [Send(self._ack(response), self.peer)]
            case _:
                return []

    def _receive_first(self, response: Response, now_s: float) -> list[TransactionEffect]:
        self.cancel(Timer.A, Timer.B)
        if response.status_code < 200:
            self.state = State.PROCEEDING
            return [self._up(response)]
        if response.status_code < 300:
            self.state = State.ACCEPTED
            self.arm(Timer.M, now_s, self.values.timeout_s)
            return [self._up(response)]
        self.state = State.COMPLETED
        self.arm(Timer.D, now_s, self.values.response_wait_s(reliable=self.peer.is_reliable))
        return [Send(self._ack(response), self.peer), self._up(response)]

    def on_timer(self, timer: Timer, now_s: float) -> list[TransactionEffect]:
        match timer:
            case Timer.A:
                self._interval_s *= 2
                self.arm(Timer.A, now_s, self._interval_s)
                return [Send(self.request, self.peer)]
            case Timer.B:
                self.terminate()
                return [RequestTimedOut(self.owner, self.request)]
            case _:
                self.terminate()
                return []

    def _ack(self, response: Response) -> Request:
        """ACK of a final response other than 2xx (section 17.1.1.3)."""
        request = self.request
        headers = [
            ("Via", request.values("Via")[0]),
            *(("Route", value) for value in request.values("Route")),
            ("Max-Forwards", "70"),
            ("From", request.required("From")),
            ("To", response.required("To")),
            ("Call-ID", request.call_id),
            ("CSeq", f"{request.sequence.number} ACK"),
        ]
        return Request(tuple(headers), b"", "ACK", request.uri)


class NonInviteClientTransaction(ClientTransaction):
    """Non-INVITE client transaction (RFC 3261, section 17.1.2)."""

    _interval_s = 0.0

    def start(self, now_s: float) -> list[TransactionEffect]:
        self._interval_s = self.values.t1_s
        if not self.peer.is_reliable:
            self.arm(Timer.E, now_s, self._interval_s)
        self.arm(Timer.F, now_s, self.values.timeout_s)
        return [Send(self.request, self.peer)]

    def receive(self, response: Response, now_s: float) -> list[TransactionEffect]:
        if self.state not in (State.TRYING, State.PROCEEDING):
            return []
        if response.status_code < 200:
            self.state = State.PROCEEDING
            return [self._up(response)]
        self.state = State.COMPLETED
        self.cancel(Timer.E, Timer.F)
        self.arm(Timer.K, now_s, self.values.ack_wait_s(reliable=self.peer.is_reliable))
        return [self._up(response)]

    def on_timer(self, timer: Timer, now_s: float) -> list[TransactionEffect]:
        match timer:
            case Timer.E:
                doubled_s = min(2 * self._interval_s, self.values.t2_s)
                proceeding = self.state is State.PROCEEDING
                self._interval_s = self.values.t2_s if proceeding else doubled_s
                self.arm(Timer.E, now_s, self._interval_s)
                return [Send(self.request, self.peer)]
            case Timer.F:
                self.terminate()
                return [RequestTimedOut(self.owner, self.request)]
            case _:
                self.terminate()
                return []


class ServerTransaction(Transaction):
    """Base of the two server machines; responses are sent to ``peer``."""

    last_response: Response | None = None
    fallback: Address | None = None
    """Address for a new connection if the connection to ``peer`` is closed."""

    def receive(self, request: Request, now_s: float) -> list[TransactionEffect]:
        """Processes a repeated request, or the ACK."""
        raise NotImplementedError

    def respond(self, response: Response, now_s: float) -> list[TransactionEffect]:
        """Sends the user agent's response."""
        raise NotImplementedError

    def on_timer(self, timer: Timer, now_s: float) -> list[TransactionEffect]:
        """Handles a timer that has expired."""
        raise NotImplementedError

    def _send(self, response: Response) -> Send:
        return Send(response, self.peer, self.fallback)

    def _repeat(self) -> list[TransactionEffect]:
        return [] if self.last_response is None else [self._send(self.last_response)]


class InviteServerTransaction(ServerTransaction):
    """INVITE server transaction (RFC 3261, section 17.2.1; RFC 6026, section 7.1).

    The user agent itself retransmits a 2xx.
    """

    _interval_s = 0.0

    def receive(self, request: Request, now_s: float) -> list[TransactionEffect]:
        if request.method == "ACK":
            return self._receive_ack(request, now_s)
        if self.state in (State.TRYING, State.PROCEEDING, State.COMPLETED):
            return self._repeat()
        return []

    def _receive_ack(self, request: Request, now_s: float) -> list[TransactionEffect]:
        if self.state is State.COMPLETED:
            self.state = State.CONFIRMED
            self.cancel(Timer.G, Timer.H)
            self.arm(Timer.I, now_s, self.values.ack_wait_s(reliable=self.peer.is_reliable))
            return []
        if self.state is State.ACCEPTED:
            # A peer of RFC 2543 reuses the INVITE's branch for the ACK of a 2xx.
            return [RequestArrived(None, request, self.peer)]
        return []

    def respond(self, response: Response, now_s: float) -> list[TransactionEffect]:
        if response.status_code < 200:
            if self.state not in (State.TRYING, State.PROCEEDING):
                return []
            self.state = State.PROCEEDING
        elif response.status_code < 300:
            if self.state is not State.ACCEPTED:
                self.state = State.ACCEPTED
                self.arm(Timer.L, now_s, self.values.timeout_s)
        else:
            self.state = State.COMPLETED
            self._interval_s = self.values.t1_s
            if not self.peer.is_reliable:
                self.arm(Timer.G, now_s, self._interval_s)
            self.arm(Timer.H, now_s, self.values.timeout_s)
        self.last_response = response
        return self._repeat()

    def on_timer(self, timer: Timer, now_s: float) -> list[TransactionEffect]:
        match timer:
            case Timer.G:
                self._interval_s = min(2 * self._interval_s, self.values.t2_s)
                self.arm(Timer.G, now_s, self._interval_s)
                return self._repeat()
            case Timer.H:
                self.terminate()
                return [AckMissing(self.key)]
            case _:
                self.terminate()
                return []


class NonInviteServerTransaction(ServerTransaction):
    """Non-INVITE server transaction (RFC 3261, section 17.2.2)."""

    def receive(self, request: Request, now_s: float) -> list[TransactionEffect]:
        return self._repeat()

    def respond(self, response: Response, now_s: float) -> list[TransactionEffect]:
        if self.state is State.COMPLETED:
            return []
        self.last_response = response
        if response.status_code < 200:
            self.state = State.PROCEEDING
        else:
            self.state = State.COMPLETED
            self.arm(Timer.J, now_s, self.values.repeat_wait_s(reliable=self.peer.is_reliable))
        return self._repeat()

    def on_timer(self, timer: Timer, now_s: float) -> list[TransactionEffect]:
        self.terminate()
        return []
