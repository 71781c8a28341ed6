"""Matches messages to transactions and runs timers (RFC 3261, sections 17.1.3 and 17.2.3)."""

from __future__ import annotations

import logging

from telephony.sip.network.transport import TransportFault
from telephony.sip.primitives import Schedule
from telephony.sip.syntax.address import MAGIC_COOKIE, Address
from telephony.sip.syntax.message import Request, Response, with_top_via
from telephony.sip.transactions import (
    ClientTransaction,
    InviteClientTransaction,
    InviteServerTransaction,
    NonInviteClientTransaction,
    NonInviteServerTransaction,
    RequestArrived,
    RequestOwner,
    ServerTransaction,
    State,
    TimerKey,
    TimerValues,
    TransactionEffect,
    TransactionKey,
)

_SERVERS_LIMIT = 4096
_log = logging.getLogger(__name__)

# Fields of a request that are equal on all paths: Call-ID, CSeq, tag of From.
_Original = tuple[str, str, str | None]


class TransactionLayer:
    """All transactions of one user agent. Every ``now_s`` is in seconds of one monotonic clock."""

    def __init__(self, values: TimerValues) -> None:
        self._values = values
        self._schedule: Schedule[TimerKey] = Schedule()
        self._clients: dict[TransactionKey, ClientTransaction] = {}
        self._servers: dict[TransactionKey, ServerTransaction] = {}
        self._originals: dict[_Original, TransactionKey] = {}

    def __len__(self) -> int:
        return len(self._clients) + len(self._servers)

    def next_at(self) -> float | None:
        """Returns the time at which ``on_time`` must be called next."""
        return self._schedule.next_at()

    def on_time(self, now_s: float) -> list[TransactionEffect]:
        """Runs every timer that is due."""
        effects: list[TransactionEffect] = []
        while (due := self._schedule.pop_due(now_s)) is not None:
            key, timer = due
            transaction = self._clients.get(key) or self._servers.get(key)
            if transaction is not None:
                _log.debug("timer %s of %s", timer, transaction.label)
                effects += transaction.on_timer(timer, now_s)
                self._forget_ended(key)
        return effects

    def send_request(
        self,
        request: Request,
        destination: Address,
        owner: RequestOwner,
        now_s: float,
        fallback: Address | None = None,
    ) -> tuple[TransactionKey, list[TransactionEffect]]:
        """Starts a client transaction; its branch must be new. Not for the ACK of a 2xx.

        ``fallback`` is the destination if the transport to ``destination`` fails. A CANCEL is sent
        to the destination of its INVITE, regardless of ``destination`` (RFC 3261, section 9.1).
        """
        if request.method == "CANCEL":
            cancelled = self._clients.get(_client_key(request.top_via.branch, "INVITE"))
            if cancelled is not None:
                destination = cancelled.peer
                request = with_top_via(request, cancelled.request.top_via)
        key = _client_key(request.top_via.branch, request.method)
        kind = InviteClientTransaction if request.method == "INVITE" else NonInviteClientTransaction
        transaction = kind(key, request, destination, self._schedule, self._values, owner, fallback)
        self._clients[key] = transaction
        return key, transaction.start(now_s)

    def fail(
        self, destination: Address, fault: TransportFault, now_s: float
    ) -> list[TransactionEffect]:
        """Fails every pending request to ``destination``."""
        effects: list[TransactionEffect] = []
        for key, transaction in list(self._clients.items()):
            if transaction.peer == destination:
                effects += transaction.fail(fault, now_s)
                self._forget_ended(key)
        return effects

    def abandon(self, key: TransactionKey) -> None:
        """Ends a client transaction whose response is no longer needed (RFC 3261, section 9.1)."""
        transaction = self._clients.get(key)
        if transaction is not None:
            transaction.terminate()
            self._forget_ended(key)

    def expects(self, response: Response) -> bool:
        """Whether the response belongs to a request of this agent (branch, method, sent-by)."""
        via = response.top_via
        transaction = self._clients.get(_client_key(via.branch, response.sequence.method))
        if transaction is None:
            return False
        ours = transaction.request.top_via
        return (via.host, via.port) == (ours.host, ours.port)

    def receive_response(self, response: Response, now_s: float) -> list[TransactionEffect]:
        """Passes a response to its transaction; a response without one is dropped."""
        key = _client_key(response.top_via.branch, response.sequence.method)
        transaction = self._clients.get(key)
        if transaction is None:
            return []
        effects = transaction.receive(response, now_s)
        self._forget_ended(key)
        return effects

    def receive_request(
        self, request: Request, source: Address, now_s: float
    ) -> list[TransactionEffect]:
        """Passes a request to its transaction, or creates one."""
        key = server_key(request)
        transaction = self._servers.get(key)
        if transaction is not None:
            effects = transaction.receive(request, now_s)
            self._forget_ended(key)
            return effects
        if request.method == "ACK":
            return [RequestArrived(None, request, source)]
        kind = InviteServerTransaction if request.method == "INVITE" else NonInviteServerTransaction
        via = request.top_via.seen_from(source)
        request = with_top_via(request, via)
        # Over a connection the response uses the connection of the request (section 18.2.2).
        answer_to = via.response_address(source.transport)
        peer = source if source.is_reliable else answer_to
        transaction = kind(key, request, peer, self._schedule, self._values)
        transaction.fallback = answer_to if source.is_reliable else None
        self._servers[key] = transaction
        if request.recipient.tag is None:
            self._originals.setdefault(_original(request), key)
        return [RequestArrived(key, request, source)]

    def respond(
        self, key: TransactionKey, response: Response, now_s: float
    ) -> list[TransactionEffect]:
        """Answers a request; does nothing if its transaction is over."""
        transaction = self._servers.get(key)
        if transaction is None:
            return []
        effects = transaction.respond(response, now_s)
        self._forget_ended(key)
        return effects

    def knows(self, request: Request) -> bool:
        """Whether the request repeats, acknowledges or cancels one with a live transaction."""
        key = server_key(request)
        return key in self._servers or cancelled_key(request) in self._servers

    @property
    def is_full(self) -> bool:
        """Whether there are more requests than a PBX sends in normal operation."""
        return len(self._servers) >= _SERVERS_LIMIT

    def has_server(self, key: TransactionKey) -> bool:
        """Whether this server transaction is not over."""
        return key in self._servers

    def merged(self, request: Request, key: TransactionKey | None) -> bool:
        """Whether the same request arrived over another path before (RFC 3261, section 8.2.2.2)."""
        if request.recipient.tag is not None:
            return False
        return self._originals.get(_original(request), key) != key

    def _forget_ended(self, key: TransactionKey) -> None:
        for transactions in (self._clients, self._servers):
            transaction = transactions.get(key)
            if transaction is not None and transaction.state is State.TERMINATED:
                del transactions[key]
                original = _original(transaction.request)
                if self._originals.get(original) == key:
                    del self._originals[original]


def _original(request: Request) -> _Original:
    return request.call_id, request.required("CSeq"), request.sender.tag


def _client_key(branch: str, method: str) -> TransactionKey:
    return ("client", branch, method)


def server_key(request: Request) -> TransactionKey:
    """Returns the key of a request's transaction; an ACK has the key of its INVITE."""
    return _server_key(request, "INVITE" if request.method == "ACK" else request.method)


def cancelled_key(request: Request) -> TransactionKey:
    """Returns the key of the INVITE transaction that a CANCEL refers to."""
    return _server_key(request, "INVITE")


def _server_key(request: Request, method: str) -> TransactionKey:
    via = request.top_via
    if via.branch.startswith(MAGIC_COOKIE) and len(via.branch) > len(MAGIC_COOKIE):
        return ("server", via.branch, via.host, via.port, method)
    # Peers of RFC 2543 send no unique branches: the complete request is the key.
    return (
        "server-2543",
        request.uri,
        request.sender.tag,
        request.call_id,
        request.sequence.number,
        str(via),
        method,
    )
