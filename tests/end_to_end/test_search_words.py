"""Searches without results are resolved by keys only, and the result is stored."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from console.core.settings.workplace import CITY_ZONE
from console.features.directory_search.presenter import SEARCH_PAUSE_MS
from kb.entries.changes import Synonym
from kb.store import Directory
from sync.commands.persons import EXIT_NOT_FOUND
from tests.fakes.console_stage import OPERATOR_NAME, ConsoleStage, run_command_line

LIMIT_S = 20.0
POLL_S = 0.05
ENTRY_ID = "q-lift-stuck"


def _has_draft(file: Path) -> bool:
    """Whether an editor's draft of the entry is stored; it has the editor's id."""
    with closing(sqlite3.connect(file)) as connection:
        kept = "SELECT count(*) FROM entry_draft WHERE key = ?"
        return bool(connection.execute(kept, (ENTRY_ID,)).fetchone()[0])


def _until(holds: Callable[[], bool]) -> None:
    """Returns when another process has written the expected data."""
    until_s = time.monotonic() + LIMIT_S
    while not holds():
        assert time.monotonic() < until_s, "the directory was not written"
        time.sleep(POLL_S)


def _long_ago() -> datetime:
    return datetime.now(CITY_ZONE) - timedelta(days=91)


def _searches(directory: Directory) -> list[str]:
    return [one.query for one in directory.unanswered_searches()]


def test_a_synonym_a_name_and_a_check_are_made_by_keys(tmp_path: Path) -> None:
    with (
        ConsoleStage(tmp_path) as desk,
        closing(Directory.open(desk.data_folder / "directory.db")) as directory,
    ):
        today = datetime.now(CITY_ZONE).date()
        for text in ("барахлишко", "барахлишко", "кабинка встала"):
            directory.abandoned(text)
        lift = directory.entry(ENTRY_ID)
        assert lift is not None
        for entry in directory.entries():
            if entry.checked_on is None or (today - entry.checked_on) > timedelta(days=180):
                directory.upsert(replace(entry, checked_on=today))
        directory.upsert(replace(lift, checked_on=date(2020, 1, 1)))

        desk.press("shift+F5")
        desk.press("alt+u")
        assert desk.wait_for("t_unanswered_read", LIMIT_S)["count"] == 2
        desk.press("alt+y")
        desk.press("ctrl+a")
        desk.type("крупный мусор")
        desk.press("ctrl+Return")
        pair = Synonym("барахлишко", "крупный мусор")
        _until(lambda: pair in directory.synonyms())
        (kept,) = [one for one in directory.kept_synonyms() if one.pair == pair]
        assert kept.by == OPERATOR_NAME
        _until(lambda: _searches(directory) == ["кабинка встала"])

        desk.press("alt+u")
        _until(lambda: desk.wait_for("t_unanswered_read", LIMIT_S)["count"] == 1)
        desk.press("Return")
        desk.press("ctrl+a")
        desk.type("застряли в лифте")
        desk.press("Return")
        assert desk.wait_for("t_entry_opened", LIMIT_S)["entry"] == ENTRY_ID
        _until(lambda: _has_draft(desk.data_folder / "directory.db"))
        desk.press("ctrl+Return")
        _until(lambda: _searches(directory) == [])
        named = directory.entry(ENTRY_ID)
        assert named is not None
        assert named.names == (*lift.names, "кабинка встала")
        with closing(Directory.open(desk.data_folder / "directory.db")) as fresh:
            assert fresh.search("кабинка встала")[0].entry_id == ENTRY_ID

        desk.press("alt+o")
        desk.wait_until_still()  # the list is loaded before it is checked
        desk.press("ctrl+k")
        _until(lambda: directory.history(ENTRY_ID)[-1].entry.checked_on == today)
        checked = directory.history(ENTRY_ID)[-1]
        assert checked.entry == replace(named, checked_on=today)
        assert checked.by == OPERATOR_NAME


def test_what_is_searched_for_of_people_goes_and_so_do_old_searches(tmp_path: Path) -> None:
    stage = ConsoleStage(tmp_path)
    file = stage.data_folder / "directory.db"
    with closing(Directory.open(file, clock=_long_ago)) as directory:
        directory.abandoned("кабинка встала")
    with closing(Directory.open(file)) as directory:
        directory.abandoned("жалоба дзюбе")  # not a surname by its letters
    store = str(stage.data_folder / "register.db")
    who = ("--name", "Дзюба Пётр", "--by", "Администратор", "--reason", "Заявление")
    code, _told = run_command_line(
        "erase-person", "--store", store, *who, "--folder", str(tmp_path / "acts")
    )
    assert code == EXIT_NOT_FOUND, "of him nothing else is kept"

    with (
        stage as desk,
        closing(Directory.open(file)) as directory,
    ):
        _until(lambda: _searches(directory) == [])
        for text in ("мнимова анна петровна", "мнимова", "барахлишко"):
            desk.press("F5")
            desk.type(text)
            desk.wait_for("t_search", LIMIT_S)
            time.sleep(2 * SEARCH_PAUSE_MS / 1000)  # viewing the result counts as a search
            desk.press("ctrl+a")
            desk.press("BackSpace")

        _until(lambda: _searches(directory) == ["барахлишко"])
    log = (stage.data_folder / "log" / "console.log").read_text(encoding="utf-8")
    assert log.count("retention: searches deleted: 1") == 2
    assert "мнимов" not in log.casefold()
    assert "дзюб" not in log.casefold()
