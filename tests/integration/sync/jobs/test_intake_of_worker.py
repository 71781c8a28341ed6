"""The worker imports messages sent on the platform, each once (Regulation 7.5)."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg2
import pytest
from sqlalchemy import select

from sync.errors import StationTaken
from sync.exchange.feed import catch_up
from sync.exchange.platform.events import (
    MessageEvent,
    MessageLeft,
    MessageTakenIn,
    PlatformEvent,
)
from sync.exchange.platform.hand_over import JobSettings
from sync.exchange.platform.open311 import PlatformClient, PlatformSettings
from sync.jobs.platform import (
    PlatformJobs,
    poll_messages,
    post_messages,
    take_in_messages,
    tell_news,
)
from sync.records.workplace_tables import outbox
from sync.register.checks.finding import Ground
from sync.register.handling.events import Source, Step, person
from sync.register.handling.handled import HandledMessage, StepDone
from sync.register.handling.step_facts import NoFacts, RefusedOn
from sync.register.messages import Publicity, State
from sync.register.people.values import PersonName
from sync.store.central.administration import central_state
from sync.store.central.connection import Central, central_transaction
from sync.store.central.feed import CentralFeed
from sync.store.central.intake.messages import CentralPlatformIntake, IntakeState, intake_state
from sync.store.central.logins import enrol_worker, enrol_workplace, known_logins, set_reviews
from sync.store.central.platform_news import CentralPlatformNews
from sync.store.central.platform_queue import CentralPlatformQueue
from sync.store.central.worker_connection import WorkerConnection
from sync.store.local.keys import StoreKey
from sync.store.local.messages.handling import HandlingFeed, MessageHandling
from sync.store.local.messages.platform_intake import SHOWN_LATE
from sync.store.local.register import RegisterStore
from tests.fakes.open311_server import Fault, Later, Open311Server
from tests.fakes.platform_troubles import PACE, put_into_centre, send_waiting
from tests.fakes.ready_commands import run
from tests.fakes.records import OPERATOR
from tests.fakes.tcp_proxy import TcpProxy
from tests.integration.sync.jobs.test_platform_worker import query, until, worker

WAIT_S = 30.0
MINUTE = timedelta(minutes=1)
EACH_TIME = JobSettings(intake_s=0)
TOLD = {
    "address_string": "ул. Пробная, 1",
    "attribute[is_public]": "true",
    "attribute[event_date]": "2026-11-24",
    "attribute[event_time]": "19:30",
    "first_name": "Проба Пробовна",
    "last_name": "Пробная",
    "email": "citizen@test.invalid",
    "phone": "8 900 555-01-07",
}
BY = person(OPERATOR)


@pytest.fixture
def server() -> Iterator[Open311Server]:
    with Open311Server() as running:
        yield running


@pytest.fixture
def platform(server: Open311Server) -> Iterator[PlatformClient]:
    made = client_of(server)
    yield made
    made.close()


def client_of(server: Open311Server) -> PlatformClient:
    codes = {"roads-pits": "0042"}
    return PlatformClient(
        PlatformSettings(server.url, server.behaviour.api_key, service_codes=codes)
    )


class Worker:
    """A worker's connection under its own login, one job at a time."""

    def __init__(self, dsn: str) -> None:
        self.connection = WorkerConnection(dsn)
        self.intake = CentralPlatformIntake(self.connection)
        self.news = CentralPlatformNews(self.connection, uuid4())

    def take_in(self, platform: PlatformClient) -> tuple[MessageEvent, ...]:
        result = take_in_messages(self.intake, platform, now(), EACH_TIME)
        assert result.failure is None
        return result.events


@pytest.fixture
def make_worker(centre: str) -> Iterator[Callable[[], Worker]]:
    made: list[Worker] = []

    def make() -> Worker:
        made.append(Worker(enrol_worker(centre, f"worker_{uuid4().hex[:12]}").dsn))
        return made[-1]

    yield make
    for one in made:
        one.connection.close()


@pytest.fixture
def begun(make_worker: Callable[[], Worker], centre: str) -> Worker:
    """A worker whose import started an hour ago."""
    made = make_worker()
    begin(made, centre)
    return made


def begin(one: Worker, dsn: str) -> None:
    one.intake.since(now())
    query(dsn, "UPDATE platform_intake SET since = now() - interval '1 hour'")


def now() -> datetime:
    return datetime.now(UTC)


