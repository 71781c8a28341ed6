"""Outgoing half of a call: microphone audio and DTMF digits as RTP packets."""

from __future__ import annotations

import secrets
import socket

import numpy as np

from telephony.media.codecs.codec import PCMA, PCMA_PAYLOAD_TYPE, AudioCodec, Encoder
from telephony.media.packets.rtp import SrtpSender, pack_packet
from telephony.media.samples import (
    FRAME_MS,
    LevelMeter,
    RateAdapter,
    Samples,
    frame_samples,
    silence,
)
from telephony.media.streams.dtmf import DigitSender
from telephony.media.streams.receiver import Address

# A NAT removes the mapping of a silent flow after 30 s or more (RFC 4787; RFC 6263, section 4.2).
_KEEP_ALIVE_FRAMES = 15_000 // FRAME_MS
_HEADER_BYTES = 12
# A stream starts in the lower half of the sequence numbers. A receiver that misses its first
# packets then cannot miss a wrap, which it would have to count (RFC 3711, section 3.3.1).
_FIRST_SEQUENCE_BITS = 15


class RtpSender:
    """One RTP stream with its own sequence numbers; used by the media thread only.

    With ``srtp`` every packet is protected, or not sent.
    """

    def __init__(self, rtp: socket.socket) -> None:
        self._rtp = rtp
        self.srtp: SrtpSender | None = None
        self.digits = DigitSender()
        self.ssrc = secrets.randbits(32)
        self.packets_sent = 0
        self.octets_sent = 0
        self.send_errors = 0
        self.timestamp = secrets.randbits(32)
        # Including its wraps, as SRTP counts.
        self._sequence = secrets.randbits(_FIRST_SEQUENCE_BITS)
        self._starts_talking = True
        self._event_timestamp = 0
        self._event_payload_type: int | None = None
        self._event_frame_ticks = frame_samples()
        self._rest_frames = 0
        self._rate = RateAdapter()
        self._meter = LevelMeter()
        self._unsent = silence(0)
        self._payload_type = PCMA_PAYLOAD_TYPE
        self._packet_ms = FRAME_MS
        self._set_codec(PCMA)

    def _set_codec(self, codec: AudioCodec, parameters: str = "") -> None:
        self._codec = codec
        self._parameters = parameters
        self._encoder: Encoder = codec.encoder(parameters)
        self._frame = frame_samples(codec.sample_rate_hz)
        self._frame_ticks = codec.clock_hz * FRAME_MS // 1000

    @property
    def level_dbfs(self) -> float:
        """Level of the audio sent in the last second."""
        return self._meter.level_dbfs

    def use(
        self,
        codec: AudioCodec,
        payload_type: int,
        event_payload_type: int | None,
        event_clock_hz: int,
        ptime_ms: int,
        parameters: str = "",
    ) -> None:
        """Sets the encoding from the next frame; the numbers of the stream continue.

        Durations of digits are in units of ``event_clock_hz``, timestamps in units of the codec's
        clock.
        """
        if (codec, parameters) != (self._codec, self._parameters):
            self._drop_unsent()
            self._set_codec(codec, parameters)
        self._payload_type = payload_type
        self._event_payload_type = event_payload_type
        self._event_frame_ticks = event_clock_hz * FRAME_MS // 1000
        self._packet_ms = codec.packet_ms(ptime_ms)

    def face_newcomer(self) -> None:
        """Prepares the stream for a new receiver, which cannot know its number of wraps.

        SRTP packets are authenticated with that number (RFC 3711, section 3.3.1): a stream that has
        wrapped, or will soon, continues as another source with new numbers.
        """
        if self.srtp is not None and self._sequence >> _FIRST_SEQUENCE_BITS:
            self.ssrc = secrets.randbits(32)
            self._sequence = secrets.randbits(_FIRST_SEQUENCE_BITS)
            self._starts_talking = True

    def send(self, samples: Samples, destination: Address) -> None:
        """Sends one frame of 8 or 16 kHz; queued digits are sent instead of it."""
        self._rest_frames = 0
        if self.digits.is_active:
            if self._send_event(destination):
                return
            samples = silence(self._frame)
        samples = self._rate.fit(samples, self._frame)
        self._meter.add(samples)
        if self._packet_ms == FRAME_MS and not self._unsent.size:
            self._send_audio(samples, destination)
            return
        size = self._frame * self._packet_ms // FRAME_MS
        unsent = np.concatenate((self._unsent, samples))
        while unsent.size >= size:
            self._send_audio(unsent[:size], destination)
            unsent = unsent[size:]
        self._unsent = unsent

    def skip(self, frames: int) -> None:
        """Sends nothing for this number of frames; the timestamp advances in real time."""
        self._drop_unsent()
        self.timestamp = (self.timestamp + frames * self._frame_ticks) & 0xFFFFFFFF
        self._starts_talking = True

    def rest(self, destination: Address | None = None) -> None:
        """Sends no audio in this frame and cancels queued digits.

        With a destination an empty datagram is sent periodically, which preserves the NAT mapping
        for the remote party's audio.
        """
        self.digits.clear()
        self.skip(1)
        self._rest_frames += 1
        if destination is not None and self._rest_frames % _KEEP_ALIVE_FRAMES == 0:
            self._transmit(b"", destination)

    def _drop_unsent(self) -> None:
        if self._unsent.size:
            self.timestamp = (self.timestamp + self._ticks(self._unsent.size)) & 0xFFFFFFFF
            self._unsent = silence(0)

    def _ticks(self, samples: int) -> int:
        return samples * self._codec.clock_hz // self._codec.sample_rate_hz

    def _send_event(self, destination: Address) -> bool:
        """Sends this frame's packet of the digit; False in the silence after it."""
        if self._event_payload_type is None:
            self.digits.clear()
            return False
        event = self.digits.next_frame(self._event_frame_ticks)
        if event is None:
            return False
        self._drop_unsent()
        if event.begins:
            self._event_timestamp = self.timestamp
        self._send_packet(
            self._event_payload_type,
            self._event_timestamp,
            event.payload,
            event.begins,
            destination,
        )
        self.timestamp = (self.timestamp + self._frame_ticks) & 0xFFFFFFFF
        self._starts_talking = False
        return True

    def _send_audio(self, samples: Samples, destination: Address) -> None:
        payload = self._encoder.encode(samples)
        marker = self._starts_talking
        self._send_packet(self._payload_type, self.timestamp, payload, marker, destination)
        self.timestamp = (self.timestamp + self._ticks(samples.size)) & 0xFFFFFFFF
        self._starts_talking = False

    def _send_packet(
        self, payload_type: int, timestamp: int, payload: bytes, marker: bool, destination: Address
    ) -> None:
        packet = pack_packet(
            payload_type, self._sequence & 0xFFFF, timestamp, self.ssrc, payload, marker=marker
        )
        self._sequence += 1
        data = packet if self.srtp is None else self.srtp.protect(packet)
        if data is None:
            self.send_errors += 1
        elif self._transmit(data, destination):
            self.packets_sent += 1
            self.octets_sent += len(packet) - _HEADER_BYTES

    def _transmit(self, data: bytes, destination: Address) -> bool:
        try:
            self._rtp.sendto(data, destination)
        except OSError:
            # No route, full buffer or unreachable port: the next packet may be delivered.
            self.send_errors += 1
            return False
        return True
