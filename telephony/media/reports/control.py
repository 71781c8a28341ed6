"""When RTCP of a call goes out, what is in it, and what the far side's says of our audio."""

from __future__ import annotations

import math
import random
import secrets
from collections.abc import Callable
from typing import assert_never

from telephony.media.packets.rtcp import (
    Goodbye,
    ReceiverReport,
    ReportBlock,
    SenderReport,
    SourceDescription,
    parse_compound,
    serialise_goodbye,
    serialise_report,
)
from telephony.media.packets.rtcp_xr import VoipMetrics, serialise_extended_report
from telephony.media.streams.reception import Reception

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
