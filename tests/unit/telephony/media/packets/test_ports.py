"""The arrival time of a datagram is that of the kernel, not of the read."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

import pytest

from telephony.media.packets.ports import PortPair, PortRange, stamp_arrivals, take_datagram
from tests.fakes.rtp_peer import RtpPeer, wait_until


@pytest.fixture
def ports() -> Iterator[PortPair]:
    pair = PortRange("127.0.0.1", 47000, 47999).reserve()
    yield pair
    pair.close()


def arrivals(ports: PortPair, now_s: float) -> list[tuple[bytes, float]]:
    taken = iter(lambda: take_datagram(ports.rtp, now_s), None)
    return [(each.data[12:], each.arrived_s) for each in taken if each is not None]


def stamps_are_there(ports: PortPair, peer: RtpPeer) -> bool:
    """Whether the kernel stamps datagrams: it starts shortly after the option is set."""
    peer.send(ports.rtp_port, b"probe")
    sent_s = time.monotonic()
    wait_until(lambda: time.monotonic() > sent_s + 0.005)
    now_s = time.monotonic()
    return all(arrived_s < now_s - 0.004 for _, arrived_s in arrivals(ports, now_s))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell")
def test_a_late_look_finds_the_times_of_arrival(ports: PortPair) -> None:
    stamp_arrivals(ports.rtp)
    with RtpPeer() as peer:
        wait_until(lambda: stamps_are_there(ports, peer))
        sent_s = []
        for text in (b"one", b"two"):
            sent_s.append(time.monotonic())
            peer.send(ports.rtp_port, text)
            # Real time is measured here.
            wait_until(lambda: time.monotonic() > sent_s[-1] + 0.03)
        now_s = time.monotonic()
        (first, first_s), (second, second_s) = arrivals(ports, now_s)
    assert (first, second) == (b"one", b"two")
    assert sent_s[0] - 0.001 <= first_s <= sent_s[1] + 0.001
    assert sent_s[1] - 0.001 <= second_s <= now_s


def test_without_a_stamp_the_time_of_the_look_counts(ports: PortPair) -> None:
    with RtpPeer() as peer:
        peer.send(ports.rtp_port, b"one")
        # On loopback a datagram is there when sendto() returns.
        assert arrivals(ports, 5.0) == [(b"one", 5.0)]
    assert arrivals(ports, 6.0) == []
