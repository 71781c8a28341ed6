"""The sender under faults: every record arrives once and unchanged."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import psycopg2
import pytest

from sync.exchange.events import (
    BatchSent,
    CentralLost,
    CentralReached,
    RowPoisoned,
    SenderEvent,
)
from sync.exchange.failures import FailureKind
from sync.exchange.sender import CentralState, Sender, SenderSettings
from sync.exchange.supervision import RestartPace
from sync.records.feed_values import FeedItem
from sync.records.table_rules import Entity
from sync.register.calls import calls
from sync.register.calls.calls import CallRecord
from sync.register.calls.missed import MissedOutcome
from sync.register.numbering import next_number
from sync.store.central.connection import initialise
from sync.store.local.callers import HistoryFeed
from sync.store.local.calls.missed import MissedCalls
from sync.store.local.register import RegisterStore
from tests.fakes.events import Heard
from tests.fakes.postgres import PostgresServer
from tests.fakes.records import OPERATOR, closed, filled, new_call
from tests.fakes.rtp_peer import wait_until
from tests.fakes.tcp_proxy import TcpProxy
from tests.integration.sync.store.central.test_central import query

WAIT_S = 20.0
QUICK = SenderSettings(
    batch_size=50, first_delay_s=0.05, longest_delay_s=0.4, poll_s=0.2, answer_limit_s=1.0
)

Events = Heard[SenderEvent]


def save(store: RegisterStore, index: int, content: str = "") -> CallRecord:
    card = filled(store.open_card(new_call(index), OPERATOR).result(WAIT_S))
    if content:
        card = calls.edit(card, content=content)
    return store.close(closed(card)).result(WAIT_S)


def central_calls(dsn: str) -> dict[str, tuple[int, str]]:
    """Returns revision and content of every call in the central database by number; each number
    once.
    """
    connection = psycopg2.connect(dsn)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT number, rev, content FROM call_record")
            found = cursor.fetchall()
    finally:
        connection.close()
    assert len(found) == len({row[0] for row in found})
    return {number: (rev, content) for number, rev, content in found}


def as_saved(*cards: CallRecord) -> dict[str, tuple[int, str]]:
    return {str(card.number): (card.revision, card.content) for card in cards}


@contextmanager
def sending(
    store: RegisterStore, dsn: str, settings: SenderSettings = QUICK
) -> Iterator[tuple[Sender, Events]]:
    events: Events = Heard()
    sender = Sender(store, dsn, events, settings=settings)
    sender.start()
    try:
        yield sender, events
    finally:
        assert sender.stop(WAIT_S)


def sent(events: list[SenderEvent]) -> int:
    return sum(event.count for event in events if isinstance(event, BatchSent))


def is_sent(count: int) -> Callable[[list[SenderEvent]], bool]:
    return lambda told: sent(told) >= count


def is_last_reached(events: list[SenderEvent]) -> bool:
    told = [event for event in events if isinstance(event, CentralReached | CentralLost)]
    return bool(told) and isinstance(told[-1], CentralReached)


def is_lost(events: list[SenderEvent]) -> bool:
    return any(isinstance(event, CentralLost) for event in events)


def test_what_waits_is_sent_and_noted(store: RegisterStore, dsn: str) -> None:
    cards = [save(store, index) for index in range(120)]
    with sending(store, dsn) as (sender, events):
        heard = events.wait_for(is_sent(120), WAIT_S)
        assert isinstance(heard[0], CentralReached)
        assert sender.status().state is CentralState.REACHED
    assert central_calls(dsn) == as_saved(*cards)
    assert store.outbox_status().waiting == 0
    assert sender.status().sent == 120


def test_what_was_done_about_anothers_missed_call_goes_too_and_counts_as_no_record(
    store: RegisterStore, dsn: str
) -> None:
    at, id = datetime.now(UTC), UUID(int=900)
    told = {
        "number": str(next_number("2611", "0002", 900)),
        "phone": "+79005550172",
        "at": at.isoformat(),
        "result": "not_answered",
        "about": "",
        "is_missed": True,
    }
    item = FeedItem("call", f"0002/2611/{id}", 1, told, None, None, "", at)
    HistoryFeed(store).apply([item], "")
    assert MissedCalls(store).handle([id], OPERATOR, MissedOutcome.NOT_NEEDED).result(WAIT_S) == 1
    save(store, 1)
    with sending(store, dsn) as (sender, _events):
        wait_until(lambda: not store.outbox_waiting(10), WAIT_S)
    assert [row["call_id"] for row in query(dsn, "SELECT call_id FROM missed_mark")] == [id]
    assert sender.status().sent == 1


def test_a_save_wakes_the_sender(store: RegisterStore, dsn: str) -> None:
    patient = replace(QUICK, poll_s=600.0)
    with sending(store, dsn, patient) as (_sender, events):
        events.wait_for(is_last_reached, WAIT_S)
        for index in range(3):
            card = save(store, index)
            events.wait_for(is_sent(index + 1), WAIT_S)
            assert central_calls(dsn)[str(card.number)] == (card.revision, card.content)


def test_what_is_saved_soon_after_goes_with_what_was_saved(store: RegisterStore, dsn: str) -> None:
    """Between the two saves the sender leaves the machine to the operator."""
    gathering = replace(QUICK, poll_s=600.0, gather_s=1.0)
    with sending(store, dsn, gathering) as (_sender, events):
        events.wait_for(is_last_reached, WAIT_S)
        cards = [save(store, index) for index in range(3)]
        heard = events.wait_for(is_sent(3), WAIT_S)
    assert [event.count for event in heard if isinstance(event, BatchSent)][0] == 3
    assert central_calls(dsn) == as_saved(*cards)


def test_drafts_stay_here(store: RegisterStore, dsn: str) -> None:
    store.open_card(new_call(1), OPERATOR).result(WAIT_S)
    card = save(store, 2)
    with sending(store, dsn) as (_sender, events):
        events.wait_for(is_sent(1), WAIT_S)
    assert central_calls(dsn) == as_saved(card)


def test_the_server_is_stopped_and_started_again(store: RegisterStore) -> None:
    with PostgresServer() as server, server.database() as dsn:
        initialise(dsn)
        first = save(store, 1)
        with sending(store, dsn) as (sender, events):
            events.wait_for(is_sent(1), WAIT_S)
            server.stop()
            offline = [save(store, index) for index in range(2, 12)]
            events.wait_for(is_lost, WAIT_S)
            assert sender.status().state is CentralState.LOST
            assert store.outbox_status().waiting == 10
            server.start()
            events.wait_for(is_sent(11), WAIT_S)
            assert is_last_reached(events.all())
        assert central_calls(dsn) == as_saved(first, *offline)


def test_a_centre_that_dies_while_nobody_saves_is_noticed(store: RegisterStore) -> None:
    with PostgresServer() as server, server.database() as dsn:
        initialise(dsn)
        with sending(store, dsn) as (_sender, events):
            events.wait_for(is_last_reached, WAIT_S)
            server.stop(immediate=True)
            heard = events.wait_for(is_lost, WAIT_S)
            assert [event.kind for event in heard if isinstance(event, CentralLost)] == [
                FailureKind.UNREACHABLE
            ]
            server.start()
            events.wait_for(is_last_reached, WAIT_S)


def test_a_lost_answer_to_commit_doubles_nothing(
    store: RegisterStore, dsn: str, proxy: TcpProxy, through_proxy: Callable[[str], str]
) -> None:
    cards = [save(store, index) for index in range(30)]
    proxy.commits_to_lose = 4
    with sending(store, through_proxy(dsn), replace(QUICK, batch_size=10)) as (_sender, events):
        events.wait_for(is_sent(30), WAIT_S)
    assert proxy.commits_lost == 4
    assert central_calls(dsn) == as_saved(*cards)
    assert store.outbox_status().waiting == 0


def test_a_frozen_server_hangs_nobody(
    store: RegisterStore, dsn: str, proxy: TcpProxy, through_proxy: Callable[[str], str]
) -> None:
    with sending(store, through_proxy(dsn)) as (_sender, events):
        events.wait_for(is_last_reached, WAIT_S)
        proxy.freeze()
        card = save(store, 1)
        frozen_at = time.monotonic()
        heard = events.wait_for(is_lost, WAIT_S)
        assert time.monotonic() - frozen_at < 5
        assert CentralLost in {type(event) for event in heard}
        assert any(
            event.kind is FailureKind.TIMED_OUT for event in heard if isinstance(event, CentralLost)
        )
        proxy.thaw()
        events.wait_for(is_sent(1), WAIT_S)
    assert central_calls(dsn) == as_saved(card)


def test_stop_does_not_wait_for_a_frozen_server(
    store: RegisterStore, dsn: str, proxy: TcpProxy, through_proxy: Callable[[str], str]
) -> None:
    slow = replace(QUICK, answer_limit_s=600.0)
    events: Events = Heard()
    sender = Sender(store, through_proxy(dsn), events, settings=slow)
    sender.start()
    events.wait_for(is_last_reached, WAIT_S)
    proxy.freeze()
    asked = proxy.requests
    save(store, 1)
    begun = time.monotonic()
    assert sender.stop(2.0)
    assert time.monotonic() - begun < 2.5
    proxy.thaw()
    assert proxy.requests >= asked
    assert store.outbox_status().waiting == 1


def test_a_poison_row_is_set_apart_and_the_rest_arrive(store: RegisterStore, dsn: str) -> None:
    before = [save(store, index) for index in range(40)]
    poison = save(store, 40, content="нельзя\0сохранить")  # PostgreSQL has no NUL in text
    after = [save(store, index) for index in range(41, 81)]
    with sending(store, dsn, replace(QUICK, batch_size=200)) as (_sender, events):
        heard = events.wait_for(is_sent(80), WAIT_S)
        assert [event for event in heard if isinstance(event, RowPoisoned)] == [
            RowPoisoned(Entity.CALL, poison.id)
        ]
        assert not is_lost(heard)
        status = store.outbox_status()
        assert (status.waiting, status.poison) == (0, 1)
        (row,) = store.outbox_poison()
        assert (row.entity_id, row.rev, row.error) == (poison.id, poison.revision, "22P05")
        # a corrected record arrives and nothing is rejected any longer
        corrected = store.close(replace(poison, content="можно")).result(WAIT_S)
        events.wait_for(is_sent(81), WAIT_S)
    assert store.outbox_status().poison == 0
    assert central_calls(dsn) == as_saved(*before, corrected, *after)


def test_a_row_forbidden_by_a_constraint_is_named_by_code_alone(
    store: RegisterStore, dsn: str
) -> None:
    cards = [save(store, index) for index in range(8)]
    connection = psycopg2.connect(dsn)
    with connection, connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE call_record ADD CONSTRAINT not_this CHECK (number <> %s)",
            (str(cards[3].number),),
        )
    connection.close()
    with sending(store, dsn) as (_sender, events):
        events.wait_for(is_sent(7), WAIT_S)
    (row,) = store.outbox_poison()
    assert (row.entity_id, row.error) == (cards[3].id, "23514 not_this")
    assert central_calls(dsn) == as_saved(*cards[:3], *cards[4:])


def test_a_row_the_centre_swallows_is_not_taken_for_sent(store: RegisterStore, dsn: str) -> None:
    kept, swallowed = save(store, 1), save(store, 2)
    connection = psycopg2.connect(dsn)
    with connection, connection.cursor() as cursor:
        cursor.execute(
            """CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS
               $$ BEGIN IF NEW.number = TG_ARGV[0] THEN RETURN NULL; END IF; RETURN NEW; END $$"""
        )
        cursor.execute(
            """CREATE TRIGGER swallow BEFORE INSERT ON call_record
               FOR EACH ROW EXECUTE FUNCTION swallow(%s)""",
            (str(swallowed.number),),
        )
    connection.close()
    with sending(store, dsn) as (_sender, events):
        events.wait_for(lambda told: RowPoisoned(Entity.CALL, swallowed.id) in told, WAIT_S)
    assert [row.error for row in store.outbox_poison()] == ["not_kept"]
    assert central_calls(dsn) == as_saved(kept)


def test_a_centre_that_takes_nothing_is_not_told_as_reached(store: RegisterStore, dsn: str) -> None:
    connection = psycopg2.connect(dsn)
    with connection, connection.cursor() as cursor:
        cursor.execute(
            """CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
               $$ BEGIN RAISE 'no space' USING ERRCODE = '53100'; END $$"""
        )
        cursor.execute(
            """CREATE TRIGGER full_disk BEFORE INSERT ON call_record
               FOR EACH ROW EXECUTE FUNCTION full_disk()"""
        )
    card = save(store, 1)
    with sending(store, dsn) as (sender, events):
        events.wait_for(is_lost, WAIT_S)
        sender.wake()
        assert [type(event) for event in events.all()] == [CentralLost]
        assert sender.status().kind is FailureKind.OVERLOADED
        assert store.outbox_status().waiting == 1
        with connection, connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER full_disk ON call_record")
        connection.close()
        events.wait_for(is_sent(1), WAIT_S)
    assert central_calls(dsn) == as_saved(card)


def test_refused_rows_can_be_tried_again(store: RegisterStore, dsn: str) -> None:
    card = save(store, 1)
    (row,) = store.outbox_waiting(10)
    store.mark_poison(row, "23514 gone_since").result(WAIT_S)
    with sending(store, dsn) as (_sender, events):
        events.wait_for(is_last_reached, WAIT_S)
        assert store.retry_poison().result(WAIT_S) == 1
        events.wait_for(is_sent(1), WAIT_S)
    assert central_calls(dsn) == as_saved(card)


def test_a_database_without_schema_poisons_nothing(store: RegisterStore, empty_dsn: str) -> None:
    card = save(store, 1)
    with sending(store, empty_dsn) as (_sender, events):
        heard = events.wait_for(is_lost, WAIT_S)
        assert [event.kind for event in heard if isinstance(event, CentralLost)] == [
            FailureKind.SCHEMA_MISSING
        ]
        initialise(empty_dsn)
        events.wait_for(is_sent(1), WAIT_S)
    assert central_calls(empty_dsn) == as_saved(card)


def test_a_reason_is_told_once_and_a_new_one_again(store: RegisterStore, empty_dsn: str) -> None:
    with sending(store, empty_dsn) as (sender, events):
        events.wait_for(is_lost, WAIT_S)
        for _ in range(10):
            sender.wake()
        initialise(empty_dsn)
        heard = events.wait_for(is_last_reached, WAIT_S)
    assert len([event for event in heard if isinstance(event, CentralLost)]) == 1


def test_killed_servers_and_saves_at_once_lose_and_double_nothing(
    store: RegisterStore,
) -> None:
    with PostgresServer() as server, server.database() as dsn:
        initialise(dsn)
        cards = []
        with sending(store, dsn, replace(QUICK, batch_size=7)) as (_sender, events):
            for round_index in range(3):
                cards += [save(store, round_index * 40 + index) for index in range(40)]
                server.stop(immediate=True)
                cards.append(save(store, 1000 + round_index))
                server.start()
            total = len(cards)
            events.wait_for(is_sent(total), WAIT_S)
        assert central_calls(dsn) == as_saved(*cards)
        assert store.outbox_status().waiting == 0


def test_records_are_sent_after_a_bug_of_the_thread(
    store: RegisterStore, dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bugs: list[str] = []
    monkeypatch.setattr(threading, "excepthook", lambda args: bugs.append(args.exc_type.__name__))
    told: Events = Heard()
    failures = iter([ZeroDivisionError()])

    def tell(event: SenderEvent) -> None:
        for failure in failures:
            raise failure
        told(event)

    first = save(store, 1)
    sender = Sender(store, dsn, tell, settings=QUICK)
    sender.restart_pace = RestartPace(0.01, 0.01)
    sender.start()
    try:
        wait_until(lambda: sender.health.restarts == 1, WAIT_S)
        second = save(store, 2)
        wait_until(lambda: store.outbox_status().waiting == 0, WAIT_S)
        assert central_calls(dsn) == as_saved(first, second)
    finally:
        assert sender.stop(WAIT_S)

    assert bugs == ["ZeroDivisionError"]
