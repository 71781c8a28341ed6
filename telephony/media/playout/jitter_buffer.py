"""Puts received audio into order and plays it as soon after its arrival as the network allows.

Packets wait encoded and are decoded in the order of their timestamps when their time has come, so
that codecs with a state work. The delay follows what the network and the far clock do; it changes
by pitch periods, where the change is hardly heard (playout_delay.py, time_scaling.py).
"""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

import numpy as np

from telephony.media.codecs.codec import Decoder
from telephony.media.packets.rtp import RtpPacket
from telephony.media.packets.stream_order import StreamOrder
from telephony.media.playout.comfort_noise import Background, NoiseGenerator, QuietestFrame
from telephony.media.playout.concealment import Concealer
from telephony.media.playout.jitter_counts import JitterCounts, JitterTally
from telephony.media.playout.playout_delay import DelayChanges, PlayoutDelay
from telephony.media.playout.time_scaling import Scaled, TimeScaler
from telephony.media.samples import FRAME_MS, TELEPHONE_RATE_HZ, Samples, silence

_FIRST_DELAY_S = 0.040
_HORIZON_S = 1
_MOST_WAITING = 200
_LONGEST_PACKET_MS = 200
_LONGEST_BRIDGE_MS = 60
_HISTORY_FRAMES = 4
_LATE_IN_A_ROW = 3

_FRAME_S = FRAME_MS / 1000
_NOTHING = silence(0)