def ago(minutes: float) -> datetime:
    """Returns a time in whole seconds, as platforms report it."""
    return (now() - timedelta(minutes=minutes)).replace(microsecond=0)


def state_of(dsn: str) -> IntakeState:
    with central_transaction(dsn) as connection:
        state = intake_state(connection)
    assert state is not None
    return state


class Reviewer:
    """A workplace that reviews all messages, under its own login."""

    def __init__(self, store: RegisterStore, dsn: str) -> None:
        self.store, self.dsn = store, dsn
        self.handling = MessageHandling(store)
        self.feed = HandlingFeed(store)

    def take(self) -> None:
        central = CentralFeed(self.dsn, self.store.station().code)
        central.connect()
        catch_up(central, self.feed)
        central.close()

    def waiting(self) -> tuple[HandledMessage, ...]:
        return self.handling.in_states({State.SUBMITTED})

    def queued(self) -> list[str]:
        rows = self.store.read(lambda connection: connection.execute(select(outbox)).all())
        return [row.entity for row in rows]


@pytest.fixture
def reviewer(store: RegisterStore, centre: str) -> Reviewer:
    made = enrol_workplace(centre, "0001")
    set_reviews(centre, "0001", reviews=True)
    return Reviewer(store, made.dsn)


def test_what_a_user_sent_waits_for_review_at_a_workplace_with_all_that_is_shown(
    begun: Worker, platform: PlatformClient, server: Open311Server, reviewer: Reviewer
) -> None:
    sent_at = ago(5)
    server.add_foreign("Яма у школы", sent_at, told=TOLD)
    (event,) = begun.take_in(platform)
    assert isinstance(event, MessageTakenIn)

    reviewer.take()
    (handled,) = reviewer.waiting()
    record = handled.record
    assert (event.message_id, event.number) == (record.id, str(record.number))
    assert record.number is not None
    assert (record.number.station, record.number.counter) == ("0000", 1)
    assert (record.text, record.place, record.category) == (
        "Яма у школы",
        "ул. Пробная, 1",
        "roads-pits",
    )
    assert (record.publicity, record.phone, record.email) == (
        Publicity.PUBLIC,
        "+79005550107",
        "citizen@test.invalid",
    )
    assert record.name == PersonName("Пробная", "Проба", "Пробовна")
    # the deadline of 7.11 starts when the user sent the message
    assert record.submitted_at == sent_at
    assert [one.step for one in handled.history.events][0] is Step.SUBMIT
    assert {one.by for one in handled.history.events} == {Source.PLATFORM}
    assert reviewer.queued() == [], "what came from the centre is not sent back"


def test_the_decision_on_it_reaches_the_centre_and_the_platform(
    begun: Worker,
    platform: PlatformClient,
    server: Open311Server,
    reviewer: Reviewer,
    centre: str,
) -> None:
    server.add_foreign("Яма у школы", ago(5), told=TOLD)
    server.add_foreign("Кот", ago(4), told=TOLD)
    begun.take_in(platform)
    reviewer.take()
    first, second = reviewer.waiting()
    for handled in (first, second):
        take(reviewer, handled, Step.TAKE_UP)
    done = reviewer.handling.register(first.id, OPERATOR).result(WAIT_S)
    assert isinstance(done, StepDone), done
    refused = RefusedOn(frozenset({Ground.NO_PLACE}), "Назовите дом.")
    take(reviewer, second, Step.REFUSE, refused)
    send_waiting(reviewer.store, reviewer.dsn)
    states = query(centre, "SELECT number, state FROM message ORDER BY number")
    assert [row["state"] for row in states] == ["published", "refused"]

    query(centre, "UPDATE message_event SET received_at = now() - interval '1 minute'")
    query(centre, "UPDATE platform_post SET news_next_at = now()")
    for _ in range(3):
        tell_news(begun.news, platform, now())
    told = {
        update["service_request_id"]: (
            update["attribute[step]"],
            update["attribute[is_public]"],
            update["description"],
        )
        for update in server.updates.values()
    }
    assert told == {
        "C-00001": ("register_and_publish", "true", told["C-00001"][2]),
        "C-00002": ("refuse", "false", "Назовите дом."),
    }


