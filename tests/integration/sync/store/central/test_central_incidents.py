"""One official text for all workplaces, over a real PostgreSQL: declared, edited, used, ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from psycopg2.errors import CheckViolation

from sync.exchange.feed_reader import FeedReader, FeedSettings
from sync.register.calls import by_hand, calls
from sync.register.calls.calls import CallRecord
from sync.register.incidents import (
    IncidentAct,
    IncidentEvent,
    IncidentState,
    IncidentStep,
    OutbreakRules,
    outbreaks,
)
from sync.register.people.operators import Operator, Role
from sync.store.central.feed import CentralFeed
from sync.store.local.callers import HistoryFeed
from sync.store.local.incidents import IncidentFeed, Incidents
from sync.store.local.keys import StoreKey
from sync.store.local.register import RegisterStore
from sync.store.local.reopening import Reopened, SavedCalls
from tests.fakes.records import OPERATOR, new_call
from tests.integration.sync.exchange.test_feed import wait_until
from tests.integration.sync.exchange.test_feed_records import send, take
from tests.integration.sync.store.central.test_central import connected, query

SENIOR = Operator(UUID(int=2), "starshaya", "Старшая Нина", Role.SUPERVISOR)
SECOND = Operator(UUID(int=3), "vtoraya", "Вторая Вера", Role.SUPERVISOR)
ID, WATER = UUID(int=77), "water/outage"
TEXT = "На Лесной прорвало водовод. Воду дадут к 22 часам."
WAIT_S = 10


@pytest.fixture
def other(tmp_path: Path, key: StoreKey) -> Iterator[RegisterStore]:
    """The register of a second workplace."""
    opened = RegisterStore.open(tmp_path / "other.db", key, first_station="0002")
    yield opened
    assert opened.close_store()


def lead(
    store: RegisterStore,
    act: IncidentAct,
    based_on: int = 0,
    text: str = TEXT,
    by: Operator = SENIOR,
) -> IncidentEvent:
    step = IncidentStep(act, ID, "ул. Лесная", WATER, text, based_on)
    made = Incidents(store).take(step, by).result(WAIT_S)
    assert isinstance(made, IncidentEvent), made
    return made


def exchange(dsn: str, *stores: RegisterStore) -> None:
    """Sends the outbox of each store to the central database, and the feed to all."""
    for store in stores:
        send(dsn, store)
    for store in stores:
        take(dsn, store, IncidentFeed(store))
        take(dsn, store, HistoryFeed(store))


def talked(store: RegisterStore, index: int) -> CallRecord:
    arrived = datetime.now(UTC) - timedelta(minutes=2)
    new = replace(new_call(index, arrived), caller_number=f"890055501{index:02}")
    card = calls.answered(store.open_card(new, OPERATOR).result(WAIT_S), arrived)
    return calls.ended(card, arrived + timedelta(seconds=30), "far_end")


def close(store: RegisterStore, card: CallRecord) -> CallRecord:
    closed = calls.close(card, datetime.now(UTC), OPERATOR)
    assert isinstance(closed, CallRecord), closed
    return store.close(closed).result(WAIT_S)


def test_every_workplace_says_what_was_declared_edited_and_ended_at_one(
    store: RegisterStore, other: RegisterStore, dsn: str
) -> None:
    lead(store, IncidentAct.DECLARED)
    exchange(dsn, store, other)
    (seen,) = Incidents(other).all()
    assert (seen.state, seen.text, seen.street) == (IncidentState.DECLARED, TEXT, "ул. Лесная")
    assert seen.current.by.name == SENIOR.name

    card = by_hand.told_of_incident(talked(other, 1), ID, "ул. Лесная: нет воды", seen.text)
    close(other, card)
    lead(store, IncidentAct.EDITED, 1, "Воду дали.")
    exchange(dsn, store, other)
    for place in (store, other):
        (known,) = Incidents(place).all()
        assert (known.text, known.calls) == ("Воду дали.", 1)

    lead(other, IncidentAct.ENDED, by=SECOND)
    exchange(dsn, other, store)
    for place in (store, other):
        (known,) = Incidents(place).all()
        assert (known.state, known.calls, len(known.versions)) == (IncidentState.ENDED, 1, 3)
    rows = query(dsn, "SELECT act, station_id FROM incident_event ORDER BY version, at")
    assert [tuple(row.values()) for row in rows] == [
        ("call_linked", "0002"),
        ("declared", "0001"),
        ("edited", "0001"),
        ("ended", "0002"),
    ]


def test_a_call_that_was_taken_back_is_counted_at_no_workplace(
    store: RegisterStore, other: RegisterStore, dsn: str
) -> None:
    lead(store, IncidentAct.DECLARED)
    saved = [
        close(other, by_hand.told_of_incident(talked(other, index), ID, "ул. Лесная", TEXT))
        for index in (1, 2)
    ]
    exchange(dsn, store, other)
    exchange(dsn, other, store)
    assert [Incidents(place).all()[0].calls for place in (store, other)] == [2, 2]

    outcome = SavedCalls(other).reopen(saved[0], OPERATOR).result(WAIT_S)
    assert isinstance(outcome, Reopened), outcome
    exchange(dsn, other, store)
    assert [Incidents(place).all()[0].calls for place in (store, other)] == [1, 1]

    without = by_hand.remove_entry(outcome.card, f"{by_hand.INCIDENT_KEY}{ID}")
    close(other, calls.edit(without, content="Другое."))
    exchange(dsn, other, store)
    assert [Incidents(place).all()[0].calls for place in (store, other)] == [1, 1]


def test_of_two_supervisors_the_later_text_holds_at_both_and_none_is_lost(
    store: RegisterStore, other: RegisterStore, dsn: str
) -> None:
    lead(store, IncidentAct.DECLARED)
    exchange(dsn, store, other)
    lead(store, IncidentAct.EDITED, 1, "К 23 часам.")
    lead(other, IncidentAct.EDITED, 1, "Утром.", SECOND)
    exchange(dsn, other, store)

    both = [Incidents(place).all() for place in (store, other)]
    assert both[0] == both[1]
    ((one,), _same) = both
    assert one.text == "Утром."
    assert [version.text for version in one.versions if not version.holds] == ["К 23 часам."]


def test_callers_of_several_workplaces_are_one_outbreak(
    store: RegisterStore, other: RegisterStore, dsn: str
) -> None:
    for place, index in ((store, 1), (other, 2), (other, 3)):
        card = calls.edit(
            talked(place, index),
            content=f"Нет воды, ул. Лесная, {index}",
            category=WATER,
            result=calls.CallResult.ANSWERED,
        )
        close(place, card)
    exchange(dsn, store, other)
    rules, now = OutbreakRules(), datetime.now(UTC)

    for place in (store, other):
        (found,) = outbreaks(Incidents(place).sightings(now - rules.within), rules, now)
        assert found.callers == 3


def test_the_centre_takes_no_lead_of_an_operator(store: RegisterStore, dsn: str) -> None:
    lead(store, IncidentAct.DECLARED)
    rows = [
        replace(row, payload={**row.payload, "by_role": "operator"})
        for row in store.outbox_waiting(10)
    ]
    assert len(rows) == 1
    with (
        connected(dsn, store) as central,
        pytest.raises(CheckViolation, match="ck_incident_event_led"),
    ):
        central.push(rows)
    assert query(dsn, "SELECT * FROM incident_event") == []


def test_a_new_workplace_and_one_that_was_away_begin_with_what_stands(
    store: RegisterStore, other: RegisterStore, dsn: str
) -> None:
    lead(store, IncidentAct.DECLARED)
    lead(store, IncidentAct.EDITED, 1, "К 23 часам.")
    send(dsn, store)
    for _again in range(2):
        take(dsn, other, IncidentFeed(other))

    (known,) = Incidents(other).all()
    assert (known.text, known.version) == ("К 23 часам.", 2)
    assert other.outbox_waiting(10) == (), "what came from the centre is not sent back"


def test_word_of_a_text_comes_by_itself_within_seconds(
    store: RegisterStore, other: RegisterStore, dsn: str
) -> None:
    lead(store, IncidentAct.DECLARED)
    send(dsn, store)
    heard: list[str] = []

    def told(event: object) -> None:
        heard.append(type(event).__name__)

    reader = FeedReader(
        CentralFeed(dsn, other.station().code),
        [IncidentFeed(other)],
        told,
        settings=FeedSettings(poll_s=(600.0, 600.0), spread_s=0.05),
    )
    reader.start()
    try:
        wait_until(lambda: [one.text for one in Incidents(other).all()] == [TEXT])
        wait_until(lambda: reader.status().hears)
        lead(store, IncidentAct.EDITED, 1, "К 23 часам.")
        send(dsn, store)
        wait_until(lambda: [one.text for one in Incidents(other).all()] == ["К 23 часам."])
    finally:
        assert reader.stop(WAIT_S)
