"""Median and ninetieth percentile of the steps of a call."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from statistics import median_low

from hypothesis import given
from hypothesis import strategies as st

from sync.register.calls import calls
from sync.register.figures.call_statistics import PaceStep, Spread, pace_of, spread_of
from tests.unit.sync.register.records import ARRIVED, card, new_call


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


@given(st.lists(st.integers(0, 600), min_size=1))
def test_half_stay_within_the_median_and_nine_of_ten_within_the_other(times: list[int]) -> None:
    spread = spread_of({time: times.count(time) for time in times})

    assert spread.count == len(times)
    assert spread.median == seconds(median_low(times))
    assert spread.ninetieth is not None
    within = sum(seconds(time) <= spread.ninetieth for time in times)
    below = sum(seconds(time) < spread.ninetieth for time in times)
    assert below < 0.9 * len(times) <= within


def test_without_times_there_is_nothing_to_tell() -> None:
    assert spread_of({}) == Spread(0, None, None)
    assert set(pace_of(()).values()) == {Spread()}
    assert set(pace_of(())) == set(PaceStep)


def test_the_steps_are_those_of_answered_incoming_calls() -> None:
    record = calls.answered(card(), ARRIVED + seconds(4.9))
    record = calls.touched(record, ARRIVED + seconds(10))
    record = calls.helped_by_directory(record, ARRIVED + seconds(16))
    record = replace(
        calls.ended(record, ARRIVED + seconds(60), "far_end"), saved_at=ARRIVED + seconds(63)
    )
    missed = calls.missed(card(), ARRIVED + seconds(15), "caller_gave_up")
    outgoing = calls.answered(card(new_call(direction="outgoing")), ARRIVED + seconds(9))

    assert {
        step: spread.median for step, spread in pace_of((record, missed, outgoing)).items()
    } == {
        PaceStep.ANSWER: seconds(4),
        PaceStep.FIRST_KEY: seconds(5),
        PaceStep.HIT: seconds(11),
        PaceStep.SAVED: seconds(3),
    }


def test_a_clock_put_back_gives_zero() -> None:
    record = calls.answered(card(), ARRIVED - seconds(4))
    assert pace_of((record,))[PaceStep.ANSWER] == Spread(1, seconds(0), seconds(0))


def test_the_first_key_and_the_first_hit_stand() -> None:
    record = calls.touched(calls.touched(card(), ARRIVED), ARRIVED + seconds(5))
    record = calls.helped_by_directory(
        calls.helped_by_directory(record, ARRIVED), ARRIVED + seconds(5)
    )
    assert (record.first_key_at, record.hit_accepted_at) == (ARRIVED, ARRIVED)
