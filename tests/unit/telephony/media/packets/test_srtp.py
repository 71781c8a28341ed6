"""Protected packets are restored; forged, repeated and plain packets are rejected."""

from __future__ import annotations

import pytest

from telephony.media.packets.rtcp import ReceiverReport, serialise_report
from telephony.media.packets.rtp import RtpPacket, SrtpReceiver, SrtpSender, serialise_packet
from telephony.srtp_keys import SrtpSuite

KEY = bytes(range(30))
OTHER_KEY = bytes(range(1, 31))
SUITES: list[tuple[SrtpSuite, int]] = [
    ("AES_CM_128_HMAC_SHA1_80", 10),
    ("AES_CM_128_HMAC_SHA1_32", 4),
]


def packet(number: int) -> bytes:
    return serialise_packet(RtpPacket(8, number & 0xFFFF, 160 * number, 0xCAFE, b"\x55" * 160))


@pytest.mark.parametrize(("suite", "tag_bytes"), SUITES)
def test_packets_pass_secret_and_whole(suite: SrtpSuite, tag_bytes: int) -> None:
    sender, receiver = SrtpSender(suite, KEY), SrtpReceiver(suite, KEY)
    # Over the wrap of the sequence, with one lost and two exchanged.
    numbers = [65_533, 65_534, 65_535, 65_536, 65_538, 65_537, 65_539]
    protected = {number: sender.protect(packet(number)) for number in sorted(numbers)}
    for number in numbers:
        data = protected[number]
        assert data is not None
        assert len(data) == len(packet(number)) + tag_bytes
        assert b"\x55" * 8 not in data
        assert receiver.unprotect(data) == packet(number)


def test_the_standard_s_key_stream_is_used() -> None:
    # RFC 3711 gives no whole packet; this one is libsrtp's own test vector (srtp_driver.c).
    key = bytes.fromhex("e1f97a0d3e018be0d64fa32c06de41390ec675ad498afeebb6960b3aabe6")
    plain = bytes.fromhex("800f1234decafbadcafebabe" + "ab" * 16)
    protected = SrtpSender("AES_CM_128_HMAC_SHA1_80", key).protect(plain)
    assert protected is not None
    assert protected.hex() == (
        "800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb"
    )


@pytest.mark.parametrize(("suite", "_tag_bytes"), SUITES)
def test_forged_repeated_and_plain_packets_are_refused(suite: SrtpSuite, _tag_bytes: int) -> None:
    sender, receiver = SrtpSender(suite, KEY), SrtpReceiver(suite, KEY)
    data = sender.protect(packet(1))
    assert data is not None
    changed = data[:20] + bytes([data[20] ^ 1]) + data[21:]
    for bad in (changed, data[:-1], packet(1), b"", bytes(2000), data[:11]):
        assert receiver.unprotect(bad) is None
    assert SrtpReceiver(suite, OTHER_KEY).unprotect(data) is None
    assert receiver.unprotect(data) == packet(1)
    assert receiver.unprotect(data) is None


@pytest.mark.parametrize(("suite", "_tag_bytes"), SUITES)
def test_reports_are_protected_too(suite: SrtpSuite, _tag_bytes: int) -> None:
    report = serialise_report(ReceiverReport(0xCAFE), "name")
    sender, receiver = SrtpSender(suite, KEY), SrtpReceiver(suite, KEY)
    data = sender.protect_control(report)
    assert data is not None
    assert b"name" not in data
    # RFC 4568, section 6.2.2: RTCP has the long tag in both suites; 4 bytes are the index.
    assert len(data) == len(report) + 14
    assert receiver.unprotect_control(report) is None
    assert receiver.unprotect_control(data) == report
    assert receiver.unprotect_control(data) is None


def test_what_is_too_long_is_not_sent() -> None:
    sender = SrtpSender("AES_CM_128_HMAC_SHA1_80", KEY)
    assert sender.protect(packet(1) + bytes(1400)) is None
    assert sender.protect_control(bytes(1400)) is None
