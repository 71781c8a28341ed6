"""A scheduled callback at two consoles: shown, reminded, postponed and ended by the operator
present.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from console.core.settings.workplace import CITY_ZONE
from sync.records.workplace_tables import planned_call
from sync.register.calls.planned import PATIENCE, PlannedCall, PlannedOutcome
from sync.store.local.calls.planned import call_of
from sync.store.local.keys import find_key
from sync.store.local.reading import RegisterReading
from tests.end_to_end.test_two_workplaces import (
    NAMES,
    SharedDesk,
    press_at_once,
    says,
    two_workplaces,
)
from tests.fakes.console_stage import STEP_LIMIT_S
from tests.fakes.rtp_peer import wait_until
from tests.fakes.screen_reader import ScreenReader, announces

TIME = "Пришло время обещанного звонка"
SECOND = "Коллега успел раньше: звонок уже закрыт"
REMINDER_S = PATIENCE.total_seconds() + 60 + STEP_LIMIT_S  # its minute comes first
FIRST, ANOTHER, LAST = "+79005550151", "+79005550152", "+79005550153"


def promised(desk: SharedDesk) -> dict[str, PlannedCall]:
    """Returns the scheduled callbacks at this workplace by telephone."""
    file = desk.data_folder / "register.db"
    key = find_key(file)
    assert key is not None
    register = RegisterReading.open_for_reading(file, key)
    try:
        rows = register.read(
            lambda connection: connection.execute(planned_call.select()).mappings().all()
        )
    finally:
        register.close_reading()
    return {row["phone"]: call_of(row) for row in rows}


def wait_for_call(desk: SharedDesk, phone: str, is_so: Callable[[PlannedCall], bool]) -> None:
    def known() -> bool:
        call = promised(desk).get(phone)
        return call is not None and is_so(call)

    wait_until(known, timeout_s=STEP_LIMIT_S)


def promise(desk: SharedDesk, phone: str, moment: str, note: str) -> None:
    """Schedules a callback for this operator, and returns to the work."""
    desk.press("shift+F11")
    desk.press("Insert")
    desk.type(phone)
    desk.press("Tab")
    desk.type(moment)
    desk.press("Tab")
    desk.type(note)
    desk.press("Tab")
    desk.press("Right")  # for herself
    desk.press("ctrl+Return")
    wait_for_call(desk, phone, lambda call: call.for_id is not None)
    desk.press("Escape")


def next_minute() -> str:
    """Returns an input for a time soon, but not before its operator has left."""
    return f"{datetime.now(CITY_ZONE) + timedelta(seconds=80):%d.%m.%Y %H:%M}"


def test_a_promise_is_made_ended_and_told_by_whoever_is_there(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, reader: ScreenReader
) -> None:
    with two_workplaces(folder, tmp_path_factory.mktemp("other")) as evening:
        one, other = evening.desks

        # shown at the other one within seconds, and postponed there for both
        promise(one, FIRST, "завтра 9:00", "о субсидии")
        wait_for_call(other, FIRST, lambda call: call.made_by_name == NAMES["orlova"])
        other.press("shift+F11")
        other.press("Home")
        other.wait_until_still()
        other.picture("01-promised-elsewhere")
        other.press("2")
        wait_for_call(one, FIRST, lambda call: call.tries == 1)

        # both end it simultaneously: one outcome is stored at both
        for desk in evening.desks:
            desk.press("shift+F11")
            desk.press("Home")
            desk.wait_until_still()
        press_at_once(evening.desks, "1")
        for desk in evening.desks:
            wait_for_call(desk, FIRST, lambda call: call.outcome is PlannedOutcome.TALKED)
        wait_until(lambda: promised(one)[FIRST] == promised(other)[FIRST], timeout_s=STEP_LIMIT_S)
        second = one if promised(one)[FIRST].done_by_name == NAMES["vtoraya"] else other
        reader.wait_to_hear(announces(SECOND))
        second.picture("02-a-colleague-was-first")

        # offline: it is scheduled anyway, and sent when the central database returns
        evening.server.stop()
        promise(other, ANOTHER, "завтра 10:00", "о мусоре")
        evening.server.start()
        wait_for_call(one, ANOTHER, lambda call: call.made_by_name == NAMES["vtoraya"])

        # its operator has left: the operator present is reminded
        promise(one, LAST, next_minute(), "о тепле")
        wait_for_call(other, LAST, lambda call: call.note == "о тепле")
        one.kill_console()
        other.press("Escape")
        at = promised(other)[LAST].at
        wait_until(lambda: datetime.now(UTC) >= at + PATIENCE / 2, timeout_s=REMINDER_S)
        assert not says(TIME)(reader.nodes(other.console_pid)), "word of her may still come"
        wait_until(lambda: datetime.now(UTC) >= at + PATIENCE, timeout_s=REMINDER_S)
        reader.wait_for(other.console_pid, says(TIME), TIME)
        other.press("shift+F11")
        other.press("Home")
        other.wait_until_still()
        other.picture("03-told-in-her-place")
        other.press("1")
        wait_for_call(other, LAST, lambda call: call.outcome is PlannedOutcome.TALKED)
        one.come_back()
        wait_for_call(one, LAST, lambda call: call.done_by_name == NAMES["vtoraya"])
