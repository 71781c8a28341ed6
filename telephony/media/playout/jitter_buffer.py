"""Puts received audio into order and plays it as soon after its arrival as the network allows.

The delay follows what the network and the far clock do; it changes by pitch periods, where the
change is hardly heard (playout_delay.py, time_scaling.py). Packets become audio, and gaps are
filled, in continuous_audio.py.
"""

from __future__ import annotations

from telephony.media.codecs.codec import Decoder
from telephony.media.packets.rtp import RtpPacket
from telephony.media.packets.stream_order import StreamOrder
from telephony.media.playout.continuous_audio import HORIZON_S, ContinuousAudio
from telephony.media.playout.jitter_counts import JitterCounts, JitterTally
from telephony.media.playout.playout_delay import DelayChanges, PlayoutDelay
from telephony.media.playout.time_scaling import Scaled, TimeScaler
from telephony.media.samples import FRAME_MS, TELEPHONE_RATE_HZ, Samples, silence

# Nobody knows yet whether the first packet was early or late: with two whole frames of delay and
# a part of one, jitter of 40 ms is not heard. An even network gets it back in the first silence.
_FIRST_DELAY_S = 0.060
_LATE_IN_A_ROW = 3

_FRAME_S = FRAME_MS / 1000


class JitterBuffer:
    """Adaptive-delay buffer of one RTP stream; used by one thread.

    ``clock_hz`` is that of the timestamps, ``sample_rate_hz`` that of the decoded audio. ``counts``
    are those of a buffer before this one, which go on.
    """

    def __init__(
        self,
        decoder: Decoder,
        *,
        sample_rate_hz: int = TELEPHONE_RATE_HZ,
        clock_hz: int = TELEPHONE_RATE_HZ,
        counts: JitterCounts | None = None,
    ) -> None:
        self._rate_hz = sample_rate_hz
        self._frame = sample_rate_hz * FRAME_MS // 1000
        self._horizon = sample_rate_hz * HORIZON_S
        self._tally = JitterTally(counts or JitterCounts(), self._frame)
        self._delay = PlayoutDelay()
        self._changes = DelayChanges()
        self._scaler = TimeScaler(sample_rate_hz)
        self._audio = ContinuousAudio(
            decoder, sample_rate_hz, self._tally, self._changes.note_offset, self._room
        )
        self._started = False
        self._order = StreamOrder(sample_rate_hz, clock_hz)
        self._stray: tuple[int, RtpPacket] | None = None
        self._late_run = 0

    @property
    def counts(self) -> JitterCounts:
        """The counts so far; they go on over a reset."""
        return self._tally.counts()

    @property
    def concealed(self) -> int:
        """The one of the counts that is wanted for each frame."""
        return self._tally.concealed

    @property
    def delay_ms(self) -> float:
        """Mean time from a packet's arrival until it is played; 0.0 before the first packet."""
        if not self._started:
            return 0.0
        return max(0.0, self._delay.next_frame_s - self._position_s() - self._delay.mean_s) * 1000

    @property
    def is_playing(self) -> bool:
        """Whether what was played last is, or stands for, audio that the far side sent."""
        return self._started and self._audio.is_under_way

    def reset(self) -> None:
        """Forget the audio: the next packet begins another stream."""
        self._started = False
        self._audio.empty()

    def put(self, packet: RtpPacket, arrived_s: float) -> None:
        """Take one packet, in any order; the time is that of get()."""
        self._take(packet, arrived_s, is_noise=False)

    def put_comfort_noise(self, packet: RtpPacket, arrived_s: float) -> None:
        """Take one packet of comfort noise (RFC 3389): from its time on the speaker pauses."""
        if self._started and packet.payload:
            self._take(packet, arrived_s, is_noise=True)

    def _take(self, packet: RtpPacket, arrived_s: float, *, is_noise: bool) -> None:
        audio = self._audio
        if not self._started:
            self._order.begin(packet)
            self._begin(self._order.media_time(packet), arrived_s)
        if self._order.is_repeated(packet):
            self._tally.duplicate += 1
            return
        start = self._order.media_time(packet)
        if abs(start - audio.expected - audio.dry) > self._horizon:
            self._take_stray(start, packet, arrived_s)
            return
        self._stray = None
        if not self._delay.note(start / self._rate_hz, arrived_s) or (
            packet.marker and start < audio.expected + audio.dry - audio.longest_packet
        ):
            # The sender stopped its clock for a while: what it says now is the new time.
            self._restart(start, arrived_s)
        if is_noise:
            audio.store(max(start, audio.expected), packet.payload, is_noise=True)
            return
        audio.begin_earlier(start)
        if start + audio.packet_samples <= audio.expected:
            self._tally.late += 1
            self._late_run += 1
            if not (packet.marker or self._late_run >= _LATE_IN_A_ROW) or not audio.is_dry:
                return
            self._restart(start, arrived_s)
        self._late_run = 0
        audio.store(start, packet.payload)

    def get(self, now_s: float) -> Samples:
        """The next 20 ms to play; missing parts are concealed, silence before the first packet."""
        has_skipped = self._delay.tick(now_s)
        if not self._started:
            return silence(self._frame)
        audio = self._audio
        if has_skipped:
            self._catch_up()
        if audio.ready.size < self._frame:
            audio.fill()
        self._adapt()
        return audio.next_frame()

    def _position_s(self) -> float:
        """Media time of the first sample that is not played yet."""
        return self._audio.position / self._rate_hz

    def _room(self) -> int:
        """By how many samples the delay may become longer; negative when it is too long."""
        return round(self._delay.room_s(self._position_s() + _FRAME_S) * self._rate_hz)

    def _begin(self, start: int, arrived_s: float) -> None:
        """Play the packet that starts here as long after its arrival as an unknown network asks."""
        self._started = True
        self._stray = None
        self._late_run = 0
        self._delay.forget()
        self._delay.note(start / self._rate_hz, arrived_s)
        wait_s = _FIRST_DELAY_S
        if self._delay.is_ticking:
            wait_s -= max(0.0, self._delay.next_frame_s - arrived_s)
        # The packet begins with a frame: waiting for a place within one would gain no safety.
        self._audio.begin(start, max(0, int(wait_s / _FRAME_S + 0.01)) * self._frame)
        self._changes.begin()

    def _restart(self, start: int, arrived_s: float) -> None:
        self._tally.restarts += 1
        self._begin(start, arrived_s)

    def _take_stray(self, start: int, packet: RtpPacket, arrived_s: float) -> None:
        """A jump of the sender's clock, as after a hold: its own time is the new time.

        One packet alone may be anything; the next one that continues it proves the jump.
        """
        former = self._stray
        self._stray = start, packet
        if former is None and not packet.marker:
            return
        if former is not None and abs(start - former[0]) <= self._horizon:
            begin = min(start, former[0])
            self._restart(begin, arrived_s - (start - begin) / self._rate_hz)
            self._audio.store(former[0], former[1].payload)
        elif packet.marker:
            self._restart(start, arrived_s)
        else:
            return
        self._audio.store(start, packet.payload)

    def _catch_up(self) -> None:
        """The reader overslept: leave out what would keep the delay above the longest allowed."""
        excess = -self._room()
        if excess > 0:
            self._tally.restarts += 1
            self._audio.skip(excess)

    def _adapt(self) -> None:
        """Take a pitch period off the delay or add one, when it is wanted and not heard."""
        changes = self._changes
        changes.next_frame()
        position_s = self._position_s() + _FRAME_S
        least_s = changes.least_offset / self._rate_hz
        greatest_s = changes.greatest_offset / self._rate_hz
        correction_s = self._delay.correction_s(position_s, least_s, greatest_s)
        if not correction_s or not self._audio.is_real:
            return
        margin_s = self._delay.margin_s(position_s, greatest_s)
        is_early = correction_s < 0 and self._delay.is_early
        likeness = changes.least_likeness(correction_s, margin_s, is_early=is_early)
        if likeness is None:
            return
        most = round(abs(correction_s) * self._rate_hz)
        change = self._shortened_audio if correction_s < 0 else self._lengthened_audio
        scaled = change(most, likeness)
        if scaled is None:
            return
        self._audio.ready = scaled.samples
        changes.changed()
        self._tally.shortened += scaled.change < 0
        self._tally.lengthened += scaled.change > 0

    def _lengthened_audio(self, most: int, likeness: float) -> Scaled | None:
        audio = self._audio
        return self._scaler.lengthen(audio.played(), audio.ready, most, likeness)

    def _shortened_audio(self, most: int, likeness: float) -> Scaled | None:
        audio = self._audio
        audio.look_ahead(self._frame + self._scaler.longest)
        return self._scaler.shorten(
            audio.ready, min(most, audio.ready.size - self._frame), likeness
        )
