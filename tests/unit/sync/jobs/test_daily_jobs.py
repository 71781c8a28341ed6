"""Daily jobs of the centre: each once at the start, again after a failure, and then daily."""

from __future__ import annotations

import queue
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import psycopg2

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
from sync.store.central.partitions import MonthMade
from sync.store.local.people.retention import TermsPassed

AT = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)
WAIT_S = 10.0
LONG_S = 3600.0


def run_until(
    jobs: Sequence[DailyJob], is_enough: Callable[[list[DailyEvent]], bool], **pace: float
) -> list[DailyEvent]:
    """The events told until they are enough, bounded."""
    told: queue.Queue[DailyEvent] = queue.Queue()
    daily = DailyJobs(jobs, told.put, clock=lambda: AT, **pace)
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
