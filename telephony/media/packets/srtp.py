"""RTP and RTCP kept secret and whole (SRTP, RFC 3711), by libsrtp.

Each direction has a context of its own: a change of one side's key must not begin the other
side's packet counter anew.
"""

from __future__ import annotations

import pylibsrtp

from telephony.srtp_keys import SrtpSuite

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
