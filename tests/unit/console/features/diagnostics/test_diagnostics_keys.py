"""Creating the diagnostic file by key and by button."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QAbstractButton

from console.features.shift_check.page import PhoneCheckPage
from tests.fakes.console_fakes import Told
from tests.fakes.whole_desk import CTRL, NO_SCREEN, Window

pytestmark = NO_SCREEN


def told_by(window: Window) -> Told:
    return Told(window.presenters.notices.told)


def test_the_key_writes_them_and_tells_where_they_lie(window: Window) -> None:
    told = told_by(window)
    window.of_workplace.written_diagnostics.clear()
    window.presenters.diagnostics.add("headset_buttons", lambda: {"found": ["Wireless 75"]})

    window.press(Qt.Key.Key_G, CTRL | Qt.KeyboardModifier.ShiftModifier)
    QCoreApplication.processEvents()

    ((file, live),) = window.of_workplace.written_diagnostics
    assert file.name.startswith("diagnostics_0001_2026-")
    assert live["phone_process"] == "up"
    assert live["registrar"] == "none"
    assert live["headset_buttons"] == {"found": ["Wireless 75"]}
    assert told.values[-1].head == f"Диагностика записана: {file.name}"
    assert not told.values[-1].problem


def test_the_button_of_the_check_does_the_same_and_a_full_disk_is_told(window: Window) -> None:
    window.press(Qt.Key.Key_F12)
    (button,) = (
        each
        for each in window.part(PhoneCheckPage).findChildren(QAbstractButton)
        if each.text() == "Диагностика"
    )
    told = told_by(window)
    window.of_workplace.disk_takes_diagnostics = False
    try:
        button.click()
        QCoreApplication.processEvents()
    finally:
        window.of_workplace.disk_takes_diagnostics = True

    assert told.values[-1].problem
    assert told.values[-1].head == "Диагностика не записана"
    assert "свободите место" in told.values[-1].body
