"""Jitter buffer of one RTP stream: packet counts, decoding, gap concealment, adaptive delay.

``JitterBuffer`` controls the delay; ``ContinuousAudio`` makes frames from the queued packets.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from telephony.media.codecs.codec import Decoder
from telephony.media.packets.rtp import RtpPacket, StreamOrder
from telephony.media.playout.comfort_noise import Background, NoiseGenerator, QuietestFrame
from telephony.media.playout.concealment import Concealer
from telephony.media.playout.playout_delay import DelayChanges, PlayoutDelay
from telephony.media.playout.time_scaling import Scaled, TimeScaler
from telephony.media.samples import FRAME_MS, TELEPHONE_RATE_HZ, Samples, silence


@dataclass(frozen=True, slots=True)
class JitterCounts:
    """Packet counts of one stream so far.

    ``late`` packets arrived after their playout time. ``duplicate`` are repeated sequence numbers.
    ``concealed`` is in frames of 20 ms, without the sender's pauses. ``restarts`` counts new
    playout times, ``shortened`` and ``lengthened`` the changes of the delay by about a pitch
    period.
    """

    late: int = 0
    duplicate: int = 0
    concealed: int = 0
    restarts: int = 0
    shortened: int = 0
    lengthened: int = 0


class JitterTally:
    """Mutable counts, with concealment in samples; continues from ``before``."""

    def __init__(self, before: JitterCounts, frame_samples: int) -> None:
        self._frame_samples = frame_samples
        self.late = before.late
        self.duplicate = before.duplicate
        self.concealed_samples = before.concealed * frame_samples
        self.restarts = before.restarts
        self.shortened = before.shortened
        self.lengthened = before.lengthened

    @property
    def concealed(self) -> int:
        """Current JitterCounts.concealed; a part of a frame counts as one."""
        return -(-self.concealed_samples // self._frame_samples)

    def counts(self) -> JitterCounts:
        """Returns the current counts."""
        return JitterCounts(
            late=self.late,
            duplicate=self.duplicate,
            concealed=self.concealed,
            restarts=self.restarts,
            shortened=self.shortened,
            lengthened=self.lengthened,
        )


HORIZON_S = 1
_MOST_WAITING = 200
_LONGEST_PACKET_MS = 200
_LONGEST_BRIDGE_MS = 60
_HISTORY_FRAMES = 4
_NOTHING = silence(0)


class _Waiting(NamedTuple):
    """A packet before its playout; ``start`` is its media time."""

    start: int
    payload: bytes
    is_noise: bool = False


class ContinuousAudio:
    """Makes played frames from the queued packets of one stream; used by one thread.

    Concealment and dropped packets are counted in the tally. ``note_offset`` is called with the
    position of each packet within its frame; ``room`` returns by how much the delay may increase.
    Both are in samples.
    """

    def __init__(
        self,
        decoder: Decoder,
        sample_rate_hz: int,
        tally: JitterTally,
        note_offset: Callable[[int], None],
        room: Callable[[], int],
    ) -> None:
        self.ready = _NOTHING
        """Decoded audio that is not played yet."""
        self.expected = 0
        """Media time after the decoded audio."""
        self.lead = 0
        """Silence before the first packet; 0 after the stream has started to play."""
        self.dry = 0
        """Samples played since the queue ran empty: lost or late is not known yet."""
        self.is_resting = False
        """Whether the remote party is in a pause with known comfort noise."""
        self._decoder = decoder
        self._tally = tally
        self._frame = sample_rate_hz * FRAME_MS // 1000
        self.packet_samples = self._frame
        """Length of the last decoded packet."""
        self._horizon = sample_rate_hz * HORIZON_S
        self._longest_bridge = sample_rate_hz * _LONGEST_BRIDGE_MS // 1000
        self.longest_packet = sample_rate_hz * _LONGEST_PACKET_MS // 1000
        """Upper limit of a packet's length."""
        self._note_offset = note_offset
        self._room = room
        self._waiting: dict[int, _Waiting] = {}
        self._concealer = Concealer(sample_rate_hz)
        self._noise = NoiseGenerator()
        self._quietest = QuietestFrame()
        self._played: deque[Samples] = deque(maxlen=_HISTORY_FRAMES)
        # Whether the next packet may be delayed slightly to match the phase of concealed audio.
        self._may_shift = False

    @property
    def position(self) -> int:
        """Media time of the first sample that is not played yet."""
        return self.expected + self.dry - self.ready.size

    @property
    def is_dry(self) -> bool:
        """Whether there is nothing left to play."""
        return not self._waiting and not self.ready.size

    @property
    def is_real(self) -> bool:
        """Whether the next played audio is received and not generated."""
        return not (self.dry or self.is_resting or self._concealer.is_active)

    @property
    def is_under_way(self) -> bool:
        """Whether the stream has started and is not in a pause."""
        return not (self.lead or self.is_resting) and self.dry < self._horizon

    def empty(self) -> None:
        """Discards the audio, but not the learnt characteristics of the stream."""
        self._waiting.clear()
        self.ready = _NOTHING
        self.dry = 0
        self.is_resting = False
        self._may_shift = False
        self.packet_samples = self._frame
        self._concealer.reset()

    def begin(self, start: int, lead: int) -> None:
        """Starts with the packet of this media time, after ``lead`` samples of silence."""
        self.empty()
        self.expected = start
        self.lead = lead
        self.ready = silence(lead)

    def begin_earlier(self, start: int) -> None:
        """Includes a packet sent before the first one, if it is still in time."""
        if 0 < self.expected - start <= self.lead:
            self.lead -= self.expected - start
            self.ready = silence(self.lead)
            self.expected = start

    def skip(self, count: int) -> None:
        """Skips ``count`` samples and the decoded audio."""
        self.expected += count
        self.ready = _NOTHING
        for start in [start for start in self._waiting if start < self.expected]:
            del self._waiting[start]

    def store(self, start: int, payload: bytes, *, is_noise: bool = False) -> None:
        """Queues a packet for its playout time; ``is_noise`` marks comfort noise."""
        if len(self._waiting) >= _MOST_WAITING:
            # More than any sender with 10 ms packets queues within the horizon: drop the latest
            # packet.
            self._tally.late += 1
            return
        # Only the part of a packet after the overlap is used.
        self._waiting.setdefault(max(start, self.expected), _Waiting(start, payload, is_noise))

    def next_frame(self) -> Samples:
        """Returns the next 20 ms; fill() must have been called."""
        frame = self._frame
        heard, self.ready = self.ready[:frame], self.ready[frame:]
        self.lead = max(0, self.lead - frame)
        if not (self.lead or self.dry):
            self._quietest.take(heard)
        self._played.append(heard)
        return heard

    def fill(self) -> None:
        """Prepares a frame; late audio increases the delay, up to its limit."""
        while self.ready.size < self._frame:
            packet = None if self.dry else self._waiting.pop(self.expected, None)
            if packet is None:
                packet = self._first_due()
            if packet is None:
                self._replace(self._frame - self.ready.size)
            elif packet.is_noise:
                self._rest(packet)
            else:
                self._play(packet)

    def look_ahead(self, count: int) -> None:
        """Decodes packets early, until ``count`` samples are ready or a packet is missing."""
        while self.ready.size < count:
            packet = self._waiting.get(self.expected)
            if packet is None or packet.is_noise:
                return
            self._append(self._decode(self._waiting.pop(self.expected)))

    def played(self) -> Samples:
        """Returns the last few frames that were played."""
        return np.concatenate((*self._played, _NOTHING))

    def _first_due(self) -> _Waiting | None:
        """The first packet if its playout is due; otherwise the time passes without audio."""
        if not self._waiting:
            return None
        start = min(self._waiting)
        grown = self.dry - max(0, start - self.expected)
        if grown < 0:
            return None
        packet = self._waiting.pop(start)
        if grown and not packet.is_noise:
            # Late audio increases the delay by its lateness, within limits.
            self.expected = max(self.expected, start) + max(0, min(grown - self._room(), grown))
            self._may_shift = True
        return packet

    def _rest(self, packet: _Waiting) -> None:
        """Starts a pause of the speaker, filled with comfort noise."""
        background = Background.from_payload(packet.payload)
        if background is not None:
            self._noise.use(background)
            self.is_resting = True
        self.expected += self.dry
        self.dry = 0
        self._concealer.reset()

    def _play(self, packet: _Waiting) -> None:
        samples = self._decode(packet)
        if not samples.size:
            return
        self.dry = 0
        self.is_resting = False
        if self._concealer.is_active:
            samples = self._concealer.join(samples, may_shift=self._may_shift)
        self._may_shift = False
        self._append(samples)

    def _append(self, samples: Samples) -> None:
        self.ready = np.concatenate((self.ready, samples)) if self.ready.size else samples

    def _decode(self, packet: _Waiting) -> Samples:
        """The new samples of the packet; none for a damaged one, whose gap remains open."""
        samples = self._decoder.decode(packet.payload)
        if not 0 < samples.size <= self.longest_packet:
            return _NOTHING
        self.packet_samples = samples.size
        self._note_offset(self.ready.size % self._frame)
        skipped = max(0, self.expected - packet.start)
        if skipped >= samples.size:
            return _NOTHING
        self.expected = packet.start + samples.size
        return samples[skipped:] if skipped else samples

    def _replace(self, count: int) -> None:
        """Makes about ``count`` samples instead of missing ones."""
        gap = 0
        if self._waiting:
            # Audio played since the queue ran empty counts as the first part of the gap, now known
            # as lost.
            gap = min(self._waiting) - self.expected - self.dry
            self.expected += self.dry
            self.dry = 0
            count = min(count, gap)
        if self.is_resting:
            made = self._noise.next(count)
        else:
            own = self._decoder.conceal(self.packet_samples)
            if own is None and 0 < gap <= self._longest_bridge and self._bridge(gap):
                return
            made = self._extend(count) if own is None else own
            if self.dry < self._horizon:
                self._tally.concealed_samples += made.size
        if gap:
            self.expected += made.size
        else:
            self.dry += made.size
        self._append(made)

    def _extend(self, count: int) -> Samples:
        if not self._concealer.is_active:
            self._concealer.begin(self._history(), self._quietest.samples)
        return self._concealer.extend(count)

    def _bridge(self, gap: int) -> bool:
        """Fills the gap before the first packet and appends it; False if that fails."""
        start = min(self._waiting)
        if self._waiting[start].is_noise:
            return False
        following = _NOTHING
        self.expected += gap
        while following.size < self._frame and self.expected in self._waiting:
            samples = self._decode(self._waiting.pop(self.expected))
            if not samples.size:
                break
            following = np.concatenate((following, samples))
        if not following.size:
            self.expected -= gap
            return False
        self._append(self._concealer.bridge(self._history(), gap, following))
        self._append(following)
        self._tally.concealed_samples += gap
        return True

    def _history(self) -> Samples:
        """The audio before the samples to be made."""
        return np.concatenate((*self._played, self.ready))


