"""Shared core of the user agent: sending, transactions, timers, identity, next hop, effects.

Also the protocols that the parts of the user agent implement.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from typing import Protocol, assert_never

from telephony.sip.authentication import Authenticator
from telephony.sip.effects import Datagram, Effect
from telephony.sip.network.transport import TransportFault
from telephony.sip.primitives import Identifiers, Schedule, is_private
from telephony.sip.syntax.address import (
    TRANSPORTS,
    Address,
    NameAddress,
    Uri,
    Via,
    address_of,
    parameter,
)
from telephony.sip.syntax.message import (
    REASONS,
    Headers,
    Message,
    Request,
    Response,
    label_of,
    serialise,
    with_header,
)
from telephony.sip.transaction_layer import TransactionLayer
from telephony.sip.transactions import (
    AckMissing,
    RequestArrived,
    RequestOwner,
    RequestTimedOut,
    RequestUndelivered,
    ResponseArrived,
    Send,
    TimerValues,
    TransactionEffect,
    TransactionKey,
)

_log = logging.getLogger(__name__)

# Limit for an unknown path MTU (RFC 3261, section 18.1.1).
_DATAGRAM_LIMIT_BYTES = 1300
# Time for which a peer that refused TCP is sent only UDP.
_WITHOUT_TCP_S = 600.0
_WITHOUT_TCP_LIMIT = 64

ALLOWED_METHODS = (
    "INVITE",
    "ACK",
    "BYE",
    "CANCEL",
    "OPTIONS",
    "UPDATE",
    "INFO",
    "PRACK",
    "REFER",
    "NOTIFY",
)
SUPPORTED_EXTENSIONS = ("100rel", "timer", "replaces", "norefersub")


@dataclass(frozen=True, slots=True)
class Identity:
    """Identity of this phone. ``contact`` is its own address; ``server`` is its registrar.

    With ``learns_contact`` the phone registers the address at which the registrar sees it (RFC
    3581). ``backup_servers`` are used in this order while ``server`` does not answer; all belong to
    one domain, ``server_uri``. ``keep_alive_s`` 0 disables keep-alives.
    """

    address_of_record: NameAddress
    contact: Uri
    server: Address | None = None
    server_uri: Uri | None = None
    auth_user: str = ""
    password: str = field(default="", repr=False)
    expires_s: int = 300
    user_agent: str = ""
    registers: bool = True
    backup_servers: tuple[Address, ...] = ()
    keep_alive_s: int = 0
    learns_contact: bool = True


@dataclass(frozen=True, slots=True)
class WayOut:
    """Next hop and Route headers of a request outside a dialog.

    ``direct`` means that the request reaches the remote party itself, without a PBX in between.
    """

    destination: Address
    routes: Headers
    direct: bool


class TimerOwner(Protocol):
    """Component that armed a timer of the user agent."""

    def on_timer(self, name: str) -> None:
        """Handles a timer that has expired."""


class WayKeeper(Protocol):
    """Selects the server and tracks whether it responds."""

    @property
    def busy(self) -> bool:
        """Whether a request to the server is pending."""

    def suspect(self) -> bool:
        """Reports that the server did not respond; returns False if there is no other server."""


class RequestHandler(Protocol):
    """Handler of new requests."""

    def on_request(self, key: TransactionKey | None, request: Request, source: Address) -> None:
        """Handles a request; ``key`` is None for the ACK of a 2xx."""


class Core:
    """Shared state of one user agent; ``now_s`` is set at every call from outside."""

    def __init__(
        self,
        identity: Identity,
        values: TimerValues,
        identifiers: Identifiers,
        handler: RequestHandler,
    ) -> None:
        self.identity = identity
        self.values = values
        self.identifiers = identifiers
        self.now_s = 0.0
        self.server = identity.server
        """Registrar in use; calls are sent through it."""
        self.seen_contact: Uri | None = None
        """Contact as the registrar sees it; None if that is the own address."""
        self.service_route: tuple[str, ...] = ()
        """Route for requests outside dialogs, as given by the registrar (RFC 3608)."""
        self.way_keeper: WayKeeper | None = None
        """None without a server."""
        self.layer = TransactionLayer(values)
        self.authenticator = Authenticator(
            identity.auth_user, identity.password, identifiers.client_nonce
        )
        self._handler = handler
        self._timers: Schedule[tuple[TimerOwner, str]] = Schedule()
        self._effects: list[Effect] = []
        self._without_tcp: dict[Address, float] = {}

    def emit(self, effect: Effect) -> None:
        """Adds an effect to those that the current call returns."""
        self._effects.append(effect)

    def take_effects(self) -> list[Effect]:
        """Returns the effects since the previous call, in order."""
        effects, self._effects = self._effects, []
        return effects

    def arm(self, owner: TimerOwner, name: str, delay_s: float) -> None:
        """Calls ``owner.on_timer(name)`` after the delay; replaces a pending timer of that name."""
        self._timers.arm((owner, name), self.now_s + delay_s)

    def cancel(self, owner: TimerOwner, *names: str) -> None:
        """Cancels these timers of the owner."""
        for name in names:
            self._timers.cancel((owner, name))

    def next_at(self) -> float | None:
        """Returns the earliest deadline of the transactions and timers."""
        deadlines = [at for at in (self.layer.next_at(), self._timers.next_at()) if at is not None]
        return min(deadlines, default=None)

    def run_timers(self) -> None:
        """Runs all transactions and timers that are due."""
        self.run(self.layer.on_time(self.now_s))
        while (due := self._timers.pop_due(self.now_s)) is not None:
            owner, name = due
            _log.debug("timer %s of %s", name, type(owner).__name__)
            owner.on_timer(name)

    def run(self, effects: list[TransactionEffect]) -> None:
        """Executes the effects of transactions."""
        for effect in effects:
            match effect:
                case Send(message, destination, fallback):
                    self.send(message, destination, fallback)
                case RequestArrived(key, request, source):
                    self._handler.on_request(key, request, source)
                case ResponseArrived(owner, request, response):
                    self.authenticator.note(request, response)
                    owner.on_response(request, response)
                case RequestTimedOut(owner, request):
                    owner.on_timeout(request)
                case RequestUndelivered(owner, request, fault):
                    owner.on_response(request, self._undelivered(request, fault))
                case AckMissing():
                    pass  # The rejected call is over; only its retransmission ends.
                case _:
                    assert_never(effect)

    def send(self, message: Message, destination: Address, fallback: Address | None = None) -> None:
        """Sends a message outside any transaction."""
        data = serialise(message)
        _log.debug(
            "sent over %s: %s, %d bytes", destination.transport, label_of(message), len(data)
        )
        self.emit(Datagram(data, destination, fallback))

    def fail(self, destination: Address, fault: TransportFault) -> None:
        """Records that ``destination`` is unreachable and fails its pending requests."""
        _log.info("transport: failed: %s", fault)
        if destination.transport == "tcp":
            self._without_tcp[destination._replace(transport="udp")] = self.now_s + _WITHOUT_TCP_S
            while len(self._without_tcp) > _WITHOUT_TCP_LIMIT:
                del self._without_tcp[next(iter(self._without_tcp))]
        self.run(self.layer.fail(destination, fault, self.now_s))

    def _undelivered(self, request: Request, fault: TransportFault) -> Response:
        """The 503 that represents a transport failure (RFC 3261, section 8.1.3.1)."""
        return replace(self.response(request, 503), reason=str(fault))

    @staticmethod
    def fault_in(response: Response) -> TransportFault | None:
        """Returns the transport fault that a response represents; None for a real response."""
        is_fault = response.status_code == 503 and response.reason in {
            str(fault) for fault in TransportFault
        }
        return TransportFault(response.reason) if is_fault else None

    def with_via(self, request: Request, destination: Address) -> Request:
        """Returns the request with this phone's Via and a new branch on top."""
        contact = self.identity.contact
        branch = self.identifiers.branch()
        transport = destination.transport.upper()
        via = Via(transport, contact.host, contact.port, (("rport", None), ("branch", branch)))
        return replace(request, headers=(("Via", str(via)), *request.headers))

    def send_request(
        self,
        request: Request,
        destination: Address,
        owner: RequestOwner,
        *,
        trusted: bool = True,
    ) -> tuple[TransactionKey, Request]:
        """Sends a request without Via; returns its transaction key and the request as sent.

        A request too long for a datagram is sent over TCP, and over UDP only if TCP is refused (RFC
        3261, section 18.1.1). Without ``trusted`` it carries no credentials.
        """
        if trusted:
            request = self.authenticator.in_advance(request)
        headers = self._reachable(request.headers, request.uri, destination)
        request = replace(request, headers=headers)
        prepared = self._with_user_agent(self.with_via(request, destination))
        fallback = None
        if self._is_too_long(prepared, destination):
            fallback, destination = destination, destination._replace(transport="tcp")
            prepared = self.with_via(request, destination)
        return self.send_prepared(prepared, destination, owner, fallback)

    def _is_too_long(self, request: Request, destination: Address) -> bool:
        if destination.is_reliable or len(serialise(request)) <= _DATAGRAM_LIMIT_BYTES:
            return False
        return self._without_tcp.get(destination, 0.0) <= self.now_s

    def _with_user_agent(self, request: Request) -> Request:
        name = self.identity.user_agent
        return with_header(request, "User-Agent", name) if name else request

    def send_prepared(
        self,
        request: Request,
        destination: Address,
        owner: RequestOwner,
        fallback: Address | None = None,
    ) -> tuple[TransactionKey, Request]:
        """Sends a request that already has its Via, for example a CANCEL."""
        request = self._with_user_agent(request)
        key, effects = self.layer.send_request(request, destination, owner, self.now_s, fallback)
        self.run(effects)
        return key, request

    def respond(self, key: TransactionKey, response: Response) -> None:
        """Answers a request through its transaction."""
        self.run(self.layer.respond(key, response, self.now_s))

    def response(
        self,
        request: Request,
        status_code: int,
        *,
        tag: str | None = None,
        headers: Headers = (),
        body: bytes = b"",
    ) -> Response:
        """Builds a response to ``request`` (RFC 3261, section 8.2.6.2); ``tag`` is added to To."""
        recipient = request.required("To")
        if tag is not None and request.recipient.tag is None:
            recipient = str(request.recipient.with_tag(tag))
        fields = [
            *(("Via", value) for value in request.values("Via")),
            ("From", request.required("From")),
            ("To", recipient),
            ("Call-ID", request.call_id),
            ("CSeq", request.required("CSeq")),
            *self._reachable(headers, request.uri, self._origin(request)),
        ]
        if self.identity.user_agent:
            fields.append(("Server", self.identity.user_agent))
        return Response(tuple(fields), body, status_code, REASONS.get(status_code, ""))

    def refuse(
        self, key: TransactionKey, request: Request, status_code: int, headers: Headers = ()
    ) -> None:
        """Answers with a final status and a new tag."""
        tag = self.identifiers.tag()
        self.respond(key, self.response(request, status_code, tag=tag, headers=headers))

    def way_out(self, target: Uri, *, directly: bool = False) -> WayOut:
        """Returns the next hop of a request outside dialogs to ``target``.

        Uses the registrar's service route if there is one, otherwise the server. With ``directly``,
        or without a server, the request is sent to the target itself.
        """
        if self.service_route:
            first = NameAddress.parse(self.service_route[0])
            routes = tuple(("Route", item) for item in self.service_route)
            return WayOut(address_of(first.uri), routes, direct=False)
        if self.server is None or directly:
            return WayOut(address_of(target), (), direct=True)
        return WayOut(self.server, (), direct=False)

    @property
    def contact(self) -> Uri:
        """Address at which the PBX reaches this phone."""
        return self.seen_contact or self.identity.contact

    @property
    def contact_header(self) -> tuple[str, str]:
        return ("Contact", f"<{self.contact}>")

    @staticmethod
    def _origin(request: Request) -> Address:
        """Address from which a received request was sent."""
        via = request.top_via
        transport = TRANSPORTS.get(via.transport, "udp")
        return via.response_address(transport)

    def _reachable(self, headers: Headers, uri: str, peer: Address) -> Headers:
        """Returns the headers with a Contact that is reachable over the path of this message.

        A request that arrived encrypted must not be followed by requests in the clear (RFC 3261,
        sections 8.1.1.8 and 12.1.1). A peer on this side of a NAT must not be directed through the
        NAT.
        """
        contact, transport = self.contact, peer.transport
        if is_private(peer.host) and not is_private(contact.host):
            contact = self.identity.contact
        if uri[:5].lower() == "sips:":
            contact = replace(contact, scheme="sips")
        elif transport != "udp" and parameter(contact.parameters, "transport") is None:
            contact = replace(contact, parameters=(*contact.parameters, ("transport", transport)))
        ours, reachable = self.contact_header, ("Contact", f"<{contact}>")
        return tuple(reachable if item == ours else item for item in headers)

    @property
    def allow_header(self) -> tuple[str, str]:
        return ("Allow", ", ".join(ALLOWED_METHODS))

    @property
    def supported_header(self) -> tuple[str, str]:
        return ("Supported", ", ".join(SUPPORTED_EXTENSIONS))
