"""The platform jobs over a real store and a real server: each message exactly once under
any fault.
"""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from uuid_utils.compat import uuid7

from sync.errors import StoreUnavailable
from sync.exchange.platform.events import (
    MessageAnswered,
    MessagePosted,
    MessageRejected,
    PlatformEvent,
    PlatformLost,
    PlatformReached,
)
from sync.exchange.platform.hand_over import JobSettings
from sync.exchange.platform.open311 import PlatformClient, PlatformSettings
from sync.exchange.platform.port import Accepted, FailureKind, Rejected, TokenGiven, Unavailable
from sync.jobs.platform import (
    Pace,
    PlatformJobs,
    PlatformState,
    RoundResult,
    poll_messages,
    post_messages,
)
from sync.records.table_rules import Entity
from sync.register.handling.standing import HELD_BACK, UNDO
from sync.register.messages import MessageRecord
from sync.store.local.keys import StoreKey
from sync.store.local.messages.platform_queue import (
    Claim,
    LocalPlatformQueue,
    PostState,
    QueueStatus,
    RejectedPost,
)
from sync.store.local.register import RegisterStore
from tests.fakes.open311_server import Fault, Later, Open311Server, Trouble
from tests.fakes.records import OPERATOR, RANG_AT, filled, new_call, registered_message
from tests.fakes.store_template import StoreTemplate

WAIT_S = 10.0
SETTLE_S = 60.0
LATE_S = SETTLE_S + 400.0  # longer than any backoff
# The polling interval depends on a message's age, so no test may depend on today's date.
START = RANG_AT + timedelta(minutes=2)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "register.db"


@pytest.fixture
def key(store_template: StoreTemplate) -> StoreKey:
    return store_template.key


@pytest.fixture
def store(path: Path, store_template: StoreTemplate) -> Iterator[RegisterStore]:
    opened = store_template.open_copy(path)
    yield opened
    assert opened.close_store()


@pytest.fixture
def queue(store: RegisterStore) -> LocalPlatformQueue:
    return LocalPlatformQueue(store)


@pytest.fixture
def server() -> Iterator[Open311Server]:
    with Open311Server() as running:
        running.frozen_at = START
        yield running


@pytest.fixture
def platform(server: Open311Server) -> Iterator[PlatformClient]:
    made = client_of(server)
    yield made
    made.close()


@pytest.fixture
def impatient(server: Open311Server) -> Iterator[PlatformClient]:
    """A client that times out on held responses."""
    made = client_of(server, read_timeout_s=0.1)
    yield made
    made.close()


def client_of(server: Open311Server, read_timeout_s: float = WAIT_S) -> PlatformClient:
    key = server.behaviour.api_key
    return PlatformClient(PlatformSettings(server.url, key, read_timeout_s=read_timeout_s))


def registered(store: RegisterStore, index: int = 1) -> MessageRecord:
    card = store.open_card(new_call(index), OPERATOR).result(WAIT_S)
    message = registered_message(filled(card), uuid7())
    return store.save_message(message).result(WAIT_S)


