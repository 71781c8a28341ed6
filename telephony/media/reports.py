"""RTCP of a call: report schedule, socket, loss statistics, MOS estimate and VoIP metrics."""

from __future__ import annotations

import math
import random
import secrets
import socket
import time
from collections import deque
from collections.abc import Callable
from typing import assert_never

from telephony.media.packets.rtcp import (
    Goodbye,
    ReceiverReport,
    ReportBlock,
    SenderReport,
    SourceDescription,
    VoipMetrics,
    parse_compound,
    serialise_extended_report,
    serialise_goodbye,
    serialise_report,
)
from telephony.media.playout.playout_delay import LONGEST_DELAY_S
from telephony.media.samples import FRAME_MS
from telephony.media.streams.receiver import Address, RtpReceiver
from telephony.media.streams.reception import Reception
from telephony.media.streams.sender import RtpSender

_INTERVAL_S = 5.0
# RFC 3550, section 6.3.1: mean of the random factor, which preserves the average interval.
_COMPENSATION = math.e - 1.5
_NTP_EPOCH_S = 2208988800
_LONGEST_ROUND_TRIP_S = 30.0


class RtcpChannel:
    """RTCP of one call (RFC 3550, section 6); used by one thread, with the time as a parameter.

    ``clock_offset_s`` converts ``now_s`` to seconds since 1970. It is read only once, because a
    step of the clock would be measured as delay. ``dice`` returns a random number from 0 to 1.
    """

    def __init__(
        self,
        ssrc: int,
        started_s: float,
        clock_offset_s: float,
        dice: Callable[[], float] = random.random,
    ) -> None:
        self.ssrc = ssrc
        # A random name that identifies neither person nor machine (RFC 7022).
        self._cname = secrets.token_urlsafe(12)
        self._clock_offset_s = clock_offset_s
        self._dice = dice
        self._next_s = started_s + self._interval_s() / 2
        self._packets_reported = 0
        self._last_sr = 0
        self._last_sr_at_s = 0.0
        self.round_trip_ms: float | None = None
        self._far_lost_percent: float | None = None
        self._far_discarded_percent = 0.0
        self._far_jitter_ticks: int | None = None

    def is_due(self, now_s: float) -> bool:
        """Whether the next report is due."""
        return now_s >= self._next_s

    @property
    def far_lost_percent(self) -> float | None:
        """Percentage of our audio that the remote party lost recently, or discarded as late.

        The discarded part covers the complete call.
        """
        lost = self._far_lost_percent
        return None if lost is None else min(100.0, lost + self._far_discarded_percent)

    def far_jitter_ms(self, clock_hz: int) -> float | None:
        """Returns the jitter of our audio at the remote party; None before its first report."""
        ticks = self._far_jitter_ticks
        return None if ticks is None else ticks / clock_hz * 1000

    def compose(
        self,
        now_s: float,
        reception: Reception,
        packets: int,
        octets: int,
        rtp_timestamp: int,
        metrics: VoipMetrics | None = None,
    ) -> bytes:
        """Returns the next report: SR if audio was sent since the previous one, otherwise RR.

        ``rtp_timestamp`` belongs to the audio recorded at ``now_s``. Metrics are appended as an
        extended report.
        """
        self._next_s = now_s + self._interval_s()
        since_sr = int((now_s - self._last_sr_at_s) * 65536) if self._last_sr else 0
        block = reception.report(self._last_sr, since_sr)
        blocks = () if block is None else (block,)
        sent = packets != self._packets_reported
        self._packets_reported = packets
        report: SenderReport | ReceiverReport = ReceiverReport(self.ssrc, blocks)
        if sent:
            report = SenderReport(
                self.ssrc, self._ntp(now_s), rtp_timestamp, packets, octets, blocks
            )
        compound = serialise_report(report, self._cname)
        if metrics is not None:
            compound += serialise_extended_report(self.ssrc, metrics)
        return compound

    def compose_goodbye(self, now_s: float, reception: Reception) -> bytes:
        """Returns the last packet of the call."""
        report = self.compose(now_s, reception, self._packets_reported, 0, 0)
        return report + serialise_goodbye(self.ssrc)

    def take(self, data: bytes, now_s: float) -> bool:
        """Processes a datagram of the remote party; returns False if it is not RTCP."""
        packets = parse_compound(data)
        if packets is None:
            return False
        for packet in packets:
            match packet:
                case SenderReport():
                    self._last_sr = packet.ntp >> 16 & 0xFFFFFFFF
                    self._last_sr_at_s = now_s
                    self._take_blocks(packet.blocks, now_s)
                case ReceiverReport():
                    self._take_blocks(packet.blocks, now_s)
                case VoipMetrics():
                    self._take_metrics(packet)
                case SourceDescription() | Goodbye():
                    # Calls are ended by SIP only: a forged BYE must not end a call.
                    pass
                case _:
                    assert_never(packet)
        return True

    def _take_blocks(self, blocks: tuple[ReportBlock, ...], now_s: float) -> None:
        for block in blocks:
            if block.ssrc != self.ssrc:
                continue
            self._far_lost_percent = block.fraction_lost / 256 * 100
            self._far_jitter_ticks = block.jitter
            if block.last_sr:
                self._measure_round_trip(block, now_s)

    def _measure_round_trip(self, block: ReportBlock, now_s: float) -> None:
        arrived = self._ntp(now_s) >> 16 & 0xFFFFFFFF
        passed = (arrived - block.last_sr - block.since_sr) & 0xFFFFFFFF
        if passed >= 1 << 31:
            # The remote clock is slightly faster than ours; a negative round trip counts as 0.
            passed = 0
        if passed / 65536 <= _LONGEST_ROUND_TRIP_S:
            self.round_trip_ms = passed / 65536 * 1000

    def _take_metrics(self, metrics: VoipMetrics) -> None:
        if metrics.ssrc != self.ssrc:
            return
        self._far_discarded_percent = metrics.discard_rate / 256 * 100
        if self.round_trip_ms is None and metrics.round_trip_ms:
            self.round_trip_ms = float(metrics.round_trip_ms)

    def _interval_s(self) -> float:
        return _INTERVAL_S * (0.5 + self._dice()) / _COMPENSATION

    def _ntp(self, now_s: float) -> int:
        return int((now_s + self._clock_offset_s + _NTP_EPOCH_S) * (1 << 32)) & (1 << 64) - 1


