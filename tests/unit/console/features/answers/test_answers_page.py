"""The page of answers and deadlines, operated by keyboard only."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.core.milestones import Milestones
from console.features.answers.page import AnswersPage
from console.features.answers.presenter import KEYS, AnswerAction
from console.shared.session.undo_view import UndoStrip
from console.shell.keys import UndoKeys
from sync.register.handling import step_facts
from sync.register.handling.events import Step
from sync.register.messages import State
from tests.fakes.answer_messages import SOLVED, registered
from tests.fakes.answers_desk import AnswersDesk, light_theme, settle, state
from tests.fakes.console_fakes import Clock

# Qt's warning about the offscreen platform.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


@pytest.fixture
def desk(owner: QObject, clock: Clock, tmp_path: Path, milestones: Milestones) -> AnswersDesk:
    return AnswersDesk(owner, clock, tmp_path, milestones)


def test_the_page_is_worked_by_keys_alone(desk: AnswersDesk, qtbot: QtBot) -> None:
    answered = registered(desk.handling, 1).to_organ().answered(SOLVED)
    returned = (
        registered(desk.handling, 2, "Другая яма")
        .to_organ()
        .answered()
        .step(Step.RETURN_ANSWER, step_facts.Explained("Нет акта."))
    )
    page = AnswersPage(light_theme(), desk.presenters)
    strip = UndoStrip(light_theme(), desk.undo, page)
    UndoKeys(page, desk.undo, strip)
    qtbot.addWidget(page)
    page.resize(1_300, 660)
    page.show()
    page.open_page()
    settle()

    def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key, modifier)
        settle()

    assert desk.answers.state.chosen == answered.id
    press(Qt.Key.Key_5)
    assert desk.answers.state.chosen == returned.id
    press(Qt.Key.Key_Up)
    assert desk.answers.state.chosen == answered.id

    press(Qt.Key.Key_Return)
    assert desk.decisions.state.action is AnswerAction.SEND
    press(Qt.Key.Key_Escape)
    assert desk.decisions.state.action is None
    press(Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    assert desk.decisions.state.action is AnswerAction.RETURN
    press(Qt.Key.Key_Escape)

    page.act()
    page.confirm()
    settle()
    assert state(answered) is State.ANSWER_SENT
    assert strip.isVisible()
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert state(answered) is State.ANSWERED
    assert not strip.isVisible()


def test_every_action_has_a_key_of_its_own() -> None:
    assert len(set(KEYS.values())) == len(AnswerAction)


def test_a_decision_that_ends_behind_another_page_leaves_the_keyboard_there(
    desk: AnswersDesk, qtbot: QtBot
) -> None:
    """A call covers the page while the step is being written."""
    led = registered(desk.handling).to_organ().answered(SOLVED)
    window = QWidget()
    page, other = AnswersPage(light_theme(), desk.presenters), QLineEdit()
    column = QVBoxLayout(window)
    column.addWidget(page)
    column.addWidget(other)
    qtbot.addWidget(window)
    window.show()
    page.open_page()
    settle()
    page.begin(AnswerAction.SEND)
    page.confirm()
    page.hide()
    other.setFocus()
    settle()
    assert state(led) is State.ANSWER_SENT
    assert QApplication.focusWidget() is other
    page.show()
    assert desk.decisions.state.action is None
