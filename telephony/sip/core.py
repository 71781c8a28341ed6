"""What the parts of the user agent share: transactions, timers, identity, the list of effects."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Protocol, assert_never

from telephony.sip.address import Address, NameAddress, Via
from telephony.sip.authenticator import Authenticator
from telephony.sip.effects import Datagram, Effect
from telephony.sip.identifiers import Identifiers
from telephony.sip.message import Headers, Message, Request, Response, serialise, with_header
from telephony.sip.reasons import REASONS
from telephony.sip.schedule import Schedule
from telephony.sip.transaction import (
    AckMissing,
    RequestArrived,
    RequestOwner,
    RequestTimedOut,
    ResponseArrived,
    Send,
    TimerValues,
    TransactionEffect,
    TransactionKey,
)
from telephony.sip.transaction_layer import TransactionLayer
from telephony.sip.uri import Uri

ALLOWED_METHODS = ("INVITE", "ACK", "BYE", "CANCEL", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who this phone is. ``contact`` is where it is reached; ``server`` is its registrar."""

    address_of_record: NameAddress
    contact: Uri
    server: Address | None = None
    server_uri: Uri | None = None
    auth_user: str = ""
    password: str = field(default="", repr=False)
    expires_s: int = 300
    user_agent: str = ""
    registers: bool = True


class TimerOwner(Protocol):
    """Who armed a timer of the user agent."""

    def on_timer(self, name: str) -> None:
        """Take a deadline that has passed."""


class RequestHandler(Protocol):
    """Who takes new requests."""

    def on_request(self, key: TransactionKey | None, request: Request, source: Address) -> None:
        """Take a request; ``key`` is None for the ACK of a 2xx."""


class Core:
    """One user agent's shared state; ``now_s`` is set at every entry from outside."""

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
        self.layer = TransactionLayer(values)
        self.authenticator = Authenticator(
            identity.auth_user, identity.password, identifiers.client_nonce
        )
        self._handler = handler
        self._timers: Schedule[tuple[TimerOwner, str]] = Schedule()
        self._effects: list[Effect] = []

    def emit(self, effect: Effect) -> None:
        """Add an effect to those that the current entry returns."""
        self._effects.append(effect)

    def take_effects(self) -> list[Effect]:
        """The effects since the last time, in order."""
        effects, self._effects = self._effects, []
        return effects

    def arm(self, owner: TimerOwner, name: str, delay_s: float) -> None:
        """Call ``owner.on_timer(name)`` after the delay, in place of an earlier such call."""
        self._timers.arm((owner, name), self.now_s + delay_s)

    def cancel(self, owner: TimerOwner, *names: str) -> None:
        """Forget these timers of the owner."""
        for name in names:
            self._timers.cancel((owner, name))

    def next_at(self) -> float | None:
        """The earliest deadline of any part."""
        deadlines = [at for at in (self.layer.next_at(), self._timers.next_at()) if at is not None]
        return min(deadlines, default=None)

    def run_timers(self) -> None:
        """Run everything that is due."""
        self.run(self.layer.on_time(self.now_s))
        while (due := self._timers.pop_due(self.now_s)) is not None:
            owner, name = due
            owner.on_timer(name)

    def run(self, effects: list[TransactionEffect]) -> None:
        """Carry out what the transactions ask for."""
        for effect in effects:
            match effect:
                case Send(message, destination):
                    self.send(message, destination)
                case RequestArrived(key, request, source):
                    self._handler.on_request(key, request, source)
                case ResponseArrived(owner, request, response):
                    self.authenticator.note(request, response)
                    owner.on_response(request, response)
                case RequestTimedOut(owner, request):
                    owner.on_timeout(request)
                case AckMissing():
                    pass  # The refused call is over; only its repetition ends.
                case _:
                    assert_never(effect)

    def send(self, message: Message, destination: Address) -> None:
        """Put a message on the wire outside any transaction."""
        self.emit(Datagram(serialise(message), destination))

    def with_via(self, request: Request, destination: Address) -> Request:
        """The request with this phone's Via and a new branch on top."""
        contact = self.identity.contact
        branch = self.identifiers.branch()
        transport = destination.transport.upper()
        via = Via(transport, contact.host, contact.port, (("rport", None), ("branch", branch)))
        return replace(request, headers=(("Via", str(via)), *request.headers))

    def send_request(
        self, request: Request, destination: Address, owner: RequestOwner
    ) -> tuple[TransactionKey, Request]:
        """Send a request that has no Via yet; gives its transaction and what was sent."""
        request = self.authenticator.in_advance(request)
        return self.send_prepared(self.with_via(request, destination), destination, owner)

    def send_prepared(
        self, request: Request, destination: Address, owner: RequestOwner
    ) -> tuple[TransactionKey, Request]:
        """Send a request whose Via is there already, as that of a CANCEL."""
        if self.identity.user_agent:
            request = with_header(request, "User-Agent", self.identity.user_agent)
        key, effects = self.layer.send_request(request, destination, owner, self.now_s)
        self.run(effects)
        return key, request

    def respond(self, key: TransactionKey, response: Response) -> None:
        """Answer a request through its transaction."""
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
        """A response to ``request`` (RFC 3261 section 8.2.6.2); ``tag`` is added to its To."""
        recipient = request.required("To")
        if tag is not None and request.recipient.tag is None:
            recipient = str(request.recipient.with_tag(tag))
        fields = [
            *(("Via", value) for value in request.values("Via")),
            ("From", request.required("From")),
            ("To", recipient),
            ("Call-ID", request.call_id),
            ("CSeq", request.required("CSeq")),
            *headers,
        ]
        if self.identity.user_agent:
            fields.append(("Server", self.identity.user_agent))
        return Response(tuple(fields), body, status_code, REASONS.get(status_code, ""))

    def refuse(
        self, key: TransactionKey, request: Request, status_code: int, headers: Headers = ()
    ) -> None:
        """Answer with a final status and a tag of its own."""
        tag = self.identifiers.tag()
        self.respond(key, self.response(request, status_code, tag=tag, headers=headers))

    @property
    def contact_header(self) -> tuple[str, str]:
        return ("Contact", f"<{self.identity.contact}>")

    @property
    def allow_header(self) -> tuple[str, str]:
        return ("Allow", ", ".join(ALLOWED_METHODS))