class _Waiting(NamedTuple):
    """A packet before its time; ``start`` is its media time in samples."""

    start: int
    payload: bytes
    is_noise: bool = False


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
        self._decoder = decoder
        self._rate_hz = sample_rate_hz
        self._frame = sample_rate_hz * FRAME_MS // 1000
        self._horizon = sample_rate_hz * _HORIZON_S
        self._longest_packet = sample_rate_hz * _LONGEST_PACKET_MS // 1000
        self._concealer = Concealer(sample_rate_hz)
        self._scaler = TimeScaler(sample_rate_hz)
        self._delay = PlayoutDelay()
        self._waiting: dict[int, _Waiting] = {}
        self._started = False
        self._order = StreamOrder(sample_rate_hz, clock_hz)
        # Decoded audio that is not played yet, and the media time that comes after it.
        self._ready = _NOTHING
        self._expected = 0
        # Samples played since the audio ran dry: nothing tells yet whether they are lost or late.
        self._dry = 0
        self._packet_samples = self._frame
        self._stray: tuple[int, RtpPacket] | None = None
        self._late_run = 0
        self._played: deque[Samples] = deque(maxlen=_HISTORY_FRAMES)
        self._changes = DelayChanges()
        # Whether the far side has told what its pause sounds like, and speaks no more.
        self._resting = False
        self._noise = NoiseGenerator()
        self._quietest = QuietestFrame()
        # Whether the next packet may begin a little later, in phase with what was invented.
        self._may_shift = False
        self._longest_bridge = sample_rate_hz * _LONGEST_BRIDGE_MS // 1000
        # Media time after the newest packet so far.
        self._newest_end = 0
        self._began = False
        # Silence before the first packet, as long as nothing of the stream has been played.
        self._lead = 0
        self._tally = JitterTally(counts or JitterCounts(), self._frame)

    @property
    def counts(self) -> JitterCounts:
        """The counts so far; they go on over a reset."""
        return self._tally.counts()

    @property
    def delay_ms(self) -> float:
        """Mean time from a packet's arrival until it is played; 0.0 before the first packet."""
        if not self._started:
            return 0.0
        return max(0.0, self._delay.next_frame_s - self._position_s() - self._delay.mean_s) * 1000

    def reset(self) -> None:
        """Forget the audio: the next packet begins another stream."""
        self._started = False
        self._empty()

    def put(self, packet: RtpPacket, arrived_s: float) -> None:
        """Take one packet, in any order; the time is that of get()."""
        self._take(packet, arrived_s, is_noise=False)

    def put_comfort_noise(self, packet: RtpPacket, arrived_s: float) -> None:
        """Take one packet of comfort noise (RFC 3389): from its time on the speaker pauses."""
        if self._started and packet.payload:
            self._take(packet, arrived_s, is_noise=True)

    def _take(self, packet: RtpPacket, arrived_s: float, *, is_noise: bool) -> None:
        if not self._started:
            self._order.begin(packet)
            self._begin(self._order.media_time(packet), arrived_s)
        if self._order.is_repeated(packet):
            self._tally.duplicate += 1
            return
        start = self._order.media_time(packet)
        if abs(start - self._expected - self._dry) > self._horizon:
            self._take_stray(start, packet, arrived_s)
            return
        self._stray = None
        if not self._delay.note(start / self._rate_hz, arrived_s) or (
            packet.marker and start < self._expected + self._dry - self._longest_packet
        ):
            # The sender stopped its clock for a while: what it says now is the new time.
            self._restart(start, arrived_s)
        if is_noise:
            self._store(max(start, self._expected), packet.payload, True)
            return
        if 0 < self._expected - start <= self._lead:
            # Sent before the packet that came first, and in time still.
            self._lead -= self._expected - start
            self._ready = silence(self._lead)
            self._expected = start
        if start + self._packet_samples <= self._expected:
            self._tally.late += 1
            self._late_run += 1
            if not (packet.marker or self._late_run >= _LATE_IN_A_ROW) or not self._is_dry():
                return
            self._restart(start, arrived_s)
        self._late_run = 0
        self._newest_end = max(self._newest_end, start + self._packet_samples)
        self._store(start, packet.payload)

    def get(self, now_s: float) -> Samples:
        """The next 20 ms to play; missing parts are concealed, silence before the first packet."""
        has_skipped = self._delay.tick(now_s)
        frame = self._frame
        if not self._started:
            return silence(frame)
        if has_skipped:
            self._catch_up()
        if self._ready.size < frame:
            if self._is_first_wait_too_short():
                self._lead = frame
                self._ready = np.concatenate((silence(frame), self._ready))
            else:
                self._fill(frame)
        self._adapt()
        ready = self._ready
        if ready.size == frame:
            heard = ready
            self._ready = _NOTHING
        else:
            heard = ready[:frame]
            self._ready = ready[frame:]
        self._lead = max(0, self._lead - frame)
        if not (self._lead or self._dry):
            self._quietest.take(heard)
        self._played.append(heard)
        return heard

    def _is_first_wait_too_short(self) -> bool:
        """Asked once, before anything is played: one more frame of delay costs nothing then."""
        if self._began:
            return False
        self._began = True
        return not self._delay.is_even(self._newest_end / self._rate_hz)

    def _position_s(self) -> float:
        """Media time of the first sample that is not played yet."""
        return (self._expected + self._dry - self._ready.size) / self._rate_hz

    def _is_dry(self) -> bool:
        return not self._waiting and not self._ready.size

    def _empty(self) -> None:
        self._waiting.clear()
        self._ready = _NOTHING
        self._dry = 0
        self._stray = None
        self._late_run = 0
        self._resting = False
        self._may_shift = False
        self._packet_samples = self._frame
        self._concealer.reset()

    def _begin(self, start: int, arrived_s: float) -> None:
        """Play the packet that starts here as long after its arrival as an unknown network asks."""
        self._started = True
        self._empty()
        self._expected = start
        self._delay.forget()
        self._delay.note(start / self._rate_hz, arrived_s)
        wait_s = _FIRST_DELAY_S
        if self._delay.is_ticking:
            wait_s -= max(0.0, self._delay.next_frame_s - arrived_s)
        # The packet begins with a frame: waiting for a place within one would gain no safety.
        self._lead = max(0, int(wait_s / _FRAME_S + 0.01)) * self._frame
        self._ready = silence(self._lead)
        self._began = False
        self._newest_end = start
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
            self._store(former[0], former[1].payload)
        elif packet.marker:
            self._restart(start, arrived_s)
        else:
            return
        self._store(start, packet.payload)

    def _store(self, start: int, payload: bytes, is_noise: bool = False) -> None:
        if len(self._waiting) >= _MOST_WAITING:
            # More than any sender of 10 ms packets fills the horizon with: the newest gives way.
            self._tally.late += 1
            return
        # The rest of a packet that begins too early takes the place of what it overlaps with.
        self._waiting.setdefault(max(start, self._expected), _Waiting(start, payload, is_noise))

    def _fill(self, count: int) -> None:
        """Make ``count`` decoded samples ready."""
        while self._ready.size < count:
            packet = None if self._dry else self._waiting.pop(self._expected, None)
            if packet is None:
                packet = self._first_due()
            if packet is None:
                self._replace(count - self._ready.size)
            elif packet.is_noise:
                self._rest(packet)
            else:
                self._play(packet)

    def _first_due(self) -> _Waiting | None:
        """The first packet, if it is to be played now; time without audio goes by otherwise."""
        if not self._waiting:
            return None
        start = min(self._waiting)
        grown = self._dry - max(0, start - self._expected)
        if grown < 0:
            return None
        packet = self._waiting.pop(start)
        if grown and not packet.is_noise:
            # The audio came late, and the delay is longer by that from now on, within bounds.
            room_s = self._delay.room_s(self._position_s() + _FRAME_S)
            excess = grown - round(room_s * self._rate_hz)
            self._expected = max(self._expected, start) + max(0, min(excess, grown))
            self._may_shift = True
        return packet

    def _rest(self, packet: _Waiting) -> None:
        """From here on the speaker pauses; his background is heard."""
        background = Background.from_payload(packet.payload)
        if background is not None:
            self._noise.use(background)
            self._resting = True
        self._expected += self._dry
        self._dry = 0
        self._concealer.reset()

    def _play(self, packet: _Waiting) -> None:
        samples = self._decode(packet)
        if not samples.size:
            return
        self._dry = 0
        self._resting = False
        if self._concealer.is_active:
            samples = self._concealer.join(samples, may_shift=self._may_shift)
        self._may_shift = False
        self._append(samples)

    def _append(self, samples: Samples) -> None:
        self._ready = np.concatenate((self._ready, samples)) if self._ready.size else samples

    def _decode(self, packet: _Waiting) -> Samples:
        """What is new in the packet; none for a damaged one, whose place stays open."""
        samples = self._decoder.decode(packet.payload)
        if not 0 < samples.size <= self._longest_packet:
            return _NOTHING
        self._packet_samples = samples.size
        self._changes.note_offset(self._ready.size % self._frame)
        skipped = max(0, self._expected - packet.start)
        if skipped >= samples.size:
            return _NOTHING
        self._expected = packet.start + samples.size
        return samples[skipped:] if skipped else samples

    def _catch_up(self) -> None:
        """The reader overslept: leave out what would keep the delay above the longest allowed."""
        excess_s = -self._delay.room_s(self._position_s() + _FRAME_S)
        if excess_s <= 0:
            return
        self._tally.restarts += 1
        self._expected += round(excess_s * self._rate_hz)
        self._ready = _NOTHING
        for start in [start for start in self._waiting if start < self._expected]:
            del self._waiting[start]

    def _replace(self, count: int) -> None:
        """Make ``count`` samples, or a few more or fewer, in place of missing ones."""
        gap = 0
        if self._waiting:
            # What was played while dry stands for the first part of what is known now as lost.
            gap = min(self._waiting) - self._expected - self._dry
            self._expected += self._dry
            self._dry = 0
            count = min(count, gap)
        if self._resting:
            made = self._noise.next(count)
        else:
            own = self._decoder.conceal(self._packet_samples)
            if own is None and 0 < gap <= self._longest_bridge and self._bridge(gap):
                return
            made = self._extend(count) if own is None else own
            if self._dry < self._horizon:
                self._tally.concealed_samples += made.size
        if gap:
            self._expected += made.size
        else:
            self._dry += made.size
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
        self._expected += gap
        while following.size < self._frame and self._expected in self._waiting:
            samples = self._decode(self._waiting.pop(self._expected))
            if not samples.size:
                break
            following = np.concatenate((following, samples))
        if not following.size:
            self._expected -= gap
            return False
        self._append(self._concealer.bridge(self._history(), gap, following))
        self._append(following)
        self._tally.concealed_samples += gap
        return True

    def _history(self) -> Samples:
        """The audio before what is to be made now."""
        return np.concatenate((*self._played, self._ready))

    def _adapt(self) -> None:
        """Take a pitch period off the delay or add one, when it is wanted and not heard."""
        changes = self._changes
        changes.next_frame()
        position_s = self._position_s() + _FRAME_S
        least_s = changes.least_offset / self._rate_hz
        greatest_s = changes.greatest_offset / self._rate_hz
        correction_s = self._delay.correction_s(position_s, least_s, greatest_s)
        if not correction_s or self._dry or self._resting or self._concealer.is_active:
            return
        margin_s = self._delay.margin_s(position_s, greatest_s)
        likeness = changes.least_likeness(correction_s, margin_s)
        if likeness is None:
            return
        most = round(abs(correction_s) * self._rate_hz)
        change = self._shortened_audio if correction_s < 0 else self._lengthened_audio
        scaled = change(most, likeness)
        if scaled is None:
            return
        self._ready = scaled.samples
        changes.changed()
        self._tally.shortened += scaled.change < 0
        self._tally.lengthened += scaled.change > 0

    def _lengthened_audio(self, most: int, likeness: float) -> Scaled | None:
        before = np.concatenate((*self._played, _NOTHING))
        return self._scaler.lengthen(before, self._ready, most, likeness)

    def _shortened_audio(self, most: int, likeness: float) -> Scaled | None:
        while self._ready.size < self._frame + self._scaler.longest:
            packet = self._waiting.get(self._expected)
            if packet is None or packet.is_noise:
                break
            self._append(self._decode(self._waiting.pop(self._expected)))
        return self._scaler.shorten(
            self._ready, min(most, self._ready.size - self._frame), likeness
        )
