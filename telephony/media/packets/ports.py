"""UDP port pairs for RTP and RTCP (RFC 3550, section 11), and datagrams with arrival times.

A port pair is reserved by binding both sockets.
"""

from __future__ import annotations

import contextlib
import random
import socket
import struct
import sys
import time
from dataclasses import dataclass
from typing import NamedTuple

from telephony.errors import BindError

HAS_ARRIVAL_TIMES = sys.platform == "linux"
"""Whether the system records the arrival time of a datagram, even if it is read late."""

_SO_TIMESTAMPNS = 35
_TIME = struct.Struct("@ll")
_ANCILLARY_BYTES = 64
# No reader in this application sleeps longer.
_OLDEST_S = 1.0
_DATAGRAM_BYTES = 2048
_MOST_DROPPED = 256
_RECEIVE_BUFFER_BYTES = 256 * 1024
# Expedited forwarding, DSCP 46 (RFC 4594, section 4.1).
_EXPEDITED = 46 << 2


class Datagram(NamedTuple):
    """A received datagram with source and arrival time."""

    data: bytes
    source: tuple[str, int]
    arrived_s: float


@dataclass(frozen=True, slots=True)
class PortPair:
    """Two bound non-blocking UDP sockets: RTP on an even port, RTCP on the next one."""

    rtp: socket.socket
    rtcp: socket.socket

    @property
    def rtp_port(self) -> int:
        """The even port for the SDP."""
        port: int = self.rtp.getsockname()[1]
        return port

    def close(self) -> None:
        """Releases both ports."""
        self.rtp.close()
        self.rtcp.close()


def stamp_arrivals(receiver: socket.socket) -> None:
    """Enables arrival timestamps of the system, if HAS_ARRIVAL_TIMES."""
    if HAS_ARRIVAL_TIMES:
        receiver.setsockopt(socket.SOL_SOCKET, _SO_TIMESTAMPNS, 1)


def take_datagram(receiver: socket.socket, now_s: float) -> Datagram | None:
    """Returns the next pending datagram; None if there is none.

    Arrival times use the clock of ``now_s``, time.monotonic(); ``now_s`` is used for a datagram
    without a timestamp.
    """
    try:
        return _receive(receiver, now_s)
    except OSError:
        # No datagram; or on Windows, an ICMP error for a sent one or a datagram that is too long.
        return None


def drop_datagrams(receiver: socket.socket) -> None:
    """Discards pending datagrams, at most ``_MOST_DROPPED``."""
    for _ in range(_MOST_DROPPED):
        try:
            receiver.recv(_DATAGRAM_BYTES)
        except BlockingIOError:
            return
        except OSError:
            continue


if sys.platform == "linux":

    def _receive(receiver: socket.socket, now_s: float) -> Datagram:
        data, ancillary, _, source = receiver.recvmsg(_DATAGRAM_BYTES, _ANCILLARY_BYTES)
        for level, kind, value in ancillary:
            if level == socket.SOL_SOCKET and kind == _SO_TIMESTAMPNS:
                seconds, nanoseconds = _TIME.unpack(value)
                looked_s = time.monotonic()
                age_s = time.time() - seconds - nanoseconds * 1e-9
                # The timestamp uses the wall clock, which may have been changed since.
                if 0.0 < age_s < _OLDEST_S:
                    return Datagram(data, source[:2], looked_s - age_s)
        return Datagram(data, source[:2], now_s)

else:

    def _receive(receiver: socket.socket, now_s: float) -> Datagram:
        data, source = receiver.recvfrom(_DATAGRAM_BYTES)
        return Datagram(data, source[:2], now_s)


class PortRange:
    """Reserves free port pairs in turn, from a random start.

    A port that is reused immediately would receive the last packets of the previous call.
    """

    def __init__(self, host: str, first: int, last: int) -> None:
        self._host = host
        self._first = first + first % 2
        self._pairs = (last - self._first + 1) // 2
        self._turn = random.randrange(self._pairs) if self._pairs > 0 else 0  # noqa: S311

    def reserve(self) -> PortPair:
        """Reserves a pair; raises BindError if every pair of the range is in use."""
        for _ in range(self._pairs):
            port = self._first + 2 * self._turn
            self._turn = (self._turn + 1) % self._pairs
            pair = self._bind(port)
            if pair is not None:
                return pair
        raise BindError(self._host, None)

    def _bind(self, port: int) -> PortPair | None:
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        opened: list[socket.socket] = []
        try:
            for number in (port, port + 1):
                opened.append(socket.socket(family, socket.SOCK_DGRAM))
                opened[-1].setblocking(False)
                opened[-1].setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BUFFER_BYTES)
                _mark_as_voice(opened[-1])
                opened[-1].bind((self._host, number))
        except OSError:
            # The port is in use: continue with the next pair.
            for each in opened:
                each.close()
            return None
        return PortPair(opened[0], opened[1])


def _mark_as_voice(opened: socket.socket) -> None:
    """Marks packets for prioritised forwarding, if the system permits it."""
    with contextlib.suppress(OSError):
        if opened.family == socket.AF_INET6:
            opened.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_TCLASS, _EXPEDITED)
        else:
            opened.setsockopt(socket.IPPROTO_IP, socket.IP_TOS, _EXPEDITED)
