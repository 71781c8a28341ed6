"""The audio of one call: RTP out on the engine's clock, RTP in through the jitter buffer."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from telephony.media.dtmf import DigitReceiver
from telephony.media.g711 import PCMA, PCMA_PAYLOAD_TYPE, AudioCodec, codec_of
from telephony.media.jitter_buffer import JitterBuffer
from telephony.media.latch import Address, SourceLatch
from telephony.media.ports import PortPair
from telephony.media.reception import Reception
from telephony.media.rtp import RtpPacket, parse_packet, serialise_packet
from telephony.media.samples import (
    FRAME_MS,
    TELEPHONE_RATE_HZ,
    LevelMeter,
    Samples,
    frame_samples,
    silence,
)

_DATAGRAM_BYTES = 2048
_DATAGRAMS_A_TURN = 256
_FRAME = frame_samples()


@dataclass(frozen=True, slots=True)
class MediaTarget:
    """What signalling agreed with the far side.

    ``payload_type`` is 8 (PCMA) or 0 (PCMU). ``sending`` and ``receiving`` are the directions of
    RFC 3264 seen from here. ``ptime_ms`` is the length of the packets we send.
    """

    host: str
    port: int
    payload_type: int = PCMA_PAYLOAD_TYPE
    telephone_event_payload_type: int | None = None
    sending: bool = True
    receiving: bool = True
    ptime_ms: int = FRAME_MS


@dataclass(frozen=True, slots=True)
class MediaStatistics:
    """The audio of one call so far.

    ``packets_late`` came too late to be played (they are not lost). ``packets_concealed`` counts
    played frames of 20 ms with invented audio. Levels are of the last second, in dBFS by AES17.
    """

    call_id: str
    packets_sent: int = 0
    packets_received: int = 0
    packets_lost: int = 0
    packets_late: int = 0
    packets_concealed: int = 0
    level_sent_dbfs: float = -100.0
    level_received_dbfs: float = -100.0
    jitter_ms: float = 0.0
    packets_discarded: int = 0
    send_errors: int = 0


class SessionOwner(Protocol):
    """What a session tells the engine that made it, on the controlling thread."""

    def session_connected(self, session: MediaSession) -> None:
        """The session has its first target: it needs its device now."""

    def session_closed(self, session: MediaSession) -> None:
        """The session is over; the media thread has to give its ports back."""


class MediaSession:
    """One call's RTP stream; made by MediaEngine.open().

    connect(), set_muted() and close() belong to the thread that controls the engine,
    statistics() to any thread, the methods named ``on_...`` to the media thread.
    """

    def __init__(self, call_id: str, ports: PortPair, owner: SessionOwner) -> None:
        self.call_id = call_id
        self.local_port = ports.rtp_port
        self.ports = ports
        self.on_digit: Callable[[str], None] | None = None
        """Called on the media thread with each digit the far side sends; must return at once."""
        self._owner = owner
        self._target: MediaTarget | None = None
        self._muted = False
        # Media thread only.
        self._applied: MediaTarget | None = None
        self._latch: SourceLatch | None = None
        self._codec: AudioCodec = PCMA
        self._ssrc = secrets.randbits(32)
        self._sequence = secrets.randbits(16)
        self._timestamp = secrets.randbits(32)
        self._unsent = b""
        self._starts_talking = True
        self._jitter_buffer = JitterBuffer()
        self._reception = Reception()
        self._digits = DigitReceiver()
        self._sent_meter = LevelMeter()
        self._received_meter = LevelMeter()
        self._packets_sent = 0
        self._discarded = 0
        self._send_errors = 0

    @property
    def target(self) -> MediaTarget | None:
        """What connect() was given last."""
        return self._target

    def connect(self, target: MediaTarget) -> None:
        """Send to and receive from the target from the next 20 ms on.

        A later call changes target, codec or direction; SSRC, sequence and timestamp go on.
        The first call opens the audio device: DeviceError when that cannot be.
        """
        if codec_of(target.payload_type) is None:
            raise ValueError(target.payload_type)
        self._owner.session_connected(self)
        if self._target is None:
            # What came before the call was connected is not part of it.
            self._empty(self.ports.rtp)
        self._target = target

    def set_muted(self, muted: bool) -> None:
        """Send silence instead of the microphone, at the same pace, or stop doing so."""
        self._muted = muted

    def close(self) -> None:
        """End the stream and give the ports back; a second call does nothing."""
        self._target = None
        self._owner.session_closed(self)

    def statistics(self) -> MediaStatistics:
        """The counts and levels at this moment."""
        counts = self._jitter_buffer.counts
        return MediaStatistics(
            call_id=self.call_id,
            packets_sent=self._packets_sent,
            packets_received=self._reception.received,
            packets_lost=self._reception.lost,
            packets_late=counts.late,
            packets_concealed=counts.concealed,
            level_sent_dbfs=self._sent_meter.level_dbfs,
            level_received_dbfs=self._received_meter.level_dbfs,
            jitter_ms=self._reception.jitter_ms,
            packets_discarded=self._discarded,
            send_errors=self._send_errors,
        )

    def on_readable(self, now_s: float) -> None:
        """Take every waiting datagram."""
        self._apply_target()
        for _ in range(_DATAGRAMS_A_TURN):
            try:
                data, source = self.ports.rtp.recvfrom(_DATAGRAM_BYTES)
            except BlockingIOError:
                return
            except ConnectionResetError:
                # Windows tells a former sendto's ICMP "port unreachable" here.
                continue
            self._take(data, (source[0], source[1]), now_s)

    def on_control_readable(self) -> None:
        """Empty the RTCP socket; its reports are not used."""
        self._empty(self.ports.rtcp)

    def on_frame(self, microphone: Samples) -> Samples:
        """Send one frame and return the received one that is to be heard with it."""
        self._apply_target()
        target = self._applied
        if target is None:
            return silence(_FRAME)
        self._send(target, microphone)
        heard = self._jitter_buffer.get() if target.receiving else silence(_FRAME)
        self._received_meter.add(heard)
        return heard

    def on_skipped(self, frames: int) -> None:
        """The media thread slept over so many frames: the timestamp keeps true time."""
        self._timestamp = (self._timestamp + frames * _FRAME) & 0xFFFFFFFF
        self._starts_talking = True

    @staticmethod
    def _empty(receiver: socket.socket) -> None:
        for _ in range(_DATAGRAMS_A_TURN):
            try:
                receiver.recvfrom(_DATAGRAM_BYTES)
            except BlockingIOError:
                return
            except ConnectionResetError:
                continue

    def _apply_target(self) -> None:
        target = self._target
        if target is None or target is self._applied:
            return
        applied = self._applied
        if applied is None or (applied.host, applied.port) != (target.host, target.port):
            self._latch = SourceLatch((target.host, target.port))
        if applied is not None and target.receiving and not applied.receiving:
            self._jitter_buffer.reset()
        self._codec = codec_of(target.payload_type) or PCMA
        self._applied = target

    def _send(self, target: MediaTarget, microphone: Samples) -> None:
        if not target.sending or target.port == 0:
            self._timestamp = (self._timestamp + _FRAME) & 0xFFFFFFFF
            self._starts_talking = True
            self._unsent = b""
            return
        samples = silence(_FRAME) if self._muted else microphone
        self._sent_meter.add(samples)
        self._unsent += self._codec.encode(samples)
        length = max(1, target.ptime_ms) * TELEPHONE_RATE_HZ // 1000
        while len(self._unsent) >= length:
            self._send_packet(self._unsent[:length])
            self._unsent = self._unsent[length:]

    def _send_packet(self, payload: bytes) -> None:
        packet = RtpPacket(
            payload_type=self._codec.payload_type,
            sequence=self._sequence,
            timestamp=self._timestamp,
            ssrc=self._ssrc,
            payload=payload,
            marker=self._starts_talking,
        )
        self._sequence = (self._sequence + 1) & 0xFFFF
        self._timestamp = (self._timestamp + len(payload)) & 0xFFFFFFFF
        self._starts_talking = False
        if self._latch is None:
            return
        try:
            self.ports.rtp.sendto(serialise_packet(packet), self._latch.destination)
        except OSError:
            # Route gone, buffer full or port unreachable: the next packet may get through.
            self._send_errors += 1
        else:
            self._packets_sent += 1

    def _take(self, data: bytes, source: Address, now_s: float) -> None:
        target = self._applied
        packet = parse_packet(data)
        if packet is None or target is None or self._latch is None:
            self._discarded += 1
            return
        codec = codec_of(packet.payload_type)
        is_event = packet.payload_type == target.telephone_event_payload_type
        if codec is None and not is_event:
            self._discarded += 1
            return
        if not self._latch.admits(source, packet.sequence, now_s):
            self._discarded += 1
            return
        if self._reception.take(packet, now_s):
            self._jitter_buffer.reset()
        if not target.receiving:
            return
        if codec is None:
            digit = self._digits.take(packet.timestamp, packet.payload)
            if digit is not None and self.on_digit is not None:
                self.on_digit(digit)
            return
        self._jitter_buffer.put(
            packet.sequence,
            packet.timestamp,
            codec.decode(packet.payload),
            marker=packet.marker,
        )
