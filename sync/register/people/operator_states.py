"""State machine of an operator: ready, break, call, wrap-up; state times for reports.

The state an operator chose is separate from events that overlay it: a call, its wrap-up, a lost
phone, a locked workplace. After them the chosen state applies again. All functions are pure; times
are timezone-aware arguments.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import zip_longest
from typing import assert_never
from uuid import UUID

OPERATOR_STATE_SCHEMA_VERSION = 1

UNANSWERED = "unanswered"
"""The reason of who is not ready because a ring was left unanswered."""

NO_RIGHT = "no_right"
"""The reason of who is not ready because a role takes no calls."""


class Doing(StrEnum):
    """What an operator is doing."""

    OFFLINE = "offline"
    """Nobody has signed in, or no call can come: the phone is away."""
    READY = "ready"
    TALKING = "talking"
    WRAP_UP = "wrap_up"
    """The record of the last call is being finished."""
    NOT_READY = "not_ready"
    """At other work."""
    BREAK = "break"
    AWAY = "away"
    """The desk is locked."""


class Cause(StrEnum):
    """Why the state has changed."""

    CHOSEN = "chosen"
    """The operator wanted it."""
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    CALL_TAKEN = "call_taken"
    CALL_OVER = "call_over"
    RECORD_SAVED = "record_saved"
    RECORD_REOPENED = "record_reopened"
    """That it was saved was taken back at once."""
    WRAP_UP_OVER = "wrap_up_over"
    """Its time has run out."""
    RING_UNANSWERED = "ring_unanswered"
    PHONE_LOST = "phone_lost"
    PHONE_BACK = "phone_back"
    LOCKED = "locked"
    UNLOCKED = "unlocked"
    PROGRAM_ENDED = "program_ended"
    """The program ended without a word, found at its next start: since when is not known."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What an operator chose to be between calls; ``reason`` is a code or words of the city."""

    doing: Doing
    reason: str = ""


READY = Standing(Doing.READY)


@dataclass(frozen=True, slots=True)
class StateRules:
    """How long a wrap-up takes; zero seconds is none.

    It may be made longer by ``extension_s`` so many times. With ``ends_with_record`` it is over
    once the record is saved or put aside, else when its time is.
    """

    wrap_up_s: int = 45
    extension_s: int = 30
    extensions: int = 10
    ends_with_record: bool = True


@dataclass(frozen=True, slots=True)
class WrapUp:
    """A wrap-up that goes on until ``ends_at``; ``whole_s`` is how long it is in all."""

    ends_at: datetime
    whole_s: int
    extensions: int = 0


