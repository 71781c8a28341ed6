"""Complaint: what was asked on a mobile telephone or in person has no record."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path

from console.settings import CITY_ZONE
from sync.register.calls import CallRecord, CallState
from sync.register.statistics import call_report
from sync.register.ways import RequestWay
from sync.store.keys import find_key
from sync.store.reading import RegisterReading
from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage
from tests.fakes.rtp_peer import wait_until
from tests.fakes.sip_peers import BaresipCaller

CALLER = "+79005550144"
PHONE = "8 900 555-01-61"
BEFORE, AFTER = "Спросил на улице ", "о графике вывоза"


def records(path: Path) -> list[CallRecord]:
    """Every record of the store, in the order of their numbers, read beside the console."""
    key = find_key(path)
    assert key is not None
    register = RegisterReading.open_for_reading(path, key)
    try:
        now = datetime.now(CITY_ZONE)
        found = register.calls_of_day(now - timedelta(days=1), now + timedelta(days=1))
    finally:
        register.close_reading()
    return sorted(found, key=lambda one: one.number)


def content_of(path: Path, way: RequestWay | None) -> str | None:
    return next((one.content for one in records(path) if one.way is way), None)


def chosen(desk: ConsoleStage, path: Path, way: RequestWay) -> bool:
    """Go one way further and see which one is on the disk; too early, the key has no row yet."""
    desk.press("Right")
    desk.pause(1.0)
    return content_of(path, way) is not None


def test_a_request_on_the_mobile_phone_is_registered_through_a_ring_and_a_call(
    folder: Path,
) -> None:
    with ConsoleStage(folder) as desk, BaresipCaller(CALLER) as caller:
        register = desk.data_folder / "register.db"
        desk.press("ctrl+n")
        wait_until(lambda: len(records(register)) == 1, timeout_s=STEP_LIMIT_S)
        wait_until(lambda: chosen(desk, register, RequestWay.MOBILE), timeout_s=STEP_LIMIT_S)
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
            lambda: content_of(register, RequestWay.MOBILE) == BEFORE + AFTER,
            timeout_s=STEP_LIMIT_S,
        )
        desk.answer()
        desk.type("вызов на линии")
        desk.press("ctrl+1")
        desk.hang_up()
        desk.save()
        # The request is in front again by itself, as it was left.
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
    assert (report.total.answered, report.total.by_hand, report.total.wait.count) == (1, 1, 1)
