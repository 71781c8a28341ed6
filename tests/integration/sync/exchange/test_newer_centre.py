"""A workplace of this version against a central database with records of a newer version."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import pytest
from psycopg2 import sql
from sqlalchemy import select

from console.shared.directory.edited import DirectoryFeed
from kb.store import Directory
from sync.exchange.claims import CentralClaims
from sync.exchange.feed_reader import FeedEvent, FeedReader, FeedRefused
from sync.records.feed_values import DocumentEntity, Feed, FeedItem
from sync.records.workplace_tables import known_call
from sync.register.calendar.calendar import OrderedKind
from sync.register.calls.planned import PlannedOutcome
from sync.register.handling.events import Step
from sync.register.handling.step_facts import Routed
from sync.register.incidents import IncidentAct
from sync.store.central.feed import CentralFeed
from sync.store.central.shared_documents import SharedDocument, put_documents
from sync.store.local.callers import HistoryFeed
from sync.store.local.calls.missed import ClaimBoard
from sync.store.local.calls.planned import PlannedFeed
from sync.store.local.city import CityFeed
from sync.store.local.feed import ItemsAside, SettingsFeed, aside_counts, shared_setting_of
from sync.store.local.incidents import IncidentFeed, Incidents
from sync.store.local.keys import StoreKey
from sync.store.local.messages.handling import HandlingFeed, MessageHandling
from sync.store.local.register import RegisterStore
from tests.fakes.events import Heard
from tests.integration.sync.exchange.test_call_claims import NAMES, claim_of
from tests.integration.sync.exchange.test_feed import QUICK, entry, wait_until
from tests.integration.sync.exchange.test_feed_records import (
    CALLED,
    city_of,
    edit,
    elsewhere,
    send,
)
from tests.integration.sync.store.central.test_central import (
    connected,
    query,
    save_call,
    save_message,
)
from tests.integration.sync.store.central.test_central_incidents import lead
from tests.integration.sync.store.central.test_central_planned import note, promise, still_open

ALL_BUT_SETTINGS = {feed: 1 for feed in Feed if feed is not Feed.SETTINGS}


@pytest.fixture
def other(tmp_path: Path, key: StoreKey) -> Iterator[RegisterStore]:
    """The register of the workplace with the newer version."""
    opened = RegisterStore.open(tmp_path / "other.db", key, first_station="0002")
    yield opened
    assert opened.close_store()


@pytest.fixture
def directory(tmp_path: Path) -> Iterator[Directory]:
    opened = Directory.open(tmp_path / "directory.db", starters=None)
    yield opened
    opened.close()


class Workplace:
    """The workplace of the old version and all its receivers."""

    def __init__(self, dsn: str, store: RegisterStore, directory: Directory) -> None:
        self.dsn, self.store, self.directory = dsn, store, directory
        self.board = ClaimBoard()

    @contextmanager
    def reading(self, program: str) -> Iterator[FeedReader]:
        heard: Heard[FeedEvent] = Heard()
        store = self.store
        reader = FeedReader(
            CentralFeed(self.dsn, store.station().code),
            [
                DirectoryFeed(self.directory),
                CityFeed(store),
                HandlingFeed(store),
                HistoryFeed(store),
                SettingsFeed(store),
                IncidentFeed(store),
                self.board,
                PlannedFeed(store),
            ],
            heard,
            settings=QUICK,
            aside=ItemsAside(store, program),
        )
        reader.start()
        try:
            wait_until(lambda: reader.status().has_looked)
            yield reader
            assert reader.status().kind is None
            assert reader.health.restarts == 0
            assert [event for event in heard.all() if isinstance(event, FeedRefused)] == []
        finally:
            assert reader.stop(10.0)

    def aside(self) -> dict[Feed, int]:
        return self.store.read(aside_counts)


def rewrite(dsn: str, table: str, column: str, key: tuple[str, str], value: str) -> str:
    """Writes a value of a newer schema; returns the previous value."""
    names = {"table": sql.Identifier(table), "column": sql.Identifier(column)}
    where = sql.SQL("{} = {}").format(sql.Identifier(key[0]), sql.Literal(key[1]))
    connection = psycopg2.connect(dsn)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(
                "SELECT conname FROM pg_constraint"
                " WHERE conrelid = %s::regclass AND contype = 'c' AND conislocal",
                (table,),
            )
            for (name,) in cursor.fetchall():
                dropped = sql.SQL("ALTER TABLE {table} DROP CONSTRAINT {name}")
                cursor.execute(dropped.format(**names, name=sql.Identifier(name)))
            cursor.execute("SET session_replication_role = replica")
            former = sql.SQL("SELECT {column}::text FROM {table} WHERE ").format(**names)
            cursor.execute(former + where)
            (row,) = cursor.fetchall()
            changed = sql.SQL("UPDATE {table} SET {column} = {value} WHERE ")
            cursor.execute(changed.format(**names, value=sql.Literal(value)) + where)
    finally:
        connection.close()
    return str(row[0])


def test_what_only_a_newer_program_knows_is_set_aside_and_read_after_an_update(
    dsn: str, store: RegisterStore, other: RegisterStore, directory: Directory
) -> None:
    workplace = Workplace(dsn, store, directory)
    record, _card = save_message(store, 1, unit=None)
    send(dsn, store)
    before = MessageHandling(store).handled(record.id)
    assert before is not None

    # one known and one unknown item of each feed
    routed, linked = elsewhere(
        before,
        (Step.SEND_TO_ORGAN, Routed("road-service", "road-service")),
        (Step.LINK_CALL, CALLED),
    )
    call = promise(other)
    note(other, call, PlannedOutcome.TALKED)
    known_call = promise(other, "+79005550132")
    lead(other, IncidentAct.DECLARED)
    lead(other, IncidentAct.EDITED, 1, "Воду дали.")
    strange_edit = edit(other, OrderedKind.OFF, "авария на сетях")
    known_edit = edit(other, OrderedKind.SHORT, "распоряжение")
    strange_call, told_call = save_call(other, 2), save_call(other, 3)
    send(dsn, other)
    with connected(dsn, store) as central:
        central.push([routed, linked])
    claim = claim_of(NAMES[1])
    assert CentralClaims(dsn, "0002").claim(claim).is_kept
    strange = {**(entry("q-2").document or {}), "kind": "robot"}
    setting = SharedDocument(DocumentEntity.SETTING, "of_tomorrow", {"value": 1})
    put_documents(dsn, [entry("q-1"), entry("q-2"), setting], by="Редактор Проба")
    (edited,) = query(dsn, "SELECT id::text FROM incident_event WHERE version = 2")
    (step,) = query(dsn, "SELECT id::text FROM planned_step")
    changes = (
        ("message_event", "step", ("id", str(routed.entity_id)), "approved"),
        ("planned_step", "act", ("id", step["id"]), "postponed"),
        ("incident_event", "act", ("id", edited["id"]), "merged"),
        ("call_record", "result", ("id", str(strange_call.id)), "forwarded"),
        ("call_claim", "stage", ("id", str(claim.id)), "dreaming"),
        ("city_edit", "change", ("id", str(strange_edit.id)), '{"kind": "of_tomorrow"}'),
        ("shared_document", "document", ("id", "q-2"), json.dumps(strange)),
    )
    former = [rewrite(dsn, *change) for change in changes]

    with workplace.reading("1.0") as reader:
        assert workplace.aside() == ALL_BUT_SETTINGS
        assert reader.status().aside == len(ALL_BUT_SETTINGS)
        # the feeds continue
        assert city_of(store) == [known_edit.id]
        assert {one.id for one in still_open(store)} == {call.id, known_call.id}
        assert [len(one.versions) for one in Incidents(store).all()] == [1]
        assert directory.entry("q-1") is not None
        assert shared_setting_of(store, "of_tomorrow") == {"value": 1}
        assert MessageHandling(store).handled(record.id) == before
        later = save_call(other, 4)
        send(dsn, other)
        wait_until(lambda: str(later.number) in _numbers(store))

    with workplace.reading("1.0"):  # the same version, restarted
        assert workplace.aside() == ALL_BUT_SETTINGS

    for (table, column, key, _value), value in zip(changes, former, strict=True):
        rewrite(dsn, table, column, key, value)
    query(dsn, "UPDATE call_claim SET until = now() + interval '1 hour'")
    with workplace.reading("2.0") as reader:  # this version knows all of it
        assert workplace.aside() == {}
        assert reader.status().aside == 0
    assert city_of(store) == [strange_edit.id, known_edit.id]
    assert {one.id for one in still_open(store)} == {known_call.id}
    assert [len(one.versions) for one in Incidents(store).all()] == [2]
    assert directory.entry("q-2") is not None
    assert {str(one.number) for one in (strange_call, told_call, later)} <= _numbers(store)
    assert [one.by_name for one in workplace.board.holders().values()] == [NAMES[1]]
    after = MessageHandling(store).handled(record.id)
    assert after is not None
    assert [event.step for event in after.history.events[-2:]] == [
        Step.SEND_TO_ORGAN,
        Step.LINK_CALL,
    ]


def _numbers(store: RegisterStore) -> set[str]:
    """Returns the numbers of other workplaces' calls known here."""
    return set(store.read(lambda local: local.scalars(select(known_call.c.number)).all()))


def test_an_item_that_breaks_its_receiver_holds_up_no_other_feed(
    dsn: str, store: RegisterStore, other: RegisterStore
) -> None:
    class Broken(CityFeed):
        def check(self, _item: FeedItem) -> None:
            """Accepts an item that it cannot read."""

        def take(self, *_taken: object) -> None:
            raise KeyError("of_tomorrow")

    edit(other, OrderedKind.OFF, "авария на сетях")
    saved = save_call(other, 1)
    send(dsn, other)
    heard: Heard[FeedEvent] = Heard()
    reader = FeedReader(
        CentralFeed(dsn, store.station().code),
        [Broken(store), HistoryFeed(store)],
        heard,
        settings=QUICK,
        aside=ItemsAside(store, "1.0"),
    )
    reader.start()
    try:
        wait_until(lambda: str(saved.number) in _numbers(store))
        wait_until(lambda: FeedRefused(Feed.CITY, "unread") in heard.all())
        assert reader.health.restarts == 0
    finally:
        assert reader.stop(10.0)
