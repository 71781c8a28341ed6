"""Registry of call snapshots: live calls, and ended calls until the console acknowledges them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from telephony.events import (
    CallEnded,
    CallRinging,
    CallSnapshot,
    Direction,
    EndCause,
    RecordingChanged,
    RecordingState,
    Side,
)

ENDED_LIMIT = 1000
"""Limit on unacknowledged ended calls, to bound the memory."""
ONE_CALLER = timedelta(minutes=2)
"""Maximum time between two missed calls of one caller that count as one missed call, because a
queue may offer the same caller repeatedly. The register's list of missed calls of several
workplaces does the same (``sync.register.missed_calls``).
"""


class CallBook:
    """Call snapshots by call ID, oldest first."""

    def __init__(self) -> None:
        self._calls: dict[str, CallSnapshot] = {}

    def find(self, call_id: str) -> CallSnapshot | None:
        """Returns the call, live or ended."""
        return self._calls.get(call_id)

    def snapshots(self) -> tuple[CallSnapshot, ...]:
        """Returns all calls."""
        return tuple(self._calls.values())

    @property
    def has_live(self) -> bool:
        return any(call.ended is None for call in self._calls.values())

    @property
    def rings_alone(self) -> bool:
        """Whether a call is ringing and no call is established."""
        return bool(self.ringing()) and not self.established()

    def established(self) -> tuple[str, ...]:
        """Returns the IDs of the established calls."""
        return tuple(
            call.call_id
            for call in self._calls.values()
            if call.ended is None and call.answered_at is not None
        )

    def talking(self) -> tuple[str, ...]:
        """Returns the IDs of the established calls not held by this side."""
        return tuple(
            call_id
            for call_id in self.established()
            if Side.NEAR not in self._calls[call_id].held_by
        )

    def ringing(self) -> tuple[str, ...]:
        """Returns the IDs of the ringing incoming calls."""
        return tuple(
            call.call_id
            for call in self._calls.values()
            if call.ended is None
            and call.answered_at is None
            and call.direction is Direction.INCOMING
        )

    def is_held(self, call_id: str) -> bool:
        """Whether this side holds the call."""
        call = self._calls.get(call_id)
        return call is not None and Side.NEAR in call.held_by

    def is_live(self, call_id: str) -> bool:
        """Whether the call is in the registry and has not ended."""
        call = self._calls.get(call_id)
        return call is not None and call.ended is None

    def is_up(self, call_id: str) -> bool:
        """Whether the call was answered and has not ended."""
        call = self._calls.get(call_id)
        return call is not None and call.answered_at is not None and call.ended is None

    def replaced_by(self, call_id: str) -> str | None:
        """Returns the ID of the call that this call replaces (RFC 3891), None if it replaces no
        call.
        """
        call = self._calls.get(call_id)
        return None if call is None else call.facts.replaces

    def consultation(self, call_id: str) -> tuple[str, str] | None:
        """Returns the IDs of a held call and of its consultation call; None if not both are live.
        ``call_id`` is either of them.
        """
        for call in self._calls.values():
            asked = call.consultation_of
            if asked is None or call.ended is not None or call_id not in (call.call_id, asked):
                continue
            if asked in self._calls and self._calls[asked].ended is None:
                return asked, call.call_id
        return None

    def begin(self, ringing: CallRinging, consultation_of: str | None = None) -> None:
        """Adds a new call."""
        # A Call-ID reused after the end of its call is a new call, and the newest one.
        self._calls.pop(ringing.call_id, None)
        self._calls[ringing.call_id] = CallSnapshot(
            ringing.call_id,
            ringing.direction,
            ringing.caller_number,
            ringing.caller_name,
            ringing.dialled_line,
            ringing.at,
            facts=ringing.facts,
            consultation_of=consultation_of,
        )

    def answered(self, call_id: str, at: datetime) -> None:
        """Marks a call as established."""
        self._calls[call_id] = replace(self._calls[call_id], answered_at=at)

    def held(self, call_id: str, side: Side, held: bool) -> None:
        """Records whether ``side`` holds the call."""
        call = self._calls[call_id]
        others = tuple(each for each in call.held_by if each is not side)
        self._calls[call_id] = replace(call, held_by=(*others, side) if held else others)

    def muted(self, call_id: str, muted: bool) -> None:
        """Updates the mute state of the call."""
        self._calls[call_id] = replace(self._calls[call_id], muted=muted)

    def recorded(self, told: RecordingChanged) -> None:
        """Updates the recording state of a call. On a slow disk this may happen after the end of
        the call.
        """
        call = self._calls.get(told.call_id)
        if call is None:
            return
        begun = (told,) if told.state is RecordingState.STARTED else ()
        self._calls[told.call_id] = replace(
            call, recording=told.state, recordings=(*call.recordings, *begun)
        )

    def ended(self, ended: CallEnded) -> None:
        """Marks a call as ended, and drops the oldest ended calls above the limit."""
        self._calls[ended.call_id] = replace(self._calls[ended.call_id], ended=ended)
        over = [call.call_id for call in self._calls.values() if call.ended is not None]
        for call_id in over[: max(0, len(over) - ENDED_LIMIT)]:
            del self._calls[call_id]

    def count_as_try(self, call_id: str, among: Collection[str]) -> None:
        """Merges a missed call into an earlier missed call of the same caller, if ``among``
        contains one within ``ONE_CALLER``.
        """
        call = self._calls.get(call_id)
        if call is None or not _came_in_vain(call) or not call.caller_number:
            return
        for first in self._calls.values():
            is_asked_for = first.call_id in among and first.call_id != call_id
            same = is_asked_for and first.caller_number == call.caller_number
            # The absolute difference is used because the clock may have been set back between the
            # calls.
            is_near = abs(call.rang_at - first.rang_at) <= ONE_CALLER
            if same and _came_in_vain(first) and is_near:
                self._calls[first.call_id] = replace(
                    first, further_tries=first.further_tries + 1, last_try_at=call.rang_at
                )
                del self._calls[call_id]
                return

    def forget(self, call_id: str) -> None:
        """Removes an ended call; does nothing for a live call."""
        call = self._calls.get(call_id)
        if call is not None and call.ended is not None:
            del self._calls[call_id]


def _came_in_vain(call: CallSnapshot) -> bool:
    """Whether the incoming call ended and no phone, here or elsewhere, answered it."""
    return (
        call.direction is Direction.INCOMING
        and call.answered_at is None
        and call.ended is not None
        and call.ended.cause is not EndCause.ANSWERED_ELSEWHERE
    )
