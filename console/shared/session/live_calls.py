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
    """What the line of this workplace is doing."""

    FREE = "free"
    RINGING = "ringing"
    DIALLING = "dialling"
    """We call somebody, and talk to nobody else."""
    TALKING = "talking"
    """At least one call is up, also on hold."""
    WRAP_UP = "wrap-up"


@dataclass(frozen=True, slots=True)
class HandOver:
    """A transfer that is under way; ``target`` is the number that is called for the caller."""

    target: str
    is_attended: bool


@dataclass(frozen=True, slots=True)
class LiveCall:
    """One call as the phone tells it; moments are UTC.

    ``spoken_since`` is when it was answered or last taken up again, ``held_since`` when the far
    side agreed to our hold. A call with ``consultation_of`` is made about another caller and has
    no record of its own.
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
        """Whether we call and nobody has answered yet."""
        waits = self.answered_at is None and self.ended_at is None
        return waits and self.direction is Direction.OUTGOING

    @property
    def is_offered(self) -> bool:
        """Whether it waits for an answer of ours."""
        waits = self.answered_at is None and self.ended_at is None
        return waits and self.direction is Direction.INCOMING


@dataclass(frozen=True, slots=True)
class Lines:
    """The call in front, those that wait for an answer, and the others that are up.

    ``conference`` are the ids of the calls that hear each other.
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
"""What may happen to a call between its ring and its end, its answer apart."""


class LiveCalls:
    """Calls by id, oldest first, with those that are over until their record is safe."""

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
        """Its record is safe, or there never was one."""
        self._calls.pop(call_id, None)
        self._consultations.pop(call_id, None)

    def expect_consultation(self, call_id: str, caller_id: str) -> None:
        """The call of this id, which is about to be made, is a consultation about a caller."""
        self._consultations[call_id] = caller_id

    def begin(self, ringing: CallRinging) -> LiveCall:
        """A call rings here, or ours goes out."""
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
        """A call that the phone kept while no console was there; its answer is told apart."""
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
        """Bring a known call up to what the phone says of it now."""
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
        """Note a fact; the call as it is now, None where it concerns no call that is known."""
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
        """The live call that was made about this caller."""
        for call in self._calls.values():
            if call.consultation_of == caller_id and call.ended_at is None:
                return call
        return None

    def lines(self) -> Lines:
        """What the line is doing.

        In front is whom we call; else whom we talk to, the one taken up last; else whom we hold,
        the one held last. Who waits for an answer never comes before these.
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
    """On which way the call came, as the phone has read it from its headers."""
    sent_on = call.facts.diversions
    queue = "" if call.facts.queue == call.line else call.facts.queue
    return CallRoute(queue, call.facts.referred_by, sent_on[0].number if sent_on else "")


class PhonePort(Protocol):
    """What the desk asks of the phone; what the operator asks of it is ``CallControl``'s."""

    def forget(self, call_id: str) -> None: ...


class RegisterPort(Protocol):
    """What the desk asks of the register; a future resolves after COMMIT and not before."""

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
    """All that the window shows of calls and the card in front; see ``Lines`` for the calls."""

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
        """What stays as it is while somebody only types into the card in front."""
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
    """A record is safe on disk; ``by_itself`` when nobody asked, as for a missed call.

    ``goes_on``: another record of the same call is in front.
    """

    card: CallRecord
    by_itself: bool
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class CallPurpose:
    """Why somebody is called: what the record of that call begins with.

    With a ``result`` the record is complete and closes with the call.
    """

    content: str = ""
    result: CallResult | None = None
