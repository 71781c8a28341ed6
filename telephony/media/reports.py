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
# RFC 3550, section 6.3.1: the random factor's mean, so that the interval is kept on average.
_COMPENSATION = math.e - 1.5
_NTP_EPOCH_S = 2208988800
_LONGEST_ROUND_TRIP_S = 30.0


class RtcpChannel:
    """The RTCP of one call (RFC 3550, section 6); used by one thread, time comes in.

    ``clock_offset_s`` makes seconds since 1970 of ``now_s``; its steps would be taken for delay,
    so it is read once. ``dice`` gives a number from 0 to 1.
    """

    def __init__(
        self,
        ssrc: int,
        started_s: float,
        clock_offset_s: float,
        dice: Callable[[], float] = random.random,
    ) -> None:
        self.ssrc = ssrc
        # A name that tells nothing of the person or the machine (RFC 7022).
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
        """Whether the next report is to be sent now."""
        return now_s >= self._next_s

    @property
    def far_lost_percent(self) -> float | None:
        """Our audio that the far side does not hear: lost lately, or come too late over all."""
        lost = self._far_lost_percent
        return None if lost is None else min(100.0, lost + self._far_discarded_percent)

    def far_jitter_ms(self, clock_hz: int) -> float | None:
        """Jitter of our audio at the far side; None while it has not told any."""
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
        """The next report: SR if audio was sent since the one before, otherwise RR.

        ``rtp_timestamp`` is that of the audio recorded at ``now_s``. Metrics go behind it in an
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
        """The last packet of the call."""
        report = self.compose(now_s, reception, self._packets_reported, 0, 0)
        return report + serialise_goodbye(self.ssrc)

    def take(self, data: bytes, now_s: float) -> bool:
        """Take one datagram of the far side; False when it is not RTCP."""
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
                    # Calls end by SIP alone: a forged BYE must not take a caller away.
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
            # The far clock is a little faster than ours: less than nothing is nothing.
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
    """Share of packets of the last 10 s that were not there to be played; time is in frames.

    tick() and note() belong to the media thread, the percentage to any.
    """

    def __init__(self) -> None:
        self._frames = 0
        self._samples: deque[tuple[int, int]] = deque(maxlen=_SAMPLES + 1)
        self.percent: float | None = None
        """None while no packet is expected, as on hold."""

    def tick(self) -> bool:
        """Whether a second has gone by with this frame, so that note() is wanted."""
        self._frames += 1
        return self._frames % _FRAMES_A_SAMPLE == 0

    def note(self, received: int, lost: int, late: int) -> None:
        """Take the counts of the call so far."""
        self._samples.append((received + lost, lost + late))
        first, last = self._samples[0], self._samples[-1]
        expected, missing = last[0] - first[0], last[1] - first[1]
        if expected > 0:
            self.percent = min(100.0, max(0.0, 100.0 * missing / expected))
        elif len(self._samples) > 1:
            self.percent = None


_BEST_RATING = 93.2
_MOST_IMPAIRMENT = 95.0
# Robustness to loss (Bpl) of encodings whose impairment without loss (Ie) is 0: G.711 with the
# concealment of its appendix I, and G.711 without any, which stands for an unknown encoding.
_CONCEALED = 25.1
_NOT_CONCEALED = 4.3
_ROBUSTNESS = {"PCMA": _CONCEALED, "PCMU": _CONCEALED, "G722": _CONCEALED, "OPUS": _CONCEALED}
_NO_DELAY_IMPAIRMENT_MS = 100.0


def estimate_mos(
    *, codec: str, lost_percent: float, delay_ms: float, burst_ratio: float = 1.0
) -> float:
    """The score, 1.0 (bad) to 4.5; 4.41 for a call that lacks nothing.

    ``codec`` is the encoding's name in SDP, in any case. ``lost_percent`` counts late packets
    too. ``delay_ms`` is one way, from mouth to ear. ``burst_ratio`` is the mean length of the
    losses over that of random ones: 1.0 for random loss.
    """
    return mos_of_rating(
        estimate_rating(
            codec=codec, lost_percent=lost_percent, delay_ms=delay_ms, burst_ratio=burst_ratio
        )
    )


def estimate_rating(
    *, codec: str, lost_percent: float, delay_ms: float, burst_ratio: float = 1.0
) -> float:
    """The transmission rating R, 93.2 at best; the arguments are those of estimate_mos()."""
    return (
        _BEST_RATING
        - delay_impairment(delay_ms)
        - equipment_impairment(codec, lost_percent, burst_ratio)
    )


def mos_of_rating(rating: float) -> float:
    """The mean opinion score of a transmission rating R (G.107, annex B)."""
    if rating <= 0:
        return 1.0
    if rating >= 100:
        return 4.5
    return max(1.0, 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6)


def delay_impairment(delay_ms: float) -> float:
    """What the delay takes off the rating (Idd of G.107)."""
    if delay_ms <= _NO_DELAY_IMPAIRMENT_MS:
        return 0.0
    doublings = math.log2(delay_ms / _NO_DELAY_IMPAIRMENT_MS)
    near = math.pow(1 + math.pow(doublings, 6), 1 / 6)
    far = math.pow(1 + math.pow(doublings / 3, 6), 1 / 6)
    return 25 * (near - 3 * far + 2)


def equipment_impairment(codec: str, lost_percent: float, burst_ratio: float = 1.0) -> float:
    """What encoding and loss take off the rating (Ie,eff of G.107)."""
    robustness = _ROBUSTNESS.get(codec.upper(), _NOT_CONCEALED)
    lost = min(100.0, max(0.0, lost_percent))
    return _MOST_IMPAIRMENT * lost / (lost / max(1.0, burst_ratio) + robustness)


_MOST = 0xFFFF


def measure(receiver: RtpReceiver, round_trip_ms: float | None) -> VoipMetrics | None:
    """The figures since the call began; None before the far side's first packet."""
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
