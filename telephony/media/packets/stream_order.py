"""The numbers of a stream's packets without their wraps (RFC 3550, section 5.1)."""

from __future__ import annotations

from telephony.media.packets.rtp import RtpPacket, extend

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
