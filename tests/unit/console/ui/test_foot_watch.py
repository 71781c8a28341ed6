"""Overlays at the bottom of a page are counted when they are shown and hidden."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from console.ui.notices import FootWatch
from tests.fakes.console_fakes import Told
from tests.fakes.whole_desk import NO_SCREEN

pytestmark = NO_SCREEN


def test_strips_are_counted_also_while_the_page_itself_is_hidden(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    toast, undo = QWidget(page), QWidget(page)
    toast.hide()
    undo.hide()
    covered = Told(FootWatch(page, toast, undo).covered)
    page.show()

    toast.show()
    undo.show()
    toast.hide()
    page.hide()  # the workplace is locked: the countdown continues
    undo.hide()

    assert covered.values == [1, 2, 1, 0]
