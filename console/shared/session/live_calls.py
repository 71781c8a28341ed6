"""Current calls as reported by the phone; state, ports and events of ``DeskPresenter``.

Only confirmed facts are stored: a call is on hold after the remote party has agreed, not after
the key press.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from sync.register.calls.calls import (
    CallProblem,
    CallRecord,
    CallResult,
    CallRoute,
    NewCall,
    RequestWay,
)
from sync.register.handling.contents import Confidential
from sync.register.handling.events import Doer
from sync.register.handling.handled import StepDone
from sync.register.handling.history import StepRefused
from sync.register.messages import MessageRecord
from sync.register.people.operators import Operator
from telephony.events import (
    CallFacts,
    CallHeld,
    CallProgressed,
    CallResumed,
    CallRinging,
    CallSnapshot,
    ConferenceChanged,
    Direction,
    MuteChanged,
    RecordingChanged,
    RecordingState,
    Side,
    TransferProgressed,
    TransferState,
)


class LineState(StrEnum):
    """State of the workplace's line."""

    FREE = "free"
    RINGING = "ringing"
    DIALLING = "dialling"
    """An outgoing call is being dialled and no other call is established."""
    TALKING = "talking"
    """At least one call is established or on hold."""
    WRAP_UP = "wrap-up"


@dataclass(frozen=True, slots=True)
class HandOver:
    """Transfer in progress; `target` is the dialled number."""

    target: str
    is_attended: bool


@dataclass(frozen=True, slots=True)
class LiveCall:
    """One call as reported by the phone; times are UTC.

    `spoken_since` is the time of the answer or of the last resume, `held_since` the time when the
    remote party confirmed the hold. A call with `consultation_of` is a consultation about another
    caller and has no record.
    """

    call_id: str
    direction: Direction
    number: str
    name: str
    line: str
    rang_at: datetime
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    muted: bool = False
    far_rings: bool = False
    spoken_since: datetime | None = None
    held_since: datetime | None = None
    held_by_far: bool = False
    consultation_of: str | None = None
    hand_over: HandOver | None = None
    recording: RecordingState | None = None
    facts: CallFacts = CallFacts()
    further_tries: int = 0
    last_try_at: datetime | None = None

    @property
    def is_up(self) -> bool:
        return self.answered_at is not None and self.ended_at is None

    @property
    def is_dialled(self) -> bool:
        """Whether this is an outgoing call that is not answered yet."""
        waits = self.answered_at is None and self.ended_at is None
        return waits and self.direction is Direction.OUTGOING

    @property
    def is_offered(self) -> bool:
        """Whether this is an incoming call that is not answered yet."""
        waits = self.answered_at is None and self.ended_at is None
        return waits and self.direction is Direction.INCOMING


@dataclass(frozen=True, slots=True)
class Lines:
    """Line state with the active call, the waiting calls and the other established calls.

    `conference` contains the ids of the joined calls.
    """

    line: LineState = LineState.FREE
    call: LiveCall | None = None
    waiting: tuple[LiveCall, ...] = ()
    others: tuple[LiveCall, ...] = ()
    conference: tuple[str, ...] = ()


CallFact = (
    CallProgressed
    | CallHeld
    | CallResumed
    | MuteChanged
    | TransferProgressed
    | RecordingChanged
    | ConferenceChanged
)
"""Events of an established or ringing call, except its answer."""


