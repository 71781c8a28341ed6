"""Daily jobs of the central database: once at the start, again after a failure, then daily."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import psycopg2
import pytest

from sync.exchange.failures import FailureKind
from sync.jobs.daily import (
    CoursesKept,
    DailyEvent,
    DailyJob,
    DailyJobs,
    JobFailed,
    MonthAhead,
    SearchesForgotten,
    TermsEnded,
    courses_kept,
    months_ahead,
    searches_forgotten,
    terms_end,
)
from sync.register.numbering import period_of
from sync.store.central.partitions import MonthMade
from sync.store.local.people.retention import TermsPassed

AT = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)
WAIT_S = 10.0
LONG_S = 3600.0


def run_until(
    jobs: Sequence[DailyJob],
    is_enough: Callable[[list[DailyEvent]], bool],
    *,
    again_s: float = LONG_S,
    day_s: float = LONG_S,
) -> list[DailyEvent]:
    """Collects events until ``enough`` is satisfied, within a time limit."""
    told: queue.Queue[DailyEvent] = queue.Queue()
    daily = DailyJobs(jobs, told.put, clock=lambda: AT, again_s=again_s, day_s=day_s)
    daily.start()
    events: list[DailyEvent] = []
    while not is_enough(events):
        events.append(told.get(timeout=WAIT_S))
    assert daily.is_running()
    assert daily.stop(WAIT_S)
    return events


def test_months_are_made_at_the_start_and_every_day() -> None:
    days = iter(["2611", "2612", "2701"])
    job = months_ahead(lambda: [MonthMade("message", next(days), 0)])
    events = run_until([job], lambda found: len(found) == 2, day_s=0.01, again_s=LONG_S)
    assert events[:2] == [
        MonthAhead(AT, "message", "2611", 0),
        MonthAhead(AT, "message", "2612", 0),
    ]


def test_a_job_that_failed_comes_again_and_alone() -> None:
    outcomes = iter([psycopg2.OperationalError("away"), None])
    others: list[datetime] = []

    def fails_once(at: datetime) -> Sequence[DailyEvent]:
        outcome = next(outcomes)
        if outcome is not None:
            raise outcome
        return [MonthAhead(at, "message", "2611", 0)]

    def counts(at: datetime) -> Sequence[DailyEvent]:
        others.append(at)
        return ()

    events = run_until(
        [DailyJob("once", fails_once), DailyJob("other", counts)],
        lambda found: len(found) == 2,
        again_s=0.01,
        day_s=LONG_S,
    )
    assert events == [
        JobFailed(AT, "once", FailureKind.UNREACHABLE, ""),
        MonthAhead(AT, "message", "2611", 0),
    ]
    assert others == [AT]


class Days:
    """A wall clock, and a clock that stops while the computer sleeps, both set by the test."""

    def __init__(self) -> None:
        self.at = AT
        self.awake_s = 0.0

    def pass_by(self, awake_h: float, asleep_h: float = 0.0, set_h: float = 0.0) -> None:
        """The jobs may read the clocks between the two changes, so the wall time is set first."""
        self.at += timedelta(hours=awake_h + asleep_h + set_h)
        self.awake_s += 3600 * awake_h

    def sleep(self, asleep_s: float) -> None:
        self.at += timedelta(seconds=asleep_s)


@contextmanager
def at_work(days: Days, *jobs: DailyJob) -> Iterator[queue.Queue[DailyEvent]]:
    """Runs the jobs on their thread, which reads the clocks every 10 ms."""
    told: queue.Queue[DailyEvent] = queue.Queue()
    daily = DailyJobs(
        jobs, told.put, clock=lambda: days.at, awake_s=lambda: days.awake_s, look_s=0.01
    )
    daily.start()
    try:
        yield told
    finally:
        assert daily.stop(WAIT_S)


def noting(told: list[datetime], name: str = "noting") -> DailyJob:
    def run(at: datetime) -> Sequence[DailyEvent]:
        told.append(at)
        return [SearchesForgotten(at, 1)]

    return DailyJob(name, run)


@pytest.mark.parametrize(
    ("awake_h", "asleep_h", "set_h"),
    [(17, 0, 0), (1, 16, 0), (17, 0, -24), (17, 0, -240), (1, 0, -240), (0, 0, 300)],
)
def test_a_day_is_counted_through_sleep_and_by_a_clock_that_was_set(
    awake_h: float, asleep_h: float, set_h: float
) -> None:
    days, ran = Days(), list[datetime]()
    with at_work(days, noting(ran)) as told:
        assert told.get(timeout=WAIT_S) == SearchesForgotten(AT, 1)
        days.pass_by(7)
        for _look in range(3):
            with pytest.raises(queue.Empty):
                told.get(timeout=0.03)
        days.pass_by(awake_h, asleep_h, set_h)
        assert told.get(timeout=WAIT_S) == SearchesForgotten(days.at, 1)
    assert len(ran) == 2


def test_forty_days_of_one_run_have_every_job_each_day_and_months_ahead() -> None:
    """A job that fails on the tenth day runs again after ten minutes, and delays no other."""
    days, ran, failed = Days(), list[datetime](), list[datetime]()
    made = {"2611", "2612", "2701"}

    def fails_on_the_tenth(at: datetime) -> Sequence[DailyEvent]:
        if at.date() == (AT + timedelta(days=10)).date() and not failed:
            failed.append(at)
            raise psycopg2.OperationalError("away")
        return [CoursesKept(at, 1)]

    def make() -> Sequence[MonthMade]:
        wanted = [period_of(days.at + timedelta(days=31 * ahead)) for ahead in range(3)]
        new = [period for period in wanted if period not in made]
        made.update(new)
        return [MonthMade("message", period, 0) for period in new]

    failing = DailyJob("failing", fails_on_the_tenth)
    with at_work(days, noting(ran), failing, months_ahead(make)) as told:
        events: list[DailyEvent] = []

        def heard(kind: type[DailyEvent]) -> int:
            return sum(isinstance(event, kind) for event in events)

        for day in range(41):
            while heard(SearchesForgotten) <= day or heard(CoursesKept) + heard(JobFailed) <= day:
                events.append(told.get(timeout=WAIT_S))
            if heard(JobFailed) and heard(CoursesKept) == day:
                days.sleep(600)
                while heard(CoursesKept) <= day:
                    events.append(told.get(timeout=WAIT_S))
                days.sleep(86_400 - 600)
            else:
                days.sleep(86_400)
        while heard(SearchesForgotten) < 42:
            events.append(told.get(timeout=WAIT_S))
        days.sleep(600)
        while heard(CoursesKept) < 42:
            events.append(told.get(timeout=WAIT_S))
    assert ran == [AT + timedelta(days=day) for day in range(42)]
    assert failed == [AT + timedelta(days=10)]
    # by 6 January, three months ahead
    assert made == {"2611", "2612", "2701", "2702", "2703"}


def test_what_reports_count_by_is_kept_and_told_of_where_it_is_much() -> None:
    counts = iter([3, 500, 0])
    job = courses_kept(lambda: next(counts), 500)
    assert [job.run(AT) for _time in range(3)] == [(), [CoursesKept(AT, 500)], ()]


def test_notes_of_sheets_whose_term_has_ended_are_told_of() -> None:
    assert terms_end(lambda _at: TermsPassed(0, 0, 2)).run(AT) == [TermsEnded(AT, 0, 0, 2)]
    assert terms_end(lambda _at: TermsPassed(1, 2)).run(AT) == [TermsEnded(AT, 1, 2, 0)]
    assert terms_end(lambda _at: TermsPassed(0, 0)).run(AT) == ()


def test_of_forgotten_searches_only_their_count_is_told() -> None:
    assert searches_forgotten("searches", lambda _at: 3).run(AT) == [SearchesForgotten(AT, 3)]
    assert searches_forgotten("searches", lambda _at: 0).run(AT) == ()
