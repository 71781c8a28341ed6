"""Digits inside RTP: telephone-event payloads (RFC 4733)."""

from __future__ import annotations

_DIGITS = "0123456789*#ABCD"
_EVENT_BYTES = 4


class DigitReceiver:
    """Turns telephone-event packets into digits, each one once; used by one thread.

    All packets of one key press carry the same RTP timestamp, so a lost first packet or the
    three copies of the last one change nothing (RFC 4733, section 2.5.1).
    """

    def __init__(self) -> None:
        self._last: tuple[int, int] | None = None

    def take(self, timestamp: int, payload: bytes) -> str | None:
        """The digit that this packet begins, or None: going on, not a digit, or malformed."""
        if len(payload) < _EVENT_BYTES:
            return None
        event = payload[0]
        if event >= len(_DIGITS) or self._last == (timestamp, event):
            return None
        self._last = (timestamp, event)
        return _DIGITS[event]