_FRAMES_A_SAMPLE = 1000 // FRAME_MS
_SAMPLES = 10


class LossWindow:
    """Percentage of packets missing at playout in the last 10 s; time is counted in frames.

    tick() and note() are called on the media thread; ``percent`` may be read on any thread.
    """

    def __init__(self) -> None:
        self._frames = 0
        self._samples: deque[tuple[int, int]] = deque(maxlen=_SAMPLES + 1)
        self.percent: float | None = None
        """None while no packet is expected, for example on hold."""

    def tick(self) -> bool:
        """Counts a frame; returns True once a second, when note() must be called."""
        self._frames += 1
        return self._frames % _FRAMES_A_SAMPLE == 0

    def note(self, received: int, lost: int, late: int) -> None:
        """Updates the percentage from the call's packet counts."""
        self._samples.append((received + lost, lost + late))
        first, last = self._samples[0], self._samples[-1]
        expected, missing = last[0] - first[0], last[1] - first[1]
        if expected > 0:
            self.percent = min(100.0, max(0.0, 100.0 * missing / expected))
        elif len(self._samples) > 1:
            self.percent = None


_BEST_RATING = 93.2
_MOST_IMPAIRMENT = 95.0
# Robustness to loss (Bpl) of codecs without impairment (Ie 0): G.711 with the concealment of its
# Appendix I, and G.711 without concealment, which is assumed for an unknown codec.
_CONCEALED = 25.1
_NOT_CONCEALED = 4.3
_ROBUSTNESS = {"PCMA": _CONCEALED, "PCMU": _CONCEALED, "G722": _CONCEALED, "OPUS": _CONCEALED}
_NO_DELAY_IMPAIRMENT_MS = 100.0


def estimate_mos(
    *, codec: str, lost_percent: float, delay_ms: float, burst_ratio: float = 1.0
) -> float:
    """Returns the MOS from 1.0 (bad) to 4.5; 4.41 for a call without impairments.

    ``codec`` is the encoding name of SDP, in any case. ``lost_percent`` includes late packets.
    ``delay_ms`` is one way, from mouth to ear. ``burst_ratio`` is the mean length of losses
    relative to random loss: 1.0 for random loss.
    """
    return mos_of_rating(
        estimate_rating(
            codec=codec, lost_percent=lost_percent, delay_ms=delay_ms, burst_ratio=burst_ratio
        )
    )


def estimate_rating(
    *, codec: str, lost_percent: float, delay_ms: float, burst_ratio: float = 1.0
) -> float:
    """Returns the transmission rating R, at most 93.2; arguments as in estimate_mos()."""
    return (
        _BEST_RATING
        - delay_impairment(delay_ms)
        - equipment_impairment(codec, lost_percent, burst_ratio)
    )


def mos_of_rating(rating: float) -> float:
    """Returns the mean opinion score of a transmission rating R (G.107, annex B)."""
    if rating <= 0:
        return 1.0
    if rating >= 100:
        return 4.5
    return max(1.0, 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6)


def delay_impairment(delay_ms: float) -> float:
    """Returns the impairment of the rating by delay (Idd of G.107)."""
    if delay_ms <= _NO_DELAY_IMPAIRMENT_MS:
        return 0.0
    doublings = math.log2(delay_ms / _NO_DELAY_IMPAIRMENT_MS)
    near = math.pow(1 + math.pow(doublings, 6), 1 / 6)
    far = math.pow(1 + math.pow(doublings / 3, 6), 1 / 6)
    return 25 * (near - 3 * far + 2)


