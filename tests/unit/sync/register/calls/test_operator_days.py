"""Operator activity in a period: states by reason, calls and waiting times by operator."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from sync.register.calls import calls
from sync.register.calls.calls import CallRecord
from sync.register.figures.operator_days import WITH_REASON, operator_days, reason_times
from sync.register.numbering import next_number, period_of
from sync.register.people.operator_states import Cause, Doing, KeptChange, StateChange
from tests.fakes.records import OPERATOR, closed, filled, new_call

ZONE = ZoneInfo("Europe/Moscow")
START = datetime(2026, 11, 25, 5, tzinfo=UTC)
DAY = START.astimezone(ZONE).date()
OTHER = replace(OPERATOR, id=UUID(int=2), name="Абрамова Проба")


def change(
    minute: int,
    doing: Doing,
    reason: str = "",
    who: object = OPERATOR,
    cause: Cause = Cause.CHOSEN,
) -> KeptChange:
    assert isinstance(who, type(OPERATOR))
    at = START + timedelta(minutes=minute)
    told = StateChange(at, Doing.READY, doing, reason, cause)
    return KeptChange(UUID(int=1000 + minute), who.id, who.name, told)


def call(index: int, wait_s: int) -> CallRecord:
    at = START + timedelta(minutes=index)
    card = calls.open_card(
        new_call(index, at),
        id=UUID(int=index),
        number=next_number(period_of(at), "0001", index),
        at=at,
        operator=OPERATOR,
        workplace="0001",
        home_area_code="87999",
    )
    return replace(closed(filled(card)), answered_at=at + timedelta(seconds=wait_s))


def test_reasons_are_counted_with_their_longest_and_the_last_goes_on() -> None:
    told = reason_times(
        (
            change(0, Doing.READY),
            change(10, Doing.BREAK, "rest"),
            change(15, Doing.READY),
            change(20, Doing.NOT_READY, "messages"),
            change(30, Doing.BREAK, "rest"),
        ),
        START,
        START + timedelta(minutes=50),
    )

    assert [(one.doing, one.reason, one.times, one.total, one.longest) for one in told] == [
        (Doing.BREAK, "rest", 2, timedelta(minutes=25), timedelta(minutes=20)),
        (Doing.NOT_READY, "messages", 1, timedelta(minutes=10), timedelta(minutes=10)),
    ]


def test_a_break_in_which_the_program_died_has_no_known_time() -> None:
    changes = (
        change(0, Doing.BREAK, "rest"),
        change(600, Doing.OFFLINE, cause=Cause.PROGRAM_ENDED),
    )

    assert reason_times(changes, START, START + timedelta(minutes=700)) == ()


def test_each_operator_has_states_calls_and_the_longest_wait() -> None:
    days = operator_days(
        (change(0, Doing.READY), change(7, Doing.READY, who=OTHER), change(9, Doing.AWAY)),
        (call(1, wait_s=4), call(2, wait_s=31)),
        first=DAY,
        last=DAY,
        until=START + timedelta(minutes=30),
        zone=ZONE,
    )

    assert [one.operator_name for one in days] == [OTHER.name, OPERATOR.name]
    mine = days[1]
    assert mine.figures.answered == 2
    assert mine.longest_wait == timedelta(seconds=31)
    assert mine.times.by_doing[Doing.AWAY] == timedelta(minutes=21)
    assert mine.last is not None
    assert mine.last.change.doing is Doing.AWAY
    assert (days[0].longest_wait, days[0].figures.answered) == (None, 0)


def test_who_answered_without_a_state_stands_there_too() -> None:
    (only,) = operator_days((), (call(1, wait_s=3),), first=DAY, last=DAY, until=START, zone=ZONE)

    assert (only.operator_name, only.last, only.reasons) == (OPERATOR.name, None, ())


def test_who_only_answered_on_another_day_does_not_stand_there() -> None:
    yesterday = replace(call(1, wait_s=3), arrived_at=START - timedelta(days=1))

    assert operator_days((), (yesterday,), first=DAY, last=DAY, until=START, zone=ZONE) == ()


@given(
    st.lists(
        st.tuples(st.integers(0, 600), st.sampled_from(Doing), st.sampled_from(["", "rest"])),
        max_size=12,
    )
)
def test_times_by_reason_add_up_to_the_times_of_the_states(
    told: list[tuple[int, Doing, str]],
) -> None:
    changes = [change(minute, doing, reason) for minute, doing, reason in sorted(told)]
    until = START + timedelta(minutes=601)

    days = operator_days(changes, (), first=DAY, last=DAY, until=until, zone=ZONE)

    for one in days:
        for doing in WITH_REASON:
            by_reason = [each.total for each in one.reasons if each.doing is doing]
            assert sum(by_reason, timedelta(0)) == one.times.by_doing.get(doing, timedelta(0))
