"""A misspelled word of the directory is corrected by real keys and in the store."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from tests.fakes.console_stage import ConsoleStage

LIMIT_S = 20.0
POLL_S = 0.05
ENTRY_ID = "q-lift-stuck"


def draft_ends(file: Path, end: str) -> bool:
    kept = "SELECT fields ->> 'spoken' FROM entry_draft WHERE key = ?"
    with closing(sqlite3.connect(file)) as connection:
        row = connection.execute(kept, (ENTRY_ID,)).fetchone()
    return row is not None and row[0].endswith(end)


def wait_for_draft(file: Path, end: str) -> None:
    until_s = time.monotonic() + LIMIT_S
    while not draft_ends(file, end):
        assert time.monotonic() < until_s, "the draft was not written"
        time.sleep(POLL_S)


def test_f7_mends_a_word_and_the_store_holds_it(tmp_path: Path) -> None:
    with ConsoleStage(tmp_path) as desk:
        file = desk.data_folder / "directory.db"
        desk.press("shift+F5")
        desk.type("застряли в лифте")
        desk.press("Return")
        assert desk.wait_for("t_entry_opened", LIMIT_S)["entry"] == ENTRY_ID
        desk.press("Return")
        desk.press("Tab")
        desk.press("Tab")
        desk.press("ctrl+End")
        desk.type(" дома нет отоплния")
        wait_for_draft(file, "отоплния")
        desk.press("ctrl+shift+j")
        desk.wait_for("t_words_suggested", LIMIT_S)
        desk.press("Return")
        wait_for_draft(file, "отопления")
