"""State machine of an operator: ready, break, call, wrap-up; state times for reports.

The state chosen by an operator is separate from events that override it: a call, its wrap-up, a
lost phone, a locked workplace. After them the chosen state applies again. All functions are pure;
times are timezone-aware arguments.
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
"""Not-ready reason after a missed ring."""

NO_RIGHT = "no_right"
"""Not-ready reason of a role that takes no calls."""


class Doing(StrEnum):
    """State of an operator."""

    OFFLINE = "offline"
    """Not signed in, or the phone is unavailable."""
    READY = "ready"
    TALKING = "talking"
    WRAP_UP = "wrap_up"
    """The record of the last call is being completed."""
    NOT_READY = "not_ready"
    """Busy with other work."""
    BREAK = "break"
    AWAY = "away"
    """The workplace is locked."""


class Cause(StrEnum):
    """Cause of a state change."""

    CHOSEN = "chosen"
    """Chosen by the operator."""
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    CALL_TAKEN = "call_taken"
    CALL_OVER = "call_over"
    RECORD_SAVED = "record_saved"
    RECORD_REOPENED = "record_reopened"
    """Saving was reverted within a few seconds."""
    WRAP_UP_OVER = "wrap_up_over"
    """The time limit expired."""
    RING_UNANSWERED = "ring_unanswered"
    PHONE_LOST = "phone_lost"
    PHONE_BACK = "phone_back"
    LOCKED = "locked"
    UNLOCKED = "unlocked"
    PROGRAM_ENDED = "program_ended"
    """The program ended abnormally, found at its next start; the time of the end is unknown."""


@dataclass(frozen=True, slots=True)
class Standing:
    """State chosen between calls; ``reason`` is a code or a text of the city."""

    doing: Doing
    reason: str = ""


READY = Standing(Doing.READY)


@dataclass(frozen=True, slots=True)
class StateRules:
    """Rules of the wrap-up; zero seconds disables it.

    It may be extended by ``extension_s``, at most ``extensions`` times. With ``ends_with_record``
    it ends when the record is saved or suspended, otherwise when its time expires.
    """

    wrap_up_s: int = 45
    extension_s: int = 30
    extensions: int = 10
    ends_with_record: bool = True


@dataclass(frozen=True, slots=True)
class WrapUp:
    """A wrap-up until ``ends_at``; ``whole_s`` is its total duration."""

    ends_at: datetime
    whole_s: int
    extensions: int = 0


@dataclass(frozen=True, slots=True)
class OperatorStatus:
    """Complete status of an operator; ``since`` is the start of the current ``doing``."""

    since: datetime
    standing: Standing = READY
    asked: Standing | None = None
    """State requested for after the call."""
    is_signed_in: bool = False
    has_phone: bool = False
    is_locked: bool = False
    is_talking: bool = False
    wrap_up: WrapUp | None = None
    cause: Cause = Cause.SIGNED_OUT

    @property
    def doing(self) -> Doing:
        """The effective state: the one with the highest priority."""
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
        """Reason of a break or of being not ready."""
        return self.standing.reason if self.doing is self.standing.doing else ""

    @property
    def next(self) -> Standing:
        """State after the call and its wrap-up."""
        return self.asked or self.standing

    @property
    def wants_calls(self) -> bool:
        """Whether the phone may ring: never in a wrap-up, in a break or while locked.

        A second call may ring unless another state is requested for after the first call. A lost
        phone has no effect: it may ring as soon as it is available again.
        """
        if not self.is_signed_in or self.is_locked or self.standing.doing is not Doing.READY:
            return False
        if self.is_talking:
            return self.next.doing is Doing.READY
        return self.wrap_up is None

    def may_extend(self, rules: StateRules) -> bool:
        """Whether the wrap-up may be extended."""
        return self.wrap_up is not None and self.wrap_up.extensions < rules.extensions


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An operator signs in; ``takes_calls`` depends on the role."""

    takes_calls: bool = True


@dataclass(frozen=True, slots=True)
class SignedOut:
    """The operator signs out, or the program ends."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The operator chooses a state, for now or for after the current call and its wrap-up."""

    standing: Standing


@dataclass(frozen=True, slots=True)
class CallTaken:
    """The first active call starts."""


@dataclass(frozen=True, slots=True)
class CallsOver:
    """The last active call ends."""


@dataclass(frozen=True, slots=True)
class RecordDone:
    """The record of the last call is saved or suspended; ``be_ready`` ends the wrap-up."""

    be_ready: bool = False


@dataclass(frozen=True, slots=True)
class RecordReopened:
    """The record saved at ``at`` is reopened; ``before`` is the status before saving."""

    before: OperatorStatus
    at: datetime


