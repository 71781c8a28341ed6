"""The transactions of requests that come in (RFC 3261 section 17.2, RFC 6026)."""

from __future__ import annotations

from telephony.sip.syntax.address import Address
from telephony.sip.syntax.message import Request, Response
from telephony.sip.transactions.transaction import (
    AckMissing,
    RequestArrived,
    Send,
    State,
    Timer,
    Transaction,
    TransactionEffect,
)


class ServerTransaction(Transaction):
    """What the two server machines share; ``peer`` is where the answers go."""

    last_response: Response | None = None
    fallback: Address | None = None
    """Where to connect to when the connection to ``peer`` is gone."""

    def receive(self, request: Request, now_s: float) -> list[TransactionEffect]:
        """Take a repeated request, or the ACK."""
        raise NotImplementedError

    def respond(self, response: Response, now_s: float) -> list[TransactionEffect]:
        """Take the user agent's answer."""
        raise NotImplementedError

    def on_timer(self, timer: Timer, now_s: float) -> list[TransactionEffect]:
        """Take a deadline that has passed."""
        raise NotImplementedError

    def _send(self, response: Response) -> Send:
        return Send(response, self.peer, self.fallback)

    def _repeat(self) -> list[TransactionEffect]:
        return [] if self.last_response is None else [self._send(self.last_response)]


class InviteServerTransaction(ServerTransaction):
    """RFC 3261 section 17.2.1, RFC 6026 section 7.1. The user agent itself repeats a 2xx."""

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
            # A peer that kept the INVITE's branch for the ACK of a 2xx, as RFC 2543 did.
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
    """RFC 3261 section 17.2.2."""

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
