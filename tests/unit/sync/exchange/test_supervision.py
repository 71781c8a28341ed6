"""Background threads of a console continue after an unexpected exception, and report it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Queue

import psycopg2
import pytest

from sync.exchange.supervision import (
    RestartPace,
    Service,
    ServiceBoard,
    ServiceState,
    health_facts,
    read_services,
    troubled,
)
from sync.jobs.daily import DailyEvent, DailyJob, DailyJobs, SearchesForgotten
from sync.jobs.store_care import BackupEvent, BackupMade, BackupSettings, HourlyBackup
from tests.fakes.records import RANG_AT
from tests.fakes.store_template import StoreTemplate

WAIT_S = 10.0
QUICK = RestartPace(first_s=0.01, longest_s=0.02)
AT = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)


class Bug(Exception):
    """An unexpected exception."""


@pytest.fixture
def bugs(monkeypatch: pytest.MonkeyPatch) -> Queue[type[BaseException]]:
    """Exception types received by the crash handler."""
    caught: Queue[type[BaseException]] = Queue()
    monkeypatch.setattr(threading, "excepthook", lambda args: caught.put(args.exc_type))
    return caught


class Worker(Service):
    """Fails as often as requested, then waits until it is stopped."""

    def __init__(self, failures: int) -> None:
        super().__init__("worker")
        self.restart_pace = QUICK
        self.runs: Queue[int] = Queue()
        self._failures = failures

    def _run(self) -> None:
        self.runs.put(self._failures)
        if self._failures:
            self._failures -= 1
            raise Bug
        self._stopping.wait()


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker(failures=3)
    yield made
    assert made.stop(WAIT_S)


def test_a_thread_starts_again_after_each_bug_and_the_crash_handler_hears_of_it(
    worker: Worker, bugs: Queue[type[BaseException]]
) -> None:
    assert not worker.is_running()
    worker.start()

    assert [worker.runs.get(timeout=WAIT_S) for _run in range(4)] == [3, 2, 1, 0]
    assert [bugs.get(timeout=WAIT_S) for _bug in range(3)] == [Bug] * 3
    health = worker.health
    assert (health.state, health.restarts, health.bug) == (ServiceState.RUNNING, 3, "Bug")
    assert not worker.is_running()  # a worker process exits and is restarted

    assert worker.stop(WAIT_S)
    assert worker.health.state is ServiceState.STOPPED


def test_a_thread_that_waits_to_start_again_ends_at_once(
    bugs: Queue[type[BaseException]],
) -> None:
    worker = Worker(failures=1)
    worker.restart_pace = RestartPace(first_s=3600.0, longest_s=3600.0)
    worker.start()
    bugs.get(timeout=WAIT_S)

    waiting = worker.health
    assert worker.stop(WAIT_S)
    ended = worker.health
    assert (waiting.state, ended.state) == (ServiceState.BACKING_OFF, ServiceState.STOPPED)
    assert worker.runs.qsize() == 1


def test_the_health_of_all_is_in_a_file_that_other_processes_read(
    worker: Worker, bugs: Queue[type[BaseException]], tmp_path: Path
) -> None:
    store_file = tmp_path / "register.db"
    assert read_services(store_file) == ()
    board = ServiceBoard(store_file)
    board.add(worker)
    worker.start()
    for _run in range(4):
        worker.runs.get(timeout=WAIT_S)

    assert read_services(store_file) == board.health() == (worker.health,)
    assert troubled(board.health()) == board.health()
    assert [row["state"] for row in health_facts(board.health())] == ["running"]

    (tmp_path / "services.json").write_text("[{}]")
    assert read_services(store_file) == ()


def test_jobs_of_the_day_with_the_terms_of_personal_data_go_on(
    bugs: Queue[type[BaseException]],
) -> None:
    outcomes: Iterator[Exception | None] = iter([Bug(), psycopg2.DataError("22001"), None])
    told: Queue[DailyEvent] = Queue()

    def run(at: datetime) -> Sequence[DailyEvent]:
        outcome = next(outcomes)
        if outcome is not None:
            raise outcome
        return [SearchesForgotten(at, 1)]

    jobs = DailyJobs([DailyJob("terms", run)], told.put, clock=lambda: AT, name="terms")
    jobs.restart_pace = QUICK
    jobs.start()

    assert told.get(timeout=WAIT_S) == SearchesForgotten(AT, 1)
    assert [bugs.get(timeout=WAIT_S) for _bug in range(2)] == [Bug, psycopg2.DataError]
    assert (jobs.health.name, jobs.health.restarts) == ("terms", 2)
    assert jobs.stop(WAIT_S)


def test_copies_of_the_register_go_on(
    bugs: Queue[type[BaseException]], tmp_path: Path, store_template: StoreTemplate
) -> None:
    path, folder = tmp_path / "register.db", tmp_path / "copies"
    folder.mkdir()
    store = store_template.open_copy(path)
    told: Queue[BackupEvent] = Queue()
    failures = iter([Bug()])

    def tell(event: BackupEvent) -> None:
        told.put(event)
        for failure in failures:
            raise failure

    at = RANG_AT.replace(microsecond=0)
    hours = iter(range(1_000_000))
    backup = HourlyBackup(
        path,
        store_template.key,
        "0001",
        replace(BackupSettings(folder), look_s=0.01),
        tell,
        clock=lambda: at + timedelta(hours=next(hours)),
    )
    backup.restart_pace = QUICK
    backup.start()

    assert isinstance(told.get(timeout=WAIT_S), BackupMade)
    assert bugs.get(timeout=WAIT_S) is Bug
    assert isinstance(told.get(timeout=WAIT_S), BackupMade)
    assert backup.stop(WAIT_S)
    assert store.close_store()