class LiveCalls:
    """Calls by id, oldest first; ended calls are retained until their record is saved."""

    def __init__(self) -> None:
        self._calls: dict[str, LiveCall] = {}
        self._conference: tuple[str, ...] = ()
        self._consultations: dict[str, str] = {}

    def __contains__(self, call_id: object) -> bool:
        return call_id in self._calls

    def __iter__(self) -> Iterator[LiveCall]:
        return iter(tuple(self._calls.values()))

    def get(self, call_id: str) -> LiveCall | None:
        return self._calls.get(call_id)

    def forget(self, call_id: str) -> None:
        """Removes a call that is recorded or needs no record."""
        self._calls.pop(call_id, None)
        self._consultations.pop(call_id, None)

    def expect_consultation(self, call_id: str, caller_id: str) -> None:
        """Marks a call before it starts as a consultation about a caller."""
        self._consultations[call_id] = caller_id

    def begin(self, ringing: CallRinging) -> LiveCall:
        """Adds an incoming or outgoing call."""
        call = LiveCall(
            call_id=ringing.call_id,
            direction=ringing.direction,
            number=ringing.caller_number,
            name=ringing.caller_name,
            line=ringing.dialled_line,
            rang_at=ringing.at,
            consultation_of=self._consultations.get(ringing.call_id),
            facts=ringing.facts,
        )
        self._calls[call.call_id] = call
        return call

    def take_over(self, snapshot: CallSnapshot) -> LiveCall:
        """Adds a call that the phone accepted while no console ran; the answer is applied
        separately.
        """
        if snapshot.consultation_of is not None:
            self._consultations[snapshot.call_id] = snapshot.consultation_of
        return self.begin(
            CallRinging(
                snapshot.call_id,
                snapshot.direction,
                snapshot.caller_number,
                snapshot.caller_name,
                snapshot.dialled_line,
                snapshot.rang_at,
                snapshot.facts,
            )
        )

    def show_again(self, snapshot: CallSnapshot, now: datetime) -> None:
        """Updates a known call from the phone's snapshot."""
        call = self._calls.get(snapshot.call_id)
        if call is None:
            return
        held = Side.NEAR in snapshot.held_by
        self._calls[call.call_id] = replace(
            call,
            muted=snapshot.muted,
            recording=snapshot.recording,
            held_since=(call.held_since or now) if held else None,
            held_by_far=Side.FAR in snapshot.held_by,
            further_tries=snapshot.further_tries,
            last_try_at=snapshot.last_try_at,
        )

    def answered(self, call_id: str, at: datetime) -> None:
        call = self._calls.get(call_id)
        if call is not None:
            self._calls[call_id] = replace(call, answered_at=at, spoken_since=at)

    def ended(self, call_id: str, at: datetime) -> None:
        call = self._calls.get(call_id)
        if call is not None:
            self._calls[call_id] = replace(call, ended_at=at, hand_over=None)

    def take(self, fact: CallFact) -> LiveCall | None:
        """Applies an event; returns the updated call, or None if the call is unknown or ended."""
        if isinstance(fact, ConferenceChanged):
            self._conference = fact.call_ids
            return None
        call = self._calls.get(fact.call_id)
        if call is None or call.ended_at is not None:
            return None
        changed = self._with(call, fact)
        self._calls[call.call_id] = changed
        return changed

    def _with(
        self,
        call: LiveCall,
        fact: CallProgressed
        | CallHeld
        | CallResumed
        | MuteChanged
        | TransferProgressed
        | RecordingChanged,
    ) -> LiveCall:
        match fact:
            case CallProgressed():
                return replace(call, far_rings=True)
            case CallHeld(at=at, by=Side.NEAR):
                return replace(call, held_since=at)
            case CallHeld():
                return replace(call, held_by_far=True)
            case CallResumed(at=at, by=Side.NEAR):
                return replace(call, held_since=None, spoken_since=at)
            case CallResumed():
                return replace(call, held_by_far=False)
            case MuteChanged(muted=muted):
                return replace(call, muted=muted)
            case TransferProgressed(state=state, target=target):
                under_way = state in (TransferState.REQUESTED, TransferState.PROCEEDING)
                is_attended = self.consulted_about(call.call_id) is not None
                return replace(call, hand_over=HandOver(target, is_attended) if under_way else None)
            case RecordingChanged(state=state):
                runs = state not in (RecordingState.STOPPED, RecordingState.FAILED)
                return replace(call, recording=state if runs else None)

    def consulted_about(self, caller_id: str) -> LiveCall | None:
        """Returns the active consultation about this caller, or None."""
        for call in self._calls.values():
            if call.consultation_of == caller_id and call.ended_at is None:
                return call
        return None

    def lines(self) -> Lines:
        """Returns the line state.

        The active call is, in this order, the dialled call, the conversation resumed last, or the
        call held last. Waiting calls rank after these.
        """
        live = [call for call in self._calls.values() if call.ended_at is None]
        up = [call for call in live if call.is_up]
        dialled = [call for call in live if call.is_dialled]
        offered = [call for call in live if call.is_offered]
        conference = tuple(
            each for each in self._conference if any(each == call.call_id for call in up)
        )
        front = _in_front(up, dialled)
        if front is not None:
            return Lines(
                LineState.TALKING if up else LineState.DIALLING,
                front,
                tuple(offered),
                tuple(call for call in (*up, *dialled) if call is not front),
                conference,
            )
        if offered:
            return Lines(LineState.RINGING, offered[0], tuple(offered[1:]))
        over = [call for call in self._calls.values() if call.ended_at and call.answered_at]
        if over:
            return Lines(LineState.WRAP_UP, over[-1])
        return Lines()


