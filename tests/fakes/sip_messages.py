"""Building blocks of SIP tests: counting identifiers, a manual clock, sample messages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from telephony.sip.agent import UserAgent
from telephony.sip.core import Identity
from telephony.sip.effects import Datagram, Effect
from telephony.sip.primitives import AgentLimits
from telephony.sip.syntax.address import Address, NameAddress, Uri
from telephony.sip.syntax.message import Message, ParseError, Request, Response, parse_message

E = TypeVar("E")

FAR = Address("192.0.2.20", 5060)
NEAR = Address("192.0.2.10", 5070)
REGISTRAR = Address("192.0.2.1", 5060)

OFFER = (
    "v=0\r\no=- 1 1 IN IP4 192.0.2.20\r\ns=-\r\nc=IN IP4 192.0.2.20\r\nt=0 0\r\n"
    "m=audio 4000 RTP/AVP 0 8 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\n"
    "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=sendrecv\r\n"
)


class CountingIdentifiers:
    """Identifiers that count upwards, and a random value that is always ``chance``."""

    def __init__(self, chance: float = 0.5) -> None:
        self.chance = chance
        self._count = 0

    def _next(self, prefix: str) -> str:
        self._count += 1
        return f"{prefix}{self._count}"

    def branch(self) -> str:
        return self._next("z9hG4bKnear")

    def tag(self) -> str:
        return self._next("near")

    def call_id(self) -> str:
        return self._next("call-")

    def session_id(self) -> str:
        return self._next("1")

    def client_nonce(self) -> str:
        return self._next("cnonce")

    def srtp_key(self) -> bytes:
        self._count += 1
        return self._count.to_bytes(30, "big")

    def fraction(self) -> float:
        return self.chance


def sip(start: str, *headers: str, body: str = "") -> bytes:
    """Returns a message's bytes; Content-Length is added."""
    data = body.encode()
    lines = [start, *headers, f"Content-Length: {len(data)}", "", ""]
    return "\r\n".join(lines).encode("utf-8", "surrogateescape") + data


def invite(
    *headers: str,
    body: str = OFFER,
    branch: str = "far1",
    sequence: int = 1,
    to_tag: str = "",
    call_id: str = "far-call",
) -> bytes:
    """Returns an INVITE from FAR to this phone."""
    content = ("Content-Type: application/sdp",) if body else ()
    return sip(
        "INVITE sip:301@192.0.2.10:5070 SIP/2.0",
        f"Via: SIP/2.0/UDP 192.0.2.20:5060;branch=z9hG4bK{branch};rport",
        'From: "Ivan" <sip:+79005550137@192.0.2.20>;tag=far',
        "To: <sip:301@192.0.2.1>" + (f";tag={to_tag}" if to_tag else ""),
        f"Call-ID: {call_id}",
        f"CSeq: {sequence} INVITE",
        "Contact: <sip:caller@192.0.2.20:5060>",
        "Max-Forwards: 70",
        *content,
        *headers,
        body=body,
    )


def in_dialog(
    method: str,
    to_tag: str,
    *headers: str,
    sequence: int = 2,
    branch: str = "far2",
    call_id: str = "far-call",
    body: str = "",
    content_type: str = "application/sdp",
    from_tag: str = "far",
) -> bytes:
    """Returns a request from FAR within the dialog of ``invite``."""
    return sip(
        f"{method} sip:301@192.0.2.10:5070 SIP/2.0",
        f"Via: SIP/2.0/UDP 192.0.2.20:5060;branch=z9hG4bK{branch};rport",
        'From: "Ivan" <sip:+79005550137@192.0.2.20>;tag=' + from_tag,
        f"To: <sip:301@192.0.2.1>;tag={to_tag}",
        f"Call-ID: {call_id}",
        f"CSeq: {sequence} {method}",
        "Max-Forwards: 70",
        *((f"Content-Type: {content_type}",) if body else ()),
        *headers,
        body=body,
    )


