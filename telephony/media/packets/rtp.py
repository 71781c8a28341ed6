"""RTP packets as values (RFC 3550, section 5.1), SRTP, duplicate detection and media time.

No sockets here.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

import pylibsrtp

from telephony.srtp_keys import SrtpSuite

_VERSION = 2
# Without padding, extension and CSRC list, as nearly every packet is.
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
    """The packet's bytes; sequence and timestamp wrap by themselves."""
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
    """The bytes of a packet whose numbers are within their bits, without a value in between."""
    second = payload_type | 0x80 if marker else payload_type
    return _FIXED_HEADER.pack(_PLAIN, second, sequence, timestamp, ssrc) + payload


def parse_packet(data: bytes) -> RtpPacket | None:
    """The packet in a datagram, or None when the datagram is not well-formed RTP.

    RTCP that arrives on the same port is not RTP either.
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
    """The unwrapped number nearest to ``reference`` whose low ``bits`` bits are ``value``.

    Turns the 16-bit sequence and the 32-bit timestamp into plain growing integers.
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
# pylibsrtp works in a buffer of this size.
_LONGEST_BYTES = 1500
_ROOM_BYTES = 144
_REPLAY_WINDOW_PACKETS = 1024


class SrtpSender:
    """Protects what is sent; used by one thread."""

    def __init__(self, suite: SrtpSuite, key: bytes) -> None:
        self._session = _session(suite, key, pylibsrtp.Policy.SSRC_ANY_OUTBOUND)

    def protect(self, packet: bytes) -> bytes | None:
        """The RTP packet protected; None when that cannot be, and then it must not be sent."""
        if len(packet) > _LONGEST_BYTES - _ROOM_BYTES:
            return None
        try:
            return self._session.protect(packet)
        except pylibsrtp.Error:
            return None

    def protect_control(self, packet: bytes) -> bytes | None:
        """The RTCP packet protected; None when that cannot be."""
        if len(packet) > _LONGEST_BYTES - _ROOM_BYTES:
            return None
        try:
            return self._session.protect_rtcp(packet)
        except pylibsrtp.Error:
            return None


class SrtpReceiver:
    """Proves and opens what comes in; used by one thread."""

    def __init__(self, suite: SrtpSuite, key: bytes) -> None:
        self._session = _session(suite, key, pylibsrtp.Policy.SSRC_ANY_INBOUND)

    def unprotect(self, packet: bytes) -> bytes | None:
        """The RTP packet in the clear; None for a forged, plain or repeated one."""
        if len(packet) > _LONGEST_BYTES:
            return None
        try:
            return self._session.unprotect(packet)
        except pylibsrtp.Error:
            return None

    def unprotect_control(self, packet: bytes) -> bytes | None:
        """The RTCP packet in the clear; None for a forged, plain or repeated one."""
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
    """Finds repeated packets and each packet's place in time; one instance a stream."""

    def __init__(self, sample_rate_hz: int, clock_hz: int) -> None:
        self._rate_hz = sample_rate_hz
        self._clock_hz = clock_hz
        self._timestamp = 0
        self._sequence = 0
        self._recent = [-1] * _REMEMBERED_SEQUENCES

    def begin(self, packet: RtpPacket) -> None:
        """Forget all: the stream begins with this packet or one near it."""
        self._sequence = packet.sequence
        self._timestamp = packet.timestamp
        self._recent = [-1] * _REMEMBERED_SEQUENCES

    def is_repeated(self, packet: RtpPacket) -> bool:
        """Whether the sequence number came before, among the last few hundred."""
        sequence = extend(packet.sequence, self._sequence, 16)
        place = sequence % _REMEMBERED_SEQUENCES
        if self._recent[place] == sequence:
            return True
        self._recent[place] = sequence
        self._sequence = max(self._sequence, sequence)
        return False

    def media_time(self, packet: RtpPacket) -> int:
        """The packet's begin in samples of the decoded audio, growing over the wrap."""
        self._timestamp = extend(packet.timestamp, self._timestamp, 32)
        return self._timestamp * self._rate_hz // self._clock_hz