def equipment_impairment(codec: str, lost_percent: float, burst_ratio: float = 1.0) -> float:
    """Returns the impairment of the rating by codec and loss (Ie,eff of G.107)."""
    robustness = _ROBUSTNESS.get(codec.upper(), _NOT_CONCEALED)
    lost = min(100.0, max(0.0, lost_percent))
    return _MOST_IMPAIRMENT * lost / (lost / max(1.0, burst_ratio) + robustness)


_MOST = 0xFFFF


def measure(receiver: RtpReceiver, round_trip_ms: float | None) -> VoipMetrics | None:
    """Returns the metrics of the call so far; None before the remote party's first packet."""
    reception, runs = receiver.reception, receiver.loss_runs
    ssrc = reception.ssrc
    if ssrc is None:
        return None
    expected = max(1, reception.received + reception.lost)
    late = receiver.counts.late
    lost_percent = 100 * (reception.lost + late) / expected
    own_delay_ms = receiver.delay_ms + FRAME_MS
    delay_ms = own_delay_ms + (round_trip_ms or 0.0) / 2
    listening = estimate_rating(codec=receiver.codec, lost_percent=lost_percent, delay_ms=0.0)
    rating = estimate_rating(codec=receiver.codec, lost_percent=lost_percent, delay_ms=delay_ms)
    return VoipMetrics(
        ssrc,
        loss_rate=_part(reception.lost / expected),
        discard_rate=_part(late / expected),
        burst_density=_part(runs.burst_density),
        gap_density=_part(runs.gap_density),
        burst_ms=_whole(runs.burst_ms),
        gap_ms=_whole(runs.gap_ms),
        round_trip_ms=_whole(round_trip_ms or 0.0),
        end_system_delay_ms=_whole(own_delay_ms),
        rating=round(max(0.0, rating)),
        listening_score=round(10 * mos_of_rating(listening)),
        conversational_score=round(10 * mos_of_rating(rating)),
        buffer_ms=_whole(receiver.delay_ms),
        greatest_buffer_ms=_whole(receiver.greatest_delay_ms),
        longest_buffer_ms=round(LONGEST_DELAY_S * 1000),
    )


def _part(share: float) -> int:
    return min(255, int(256 * share))


def _whole(milliseconds: float) -> int:
    return min(_MOST, round(milliseconds))


class ControlPort:
    """RTCP socket of a call; used by the media thread only.

    ``invalid`` counts datagrams that were not RTCP or came from an untrusted source.
    """

    def __init__(self, rtcp: socket.socket, sender: RtpSender, receiver: RtpReceiver) -> None:
        self._rtcp = rtcp
        self._sender = sender
        self._receiver = receiver
        self._channel: RtcpChannel | None = None
        self._signalled: tuple[Address, Address] | None = None
        self._source: Address | None = None
        self._clock_hz = 0
        # Counts at the start of the current RTP source (SSRC).
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
        """Sets the RTCP destination, which is valid while audio is sent to the signalled address.

        The first call starts the reports, as does a call after a change of our SSRC. ``rtcp_port``
        0 means the port above the audio port; ``clock_hz`` is the clock of the sent audio.
        ``sends_metrics`` adds reports on the received quality (RFC 3611).
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
        """Round trip to the remote party, without its own delay."""
        return None if self._channel is None else self._channel.round_trip_ms

    @property
    def far_lost_percent(self) -> float | None:
        """Percentage of our audio that the remote party does not hear."""
        return None if self._channel is None else self._channel.far_lost_percent

    @property
    def far_jitter_ms(self) -> float | None:
        """Jitter of our audio at the remote party."""
        return None if self._channel is None else self._channel.far_jitter_ms(self._clock_hz)

    def take(self, data: bytes, source: Address, arrived_s: float) -> None:
        """Processes one datagram."""
        if not self._take(data, source, arrived_s):
            self.invalid += 1

    def report_if_due(self, now_s: float) -> None:
        """Sends the next report if it is due."""
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
        """Sends BYE: the stream is over."""
        if self._channel is not None:
            self._send(self._channel.compose_goodbye(now_s, self._receiver.reception))

    def _take(self, data: bytes, source: Address, now_s: float) -> bool:
        """Accepts a datagram only from the host to which the audio is sent."""
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
            # The remote party may not listen for RTCP: reports are lost like other packets.
            self._sender.send_errors += 1

    def _destination(self, signalled: tuple[Address, Address], audio: Address) -> Address:
        if self._source is not None and self._source[0] == audio[0]:
            return self._source
        if audio == signalled[0]:
            return signalled[1]
        return audio[0], min(audio[1] + 1, 65535)
