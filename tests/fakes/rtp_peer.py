"""A remote party for media tests that sends given packets and stores the received ones."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable

from telephony.media.packets.rtp import RtpPacket, SrtpSender, parse_packet, serialise_packet


def wait_until(condition: Callable[[], bool], timeout_s: float = 5.0) -> None:
    """Returns as soon as the condition holds; AssertionError after the timeout."""
    until = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < until, "condition did not hold in time"
        time.sleep(0.005)


class RtpPeer:
    """One bound UDP socket with its own RTP sequence; with ``srtp`` its packets are encrypted."""

    def __init__(self) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.settimeout(2.0)
        self.port: int = self.socket.getsockname()[1]
        self.sequence = 100
        self.timestamp = 5000
        self.ssrc = 0xCAFE
        self.srtp: SrtpSender | None = None
        self._last = b""

    def __enter__(self) -> RtpPeer:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, port: int, payload: bytes, payload_type: int = 8) -> None:
        """Sends the next packet of this peer's stream."""
        packet = RtpPacket(payload_type, self.sequence, self.timestamp, self.ssrc, payload)
        data = serialise_packet(packet)
        if self.srtp is not None:
            protected = self.srtp.protect(data)
            assert protected is not None
            data = protected
        self._last = data
        self.socket.sendto(data, ("127.0.0.1", port))
        self.sequence += 1
        self.timestamp += len(payload)

    def resend(self, port: int) -> None:
        """Sends the last datagram again."""
        self.socket.sendto(self._last, ("127.0.0.1", port))

    def receive(self, count: int) -> list[RtpPacket]:
        """Returns the next packets; TimeoutError if none arrives for 2 s."""
        packets: list[RtpPacket] = []
        while len(packets) < count:
            packet = parse_packet(self.socket.recv(2048))
            assert packet is not None
            packets.append(packet)
        return packets

    def empty(self) -> None:
        """Discards the packets received so far."""
        self.socket.setblocking(False)
        try:
            while True:
                self.socket.recv(2048)
        except BlockingIOError:
            self.socket.settimeout(2.0)

    def is_quiet(self, duration_s: float) -> bool:
        """Whether no packet arrives during this time."""
        self.socket.settimeout(duration_s)
        try:
            self.socket.recv(2048)
        except TimeoutError:
            return True
        finally:
            self.socket.settimeout(2.0)
        return False
