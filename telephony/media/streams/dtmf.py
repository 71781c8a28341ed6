"""Sends and receives DTMF digits as telephone events in RTP (RFC 4733)."""

from __future__ import annotations

import struct
from collections import deque
from dataclasses import dataclass

from telephony.media.samples import FRAME_MS

_DIGITS = "0123456789*#ABCD"
_EVENT = struct.Struct("!BBH")
_END = 0x80
_VOLUME_DBM0 = 10  # below 0 dBm0
_TONE_FRAMES = 100 // FRAME_MS
_GAP_FRAMES = 100 // FRAME_MS
_END_COPIES = 3
_LONGEST_TICKS = 0xFFFF
_REORDERING_TICKS = 24_000


def read_digits(text: str) -> str:
    """Returns the digits in upper case; raises ValueError for any other character."""
    digits = text.upper()
    if not digits or not set(digits) <= set(_DIGITS):
        raise ValueError("not DTMF digits")
    return digits


class DigitReceiver:
    """Converts telephone-event packets to digits, each one once; used by one thread.

    All packets of one key press have the same RTP timestamp, so a lost first packet or the three
    copies of the last one have no effect (RFC 4733, section 2.5.1). A press longer than the maximum
    duration continues under another timestamp (section 2.5.1.3).
    """

    def __init__(self) -> None:
        self._event: int | None = None
        self._timestamp = 0
        self._has_ended = False

    def take(self, timestamp: int, payload: bytes) -> str | None:
        """Returns the digit that this packet starts; None if it continues one or is malformed."""
        if len(payload) < _EVENT.size:
            return None
        event, flags, _duration = _EVENT.unpack_from(payload)
        if event >= len(_DIGITS):
            return None
        later = (timestamp - self._timestamp) & 0xFFFFFFFF
        if self._event is not None:
            if later > 0xFFFFFFFF - _REORDERING_TICKS:
                # A late packet of the previous press, which was already reported.
                return None
            if event == self._event and (
                later == 0 or (later == _LONGEST_TICKS and not self._has_ended)
            ):
                self._timestamp = timestamp
                self._has_ended = self._has_ended or bool(flags & _END)
                return None
        self._event, self._timestamp, self._has_ended = event, timestamp, bool(flags & _END)
        return _DIGITS[event]

    def reset(self) -> None:
        """Resets the state for another source, which has other timestamps."""
        self._event = None


@dataclass(frozen=True, slots=True)
class EventPacket:
    """One telephone-event packet; ``begins`` is True for the first one of a key press."""

    payload: bytes
    begins: bool


class DigitSender:
    """Converts digits to telephone-event packets, one per frame of 20 ms.

    Each digit lasts 100 ms and is followed by 100 ms of silence. Its last packet is sent three
    times, one frame apart. queue() is thread-safe; the rest is for the media thread.
    """

    def __init__(self) -> None:
        self._waiting: deque[str] = deque()
        self._event: int | None = None
        self._age_frames = 0

    @property
    def is_active(self) -> bool:
        """Whether a digit is being sent or queued, which blocks audio."""
        return self._event is not None or bool(self._waiting)

    def queue(self, digits: str) -> None:
        """Queues digits validated by read_digits()."""
        self._waiting.extend(digits)

    def clear(self) -> None:
        """Cancels all digits."""
        self._waiting.clear()
        self._event = None

    def next_frame(self, frame_ticks: int) -> EventPacket | None:
        """Returns the packet of this frame; None in the silence after a digit."""
        begins = self._event is None
        if self._event is None:
            self._event = _DIGITS.index(self._waiting.popleft())
            self._age_frames = 0
        age = self._age_frames
        self._age_frames += 1
        event = self._event
        if self._age_frames >= _TONE_FRAMES + _GAP_FRAMES:
            self._event = None
        if age >= _TONE_FRAMES - 1 + _END_COPIES:
            return None
        sounded = min(age + 1, _TONE_FRAMES)
        end = _END if sounded == _TONE_FRAMES else 0
        payload = _EVENT.pack(event, end | _VOLUME_DBM0, sounded * frame_ticks)
        return EventPacket(payload, begins)