def reply(
    request: Request, status: str, *headers: str, to_tag: str = "far", body: str = ""
) -> bytes:
    """Returns a response of the remote party to our request."""
    recipient = request.required("To")
    if "tag=" not in recipient and to_tag and not status.startswith("100"):
        recipient += f";tag={to_tag}"
    return sip(
        f"SIP/2.0 {status}",
        *(f"Via: {via}" for via in request.values("Via")),
        f"From: {request.required('From')}",
        f"To: {recipient}",
        f"Call-ID: {request.call_id}",
        f"CSeq: {request.required('CSeq')}",
        *(("Content-Type: application/sdp",) if body else ()),
        *headers,
        body=body,
    )


class AgentBench:
    """A user agent on a clock that only the test moves, with all its effects."""

    def __init__(
        self,
        *,
        account: bool = False,
        accept_from: Sequence[str] = (FAR.host,),
        chance: float = 0.5,
        ring_limit_s: float = 120.0,
        expires_s: int = 300,
        backup_servers: tuple[Address, ...] = (),
        keep_alive_s: int = 0,
        limits: AgentLimits | None = None,
        learns_contact: bool = True,
        near: Address = NEAR,
    ) -> None:
        contact = Uri("sip", near.host, "301", near.port)
        server_uri = Uri("sip", REGISTRAR.host)
        record = NameAddress(Uri("sip", REGISTRAR.host, "301"), "Operator")
        identity = (
            Identity(
                record,
                contact,
                REGISTRAR,
                server_uri,
                "301",
                "secret",
                expires_s,
                backup_servers=backup_servers,
                keep_alive_s=keep_alive_s,
                learns_contact=learns_contact,
            )
            if account
            else Identity(record, contact)
        )
        limits = limits or AgentLimits(ring_limit_s=ring_limit_s)
        limits = replace(limits, accept_from=frozenset(accept_from))
        self.now_s = 1000.0
        self.agent = UserAgent(identity, limits, CountingIdentifiers(chance))
        self.effects: list[Effect] = []
        self.sent_at: list[tuple[float, Message]] = []

    def take(self, effects: list[Effect]) -> list[Effect]:
        """Records the effects of a command and returns them."""
        self.effects += effects
        for effect in effects:
            if isinstance(effect, Datagram):
                self._note(effect)
        return effects

    def _note(self, datagram: Datagram) -> None:
        try:
            message = parse_message(datagram.data)
        except ParseError:
            # The rejection of a damaged request can only repeat the fields of the request.
            refused = tuple(b"SIP/2.0 %d " % status for status in (400, 501, 505))
            assert datagram.data.startswith(refused), datagram.data
        else:
            self.sent_at.append((self.now_s, message))

    def receive(self, data: bytes, source: Address = FAR) -> list[Effect]:
        """Passes a datagram to the agent."""
        return self.take(self.agent.receive(data, source, self.now_s))

    def advance(self, duration_s: float) -> None:
        """Advances the clock, running every timer at its time."""
        until_s = self.now_s + duration_s
        while (at_s := self.agent.next_at()) is not None and at_s <= until_s:
            self.now_s = max(self.now_s, at_s)
            self.take(self.agent.on_time(self.now_s))
        self.now_s = until_s

    def requests(self, method: str) -> list[Request]:
        """Returns the requests sent so far."""
        return [
            message
            for _, message in self.sent_at
            if isinstance(message, Request) and message.method == method
        ]

    def responses(self, method: str, status_code: int | None = None) -> list[Response]:
        """Returns the responses sent so far to requests of this method."""
        return [
            message
            for _, message in self.sent_at
            if isinstance(message, Response)
            and message.sequence.method == method
            and status_code in (None, message.status_code)
        ]

    def all(self, kind: type[E]) -> list[E]:
        """Returns the effects of this kind so far."""
        return [effect for effect in self.effects if isinstance(effect, kind)]

    def one(self, kind: type[E]) -> E:
        """Returns the only effect of this kind so far."""
        (effect,) = self.all(kind)
        return effect
