"""A start that breaks in its first half second is told: the page said for ever that it starts."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from console import crash
from console.__main__ import _Starter
from console.instance import Instance
from console.settings_file import read_settings
from console.views.theme import Theme

HEAD = "Рабочее место не открылось"
LIMIT_MS = 5000


@pytest.fixture
def bugs() -> Iterator[list[str]]:
    """What the crash handler was told; the hooks of this process come back."""
    told: list[str] = []
    before = sys.excepthook, threading.excepthook
    crash.catch_bugs(told.append)
    yield told
    sys.excepthook, threading.excepthook = before


@pytest.fixture
def starter(qapp: QApplication, theme: Theme, russian: None, tmp_path: Path) -> Iterator[_Starter]:
    settings = read_settings(tmp_path / "none.toml", {}, tmp_path / "data")
    instance = Instance(tmp_path / "run")
    made = _Starter(qapp, theme, settings, instance, "")
    yield made
    for thread in (made._thread, made._engines):
        if thread.is_alive():
            thread.join(LIMIT_MS / 1000)
    made.window.close_at_once()
    made.window.deleteLater()
    instance.close()


def words(starter: _Starter) -> list[str]:
    page = starter.window.shown_page()
    return [] if page is None else [label.text() for label in page.findChildren(QLabel)]


def test_a_part_that_is_missing_before_the_sign_in(
    starter: _Starter, bugs: list[str], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setitem(sys.modules, "console.opening", None)  # as after half an update
    starter.show()

    qtbot.waitUntil(lambda: HEAD in words(starter), timeout=LIMIT_MS)
    assert bugs == ["ModuleNotFoundError"]


def test_one_behind_the_desk_is_told_from_its_thread(
    starter: _Starter, bugs: list[str], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setitem(sys.modules, "console.reading_in", None)
    starter.window.show_page(starter._start_page)
    starter._engines.start()

    qtbot.waitUntil(lambda: HEAD in words(starter), timeout=LIMIT_MS)
    assert bugs == ["ModuleNotFoundError"]


def test_one_of_the_desk_is_told_from_the_window(
    starter: _Starter, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setitem(sys.modules, "console.reading_in", None)
    starter.window.show_page(starter._start_page)
    with capture_exceptions() as caught:
        starter._may_build.emit()
        qtbot.waitUntil(lambda: bool(caught) or HEAD in words(starter), timeout=LIMIT_MS)

    assert HEAD in words(starter)
    assert [kind for kind, _error, _trace in caught] == [ModuleNotFoundError]
