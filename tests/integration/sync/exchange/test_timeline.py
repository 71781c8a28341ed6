"""Servers that fail, return and are restored: no acknowledged record is lost or duplicated."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import psycopg2
import pytest

from sync import cli
from sync.exchange.central_choice import CentralChoice, Chosen
from sync.exchange.events import (
    BatchSent,
    CentralLost,
    CentralReached,
    SenderEvent,
    SentAgain,
    ServerRefused,
    ServersAgree,
)
from sync.exchange.failures import FailureKind
from sync.exchange.sender import Sender, SenderSettings
from sync.exchange.timeline import Verdict
from sync.register.calls.calls import CallRecord
from sync.store.central.connection import initialise
from sync.store.local.register import RegisterStore
from tests.fakes.events import Heard
from tests.fakes.postgres import PostgresServer
from tests.fakes.postgres_pair import PostgresPair
from tests.fakes.records import OPERATOR, closed, filled, new_call
from tests.fakes.rtp_peer import wait_until

WAIT_S = 20.0
QUICK = SenderSettings(
    batch_size=50, first_delay_s=0.05, longest_delay_s=0.4, poll_s=0.2, answer_limit_s=1.0
)
DATABASE = "centre"
RECOVERED_S = 2.0  # the watchdog's second, and the delay of a busy machine

Events = Heard[SenderEvent]


class ForgetfulSender(Sender):
    """Broken on purpose: records no timeline and resends nothing."""

    def _follow(self, chosen: Chosen) -> None:
        pass


class CredulousSender(Sender):
    """Broken on purpose: accepts every timeline."""

    def __init__(
        self,
        store: RegisterStore,
        dsn: str,
        on_event: Callable[[SenderEvent], None],
        *,
        settings: SenderSettings,
    ) -> None:
        super().__init__(store, dsn, on_event, settings=settings)
        self._choice = CentralChoice(dsn, settings.answer_limit_s, lambda *_: Verdict.SAME)


def save(store: RegisterStore, index: int) -> CallRecord:
    card = filled(store.open_card(new_call(index), OPERATOR).result(WAIT_S))
    return store.close(closed(card)).result(WAIT_S)


def numbers(dsn: str) -> list[str]:
    """Returns the numbers of all calls in a central database, with repetitions."""
    connection = psycopg2.connect(dsn)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT number FROM call_record ORDER BY number")
            return [row[0] for row in cursor.fetchall()]
    finally:
        connection.close()


def others_at(dsn: str) -> int:
    """Returns the number of other connections to this database."""
    connection = psycopg2.connect(dsn)
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
            return int(cursor.fetchall()[0][0])
    finally:
        connection.close()


def spoken(*cards: CallRecord) -> list[str]:
    return sorted(str(card.number) for card in cards)


@contextmanager
def sending(
    store: RegisterStore,
    dsn: str,
    made: type[Sender] = Sender,
    settings: SenderSettings = QUICK,
) -> Iterator[tuple[Sender, Events]]:
    events: Events = Heard()
    sender = made(store, dsn, events, settings=settings)
    sender.start()
    try:
        yield sender, events
    finally:
        assert sender.stop(WAIT_S)


def wait_sent(events: Events, count: int) -> None:
    def is_sent(told: list[SenderEvent]) -> bool:
        return sum(event.count for event in told if isinstance(event, BatchSent)) >= count

    events.wait_for(is_sent, WAIT_S)


def wait_reached_again(events: Events) -> None:
    """Waits until the central database was lost and is reached over a new connection."""

    def is_again(told: list[SenderEvent]) -> bool:
        turns = [type(each) for each in told if isinstance(each, CentralReached | CentralLost)]
        return turns[-2:] == [CentralLost, CentralReached]

    events.wait_for(is_again, WAIT_S)


def wait_lost(events: Events, kind: FailureKind) -> None:
    def is_lost(told: list[SenderEvent]) -> bool:
        return kind in [event.kind for event in told if isinstance(event, CentralLost)]

    events.wait_for(is_lost, WAIT_S)


def wait_empty(store: RegisterStore) -> None:
    deadline = time.monotonic() + WAIT_S
    while store.outbox_status().waiting and time.monotonic() < deadline:
        time.sleep(0.02)
    assert store.outbox_status().waiting == 0


def refusals(events: Events) -> list[Verdict]:
    return [event.why for event in events.all() if isinstance(event, ServerRefused)]


@pytest.fixture
def pair() -> Iterator[PostgresPair]:
    with PostgresPair() as made:
        _create(made.primary)
        made.wait_streamed()
        yield made


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    with PostgresServer() as made:
        _create(made)
        yield made


def _create(server: PostgresServer) -> None:
    connection = psycopg2.connect(server.dsn)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {DATABASE}")
    connection.close()
    initialise(server.dsn_of(DATABASE))


def fail_over(
    pair: PostgresPair, store: RegisterStore, made: type[Sender] = Sender
) -> list[CallRecord]:
    """Kills a primary while its standby lags; returns the saved calls, the last saved after the
    kill.
    """
    dsn = pair.dsn_of(DATABASE)
    with sending(store, dsn, made) as (_sender, events):
        cards = [save(store, index) for index in range(20)]
        wait_sent(events, 20)
        pair.wait_streamed()
        pair.stream.freeze()
        cards += [save(store, index) for index in range(20, 35)]
        wait_sent(events, 35)  # acknowledged, and only on the primary
        pair.primary.kill()
        pair.promote()
        promoted_at = time.monotonic()
        cards.append(save(store, 40))
        wait_reached_again(events)
        assert time.monotonic() - promoted_at < 10
        wait_empty(store)
    return cards


def test_what_a_killed_primary_acknowledged_alone_is_sent_again(
    pair: PostgresPair, store: RegisterStore
) -> None:
    cards = fail_over(pair, store)
    assert numbers(pair.standby.dsn_of(DATABASE)) == spoken(*cards)

    # the former primary returns without fencing, first in the list and writable
    pair.primary.start()
    before = numbers(pair.primary.dsn_of(DATABASE))
    with sending(store, pair.dsn_of(DATABASE)) as (_sender, events):
        cards.append(save(store, 50))
        wait_sent(events, 1)
        assert refusals(events) == [Verdict.OLDER]
        # the new primary stops: further saves are queued
        pair.standby.stop()
        cards.append(save(store, 51))
        wait_lost(events, FailureKind.OLDER_BRANCH)
        assert store.outbox_status().waiting == 1
        pair.standby.start()
        wait_empty(store)
        pair.primary.stop()
        pair.standby.stop(immediate=True)
        pair.standby.start()
        events.wait_for(lambda told: ServersAgree() in told, WAIT_S)
    assert numbers(pair.standby.dsn_of(DATABASE)) == spoken(*cards)
    pair.primary.start()
    assert numbers(pair.primary.dsn_of(DATABASE)) == before

    # proof of the rule: without it the superseded timeline accepts the record
    pair.standby.stop()
    with sending(store, pair.dsn_of(DATABASE), CredulousSender) as (_sender, events):
        save(store, 52)
        wait_sent(events, 1)
    assert len(numbers(pair.primary.dsn_of(DATABASE))) > len(before)


def test_a_sender_that_does_not_follow_the_branch_loses(
    pair: PostgresPair, store: RegisterStore
) -> None:
    cards = fail_over(pair, store, ForgetfulSender)
    assert len(numbers(pair.standby.dsn_of(DATABASE))) == len(cards) - 15


def test_a_primary_back_before_anybody_met_the_new_one_is_passed_over(
    pair: PostgresPair, store: RegisterStore
) -> None:
    dsn = pair.dsn_of(DATABASE)
    with sending(store, dsn) as (_sender, events):
        cards = [save(store, 1)]
        wait_sent(events, 1)
    pair.wait_streamed()
    pair.promote()
    with sending(store, dsn) as (_sender, events):
        cards.append(save(store, 2))
        wait_sent(events, 1)
    assert numbers(pair.standby.dsn_of(DATABASE)) == spoken(*cards)
    assert numbers(pair.primary.dsn_of(DATABASE)) == spoken(cards[0])


def test_a_frozen_primary_hangs_nobody(pair: PostgresPair, store: RegisterStore) -> None:
    dsn = pair.dsn_of(DATABASE)
    try:
        with sending(store, dsn) as (_sender, events):
            cards = [save(store, 1)]
            wait_sent(events, 1)
            pair.wait_streamed()
            pair.primary.freeze()
            frozen_at = time.monotonic()
            pair.promote()
            cards.append(save(store, 2))
            events.wait_for(lambda told: CentralLost in map(type, told), WAIT_S)
            assert time.monotonic() - frozen_at < 2 * RECOVERED_S
            wait_reached_again(events)
            wait_empty(store)
            assert time.monotonic() - frozen_at < 10
            # its connections are from before the freeze: it wakes, and is not used
            pair.primary.thaw()
            cards.append(save(store, 3))
            wait_empty(store)
    finally:
        pair.primary.thaw()
    assert numbers(pair.standby.dsn_of(DATABASE)) == spoken(*cards)
    # data left in its socket has been read after the wake-up, and was rejected as too late
    wait_until(lambda: others_at(pair.primary.dsn_of(DATABASE)) == 0)
    assert numbers(pair.primary.dsn_of(DATABASE)) == spoken(cards[0])

    # without a watchdog the driver blocks forever, regardless of its configured limits
    endless = replace(QUICK, answer_limit_s=600.0)
    try:
        with sending(store, dsn, settings=endless) as (_sender, events):
            events.wait_for(lambda told: CentralReached in map(type, told), WAIT_S)
            pair.standby.freeze()
            cards.append(save(store, 4))
            with pytest.raises(AssertionError, match="not heard"):
                events.wait_for(lambda told: CentralLost in map(type, told), 3 * RECOVERED_S)
            pair.standby.thaw()
            wait_empty(store)
    finally:
        pair.standby.thaw()


@pytest.mark.parametrize(
    ("recovers", "made", "lost"),
    [(True, Sender, 0), (False, Sender, 0), (False, ForgetfulSender, 10)],
    ids=["from a backup", "from a copy of its disk", "broken"],
)
def test_a_centre_put_back_to_an_older_state_is_sent_what_it_lost(
    server: PostgresServer,
    store: RegisterStore,
    recovers: bool,
    made: type[Sender],
    lost: int,
) -> None:
    dsn = server.dsn_of(DATABASE)
    with sending(store, dsn, made) as (_sender, events):
        cards = [save(store, index) for index in range(10)]
        wait_sent(events, 10)
        server.stop()
        copy = server.saved_copy()
        server.start()
        cards += [save(store, index) for index in range(10, 20)]
        wait_sent(events, 20)
        server.stop()
        server.put_back(copy, recovers=recovers)
        server.start()
        cards.append(save(store, 20))
        wait_empty(store)
        again = [event.count for event in events.all() if isinstance(event, SentAgain)]
        assert len(again) == (0 if lost else 1)
    assert len(numbers(dsn)) == len(cards) - lost
    assert lost or numbers(dsn) == spoken(*cards)


def test_a_centre_put_back_after_the_clock_jumped_over_a_week_is_sent_what_it_lost(
    server: PostgresServer, store: RegisterStore
) -> None:
    """All rows sent before the jump count as confirmed, as if they were a week old."""
    off = timedelta()
    dsn = server.dsn_of(DATABASE)
    events: Events = Heard()
    sender = Sender(store, dsn, events, settings=QUICK, clock=lambda: datetime.now(UTC) + off)
    sender.start()
    try:
        cards = [save(store, index) for index in range(5)]
        wait_sent(events, 5)
        server.stop()
        copy = server.saved_copy()
        server.start()
        cards += [save(store, index) for index in range(5, 10)]
        wait_sent(events, 10)
        off = timedelta(days=8)
        cards.append(save(store, 10))
        wait_sent(events, 11)
        off = timedelta()
        server.stop()
        server.put_back(copy, recovers=False)
        server.start()
        cards.append(save(store, 11))
        wait_empty(store)
    finally:
        assert sender.stop(WAIT_S)

    assert numbers(dsn) == spoken(*cards)


def test_a_centre_made_anew_is_refused_until_an_administrator_says_so(
    server: PostgresServer, store: RegisterStore, capsys: pytest.CaptureFixture[str]
) -> None:
    with sending(store, server.dsn_of(DATABASE)) as (_sender, events):
        cards = [save(store, index) for index in range(5)]
        wait_sent(events, 5)
    with PostgresServer() as anew:
        _create(anew)
        dsn = anew.dsn_of(DATABASE)
        with sending(store, dsn) as (_sender, events):
            cards.append(save(store, 5))
            wait_lost(events, FailureKind.OTHER_CENTRE)
            assert refusals(events) == [Verdict.OTHER]
            assert numbers(dsn) == []
            assert cli.main(["central", "take-over", "--dsn", dsn, "--json"]) == cli.EXIT_OK
            assert json.loads(capsys.readouterr().out)["timeline"] == 1
            wait_sent(events, 6)
        assert numbers(dsn) == spoken(*cards)
        # the declaration applies once: the former database is another database now
        with sending(store, server.dsn_of(DATABASE)) as (_sender, events):
            wait_lost(events, FailureKind.OTHER_CENTRE)
            assert refusals(events) == [Verdict.OTHER]
