"""A regulation is attached to an entry by keys, through the menu and the file window."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kb.store import Directory
from tests.fakes.console_stage import ConsoleStage

LIMIT_S = 40.0
TAKEN_S = 3.0
POLL_S = 0.05
ENTRY_ID = "q-lift-stuck"
PDF = b"%PDF-1.7 what to do with a lift"


def _choose(desk: ConsoleStage, file_name: str, is_there: Callable[[], bool]) -> None:
    """Type a name into the file window until it is taken.

    A busy window misses the first keys; Return then closes its complaint, and it is typed again.
    """
    until_s = time.monotonic() + LIMIT_S
    while not is_there():
        assert time.monotonic() < until_s, "nothing was attached"
        desk.press("ctrl+a")
        desk.type(file_name)
        desk.press("Return")
        taken_until_s = time.monotonic() + TAKEN_S
        while not is_there() and time.monotonic() < taken_until_s:
            time.sleep(POLL_S)


def test_a_regulation_is_attached_by_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    regulation = tmp_path / "lift.pdf"
    regulation.write_bytes(PDF)
    # Where the file window begins.
    (tmp_path / "user-dirs.dirs").write_text(f'XDG_DOCUMENTS_DIR="{tmp_path}"\n')
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))

    with (
        ConsoleStage(tmp_path) as desk,
        closing(Directory.open(desk.data_folder / "directory.db")) as directory,
    ):
        desk.press("F4")
        desk.type("застряли в лифте")
        desk.press("Return")
        assert desk.wait_for("t_entry_opened", LIMIT_S)["entry"] == ENTRY_ID
        desk.press("Return")
        desk.press("alt+a")
        desk.press("1")
        _choose(desk, regulation.name, lambda: bool(directory.attachments(ENTRY_ID)))
        (document,) = directory.attachments(ENTRY_ID)
        assert (document.title, document.kind.value) == ("lift", "regulation")
        assert directory.attachment_content(document.id) == PDF
