"""The workspace is one window: no part of it becomes a top-level window, not even during creation.

A top-level window would flash, and an application closed at that time would keep running without a
window.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.core.milestones import Milestones
from console.ui.theme import Theme
from tests.fakes.console_fakes import Clock
from tests.fakes.whole_desk import NO_SCREEN, Window

pytestmark = NO_SCREEN


class ShownWindows(QObject):
    """Notes which widgets are shown as windows of their own."""

    def __init__(self, application: QApplication) -> None:
        super().__init__()
        self.seen: list[str] = []
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_shown = event.type() is QEvent.Type.Show and isinstance(watched, QWidget)
        if is_shown and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


def test_no_part_is_a_window_while_the_desk_is_made(
    qapp: QApplication,
    qtbot: QtBot,
    theme: Theme,
    owner: QObject,
    milestones: Milestones,
    clock: Clock,
    tmp_path: Path,
) -> None:
    shown = ShownWindows(qapp)
    desk = Window(theme, owner, milestones, clock, tmp_path)
    qtbot.addWidget(desk.page)
    for _part in desk.page.further_parts():
        qapp.processEvents()
    qapp.removeEventFilter(shown)
    desk.page.hide()
    desk.entries.close()

    assert set(shown.seen) == {type(desk.page).__name__}
