"""The benchmark's endpoint of measured calls: RTP in and out, with the kernel's arrival time.

Calls of two phones can be joined here: each hears the other and both streams are recorded by one
clock. Alternatively both receive the same stream, with the same losses and delays.
"""

from __future__ import annotations

import heapq
import selectors
import socket
import struct
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import NamedTuple

from telephony.media.packets.ports import PortRange
from tests.benchmarks.plain_caller import LOOPBACK, Address, PlainCaller, Setup

SO_TIMESTAMPNS = 35
_PORTS = PortRange(LOOPBACK, 33000, 36999)
_LONGEST_DATAGRAM = 2048


class Arrival(NamedTuple):
    """One datagram and the time the kernel received it, in s by the wall clock."""

    at_s: float
    data: bytes


class Departure(NamedTuple):
    """One datagram and its time of sending, in s after the start."""

    at_s: float
    data: bytes


class Leg:
    """One call to a phone; ``arrivals`` is the RTP received from it, ``departures`` the RTP sent to
    it.
    """

    def __init__(
        self,
        server: Address,
        user: str,
        *,
        codec: str = "PCMA",
        answer: Callable[[], None] = lambda: None,
    ) -> None:
        self.arrivals: list[Arrival] = []
        self.departures: list[Arrival] = []
        self._ports = _PORTS.reserve()
        self.rtp, self.rtcp = self._ports.rtp, self._ports.rtcp
        self.rtp.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        self._caller = PlainCaller(server, user)
        self.setup: Setup = self._caller.call(answer, rtp_port=self._ports.rtp_port, codec=codec)

    def close(self) -> None:
        """Hangs up and releases the ports."""
        try:
            self._caller.hang_up()
        finally:
            self._caller.close()
            self._ports.close()

    def send(self, data: bytes) -> None:
        """Sends RTP to the phone."""
        # Over loopback it arrives immediately.
        self.departures.append(Arrival(time.time(), data))
        self.rtp.sendto(data, self.setup.media)

    def send_control(self, data: bytes) -> None:
        """Sends RTCP to the phone."""
        host, port = self.setup.media
        self.rtcp.sendto(data, (host, port + 1))

    def take(self) -> Iterator[Arrival]:
        """Records and yields all pending RTP."""
        while True:
            try:
                data, ancillary, _, _ = self.rtp.recvmsg(_LONGEST_DATAGRAM, 64)
            except BlockingIOError:
                return
            seconds, nanoseconds = struct.unpack("qq", ancillary[0][2][:16])
            arrival = Arrival(seconds + nanoseconds * 1e-9, data)
            self.arrivals.append(arrival)
            yield arrival

    def take_control(self) -> Iterator[bytes]:
        """Yields all pending RTCP."""
        while True:
            try:
                yield self.rtcp.recv(_LONGEST_DATAGRAM)
            except BlockingIOError:
                return


@contextmanager
def legs(*made: Callable[[], Leg]) -> Iterator[list[Leg]]:
    """Sets up all these calls; they are ended at the exit."""
    with ExitStack() as stack:
        up: list[Leg] = []
        for make in made:
            up.append(make())
            stack.callback(up[-1].close)
        yield up


def carry(
    duration_s: float,
    *,
    joined: Sequence[tuple[Leg, Leg]] = (),
    told: Sequence[Leg] = (),
    others: Sequence[Leg] = (),
    departures: Sequence[Departure] = (),
    delay_s: float = 0.0,
) -> None:
    """Records the phones' streams for this duration.

    The stream of one leg of a pair is forwarded to the other's phone, ``delay_s`` later; a leg
    joined to itself echoes. Each leg of ``told`` is sent the departures, which must be sorted by
    time. Of ``others`` only the received stream is recorded.
    """
    partners = dict(joined) | {far: near for near, far in joined}
    began_s = time.monotonic()
    waiting = [
        (began_s + at_s, number, data, tuple(told))
        for number, (at_s, data) in enumerate(departures)
    ]
    number = len(waiting)
    with selectors.DefaultSelector() as selector:
        for each in {*partners, *told, *others}:
            selector.register(each.rtp, selectors.EVENT_READ, each)
            selector.register(each.rtcp, selectors.EVENT_READ, each)
        while (now_s := time.monotonic()) < began_s + duration_s:
            while waiting and waiting[0][0] <= now_s:
                _, _, data, receivers = heapq.heappop(waiting)
                for receiver in receivers:
                    receiver.send(data)
            next_s = min(waiting[0][0] if waiting else now_s + 1, began_s + duration_s)
            for key, _ in selector.select(max(0.0, next_s - time.monotonic())):
                leg: Leg = key.data
                partner = partners.get(leg)
                if key.fileobj is leg.rtcp:
                    for control in leg.take_control():
                        if partner is not None and partner is not leg:
                            partner.send_control(control)
                    continue
                for arrival in leg.take():
                    if partner is None:
                        continue
                    if delay_s:
                        number += 1
                        due_s = time.monotonic() + delay_s
                        heapq.heappush(waiting, (due_s, number, arrival.data, (partner,)))
                    else:
                        partner.send(arrival.data)
