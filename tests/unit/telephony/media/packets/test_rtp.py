"""RTP packets by RFC 3550, section 5.1."""

from __future__ import annotations

import struct

from hypothesis import example, given
from hypothesis import strategies as st

from telephony.media.packets.rtp import RtpPacket, extend, parse_packet, serialise_packet

packets = st.builds(
    RtpPacket,
    # Payload types 64-95 with the marker set are RTCP (RFC 5761, section 4).
    payload_type=st.integers(0, 63) | st.integers(96, 127),
    sequence=st.integers(0, 0xFFFF),
    timestamp=st.integers(0, 0xFFFFFFFF),
    ssrc=st.integers(0, 0xFFFFFFFF),
    payload=st.binary(max_size=400),
    marker=st.booleans(),
)


@given(packets)
def test_what_is_written_is_read_back(packet: RtpPacket) -> None:
    assert parse_packet(serialise_packet(packet)) == packet


def test_the_bytes_are_those_of_the_rfc() -> None:
    packet = RtpPacket(8, 0x1234, 0x01020304, 0xA0B0C0D0, b"\xd5", marker=True)
    assert serialise_packet(packet) == bytes.fromhex("80881234 01020304 a0b0c0d0 d5")


def test_numbers_wrap_when_written() -> None:
    packet = parse_packet(serialise_packet(RtpPacket(0, 0x10001, 0x1_0000_0002, 7, b"")))
    assert packet is not None
    assert (packet.sequence, packet.timestamp) == (1, 2)


@given(packets, st.lists(st.integers(0, 0xFFFFFFFF), max_size=15), st.integers(0, 20), st.data())
def test_sources_extension_and_padding_are_not_payload(
    packet: RtpPacket, sources: list[int], words: int, data: st.DataObject
) -> None:
    padding = data.draw(st.integers(1, 255))
    plain = serialise_packet(packet)
    full = bytearray(plain[:12])
    full[0] |= 0x30 | len(sources)
    full += b"".join(struct.pack("!I", source) for source in sources)
    full += struct.pack("!HH", 0xBEDE, words) + b"\xff" * (4 * words)
    full += packet.payload + b"\0" * (padding - 1) + bytes([padding])
    assert parse_packet(bytes(full)) == packet


@given(st.binary(max_size=64))
@example(b"")
@example(b"\x80" * 11)
@example(b"\xb0" + b"\0" * 11)
@example(b"\xa0" + b"\0" * 10 + b"\xff")
@example(bytes.fromhex("8f08000100000000 00000000"))
@example(bytes.fromhex("9008000100000000 00000000 0000ffff"))
def test_any_bytes_give_a_packet_or_nothing(data: bytes) -> None:
    packet = parse_packet(data)
    if packet is not None:
        assert len(packet.payload) <= len(data) - 12


def test_a_sender_report_is_not_audio() -> None:
    assert parse_packet(bytes.fromhex("80c80006") + bytes(24)) is None


def test_another_version_is_not_rtp() -> None:
    assert parse_packet(bytes.fromhex("40080001") + bytes(168)) is None


@given(st.integers(-(2**40), 2**40), st.integers(-(2**15), 2**15 - 1))
def test_a_wrapped_number_is_unwrapped_near_its_reference(reference: int, step: int) -> None:
    assert extend((reference + step) & 0xFFFF, reference, 16) == reference + step
