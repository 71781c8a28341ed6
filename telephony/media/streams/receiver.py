"""Incoming half of a call: RTP to audio frames, and detection of the remote address (RFC 4961).

Behind NAT the remote party sends from another address than its SDP states. The first source with
three packets in sequence is accepted as the remote party. The source named in the SDP needs no
such proof and has priority while it sends. Other sources are ignored until the remote party has
been silent for some time, so a stranger cannot take over a call by sending to its port.
"""

from __future__ import annotations

from telephony.media.codecs.codec import (
    PCMA,
    PCMA_PAYLOAD_TYPE,
    PCMU,
    PCMU_PAYLOAD_TYPE,
    AudioCodec,
)
from telephony.media.packets.rtp import RtpPacket, SrtpReceiver, parse_packet
from telephony.media.playout.continuous_audio import JitterBuffer, JitterCounts
from telephony.media.samples import LevelMeter, RateAdapter, Samples, silence
from telephony.media.streams.dtmf import DigitReceiver
from telephony.media.streams.reception import LossRuns, Reception

Address = tuple[str, int]

_PROOF_PACKETS = 3
_SILENCE_S = 2.0


class SourceLatch:
    """Tracks the remote party's real address; media thread only, with the time as a parameter."""

    def __init__(self, signalled: Address) -> None:
        self._signalled = signalled
        self._source: Address | None = None
        self._heard_at_s = 0.0
        self._candidate: Address | None = None
        self._candidate_sequence = 0
        self._proofs = 0

    @property
    def destination(self) -> Address:
        """Destination of sent packets: the real source, initially the address of the SDP."""
        return self._source or self._signalled

    def admits(self, source: Address, sequence: int, now_s: float) -> bool:
        """Returns whether a packet from ``source`` belongs to the stream; updates the latch."""
        if source == self._source:
            self._heard_at_s = now_s
            return True
        if source == self._signalled or self._proved(source, sequence):
            quiet = now_s - self._heard_at_s > _SILENCE_S
            if self._source is None or quiet:
                self._source = source
                self._heard_at_s = now_s
                self._candidate = None
                self._proofs = 0
                return True
        return False

    def _proved(self, source: Address, sequence: int) -> bool:
        if source == self._candidate and sequence == (self._candidate_sequence + 1) & 0xFFFF:
            self._proofs += 1
        else:
            self._candidate = source
            self._proofs = 1
        self._candidate_sequence = sequence
        return self._proofs >= _PROOF_PACKETS


_COMFORT_NOISE_PAYLOAD_TYPE = 13  # at 8 kHz (RFC 3389)
_COMFORT_NOISE_CLOCK_HZ = 8000
# The remote party may send these regardless of the agreement: their payload types are static.
_STATIC_CODECS: dict[int, AudioCodec] = {PCMU_PAYLOAD_TYPE: PCMU, PCMA_PAYLOAD_TYPE: PCMA}


