"""The calls a phone knows: live ones, and ended ones until somebody has taken note of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from telephony.events import CallEnded, CallRinging, CallSnapshot, Direction

# Ended calls that nobody forgets must not fill the memory.
_ENDED_LIMIT = 1000


class CallBook:
    """Snapshots by call id, oldest first."""

    def __init__(self) -> None:
        self._calls: dict[str, CallSnapshot] = {}

    def find(self, call_id: str) -> CallSnapshot | None:
        """The call, live or ended."""
        return self._calls.get(call_id)

    def snapshots(self) -> tuple[CallSnapshot, ...]:
        """All calls."""
        return tuple(self._calls.values())

    @property
    def has_live(self) -> bool:
        return any(call.ended is None for call in self._calls.values())

    @property
    def rings_alone(self) -> bool:
        """Whether a call waits for an answer while nobody is talking."""
        live = [call for call in self._calls.values() if call.ended is None]
        return any(
            call.answered_at is None and call.direction is Direction.INCOMING for call in live
        ) and not any(call.answered_at is not None for call in live)

    def established(self) -> tuple[str, ...]:
        """The ids of the calls that are up."""
        return tuple(
            call.call_id
            for call in self._calls.values()
            if call.ended is None and call.answered_at is not None
        )

    def begin(self, ringing: CallRinging) -> None:
        """A call has begun."""
        # A Call-ID that comes back after its call's end is a new call, and the youngest.
        self._calls.pop(ringing.call_id, None)
        self._calls[ringing.call_id] = CallSnapshot(
            ringing.call_id,
            ringing.direction,
            ringing.caller_number,
            ringing.caller_name,
            ringing.dialled_line,
            ringing.at,
            facts=ringing.facts,
        )

    def answered(self, call_id: str, at: datetime) -> None:
        """A call is up."""
        self._calls[call_id] = replace(self._calls[call_id], answered_at=at)

    def ended(self, ended: CallEnded) -> None:
        """A call is over."""
        self._calls[ended.call_id] = replace(self._calls[ended.call_id], ended=ended)
        over = [call.call_id for call in self._calls.values() if call.ended is not None]
        for call_id in over[: max(0, len(over) - _ENDED_LIMIT)]:
            del self._calls[call_id]

    def forget(self, call_id: str) -> None:
        """Drop an ended call; a live one stays."""
        call = self._calls.get(call_id)
        if call is not None and call.ended is not None:
            del self._calls[call_id]
