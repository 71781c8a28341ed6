"""The audio of one call: RTP out on the engine's clock, RTP in through the jitter buffer."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from telephony.media.codecs import codec_named
from telephony.media.g711 import PCMA, PCMA_PAYLOAD_TYPE
from telephony.media.ports import PortPair
from telephony.media.receiver import RtpReceiver
from telephony.media.samples import FRAME_MS, Samples, silence
from telephony.media.sender import RtpSender
from telephony.srtp_keys import SrtpKeys

_DATAGRAM_BYTES = 2048
_DATAGRAMS_A_TURN = 256


@dataclass(frozen=True, slots=True)
class MediaTarget:
    """What signalling agreed with the far side; the fields are those of AgreedMedia.

    ``codec`` is one of available_codecs(). ``sending`` and ``receiving`` are the directions of
    RFC 3264 seen from here. ``ptime_ms`` is the length of the packets we send. ``rtcp_port`` 0
    stands for the port above ``port``. With ``srtp`` nothing is sent or taken in the clear.
    """

    host: str
    port: int
    codec: str = "PCMA"
    payload_type: int = PCMA_PAYLOAD_TYPE
    telephone_event_payload_type: int | None = None
    sending: bool = True
    receiving: bool = True
    ptime_ms: int = FRAME_MS
    comfort_noise_payload_type: int | None = None
    rtcp_port: int = 0
    srtp: SrtpKeys | None = None
    format_parameters: str = ""


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

    def session_connected(self, session: MediaSession, rate_hz: int) -> None:
        """The session has a target and needs its device now, best at this rate."""

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
        self._sender = RtpSender(ports.rtp)
        self._receiver = RtpReceiver()

    @property
    def target(self) -> MediaTarget | None:
        """What connect() was given last."""
        return self._target

    @property
    def rate_hz(self) -> int:
        """Sample rate of the codec that connect() was given last."""
        codec = None if self._target is None else codec_named(self._target.codec)
        return (codec or PCMA).sample_rate_hz

    def connect(self, target: MediaTarget) -> None:
        """Send to and receive from the target from the next 20 ms on.

        A later call changes target, codec or direction; SSRC, sequence and timestamp go on.
        The first call opens the audio device: DeviceError when that cannot be.
        """
        codec = codec_named(target.codec)
        if codec is None:
            raise ValueError(target.codec)
        self._owner.session_connected(self, codec.sample_rate_hz)
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
        sender, receiver = self._sender, self._receiver
        reception, counts = receiver.reception, receiver.counts
        return MediaStatistics(
            call_id=self.call_id,
            packets_sent=sender.packets_sent,
            packets_received=reception.received,
            packets_lost=reception.lost,
            packets_late=counts.late,
            packets_concealed=counts.concealed,
            level_sent_dbfs=sender.level_dbfs,
            level_received_dbfs=receiver.level_dbfs,
            jitter_ms=reception.jitter_ms,
            packets_discarded=receiver.discarded,
            send_errors=sender.send_errors,
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
            digit = self._receiver.take(data, (source[0], source[1]), now_s)
            if digit is not None and self.on_digit is not None:
                self.on_digit(digit)

    def on_control_readable(self) -> None:
        """Empty the RTCP socket; its reports are not used."""
        self._empty(self.ports.rtcp)

    def on_frame(self, microphone: Samples) -> Samples:
        """Send one frame and return the received one that is to be heard with it.

        The microphone's frame may have 8 or 16 kHz; the returned one has the same size.
        """
        self._apply_target()
        target = self._applied
        destination = self._receiver.destination
        if target is None or destination is None:
            return silence(microphone.size)
        if target.sending and target.port != 0:
            self._sender.send(microphone, self._muted, destination)
        else:
            self._sender.rest()
        return self._receiver.play(microphone.size)

    def on_skipped(self, frames: int) -> None:
        """The media thread slept over so many frames: the timestamp keeps true time."""
        self._sender.rest(frames)

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
        codec = codec_named(target.codec) or PCMA
        self._receiver.use(
            (target.host, target.port),
            codec,
            target.payload_type,
            target.telephone_event_payload_type,
            target.receiving,
        )
        self._sender.use(codec, target.payload_type, target.ptime_ms)
        self._applied = target
