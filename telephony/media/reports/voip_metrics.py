"""What this side hears of a call, in the terms of an RTCP extended report (RFC 3611, 4.7)."""

from __future__ import annotations

from telephony.media.packets.rtcp_xr import VoipMetrics
from telephony.media.playout.playout_delay import LONGEST_DELAY_S
from telephony.media.reports.quality import estimate_rating, mos_of_rating
from telephony.media.samples import FRAME_MS
from telephony.media.streams.receiver import RtpReceiver

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
