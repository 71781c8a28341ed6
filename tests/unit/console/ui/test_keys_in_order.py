"""Key events with a screen reader that delays none of them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.ui.keyboard import KeysInOrder

# Qt's warning about the offscreen platform.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


class Page(QWidget):
    """A field and two shortcuts; records the field's text at each press of a shortcut."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        QVBoxLayout(self).addWidget(self.field)
        self.pressed_at: list[str] = []
        for chord in ("Ctrl+Return", "F4"):
            shortcut = QShortcut(chord, self)
            shortcut.activated.connect(lambda: self.pressed_at.append(self.field.text()))


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication) -> Page:
    made = Page()
    qtbot.addWidget(made)
    made.show()
    made.field.setFocus()
    QTest.qWaitForWindowActive(made)
    return made


def test_keys_that_nobody_holds_back_do_once_what_they_do(
    qapp: QApplication, page: Page, owner: QObject
) -> None:
    KeysInOrder(qapp, owner, lambda: True)
    window = page.windowHandle()
    for key in (Qt.Key.Key_A, Qt.Key.Key_B):
        QTest.keyClick(window, key)
    QTest.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    for key in (Qt.Key.Key_C, Qt.Key.Key_F4, Qt.Key.Key_Left, Qt.Key.Key_Backspace):
        QTest.keyClick(window, key)

    assert page.pressed_at == ["ab", "abc"]
    assert page.field.text() == "ac"
