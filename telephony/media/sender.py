"""The outgoing half of a call: the microphone as RTP packets on the engine's clock."""

from __future__ import annotations

import secrets
import socket

import numpy as np

from telephony.media.codec import AudioCodec, Encoder
from telephony.media.g711 import PCMA, PCMA_PAYLOAD_TYPE
from telephony.media.latch import Address
from telephony.media.resampling import RateAdapter
from telephony.media.rtp import pack_packet
from telephony.media.samples import FRAME_MS, LevelMeter, Samples, frame_samples, silence


class RtpSender:
    """One stream with numbers of its own; used by the media thread only."""

    def __init__(self, rtp: socket.socket) -> None:
        self._rtp = rtp
        self.ssrc = secrets.randbits(32)
        self.packets_sent = 0
        self.send_errors = 0
        self._sequence = secrets.randbits(16)
        self._timestamp = secrets.randbits(32)
        self._starts_talking = True
        self._rate = RateAdapter()
        self._meter = LevelMeter()
        self._unsent = silence(0)
        self._codec: AudioCodec = PCMA
        self._encoder: Encoder = self._codec.encoder()
        self._payload_type = PCMA_PAYLOAD_TYPE
        self._packet_ms = FRAME_MS

    @property
    def level_dbfs(self) -> float:
        """Level of what was sent in the last second."""
        return self._meter.level_dbfs

    def use(self, codec: AudioCodec, payload_type: int, ptime_ms: int) -> None:
        """Encode so from the next frame on; the numbers of the stream go on."""
        if codec is not self._codec:
            self._codec = codec
            self._encoder = codec.encoder()
            self._unsent = silence(0)
        self._payload_type = payload_type
        self._packet_ms = max(10, ptime_ms - ptime_ms % 10)

    def send(self, samples: Samples, destination: Address) -> None:
        """Send one frame of 8 or 16 kHz."""
        frame = frame_samples(self._codec.sample_rate_hz)
        samples = self._rate.fit(samples, frame)
        self._meter.add(samples)
        if self._packet_ms == FRAME_MS and not self._unsent.size:
            self._send_packet(samples, destination)
            return
        size = frame * self._packet_ms // FRAME_MS
        unsent = np.concatenate((self._unsent, samples))
        while unsent.size >= size:
            self._send_packet(unsent[:size], destination)
            unsent = unsent[size:]
        self._unsent = unsent

    def rest(self, frames: int = 1) -> None:
        """Send nothing for so many frames: the timestamp keeps true time."""
        ticks = frames * FRAME_MS * self._codec.clock_hz // 1000
        self._timestamp = (self._timestamp + ticks) & 0xFFFFFFFF
        self._starts_talking = True
        self._unsent = silence(0)

    def _send_packet(self, samples: Samples, destination: Address) -> None:
        data = pack_packet(
            self._payload_type,
            self._sequence,
            self._timestamp,
            self.ssrc,
            self._encoder.encode(samples),
            marker=self._starts_talking,
        )
        self._sequence = (self._sequence + 1) & 0xFFFF
        ticks = samples.size * self._codec.clock_hz // self._codec.sample_rate_hz
        self._timestamp = (self._timestamp + ticks) & 0xFFFFFFFF
        self._starts_talking = False
        try:
            self._rtp.sendto(data, destination)
        except OSError:
            # Route gone, buffer full or port unreachable: the next packet may get through.
            self.send_errors += 1
        else:
            self.packets_sent += 1
