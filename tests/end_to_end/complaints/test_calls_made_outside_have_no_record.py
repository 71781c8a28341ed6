"""Complaint: requests on a mobile telephone or in person have no record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path

from console.core.settings.workplace import CITY_ZONE
from sync.register.calls.calls import CallRecord, CallState, RequestWay
from sync.register.figures.call_statistics import call_report
from sync.store.local.keys import find_key
from sync.store.local.reading import RegisterReading
from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage
from tests.fakes.rtp_peer import wait_until
from tests.fakes.screen_reader import Node, ScreenReader

CALLER = "+79005550144"
PHONE = "8 900 555-01-61"
BEFORE, AFTER = "Спросил на улице ", "о графике вывоза"


def records(path: Path) -> list[CallRecord]:
    """Returns every record of the store in order of number, read while the console runs."""
    key = find_key(path)
    assert key is not None
    register = RegisterReading.open_for_reading(path, key)
    try:
        now = datetime.now(CITY_ZONE)
        found = register.calls_of_day(now - timedelta(days=1), now + timedelta(days=1))
    finally:
        register.close_reading()
    return sorted(found, key=lambda one: one.number)


def way_kept(path: Path) -> RequestWay | None:
    """Returns the stored channel of the first record."""
    return records(path)[0].way


def changed_by(desk: ConsoleStage, key: str, path: Path) -> RequestWay | None:
    """Returns the stored channel after the key has changed it."""
    before = way_kept(path)
    desk.press(key)
    wait_until(lambda: way_kept(path) is not before, timeout_s=STEP_LIMIT_S)
    return way_kept(path)


def has_keyboard(words: str) -> Callable[[list[Node]], bool]:
    return lambda nodes: any(node.name == words and "focused" in node.states for node in nodes)


def test_a_request_on_the_mobile_phone_is_registered_through_a_ring_and_a_call(
    folder: Path, reader: ScreenReader
) -> None:
    with ConsoleStage(folder) as desk, BaresipCaller(CALLER) as caller:
        register = desk.data_folder / "register.db"
        desk.press("ctrl+n")
        wait_until(lambda: len(records(register)) == 1, timeout_s=STEP_LIMIT_S)
        assert way_kept(register) is RequestWay.WALK_IN
        reader.wait_for(desk.console_pid, has_keyboard("Лично"), "the way, with the keyboard")
        for key, wanted in (
            ("Right", RequestWay.MOBILE),
            ("Right", RequestWay.LETTER),
            ("Left", RequestWay.MOBILE),
        ):
            assert changed_by(desk, key, register) is wanted
        desk.press("Tab")
        desk.type("вчера 14:30")
        desk.press("Tab", times=2)  # past the name
        desk.type(PHONE)
        desk.press("Tab", times=2)
        desk.type(BEFORE)
        desk.picture("by-hand")
        caller.dial(f"sip:100@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        desk.type(AFTER)
        wait_until(
            lambda: records(register)[0].content == BEFORE + AFTER,
            timeout_s=STEP_LIMIT_S,
        )
        desk.answer()
        desk.type("вызов на линии")
        desk.press("ctrl+1")
        desk.hang_up()
        desk.save()
        # The request is active again automatically, unchanged.
        desk.press("ctrl+1")
        desk.save()
        found = records(register)

    asked, called = found
    assert [one.state for one in found] == [CallState.CLOSED] * 2
    assert (asked.way, called.way) == (RequestWay.MOBILE, None)
    assert (asked.content, asked.phone) == (BEFORE + AFTER, "+79005550161")
    local = asked.arrived_at.astimezone(CITY_ZONE)
    today = datetime.now(CITY_ZONE).date()
    assert (local.date(), local.time()) == (today - timedelta(days=1), time(14, 30))
    assert asked.number.counter + 1 == called.number.counter
    report = call_report(found, today - timedelta(days=1), today, CITY_ZONE)
    assert (report.total.taken, report.total.by_hand, report.total.wait.count) == (1, 1, 1)
