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
    """Source of unique texts and of random numbers."""

    def branch(self) -> str:
        """Returns a new Via branch with the magic cookie."""

    def tag(self) -> str:
        """Returns a new dialog tag."""

    def call_id(self) -> str:
        """Returns a new Call-ID."""

    def session_id(self) -> str:
        """Returns a new decimal number for the o-line of a session description."""

    def client_nonce(self) -> str:
        """Returns a new cnonce."""

    def srtp_key(self) -> bytes:
        """Returns a new master key and salt for SRTP, 30 bytes."""

    def fraction(self) -> float:
        """Returns a random number from 0 (inclusive) to 1 (exclusive)."""


class RandomIdentifiers:
    """Identifiers from the operating system's cryptographic source (RFC 3261, section 19.3)."""

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
    """Access policy and limits of the agent.

    ``accept_from`` are the IP addresses that may start a call here; "*" allows all, for INVITE
    only. ``busy_status`` is 486 or 480: the response in ``do_not_disturb`` or above ``calls``.
    ``auto_answer_on_request`` allows the PBX to request an answer without ringing.
    ``session_expires_s`` 0 requests no session timer. ``formats`` and ``srtp`` decide whether an
    offer can be answered, before the media exists. With ``tells_refused`` the calls rejected by
    this policy are reported. ``expected`` are names and numbers of callers that are accepted even
    in ``do_not_disturb``, for the loopback test call. With ``deserted`` no console can answer:
    callers get 480. With ``closed`` the line is closed and the phone answers calls automatically:
    ``do_not_disturb`` then rejects no call.
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
    """Whether ``host`` is an address without global meaning: private, loopback or link-local."""
    address = _ip(host)
    return address is not None and any(address in network for network in _PRIVATE)


def contact_seen(via: Via, contact: Uri) -> Uri:
    """Returns ``contact`` as the server sees it, from the top Via; unchanged without a NAT.

    Over UDP both host and port are compared. A connection has its own source port, so there only a
    different host indicates a NAT, and responses use that connection.
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
    """A server that reports a loopback address was reached through a tunnel."""
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
    """At most one deadline per key, in seconds of the caller's monotonic clock."""

    def __init__(self) -> None:
        self._deadlines: dict[K, tuple[float, int]] = {}
        self._queue: list[tuple[float, int, K]] = []
        self._count = 0

    def __len__(self) -> int:
        return len(self._deadlines)

    def arm(self, key: K, at_s: float) -> None:
        """Sets the deadline of ``key``, replacing an earlier one."""
        self._count += 1
        self._deadlines[key] = (at_s, self._count)
        heapq.heappush(self._queue, (at_s, self._count, key))
        # Replaced and cancelled entries remain in the queue; rebuild it before it grows without
        # limit.
        if len(self._queue) > 2 * len(self._deadlines) + 64:
            self._queue = [(at, count, item) for item, (at, count) in self._deadlines.items()]
            heapq.heapify(self._queue)

    def cancel(self, key: K) -> None:
        """Removes the deadline of ``key``, if it has one."""
        self._deadlines.pop(key, None)

    def next_at(self) -> float | None:
        """Returns the earliest deadline."""
        while self._queue:
            at_s, count, key = self._queue[0]
            if self._deadlines.get(key) == (at_s, count):
                return at_s
            heapq.heappop(self._queue)
        return None

    def pop_due(self, now_s: float) -> K | None:
        """Removes and returns the key whose deadline expired first; None if none has expired."""
        at_s = self.next_at()
        if at_s is None or at_s > now_s:
            return None
        _, _, key = heapq.heappop(self._queue)
        del self._deadlines[key]
        return key
