"""RTP packets as values (RFC 3550, section 5.1), SRTP, duplicate detection and media time.

Uses no sockets.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

import pylibsrtp

from telephony.srtp_keys import SrtpSuite

_VERSION = 2
# First byte without padding, extension and CSRC list, as in nearly every packet.
_PLAIN = _VERSION << 6
_FIXED_HEADER = struct.Struct("!BBHII")
_EXTENSION_HEADER = struct.Struct("!HH")
# RTCP packet types 192-223 seen as RTP: marker set and payload type 64-95 (RFC 5761, section 4).
_FIRST_RTCP_TYPE = 64
_LAST_RTCP_TYPE = 95


class RtpPacket(NamedTuple):
    """One RTP packet without its CSRC list, header extension and padding.

    ``sequence`` has 16 bits, ``timestamp`` and ``ssrc`` have 32; the timestamp counts samples.
    """

    payload_type: int
    sequence: int
    timestamp: int
    ssrc: int
    payload: bytes
    marker: bool = False


def serialise_packet(packet: RtpPacket) -> bytes:
    """Serialises the packet; sequence number and timestamp wrap."""
    return pack_packet(
        packet.payload_type & 0x7F,
        packet.sequence & 0xFFFF,
        packet.timestamp & 0xFFFFFFFF,
        packet.ssrc & 0xFFFFFFFF,
        packet.payload,
        marker=packet.marker,
    )


def pack_packet(
    payload_type: int,
    sequence: int,
    timestamp: int,
    ssrc: int,
    payload: bytes,
    *,
    marker: bool = False,
) -> bytes:
    """Serialises a packet from numbers within their bit widths, without an RtpPacket."""
    second = payload_type | 0x80 if marker else payload_type
    return _FIXED_HEADER.pack(_PLAIN, second, sequence, timestamp, ssrc) + payload


def parse_packet(data: bytes) -> RtpPacket | None:
    """Parses a datagram; returns None if it is not well-formed RTP.

    RTCP on the same port is not RTP either.
    """
    if len(data) < _FIXED_HEADER.size:
        return None
    first, second, sequence, timestamp, ssrc = _FIXED_HEADER.unpack_from(data)
    if first >> 6 != _VERSION:
        return None
    payload_type = second & 0x7F
    marker = bool(second & 0x80)
    if marker and _FIRST_RTCP_TYPE <= payload_type <= _LAST_RTCP_TYPE:
        return None
    if first == _PLAIN:
        payload = data[_FIXED_HEADER.size :]
    elif (bounds := _payload_bounds(data, first)) is not None:
        payload = data[bounds[0] : bounds[1]]
    else:
        return None
    return RtpPacket(payload_type, sequence, timestamp, ssrc, payload, marker)


def _payload_bounds(data: bytes, first: int) -> tuple[int, int] | None:
    start = _FIXED_HEADER.size + 4 * (first & 0x0F)
    if first & 0x10:
        if start + _EXTENSION_HEADER.size > len(data):
            return None
        _profile, words = _EXTENSION_HEADER.unpack_from(data, start)
        start += _EXTENSION_HEADER.size + 4 * words
    end = len(data)
    if first & 0x20:
        padding = data[-1]
        if padding == 0:
            return None
        end -= padding
    return (start, end) if start <= end else None


def extend(value: int, reference: int, bits: int) -> int:
    """Returns the number nearest to ``reference`` with ``value`` as its low ``bits`` bits.

    Converts the 16-bit sequence number and the 32-bit timestamp to continuously increasing
    integers.
    """
    span = 1 << bits
    difference = (value - reference) % span
    if difference >= span // 2:
        difference -= span
    return reference + difference


_PROFILES = {
    "AES_CM_128_HMAC_SHA1_80": pylibsrtp.Policy.SRTP_PROFILE_AES128_CM_SHA1_80,
    "AES_CM_128_HMAC_SHA1_32": pylibsrtp.Policy.SRTP_PROFILE_AES128_CM_SHA1_32,
}
KEY_BYTES = 30  # master key and master salt
# Size of the buffer in pylibsrtp.
_LONGEST_BYTES = 1500
_ROOM_BYTES = 144
_REPLAY_WINDOW_PACKETS = 1024


class SrtpSender:
    """Encrypts sent packets; used by one thread."""

    def __init__(self, suite: SrtpSuite, key: bytes) -> None:
        self._session = _session(suite, key, pylibsrtp.Policy.SSRC_ANY_OUTBOUND)

    def protect(self, packet: bytes) -> bytes | None:
        """Protects an RTP packet; returns None on failure, and the packet must not be sent."""
        if len(packet) > _LONGEST_BYTES - _ROOM_BYTES:
            return None
        try:
            return self._session.protect(packet)
        except pylibsrtp.Error:
            return None

    def protect_control(self, packet: bytes) -> bytes | None:
        """Protects an RTCP packet; returns None on failure."""
        if len(packet) > _LONGEST_BYTES - _ROOM_BYTES:
            return None
        try:
            return self._session.protect_rtcp(packet)
        except pylibsrtp.Error:
            return None


class SrtpReceiver:
    """Authenticates and decrypts received packets; used by one thread."""

    def __init__(self, suite: SrtpSuite, key: bytes) -> None:
        self._session = _session(suite, key, pylibsrtp.Policy.SSRC_ANY_INBOUND)

    def unprotect(self, packet: bytes) -> bytes | None:
        """Decrypts an RTP packet; returns None if it is forged, unprotected or repeated."""
        if len(packet) > _LONGEST_BYTES:
            return None
        try:
            return self._session.unprotect(packet)
        except pylibsrtp.Error:
            return None

    def unprotect_control(self, packet: bytes) -> bytes | None:
        """Decrypts an RTCP packet; returns None if it is forged, unprotected or repeated."""
        if len(packet) > _LONGEST_BYTES:
            return None
        try:
            return self._session.unprotect_rtcp(packet)
        except pylibsrtp.Error:
            return None


def _session(suite: SrtpSuite, key: bytes, direction: int) -> pylibsrtp.Session:
    policy = pylibsrtp.Policy(key=key, ssrc_type=direction, srtp_profile=_PROFILES[suite])
    policy.window_size = _REPLAY_WINDOW_PACKETS
    return pylibsrtp.Session(policy)


_REMEMBERED_SEQUENCES = 512


class StreamOrder:
    """Detects repeated packets and computes media times; one instance per stream."""

    def __init__(self, sample_rate_hz: int, clock_hz: int) -> None:
        self._rate_hz = sample_rate_hz
        self._clock_hz = clock_hz
        self._timestamp = 0
        self._sequence = 0
        self._recent = [-1] * _REMEMBERED_SEQUENCES

    def begin(self, packet: RtpPacket) -> None:
        """Resets the state: the stream starts with this packet or one near it."""
        self._sequence = packet.sequence
        self._timestamp = packet.timestamp
        self._recent = [-1] * _REMEMBERED_SEQUENCES

    def is_repeated(self, packet: RtpPacket) -> bool:
        """Whether the sequence number occurred before, among the last few hundred."""
        sequence = extend(packet.sequence, self._sequence, 16)
        place = sequence % _REMEMBERED_SEQUENCES
        if self._recent[place] == sequence:
            return True
        self._recent[place] = sequence
        self._sequence = max(self._sequence, sequence)
        return False

    def media_time(self, packet: RtpPacket) -> int:
        """Returns the packet's start in samples of the decoded audio, increasing over the wrap."""
        self._timestamp = extend(packet.timestamp, self._timestamp, 32)
        return self._timestamp * self._rate_hz // self._clock_hz
