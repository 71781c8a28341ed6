"""A cloned disk: the second store is stopped before one of its records arrives."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import pytest
from sqlalchemy.dialects.sqlite import insert

from sync.exchange.events import BatchSent, CentralLost, RowPoisoned, SenderEvent
from sync.exchange.failures import FailureKind
from sync.exchange.sender import Sender, SenderSettings
from sync.records.workplace_tables import counter
from sync.register.calls.calls import CallRecord
from sync.store.central.logins import enrol_workplace, set_disabled
from sync.store.local.keys import StoreKey
from sync.store.local.register import RegisterStore
from tests.fakes.events import Heard
from tests.fakes.records import OPERATOR, closed, filled, new_call

WAIT_S = 20.0
QUICK = SenderSettings(
    batch_size=50, first_delay_s=0.05, longest_delay_s=0.4, poll_s=0.2, answer_limit_s=2.0
)

Events = Heard[SenderEvent]


class SamePlaceStore(RegisterStore):
    """A store on a cloned disk: the other machine looks the same."""

    machine = ""

    def holder(self) -> str:
        return self.machine


class CarelessSender(Sender):
    """Broken on purpose: every copy uses the same session of the same store."""

    def __init__(
        self,
        store: RegisterStore,
        dsn: str,
        on_event: Callable[[SenderEvent], None],
        *,
        settings: SenderSettings,
    ) -> None:
        super().__init__(
            store, dsn, on_event, settings=settings, new_id=lambda: store.station().install_id
        )


def open_at(path: Path, key: StoreKey, machine: str) -> SamePlaceStore:
    store = SamePlaceStore.open(path, key, home_area_code="87999", place=lambda _path: "the disk")
    store.machine = machine
    return store


@pytest.fixture
def disk(tmp_path: Path, key: StoreKey) -> Iterator[RegisterStore]:
    store = open_at(tmp_path / "first" / "register.db", key, "first machine")
    yield store
    assert store.close_store()


@contextmanager
def cloned(path: Path, key: StoreKey) -> Iterator[SamePlaceStore]:
    """Copies the current files, as to another machine."""
    twin = path.parent.parent / "second"
    shutil.copytree(path.parent, twin)
    store = open_at(twin / path.name, key, "second machine")
    try:
        yield store
    finally:
        assert store.close_store()


@contextmanager
def sending(store: RegisterStore, dsn: str, made: type[Sender] = Sender) -> Iterator[Events]:
    events: Events = Heard()
    sender = made(store, dsn, events, settings=QUICK)
    sender.start()
    try:
        yield events
    finally:
        assert sender.stop(WAIT_S)


def save(store: RegisterStore, index: int) -> CallRecord:
    card = filled(store.open_card(new_call(index), OPERATOR).result(WAIT_S))
    return store.close(closed(card)).result(WAIT_S)


def wait_sent(events: Events, count: int) -> None:
    def is_sent(told: list[SenderEvent]) -> bool:
        return sum(event.count for event in told if isinstance(event, BatchSent)) >= count

    events.wait_for(is_sent, WAIT_S)


def wait_lost(events: Events, kind: FailureKind) -> None:
    def is_lost(told: list[SenderEvent]) -> bool:
        return kind in [event.kind for event in told if isinstance(event, CentralLost)]

    events.wait_for(is_lost, WAIT_S)


def wait_refused(events: Events, kind: FailureKind = FailureKind.STATION_TAKEN) -> None:
    wait_lost(events, kind)
    assert not [event for event in events.all() if isinstance(event, BatchSent)]


def query(dsn: str, statement: str) -> list[tuple[object, ...]]:
    connection = psycopg2.connect(dsn)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return list(cursor.fetchall()) if cursor.description else []
    finally:
        connection.close()


def in_centre(dsn: str) -> set[str]:
    return {str(row[0]) for row in query(dsn, "SELECT id FROM call_record")}


def ids(*cards: CallRecord) -> set[str]:
    return {str(card.id) for card in cards}


def test_of_two_clones_one_sends(
    disk: RegisterStore, tmp_path: Path, key: StoreKey, dsn: str
) -> None:
    path = tmp_path / "first" / "register.db"
    with sending(disk, dsn) as events:
        cards = [save(disk, 1)]
        wait_sent(events, 1)
        # while the original holds its lease, a copy with the same state is rejected
        with cloned(path, key) as twin, sending(twin, dsn) as of_twin:
            twins = save(twin, 2)
            cards.append(save(disk, 2))
            assert twins.number == cards[-1].number
            wait_refused(of_twin)
            wait_sent(events, 2)
    # the lease is released; the copy does not know the session after it
    shutil.rmtree(tmp_path / "second")
    with cloned(path, key) as twin:
        with sending(disk, dsn) as events:
            cards.append(save(disk, 3))
            wait_sent(events, 1)
        with sending(twin, dsn) as of_twin:
            save(twin, 3)
            wait_refused(of_twin)
    assert in_centre(dsn) == ids(*cards)


def test_whoever_of_two_clones_comes_first_goes_on_and_the_other_is_stopped(
    disk: RegisterStore, tmp_path: Path, key: StoreKey, dsn: str
) -> None:
    with sending(disk, dsn) as events:
        cards = [save(disk, 1)]
        wait_sent(events, 1)
    with cloned(tmp_path / "first" / "register.db", key) as twin:
        with sending(twin, dsn) as of_twin:
            cards.append(save(twin, 2))
            wait_sent(of_twin, 1)
        with sending(disk, dsn) as events:
            save(disk, 2)
            wait_refused(events)
    assert in_centre(dsn) == ids(*cards)


def test_without_sessions_a_number_of_both_clones_reaches_the_centre(
    disk: RegisterStore, tmp_path: Path, key: StoreKey, dsn: str
) -> None:
    with cloned(tmp_path / "first" / "register.db", key) as twin:
        twin.machine = disk.holder()
        with sending(disk, dsn, CarelessSender) as events:
            save(disk, 1)
            wait_sent(events, 1)
            with sending(twin, dsn, CarelessSender) as of_twin:
                save(twin, 1)
                of_twin.wait_for(lambda told: any(isinstance(e, RowPoisoned) for e in told), WAIT_S)


def test_a_store_that_is_enrolled_anew_gives_no_number_twice(
    disk: RegisterStore, tmp_path: Path, key: StoreKey, dsn: str
) -> None:
    with sending(disk, dsn) as events:
        cards = [save(disk, index) for index in range(5)]
        wait_sent(events, 5)
    # its disk is lost; an administrator assigns the code to the next store
    query(dsn, "UPDATE station SET install_id = NULL")
    fresh = open_at(tmp_path / "fresh" / "register.db", key, "third machine")
    try:
        with sending(fresh, dsn) as events:
            events.wait_for(bool, WAIT_S)
            card = save(fresh, 9)
            wait_sent(events, 1)
        assert card.number.counter > cards[-1].number.counter + 100
        assert in_centre(dsn) == ids(*cards, card)
        with sending(disk, dsn) as events:
            save(disk, 10)
            wait_refused(events)
    finally:
        assert fresh.close_store()


def test_the_enrolment_login_may_hold_the_code_and_shut_out_it_is_told_so(
    disk: RegisterStore, centre: str
) -> None:
    with sending(disk, enrol_workplace(centre, "0001").dsn) as events:
        card = save(disk, 1)
        wait_sent(events, 1)
        set_disabled(centre, "workplace_0001", is_disabled=True)
        save(disk, 2)
        wait_lost(events, FailureKind.RIGHTS_MISSING)
    assert in_centre(centre) == ids(card)


def test_a_store_older_than_what_it_sent_is_stopped(disk: RegisterStore, dsn: str) -> None:
    with sending(disk, dsn) as events:
        save(disk, 1)
        wait_sent(events, 1)
    query(dsn, "UPDATE station SET counter_period = '2611', counter_high = 7")
    with sending(disk, dsn) as events:
        save(disk, 2)
        wait_refused(events, FailureKind.STORE_BEHIND)


def test_a_number_of_a_clock_that_ran_ahead_hides_no_counter_from_the_centre(
    disk: RegisterStore, dsn: str
) -> None:
    month = "to_char(now() AT TIME ZONE 'Europe/Moscow', 'YYMM')"
    ((this_month,),) = query(dsn, f"SELECT {month}")
    with sending(disk, dsn) as events:
        save(disk, 1)
        wait_sent(events, 1)
    # as stored by a program that trusted every clock
    query(dsn, "UPDATE station SET counter_period = '9911', counter_high = 1")
    given = [{"period": period, "last": last} for period, last in ((this_month, 5), ("9911", 1))]
    disk.write(
        lambda connection: connection.execute(insert(counter).on_conflict_do_nothing(), given)
    ).result(WAIT_S)

    with sending(disk, dsn) as events:
        save(disk, 2)
        wait_sent(events, 1)

    assert query(dsn, "SELECT counter_period, counter_high FROM station") == [(this_month, 5)]