@dataclass(frozen=True, slots=True)
class Extended:
    """The operator extends the wrap-up."""


@dataclass(frozen=True, slots=True)
class TimePassed:
    """The clock has advanced."""


@dataclass(frozen=True, slots=True)
class RingUnanswered:
    """A call rang here unanswered."""


@dataclass(frozen=True, slots=True)
class PhoneChanged:
    """The phone was lost or is available again."""

    is_there: bool


@dataclass(frozen=True, slots=True)
class LockChanged:
    """The workplace was locked, or unlocked by the same operator."""

    is_locked: bool


CallInput = (
    CallTaken | CallsOver | RecordDone | RecordReopened | Extended | TimePassed | RingUnanswered
)
"""Inputs from calls and their records."""
StateInput = CallInput | SignedIn | SignedOut | Chosen | PhoneChanged | LockChanged


@dataclass(frozen=True, slots=True)
class StateChange:
    """A state change to be recorded for reports; ``at`` is the start of the new state."""

    at: datetime
    former: Doing
    doing: Doing
    reason: str
    cause: Cause


def advance(
    status: OperatorStatus, given: StateInput, at: datetime, rules: StateRules
) -> OperatorStatus:
    """Returns the next status; the same object if nothing changes."""
    made, cause = _after(status, given, at, rules)
    if made == status:
        return status
    if (made.doing, made.reason) == (status.doing, status.reason):
        return made
    # After the clock is set back, a state must not end before it starts.
    return replace(made, since=max(at, status.since), cause=cause)


def change_between(before: OperatorStatus, after: OperatorStatus) -> StateChange | None:
    """Returns the change to record; None if state and reason are unchanged."""
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
        # An earlier request for another state is void.
        status = replace(status, standing=READY, asked=None)
    if status.wrap_up is not None and (be_ready or rules.ends_with_record):
        return _rested(status)
    return status


def _record_reopened(
    status: OperatorStatus, before: OperatorStatus, passed: timedelta
) -> OperatorStatus:
    """Resumes the wrap-up unless a call has started since."""
    wrap_up = before.wrap_up
    if wrap_up is None or status.wrap_up is not None or status.is_talking:
        return status
    again = replace(wrap_up, ends_at=wrap_up.ends_at + max(passed, timedelta(0)))
    # A state chosen since then, or requested for later, follows the wrap-up.
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
    """Returns to the requested state, otherwise to the chosen one."""
    return replace(status, wrap_up=None, standing=status.next, asked=None)


@dataclass(frozen=True, slots=True)
class KeptChange:
    """A recorded change with its operator."""

    id: UUID
    operator_id: UUID
    operator_name: str
    change: StateChange


@dataclass(frozen=True, slots=True)
class StateTimes:
    """Time of one operator by state; ``unknown`` is time left open by an abnormal end."""

    by_doing: Mapping[Doing, timedelta]
    unknown: timedelta

    @property
    def occupancy(self) -> float | None:
        """(talk + wrap-up) / (talk + wrap-up + ready), 0 to 1; None without any such time.

        Hold counts as talk time, ringing as ready time.
        """
        busy = self._of(Doing.TALKING) + self._of(Doing.WRAP_UP)
        whole = busy + self._of(Doing.READY)
        return busy / whole if whole else None

    def _of(self, doing: Doing) -> timedelta:
        return self.by_doing.get(doing, timedelta(0))


@dataclass(frozen=True, slots=True)
class Spell:
    """A state and its duration within a period.

    ``is_known`` is False if the program ended abnormally in it: its end is unknown.
    """

    change: StateChange
    lasted: timedelta
    is_known: bool


def spells(changes: Iterable[KeptChange], start: datetime, until: datetime) -> Iterator[Spell]:
    """Yields the states of one operator within the period, oldest first.

    The period may start within a state, and the last state lasts ``until``. A change after the
    period only ends the state before it.
    """
    ordered = [kept.change for kept in changes]
    for change, later in zip_longest(ordered, ordered[1:]):
        end = until if later is None else min(later.at, until)
        if change.at < until and (end > start or change.at >= start):
            lasted = max(end - max(change.at, start), timedelta(0))
            yield Spell(change, lasted, later is None or later.cause is not Cause.PROGRAM_ENDED)


def state_times(changes: Iterable[KeptChange], start: datetime, until: datetime) -> StateTimes:
    """Returns the times of one operator within the period; ``changes`` are oldest first."""
    by_doing: dict[Doing, timedelta] = {}
    unknown = timedelta(0)
    for spell in spells(changes, start, until):
        if spell.is_known:
            doing = spell.change.doing
            by_doing[doing] = by_doing.get(doing, timedelta(0)) + spell.lasted
        else:
            unknown += spell.lasted
    return StateTimes(by_doing, unknown)
