"""Scheduled callbacks of all workplaces, over a real PostgreSQL: scheduled at one, made at
another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from psycopg2.errors import CheckViolation
from uuid_utils.compat import uuid7

from sync.exchange.feed_reader import FeedReader, FeedSettings
from sync.register.calls.planned import (
    PlannedAct,
    PlannedCall,
    PlannedOutcome,
    PlannedOvertaken,
    plan,
)
from sync.register.people.operators import Operator, Role
from sync.register.people.persons import FoundRecord, Left, PersonQuery, RecordKind
from sync.store.central.feed import CentralFeed
from sync.store.central.persons import CentralPersons, end_central_terms
from sync.store.local.calls.planned import KEPT, PlannedCalls, PlannedFeed
from sync.store.local.keys import StoreKey
from sync.store.local.people.persons import LocalPersons
from sync.store.local.people.retention import Terms
from sync.store.local.register import RegisterStore
from tests.fakes.persons import save_call
from tests.fakes.records import OPERATOR
from tests.integration.sync.exchange.test_feed import wait_until
from tests.integration.sync.exchange.test_feed_records import send, take
from tests.integration.sync.store.central.test_central import connected, query

ANNA = OPERATOR
BORIS = Operator(UUID(int=3), "boris", "Борисов Борис", Role.OPERATOR)
PHONE, NOTE = "+79005550131", "о перерасчёте"
WAIT_S = 10
ACT = UUID(int=7)


@pytest.fixture
def other(tmp_path: Path, key: StoreKey) -> Iterator[RegisterStore]:
    """The register of a second workplace."""
    opened = RegisterStore.open(tmp_path / "other.db", key, first_station="0002")
    yield opened
    assert opened.close_store()


def promise(
    store: RegisterStore, phone: str = PHONE, *, is_mine: bool = False, by: Operator = ANNA
) -> PlannedCall:
    now = datetime.now(UTC)
    made = plan(phone, now + timedelta(hours=1), NOTE, is_mine=is_mine, id=uuid7(), now=now, by=by)
    assert isinstance(made, PlannedCall), made
    return PlannedCalls(store).add(made).result(WAIT_S)


def note(
    store: RegisterStore,
    call: PlannedCall,
    outcome: PlannedOutcome = PlannedOutcome.TALKED,
    by: Operator = BORIS,
    at: datetime | None = None,
) -> PlannedCall:
    moment = at or datetime.now(UTC)
    noted = PlannedCalls(store, clock=lambda: moment).note(call.id, outcome, by).result(WAIT_S)
    assert noted is not None
    assert noted.is_taken
    return noted.call


def still_open(store: RegisterStore) -> tuple[PlannedCall, ...]:
    return PlannedCalls(store).still_open()


def exchange(dsn: str, *stores: RegisterStore) -> list[PlannedOvertaken]:
    """Sends the outbox of each store and the feed to all; returns superseded outcomes."""
    told: list[PlannedOvertaken] = []
    for store in stores:
        send(dsn, store)
    for store in stores:
        take(dsn, store, PlannedFeed(store, told.append))
    return told


def test_a_call_that_is_promised_at_one_is_made_at_another(
    store: RegisterStore, other: RegisterStore, dsn: str
) -> None:
    mine, anybodys = promise(store, is_mine=True), promise(store, "+79005550132")
    exchange(dsn, store, other)
    assert still_open(other) == still_open(store) == (mine, anybodys)

    again = note(other, mine, PlannedOutcome.NOT_REACHED)
    assert note(other, anybodys).outcome is PlannedOutcome.TALKED
    assert exchange(dsn, other, store) == []
    assert still_open(store) == still_open(other) == (again,)
    assert (again.tries, again.for_id) == (1, ANNA.id)
    assert again.at > mine.at - timedelta(hours=1) + timedelta(minutes=29)

    assert note(store, again, PlannedOutcome.NOT_NEEDED, ANNA).done_by_id == ANNA.id
    exchange(dsn, store, other)
    assert still_open(store) == still_open(other) == ()
    told = query(dsn, "SELECT act, station_id FROM planned_step ORDER BY at, id")
    assert [tuple(row.values()) for row in told] == [
        ("not_reached", "0002"),
        ("talked", "0002"),
        ("not_needed", "0001"),
    ]


def test_of_two_that_end_a_call_at_once_the_first_holds_and_the_second_is_told(
    store: RegisterStore, other: RegisterStore, dsn: str
) -> None:
    call = promise(store)
    exchange(dsn, store, other)
    now = datetime.now(UTC)
    note(store, call, PlannedOutcome.TALKED, ANNA, now + timedelta(seconds=2))
    note(other, call, PlannedOutcome.NOT_NEEDED, BORIS, now + timedelta(seconds=1))

    (lost,) = exchange(dsn, store, other)
    assert (lost.lost.act, lost.lost.by.id) == (PlannedAct.TALKED, ANNA.id)
    assert (lost.call.outcome, lost.call.done_by_id) == (PlannedOutcome.NOT_NEEDED, BORIS.id)
    assert exchange(dsn, store, other) == [], "it is told once"
    again = PlannedCalls(store).note(call.id, PlannedOutcome.TALKED, ANNA).result(WAIT_S)
    assert again is not None
    assert (again.is_taken, again.call.done_by_id) == (False, BORIS.id)


def test_a_workplace_without_the_centre_goes_on_and_each_row_is_there_once(
    store: RegisterStore, other: RegisterStore, dsn: str
) -> None:
    call = promise(store)
    exchange(dsn, store, other)
    late = promise(other, "+79005550133", by=BORIS)
    note(other, call)
    rows = other.outbox_waiting(10)
    for _twice in range(2):
        with connected(dsn, other) as central:
            assert central.push(rows) == {row.seq for row in rows}
    exchange(dsn, store, other)

    assert still_open(store) == still_open(other) == (late,)
    assert query(dsn, "SELECT count(*) AS n FROM planned_step")[0]["n"] == 1
    assert other.outbox_waiting(10) == (), "what came from the centre is not sent back"


def test_a_new_workplace_begins_with_what_is_open_and_takes_all_of_it_once(
    store: RegisterStore, other: RegisterStore, dsn: str
) -> None:
    over, call = promise(store), promise(store, "+79005550132")
    note(store, over)
    long_ago = call.made_at - timedelta(days=300)
    rows = [
        replace(row, payload={**row.payload, "period": f"{long_ago:%y%m}"})
        for row in store.outbox_waiting(10)
    ]
    with connected(dsn, store) as central:
        central.push(rows)
    for _twice in range(2):
        take(dsn, other, PlannedFeed(other))
    assert still_open(other) == (call,)


def test_that_she_was_told_comes_to_the_others_and_of_each_time_once(
    store: RegisterStore, other: RegisterStore, dsn: str
) -> None:
    call = promise(store)
    PlannedCalls(store).remind(call.id, ANNA).result(WAIT_S)
    exchange(dsn, store, other)
    (known,) = still_open(other)
    assert known.reminded_at == known.at


def test_the_centre_takes_no_outcome_of_who_takes_no_calls(store: RegisterStore, dsn: str) -> None:
    send_promise = promise(store)
    note(store, send_promise)
    rows = [
        replace(row, payload={**row.payload, "by_role": "observer"})
        for row in store.outbox_waiting(10)
        if "by_role" in row.payload
    ]
    assert len(rows) == 1
    with (
        connected(dsn, store) as central,
        pytest.raises(CheckViolation, match="ck_planned_step_by_role"),
    ):
        central.push(rows)


def test_word_of_a_promise_and_its_end_comes_by_itself_within_seconds(
    store: RegisterStore, other: RegisterStore, dsn: str
) -> None:
    call = promise(store)
    send(dsn, store)
    reader = FeedReader(
        CentralFeed(dsn, other.station().code),
        [PlannedFeed(other)],
        lambda _event: None,
        settings=FeedSettings(poll_s=(600.0, 600.0), spread_s=0.05),
    )
    reader.start()
    try:
        wait_until(lambda: still_open(other) == (call,))
        wait_until(lambda: reader.status().hears)
        second = promise(store, "+79005550132")
        send(dsn, store)
        wait_until(lambda: still_open(other) == (call, second))
        note(store, call)
        send(dsn, store)
        wait_until(lambda: still_open(other) == (second,))
    finally:
        assert reader.stop(WAIT_S)


def telephones(store: RegisterStore, dsn: str) -> set[str]:
    """Returns the numbers of scheduled callbacks in a workplace, its outbox and the central
    database.
    """
    with_words = "SELECT phone FROM planned_call WHERE phone <> '' OR note <> ''"
    kept = store.read(lambda connection: connection.exec_driver_sql(with_words).scalars().all())
    queued = store.read(
        lambda connection: (
            connection.exec_driver_sql(
                "SELECT json_extract(payload, '$.phone') FROM outbox WHERE entity = 'planned_call'"
                " AND json_extract(payload, '$.phone') <> ''"
            )
            .scalars()
            .all()
        )
    )
    return {*kept, *queued, *(row["phone"] for row in query(dsn, with_words))}


def test_who_is_erased_in_the_centre_is_forgotten_at_every_workplace(
    store: RegisterStore, other: RegisterStore, dsn: str
) -> None:
    save_call(store, 1)
    over, still = promise(store), promise(store)
    stranger = promise(store, "+79005550132")
    note(store, over)
    note(store, stranger)
    exchange(dsn, store, other)
    people, asked = CentralPersons(dsn), PersonQuery(phone=PHONE)

    copies = {one.found.id: one.values for one in people.copy(asked, UUID(int=6), over.made_at)}
    assert copies.keys() == {over.id, still.id}
    assert copies[over.id]["note"] == NOTE
    assert (copies[over.id]["outcome"], copies[still.id]["outcome"]) == ("talked", None)
    told: list[FoundRecord] = []
    found = people.erase(asked, ACT, datetime.now(UTC), told.extend)
    assert {one.id: one.left for one in found} == {over.id: None, still.id: Left.PROMISED}
    assert {one.kind for one in told} == {RecordKind.PROMISED}

    for place in (store, other):
        take(dsn, place, PlannedFeed(place))
        assert [one.id for one in still_open(place)] == [still.id]
        assert over.id not in known(place)
        assert {still.id, stranger.id} == known(place)
    # neither sending it again nor a recreated store restores it
    rows = [row for row in store.outbox_unsent() if row.entity_id == over.id]
    assert rows == []
    note(store, still)
    send(dsn, store)
    people.erase(asked, UUID(int=8), datetime.now(UTC), told.extend)
    exchange(dsn, store, other)
    for place in (store, other):
        assert telephones(place, dsn) == {stranger.phone}


def known(store: RegisterStore) -> set[UUID]:
    """Returns the scheduled callbacks of which the workplace still has data."""
    with_words = "SELECT id FROM planned_call WHERE phone <> '' OR note <> ''"
    return set(
        map(
            UUID,
            store.read(lambda connection: connection.exec_driver_sql(with_words).scalars().all()),
        )
    )


def test_erased_with_the_call_that_has_the_telephone_in_the_centre(
    store: RegisterStore, dsn: str
) -> None:
    card = save_call(store, 1)
    call = promise(store, str(card.phone))
    note(store, call)
    send(dsn, store)
    asked = PersonQuery(email=str(card.email))
    found = CentralPersons(dsn).erase(asked, ACT, datetime.now(UTC), lambda _found: None)
    assert {one.kind for one in found} == {RecordKind.CALL, RecordKind.PROMISED}
    take(dsn, store, PlannedFeed(store))
    assert known(store) == set()


def test_what_a_workplace_has_erased_does_not_come_back(
    store: RegisterStore, other: RegisterStore, dsn: str
) -> None:
    call = promise(store)
    note(store, call)
    exchange(dsn, store, other)
    LocalPersons(other).erase(PersonQuery(phone=PHONE), ACT, datetime.now(UTC), lambda _found: None)
    other.write(lambda connection: connection.exec_driver_sql("DELETE FROM feed_mark")).result(
        WAIT_S
    )
    take(dsn, other, PlannedFeed(other))
    assert known(other) == set()


def test_what_has_been_over_for_its_term_is_forgotten_in_the_centre(
    store: RegisterStore, other: RegisterStore, dsn: str
) -> None:
    over, still = promise(store), promise(store, "+79005550132")
    note(store, over)
    exchange(dsn, store, other)
    later = datetime.now(UTC) + KEPT
    end_central_terms(dsn, Terms(), later - timedelta(minutes=1))
    assert telephones(other, dsn) == {over.phone, still.phone}
    end_central_terms(dsn, Terms(), later + timedelta(minutes=1), batch=1)
    exchange(dsn, store, other)
    for place in (store, other):
        assert known(place) == {still.id}
    audit = query(dsn, "SELECT detail, count FROM central_audit WHERE kind = 'term_passed'")
    assert [tuple(row.values()) for row in audit] == [("promised", 1)]
