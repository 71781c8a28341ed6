"""Notices at the bottom of the window: one after another, next to the undo bar."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.core.milestones import Milestones
from console.shared.session.undo import UndoState
from console.shared.session.undo_view import UndoStrip
from console.ui.labels import ElidedLabel
from console.ui.notices import Toast
from console.ui.theme import ThemeChoice
from tests.fakes.answers_desk import AnswersDesk, light_theme, settle
from tests.fakes.console_fakes import Clock

# Qt's warning about the offscreen platform.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


@pytest.fixture
def desk(owner: QObject, clock: Clock, tmp_path: Path, milestones: Milestones) -> AnswersDesk:
    return AnswersDesk(owner, clock, tmp_path, milestones)


def hosted(qtbot: QtBot, strip: UndoStrip) -> QWidget:
    """A window with the bar at its bottom, as in the workspace."""
    host = QWidget()
    qtbot.addWidget(host)
    column = QVBoxLayout(host)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(QWidget(), 1)
    column.addWidget(strip)
    host.resize(1_366, 660)
    host.show()
    return host


@pytest.mark.parametrize("text_scale", [1.0, 1.5])
def test_the_strip_has_room_for_the_words_of_each_decision(
    desk: AnswersDesk, qtbot: QtBot, text_scale: float
) -> None:
    theme = light_theme()
    theme.choose(ThemeChoice.LIGHT, text_scale)
    strip = UndoStrip(theme, desk.undo)
    host = hosted(qtbot, strip)
    for text in ("Sent", "Sent to another body of the city than the one of its topic"):
        desk.undo.changed.emit(UndoState(text, "2611-0417-00001-3", 15))
        settle()
        (told,) = strip.findChildren(ElidedLabel)
        assert host.width() > told.width() >= told.sizeHint().width()


def test_what_went_wrong_is_read_before_what_went_well_takes_its_place(qtbot: QtBot) -> None:
    """Both often occur together: a failed transfer and a suspended card."""
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(800, 600)
    host.show()
    toast = Toast(light_theme(), host, read_ms=400)
    toast.show_toast("Не переведено: номер занят", problem=True)
    toast.show_toast("Вызов отложен")
    assert toast.accessibleName().startswith("Не переведено")
    toast.show_toast("Ничего не звонит", problem=True)  # the answer to a key is never delayed
    assert toast.accessibleName().startswith("Ничего не звонит")

    qtbot.waitUntil(lambda: toast.accessibleName().startswith("Вызов отложен"), timeout=4000)
    toast.show_toast("Сохранено")  # no recent error
    assert toast.accessibleName().startswith("Сохранено")


def test_what_waits_to_be_told_comes_in_its_order(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.show()
    toast = Toast(light_theme(), host, read_ms=200)

    def wait_for(head: str) -> None:
        qtbot.waitUntil(lambda: toast.accessibleName().startswith(head), timeout=4000)

    toast.show_toast("Не переведено", problem=True)
    toast.show_toast("Вызов отложен")
    toast.show_toast("Готово")
    wait_for("Вызов отложен")
    toast.show_toast("Сохранено")
    assert toast.accessibleName().startswith("Вызов отложен")

    wait_for("Готово")
    wait_for("Сохранено")


def test_a_toast_stands_above_what_can_be_taken_back(desk: AnswersDesk, qtbot: QtBot) -> None:
    theme = light_theme()
    strip = UndoStrip(theme, desk.undo)
    host = hosted(qtbot, strip)
    toast = Toast(theme, host)
    toast.stand_above(strip)
    toast.show_toast("Something else", "that is worth telling")
    at_the_foot = toast.geometry()
    desk.undo.changed.emit(UndoState("Sent", "2611-0417-00001-3", 15))
    settle()
    # The bottom area is higher now, and its buttons are still uncovered.
    assert at_the_foot.bottom() - toast.geometry().bottom() == strip.height()

    desk.undo.changed.emit(None)
    settle()
    assert toast.geometry() == at_the_foot
