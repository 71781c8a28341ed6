"""Commands to the phone that nobody has confirmed yet, and the events that confirm them."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from telephony.events import (
    CallAnswered,
    CallEnded,
    CallHeld,
    CallResumed,
    CallRinging,
    CommandRefused,
    ConferenceChanged,
    MuteChanged,
    PhoneDisconnected,
    PhoneEvent,
    RecordingChanged,
    Side,
    TransferProgressed,
)

CONFIRM_S = 3.0
"""What the far side has not confirmed by then is told as not done."""


class Asked(StrEnum):
    """What was asked of the phone, under its own name for the command."""

    ANSWER = "answer"
    HANG_UP = "hang_up"
    HOLD = "hold"
    RESUME = "resume"
    MUTE = "set_muted"
    RECORD = "record"
    TRANSFER = "transfer"
    CONSULT = "consult"
    CONNECT = "complete"
    CONFERENCE = "set_conference"
    DIAL = "call"


class PendingCommands:
    """By call and command; times are seconds of one monotonic clock.

    A consultation is asked for under its caller's id, and confirmed by the ring of its own call.
    """

    def __init__(self) -> None:
        self._asked: dict[tuple[str, Asked], float] = {}
        self._callers: dict[str, str] = {}

    def __bool__(self) -> bool:
        return bool(self._asked)

    def __contains__(self, wanted: object) -> bool:
        return wanted in self._asked

    def of(self, call_ids: set[str]) -> frozenset[Asked]:
        """What is asked for these calls."""
        return frozenset(asked for call_id, asked in self._asked if call_id in call_ids)

    def ask(self, call_id: str, asked: Asked, now_s: float) -> None:
        self._asked[(call_id, asked)] = now_s

    def consulted(self, consultation_id: str, caller_id: str) -> None:
        """The call of this id is the consultation that was asked for."""
        self._callers[consultation_id] = caller_id

    def overdue(self, now_s: float) -> tuple[Asked, ...]:
        """What was not confirmed in time; it is forgotten with this."""
        late = [key for key, at_s in self._asked.items() if now_s - at_s >= CONFIRM_S]
        for key in late:
            del self._asked[key]
        return tuple(asked for _call_id, asked in late)

    def take(self, event: PhoneEvent) -> bool:
        """Whether the event has confirmed something, or made an end of it."""
        done = [key for key in self._settled_by(event) if key in self._asked]
        for key in done:
            del self._asked[key]
        return bool(done)

    def _settled_by(self, event: PhoneEvent) -> Iterator[tuple[str, Asked]]:
        match event:
            case CallRinging(call_id=call_id):
                yield call_id, Asked.DIAL
                yield self._callers.pop(call_id, ""), Asked.CONSULT
            case CallEnded(call_id=call_id):
                yield from tuple(key for key in self._asked if key[0] == call_id)
            case CommandRefused(call_id=call_id, command=command):
                if command in set(Asked):
                    yield call_id or "", Asked(command)
                if command == Asked.CONFERENCE:
                    yield from self._conferences()
            case ConferenceChanged():
                yield from self._conferences()
            case PhoneDisconnected():
                yield from tuple(self._asked)
            case _:
                yield from _settled_in_call(event)

    def _conferences(self) -> tuple[tuple[str, Asked], ...]:
        return tuple(key for key in self._asked if key[1] is Asked.CONFERENCE)


def _settled_in_call(event: PhoneEvent) -> Iterator[tuple[str, Asked]]:
    match event:
        case CallAnswered(call_id=call_id):
            yield call_id, Asked.ANSWER
        case CallHeld(call_id=call_id, by=Side.NEAR):
            yield call_id, Asked.HOLD
        case CallResumed(call_id=call_id, by=Side.NEAR):
            yield call_id, Asked.RESUME
        case MuteChanged(call_id=call_id):
            yield call_id, Asked.MUTE
        case RecordingChanged(call_id=call_id):
            yield call_id, Asked.RECORD
        case TransferProgressed(call_id=call_id):
            yield call_id, Asked.TRANSFER
            yield call_id, Asked.CONNECT
        case _:
            return
