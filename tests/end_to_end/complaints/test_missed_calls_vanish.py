"""Complaint: missed calls disappear from the list after some hours, and cannot be marked
together.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from sync.records.workplace_tables import missed_handled
from sync.register.calls import calls
from sync.register.calls.calls import NewCall
from sync.register.people.operators import Operator
from sync.store.local.keys import find_key
from sync.store.local.reading import RegisterReading
from sync.store.local.register import RegisterStore
from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage
from tests.fakes.records import OPERATOR
from tests.fakes.rtp_peer import wait_until

CALLER = "+79005550143"
DAYS = (5, 3, 1)


def miss_before(path: Path, operator: Operator) -> list[str]:
    """Saves calls of previous nights and returns their numbers."""
    key = find_key(path)
    assert key is not None
    store = RegisterStore.open(path, key, home_area_code="87999")
    numbers = []
    for days in DAYS:
        at = datetime.now(UTC) - timedelta(days=days)
        new = NewCall(
            f"night-{days}@test.invalid", "incoming", at, f"8900555018{days}", "", "", True
        )
        card = store.open_card(new, operator).result()
        missed = calls.missed(card, at + timedelta(seconds=9), "caller_gave_up")
        numbers.append(str(store.close(missed).result().number))
    assert store.close_store()
    return numbers


def handled(path: Path) -> list[tuple[str, str | None]]:
    """Returns outcome and author of each resolved missed call, read while the console runs."""
    key = find_key(path)
    assert key is not None
    register = RegisterReading.open_for_reading(path, key)
    try:
        rows = register.read(lambda connection: connection.execute(select(missed_handled)).all())
    finally:
        register.close_reading()
    return [(row.outcome, row.by_name) for row in rows]


def test_missed_calls_of_nights_before_wait_and_are_marked_together_or_by_calling(
    folder: Path,
) -> None:
    desk = ConsoleStage(folder)
    register = desk.data_folder / "register.db"
    miss_before(register, OPERATOR)
    with desk, BaresipCaller(CALLER) as caller:
        caller.dial(f"sip:100@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        caller.hang_up()
        desk.wait_for("t_hangup", STEP_LIMIT_S)
        wait_until(
            lambda: [call["state"] for call in desk.calls_today()] == ["closed"],
            timeout_s=STEP_LIMIT_S,
        )
        desk.press("ctrl+m")
        desk.pause(0.5)
        desk.picture("missed")
        # The oldest is called back from another telephone, the others are not answered.
        desk.press("End")
        desk.press("1")
        wait_until(lambda: len(handled(register)) == 1, timeout_s=STEP_LIMIT_S)
        desk.press("ctrl+a")
        desk.press("2")
        wait_until(lambda: len(handled(register)) == len(DAYS) + 1, timeout_s=STEP_LIMIT_S)
        told = handled(register)

    assert [outcome for outcome, _by in told] == ["called_back"] + ["not_reached"] * len(DAYS)
    assert {by for _outcome, by in told} == {"Орлова Наталья Викторовна"}


def test_who_is_talked_with_waits_in_the_list_no_more(folder: Path) -> None:
    with ConsoleStage(folder) as desk, BaresipCaller(CALLER) as caller:
        caller.dial(f"sip:100@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        caller.hang_up()
        desk.wait_for("t_hangup", STEP_LIMIT_S)
        desk.wait_for("t_day_read", STEP_LIMIT_S)
        caller.dial(f"sip:100@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        desk.wait_until_still()
        desk.answer()
        # the list is reloaded after the report of the talk, long before the record is saved
        desk.wait_for("t_day_read", STEP_LIMIT_S)
        desk.wait_until_still()
        desk.picture("talking")
