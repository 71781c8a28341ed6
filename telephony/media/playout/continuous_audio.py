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
    """What happened to the packets of one stream so far.

    ``late`` arrived after their time to be played. ``duplicate`` are repeated sequence numbers.
    ``concealed`` is in frames of 20 ms; the sender's pauses do not count. ``restarts`` counts how
    often the playing time was set anew, ``shortened`` and ``lengthened`` how often it was moved
    by a pitch period or so.
    """

    late: int = 0
    duplicate: int = 0
    concealed: int = 0
    restarts: int = 0
    shortened: int = 0
    lengthened: int = 0


class JitterTally:
    """The same while it is being counted, concealment in samples; goes on from ``before``."""

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
        """JitterCounts.concealed at this moment; a part of a frame counts as one."""
        return -(-self.concealed_samples // self._frame_samples)

    def counts(self) -> JitterCounts:
        """The numbers at this moment."""
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
    """A packet before its time; ``start`` is its media time."""

    start: int
    payload: bytes
    is_noise: bool = False


class ContinuousAudio:
    """The audio of one stream from its waiting packets to the frame played next; one thread.

    Concealment and packets that find no place are counted in the tally. ``note_offset`` is told
    where in its frame each packet begins, ``room`` tells by how much the delay may become longer;
    both in samples.
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
        """The media time after it."""
        self.lead = 0
        """Silence before the first packet, as long as nothing of the stream has been played."""
        self.dry = 0
        """Samples played since the audio ran dry: nothing tells yet if they are lost or late."""
        self.is_resting = False
        """Whether the far side has told what its pause sounds like, and speaks no more."""
        self._decoder = decoder
        self._tally = tally
        self._frame = sample_rate_hz * FRAME_MS // 1000
        self.packet_samples = self._frame
        """The length of the packet decoded last."""
        self._horizon = sample_rate_hz * HORIZON_S
        self._longest_bridge = sample_rate_hz * _LONGEST_BRIDGE_MS // 1000
        self.longest_packet = sample_rate_hz * _LONGEST_PACKET_MS // 1000
        """No packet is longer than this."""
        self._note_offset = note_offset
        self._room = room
        self._waiting: dict[int, _Waiting] = {}
        self._concealer = Concealer(sample_rate_hz)
        self._noise = NoiseGenerator()
        self._quietest = QuietestFrame()
        self._played: deque[Samples] = deque(maxlen=_HISTORY_FRAMES)
        # Whether the next packet may begin a little later, in phase with what was invented.
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
        """Whether what is played next is the speaker's own audio."""
        return not (self.dry or self.is_resting or self._concealer.is_active)

    @property
    def is_under_way(self) -> bool:
        """Whether the stream has begun, and does not pause."""
        return not (self.lead or self.is_resting) and self.dry < self._horizon

    def empty(self) -> None:
        """Forget the audio, but not what the stream has sounded like."""
        self._waiting.clear()
        self.ready = _NOTHING
        self.dry = 0
        self.is_resting = False
        self._may_shift = False
        self.packet_samples = self._frame
        self._concealer.reset()

    def begin(self, start: int, lead: int) -> None:
        """Begin with the packet of this media time, after so many samples of silence."""
        self.empty()
        self.expected = start
        self.lead = lead
        self.ready = silence(lead)

    def begin_earlier(self, start: int) -> None:
        """Take a packet in that was sent before the first one, if it is in time still."""
        if 0 < self.expected - start <= self.lead:
            self.lead -= self.expected - start
            self.ready = silence(self.lead)
            self.expected = start

    def skip(self, count: int) -> None:
        """Leave out so many samples and what is ready."""
        self.expected += count
        self.ready = _NOTHING
        for start in [start for start in self._waiting if start < self.expected]:
            del self._waiting[start]

    def store(self, start: int, payload: bytes, *, is_noise: bool = False) -> None:
        """Let a packet wait for its time; ``is_noise`` makes it one of comfort noise."""
        if len(self._waiting) >= _MOST_WAITING:
            # More than any sender of 10 ms packets fills the horizon with: the newest gives way.
            self._tally.late += 1
            return
        # The rest of a packet that begins too early takes the place of what it overlaps with.
        self._waiting.setdefault(max(start, self.expected), _Waiting(start, payload, is_noise))

    def next_frame(self) -> Samples:
        """Take 20 ms of what is ready; fill() has made as many."""
        frame = self._frame
        heard, self.ready = self.ready[:frame], self.ready[frame:]
        self.lead = max(0, self.lead - frame)
        if not (self.lead or self.dry):
            self._quietest.take(heard)
        self._played.append(heard)
        return heard

    def fill(self) -> None:
        """Make a frame ready; audio that came late adds to the delay, as far as there is room."""
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
        """Decode packets before their time, until so many samples are ready or one is missing."""
        while self.ready.size < count:
            packet = self._waiting.get(self.expected)
            if packet is None or packet.is_noise:
                return
            self._append(self._decode(self._waiting.pop(self.expected)))

    def played(self) -> Samples:
        """The last few frames that were played."""
        return np.concatenate((*self._played, _NOTHING))

    def _first_due(self) -> _Waiting | None:
        """The first packet, if it is to be played now; time without audio goes by otherwise."""
        if not self._waiting:
            return None
        start = min(self._waiting)
        grown = self.dry - max(0, start - self.expected)
        if grown < 0:
            return None
        packet = self._waiting.pop(start)
        if grown and not packet.is_noise:
            # The audio came late, and the delay is longer by that from now on, within bounds.
            self.expected = max(self.expected, start) + max(0, min(grown - self._room(), grown))
            self._may_shift = True
        return packet

    def _rest(self, packet: _Waiting) -> None:
        """From here on the speaker pauses; his background is heard."""
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
        """What is new in the packet; none for a damaged one, whose place stays open."""
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
        """Make ``count`` samples, or a few more or fewer, in place of missing ones."""
        gap = 0
        if self._waiting:
            # What was played while dry stands for the first part of what is known now as lost.
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
        """Fill the gap before the first packet, which is played after it; False if that fails."""
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
        """The audio before what is to be made now."""
        return np.concatenate((*self._played, self.ready))


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
