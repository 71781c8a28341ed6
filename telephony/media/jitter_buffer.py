"""Puts received audio into order and plays it as soon after its arrival as the network allows.

Packets wait encoded and are decoded in the order of their timestamps when their time has come, so
that codecs with a state work. The delay follows what the network and the far clock do; it changes
by pitch periods, where the change is hardly heard (playout_delay.py, time_scaling.py).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from telephony.media.codec import Decoder
from telephony.media.concealment import Concealer
from telephony.media.playout_delay import PlayoutDelay
from telephony.media.rtp import RtpPacket, extend
from telephony.media.samples import FRAME_MS, TELEPHONE_RATE_HZ, Samples, silence
from telephony.media.time_scaling import Scaled, TimeScaler

_FIRST_DELAY_S = 0.040
_HORIZON_S = 1
_MOST_WAITING = 200
_LONGEST_PACKET_MS = 200
_REMEMBERED_SEQUENCES = 512
_HISTORY_FRAMES = 4
_LATE_IN_A_ROW = 3
# The least correlation of a change of the delay, the urgent one, and how much lower it becomes
# with each frame that found no such place.
_LIKENESS = 0.9
_LEAST_LIKENESS = 0.5
_LIKENESS_STEP = 0.004
_FRAMES_BETWEEN_CHANGES = 4
_FRAMES_OF_OFFSETS = 50
_MUCH_TO_TAKE_OFF_S = 0.100

_FRAME_S = FRAME_MS / 1000
_NOTHING = silence(0)


@dataclass(frozen=True, slots=True)
class JitterCounts:
    """What happened to the packets of one stream so far.

    ``late`` arrived after their time to be played. ``duplicate`` are repeated sequence numbers.
    ``concealed`` is in frames of 20 ms, part frames counted whole. ``restarts`` counts how often
    the playing time was set anew, ``shortened`` and ``lengthened`` how often it was moved by a
    pitch period or so.
    """

    late: int = 0
    duplicate: int = 0
    concealed: int = 0
    restarts: int = 0
    shortened: int = 0
    lengthened: int = 0


class _Waiting(NamedTuple):
    """A packet before its time; ``start`` is its media time in samples."""

    start: int
    payload: bytes


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
        self._clock_hz = clock_hz
        self._frame = sample_rate_hz * FRAME_MS // 1000
        self._horizon = sample_rate_hz * _HORIZON_S
        self._longest_packet = sample_rate_hz * _LONGEST_PACKET_MS // 1000
        self._concealer = Concealer(sample_rate_hz)
        self._scaler = TimeScaler(sample_rate_hz)
        self._delay = PlayoutDelay()
        self._waiting: dict[int, _Waiting] = {}
        self._started = False
        self._timestamp = 0
        self._sequence = 0
        self._recent = [-1] * _REMEMBERED_SEQUENCES
        # Decoded audio that is not played yet, and the media time that comes after it.
        self._ready = _NOTHING
        self._expected = 0
        # Samples played since the audio ran dry: nothing tells yet whether they are lost or late.
        self._dry = 0
        self._packet_samples = self._frame
        self._stray: tuple[int, RtpPacket] | None = None
        self._late_run = 0
        self._played: deque[Samples] = deque(maxlen=_HISTORY_FRAMES)
        self._frames_unchanged = 0
        # Least and greatest place in its frame at which a packet began of late.
        self._offsets = (0, 0)
        self._offsets_known = False
        # Silence before the first packet, as long as nothing of the stream has been played.
        self._lead = 0
        before = counts or JitterCounts()
        self._late = before.late
        self._duplicate = before.duplicate
        self._concealed = before.concealed
        self._restarts = before.restarts
        self._shortened = before.shortened
        self._lengthened = before.lengthened

    @property
    def counts(self) -> JitterCounts:
        """The counts so far; they go on over a reset."""
        return JitterCounts(
            self._late,
            self._duplicate,
            self._concealed,
            self._restarts,
            self._shortened,
            self._lengthened,
        )

    @property
    def delay_ms(self) -> float:
        """Mean time from a packet's arrival until it is played; 0.0 before the first packet."""
        if not self._started:
            return 0.0
        return max(0.0, self._delay.next_frame_s - self._position_s() - self._delay.mean_s) * 1000

    def reset(self) -> None:
        """Forget the audio: the next packet begins another stream."""
        self._started = False
        self._recent = [-1] * _REMEMBERED_SEQUENCES
        self._empty()

    def put(self, packet: RtpPacket, arrived_s: float) -> None:
        """Take one packet, in any order; the time is that of get()."""
        if not self._started:
            self._sequence = packet.sequence
            self._timestamp = packet.timestamp
            self._begin(self._media_time(packet), arrived_s)
        sequence = extend(packet.sequence, self._sequence, 16)
        place = sequence % _REMEMBERED_SEQUENCES
        if self._recent[place] == sequence:
            self._duplicate += 1
            return
        self._recent[place] = sequence
        self._sequence = max(self._sequence, sequence)
        start = self._media_time(packet)
        if abs(start - self._expected - self._dry) > self._horizon:
            self._take_stray(start, packet, arrived_s)
            return
        self._stray = None
        if not self._delay.note(start / self._rate_hz, arrived_s) or (
            packet.marker and start < self._expected + self._dry - self._longest_packet
        ):
            # The sender stopped its clock for a while: what it says now is the new time.
            self._restart(start, arrived_s)
        if 0 < self._expected - start <= self._lead:
            # Sent before the packet that came first, and in time still.
            self._lead -= self._expected - start
            self._ready = silence(self._lead)
            self._expected = start
        if start + self._packet_samples <= self._expected:
            self._late += 1
            self._late_run += 1
            if not (packet.marker or self._late_run >= _LATE_IN_A_ROW) or not self._is_dry():
                return
            self._restart(start, arrived_s)
        self._late_run = 0
        self._store(start, packet.payload)

    def get(self, now_s: float) -> Samples:
        """The next 20 ms to play; missing parts are concealed, silence before the first packet."""
        self._delay.tick(now_s)
        frame = self._frame
        if not self._started:
            return silence(frame)
        if self._ready.size < frame:
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
        self._played.append(heard)
        return heard

    def _media_time(self, packet: RtpPacket) -> int:
        """The packet's place in samples of our rate, growing over the timestamp's wrap."""
        extended = extend(packet.timestamp, self._timestamp, 32)
        self._timestamp = extended
        return extended * self._rate_hz // self._clock_hz

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
        self._offsets = (0, 0)
        self._offsets_known = True

    def _restart(self, start: int, arrived_s: float) -> None:
        self._restarts += 1
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
            self._store(*_Waiting(former[0], former[1].payload))
        elif packet.marker:
            self._restart(start, arrived_s)
        else:
            return
        self._store(start, packet.payload)

    def _store(self, start: int, payload: bytes) -> None:
        if len(self._waiting) >= _MOST_WAITING:
            # More than any sender of 10 ms packets fills the horizon with: the newest gives way.
            self._late += 1
            return
        # The rest of a packet that begins too early takes the place of what it overlaps with.
        self._waiting.setdefault(max(start, self._expected), _Waiting(start, payload))

    def _fill(self, count: int) -> None:
        """Make ``count`` decoded samples ready."""
        missing = False
        while self._ready.size < count:
            packet = self._waiting.pop(self._expected, None)
            if packet is None:
                packet = self._first_due()
            if packet is not None:
                self._decode(packet)
                continue
            missing = True
            self._replace(count - self._ready.size)
        # A sender that pauses for long has not lost anything.
        self._concealed += missing and self._dry < self._horizon

    def _first_due(self) -> _Waiting | None:
        """The first packet, if it is to be played now; time without audio goes by otherwise."""
        if not self._waiting:
            return None
        start = min(self._waiting)
        grown = self._dry - (start - self._expected)
        if grown < 0:
            return None
        packet = self._waiting.pop(start)
        if grown:
            # The audio came late, and the delay is longer by that from now on, within bounds.
            room_s = self._delay.room_s(self._position_s() + _FRAME_S)
            excess = grown - round(room_s * self._rate_hz)
            self._expected = start + max(0, min(excess, grown))
        return packet

    def _decode(self, packet: _Waiting) -> None:
        samples = self._decoder.decode(packet.payload)
        if samples.size > self._longest_packet:
            samples = _NOTHING
        if not samples.size:
            # Damaged: like a lost one, but its place must not be waited for again.
            return
        self._packet_samples = samples.size
        offset = self._ready.size % self._frame
        if not self._offsets_known:
            self._offsets_known = True
            self._offsets = (offset, offset)
        elif not self._offsets[0] <= offset <= self._offsets[1]:
            self._offsets = (min(offset, self._offsets[0]), max(offset, self._offsets[1]))
        skipped = max(0, self._expected - packet.start)
        if skipped >= samples.size:
            return
        self._expected = packet.start + samples.size
        if skipped:
            samples = samples[skipped:]
        self._dry = 0
        if self._concealer.is_active:
            samples = self._concealer.blend(samples)
        self._ready = np.concatenate((self._ready, samples)) if self._ready.size else samples

    def _replace(self, count: int) -> None:
        """Conceal so many samples, or fewer when known audio follows earlier."""
        gap = 0
        if self._waiting:
            # What was played while dry stands for the first part of what is now known as lost.
            gap = min(self._waiting) - self._expected - self._dry
            self._expected += self._dry
            self._dry = 0
        own = self._decoder.conceal(self._packet_samples)
        if own is None:
            if not self._concealer.is_active:
                self._concealer.begin(np.concatenate((*self._played, self._ready)))
            own = self._concealer.extend(min(count, gap) if gap else count)
        if gap:
            self._expected += own.size
        else:
            self._dry += own.size
        self._ready = np.concatenate((self._ready, own)) if self._ready.size else own

    def _history(self) -> Samples:
        return np.concatenate(self._played) if self._played else _NOTHING

    def _adapt(self) -> None:
        """Take a pitch period off the delay or add one, when it is wanted and not heard."""
        self._frames_unchanged += 1
        if self._frames_unchanged % _FRAMES_OF_OFFSETS == 0:
            self._offsets_known = False
        position_s = self._position_s() + _FRAME_S
        offsets_s = (self._offsets[0] / self._rate_hz, self._offsets[1] / self._rate_hz)
        correction_s = self._delay.correction_s(position_s, offsets_s)
        if not correction_s or self._dry or self._concealer.is_active:
            return
        margin_s = self._delay.margin_s(position_s, offsets_s[1])
        is_urgent = correction_s < -_MUCH_TO_TAKE_OFF_S or margin_s < 0
        if not is_urgent and self._frames_unchanged < _FRAMES_BETWEEN_CHANGES:
            return
        likeness = _LIKENESS - _LIKENESS_STEP * self._frames_unchanged
        likeness = _LEAST_LIKENESS if is_urgent else max(_LEAST_LIKENESS, likeness)
        most = round(abs(correction_s) * self._rate_hz)
        scaled = (
            self._shortened_audio(most, likeness)
            if correction_s < 0
            else self._scaler.lengthen(self._history(), self._ready, most, likeness)
        )
        if scaled is None:
            return
        self._ready = scaled.samples
        self._frames_unchanged = 0
        self._offsets_known = False
        self._shortened += scaled.change < 0
        self._lengthened += scaled.change > 0

    def _shortened_audio(self, most: int, likeness: float) -> Scaled | None:
        while self._ready.size < self._frame + self._scaler.longest:
            packet = self._waiting.pop(self._expected, None)
            if packet is None:
                break
            self._decode(packet)
        return self._scaler.shorten(
            self._ready, min(most, self._ready.size - self._frame), likeness
        )
