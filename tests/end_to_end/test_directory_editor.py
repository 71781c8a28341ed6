"""An editor's draft survives a killed console, and is published by keys after the next start."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from kb.store import Directory
from tests.fakes.console_stage import OPERATOR_NAME, ConsoleStage

LIMIT_S = 20.0
POLL_S = 0.05
ENTRY_ID = "q-lift-stuck"


def _until(holds: Callable[[], bool]) -> None:
    """Returns when another process has written the expected data."""
    until_s = time.monotonic() + LIMIT_S
    while not holds():
        assert time.monotonic() < until_s, "the directory was not written"
        time.sleep(POLL_S)


def _open_entry(desk: ConsoleStage) -> None:
    desk.press("shift+F5")
    desk.type("застряли в лифте")
    desk.press("Return")
    assert desk.wait_for("t_entry_opened", LIMIT_S)["entry"] == ENTRY_ID
    desk.press("Return")
    desk.press("End")


def test_a_killed_console_loses_no_letter_of_an_edit(tmp_path: Path) -> None:
    with (
        ConsoleStage(tmp_path) as desk,
        closing(Directory.open(desk.data_folder / "directory.db")) as directory,
    ):

        def typed() -> str:
            with directory._reading() as connection:
                kept = "SELECT fields ->> 'title' FROM entry_draft WHERE key = ?"
                return connection.exec_driver_sql(kept, (ENTRY_ID,)).scalar() or ""

        before = directory.entry(ENTRY_ID)
        assert before is not None
        _open_entry(desk)
        desk.type(" сейчас")
        _until(lambda: typed().endswith(" сейчас"))
        desk.kill_console()
        assert directory.entry(ENTRY_ID) == before

        desk.start_again()
        _open_entry(desk)
        desk.type(" же")
        desk.press("ctrl+Return")
        _until(lambda: len(directory.history(ENTRY_ID)) == 2)

        newest = directory.history(ENTRY_ID)[-1]
        assert newest.entry.title == f"{before.title} сейчас же"
        assert newest.by == OPERATOR_NAME
        assert typed() == ""
