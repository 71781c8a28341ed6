"""What a ring and a saved card have painted: what is new on the screen, once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.views.call_card import CallCard
from console.views.components.paint import text_width
from console.views.components.whole_frames import WholeFrames
from console.views.journal import JournalPage
from console.views.main_window import MainWindow
from console.views.theme import Theme
from tests.fakes.console_phone import Call
from tests.fakes.painted import Painted
from tests.fakes.review_fakes import settle
from tests.fakes.whole_desk import CTRL, NO_SCREEN, Window

pytestmark = NO_SCREEN


@pytest.fixture
def framed_window(own_window: Window) -> Window:
    """A desk in a window that paints as the console's own does."""
    WholeFrames(own_window.page)
    own_window.hear(Call().ringing(), Call().answered())
    own_window.enter("Где МФЦ")
    own_window.hear(Call().ended())
    own_window.press(Qt.Key.Key_1, CTRL)
    own_window.press(Qt.Key.Key_Return, CTRL)
    own_window.operator_state.be_ready()
    settle()
    assert own_window.shows(JournalPage)
    return own_window


def test_a_page_is_not_painted_again_behind_the_frame_that_overtakes_its_coming(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    window = MainWindow(theme, "", 60_000, tmp_path / "window.ini")
    qtbot.addWidget(window)
    first, second = QWidget(), QWidget()
    word = QLabel("Карточка")
    QVBoxLayout(second).addWidget(word)
    for page in (second, first):
        window.show_page(page)
    with qtbot.waitExposed(window):
        window.show()
    QCoreApplication.processEvents()

    with Painted() as painted:
        window.update()  # a frame is asked for before
        window.show_page(second)
        QApplication.sendEvent(window, QEvent(QEvent.Type.UpdateRequest))
        in_that_frame = painted.widgets.count(word)
        for _round in range(3):
            QCoreApplication.processEvents()

    assert in_that_frame > 0
    assert painted.widgets.count(word) == in_that_frame


def test_a_ring_has_the_card_painted_once(framed_window: Window) -> None:
    with Painted() as painted:
        framed_window.hear(Call("two@test.invalid").ringing())
        settle()

    assert framed_window.shows(CallCard)
    assert painted.counts["CallCard"] == 1
    assert painted.counts["StatedField"] == 3  # name, telephone and e-mail


def test_a_ring_has_only_those_rows_of_the_left_column_painted_that_change(
    framed_window: Window,
) -> None:
    with Painted() as painted:
        framed_window.hear(Call("two@test.invalid").ringing())
        settle()

    assert framed_window.shows(CallCard)
    assert painted.counts["NavRow"] <= 1


def test_no_word_is_measured_again_for_a_second_painting(framed_window: Window) -> None:
    framed_window.hear(Call("two@test.invalid").ringing())
    settle()
    before = text_width.cache_info()

    framed_window.page.update()
    settle()

    after = text_width.cache_info()
    assert after.misses == before.misses
    assert after.hits > before.hits