def test_an_answer_that_the_platform_shows_comes_to_who_reviews(
    begun: Worker,
    platform: PlatformClient,
    server: Open311Server,
    reviewer: Reviewer,
    centre: str,
    tmp_path: Path,
    key: StoreKey,
) -> None:
    server.add_foreign("Яма у школы", ago(5), told=TOLD)
    begun.take_in(platform)
    reviewer.take()
    server.answer("C-00001", "open", "Засыпали")
    queue = CentralPlatformQueue(centre, uuid4())
    assert len(poll_messages(queue, platform, now() + timedelta(hours=1)).events) == 1
    queue.close()
    reviewer.take()
    (handled,) = reviewer.waiting()
    assert handled.unjudged_answer == "Засыпали"
    assert reviewer.queued() == [], "the message is not its own"

    # and to a workplace that gets a snapshot, with the message
    enrolled = enrol_workplace(centre, "0002")
    set_reviews(centre, "0002", reviews=True)
    later_store = RegisterStore.open(tmp_path / "later.db", key, first_station="0002")
    later_one = Reviewer(later_store, enrolled.dsn)
    later_one.take()
    (handled,) = later_one.waiting()
    assert handled.unjudged_answer == "Засыпали"
    assert later_store.close_store()


def take(reviewer: Reviewer, handled: HandledMessage, step: Step, facts: Any = None) -> None:
    outcome = reviewer.handling.take(handled.id, step, BY, facts or NoFacts()).result(WAIT_S)
    assert isinstance(outcome, StepDone), outcome


def test_it_is_taken_in_once_by_any_worker_and_never_posted_back(
    begun: Worker,
    make_worker: Callable[[], Worker],
    platform: PlatformClient,
    server: Open311Server,
    centre: str,
) -> None:
    server.add_foreign("Яма у школы", ago(5), told=TOLD)
    assert len(begun.take_in(platform)) == 1
    assert begun.take_in(platform) == ()
    elsewhere = make_worker()
    assert elsewhere.take_in(platform) == ()
    assert state_of(centre).taken == 1
    queue = CentralPlatformQueue(centre, uuid4())
    assert post_messages(queue, platform, now() + timedelta(hours=1)).events == ()
    queue.close()
    assert server.posts == 0


