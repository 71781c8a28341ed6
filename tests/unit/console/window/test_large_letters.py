"""Letters of 200 percent in a small window: every word has its room, and nothing lies over work."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from console.presenters.undo import Offer
from console.views.call_bar import CallBar
from console.views.call_card import CallCard
from console.views.components.buttons import ActionButton
from console.views.components.navigation import NavRow
from console.views.components.notices import Toast
from console.views.components.undo_strip import UndoStrip
from console.views.directory_panel import DirectoryPanel
from console.views.message_checks import ChecksPanel
from console.views.report_page import ReportPage
from console.views.right_handles import RightHandles
from console.views.script_block import ScriptBlock
from console.views.theme import Theme
from tests.fakes.review_fakes import settle
from tests.fakes.whole_desk import CTRL, NO_SCREEN, SMALL_SCREEN, Window, cut_words, visible

pytestmark = NO_SCREEN
LARGEST = 2.0


@pytest.fixture
def large_window(own_window: Window, theme: Theme) -> Iterator[Window]:
    """At 1366 by 768 from its beginning."""
    theme.choose(theme.choice, LARGEST)
    own_window.page.setFixedSize(*SMALL_SCREEN)
    settle()
    yield own_window
    theme.choose(theme.choice, 1.0)


def area(part: QWidget, window: Window) -> QRect:
    """Where it is seen on the page."""
    seen = part.visibleRegion().boundingRect()
    return QRect(part.mapTo(window.page, seen.topLeft()), seen.size())


def tell(window: Window) -> Toast:
    toast = window.part(Toast)
    assert isinstance(toast, Toast)
    toast.show_toast("Готово к работе, звук не проверен", "Гарнитура ещё не проверена: F12, Enter")
    settle()
    return toast


def focused(window: Window) -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    assert window.page.isAncestorOf(found)
    return found


# --- what is told by itself ---


def test_what_is_told_lies_not_over_the_field_that_is_written_in(large_window: Window) -> None:
    """It lay for six seconds over the words that were being typed."""
    window = large_window
    window.talk()
    settle()
    toast = tell(window)
    field = focused(window)

    assert area(field, window).height() > 0
    assert not toast.geometry().intersects(area(field, window))
    assert not toast.geometry().intersects(area(window.part(CallBar), window))
    for button in visible(window.page, ActionButton):
        if button.accessibleName().endswith("Ctrl+Enter"):
            assert not toast.geometry().intersects(area(button, window))


def test_what_is_told_gives_way_to_the_field_that_the_keyboard_goes_to(
    large_window: Window,
) -> None:
    window = large_window
    window.talk()
    settle()
    toast = tell(window)
    for _field in range(6):
        window.press(Qt.Key.Key_Tab)
        QTest.qWait(20)
        field = focused(window)
        assert not toast.geometry().intersects(area(field, window)), field.accessibleName()


def test_what_is_told_leaves_what_can_be_taken_back_in_sight(large_window: Window) -> None:
    window = large_window
    window.talk()
    now = window.clock.now
    window.presenters.answers.undo.show(Offer("Готово", "2611-0001-00016-5", now, lambda: None))
    settle()
    toast = tell(window)

    assert window.shows(UndoStrip)
    assert not toast.geometry().intersects(area(window.part(UndoStrip), window))
    assert not toast.geometry().intersects(area(focused(window), window))
    assert not toast.geometry().intersects(area(window.part(CallBar), window))


# --- what lies over the page, for a hand ---


def handles(window: Window) -> dict[str, NavRow]:
    """Those that are seen, by their names; each whole, and nothing over it."""
    rows = [row for row in visible(window.part(RightHandles), NavRow) if isinstance(row, NavRow)]
    for row in rows:
        assert row.visibleRegion().boundingRect() == row.rect(), row.accessibleName()
    return {row.accessibleName(): row for row in rows}


def click(window: Window, name: str) -> None:
    QTest.mouseClick(handles(window)[name], Qt.MouseButton.LeftButton)
    settle()


def test_a_click_brings_the_search_over_the_page_and_puts_it_away(large_window: Window) -> None:
    """It came by its key alone."""
    window = large_window
    window.talk()
    settle()
    window.enter("Яма ")
    click(window, "Справочник")
    panel = window.part(DirectoryPanel)
    assert panel.isVisible()
    assert panel.visibleRegion().boundingRect() == panel.rect()
    assert panel.isAncestorOf(focused(window))
    assert handles(window)["Справочник"].isChecked()
    assert handles(window)["Справочник"].toolTip() == "Справочник, F5"

    click(window, "Справочник")
    assert not window.shows(DirectoryPanel)
    assert not handles(window)["Справочник"].isChecked()
    window.enter("у школы")
    assert window.card.content == "Яма у школы"


def test_a_click_brings_script_and_check_over_the_page(large_window: Window) -> None:
    window = large_window
    window.talk()
    settle()
    assert set(handles(window)) == {"Справочник", "Сценарий"}
    click(window, "Сценарий")
    assert window.shows(ScriptBlock)
    assert handles(window)["Сценарий"].isChecked()
    click(window, "Сценарий")
    assert not window.shows(ScriptBlock)
    assert window.part(CallCard).isAncestorOf(focused(window))

    window.press(Qt.Key.Key_3, CTRL)
    window.presenters.message.set_text("Яма")
    settle()
    click(window, "Проверка")
    assert window.shows(ChecksPanel)
    assert handles(window)["Проверка"].isChecked()
    assert not handles(window)["Справочник"].isChecked()
    window.press(Qt.Key.Key_Escape)
    assert not window.shows(ChecksPanel)
    assert not handles(window)["Проверка"].isChecked()


def test_handles_take_no_room_where_the_column_stands_beside_the_page_or_never_does(
    large_window: Window, theme: Theme
) -> None:
    window = large_window
    window.press(Qt.Key.Key_R, CTRL)
    settle()
    assert window.shows(ReportPage)
    assert not window.shows(RightHandles)
    window.press(Qt.Key.Key_Escape)
    settle()
    assert window.shows(RightHandles)
    theme.choose(theme.choice, 1.0)
    settle()
    assert not window.shows(RightHandles)
    assert window.shows(DirectoryPanel)


def test_the_handles_leave_every_word_of_a_card_its_room(large_window: Window) -> None:
    window = large_window
    window.talk()
    settle()
    assert window.shows(RightHandles)
    assert cut_words(window.page, may_elide=True) == []
