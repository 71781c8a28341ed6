"""The report of calls: every call is counted once, every total is computed from sums."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from sync.register.calls import by_hand, calls
from sync.register.calls.calls import CallRecord, CallResult, CallState, Direction, UsedEntry
from sync.register.figures.call_statistics import (
    Average,
    CallFigures,
    CallReport,
    ResultFigures,
    call_report,
    figures_of,
    joined_incidents,
    sum_of,
)
from sync.register.incidents import (
    IncidentAct,
    IncidentEvent,
    IncidentStep,
    incidents_of,
    taken,
)
from sync.register.people.operators import Role
from tests.unit.sync.register.records import ARRIVED, card, new_call, operator

MOSCOW = ZoneInfo("Europe/Moscow")
DAY = date(2026, 11, 24)


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


def answered_call(
    arrived_at: datetime = ARRIVED,
    *,
    wait_s: float = 4,
    talk_s: float = 60,
    wrap_up_s: float = 10,
    operator_low: int = 1,
) -> CallRecord:
    by = operator(low=operator_low)
    record = calls.answered(card(new_call(arrived_at), by=by), arrived_at + seconds(wait_s))
    record = calls.ended(record, arrived_at + seconds(wait_s + talk_s), "far_end")
    record = calls.edit(record, result=CallResult.ANSWERED, content="Вода.")
    outcome = calls.close(record, arrived_at + seconds(wait_s + talk_s + wrap_up_s), by)
    assert isinstance(outcome, CallRecord)
    return outcome


def missed_call(
    arrived_at: datetime = ARRIVED,
    *,
    wait_s: float = 15,
    cause: str = "caller_gave_up",
    out_of_hours: bool = False,
) -> CallRecord:
    record = card(new_call(arrived_at, out_of_hours=out_of_hours))
    return calls.missed(record, arrived_at + seconds(wait_s), cause)


def report(*records: CallRecord) -> CallReport:
    return call_report(records, DAY, DAY, MOSCOW)


def test_times_of_a_call_that_was_answered() -> None:
    figures = figures_of(answered_call())
    assert (figures.answered, figures.calls, figures.offered) == (1, 1, 1)
    assert figures.wait.mean == seconds(4)
    assert figures.talk.mean == seconds(60)
    assert figures.wrap_up.mean == seconds(10)
    assert figures.wait_missed.mean is None


def test_a_call_still_talking_has_a_wait_only() -> None:
    figures = figures_of(calls.answered(card(), ARRIVED + seconds(4)))
    assert (figures.wait.count, figures.talk.count, figures.wrap_up.count) == (1, 0, 0)


def test_a_call_not_yet_saved_has_no_wrap_up() -> None:
    record = calls.ended(calls.answered(card(), ARRIVED), ARRIVED + seconds(9), "far_end")
    figures = figures_of(record)
    assert (figures.talk.mean, figures.wrap_up.mean) == (seconds(9), None)


def test_unanswered_calls_are_told_apart() -> None:
    assert figures_of(missed_call()) == CallFigures(missed=1, wait_missed=Average(seconds(15), 1))
    assert figures_of(missed_call(out_of_hours=True)) == CallFigures(missed_out_of_hours=1)
    elsewhere = missed_call(cause="answered_elsewhere")
    assert figures_of(elsewhere) == CallFigures(taken_elsewhere=1)
    assert figures_of(card()) == CallFigures(ringing=1)
    assert figures_of(card(new_call(direction="outgoing"))) == CallFigures(outgoing=1)


def test_a_call_answered_out_of_hours_is_counted_apart_with_its_times() -> None:
    at_night = replace(answered_call(), out_of_hours=True)
    figures = figures_of(at_night)
    assert (figures.answered, figures.answered_out_of_hours, figures.taken) == (0, 1, 1)
    assert (figures.offered, figures.calls) == (0, 1)
    assert figures.wait.mean == seconds(4)
    assert figures.talk.mean == seconds(60)
    found = report(at_night, answered_call(), missed_call())
    assert found.total.missed_share == 0.5
    assert report(replace(at_night, used_entries=())).from_directory_share == 0


def test_a_clock_put_back_gives_no_negative_time() -> None:
    assert figures_of(answered_call(wait_s=-5)).wait == Average(timedelta(0), 1)


def test_an_empty_period_has_nothing_to_average() -> None:
    empty = report()
    assert empty.total == CallFigures()
    assert empty.total.wait.mean is None
    assert empty.total.missed_share is None
    assert empty.by_day == ((DAY, CallFigures()),)
    assert len(empty.by_hour) == 24
    assert empty.by_operator == ()
    assert [row.result for row in empty.by_result] == [*CallResult, None]


def test_averages_of_the_total_come_from_sums() -> None:
    made = report(
        answered_call(wait_s=2),
        answered_call(wait_s=4, operator_low=2),
        answered_call(wait_s=12, operator_low=2),
        missed_call(),
    )
    assert made.total.wait.mean == seconds(6)  # not (2 + 8) / 2
    assert made.total.missed_share == 0.25


def test_days_and_hours_are_those_of_the_zone() -> None:
    before_midnight = answered_call(datetime(2026, 11, 24, 20, 59, tzinfo=UTC), talk_s=7200)
    after_midnight = answered_call(datetime(2026, 11, 24, 21, 0, tzinfo=UTC))
    made = call_report([before_midnight, after_midnight], DAY, DAY, MOSCOW)
    assert made.total.calls == 1
    assert made.by_hour[23].calls == 1
    both = call_report([before_midnight, after_midnight], DAY, date(2026, 11, 25), MOSCOW)
    assert [figures.calls for _, figures in both.by_day] == [1, 1]
    assert (both.by_hour[23].calls, both.by_hour[0].calls) == (1, 1)


def test_an_operator_has_one_row_under_his_newest_name() -> None:
    old = answered_call()
    new = replace(answered_call(ARRIVED + seconds(600)), operator_name="Новая Фамилия")
    other = answered_call(operator_low=2)
    rows = report(new, old, other).by_operator
    assert [(row.operator_name, row.figures.answered) for row in rows] == [
        ("Новая Фамилия", 2),
        ("Тестовый Оператор", 1),
    ]


def test_results_have_a_row_each() -> None:
    rows = report(answered_call(), missed_call(), card()).by_result
    assert ResultFigures(CallResult.ANSWERED, figures_of(answered_call())) in rows
    assert ResultFigures(CallResult.NOT_ANSWERED, figures_of(missed_call())) in rows
    assert ResultFigures(None, CallFigures(ringing=1)) in rows


directions: st.SearchStrategy[Direction] = st.sampled_from(["incoming", "outgoing"])
durations = st.none() | st.timedeltas(timedelta(seconds=-5), timedelta(hours=3))


@st.composite
def any_calls(draw: st.DrawFn) -> list[CallRecord]:
    records = []
    for identity in range(draw(st.integers(0, 12))):
        arrived_at = ARRIVED + draw(st.timedeltas(timedelta(days=-3), timedelta(days=3)))
        facts = new_call(arrived_at, direction=draw(directions), out_of_hours=draw(st.booleans()))
        wait, talk, wrap_up = draw(durations), draw(durations), draw(durations)
        ended_at = None if talk is None else arrived_at + talk
        records.append(
            replace(
                card(facts, by=operator(low=draw(st.integers(1, 3))), identity=identity),
                answered_at=None if wait is None else arrived_at + wait,
                ended_at=ended_at,
                end_cause=draw(st.sampled_from(["far_end", "answered_elsewhere"])),
                saved_at=None if wrap_up is None else arrived_at + wrap_up,
                result=draw(st.sampled_from([None, *CallResult])),
            )
        )
    return records


@given(any_calls())
def test_every_side_of_the_report_adds_up_to_its_total(records: list[CallRecord]) -> None:
    made = call_report(records, DAY - timedelta(days=2), DAY + timedelta(days=2), MOSCOW)
    inside = [
        record
        for record in records
        if abs(record.arrived_at.astimezone(MOSCOW).date() - DAY) <= timedelta(days=2)
    ]
    assert made.total.calls == len(inside)
    assert sum_of(figures for _, figures in made.by_day) == made.total
    assert sum_of(made.by_hour) == made.total
    assert sum_of(row.figures for row in made.by_operator) == made.total
    assert sum_of(row.figures for row in made.by_result) == made.total
    assert made.total == sum_of(figures_of(record) for record in inside)


@given(any_calls())
def test_the_order_of_the_calls_does_not_matter(records: list[CallRecord]) -> None:
    first, last = DAY - timedelta(days=3), DAY + timedelta(days=3)
    forward = call_report(records, first, last, MOSCOW)
    assert call_report(reversed(records), first, last, MOSCOW) == forward


def test_calls_that_asked_for_a_formal_appeal_are_counted() -> None:
    appeal = UsedEntry(by_hand.FORMAL_APPEAL_KEY, "script", "Обращение по 59-ФЗ")
    asked = replace(answered_call(), used_entries=(appeal,))
    assert report(asked, answered_call(), missed_call()).formal_appeals == 1


def test_calls_that_were_told_of_an_incident_are_counted_by_it() -> None:
    def told(incident: int, title: str) -> CallRecord:
        entry = UsedEntry(f"{by_hand.INCIDENT_KEY}{UUID(int=incident)}", "script", title)
        return replace(answered_call(), used_entries=(entry,))

    appeal = UsedEntry(by_hand.FORMAL_APPEAL_KEY, "script", "Обращение по 59-ФЗ")
    found = report(
        told(1, "ул. Лесная: нет воды"),
        told(2, "ул. Горная: нет света"),
        told(2, "ул. Горная: нет света"),
        replace(answered_call(), used_entries=(appeal,)),
        missed_call(),
    ).by_incident

    assert [(one.title, one.calls) for one in found] == [
        ("ул. Горная: нет света", 2),
        ("ул. Лесная: нет воды", 1),
    ]


def test_calls_told_of_one_incident_that_was_begun_apart_are_counted_together() -> None:
    def told(incident: int, title: str) -> CallRecord:
        entry = UsedEntry(f"{by_hand.INCIDENT_KEY}{UUID(int=incident)}", "script", title)
        return replace(answered_call(), used_entries=(entry,))

    def declared(incident: int, minutes: int) -> IncidentEvent:
        step = IncidentStep(IncidentAct.DECLARED, UUID(int=incident), "ул. Лесная", "", "Чинят.", 0)
        at = ARRIVED + timedelta(minutes=minutes)
        by = operator(role=Role.SUPERVISOR)
        made = taken(step, (), by, at, UUID(int=incident + 100))
        assert isinstance(made, IncidentEvent)
        return made

    counted = report(told(2, "Лесная"), told(2, "Лесная"), told(1, "ул. Лесная"), told(3, "Мира"))
    joined = joined_incidents(counted, incidents_of([declared(1, 0), declared(2, 1)]))

    assert [(one.key[-1], one.calls) for one in joined.by_incident] == [("1", 3), ("3", 1)]
    assert joined.total == counted.total


def test_an_identity_is_kept_of_each_operator() -> None:
    assert report(answered_call(operator_low=3)).by_operator[0].operator_id == UUID(int=3)


def test_the_share_from_the_directory_is_of_the_answered_and_none_without_them() -> None:
    entry = UsedEntry("tariffs", "question", "Тарифы")
    found = report(replace(answered_call(), used_entries=(entry,)), answered_call(), missed_call())
    assert (found.from_directory, found.from_directory_share) == (1, 0.5)
    assert report(missed_call()).from_directory_share is None


def test_what_a_call_that_is_open_again_says_is_counted_once_it_is_saved() -> None:
    used = (
        UsedEntry("tariffs", "question", "Тарифы"),
        UsedEntry(by_hand.FORMAL_APPEAL_KEY, "script", "Обращение по 59-ФЗ"),
        UsedEntry(f"{by_hand.INCIDENT_KEY}{UUID(int=1)}", "script", "ул. Лесная: нет воды"),
    )
    saved = replace(answered_call(), used_entries=used)
    draft = replace(saved, state=CallState.DRAFT, saved_at=None)

    open_again, counted = report(draft), report(saved)

    assert open_again.total.answered == 1
    assert (open_again.formal_appeals, open_again.from_directory) == (0, 0)
    assert open_again.by_incident == ()
    assert (counted.formal_appeals, counted.from_directory) == (1, 1)
    assert [one.calls for one in counted.by_incident] == [1]