@dataclass(frozen=True, slots=True)
class OperatorStatus:
    """Everything that makes up an operator's state; ``since`` is when its ``doing`` began."""

    since: datetime
    standing: Standing = READY
    asked: Standing | None = None
    """What she wants to be after the call."""
    is_signed_in: bool = False
    has_phone: bool = False
    is_locked: bool = False
    is_talking: bool = False
    wrap_up: WrapUp | None = None
    cause: Cause = Cause.SIGNED_OUT

    @property
    def doing(self) -> Doing:
        """The gravest of what is so."""
        if not self.is_signed_in:
            return Doing.OFFLINE
        if self.is_talking:
            return Doing.TALKING
        if self.wrap_up is not None:
            return Doing.WRAP_UP
        if not self.has_phone:
            return Doing.OFFLINE
        return Doing.AWAY if self.is_locked else self.standing.doing

    @property
    def reason(self) -> str:
        """Of a break, or of being not ready."""
        return self.standing.reason if self.doing is self.standing.doing else ""

    @property
    def next(self) -> Standing:
        """What comes after the call and its wrap-up."""
        return self.asked or self.standing

    @property
    def wants_calls(self) -> bool:
        """Whether the telephone may ring: never in a wrap-up, a break or behind a lock.

        A second call may, unless she wants something else after the first. A lost phone changes
        nothing: it is to ring as soon as it is back.
        """
        if not self.is_signed_in or self.is_locked or self.standing.doing is not Doing.READY:
            return False
        if self.is_talking:
            return self.next.doing is Doing.READY
        return self.wrap_up is None

    def may_extend(self, rules: StateRules) -> bool:
        """Whether the wrap-up may be made longer."""
        return self.wrap_up is not None and self.wrap_up.extensions < rules.extensions


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody sits down at this desk, whose role takes calls or does not."""

    takes_calls: bool = True


@dataclass(frozen=True, slots=True)
class SignedOut:
    """She leaves it, or the program ends."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """She wants to be this: now, or after the call that is up and its wrap-up."""

    standing: Standing


@dataclass(frozen=True, slots=True)
class CallTaken:
    """A first call is up."""


@dataclass(frozen=True, slots=True)
class CallsOver:
    """The last call that was up is over."""


@dataclass(frozen=True, slots=True)
class RecordDone:
    """The record of the last call is saved or put aside; ``be_ready`` asks for calls at once."""

    be_ready: bool = False


@dataclass(frozen=True, slots=True)
class RecordReopened:
    """The record that was saved ``at`` is being finished again; ``before`` is as it was then."""

    before: OperatorStatus
    at: datetime


@dataclass(frozen=True, slots=True)
class Extended:
    """She needs longer for the record."""


@dataclass(frozen=True, slots=True)
class TimePassed:
    """It is so late now."""


@dataclass(frozen=True, slots=True)
class RingUnanswered:
    """The telephone rang here, and nobody took it."""


@dataclass(frozen=True, slots=True)
class PhoneChanged:
    """The phone was lost, or is back."""

    is_there: bool


@dataclass(frozen=True, slots=True)
class LockChanged:
    """The desk was locked, or unlocked by the same person."""

    is_locked: bool


CallInput = (
    CallTaken | CallsOver | RecordDone | RecordReopened | Extended | TimePassed | RingUnanswered
)
"""What calls and their records bring."""
StateInput = CallInput | SignedIn | SignedOut | Chosen | PhoneChanged | LockChanged


@dataclass(frozen=True, slots=True)
class StateChange:
    """From ``at`` on the operator does something else: what is written down for the reports."""

    at: datetime
    former: Doing
    doing: Doing
    reason: str
    cause: Cause


def advance(
    status: OperatorStatus, given: StateInput, at: datetime, rules: StateRules
) -> OperatorStatus:
    """What the operator is after this; the same object where nothing changes."""
    made, cause = _after(status, given, at, rules)
    if made == status:
        return status
    if (made.doing, made.reason) == (status.doing, status.reason):
        return made
    # a clock that was put back makes no state end before it began
    return replace(made, since=max(at, status.since), cause=cause)


def change_between(before: OperatorStatus, after: OperatorStatus) -> StateChange | None:
    """What is to be written down, if anything."""
    if (before.doing, before.reason) == (after.doing, after.reason):
        return None
    return StateChange(after.since, before.doing, after.doing, after.reason, after.cause)


def _after(
    status: OperatorStatus, given: StateInput, at: datetime, rules: StateRules
) -> tuple[OperatorStatus, Cause]:
    match given:
        case SignedIn(takes_calls=takes_calls):
            fresh = OperatorStatus(
                status.since,
                READY if takes_calls else Standing(Doing.NOT_READY, NO_RIGHT),
                is_signed_in=True,
                has_phone=status.has_phone,
                is_talking=status.is_talking,
            )
            return fresh, Cause.SIGNED_IN
        case SignedOut():
            return replace(status, is_signed_in=False, wrap_up=None), Cause.SIGNED_OUT
        case Chosen(standing=standing):
            if status.is_talking or status.wrap_up is not None:
                asked = None if standing == status.standing else standing
                return replace(status, asked=asked), Cause.CHOSEN
            return replace(status, standing=standing), Cause.CHOSEN
        case PhoneChanged(is_there=is_there):
            cause = Cause.PHONE_BACK if is_there else Cause.PHONE_LOST
            return replace(status, has_phone=is_there), cause
        case LockChanged(is_locked=is_locked):
            cause = Cause.LOCKED if is_locked else Cause.UNLOCKED
            return replace(status, is_locked=is_locked), cause
        case _:
            return _after_call(status, given, at, rules)


def _after_call(
    status: OperatorStatus, given: CallInput, at: datetime, rules: StateRules
) -> tuple[OperatorStatus, Cause]:
    match given:
        case CallTaken():
            return replace(status, is_talking=True, wrap_up=None), Cause.CALL_TAKEN
        case CallsOver():
            return _calls_over(status, at, rules), Cause.CALL_OVER
        case RecordDone(be_ready=be_ready):
            return _record_done(status, be_ready, rules), Cause.RECORD_SAVED
        case RecordReopened(before=before, at=saved_at):
            return _record_reopened(status, before, at - saved_at), Cause.RECORD_REOPENED
        case Extended():
            return _extended(status, rules), Cause.CHOSEN
        case TimePassed():
            is_over = status.wrap_up is not None and at >= status.wrap_up.ends_at
            return _rested(status) if is_over else status, Cause.WRAP_UP_OVER
        case RingUnanswered():
            if status.doing is not Doing.READY:
                return status, Cause.RING_UNANSWERED
            away = Standing(Doing.NOT_READY, UNANSWERED)
            return replace(status, standing=away), Cause.RING_UNANSWERED
        case _ as unreachable:
            assert_never(unreachable)


def _calls_over(status: OperatorStatus, at: datetime, rules: StateRules) -> OperatorStatus:
    if not status.is_talking:
        return status
    over = replace(status, is_talking=False)
    if rules.wrap_up_s == 0:
        return _rested(over)
    ends_at = at + timedelta(seconds=rules.wrap_up_s)
    return replace(over, wrap_up=WrapUp(ends_at, rules.wrap_up_s))


def _record_done(status: OperatorStatus, be_ready: bool, rules: StateRules) -> OperatorStatus:
    if be_ready:
        # what was asked for before is what she has thought better of
        status = replace(status, standing=READY, asked=None)
    if status.wrap_up is not None and (be_ready or rules.ends_with_record):
        return _rested(status)
    return status


def _record_reopened(
    status: OperatorStatus, before: OperatorStatus, passed: timedelta
) -> OperatorStatus:
    """The wrap-up goes on where it stopped, unless a call has come between."""
    wrap_up = before.wrap_up
    if wrap_up is None or status.wrap_up is not None or status.is_talking:
        return status
    again = replace(wrap_up, ends_at=wrap_up.ends_at + max(passed, timedelta(0)))
    # what she chose since, or what was to come after the wrap-up, comes after it again
    asked = None if status.standing == before.standing else status.standing
    return replace(status, wrap_up=again, standing=before.standing, asked=asked)


def _extended(status: OperatorStatus, rules: StateRules) -> OperatorStatus:
    wrap_up = status.wrap_up
    if wrap_up is None or not status.may_extend(rules):
        return status
    longer = WrapUp(
        wrap_up.ends_at + timedelta(seconds=rules.extension_s),
        wrap_up.whole_s + rules.extension_s,
        wrap_up.extensions + 1,
    )
    return replace(status, wrap_up=longer)


def _rested(status: OperatorStatus) -> OperatorStatus:
    """Between calls again: what she asked for, else what she was before."""
    return replace(status, wrap_up=None, standing=status.next, asked=None)


@dataclass(frozen=True, slots=True)
class KeptChange:
    """A change as it stands in the register, with whose it is."""

    id: UUID
    operator_id: UUID
    operator_name: str
    change: StateChange


@dataclass(frozen=True, slots=True)
class StateTimes:
    """How long one operator did each thing; ``unknown`` is what a program that died left open."""

    by_doing: Mapping[Doing, timedelta]
    unknown: timedelta

    @property
    def occupancy(self) -> float | None:
        """(talk + wrap-up) / (talk + wrap-up + ready), 0 to 1; None where there was none of them.

        Hold is part of the talk here; a ring is part of being ready.
        """
        busy = self._of(Doing.TALKING) + self._of(Doing.WRAP_UP)
        whole = busy + self._of(Doing.READY)
        return busy / whole if whole else None

    def _of(self, doing: Doing) -> timedelta:
        return self.by_doing.get(doing, timedelta(0))


@dataclass(frozen=True, slots=True)
class Spell:
    """A state and how long it lasted within a period.

    Not ``is_known`` where a program died in it: then nobody knows when the state ended.
    """

    change: StateChange
    lasted: timedelta
    is_known: bool


def spells(changes: Iterable[KeptChange], start: datetime, until: datetime) -> Iterator[Spell]:
    """The states of one operator's changes, oldest first, cut to the period.

    The period may begin within a state, and the last state goes on ``until``. A change after the
    period counts only as the end of the state before it.
    """
    ordered = [kept.change for kept in changes]
    for change, later in zip_longest(ordered, ordered[1:]):
        end = until if later is None else min(later.at, until)
        if change.at < until and (end > start or change.at >= start):
            lasted = max(end - max(change.at, start), timedelta(0))
            yield Spell(change, lasted, later is None or later.cause is not Cause.PROGRAM_ENDED)


def state_times(changes: Iterable[KeptChange], start: datetime, until: datetime) -> StateTimes:
    """The times of one operator's changes, oldest first, within the period."""
    by_doing: dict[Doing, timedelta] = {}
    unknown = timedelta(0)
    for spell in spells(changes, start, until):
        if spell.is_known:
            doing = spell.change.doing
            by_doing[doing] = by_doing.get(doing, timedelta(0)) + spell.lasted
        else:
            unknown += spell.lasted
    return StateTimes(by_doing, unknown)
