"""Makes one continuous stream of samples out of packets that wait, and of nothing where none does.

Packets wait encoded and are decoded in the order of their timestamps when their time has come, so
that codecs with a state work. What is missing is concealed; comfort noise is heard in pauses.
Media time counts samples from an origin of the sender's.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from telephony.media.codecs.codec import Decoder
from telephony.media.playout.comfort_noise import Background, NoiseGenerator, QuietestFrame
from telephony.media.playout.concealment import Concealer
from telephony.media.playout.jitter_counts import JitterTally
from telephony.media.samples import FRAME_MS, Samples, silence

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