class RtpReceiver:
    """Receiver of one call's RTP port; used by the media thread only.

    ``receiving`` False still counts packets and updates the latch, but plays nothing.
    """

    def __init__(self) -> None:
        self.discarded = 0
        self.receiving = False
        self._latch: SourceLatch | None = None
        self._signalled: Address | None = None
        self._codecs = dict(_STATIC_CODECS)
        self._event_payload_type: int | None = None
        self._comfort_noise_payload_types = {_COMFORT_NOISE_PAYLOAD_TYPE}
        self._srtp: SrtpReceiver | None = None
        self._former_srtp: SrtpReceiver | None = None
        self._reception = Reception()
        self._digits = DigitReceiver()
        self._rate = RateAdapter()
        self._meter = LevelMeter()
        self.loss_runs = LossRuns()
        self._concealed = 0
        self.greatest_delay_ms = 0.0
        """Maximum playout delay so far."""
        self._codec: AudioCodec = PCMA
        self._buffer = JitterBuffer(self._codec.decoder())

    @property
    def destination(self) -> Address | None:
        """The remote party's real address; None before use()."""
        return None if self._latch is None else self._latch.destination

    @property
    def reception(self) -> Reception:
        """Reception statistics of the stream."""
        return self._reception

    @property
    def counts(self) -> JitterCounts:
        """Counts of the jitter buffer over the complete call."""
        return self._buffer.counts

    @property
    def codec(self) -> str:
        """Name of the received encoding."""
        return self._codec.name

    @property
    def delay_ms(self) -> float:
        """Mean time from a packet's arrival to its playout."""
        return self._buffer.delay_ms

    @property
    def level_dbfs(self) -> float:
        """Level of the audio played in the last second."""
        return self._meter.level_dbfs

    def use(
        self,
        signalled: Address,
        codec: AudioCodec,
        payload_type: int,
        event_payload_type: int | None,
        comfort_noise_payload_type: int | None,
        receiving: bool,
    ) -> None:
        """Starts accepting packets from the remote party in this codec or a static one."""
        if signalled != self._signalled:
            self._latch = SourceLatch(signalled)
            self._signalled = signalled
        if receiving and not self.receiving:
            self._buffer.reset()
        self.receiving = receiving
        self._codecs = {**_STATIC_CODECS, payload_type: codec}
        self._event_payload_type = event_payload_type
        self._comfort_noise_payload_types = {_COMFORT_NOISE_PAYLOAD_TYPE}
        if comfort_noise_payload_type is not None:
            self._comfort_noise_payload_types.add(comfort_noise_payload_type)
        if codec is not self._codec:
            self._start(codec)

    def use_srtp(self, srtp: SrtpReceiver | None) -> None:
        """Sets the SRTP context; packets that it does not authenticate are dropped.

        The previous key remains valid until the first packet with the new one, because packets may
        still be in transit.
        """
        self._former_srtp = None if srtp is None else self._srtp
        self._srtp = srtp

    def take(self, data: bytes, source: Address, now_s: float) -> str | None:
        """Processes one datagram; returns the digit that starts with it, or None."""
        plain = data if self._srtp is None else self._unprotect(self._srtp, data)
        packet = None if plain is None else parse_packet(plain)
        if packet is None or not self._belongs(packet, source, now_s):
            self.discarded += 1
            return None
        if self._reception.take(packet, now_s):
            self._buffer.reset()
            self._digits.reset()
        if not self.receiving:
            return None
        if packet.payload_type == self._event_payload_type:
            return self._digits.take(packet.timestamp, packet.payload)
        codec = self._codecs.get(packet.payload_type)
        if codec is not None:
            if codec is not self._codec:
                self._start(codec)
            self._buffer.put(packet, now_s)
        elif self._codec.clock_hz == _COMFORT_NOISE_CLOCK_HZ:
            self._buffer.put_comfort_noise(packet, now_s)
        return None

    def _belongs(self, packet: RtpPacket, source: Address, now_s: float) -> bool:
        number = packet.payload_type
        is_known = (
            number in self._codecs
            or number == self._event_payload_type
            or number in self._comfort_noise_payload_types
        )
        latch = self._latch
        return is_known and latch is not None and latch.admits(source, packet.sequence, now_s)

    def _unprotect(self, srtp: SrtpReceiver, data: bytes) -> bytes | None:
        plain = srtp.unprotect(data)
        if plain is not None:
            self._former_srtp = None
        elif self._former_srtp is not None:
            plain = self._former_srtp.unprotect(data)
        return plain

    def unprotect_control(self, data: bytes) -> bytes | None:
        """Decrypts the remote party's RTCP; returns None if it cannot be authenticated."""
        if self._srtp is None:
            return data
        plain = self._srtp.unprotect_control(data)
        if plain is None and self._former_srtp is not None:
            plain = self._former_srtp.unprotect_control(data)
        return plain

    def play(self, size: int, now_s: float) -> Samples:
        """Returns the next 20 ms to play, with ``size`` samples."""
        if not self.receiving:
            self._meter.add(silence(size))
            return silence(size)
        heard = self._rate.fit(self._buffer.get(now_s), size)
        self._meter.add(heard)
        self._follow()
        return heard

    def _follow(self) -> None:
        """Records whether the frame was missing, and its delay."""
        buffer = self._buffer
        if buffer.is_playing:
            concealed = buffer.concealed
            self.loss_runs.note(is_missing=concealed > self._concealed)
            self._concealed = concealed
            self.greatest_delay_ms = max(self.greatest_delay_ms, buffer.delay_ms)

    def _start(self, codec: AudioCodec) -> None:
        """Switches the playout to another codec."""
        self._codec = codec
        self._reception.use_clock(codec.clock_hz)
        self._buffer = JitterBuffer(
            codec.decoder(),
            sample_rate_hz=codec.sample_rate_hz,
            clock_hz=codec.clock_hz,
            counts=self._buffer.counts,
        )
