"""Records created without a call: their facts, times, and effect on the statistics."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.errors import RecordClosed
from sync.register.calls import by_hand as hand_made
from sync.register.calls import calls
from sync.register.calls.by_hand import MomentProblem, moment_problem
from sync.register.calls.calls import CallRecord, CallResult, CallState, RequestWay, UsedEntry
from sync.register.figures.call_statistics import CallFigures, PaceStep, call_report, figures_of
from sync.register.people.values import Absence, PersonName
from tests.unit.sync.register.records import ARRIVED, card, number, operator

MOSCOW = ZoneInfo("Europe/Moscow")
DAY = date(2026, 11, 24)


def by_hand(way: RequestWay = RequestWay.WALK_IN) -> CallRecord:
    return hand_made.open_by_hand(
        way,
        id=UUID(int=2000),
        number=number(counter=7),
        at=ARRIVED,
        operator=operator(),
        workplace="0417",
    )


def further(first: CallRecord, identity: int = 3000) -> CallRecord:
    return hand_made.open_further(
        first,
        id=UUID(int=identity),
        number=number(counter=identity),
        at=ARRIVED + timedelta(minutes=2),
        operator=operator(low=2, name="Вторая Проба"),
    )


def talked() -> CallRecord:
    record = calls.answered(card(), ARRIVED + timedelta(seconds=4))
    record = calls.edit(
        record,
        name=PersonName("Пробный", "Проб", ""),
        email="a@test.invalid",
        content="Вода.",
        result=CallResult.ANSWERED,
    )
    return calls.ended(record, ARRIVED + timedelta(seconds=64), "far_end", 200)


def saved(record: CallRecord, after_s: int = 90) -> CallRecord:
    record = calls.edit(record, content="Вода.", result=CallResult.ANSWERED)
    outcome = calls.close(record, ARRIVED + timedelta(seconds=after_s), operator())
    assert isinstance(outcome, CallRecord)
    return outcome


def test_a_request_without_a_call_has_a_number_and_no_times_of_a_call() -> None:
    record = by_hand(RequestWay.LETTER)

    assert (record.way, record.state, record.number) == (
        RequestWay.LETTER,
        CallState.DRAFT,
        number(counter=7),
    )
    assert (record.answered_at, record.ended_at, record.phone) == (None, None, Absence.NOT_ASKED)
    assert saved(record).state is CallState.CLOSED


def test_its_way_and_moment_are_typed_until_it_is_closed() -> None:
    yesterday = ARRIVED - timedelta(days=1)
    record = hand_made.come_by(hand_made.come(by_hand(), yesterday), RequestWay.MOBILE)

    assert (record.arrived_at, record.way) == (yesterday, RequestWay.MOBILE)
    with pytest.raises(RecordClosed):
        hand_made.come(saved(record), ARRIVED)


@pytest.mark.parametrize("record", [card(), further(card()), further(by_hand())])
def test_what_the_line_has_told_is_never_typed_over(record: CallRecord) -> None:
    with pytest.raises(ValueError, match="typed over"):
        hand_made.come(record, ARRIVED - timedelta(days=1))
    with pytest.raises(ValueError, match="typed over"):
        hand_made.come_by(record, RequestWay.LETTER)


def test_a_further_question_has_the_caller_and_the_times_of_its_call_alone() -> None:
    first = replace(talked(), used_entries=(UsedEntry("q", "question", "Вода"),), topic="water")
    question = further(first)

    shared = ("arrived_at", "answered_at", "ended_at", "phone", "email", "name", "direction")
    assert all(getattr(question, name) == getattr(first, name) for name in shared)
    own = (question.content, question.result, question.used_entries, question.topic)
    assert own == ("", None, (), None)
    assert (question.part_of, question.operator_name) == (first.number, "Вторая Проба")
    assert hand_made.telephone_call_of(question) == first.sip_call_id
    assert hand_made.telephone_call_of(first) == first.sip_call_id


def test_what_is_no_call_of_its_own_is_known() -> None:
    of_a_call, by_its_side = further(talked()), further(by_hand())

    assert [hand_made.is_apart(one) for one in (talked(), by_hand(), of_a_call)] == [
        False,
        True,
        True,
    ]
    assert [hand_made.is_by_hand(one) for one in (talked(), of_a_call, by_its_side)] == [
        False,
        False,
        True,
    ]


def test_a_further_question_takes_over_how_its_call_ended() -> None:
    ringing = calls.answered(card(), ARRIVED + timedelta(seconds=4))
    question = further(ringing)
    ended = calls.ended(ringing, ARRIVED + timedelta(seconds=64), "far_end", 200)

    taken = hand_made.with_times_of(question, ended)
    assert (taken.ended_at, taken.end_cause, taken.end_status) == (
        ended.ended_at,
        ended.end_cause,
        ended.end_status,
    )
    assert replace(taken, ended_at=None, end_cause=None, end_status=None) == question


def test_a_question_of_a_question_is_of_the_same_call() -> None:
    first = talked()
    third = further(further(first), 3001)

    assert (third.part_of, hand_made.telephone_call_of(third)) == (first.number, first.sip_call_id)
    assert len({first.sip_call_id, further(first).sip_call_id, third.sip_call_id}) == 3


@pytest.mark.parametrize(
    ("at", "problem"),
    [
        (datetime(2026, 11, 24, 7, 30, 59, tzinfo=UTC), None),  # truncated to the displayed minute
        (datetime(2026, 11, 24, 7, 31, 1, tzinfo=UTC), MomentProblem.AHEAD),
        (datetime(2026, 9, 30, 21, 0, tzinfo=UTC), None),  # the first of October in Moscow
        (datetime(2026, 9, 30, 20, 59, tzinfo=UTC), MomentProblem.TOO_OLD),
        (datetime(2025, 11, 24, tzinfo=UTC), MomentProblem.TOO_OLD),
    ],
)
def test_a_request_is_of_this_month_or_the_last_and_never_ahead(
    at: datetime, problem: MomentProblem | None
) -> None:
    assert moment_problem(at, ARRIVED) is problem


def test_the_last_month_of_january_is_december() -> None:
    january = datetime(2027, 1, 15, tzinfo=UTC)
    assert moment_problem(datetime(2026, 12, 2, tzinfo=UTC), january) is None
    assert moment_problem(datetime(2026, 11, 30, tzinfo=UTC), january) is MomentProblem.TOO_OLD


@given(st.timedeltas(timedelta(0), timedelta(days=28)))
def test_four_weeks_back_may_always_be_typed(back: timedelta) -> None:
    assert moment_problem(ARRIVED - back, ARRIVED) is None


def test_neither_counts_as_a_call_and_no_time_is_taken_from_them() -> None:
    first = saved(talked())
    records = (first, saved(further(first), 200), saved(by_hand()), further(by_hand(), 3001))
    report = call_report(records, DAY, DAY, MOSCOW)

    total = report.total
    assert (total.calls, total.offered, total.answered) == (1, 1, 1)
    assert (total.by_hand, total.further_questions, total.records) == (1, 2, 4)
    for time in (total.wait, total.talk, total.wrap_up, total.wait_missed):
        assert time.count <= 1
    assert all(report.pace[step].count <= 1 for step in PaceStep)
    assert figures_of(by_hand()) == CallFigures(by_hand=1)
    results = {row.result: row.figures.records for row in report.by_result}
    assert (results[CallResult.ANSWERED], results[None]) == (3, 1)


def test_a_call_counts_once_among_those_answered_from_the_directory() -> None:
    used = (UsedEntry("q", "question", "Вода"),)
    first = replace(saved(talked()), used_entries=used)
    question = replace(saved(further(first)), used_entries=used)
    report = call_report((first, question), DAY, DAY, MOSCOW)

    assert (report.from_directory, report.from_directory_share) == (1, 1.0)
