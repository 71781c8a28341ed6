"""Letters of 200 percent in a small window: every word has its room, and nothing lies over work."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from console.presenters.undo import Offer
from console.views.call_bar import CallBar
from console.views.components.buttons import ActionButton
from console.views.components.notices import Toast
from console.views.components.undo_strip import UndoStrip
from console.views.theme import Theme
from tests.fakes.review_fakes import settle
from tests.fakes.whole_desk import NO_SCREEN, SMALL_SCREEN, Window, visible

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
