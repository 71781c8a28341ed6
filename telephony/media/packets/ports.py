"""Port pairs for RTP and RTCP, reserved by binding them (RFC 3550, section 11)."""

from __future__ import annotations

import contextlib
import random
import socket
import struct
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from telephony.errors import BindError

HAS_ARRIVAL_TIMES = sys.platform == "linux"
"""Whether the system tells when a datagram has arrived, however late it is looked for."""

_SO_TIMESTAMPNS = 35
_TIME = struct.Struct("@ll")
_ANCILLARY_BYTES = 64
# No reader of ours sleeps for longer.
_OLDEST_S = 1.0
_DATAGRAM_BYTES = 2048
# As many are taken before the clock is looked at again.
_DATAGRAMS_A_TURN = 256
_RECEIVE_BUFFER_BYTES = 256 * 1024
# Expedited forwarding, DSCP 46 (RFC 4594, section 4.1).
_EXPEDITED = 46 << 2


@dataclass(frozen=True, slots=True)
class PortPair:
    """Two bound non-blocking UDP sockets: RTP on an even port, RTCP on the next one."""

    rtp: socket.socket
    rtcp: socket.socket

    @property
    def rtp_port(self) -> int:
        """The even port that goes into the SDP."""
        port: int = self.rtp.getsockname()[1]
        return port

    def close(self) -> None:
        """Give both ports back."""
        self.rtp.close()
        self.rtcp.close()


def stamp_arrivals(receiver: socket.socket) -> None:
    """Have the system note when each datagram arrives, where HAS_ARRIVAL_TIMES."""
    if HAS_ARRIVAL_TIMES:
        receiver.setsockopt(socket.SOL_SOCKET, _SO_TIMESTAMPNS, 1)


def waiting_datagrams(
    receiver: socket.socket, now_s: float
) -> Iterator[tuple[bytes, tuple[str, int], float]]:
    """What has come in, from where and when, without waiting for more.

    Arrivals are of the clock of ``now_s``, which is also the time of those that are not stamped.
    """
    for _ in range(_DATAGRAMS_A_TURN):
        try:
            data, source, age_s = _receive(receiver)
        except BlockingIOError:
            return
        except OSError:
            # Windows tells here that a former datagram found nobody, or that one is too long.
            continue
        yield data, (source[0], source[1]), now_s - age_s


if sys.platform == "linux":

    def _receive(receiver: socket.socket) -> tuple[bytes, tuple[str, int], float]:
        """One datagram, its source and its age in s; 0.0 for one without a stamp."""
        data, ancillary, _, source = receiver.recvmsg(_DATAGRAM_BYTES, _ANCILLARY_BYTES)
        for level, kind, value in ancillary:
            if (level, kind) == (socket.SOL_SOCKET, _SO_TIMESTAMPNS):
                seconds, nanoseconds = _TIME.unpack(value)
                age_s = (time.time_ns() - seconds * 1_000_000_000 - nanoseconds) * 1e-9
                # The stamp is of the wall clock, which may have been set since.
                return data, source, age_s if 0.0 < age_s < _OLDEST_S else 0.0
        return data, source, 0.0

else:

    def _receive(receiver: socket.socket) -> tuple[bytes, tuple[str, int], float]:
        """One datagram, its source and no age."""
        data, source = receiver.recvfrom(_DATAGRAM_BYTES)
        return data, source, 0.0


class PortRange:
    """Hands out free pairs in turn, from a random start, so that a port rests after its call.

    A port that is used again at once would receive the last packets of the call before.
    """

    def __init__(self, host: str, first: int, last: int) -> None:
        self._host = host
        self._first = first + first % 2
        self._pairs = (last - self._first + 1) // 2
        self._turn = random.randrange(self._pairs) if self._pairs > 0 else 0  # noqa: S311

    def reserve(self) -> PortPair:
        """A fresh pair; BindError when every pair of the range is taken."""
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
            # Somebody else has the port: the range goes on with the next pair.
            for each in opened:
                each.close()
            return None
        return PortPair(opened[0], opened[1])


def _mark_as_voice(opened: socket.socket) -> None:
    """Ask the network to let voice go first; a system that forbids it sends it unmarked."""
    with contextlib.suppress(OSError):
        if opened.family == socket.AF_INET6:
            opened.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_TCLASS, _EXPEDITED)
        else:
            opened.setsockopt(socket.IPPROTO_IP, socket.IP_TOS, _EXPEDITED)