def test_two_workers_at_once_double_nothing_and_give_each_number_once(
    begun: Worker,
    make_worker: Callable[[], Worker],
    server: Open311Server,
    centre: str,
) -> None:
    for index in range(30):
        server.add_foreign(f"Яма {index}", ago(5), told=TOLD)
    start = threading.Barrier(3)
    taken: list[MessageEvent] = []

    def work(one: Worker) -> None:
        platform = client_of(server)
        start.wait(WAIT_S)
        taken.extend(one.take_in(platform))
        platform.close()

    threads = [threading.Thread(target=work, args=(make_worker(),)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT_S)
        assert not thread.is_alive()
    rows = query(centre, "SELECT platform_id, counter FROM message")
    assert Counter(row["platform_id"] for row in rows) == Counter(
        request.service_request_id for request in server.requests
    )
    assert sorted(row["counter"] for row in rows) == list(range(1, 31))
    assert len(taken) == 30


def test_ours_closed_ones_and_those_from_before_are_left_alone(
    begun: Worker, platform: PlatformClient, server: Open311Server, centre: str
) -> None:
    ours = {**TOLD, "attribute[registration_number]": "2611-0001-00001-1"}
    server.add_foreign("Наше", ago(5), told=ours)
    server.add_foreign("До нас", ago(90))
    server.add_foreign("Закрыто", ago(5))
    server.answer("C-00003", "closed", None)
    assert begun.take_in(platform) == ()
    assert state_of(centre).taken == 0


def test_one_that_lost_our_number_is_known_by_its_identifier(
    begun: Worker, platform: PlatformClient, server: Open311Server, centre: str
) -> None:
    server.add_foreign("Яма", ago(5), told=TOLD)
    begun.take_in(platform)
    query(centre, "DELETE FROM platform_request")
    assert begun.take_in(platform) == ()


def test_what_cannot_be_read_or_kept_is_left_counted_and_the_rest_goes_on(
    begun: Worker, platform: PlatformClient, server: Open311Server, centre: str
) -> None:
    server.add_foreign("Без даты", ago(9))
    server.behaviour.shows_no_moment_of.add("C-00001")
    endless = "".join(sha256(bytes([one])).hexdigest() for one in range(200))
    server.add_foreign("Яма", ago(8), told={**TOLD, "last_name": endless})
    server.add_foreign(" \n", ago(7))
    server.add_foreign("Сугроб", ago(6), told=TOLD)
    events = begun.take_in(platform)
    left = {one.platform_id: one.code for one in events if isinstance(one, MessageLeft)}
    assert left == {"C-00001": "no_moment", "C-00002": "54000", "C-00003": "no_text"}
    assert [one.platform_id for one in events if isinstance(one, MessageTakenIn)] == ["C-00004"]
    assert begun.take_in(platform) == (), "each is told once"

    state = state_of(centre)
    assert (state.taken, state.left) == (1, {"54000": 1, "no_moment": 1, "no_text": 1})
    told = run("central", "status", "--dsn", centre).stdout
    assert "messages from the platform: 1 imported, last polled 20" in told
    assert "not imported: 1, no_moment" in told

    server.behaviour.shows_no_moment_of.clear()
    assert begun.intake.retry_left() == 3
    again = [one for one in begun.take_in(platform) if isinstance(one, MessageTakenIn)]
    assert [one.platform_id for one in again] == ["C-00001"]


def test_the_intake_goes_on_from_the_mark_of_the_centre(
    begun: Worker, make_worker: Callable[[], Worker], platform: PlatformClient, centre: str
) -> None:
    begun.take_in(platform)
    query(centre, "UPDATE platform_intake SET since = now() - interval '90 days'")
    told_at = state_of(centre).told_at
    assert told_at is not None
    assert make_worker().intake.since(now()) == told_at - SHOWN_LATE


def test_a_first_look_by_a_clock_that_ran_ahead_is_corrected(
    begun: Worker, platform: PlatformClient, server: Open311Server, centre: str
) -> None:
    query(centre, "UPDATE platform_intake SET since = now() + interval '1 year', told_at = NULL")
    assert begun.take_in(platform) == ()
    server.add_foreign("До нас", ago(90))
    server.frozen_at = now() + MINUTE
    server.add_foreign("Яма", now() + timedelta(seconds=5))
    assert [type(one) for one in begun.take_in(platform)] == [MessageTakenIn]
    assert state_of(centre).since <= now()


def test_a_platform_whose_clock_runs_ahead_does_not_move_the_term(
    begun: Worker, platform: PlatformClient, server: Open311Server, centre: str
) -> None:
    server.frozen_at = now() + timedelta(hours=2)
    server.add_foreign("Яма", now() + timedelta(hours=1))
    begun.take_in(platform)
    (row,) = query(centre, "SELECT submitted_at <= now() AS is_past FROM message")
    assert row["is_past"]


def test_a_centre_of_before_these_tables_takes_nothing_in(
    begun: Worker, platform: PlatformClient, server: Open311Server, centre: str
) -> None:
    server.add_foreign("Яма", ago(5))
    query(centre, "DROP TABLE platform_request; DROP TABLE platform_intake")
    assert begun.take_in(platform) == ()
    assert server.calls == []
    assert begun.intake.retry_left() == 0


def test_the_code_of_the_intake_is_no_workplaces(
    tmp_path: Path, key: StoreKey, begun: Worker, platform: PlatformClient, server: Open311Server,
    centre: str,
) -> None:  # fmt: skip
    server.add_foreign("Яма", ago(5))
    begun.take_in(platform)
    with central_transaction(centre) as connection:
        state = central_state(connection)
    assert state is not None
    assert state.workplaces == ()
    assert known_logins(centre) == ()
    refused = run("central", "enrol-workplace", "0000", "--dsn", centre)
    assert refused.returncode == 2
    store = RegisterStore.open(tmp_path / "other.db", key, first_station="0000")
    central = Central(centre)
    with pytest.raises(StationTaken):
        central.connect(store.station())
    central.close()
    assert store.close_store()


def test_a_workplace_that_had_the_code_before_keeps_it_and_nothing_is_taken_in(
    begun: Worker, platform: PlatformClient, server: Open311Server, centre: str
) -> None:
    query(centre, "INSERT INTO station (station_id, install_id) VALUES ('0000', gen_random_uuid())")
    server.add_foreign("Яма", ago(5))
    assert begun.take_in(platform) == ()
    assert "workplace 0000 has the code" in run("central", "status", "--dsn", centre).stdout


def test_a_worker_writes_nothing_under_the_code_of_a_workplace(
    begun: Worker, platform: PlatformClient, server: Open311Server, reviewer: Reviewer
) -> None:
    server.add_foreign("Яма", ago(5))
    begun.take_in(platform)
    stolen = (
        "INSERT INTO message_event SELECT '0001', period, gen_random_uuid(), message_id, 9, step,"
        " at, source, by_id, by_name, by_role, facts, schema_version, NULL, 1 FROM message_event"
    )
    with pytest.raises(psycopg2.Error):
        begun.connection.run(lambda connection: connection.exec_driver_sql(stolen))


def jobs_of(dsn: str, server: Open311Server, heard: list[PlatformEvent]) -> PlatformJobs:
    queue = CentralPlatformQueue(dsn, uuid4())
    intake = CentralPlatformIntake(queue.connection)
    settings = JobSettings(intake_s=0, first_delay_s=0.05, longest_delay_s=0.2)
    platform = PlatformClient(
        PlatformSettings(server.url, server.behaviour.api_key, read_timeout_s=0.5)
    )
    return PlatformJobs(queue, platform, heard.append, intake=intake, settings=settings, pace=PACE)


@pytest.mark.parametrize("faults", range(3))
def test_once_each_whatever_goes_wrong(
    dsn: str,
    server: Open311Server,
    proxy: TcpProxy,
    through_proxy: Callable[[str], str],
    faults: int,
) -> None:
    """Two workers with lost responses and broken connections to the platform and the central
    database.
    """
    first = Worker(dsn)
    begin(first, dsn)
    first.connection.close()
    mixes = (
        (Fault.DROP, Fault.HTML, Fault.ERROR, Later("1")),
        (Fault.DROP_AFTER, Fault.ERROR_AFTER, Fault.GARBAGE_AFTER, Fault.REDIRECT),
        (Fault.HOLD_AFTER, None, Fault.NOT_FOUND_PAGE, Fault.DROP),
    )
    heard: list[PlatformEvent] = []
    working = [jobs_of(one, server, heard) for one in (dsn, through_proxy(dsn))]
    for one in working:
        one.start()
    try:
        for count in range(12):
            server.plan_reading(*mixes[faults])
            server.add_foreign(f"Яма {count}", ago(1), told=TOLD)
            if count % 4 == 3:
                proxy.reset()
            threading.Event().wait(0.1)
        until(lambda: state_of(dsn).taken == 12)
    finally:
        server.let_go()
        for one in working:
            assert one.stop(WAIT_S)
    rows = query(dsn, "SELECT platform_id FROM message")
    assert Counter(row["platform_id"] for row in rows) == Counter(
        request.service_request_id for request in server.requests
    )
    assert sum(server.injected.values()) >= 4
    told = Counter(one.platform_id for one in heard if isinstance(one, MessageTakenIn))
    assert set(told.values()) == {1}


def test_a_worker_killed_in_the_middle_doubles_and_loses_nothing(
    dsn: str, server: Open311Server
) -> None:
    first = Worker(dsn)
    begin(first, dsn)
    first.connection.close()
    for index in range(60):
        server.add_foreign(f"Яма {index}", ago(5), told=TOLD)
    process = worker(dsn, server, "--intake-s", "0")
    until(lambda: state_of(dsn).taken >= 5)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=WAIT_S)
    process = worker(dsn, server, "--intake-s", "0")
    until(lambda: state_of(dsn).taken == 60)
    process.send_signal(signal.SIGTERM)
    told, complaints = process.communicate(timeout=WAIT_S)
    assert (process.returncode, complaints) == (0, "")
    assert len(query(dsn, "SELECT DISTINCT platform_id FROM message")) == 60
    assert len(query(dsn, "SELECT 1 FROM message")) == 60
    lines = [json.loads(line) for line in told.splitlines()]
    assert {"at", "message_id", "number", "platform_id"} < set(
        next(line for line in lines if line["event"] == "MessageTakenIn")
    )
    assert "Яма" not in told


def test_a_worker_can_be_told_to_leave_them_there(
    store: RegisterStore, dsn: str, server: Open311Server
) -> None:
    put_into_centre(store, dsn, 1)
    server.add_foreign("Яма", ago(5))
    process = worker(dsn, server, "--intake-s", "0", "--no-intake")

    def polls() -> int:
        return sum("C-00002" in path for _method, path in list(server.calls))

    until(lambda: polls() >= 3)  # a round runs all jobs
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=WAIT_S)
    assert process.returncode == 0
    assert len(query(dsn, "SELECT 1 FROM message")) == 1
    assert query(dsn, "SELECT 1 FROM platform_intake") == []
