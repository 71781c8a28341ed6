"""States of an operator: example shifts, and properties of any sequence of events."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.register.people.operator_states import (
    NO_RIGHT,
    READY,
    UNANSWERED,
    CallsOver,
    CallTaken,
    Cause,
    Chosen,
    Doing,
    Extended,
    KeptChange,
    LockChanged,
    OperatorStatus,
    PhoneChanged,
    RecordDone,
    RecordReopened,
    RingUnanswered,
    SignedIn,
    SignedOut,
    Standing,
    StateChange,
    StateInput,
    StateRules,
    TimePassed,
    advance,
    change_between,
    state_times,
)

START = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
RULES = StateRules(wrap_up_s=45, extension_s=30, extensions=2)
LUNCH = Standing(Doing.BREAK, "lunch")
CHECKING = Standing(Doing.NOT_READY, "messages")


class Shift:
    """One operator at a workplace; each step is a second after the previous one."""

    def __init__(self, rules: StateRules = RULES) -> None:
        self.rules = rules
        self.now = START
        self.status = OperatorStatus(START)
        self.changes: list[StateChange] = []
        self.does(PhoneChanged(True), SignedIn())

    def does(self, *inputs: StateInput) -> Shift:
        for one in inputs:
            self.now += timedelta(seconds=1)
            before, self.status = self.status, advance(self.status, one, self.now, self.rules)
            change = change_between(before, self.status)
            if change is not None:
                self.changes.append(change)
        return self

    def doing(self) -> Doing:
        return self.status.doing

    def waits(self, seconds: float) -> Shift:
        self.now += timedelta(seconds=seconds - 1)
        return self.does(TimePassed())


def told(shift: Shift) -> list[tuple[Doing, Cause]]:
    return [(change.doing, change.cause) for change in shift.changes]


def test_a_usual_call() -> None:
    shift = Shift().does(CallTaken(), CallsOver(), RecordDone())

    assert told(shift) == [
        (Doing.READY, Cause.SIGNED_IN),
        (Doing.TALKING, Cause.CALL_TAKEN),
        (Doing.WRAP_UP, Cause.CALL_OVER),
        (Doing.READY, Cause.RECORD_SAVED),
    ]


def test_a_wrap_up_ends_by_itself_when_its_time_is_over() -> None:
    shift = Shift().does(CallTaken(), CallsOver()).waits(44)
    assert shift.doing() is Doing.WRAP_UP
    assert not shift.status.wants_calls

    shift.waits(1)

    assert shift.changes[-1] == StateChange(
        shift.now, Doing.WRAP_UP, Doing.READY, "", Cause.WRAP_UP_OVER
    )


def test_a_wrap_up_is_made_longer_only_so_often() -> None:
    shift = Shift().does(CallTaken(), CallsOver(), Extended(), Extended(), Extended())

    assert shift.status.wrap_up is not None
    assert shift.status.wrap_up.whole_s == 105
    assert not shift.status.may_extend(RULES)


def test_who_was_not_ready_is_so_again_after_a_call() -> None:
    shift = Shift().does(Chosen(CHECKING), CallTaken(), CallsOver())
    assert not shift.status.wants_calls

    shift.waits(45)

    assert shift.status.standing == CHECKING
    assert shift.changes[-1].reason == "messages"


def test_a_break_asked_for_in_a_call_begins_after_its_wrap_up_and_stops_second_calls() -> None:
    shift = Shift().does(CallTaken())
    assert shift.status.wants_calls

    shift.does(Chosen(LUNCH))
    assert shift.doing() is Doing.TALKING
    assert shift.status.next == LUNCH
    assert not shift.status.wants_calls

    shift.does(CallsOver())
    assert shift.doing() is Doing.WRAP_UP
    shift.does(RecordDone())
    assert (shift.doing(), shift.status.reason) == (Doing.BREAK, "lunch")
    assert shift.status.asked is None


def test_what_was_asked_for_can_be_taken_back() -> None:
    shift = Shift().does(CallTaken(), Chosen(LUNCH), Chosen(READY), CallsOver(), RecordDone())

    assert shift.doing() is Doing.READY


def test_save_and_be_ready_is_stronger_than_what_was_before() -> None:
    shift = Shift().does(Chosen(CHECKING), CallTaken(), Chosen(LUNCH), CallsOver())
    shift.does(RecordDone(be_ready=True))

    assert shift.status.standing == READY
    assert shift.status.wants_calls


def test_where_the_wrap_up_is_for_a_rest_too_the_record_does_not_end_it() -> None:
    shift = Shift(StateRules(ends_with_record=False)).does(CallTaken(), CallsOver(), RecordDone())
    assert shift.doing() is Doing.WRAP_UP

    shift.does(RecordDone(be_ready=True))

    assert shift.doing() is Doing.READY


def test_a_ring_left_unanswered_makes_one_not_ready_who_was_ready() -> None:
    shift = Shift().does(RingUnanswered())

    assert shift.changes[-1] == StateChange(
        shift.now, Doing.READY, Doing.NOT_READY, UNANSWERED, Cause.RING_UNANSWERED
    )
    busy = Shift().does(CallTaken(), RingUnanswered())
    assert busy.status.next == READY


def test_a_lost_phone_is_told_and_what_she_was_comes_back_with_it() -> None:
    shift = Shift().does(Chosen(LUNCH), PhoneChanged(False))
    assert shift.doing() is Doing.OFFLINE

    shift.does(PhoneChanged(True))

    assert (shift.doing(), shift.status.reason) == (Doing.BREAK, "lunch")
    assert told(shift)[-2:] == [
        (Doing.OFFLINE, Cause.PHONE_LOST),
        (Doing.BREAK, Cause.PHONE_BACK),
    ]


def test_a_locked_desk_is_away_and_keeps_the_call_that_is_up() -> None:
    shift = Shift().does(CallTaken(), LockChanged(True))
    assert shift.doing() is Doing.TALKING

    shift.does(CallsOver(), RecordDone())
    assert shift.doing() is Doing.AWAY
    assert not shift.status.wants_calls

    shift.does(LockChanged(False))
    assert shift.doing() is Doing.READY


def test_another_person_at_the_desk_begins_anew() -> None:
    shift = Shift().does(Chosen(LUNCH), LockChanged(True), SignedOut(), SignedIn())

    assert shift.doing() is Doing.READY
    assert told(shift)[-2:] == [(Doing.OFFLINE, Cause.SIGNED_OUT), (Doing.READY, Cause.SIGNED_IN)]


def test_without_a_wrap_up_she_is_ready_at_once() -> None:
    assert Shift(StateRules(wrap_up_s=0)).does(CallTaken(), CallsOver()).status.doing is Doing.READY


def saves(shift: Shift, *, be_ready: bool = False) -> RecordReopened:
    """Saves the record a second from now, and returns the event that reopens it."""
    before = shift.status
    shift.does(RecordDone(be_ready))
    return RecordReopened(before, shift.now)


def test_a_wrap_up_goes_on_where_saving_ended_it() -> None:
    shift = Shift().does(CallTaken(), CallsOver()).waits(20)
    back = saves(shift)
    assert shift.status.wants_calls
    shift.waits(10).does(back)

    assert (shift.doing(), shift.changes[-1].cause) == (Doing.WRAP_UP, Cause.RECORD_REOPENED)
    assert not shift.status.wants_calls
    assert shift.status.wrap_up is not None
    # 21 of its 45 seconds were over when the record was saved.
    assert (shift.status.wrap_up.ends_at - shift.now).total_seconds() == 24
    shift.does(RecordDone())
    assert told(shift)[-1] == (Doing.READY, Cause.RECORD_SAVED)


def test_what_was_to_come_after_the_record_comes_after_it_again() -> None:
    shift = Shift().does(CallTaken(), Chosen(LUNCH), CallsOver())
    back = saves(shift)
    assert shift.status.reason == "lunch"
    shift.does(back)

    assert (shift.doing(), shift.status.next) == (Doing.WRAP_UP, LUNCH)
    shift.does(RecordDone())
    assert shift.status.reason == "lunch"


def test_what_was_chosen_since_comes_after_the_record_too() -> None:
    shift = Shift().does(Chosen(CHECKING), CallTaken(), CallsOver())
    back = saves(shift, be_ready=True)
    shift.does(Chosen(LUNCH), back)

    assert (shift.doing(), shift.status.standing, shift.status.next) == (
        Doing.WRAP_UP,
        CHECKING,
        LUNCH,
    )


def test_a_call_that_was_taken_since_goes_on() -> None:
    shift = Shift().does(CallTaken(), CallsOver())
    back = saves(shift)
    shift.does(CallTaken(), back)
    assert shift.doing() is Doing.TALKING
    shift.does(CallsOver())
    at = shift.status.wrap_up
    shift.does(back)

    assert shift.status.wrap_up == at


def test_without_a_wrap_up_there_is_none_to_go_back_to() -> None:
    shift = Shift().does(CallTaken(), CallsOver()).waits(45)
    shift.does(saves(shift))

    assert shift.doing() is Doing.READY


def test_who_takes_no_calls_is_never_ready_by_herself() -> None:
    shift = Shift().does(SignedOut(), SignedIn(takes_calls=False))
    assert (shift.doing(), shift.status.reason) == (Doing.NOT_READY, NO_RIGHT)
    assert not shift.status.wants_calls

    # a call of the previous operator may still be active
    shift.does(CallTaken(), CallsOver()).waits(45)
    assert (shift.doing(), shift.status.reason) == (Doing.NOT_READY, NO_RIGHT)


INPUTS = st.one_of(
    st.sampled_from(
        [
            SignedIn(),
            SignedIn(takes_calls=False),
            SignedOut(),
            CallTaken(),
            CallsOver(),
            RecordDone(),
            RecordDone(be_ready=True),
            Extended(),
            TimePassed(),
            RingUnanswered(),
            PhoneChanged(True),
            PhoneChanged(False),
            LockChanged(True),
            LockChanged(False),
        ]
    ),
    st.sampled_from([READY, LUNCH, CHECKING]).map(Chosen),
)


@given(st.lists(st.tuples(INPUTS, st.floats(-5, 60)), max_size=40))
def test_whatever_happens(steps: list[tuple[StateInput, float]]) -> None:
    shift = Shift()
    for given_input, seconds in steps:
        before, changed = shift.status, len(shift.changes)
        shift.now += timedelta(seconds=seconds)
        shift.does(given_input)
        status = shift.status

        # the phone rings only for an available operator
        if status.wants_calls:
            assert status.doing in (Doing.READY, Doing.TALKING, Doing.OFFLINE)
        if status.doing is Doing.READY:
            assert status.wants_calls
        # a wrap-up ends, however often it was extended
        if status.wrap_up is not None:
            assert status.wrap_up.whole_s <= 45 + 2 * 30
            assert not status.is_talking
        # only an operator's own choice makes the operator ready
        if status.standing == READY != before.standing:
            wanted = isinstance(given_input, Chosen | SignedIn) or before.asked == READY
            assert wanted or given_input == RecordDone(be_ready=True)
        # invisible changes are not recorded; a visible change is recorded once
        assert len(shift.changes) - changed <= 1
    # each state follows the previous one, and time never runs backwards
    for former, later in zip(shift.changes, shift.changes[1:], strict=False):
        assert later.former is former.doing
        assert later.at >= former.at


def kept(minute: int, doing: Doing, cause: Cause = Cause.CHOSEN) -> KeptChange:
    at = START + timedelta(minutes=minute)
    change = StateChange(at, Doing.OFFLINE, doing, "", cause)
    return KeptChange(UUID(int=minute), UUID(int=1), "Пробова Анна Петровна", change)


def test_times_by_what_was_done_and_how_busy_that_is() -> None:
    times = state_times(
        [
            kept(0, Doing.READY),
            kept(30, Doing.TALKING),
            kept(50, Doing.WRAP_UP),
            kept(60, Doing.BREAK),
            kept(90, Doing.READY),
        ],
        START,
        until=START + timedelta(minutes=120),
    )

    assert times.by_doing[Doing.READY] == timedelta(minutes=60)
    assert times.by_doing[Doing.BREAK] == timedelta(minutes=30)
    assert times.occupancy == pytest.approx(30 / 90)


def test_what_a_program_that_died_left_open_counts_as_nothing() -> None:
    times = state_times(
        [
            kept(0, Doing.READY),
            kept(10, Doing.TALKING),
            kept(700, Doing.OFFLINE, Cause.PROGRAM_ENDED),
        ],
        START,
        until=START + timedelta(minutes=710),
    )

    assert times.unknown == timedelta(minutes=690)
    assert Doing.TALKING not in times.by_doing
    assert state_times([], START, START).occupancy is None


changes_in_time = st.lists(
    st.tuples(
        st.integers(0, 600),
        st.sampled_from(Doing),
        st.sampled_from([Cause.CHOSEN, Cause.PROGRAM_ENDED]),
    ),
    max_size=12,
)


@given(changes_in_time, st.integers(0, 600))
def test_two_periods_have_the_times_of_both_together(
    told: list[tuple[int, Doing, Cause]], between_min: int
) -> None:
    changes = [kept(*one) for one in sorted(told)]
    between, end = START + timedelta(minutes=between_min), START + timedelta(minutes=601)

    first, second = state_times(changes, START, between), state_times(changes, between, end)
    whole = state_times(changes, START, end)

    assert first.unknown + second.unknown == whole.unknown
    none = timedelta(0)
    for doing in Doing:
        parts = first.by_doing.get(doing, none) + second.by_doing.get(doing, none)
        assert parts == whole.by_doing.get(doing, none)
