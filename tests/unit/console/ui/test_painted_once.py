"""A ring and a saved card repaint only the changed widgets, once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.features.call_card.card_view import CallCard
from console.features.journal.page import JournalPage, JournalTable
from console.shell.main_window import MainWindow
from console.ui.layout import WholeFrames
from console.ui.paint import text_width
from console.ui.theme import Theme
from tests.fakes.console_fakes import Told
from tests.fakes.console_phone import Call
from tests.fakes.counted_calls import CountedCalls
from tests.fakes.painted import Painted
from tests.fakes.review_fakes import settle
from tests.fakes.whole_desk import CTRL, NO_SCREEN, SECOND, Window

pytestmark = NO_SCREEN

RESULT_COLUMN = 4


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


def test_a_ring_has_each_step_of_the_script_painted_once(framed_window: Window) -> None:
    framed_window.page.resize(1440, 900)  # high enough for more than the next step
    settle()
    with Painted() as painted:
        framed_window.hear(Call("two@test.invalid").ringing())
        settle()

    steps = [widget for widget in painted.widgets if type(widget).__name__ == "_StepRow"]
    assert steps
    assert len(steps) == len(set(steps))


def test_a_save_has_the_list_painted_once_and_with_the_saved_record(framed_window: Window) -> None:
    framed_window.talk(SECOND)
    framed_window.enter("Где МФЦ")
    framed_window.hear(SECOND.ended())
    framed_window.press(Qt.Key.Key_1, CTRL)
    settle()
    table = framed_window.part(JournalTable)
    assert isinstance(table, JournalTable)
    resets = Told(table.model().modelReset)

    with Painted() as painted:
        framed_window.press(Qt.Key.Key_Return, CTRL)
        settle()

    assert framed_window.shows(JournalPage)
    assert painted.widgets.count(table.viewport()) == 1
    assert table.model().index(0, RESULT_COLUMN).data() == "ответил"
    assert len(resets.values) == 1


def test_a_ring_leaves_the_list_alone_where_it_is_the_one_that_is_shown(
    framed_window: Window,
) -> None:
    with CountedCalls(JournalPage.size_columns) as counted:
        framed_window.presenters.journal.set_in_front(None, frozenset({"two@test.invalid"}))
        settle()

    assert counted.counts == {}


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
    card = framed_window.part(CallCard)
    before = text_width.cache_info()

    card.repaint()

    after = text_width.cache_info()
    assert after.misses == before.misses
    assert after.hits > before.hits
