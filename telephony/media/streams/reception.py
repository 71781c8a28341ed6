"""Reception statistics of a call: loss and jitter (RFC 3550), loss bursts and gaps (RFC 3611)."""

from __future__ import annotations

from telephony.media.packets.rtcp import LEAST_GAP_PACKETS, ReportBlock
from telephony.media.packets.rtp import RtpPacket, extend
from telephony.media.samples import FRAME_MS, TELEPHONE_RATE_HZ


class LossRuns:
    """Tracks bursts and gaps of one call's frames; media thread only.

    A burst starts and ends with a missing frame and contains no 16 received frames in a row. A
    single missing frame belongs to the surrounding gap.
    """

    def __init__(self) -> None:
        self._frames = 0
        self._missing = 0
        self._bursts = 0
        self._frames_in_bursts = 0
        self._missing_in_bursts = 0
        # Losses that may form a burst, and the received frames since the last loss.
        self._run_frames = 0
        self._run_missing = 0
        self._heard = 0

    def note(self, *, is_missing: bool) -> None:
        """Records whether the next frame was missing."""
        self._frames += 1
        if not is_missing:
            self._heard += 1
            if self._heard == LEAST_GAP_PACKETS:
                self._end_run()
            return
        self._missing += 1
        if self._run_missing:
            self._run_frames += self._heard
        self._run_frames += 1
        self._run_missing += 1
        self._heard = 0

    @property
    def burst_density(self) -> float:
        """Fraction of missing frames within bursts."""
        return self._missing_in_bursts / self._frames_in_bursts if self._bursts else 0.0

    @property
    def gap_density(self) -> float:
        """Fraction of missing frames outside bursts."""
        frames = self._frames - self._frames_in_bursts
        return (self._missing - self._missing_in_bursts) / frames if frames else 0.0

    @property
    def burst_ms(self) -> float:
        """Mean length of a burst."""
        return FRAME_MS * self._frames_in_bursts / self._bursts if self._bursts else 0.0

    @property
    def gap_ms(self) -> float:
        """Mean length of a gap: before, between and after the bursts."""
        return FRAME_MS * (self._frames - self._frames_in_bursts) / (self._bursts + 1)

    def _end_run(self) -> None:
        if self._run_missing > 1:
            self._bursts += 1
            self._frames_in_bursts += self._run_frames
            self._missing_in_bursts += self._run_missing
        self._run_frames = self._run_missing = 0


_JITTER_SHARE = 16
_MAX_DROPOUT = 3000
_MAX_MISORDER = 100


class Reception:
    """Reception statistics over all sources of one call; used by the media thread only."""

    def __init__(self, sample_rate_hz: int = TELEPHONE_RATE_HZ) -> None:
        self._rate_hz = sample_rate_hz
        self._ssrc: int | None = None
        self._base = 0
        self._highest = 0
        self._received_of_source = 0
        self._lost_before = 0
        self._after_jump: int | None = None
        self._transit: float | None = None
        self._jitter = 0.0
        self._expected_reported = 0
        self._received_reported = 0
        self.received = 0

    @property
    def ssrc(self) -> int | None:
        """The current source; None before the first packet."""
        return self._ssrc

    @property
    def lost(self) -> int:
        """Packets expected but not received; duplicates may compensate for lost packets."""
        return self._lost_before + self._lost_of_source()

    @property
    def jitter_ms(self) -> float:
        """Interarrival jitter, smoothed by RFC 3550."""
        return self._jitter / self._rate_hz * 1000

    def use_clock(self, clock_hz: int) -> None:
        """Sets the clock rate of the timestamps."""
        if clock_hz != self._rate_hz:
            self._jitter *= clock_hz / self._rate_hz
            self._rate_hz = clock_hz
            self._transit = None

    def report(self, last_sr: int, since_sr: int) -> ReportBlock | None:
        """Returns a report block with the loss since the previous report (appendix A.3).

        None before the first packet.
        """
        if self._ssrc is None:
            return None
        expected = self._highest - self._base + 1
        received = self._received_of_source
        expected_since = expected - self._expected_reported
        lost_since = expected_since - (received - self._received_reported)
        self._expected_reported, self._received_reported = expected, received
        fraction = min(255, 256 * lost_since // expected_since) if lost_since > 0 else 0
        return ReportBlock(
            self._ssrc,
            fraction,
            expected - received,
            self._highest,
            int(self._jitter),
            last_sr,
            since_sr,
        )

    def take(self, packet: RtpPacket, arrived_s: float) -> bool:
        """Counts the packet; returns True if it starts the stream of another source."""
        is_new = packet.ssrc != self._ssrc
        if is_new:
            self._lost_before += self._lost_of_source()
            self._ssrc = packet.ssrc
            self._base = packet.sequence
            self._highest = packet.sequence
            self._received_of_source = 0
            self._expected_reported = 0
            self._received_reported = 0
            self._after_jump = None
            self._transit = None
        elif not self._is_in_sequence(packet.sequence):
            self.received += 1
            return False
        self.received += 1
        self._received_of_source += 1
        self._measure(packet.timestamp, arrived_s)
        return is_new

    def _is_in_sequence(self, sequence: int) -> bool:
        """Tracks the sequence number; a large jump is accepted if the next packet confirms it.

        RFC 3550, appendix A.1: a single stray number must not be counted as thousands of lost
        packets.
        """
        extended = extend(sequence, self._highest, 16)
        if -_MAX_MISORDER < extended - self._highest < _MAX_DROPOUT:
            self._highest = max(self._highest, extended)
            self._after_jump = None
            return True
        if sequence != self._after_jump:
            self._after_jump = (sequence + 1) & 0xFFFF
            return False
        # The sender restarted its sequence numbers: the previous packet was the first one.
        self._lost_before += self._lost_of_source()
        self._base = sequence - 1
        self._highest = sequence
        self._received_of_source = 1
        self._expected_reported = 0
        self._received_reported = 0
        self._after_jump = None
        return True

    def _lost_of_source(self) -> int:
        if self._ssrc is None:
            return 0
        return max(0, self._highest - self._base + 1 - self._received_of_source)

    def _measure(self, timestamp: int, arrived_s: float) -> None:
        transit = arrived_s * self._rate_hz - timestamp
        if self._transit is not None:
            change = abs(transit - self._transit)
            # A change of over a second is a new talk spurt or a wrap, not network jitter.
            if change < self._rate_hz:
                self._jitter += (change - self._jitter) / _JITTER_SHARE
        self._transit = transit
