"""An unassigned Alt chord inserts no letter into a field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from console.ui.keyboard import AltLetters

# Qt's warning about the offscreen platform.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_alt_with_a_letter_types_nothing_and_altgr_does(
    qtbot: QtBot, qapp: QApplication, owner: QObject, kind: type[QLineEdit | QPlainTextEdit]
) -> None:
    field = kind()
    qtbot.addWidget(field)
    field.show()
    field.setFocus()
    QTest.qWaitForWindowActive(field)
    AltLetters(qapp, owner)
    for modifiers, letter in (
        (Qt.KeyboardModifier.NoModifier, "я"),
        (ALT, "ф"),
        (ALT | Qt.KeyboardModifier.ShiftModifier, "Ф"),
        (ALT | CTRL, "€"),
        (Qt.KeyboardModifier.GroupSwitchModifier, "₽"),
    ):
        QApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, 0, modifiers, letter))

    text = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
    assert text == "я€₽"
