"""Building blocks of the user agent: random identifiers, access limits, NAT contact, deadlines.

Tests replace the random source.
"""

from __future__ import annotations

import heapq
import ipaddress
import secrets
from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

from telephony.settings import SrtpPolicy
from telephony.sip.sdp import DEFAULT_FORMATS, VoiceFormat
from telephony.sip.syntax.address import MAGIC_COOKIE, Uri, Via, parameter


class Identifiers(Protocol):
    """A source of texts that never repeat, and of chance."""

    def branch(self) -> str:
        """A new Via branch with the magic cookie."""

    def tag(self) -> str:
        """A new dialog tag."""

    def call_id(self) -> str:
        """A new Call-ID."""

    def session_id(self) -> str:
        """A new decimal number for the o-line of a session description."""

    def client_nonce(self) -> str:
        """A new cnonce."""

    def srtp_key(self) -> bytes:
        """A new master key and salt for SRTP, 30 bytes."""

    def fraction(self) -> float:
        """A random number from 0 up to, but without, 1."""


class RandomIdentifiers:
    """Identifiers from the system's cryptographic source (RFC 3261 section 19.3)."""

    def branch(self) -> str:
        return MAGIC_COOKIE + secrets.token_hex(12)

    def tag(self) -> str:
        return secrets.token_hex(8)

    def call_id(self) -> str:
        return secrets.token_hex(16)

    def session_id(self) -> str:
        return str(secrets.randbits(62))

    def client_nonce(self) -> str:
        return secrets.token_hex(16)

    def srtp_key(self) -> bytes:
        return secrets.token_bytes(30)

    def fraction(self) -> float:
        return secrets.randbits(32) / 2**32


@dataclass(frozen=True, slots=True)
class AgentLimits:
    """Whom the agent answers, and how much it takes on.

    ``accept_from`` are IP addresses that may start something here; "*" is everybody, for INVITE
    only. ``busy_status`` is 486 or 480: what a caller gets in ``do_not_disturb`` or above
    ``calls``. ``auto_answer_on_request`` lets the telephone system ask for an answer without
    ringing. ``session_expires_s`` 0 asks for no session timer. ``formats`` and ``srtp`` decide
    whether an offer can be answered, before the media is there. Calls refused so are told of with
    ``tells_refused``. ``expected`` are names and
    numbers of callers who are let in in ``do_not_disturb`` too: the phone's own check.
    ``deserted`` is a phone at which nobody can answer: 480 for whoever calls. ``closed`` is one
    that sees to calls by itself as the line is closed: ``do_not_disturb`` turns nobody away then.
    """

    accept_from: frozenset[str] = frozenset()
    ring_limit_s: float = 120.0
    calls: int = 10
    do_not_disturb: bool = False
    tells_refused: bool = True
    expected: frozenset[str] = frozenset()
    deserted: bool = False
    closed: bool = False
    busy_status: int = 486
    accept_refer: bool = False
    auto_answer_on_request: bool = False
    session_expires_s: int = 1800
    formats: tuple[VoiceFormat, ...] = DEFAULT_FORMATS
    srtp: SrtpPolicy = "off"


_PRIVATE = tuple(
    map(
        ipaddress.ip_network,
        (
            *("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"),
            *("127.0.0.0/8", "169.254.0.0/16", "::1/128", "fe80::/10", "fc00::/7"),
        ),
    )
)
_Ip = ipaddress.IPv4Address | ipaddress.IPv6Address


def is_private(host: str) -> bool:
    """Whether ``host`` is an address that means another machine in every network."""
    address = _ip(host)
    return address is not None and any(address in network for network in _PRIVATE)


def contact_seen(via: Via, contact: Uri) -> Uri:
    """``contact`` as the server reaches it, by what it has added to our Via; else as it is.

    Over UDP host and port count. A connection leaves from a port of its own, so there only
    another host tells of a translator, and the way back is that connection.
    """
    host = (parameter(via.parameters, "received") or via.host).strip("[]")
    address, known = _ip(host), _ip(contact.host)
    if address is None or known is None or not _is_reachable(address, known):
        return contact
    text = parameter(via.parameters, "rport") or ""
    is_port = text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= 65535
    port = int(text) if is_port else contact.port
    if address == known and (via.transport != "UDP" or port == contact.port):
        return contact
    return replace(contact, host=str(address), port=port)


def _is_reachable(address: _Ip, known: _Ip) -> bool:
    """A server that takes us for its own machine has been reached through a tunnel."""
    if address.is_unspecified or address.is_multicast:
        return False
    return known.is_loopback or not address.is_loopback


def _ip(host: str) -> _Ip | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None


K = TypeVar("K", bound=Hashable)


class Schedule(Generic[K]):
    """At most one deadline a key, in seconds of the caller's monotonic clock."""

    def __init__(self) -> None:
        self._deadlines: dict[K, tuple[float, int]] = {}
        self._queue: list[tuple[float, int, K]] = []
        self._count = 0

    def __len__(self) -> int:
        return len(self._deadlines)

    def arm(self, key: K, at_s: float) -> None:
        """Set the deadline of ``key``, replacing an earlier one."""
        self._count += 1
        self._deadlines[key] = (at_s, self._count)
        heapq.heappush(self._queue, (at_s, self._count, key))
        # Replaced and cancelled entries stay in the queue; they must not pile up for ever.
        if len(self._queue) > 2 * len(self._deadlines) + 64:
            self._queue = [(at, count, item) for item, (at, count) in self._deadlines.items()]
            heapq.heapify(self._queue)

    def cancel(self, key: K) -> None:
        """Forget the deadline of ``key``; nothing when it has none."""
        self._deadlines.pop(key, None)

    def next_at(self) -> float | None:
        """The earliest deadline."""
        while self._queue:
            at_s, count, key = self._queue[0]
            if self._deadlines.get(key) == (at_s, count):
                return at_s
            heapq.heappop(self._queue)
        return None

    def pop_due(self, now_s: float) -> K | None:
        """The key whose deadline has passed the longest ago, forgetting it; None if none has."""
        at_s = self.next_at()
        if at_s is None or at_s > now_s:
            return None
        _, _, key = heapq.heappop(self._queue)
        del self._deadlines[key]
        return key
