"""A call missed at two desks is resolved at both, by a key at one or a talk at the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sync.exchange.feed import catch_up
from sync.register.calls import calls
from sync.register.calls.missed import Missed
from sync.store.local.callers import HistoryFeed, forget_known
from sync.store.local.calls.missed import MissedCalls, still_missed
from sync.store.local.keys import find_key, make_key
from sync.store.local.reading import RegisterReading
from sync.store.local.register import RegisterStore
from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage
from tests.fakes.records import OPERATOR, closed, filled, new_call
from tests.fakes.rtp_peer import wait_until
from tests.integration.sync.exchange.test_feed import connected as feed_of
from tests.integration.sync.store.central.test_central import connected, rows_of

CALLER = "+79005550101"
ARRIVAL_S = 35.0  # calls are polled every 15 to 30 seconds


@contextmanager
def other_desk(folder: Path) -> Iterator[RegisterStore]:
    store = RegisterStore.open(
        folder / "other.db", make_key(), first_station="0002", home_area_code="87999"
    )
    try:
        yield store
    finally:
        assert store.close_store()


def send(store: RegisterStore, dsn: str) -> None:
    rows = rows_of(store)
    with connected(dsn, store) as central:
        central.push(rows)
    store.mark_sent(rows, datetime.now(UTC), 1).result()


def missed_here(desk: ConsoleStage) -> int:
    file = desk.data_folder / "register.db"
    key = find_key(file)
    assert key is not None
    with closing_reading(RegisterReading.open_for_reading(file, key)) as register:
        return len(still_missed(register))


def left_without_the_centre(desk: ConsoleStage) -> tuple[Missed, ...]:
    """Stops the console and returns the missed calls without those of other workplaces."""
    file = desk.data_folder / "register.db"
    key = find_key(file)
    assert key is not None
    store = RegisterStore.open(file, key)
    try:
        assert store.write(lambda connection: forget_known(connection, datetime.now(UTC))).result()
        return MissedCalls(store).still_open()
    finally:
        assert store.close_store()


@contextmanager
def closing_reading(register: RegisterReading) -> Iterator[RegisterReading]:
    try:
        yield register
    finally:
        register.close_reading()


def ring_in_vain(desk: ConsoleStage, caller: BaresipCaller) -> None:
    caller.dial(f"sip:100@{desk.address}")
    desk.wait_for("t_offer", RING_LIMIT_S)
    caller.hang_up()
    desk.wait_for("t_hangup", STEP_LIMIT_S)
    wait_until(lambda: missed_here(desk) == 1, timeout_s=STEP_LIMIT_S)


def test_what_one_desk_has_dealt_with_waits_at_no_other(folder: Path, dsn: str) -> None:
    with (
        ConsoleStage(folder, dsn=dsn) as desk,
        BaresipCaller(CALLER) as caller,
        other_desk(folder) as other,
    ):
        ring_in_vain(desk, caller)
        rang = other.open_card(new_call(1, datetime.now(UTC)), OPERATOR).result()
        other.close(calls.missed(rang, datetime.now(UTC), "caller_gave_up")).result()
        assert len(MissedCalls(other).still_open()) == 1
        desk.press("ctrl+m")
        desk.wait_until_still()
        desk.press("Home")
        desk.press("3")
        wait_until(lambda: missed_here(desk) == 0, timeout_s=STEP_LIMIT_S)
        desk.wait_until_waiting(0)

        def taken() -> bool:
            with feed_of(dsn, station="0002") as central:
                catch_up(central, HistoryFeed(other))
            return MissedCalls(other).still_open() == ()

        wait_until(taken, timeout_s=ARRIVAL_S)

        ring_in_vain(desk, caller)
        later = datetime.now(UTC) + timedelta(seconds=1)
        talked = filled(other.open_card(new_call(2, later), OPERATOR).result())
        other.close(closed(talked)).result()
        send(other, dsn)
        wait_until(lambda: missed_here(desk) == 0, timeout_s=ARRIVAL_S)
        desk.wait_until_still()
        desk.picture("dealt-with-elsewhere")
        desk.kill_console()
        assert left_without_the_centre(desk) == ()
