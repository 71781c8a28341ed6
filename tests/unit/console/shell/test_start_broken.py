"""A start that fails or is closed in its first half second: failures are reported, both end
cleanly.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from console.__main__ import _Starter
from console.core import crash
from console.core.process import Instance
from console.core.settings.file import read_settings
from console.ui.theme import Theme
from sync.store.local.keys import open_key
from sync.store.local.register import RegisterStore

HEAD = "Рабочее место не открылось"
LIMIT_MS = 5000


@pytest.fixture
def bugs() -> Iterator[list[str]]:
    """Errors reported to the crash handler; the hooks of this process are restored."""
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
    monkeypatch.setitem(sys.modules, "console.startup", None)  # as after an incomplete update
    starter.show()

    qtbot.waitUntil(lambda: HEAD in words(starter), timeout=LIMIT_MS)
    # The thread notifies its page first, and fails afterwards.
    qtbot.waitUntil(lambda: bugs == ["ModuleNotFoundError"], timeout=LIMIT_MS)


def test_a_setting_that_cannot_work_is_named_and_nothing_opened(
    starter: _Starter, tmp_path: Path, qtbot: QtBot
) -> None:
    starter._settings = replace(starter._settings, central_dsn="no key and no value")
    starter.show()

    qtbot.waitUntil(lambda: "[central] dsn" in " ".join(words(starter)), timeout=LIMIT_MS)
    assert not (tmp_path / "data" / "register.db").exists()


def test_a_window_closed_while_the_register_is_opened_leaves_it_whole(
    starter: _Starter, tmp_path: Path
) -> None:
    starter._may_open.disconnect(starter._open)  # the event loop has ended by then
    starter._thread.start()
    starter.stop()

    opened = starter._opened
    assert opened is not None
    if opened.phone_ahead is not None:
        opened.phone_ahead.terminate()
    file = tmp_path / "data" / "register.db"
    again = RegisterStore.open(file, open_key(file))  # StoreInUse if it was left open
    assert again.close_store()


def test_one_behind_the_desk_is_told_from_its_thread(
    starter: _Starter, bugs: list[str], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setitem(sys.modules, "console.startup", None)
    starter.window.show_page(starter._start_page)
    starter._engines.start()

    qtbot.waitUntil(lambda: HEAD in words(starter), timeout=LIMIT_MS)
    qtbot.waitUntil(lambda: bugs == ["ModuleNotFoundError"], timeout=LIMIT_MS)


def test_one_of_the_desk_is_told_from_the_window(
    starter: _Starter, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setitem(sys.modules, "console.startup", None)
    starter.window.show_page(starter._start_page)
    with capture_exceptions() as caught:
        starter._may_build.emit()
        qtbot.waitUntil(lambda: bool(caught) or HEAD in words(starter), timeout=LIMIT_MS)

    assert HEAD in words(starter)
    assert [kind for kind, _error, _trace in caught] == [ModuleNotFoundError]
