"""A regulation is attached to an entry by keys, and opened from a hit by the system's viewer."""

from __future__ import annotations

import os
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
    """Types a name into the file dialog until it is accepted.

    A busy window misses the first keys; Return then closes its error, and it is typed again.
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


def _put_viewer_on_path(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Installs a viewer that records its arguments; returns the file it writes."""
    shown = folder / "shown"
    programs = folder / "programs"
    programs.mkdir()
    viewer = programs / "xdg-open"
    viewer.write_text(f'#!/bin/sh\ncp "${{1#file://}}" {shown}.part && mv {shown}.part {shown}\n')
    viewer.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    return shown


def test_a_regulation_is_attached_and_opened_by_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    regulation = tmp_path / "lift.pdf"
    regulation.write_bytes(PDF)
    shown = _put_viewer_on_path(tmp_path, monkeypatch)
    # Initial folder of the file dialog.
    (tmp_path / "user-dirs.dirs").write_text(f'XDG_DOCUMENTS_DIR="{tmp_path}"\n')
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))

    with (
        ConsoleStage(tmp_path) as desk,
        closing(Directory.open(desk.data_folder / "directory.db")) as directory,
    ):
        desk.press("shift+F5")
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

        # Without waiting for the effect of the previous key.
        for key in ("Escape", "Escape", "F5"):
            desk.press(key)
        desk.type("застряли в лифте")
        wanted = [str(one["id"]) for one in desk.search("застряли в лифте")[:3]]
        assert wanted[0] == ENTRY_ID
        found: list[str] = []
        while found[:1] != wanted[:1]:
            found = str(desk.wait_for("t_search", LIMIT_S)["hits"]).split()
        until_s = time.monotonic() + LIMIT_S
        while desk.look_for("t_document_opened") is None:  # its button appears after a pause
            assert time.monotonic() < until_s, "the document was not opened"
            desk.press("alt+d")
            time.sleep(POLL_S)
        while not shown.exists():
            assert time.monotonic() < until_s, "the viewer was not started"
            time.sleep(POLL_S)
        assert shown.read_bytes() == PDF
