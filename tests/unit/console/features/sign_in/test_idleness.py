"""Activity of an operator: keys and the mouse, but no automatic events."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit

from console.shell.main_window import MainWindow
from console.ui.theme import Theme

IDLE_MS = 61_234


@pytest.fixture
def window(qapp: QApplication, theme: Theme, tmp_path: Path) -> Iterator[MainWindow]:
    made = MainWindow(theme, "", IDLE_MS, tmp_path / "window.ini")
    made.show_page(QLineEdit())
    made.show()
    made.activateWindow()
    QTest.qWaitForWindowActive(made, 5000)
    made.watch_idleness(qapp)
    yield made
    made.close_at_once()
    made.deleteLater()


def _begins_anew(window: MainWindow, event: QEvent, receiver: QObject) -> bool:
    """Whether the event restarts the timer of the lock."""
    (waiting,) = [timer for timer in window.findChildren(QTimer) if timer.interval() == IDLE_MS]
    waiting.stop()
    QCoreApplication.sendEvent(receiver, event)
    return waiting.isActive()


def _key() -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")


def test_a_key_and_the_mouse_are_somebody(window: MainWindow) -> None:
    moved = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(5, 5), QPointF(5, 5), Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip

    assert _begins_anew(window, _key(), window.windowHandle())
    assert _begins_anew(window, moved, window.windowHandle())


def test_what_happens_by_itself_is_nobody(window: MainWindow) -> None:
    assert not _begins_anew(window, QEvent(QEvent.Type.LayoutRequest), window)
    assert not _begins_anew(window, QEvent(QEvent.Type.UpdateRequest), window.windowHandle())


def test_a_key_in_another_window_of_the_program_is_somebody(window: MainWindow) -> None:
    dialog = QDialog()
    dialog.show()
    handle = dialog.windowHandle()
    handle.requestActivate()
    assert QTest.qWaitForWindowActive(dialog, 5000)

    assert _begins_anew(window, _key(), handle)
    dialog.close()


def test_it_is_still_from_the_last_key_on(window: MainWindow) -> None:
    QTest.qWait(60)
    assert window.still_ms() >= 60

    QCoreApplication.sendEvent(window.windowHandle(), _key())
    assert window.still_ms() < 60
