"""One desk for the tests of a file, brought back after each; one of its own where it is changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.milestones import Milestones
from console.views.theme import Theme, ThemeChoice, Tokens
from tests.fakes.console_fakes import Clock
from tests.fakes.faked_parts.shared import RESOURCES
from tests.fakes.whole_desk import Window


@pytest.fixture(scope="session")
def tokens() -> Tokens:
    return Tokens.read(RESOURCES / "styles" / "tokens.json")


@pytest.fixture(scope="module")
def theme(qapp: QApplication, tokens: Tokens) -> Theme:
    """The light one, installed once a file: it gives every widget that there is its style anew."""
    made = Theme(tokens, ThemeChoice.LIGHT)
    made.install(qapp)
    return made


@pytest.fixture(scope="module")
def shared_window(
    theme: Theme, russian: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Window]:
    owner, clock, folder = QObject(), Clock(), tmp_path_factory.mktemp("desk")
    milestones = Milestones(folder / "milestones.jsonl", clock)
    made = Window(theme, owner, milestones, clock, folder)
    made.remember_rest()
    yield made
    made.page.close()
    made.page.deleteLater()
    made.entries.close()
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    milestones.close()


@pytest.fixture
def window(shared_window: Window) -> Iterator[Window]:
    """The file's own desk; a test that leaves more behind than it can forget takes another one."""
    shared_window.take_over()
    yield shared_window
    shared_window.begin_again()


@pytest.fixture
def own_window(
    theme: Theme,
    owner: QObject,
    milestones: Milestones,
    clock: Clock,
    tmp_path: Path,
    qtbot: QtBot,
) -> Iterator[Window]:
    """A desk for one test that changes it for good: its directory, its operator, its theme."""
    made = Window(theme, owner, milestones, clock, tmp_path)
    qtbot.addWidget(made.page)
    yield made
    made.page.hide()
    made.entries.close()
