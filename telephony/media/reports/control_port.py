"""RTCP of one call on its socket: whose is believed, where ours goes, and when."""

from __future__ import annotations

import socket
import time

from telephony.media.reports.control import RtcpChannel
from telephony.media.reports.voip_metrics import measure
from telephony.media.streams.latch import Address
from telephony.media.streams.receiver import RtpReceiver
from telephony.media.streams.sender import RtpSender


class ControlPort:
    """The RTCP socket beside a sender and a receiver; used by the media thread only.

    ``invalid`` counts datagrams that were not believed or not RTCP.
    """

    def __init__(self, rtcp: socket.socket, sender: RtpSender, receiver: RtpReceiver) -> None:
        self._rtcp = rtcp
        self._sender = sender
        self._receiver = receiver
        self._channel: RtcpChannel | None = None
        self._signalled: tuple[Address, Address] | None = None
        self._source: Address | None = None
        self._clock_hz = 0
        # What was sent before the present source of our audio began.
        self._packets_before = 0
        self._octets_before = 0
        self._sends_metrics = False
        self.invalid = 0

    def use(
        self,
        signalled: Address,
        rtcp_port: int,
        clock_hz: int,
        now_s: float,
        *,
        sends_metrics: bool = False,
    ) -> None:
        """Send where signalling says while audio goes there too.

        The first call begins the reports, and so does one after our audio's source has changed.
        ``rtcp_port`` 0 is the one above the audio's, ``clock_hz`` that of the audio we send.
        ``sends_metrics`` tells the far side more of how well it is heard (RFC 3611).
        """
        port = rtcp_port or min(signalled[1] + 1, 65535)
        self._signalled = (signalled, (signalled[0], port))
        self._clock_hz = clock_hz
        self._sends_metrics = sends_metrics
        sender = self._sender
        if self._channel is None or self._channel.ssrc != sender.ssrc:
            offset_s = time.time() - time.monotonic()
            self._channel = RtcpChannel(sender.ssrc, now_s, offset_s)
            self._packets_before, self._octets_before = sender.packets_sent, sender.octets_sent

    @property
    def round_trip_ms(self) -> float | None:
        """To the far side and back, without its own delay."""
        return None if self._channel is None else self._channel.round_trip_ms

    @property
    def far_lost_percent(self) -> float | None:
        """Our audio that the far side does not hear."""
        return None if self._channel is None else self._channel.far_lost_percent

    @property
    def far_jitter_ms(self) -> float | None:
        """Jitter of our audio there."""
        return None if self._channel is None else self._channel.far_jitter_ms(self._clock_hz)

    def take(self, data: bytes, source: Address, arrived_s: float) -> None:
        """Take one datagram."""
        if not self._take(data, source, arrived_s):
            self.invalid += 1

    def report_if_due(self, now_s: float) -> None:
        """Send the next report when its time has come."""
        channel, sender = self._channel, self._sender
        if channel is not None and channel.is_due(now_s):
            self._send(
                channel.compose(
                    now_s,
                    self._receiver.reception,
                    sender.packets_sent - self._packets_before,
                    sender.octets_sent - self._octets_before,
                    sender.timestamp,
                    measure(self._receiver, channel.round_trip_ms) if self._sends_metrics else None,
                )
            )

    def say_goodbye(self, now_s: float) -> None:
        """Tell the far side that the stream is over."""
        if self._channel is not None:
            self._send(self._channel.compose_goodbye(now_s, self._receiver.reception))

    def _take(self, data: bytes, source: Address, now_s: float) -> bool:
        """Believe it if it comes from the host that the audio goes to."""
        audio = self._receiver.destination
        if self._channel is None or audio is None or source[0] != audio[0]:
            return False
        plain = self._receiver.unprotect_control(data)
        if plain is None or not self._channel.take(plain, now_s):
            return False
        self._source = source
        return True

    def _send(self, packet: bytes) -> None:
        audio = self._receiver.destination
        if self._signalled is None or audio is None or audio[1] == 0:
            return
        srtp = self._sender.srtp
        data = packet if srtp is None else srtp.protect_control(packet)
        if data is None:
            self._sender.send_errors += 1
            return
        try:
            self._rtcp.sendto(data, self._destination(self._signalled, audio))
        except OSError:
            # Nobody need listen there: reports are lost like any other packet.
            self._sender.send_errors += 1

    def _destination(self, signalled: tuple[Address, Address], audio: Address) -> Address:
        if self._source is not None and self._source[0] == audio[0]:
            return self._source
        if audio == signalled[0]:
            return signalled[1]
        return audio[0], min(audio[1] + 1, 65535)
