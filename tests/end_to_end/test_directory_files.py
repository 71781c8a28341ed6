"""A file is imported into the directory by keys; an invalid one changes nothing, an import is
undone.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from kb.store import Directory
from tests.fakes.console_stage import OPERATOR_NAME, ConsoleStage

LIMIT_S = 20.0
CHANGED_ID, NEW_ID = "q-lift-stuck", "q-new-from-a-file"
HEAD = "Ключ;Вид;Название;Часы работы\n"
GOOD = f"{HEAD}{CHANGED_ID};Вопрос;Застряли в лифте;\n{NEW_ID};Вопрос;Кто красит заборы;\n"
BAD = f"{GOOD}u-bad;Контакты;Баня;с утра\n"


def _read(desk: ConsoleStage, file: Path) -> dict[str, int]:
    """Types the file's path over the previous one and returns the reported counts."""
    desk.press("shift+F5")
    desk.press("alt+i")
    desk.type(str(file))
    desk.press("Return")
    told = desk.wait_for("t_file_read", LIMIT_S)
    return {name: told[name] for name in ("changes", "faults")}


def test_a_file_is_looked_at_loaded_and_undone_by_keys(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(GOOD, encoding="utf-8-sig")
    bad.write_text(BAD, encoding="cp1251")
    with (
        ConsoleStage(tmp_path) as desk,
        closing(Directory.open(desk.data_folder / "directory.db")) as directory,
    ):
        before = directory.entries()
        changed = directory.entry(CHANGED_ID)
        assert changed is not None

        assert _read(desk, bad) == {"changes": 2, "faults": 1}
        desk.press("ctrl+Return")
        assert _read(desk, good) == {"changes": 2, "faults": 0}
        assert desk.look_for("t_file_loaded") is None
        assert directory.entries() == before

        desk.press("ctrl+Return")
        desk.wait_for("t_file_loaded", LIMIT_S)
        loaded = directory.history(CHANGED_ID)[-1]
        assert (loaded.entry.title, loaded.by) == ("Застряли в лифте", OPERATOR_NAME)
        assert NEW_ID in {entry.id for entry in directory.entries()}

        desk.press("alt+z")
        desk.wait_for("t_load_undone", LIMIT_S)
        assert directory.entry(CHANGED_ID) == changed
        new = directory.entry(NEW_ID)
        assert new is not None
        assert new.valid_to is not None

        assert _read(desk, bad)["faults"] == 1
        desk.press("alt+g")
        desk.wait_for("t_file_loaded", LIMIT_S)
        assert directory.history(CHANGED_ID)[-1].entry.title == "Застряли в лифте"
        assert directory.entry("u-bad") is None