def _in_front(up: list[LiveCall], dialled: list[LiveCall]) -> LiveCall | None:
    if dialled:
        return dialled[-1]
    open_calls = [call for call in up if call.held_since is None]
    if open_calls:
        return max(open_calls, key=lambda call: call.spoken_since or call.rang_at)
    if up:
        return max(up, key=lambda call: call.held_since or call.rang_at)
    return None


def route_of(call: LiveCall) -> CallRoute:
    """Route of the call according to its SIP headers."""
    sent_on = call.facts.diversions
    queue = "" if call.facts.queue == call.line else call.facts.queue
    return CallRoute(queue, call.facts.referred_by, sent_on[0].number if sent_on else "")


class PhonePort(Protocol):
    """Commands of the call cards to the phone; those of the operator are in `CallControl`."""

    def forget(self, call_id: str) -> None: ...


class RegisterPort(Protocol):
    """Writes to the call register; each future resolves after COMMIT."""

    def open_card(self, call: NewCall, operator: Operator) -> Future[CallRecord]: ...

    def open_by_hand(self, way: RequestWay, operator: Operator) -> Future[CallRecord]: ...

    def open_further(self, card: CallRecord, operator: Operator) -> Future[CallRecord]: ...

    def save_draft(self, card: CallRecord) -> Future[CallRecord]: ...

    def close(self, card: CallRecord) -> Future[CallRecord]: ...

    def save_message(self, message: MessageRecord) -> Future[MessageRecord]: ...

    def drop_message(self, id: UUID) -> Future[None]: ...

    def register_message(
        self,
        message: MessageRecord,
        card: CallRecord,
        *,
        by: Operator | None = None,
        confidential: frozenset[Confidential] = frozenset(),
    ) -> Future[tuple[MessageRecord, CallRecord]]: ...

    def hand_in(
        self,
        draft: MessageRecord,
        by: Doer,
        *,
        confidential: frozenset[Confidential] = ...,
        card: CallRecord | None = ...,
    ) -> Future[StepDone | StepRefused]: ...


@dataclass(frozen=True, slots=True)
class DeskState:
    """View state of calls and the active card; see `Lines` for the calls."""

    line: LineState = LineState.FREE
    call: LiveCall | None = None
    waiting: tuple[LiveCall, ...] = ()
    others: tuple[LiveCall, ...] = ()
    conference: tuple[str, ...] = ()
    card: CallRecord | None = None
    closes_at_end: bool = False
    saved_at: datetime | None = None
    problems: tuple[CallProblem, ...] = ()
    store_failed: bool = False

    @property
    def of_calls(self) -> tuple[object, ...]:
        """Part of the state that does not change while the operator edits the card."""
        return (
            self.line,
            self.call,
            self.waiting,
            self.others,
            self.conference,
            self.closes_at_end,
        )


@dataclass(frozen=True, slots=True)
class CardSaved:
    """A record was saved; `by_itself` if automatically, as for a missed call.

    `goes_on`: another record of the same call is active.
    """

    card: CallRecord
    by_itself: bool
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class CallPurpose:
    """Context of an outgoing call, copied to its record.

    With a `result` the record is complete and closes at the end of the call.
    """

    content: str = ""
    result: CallResult | None = None
