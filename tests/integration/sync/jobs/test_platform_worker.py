"""Workers with a real PostgreSQL: messages of all workplaces reach the platform, each once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg2
import psycopg2.extras
import pytest
from uuid_utils.compat import uuid7

from sync.errors import CentralNotReady
from sync.exchange.central_choice import Watchdog
from sync.exchange.platform.events import MessagePosted
from sync.exchange.platform.open311 import PlatformClient, PlatformSettings
from sync.jobs.platform import poll_messages, post_messages
from sync.register.handling.standing import HELD_BACK, UNDO
from sync.register.messages import MessageRecord
from sync.store.central.connection import central_transaction
from sync.store.central.partitions import months_of
from sync.store.central.platform_queue import CentralPlatformQueue
from sync.store.local.messages.platform_queue import LocalPlatformQueue, PostState, QueueStatus
from sync.store.local.register import RegisterStore
from tests.fakes.open311_server import Fault, Open311Server
from tests.fakes.platform_troubles import put_into_centre, send_waiting
from tests.fakes.tcp_proxy import TcpProxy

ROOT = Path(__file__).parents[4]
WAIT_S = 30.0
LATE_S = 500.0
MINUTE = timedelta(minutes=1)


@pytest.fixture
def server() -> Iterator[Open311Server]:
    with Open311Server() as running:
        running.behaviour.honours_key = False
        yield running


@pytest.fixture
def make_queue(dsn: str) -> Iterator[Callable[..., CentralPlatformQueue]]:
    made: list[CentralPlatformQueue] = []

    def make(lease: timedelta = MINUTE) -> CentralPlatformQueue:
        made.append(CentralPlatformQueue(dsn, uuid7(), lease=lease))
        return made[-1]

    yield make
    for queue in made:
        queue.close()


def client_of(server: Open311Server) -> PlatformClient:
    return PlatformClient(PlatformSettings(server.url, server.behaviour.api_key))


def query(dsn: str, statement: str) -> list[dict[str, Any]]:
    connection = psycopg2.connect(dsn, cursor_factory=psycopg2.extras.RealDictCursor)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return [dict(row) for row in cursor.fetchall()] if cursor.description else []
    finally:
        connection.close()


def later(seconds: float) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=seconds)


def numbers_on(server: Open311Server) -> Counter[str]:
    return Counter(request.attributes["registration_number"] for request in server.requests)


def once_each(records: list[MessageRecord]) -> Counter[str]:
    return Counter(str(record.number) for record in records)


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT_S
    while not condition():
        assert time.monotonic() < deadline
        threading.Event().wait(0.02)


def test_messages_are_claimed_posted_and_followed_put_into_centre(
    store: RegisterStore, dsn: str, server: Open311Server, make_queue: Callable[..., Any]
) -> None:
    (record,) = put_into_centre(store, dsn, 1)
    queue, platform = make_queue(), client_of(server)
    assert queue.status() == QueueStatus(1, record.registered_at, 0)
    (event,) = post_messages(queue, platform, later(0)).events
    assert isinstance(event, MessagePosted)
    assert event.number == str(record.number)
    assert server.forms[0]["description"].startswith(record.text)
    server.answer("C-00001", "closed", "Яма заделана")
    assert len(poll_messages(queue, platform, later(LATE_S)).events) == 1
    (row,) = query(dsn, "SELECT * FROM platform_post")
    assert (row["state"], row["platform_id"]) == ("closed", "C-00001")
    assert (row["platform_status"], row["answer_text"]) == ("closed", "Яма заделана")
    assert (row["leased_by"], row["leased_until"]) == (None, None)
    # the message itself still belongs to its workplace
    assert [row["rev"] for row in query(dsn, "SELECT rev FROM message")] == [record.revision]
    assert queue.status() == QueueStatus(0, None, 0)
    platform.close()


def test_many_workers_post_each_message_once(
    store: RegisterStore, dsn: str, server: Open311Server, make_queue: Callable[..., Any]
) -> None:
    records = put_into_centre(store, dsn, 40)
    queues = [make_queue() for _ in range(4)]
    start = threading.Barrier(len(queues))

    def work(queue: CentralPlatformQueue) -> None:
        platform = client_of(server)
        start.wait(WAIT_S)
        while queue.status().waiting:
            post_messages(queue, platform, later(0))
        platform.close()

    threads = [threading.Thread(target=work, args=(queue,)) for queue in queues]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT_S)
        assert not thread.is_alive()
    assert numbers_on(server) == once_each(records)
    assert len(server.requests) == 40


def test_a_claim_is_nobody_elses_while_its_lease_lasts(
    store: RegisterStore, dsn: str, make_queue: Callable[..., Any]
) -> None:
    put_into_centre(store, dsn, 3)
    first, second = make_queue(), make_queue()
    held = first.to_post(later(0), 2)
    assert len(held) == 2
    assert len(second.to_post(later(0), 10)) == 1
    first.release(held)
    assert len(second.to_post(later(0), 10)) == 2


def test_a_worker_that_slept_over_its_lease_does_not_post(
    store: RegisterStore, dsn: str, make_queue: Callable[..., Any]
) -> None:
    put_into_centre(store, dsn, 1)
    slept, awake = make_queue(timedelta(0)), make_queue()
    (stale,) = slept.to_post(later(0), 10)
    (claim,) = awake.to_post(later(0), 10)
    assert not slept.begin(stale, later(0), later(60))
    assert awake.begin(claim, later(0), later(60))
    slept.put_off(stale, PostState.WAITING, "late", later(0))  # ignored
    assert [row["state"] for row in query(dsn, "SELECT state FROM platform_post")] == ["posting"]


def test_what_the_workplace_posted_itself_is_left_alone(
    store: RegisterStore, dsn: str, server: Open311Server, make_queue: Callable[..., Any]
) -> None:
    put_into_centre(store, dsn, 1)
    platform = client_of(server)
    post_messages(LocalPlatformQueue(store), platform, later(0))
    send_waiting(store, dsn)
    assert post_messages(make_queue(), platform, later(0)).events == ()
    assert server.posts == 1
    platform.close()


def test_a_refused_message_stays_visible_and_can_be_tried_again(
    store: RegisterStore, dsn: str, server: Open311Server, make_queue: Callable[..., Any]
) -> None:
    (record,) = put_into_centre(store, dsn, 1)
    queue, platform = make_queue(), client_of(server)
    server.plan(Fault.REFUSE)
    post_messages(queue, platform, later(0))
    (refused,) = queue.rejected()
    assert (refused.message_id, refused.code) == (record.id, "http_400")
    assert queue.status() == QueueStatus(0, None, 1)
    assert queue.retry_rejected() == 1
    assert len(post_messages(queue, platform, later(0)).events) == 1
    platform.close()


def test_a_message_is_not_handed_over_while_its_registration_may_be_taken_back(
    store: RegisterStore, dsn: str, make_queue: Callable[..., Any]
) -> None:
    (record,) = put_into_centre(store, dsn, 1)
    queue, at = make_queue(), record.registered_at
    assert at is not None
    assert queue.to_post(at + UNDO, 10) == ()
    assert len(queue.to_post(at + HELD_BACK, 10)) == 1


def test_messages_that_come_later_are_seen(
    store: RegisterStore, dsn: str, make_queue: Callable[..., Any]
) -> None:
    queue = make_queue()
    assert queue.to_post(later(0), 10) == ()
    put_into_centre(store, dsn, 1)
    query(dsn, "UPDATE message SET received_at = now() - interval '2 days'")
    assert queue.to_post(later(0), 10) == ()  # the query of recent ones
    assert len(queue.to_post(later(3601), 10)) == 1  # the hourly query of all


def test_all_messages_are_looked_at_after_the_clock_was_set_back(
    store: RegisterStore, dsn: str, make_queue: Callable[..., Any]
) -> None:
    queue = make_queue()
    assert queue.to_post(later(86_400), 10) == ()
    put_into_centre(store, dsn, 1)
    query(dsn, "UPDATE message SET received_at = now() - interval '2 days'")
    assert queue.to_post(later(86_400), 10) == ()
    assert len(queue.to_post(later(0), 10)) == 1


def test_a_centre_without_the_schema_is_told(empty_dsn: str) -> None:
    queue = CentralPlatformQueue(empty_dsn, uuid7())
    with pytest.raises(CentralNotReady):
        queue.to_post(later(0), 1)
    queue.close()


def test_a_frozen_database_hangs_nobody(
    store: RegisterStore, dsn: str, proxy: TcpProxy, through_proxy: Callable[[str], str]
) -> None:
    put_into_centre(store, dsn, 1)
    queue = CentralPlatformQueue(through_proxy(dsn), uuid7())
    queue.connection.guard = Watchdog(queue.connection.abort, 0.5).watching
    assert queue.status().waiting == 1
    proxy.freeze()
    with pytest.raises(psycopg2.Error):
        queue.status()
    proxy.thaw()
    assert queue.status().waiting == 1  # on a new connection
    queue.close()


# --- the process -----------------------------------------------------------------------------


def worker(dsn: str, server: Open311Server, *options: str) -> subprocess.Popen[str]:
    return worker_beside(
        dsn,
        *("--platform", server.url, "--tick-s", "0.1", "--poll-s", "0.1", *options),
        key=server.behaviour.api_key,
    )


def worker_beside(dsn: str, *options: str, key: str = "") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "sync", "worker", "--dsn", dsn, *options],
        cwd=ROOT,
        env={**os.environ, "EDINYI_NOMER_PLATFORM_KEY": key},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_the_worker_posts_polls_and_ends_cleanly_at_sigterm(
    store: RegisterStore, dsn: str, server: Open311Server
) -> None:
    (record,) = put_into_centre(store, dsn, 1)
    with central_transaction(dsn) as connection:
        newest = months_of(connection).newest
    missing = f"message_event_{newest}"
    query(dsn, f"ALTER TABLE message_event DETACH PARTITION {missing}; DROP TABLE {missing}")
    process = worker(dsn, server)
    until(lambda: len(server.requests) == 1)
    with central_transaction(dsn) as connection:
        until(lambda: months_of(connection).newest == newest)
    server.answer("C-00001", "closed", "Яма заделана")
    is_answered = "SELECT 1 FROM platform_post WHERE answer_text IS NOT NULL"
    until(lambda: bool(query(dsn, is_answered)))
    process.send_signal(signal.SIGTERM)
    told, complaints = process.communicate(timeout=WAIT_S)
    assert (process.returncode, complaints) == (0, "")
    lines = [json.loads(line) for line in told.splitlines()]
    (month,) = [line for line in lines if line["event"] == "MonthAhead"]
    assert (month["table"], month["period"]) == ("message_event", newest)
    (heads,) = [line for line in lines if line["event"] == "HeadsTold"]
    assert heads["heads"] == []
    events = [line for line in lines if line not in (month, heads)]
    assert [event["event"] for event in events] == [
        "PlatformReached",
        "MessagePosted",
        "MessageAnswered",
    ]
    assert events[1]["number"] == str(record.number)
    assert not {"Яма", "Пробный", "caller@"} & set(told.split())
    assert server.posts == 1


def test_a_city_without_a_platform_has_its_database_looked_after(
    store: RegisterStore, dsn: str
) -> None:
    put_into_centre(store, dsn, 1)
    query(dsn, "DELETE FROM message_course")
    process = worker_beside(dsn)
    until(lambda: len(query(dsn, "SELECT 1 FROM message_course WHERE made_by IS NOT NULL")) == 1)
    process.send_signal(signal.SIGTERM)
    told, complaints = process.communicate(timeout=WAIT_S)
    assert (process.returncode, complaints) == (0, "")
    events = {json.loads(line)["event"] for line in told.splitlines()}
    assert "CoursesKept" in events
    assert "PlatformReached" not in events
    assert query(dsn, "SELECT 1 FROM platform_post WHERE state = 'posting'") == []


def test_what_is_said_of_a_platform_that_is_not_named_is_refused() -> None:
    process = worker_beside("host=127.0.0.1", "--jurisdiction", "city.example")
    _told, complaints = process.communicate(timeout=WAIT_S)
    assert (process.returncode, complaints.strip()) == (
        2,
        "platform: options of the platform require --platform",
    )


def test_a_worker_killed_in_the_middle_of_a_post_posts_nothing_twice(
    store: RegisterStore, dsn: str, server: Open311Server
) -> None:
    records = put_into_centre(store, dsn, 3)
    server.plan(None, Fault.HOLD_AFTER)
    process = worker(dsn, server)
    until(lambda: len(server.requests) == 2)
    process.kill()
    process.communicate(timeout=WAIT_S)
    states = Counter(row["state"] for row in query(dsn, "SELECT state FROM platform_post"))
    assert states == {"posted": 1, "posting": 1, "waiting": 1}
    # as if the lease and the settling time had expired
    query(dsn, "UPDATE platform_post SET leased_until = now(), next_try_at = now()")
    server.let_go()
    process = worker(dsn, server, "--settle-s", "0")
    posted = "SELECT 1 FROM platform_post WHERE state = 'posted'"
    until(lambda: len(query(dsn, posted)) == 3)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=WAIT_S)
    assert process.returncode == 0
    assert numbers_on(server) == once_each(records)
    assert server.posts == 3


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (
            ["--platform", "http://platform.invalid"],
            "platform: the URL is not https; personal data would be sent unencrypted"
            " (--allow-plain-http)",
        ),
        (
            ["--author", "passport"],
            "platform: unknown author field; use name, email, phone or none",
        ),
        (["--key-file", "no-such-file"], "platform: the API key file cannot be read"),
        (
            ["--services", "no-such-file"],
            "platform: the services file cannot be read, or is not a JSON object of texts",
        ),
        (
            ["--dsn", "postgres://["],
            "connection string is invalid: expected libpq keywords or a URI",
        ),
    ],
)
def test_wrong_settings_are_told_in_one_line(
    server: Open311Server, options: list[str], complaint: str
) -> None:
    process = worker("host=127.0.0.1", server, *options)
    _told, complaints = process.communicate(timeout=WAIT_S)
    assert (process.returncode, complaints.strip()) == (2, complaint)
