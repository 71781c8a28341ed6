"""A scheduled callback by real keys: scheduled, reminded while typing, called and closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select, update

from sync.records.workplace_tables import planned_call
from sync.store.local.keys import find_key, open_key
from sync.store.local.reading import RegisterReading
from sync.store.local.register import RegisterStore
from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import OPERATOR_NAME, RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage
from tests.fakes.rtp_peer import wait_until
from tests.fakes.screen_reader import Node, ScreenReader

CALLER = "+79005550145"
NOTE = "о субсидии"


def rows(path: Path) -> list[tuple[str, str, int, str | None, str | None]]:
    """Returns telephone, note, attempts, outcome and its author of every scheduled callback."""
    key = find_key(path)
    assert key is not None
    register = RegisterReading.open_for_reading(path, key)
    try:
        found = register.read(lambda connection: connection.execute(select(planned_call)).all())
    finally:
        register.close_reading()
    return [(one.phone, one.note, one.tries, one.outcome, one.done_by_name) for one in found]


def bring_its_time(path: Path) -> None:
    """Sets the scheduled time to now."""
    store = RegisterStore.open(path, open_key(path))
    now = update(planned_call).values(at=datetime.now(UTC))
    store.write(lambda connection: connection.execute(now)).result()
    assert store.close_store()


def has_sounded(desk: ConsoleStage) -> bool:
    """Whether a reminder sound was played, in this session or an earlier one."""
    told = (desk.data_folder / "log" / "milestones.jsonl").read_text(encoding="utf-8")
    return "reminder_sounded" in told


def lists(words: str) -> Callable[[list[Node]], bool]:
    """Returns a condition: a row has these words, and a row has the focus."""
    return lambda nodes: (
        any(node.role == "list item" and words in node.name for node in nodes)
        and any(node.role in ("list", "list item") and "focused" in node.states for node in nodes)
    )


def test_a_promised_call_outlives_a_restart_and_is_closed_by_a_digit(
    folder: Path, reader: ScreenReader
) -> None:
    with ConsoleStage(folder) as desk, BaresipCaller(CALLER) as caller:
        register = desk.data_folder / "register.db"
        caller.dial(f"sip:100@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        desk.answer()
        desk.type("Просит перезвонить")
        reader.wait_until_written("Просит перезвонить")
        desk.press("shift+F11")
        desk.type("завтра 9:00")
        desk.press("Tab")
        desk.type(NOTE)
        reader.wait_until_written(NOTE)
        desk.picture("planning")
        desk.press("ctrl+Return")
        wait_until(lambda: len(rows(register)) == 1, timeout_s=STEP_LIMIT_S)
        desk.press("Escape")
        desk.type(" завтра")
        reader.wait_until_written(" завтра")
        desk.press("ctrl+1")
        desk.hang_up()
        desk.save()
        assert desk.newest_record()["content"] == "Просит перезвонить завтра"
        assert rows(register) == [(CALLER, NOTE, 0, None, None)]

        assert not has_sounded(desk)
        desk.kill_console()
        bring_its_time(register)
        desk.start_again()
        wait_until(lambda: has_sounded(desk), timeout_s=STEP_LIMIT_S)
        desk.press("shift+F11")
        reader.wait_for(desk.console_pid, lists(NOTE), NOTE)
        desk.picture("due")
        desk.press("Home")
        desk.press("2")
        wait_until(lambda: rows(register)[0][2] == 1, timeout_s=STEP_LIMIT_S)
        desk.press("Home")
        desk.press("1")
        done = [(CALLER, NOTE, 1, "talked", OPERATOR_NAME)]
        wait_until(lambda: rows(register) == done, timeout_s=STEP_LIMIT_S)