# Initially it is unknown whether the first packet was early or late: with two complete frames of
# delay and a part of one, jitter of 40 ms is inaudible. On an even network the first silence
# reduces the delay.
_FIRST_DELAY_S = 0.060
_LATE_IN_A_ROW = 3

_FRAME_S = FRAME_MS / 1000


class JitterBuffer:
    """Jitter buffer of one RTP stream with an adaptive delay; used by one thread.

    ``clock_hz`` is the clock of the timestamps, ``sample_rate_hz`` the rate of the decoded audio.
    ``counts`` are those of a previous buffer, which continue.
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
        """The counts so far; reset() does not clear them."""
        return self._tally.counts()

    @property
    def concealed(self) -> int:
        """Concealed frames so far; a fast path for every frame."""
        return self._tally.concealed

    @property
    def delay_ms(self) -> float:
        """Mean time from a packet's arrival to its playout; 0.0 before the first packet."""
        if not self._started:
            return 0.0
        return max(0.0, self._delay.next_frame_s - self._position_s() - self._delay.mean_s) * 1000

    @property
    def is_playing(self) -> bool:
        """Whether the latest audio is, or replaces, audio of the remote party."""
        return self._started and self._audio.is_under_way

    def reset(self) -> None:
        """Discards the audio: the next packet starts another stream."""
        self._started = False
        self._audio.empty()

    def put(self, packet: RtpPacket, arrived_s: float) -> None:
        """Adds one packet, in any order; the time uses the same clock as get()."""
        self._take(packet, arrived_s, is_noise=False)

    def put_comfort_noise(self, packet: RtpPacket, arrived_s: float) -> None:
        """Adds one packet of comfort noise (RFC 3389), which starts a pause of the speaker."""
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
            # The sender's clock was stopped for a while: its current time is the new reference.
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
        """Returns the next 20 ms, with missing parts concealed; silence before the first packet."""
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
        """Samples by which the delay may increase; negative if it is too long."""
        return round(self._delay.room_s(self._position_s() + _FRAME_S) * self._rate_hz)

    def _begin(self, start: int, arrived_s: float) -> None:
        """Sets the playout time of the first packet with the delay for an unknown network."""
        self._started = True
        self._stray = None
        self._late_run = 0
        self._delay.forget()
        self._delay.note(start / self._rate_hz, arrived_s)
        wait_s = _FIRST_DELAY_S
        if self._delay.is_ticking:
            wait_s -= max(0.0, self._delay.next_frame_s - arrived_s)
        # The packet starts at a frame boundary: an offset within a frame would add no safety.
        self._audio.begin(start, max(0, int(wait_s / _FRAME_S + 0.01)) * self._frame)
        self._changes.begin()

    def _restart(self, start: int, arrived_s: float) -> None:
        self._tally.restarts += 1
        self._begin(start, arrived_s)

    def _take_stray(self, start: int, packet: RtpPacket, arrived_s: float) -> None:
        """Handles a jump of the sender's clock, for example after hold.

        A single packet proves nothing; the next one that continues it confirms the jump.
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
        """Skips audio after the reader overslept, to limit the delay to its maximum."""
        excess = -self._room()
        if excess > 0:
            self._tally.restarts += 1
            self._audio.skip(excess)

    def _adapt(self) -> None:
        """Shortens or lengthens the audio by a pitch period, if required and inaudible."""
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
