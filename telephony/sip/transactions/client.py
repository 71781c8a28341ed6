"""The transactions of requests that this phone sends (RFC 3261 section 17.1, RFC 6026)."""

from __future__ import annotations

from dataclasses import replace

from telephony.sip.network.faults import TransportFault
from telephony.sip.schedule import Schedule
from telephony.sip.syntax.address import Address
from telephony.sip.syntax.message import Request, Response, with_top_via
from telephony.sip.transactions.transaction import (
    RequestOwner,
    RequestTimedOut,
    RequestUndelivered,
    ResponseArrived,
    Send,
    State,
    Timer,
    TimerKey,
    TimerValues,
    Transaction,
    TransactionEffect,
    TransactionKey,
)


class ClientTransaction(Transaction):
    """What the two client machines share."""

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
        """Send the request and start the timers."""
        raise NotImplementedError

    def receive(self, response: Response, now_s: float) -> list[TransactionEffect]:
        """Take an answer."""
        raise NotImplementedError

    def fail(self, fault: TransportFault, now_s: float) -> list[TransactionEffect]:
        """The way to the peer is gone: go another way, or give up at once.

        An INVITE that has rung stays: its final answer may come over a new connection.
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
        """Take a deadline that has passed."""
        raise NotImplementedError

    def _up(self, response: Response) -> ResponseArrived:
        return ResponseArrived(self.owner, self.request, response)


class InviteClientTransaction(ClientTransaction):
    """RFC 3261 section 17.1.1, RFC 6026 section 7.2."""

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
        """ACK of a final answer other than 2xx (section 17.1.1.3)."""
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
    """RFC 3261 section 17.1.2."""

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