def later(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def running_clock() -> Callable[[], datetime]:
    """Returns a clock that runs in real time and shows the start time now."""
    started_s = time.monotonic()
    return lambda: later(time.monotonic() - started_s)


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT_S
    while not condition():
        assert time.monotonic() < deadline
        threading.Event().wait(0.01)


def numbers_on(server: Open311Server) -> Counter[str]:
    return Counter(request.attributes["registration_number"] for request in server.requests)


def test_a_registered_message_is_posted_and_its_identifier_kept_and_sent_to_the_centre(
    store: RegisterStore, queue: LocalPlatformQueue, platform: PlatformClient, server: Open311Server
) -> None:
    record = registered(store)
    at = later(0)
    result = post_messages(queue, platform, at)
    assert result.failure is None
    (event,) = result.events
    assert isinstance(event, MessagePosted)
    assert (event.message_id, event.number, event.platform_id) == (
        record.id,
        str(record.number),
        "C-00001",
    )
    kept = store.message(record.id)
    assert kept is not None
    assert (kept.platform_id, kept.revision) == ("C-00001", record.revision + 1)
    row = next(row for row in store.outbox_waiting(10) if row.entity is Entity.MESSAGE)
    assert (row.rev, row.payload["platform_id"]) == (kept.revision, "C-00001")
    assert post_messages(queue, platform, later(LATE_S)) == RoundResult((), False, False, None)
    assert server.posts == 1


def test_drafts_are_not_posted(
    store: RegisterStore, queue: LocalPlatformQueue, platform: PlatformClient, server: Open311Server
) -> None:
    store.open_card(new_call(1), OPERATOR).result(WAIT_S)
    assert post_messages(queue, platform, later(0)).events == ()
    assert server.calls == []


@pytest.mark.parametrize("honours_key", [True, False])
@pytest.mark.parametrize(
    "fault", [Fault.DROP_AFTER, Fault.ERROR_AFTER, Fault.HOLD_AFTER, Fault.GARBAGE_AFTER]
)
def test_a_message_whose_answer_was_lost_is_found_and_not_posted_again(
    store: RegisterStore,
    queue: LocalPlatformQueue,
    platform: PlatformClient,
    impatient: PlatformClient,
    server: Open311Server,
    fault: Fault,
    honours_key: bool,
) -> None:
    server.behaviour.honours_key = honours_key
    record = registered(store)
    server.plan(fault)
    client = impatient if fault is Fault.HOLD_AFTER else platform
    assert post_messages(queue, client, later(0)).failure is not None
    until(lambda: len(server.requests) == 1)
    # the platform may still be processing it
    assert post_messages(queue, platform, later(SETTLE_S / 2)) == RoundResult(
        (), False, False, None
    )
    (event,) = post_messages(queue, platform, later(LATE_S)).events
    assert isinstance(event, MessagePosted)
    assert numbers_on(server) == {str(record.number): 1}
    assert server.posts == 1


def test_a_message_processed_after_we_gave_up_is_not_posted_again(
    store: RegisterStore,
    queue: LocalPlatformQueue,
    platform: PlatformClient,
    impatient: PlatformClient,
    server: Open311Server,
) -> None:
    server.behaviour.honours_key = False
    registered(store)
    server.plan(Fault.PROCESS_LATE)
    result = post_messages(queue, impatient, later(0))
    assert result.failure == Unavailable(FailureKind.TIMED_OUT, may_have_it=True)
    server.let_go()
    until(lambda: len(server.requests) == 1)
    (event,) = post_messages(queue, platform, later(LATE_S)).events
    assert isinstance(event, MessagePosted)
    assert server.posts == 1


@pytest.mark.parametrize("fault", [Fault.DROP, Fault.ERROR])
def test_a_message_that_did_not_arrive_is_posted_again(
    store: RegisterStore,
    queue: LocalPlatformQueue,
    platform: PlatformClient,
    server: Open311Server,
    fault: Fault,
) -> None:
    record = registered(store)
    server.plan(fault)
    assert post_messages(queue, platform, later(0)).failure is not None
    (event,) = post_messages(queue, platform, later(LATE_S)).events
    assert isinstance(event, MessagePosted)
    assert numbers_on(server) == {str(record.number): 1}
    assert {
        headers["Idempotency-Key"] for headers in server.headers if "Content-Type" in headers
    } == {str(record.id)}


def test_a_platform_that_cannot_be_looked_through_gets_no_second_post(
    store: RegisterStore, queue: LocalPlatformQueue, platform: PlatformClient, server: Open311Server
) -> None:
    registered(store)
    server.plan(Fault.DROP_AFTER)
    post_messages(queue, platform, later(0))
    server.plan_reading(Fault.ERROR, Fault.GARBAGE_AFTER)
    for round_number in (1, 2):
        assert post_messages(queue, platform, later(LATE_S * round_number)).failure is not None
    assert server.posts == 1
    assert post_messages(queue, platform, later(LATE_S * 3)).events
    assert server.posts == 1


class DyingPlatform(PlatformClient):
    """The process ends when the POST has been processed."""

    def post(self, message: MessageRecord) -> Accepted | TokenGiven | Rejected | Unavailable:
        super().post(message)
        raise SystemExit


def test_a_killed_process_posts_nothing_twice(
    path: Path, key: StoreKey, server: Open311Server, platform: PlatformClient
) -> None:
    server.behaviour.honours_key = False
    store = RegisterStore.open(path, key)
    registered(store)
    dying = DyingPlatform(PlatformSettings(server.url, server.behaviour.api_key))
    with pytest.raises(SystemExit):
        post_messages(LocalPlatformQueue(store), dying, later(0))
    dying.close()
    assert store.close_store()
    store = RegisterStore.open(path, key)
    queue = LocalPlatformQueue(store)
    assert queue.status().waiting == 1
    assert post_messages(queue, platform, later(SETTLE_S / 2)).events == ()
    (event,) = post_messages(queue, platform, later(LATE_S)).events
    assert isinstance(event, MessagePosted)
    assert (server.posts, len(server.requests)) == (1, 1)
    assert store.close_store()


class FullDisk(LocalPlatformQueue):
    """The platform's response cannot be stored, once."""

    has_failed = False

    def posted(self, claim: Claim, platform_id: str, at: datetime, next_poll_at: datetime) -> None:
        if not self.has_failed:
            self.has_failed = True
            raise StoreUnavailable("SQLITE_FULL")
        super().posted(claim, platform_id, at, next_poll_at)


def test_an_answer_that_could_not_be_written_down_is_found_again(
    store: RegisterStore, platform: PlatformClient, server: Open311Server
) -> None:
    server.behaviour.honours_key = False
    registered(store)
    queue = FullDisk(store)
    with pytest.raises(StoreUnavailable):
        post_messages(queue, platform, later(0))
    assert post_messages(queue, platform, later(LATE_S)).events
    assert (server.posts, len(server.requests)) == (1, 1)


def test_a_platform_that_asks_for_time_is_given_it(
    store: RegisterStore, queue: LocalPlatformQueue, platform: PlatformClient, server: Open311Server
) -> None:
    registered(store)
    server.plan(Later("120"))
    result = post_messages(queue, platform, later(0))
    assert result.failure == Unavailable(FailureKind.OVERLOADED, False, 120.0)
    assert post_messages(queue, platform, later(115)).events == ()
    assert server.posts == 1
    assert post_messages(queue, platform, later(125)).events
    assert [method for method, _path in server.calls] == ["POST", "POST"]  # nothing to look up


def test_a_platform_that_is_away_is_asked_once_a_round(
    store: RegisterStore, queue: LocalPlatformQueue, platform: PlatformClient, server: Open311Server
) -> None:
    for index in range(3):
        registered(store, index)
    server.plan(Fault.NOT_FOUND_PAGE)
    result = post_messages(queue, platform, later(0))
    assert result.failure == Unavailable(FailureKind.NOT_A_PLATFORM, may_have_it=False)
    assert server.posts == 1
    assert len(post_messages(queue, platform, later(1)).events) == 3


def test_a_message_that_breaks_the_server_does_not_hold_up_the_others(
    store: RegisterStore, queue: LocalPlatformQueue, platform: PlatformClient, server: Open311Server
) -> None:
    for index in range(3):
        registered(store, index)
    server.plan(Fault.ERROR)
    result = post_messages(queue, platform, later(0))
    assert len(result.events) == 2
    assert result.failure is None
    assert queue.status().waiting == 1


def test_a_server_with_nothing_but_errors_is_given_up_after_three(
    store: RegisterStore, queue: LocalPlatformQueue, platform: PlatformClient, server: Open311Server
) -> None:
    for index in range(5):
        registered(store, index)
    server.plan(*[Fault.ERROR] * 5)
    result = post_messages(queue, platform, later(0))
    assert result.failure == Unavailable(FailureKind.SERVER_ERROR, may_have_it=True)
    assert server.posts == 3


def test_a_message_is_not_handed_over_while_its_registration_may_be_taken_back(
    store: RegisterStore, queue: LocalPlatformQueue
) -> None:
    at = registered(store).registered_at
    assert at is not None
    assert queue.to_post(at + UNDO, 10) == ()
    assert len(queue.to_post(at + HELD_BACK, 10)) == 1


def test_a_message_of_a_clock_that_ran_ahead_is_posted_when_it_was_set_right(
    store: RegisterStore, queue: LocalPlatformQueue
) -> None:
    at = registered(store).registered_at
    assert at is not None
    right = at - timedelta(hours=3)
    (claim,) = queue.to_post(right, 10)

    assert queue.begin(claim, right, right + timedelta(minutes=1))
    assert queue.to_post(right, 10) == ()
    # postponed by a clock that was far ahead then
    (again,) = queue.to_post(right + timedelta(minutes=1), 10)
    queue.put_off(again, PostState.POSTING, "503", right + timedelta(days=365))
    assert len(queue.to_post(right, 10)) == 1


def test_a_refused_message_is_visible_and_the_others_go_on(
    store: RegisterStore, queue: LocalPlatformQueue, platform: PlatformClient, server: Open311Server
) -> None:
    records = [registered(store, index) for index in range(3)]
    server.plan(None, Fault.REFUSE)
    result = post_messages(queue, platform, later(0))
    assert [type(event) for event in result.events] == [
        MessagePosted,
        MessageRejected,
        MessagePosted,
    ]
    refused = records[1]
    assert queue.rejected() == (RejectedPost(refused.id, str(refused.number), "http_400"),)
    assert queue.status() == QueueStatus(0, None, 1)
    assert post_messages(queue, platform, later(LATE_S)).events == ()
    assert queue.retry_rejected() == 1
    (event,) = post_messages(queue, platform, later(0)).events
    assert isinstance(event, MessagePosted)
    assert set(numbers_on(server).values()) == {1}


def test_a_message_refused_for_being_there_already_is_taken_as_posted(
    store: RegisterStore, queue: LocalPlatformQueue, platform: PlatformClient, server: Open311Server
) -> None:
    registered(store)
    server.plan(Fault.CONFLICT_AFTER)
    (event,) = post_messages(queue, platform, later(0)).events
    assert isinstance(event, MessagePosted)


def test_a_token_is_kept_and_redeemed_and_nothing_posted_again(
    store: RegisterStore, queue: LocalPlatformQueue, platform: PlatformClient, server: Open311Server
) -> None:
    server.behaviour.gives_tokens = True
    server.behaviour.honours_key = False
    registered(store)
    assert post_messages(queue, platform, later(0)).events == ()
    assert post_messages(queue, platform, later(20)).events == ()  # not ready
    server.plan_reading(Fault.ERROR)
    assert post_messages(queue, platform, later(LATE_S)).failure is not None
    server.tokens_are_ready = True
    (event,) = post_messages(queue, platform, later(2 * LATE_S)).events
    assert isinstance(event, MessagePosted)
    assert server.posts == 1


def test_a_token_that_leads_nowhere_is_for_a_person_to_clear_up(
    store: RegisterStore, queue: LocalPlatformQueue, platform: PlatformClient, server: Open311Server
) -> None:
    server.behaviour.gives_tokens = True
    record = registered(store)
    post_messages(queue, platform, later(0))
    server.tokens.clear()
    there = server.requests.copy()
    server.requests.clear()
    assert post_messages(queue, platform, later(20)).events == ()
    (event,) = post_messages(queue, platform, later(2 * 86_400)).events
    assert isinstance(event, MessageRejected)
    assert (event.message_id, event.code) == (record.id, "token_lost")
    # a retry looks it up first: it may have arrived anyway
    assert queue.retry_rejected() == 1
    server.requests.extend(there)
    (found,) = post_messages(queue, platform, later(2 * 86_400)).events
    assert isinstance(found, MessagePosted)
    assert server.posts == 1


def test_status_and_answer_are_fetched_until_the_platform_closes_the_message(
    store: RegisterStore, queue: LocalPlatformQueue, platform: PlatformClient, server: Open311Server
) -> None:
    record = registered(store)
    post_messages(queue, platform, later(0))
    settings = JobSettings(poll_s=60.0)

    def polled(seconds: float) -> RoundResult:
        return poll_messages(queue, platform, later(seconds), settings)

    assert polled(0).is_reached is False  # too early
    assert polled(4000).events == ()
    kept = store.message(record.id)
    assert kept is not None
    assert (kept.platform_status, kept.answer_text) == ("open", None)
    server.answer("C-00001", "open", "Работы начнутся в мае")
    (event,) = polled(8000).events
    assert isinstance(event, MessageAnswered)
    assert (event.status, event.is_closed) == ("open", False)
    assert polled(12_000).events == ()  # reported once
    server.answer("C-00001", "closed", "Яма заделана")
    (event,) = polled(16_000).events
    assert isinstance(event, MessageAnswered)
    assert event.is_closed
    kept = store.message(record.id)
    assert kept is not None
    assert (kept.platform_status, kept.answer_text) == ("closed", "Яма заделана")
    row = next(row for row in store.outbox_waiting(10) if row.entity is Entity.MESSAGE)
    assert (row.rev, row.payload["answer_text"]) == (kept.revision, "Яма заделана")
    asked = len(server.calls)
    assert polled(1_000_000) == RoundResult((), False, False, None)
    assert len(server.calls) == asked


def test_a_poll_that_fails_is_repeated_and_an_unknown_identifier_is_no_outage(
    store: RegisterStore, queue: LocalPlatformQueue, platform: PlatformClient, server: Open311Server
) -> None:
    registered(store)
    post_messages(queue, platform, later(0))
    server.plan_reading(Fault.HTML)
    failed = poll_messages(queue, platform, later(4000))
    assert failed.failure == Unavailable(FailureKind.NOT_A_PLATFORM, may_have_it=False)
    lost = server.requests.pop()
    assert poll_messages(queue, platform, later(8000)) == RoundResult((), True, False, None)
    server.requests.append(lost)
    server.answer("C-00001", "closed", None)
    (event,) = poll_messages(queue, platform, later(20_000)).events
    assert isinstance(event, MessageAnswered)


TROUBLES: tuple[Trouble, ...] = (*Fault, Later("1"), None, None, None, None)
NO_VERDICTS = (Fault.REFUSE, Fault.PROCESS_LATE)  # the first is final, the second never ends here


@pytest.mark.parametrize("seed", range(12))
def test_whatever_goes_wrong_each_message_is_on_the_platform_once(
    store: RegisterStore,
    queue: LocalPlatformQueue,
    platform: PlatformClient,
    server: Open311Server,
    seed: int,
) -> None:
    chance = random.Random(seed)  # noqa: S311
    server.behaviour.honours_key = False
    server.behaviour.gives_tokens = seed % 3 == 0
    server.behaviour.shows_attributes = seed % 2 == 0
    server.tokens_are_ready = True
    server.let_go()
    troubles = [trouble for trouble in TROUBLES if trouble not in NO_VERDICTS]
    server.plan(*chance.choices(troubles, k=30))
    server.plan_reading(*chance.choices(troubles, k=15))
    records = [registered(store, index) for index in range(8)]
    posted: list[str] = []
    for round_number in range(150):
        at = later(LATE_S * round_number)
        server.frozen_at = at
        result = post_messages(queue, platform, at)
        posted += [event.number for event in result.events if isinstance(event, MessagePosted)]
        if queue.status().waiting == 0:
            break
    expected = {str(record.number): 1 for record in records}
    assert queue.status() == QueueStatus(0, None, 0)
    assert Counter(posted) == expected
    assert numbers_on(server) == expected
    identifiers = {
        str(record.number): record.platform_id
        for record in store.messages_of_day(RANG_AT - timedelta(days=1), later(86_400))
    }
    assert identifiers == {
        request.attributes["registration_number"]: request.service_request_id
        for request in server.requests
    }


class Log:
    """Events in order of arrival."""

    def __init__(self) -> None:
        self.events: list[PlatformEvent] = []

    def of(self, kind: type[PlatformEvent]) -> list[PlatformEvent]:
        return [event for event in self.events if isinstance(event, kind)]


PACE = Pace(tick_s=0.05, first_delay_s=0.05, longest_delay_s=0.2)


def test_the_thread_posts_polls_and_tells_of_outages(
    store: RegisterStore, queue: LocalPlatformQueue, server: Open311Server
) -> None:
    log = Log()
    server.plan(Fault.NOT_FOUND_PAGE, Fault.NOT_FOUND_PAGE)
    jobs = PlatformJobs(
        queue,
        client_of(server),
        log.events.append,
        settings=JobSettings(poll_s=0.05),
        pace=PACE,
        clock=running_clock(),
    )
    assert jobs.status().state is PlatformState.UNKNOWN
    jobs.start()
    record = registered(store)
    until(lambda: bool(log.of(MessagePosted)))
    server.answer("C-00001", "closed", "Яма заделана")
    until(lambda: bool(log.of(MessageAnswered)))
    assert [type(event) for event in log.events] == [
        PlatformLost,
        PlatformReached,
        MessagePosted,
        MessageAnswered,
    ]
    assert jobs.status().state is PlatformState.REACHED
    assert jobs.stop(WAIT_S)
    kept = store.message(record.id)
    assert kept is not None
    assert kept.answer_text == "Яма заделана"


def test_an_attempt_that_fails_wakes_nobody(
    store: RegisterStore, queue: LocalPlatformQueue, platform: PlatformClient, server: Open311Server
) -> None:
    registered(store)
    wakes: list[None] = []
    store.on_queued(lambda: wakes.append(None))
    server.plan(Fault.NOT_FOUND_PAGE)
    assert post_messages(queue, platform, later(0)).failure is not None
    assert wakes == []  # otherwise an unavailable platform would be polled without pause
    assert post_messages(queue, platform, later(1)).events
    assert len(wakes) == 1


def test_a_wake_is_heeded_at_once(
    store: RegisterStore, queue: LocalPlatformQueue, server: Open311Server
) -> None:
    log = Log()
    jobs = PlatformJobs(
        queue,
        client_of(server),
        log.events.append,
        pace=Pace(tick_s=3600.0),
        clock=running_clock(),
    )
    store.on_queued(jobs.wake)
    jobs.start()
    registered(store)
    until(lambda: bool(log.of(MessagePosted)))
    assert jobs.stop(WAIT_S)


def test_the_platforms_wish_is_kept_against_every_wake(
    store: RegisterStore, queue: LocalPlatformQueue, server: Open311Server
) -> None:
    log = Log()
    server.plan(Later("3600"))
    jobs = PlatformJobs(
        queue, client_of(server), log.events.append, pace=PACE, clock=running_clock()
    )
    jobs.start()
    registered(store, 1)
    until(lambda: bool(log.of(PlatformLost)))
    registered(store, 2)
    jobs.wake()
    assert jobs.stop(WAIT_S)
    assert server.posts == 1


def test_a_store_that_fails_is_told_and_tried_again(
    store: RegisterStore, server: Open311Server
) -> None:
    log = Log()
    queue = FullDisk(store)
    registered(store)
    jobs = PlatformJobs(
        queue,
        client_of(server),
        log.events.append,
        settings=JobSettings(settle_s=0.1),
        pace=PACE,
        clock=running_clock(),
    )
    jobs.start()
    until(lambda: bool(log.of(MessagePosted)))
    assert jobs.stop(WAIT_S)
    (lost,) = log.of(PlatformLost)
    assert isinstance(lost, PlatformLost)
    assert lost.kind is FailureKind.STORE
    assert (server.posts, len(server.requests)) == (1, 1)
