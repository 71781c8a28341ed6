"""Style sheets of individual widgets, and their update before a widget is shown in a new theme."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QScrollArea,
    QScrollBar,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from console.shell.main_window import MainWindow
from console.ui.buttons import ActionButton
from console.ui.fields import LineField
from console.ui.layout import Later, PageStack
from console.ui.theme import Theme, ThemeChoice, Tokens
from tests.fakes.whole_desk import NO_SCREEN, Window, describe

pytestmark = NO_SCREEN
HIDDEN = 300  # more than one turn processes
LIMIT_MS = 5000


@pytest.fixture
def theme(qapp: QApplication, tokens: Tokens, owner: QObject) -> Theme:
    """No other workspace exists that would be restyled, so a test may have its own theme."""
    made = Theme(tokens, ThemeChoice.LIGHT, parent=owner)
    made.install(qapp)
    return made


def test_each_widget_that_qt_paints_has_a_sheet_near_it_and_the_application_none(
    own_window: Window, qapp: QApplication
) -> None:
    """An application style sheet costs 9 kB for each widget, and half a second at a theme
    change.
    """
    for part in vars(own_window.page._columns).values():
        if isinstance(part, Later):
            assert part.widget is not None
    painted = (QLineEdit, QAbstractScrollArea, QComboBox, QScrollBar, QMenu)
    bare = [
        describe(one)
        for one in own_window.page.findChildren(QWidget)
        if isinstance(one, painted) and not isinstance(one, QScrollArea) and not has_sheet(one)
    ]

    assert bare == []
    assert qapp.styleSheet() == ""


def has_sheet(widget: QWidget | None) -> bool:
    while widget is not None:
        if widget.styleSheet():
            return True
        widget = widget.parentWidget()
    return False


def ground(field: QWidget) -> str:
    """Background colour of a field."""
    return field.grab().toImage().pixelColor(field.width() - 4, field.height() // 2).name()


def two_pages(theme: Theme, qtbot: QtBot) -> tuple[PageStack, LineField, LineField]:
    """A visible page, and one that was visible before."""
    pages, seen, hidden = PageStack(), LineField(theme), LineField(theme)
    qtbot.addWidget(pages)
    for field in (seen, hidden):
        pages.addWidget(field)
    pages.show()
    pages.setCurrentWidget(hidden)
    QCoreApplication.processEvents()
    pages.setCurrentWidget(seen)
    QCoreApplication.processEvents()
    return pages, seen, hidden


def test_what_is_seen_changes_with_the_theme_at_once(theme: Theme, qtbot: QtBot) -> None:
    _pages, seen, hidden = two_pages(theme, qtbot)
    before = hidden.styleSheet()
    theme.choose(ThemeChoice.DARK)

    assert ground(seen) == theme.colour("surface").name()
    assert hidden.styleSheet() == before


def test_a_page_that_is_shown_before_its_turn_has_the_new_colours(
    theme: Theme, qtbot: QtBot
) -> None:
    pages, _seen, hidden = two_pages(theme, qtbot)
    theme.choose(ThemeChoice.DARK)
    pages.setCurrentWidget(hidden)

    assert ground(hidden) == theme.colour("surface").name()


def test_the_hidden_have_their_turn_a_few_at_a_time(theme: Theme, qtbot: QtBot) -> None:
    fields = [LineField(theme) for _ in range(HIDDEN)]
    for field in fields:
        qtbot.addWidget(field)
        field.ensurePolished()
    before = fields[0].styleSheet()
    theme.choose(ThemeChoice.DARK)

    def changed() -> int:
        return sum(field.styleSheet() != before for field in fields)

    turns: list[int] = []
    while not turns or turns[-1] < HIDDEN:
        QCoreApplication.processEvents()
        turns.append(changed())
        assert len(turns) < LIMIT_MS

    assert turns[0] < HIDDEN
    assert ground(fields[-1]) == theme.colour("surface").name()


def test_two_changes_in_a_row_leave_the_last_colours(theme: Theme, qtbot: QtBot) -> None:
    pages, _seen, hidden = two_pages(theme, qtbot)
    theme.choose(ThemeChoice.DARK)
    theme.choose(ThemeChoice.CONTRAST)
    theme.choose(ThemeChoice.LIGHT)
    for _ in range(3):
        QCoreApplication.processEvents()
    pages.setCurrentWidget(hidden)

    assert ground(hidden) == theme.colour("surface").name()


def test_a_hidden_field_that_has_gone_has_no_turn(theme: Theme, qtbot: QtBot) -> None:
    pages, seen, hidden = two_pages(theme, qtbot)
    theme.choose(ThemeChoice.DARK)
    pages.removeWidget(hidden)
    hidden.setParent(None)
    hidden.deleteLater()
    for _ in range(3):
        QCoreApplication.processEvents()

    assert ground(seen) == theme.colour("surface").name()


@pytest.mark.qt_log_ignore("does not support raise")
def test_a_tool_tip_under_the_pointer_has_the_colours_of_the_theme(
    theme: Theme, qtbot: QtBot, tmp_path: Path, qapp: QApplication
) -> None:
    window = MainWindow(theme, "Белоключевск", 60_000, tmp_path / "window.ini")
    qtbot.addWidget(window)
    page = QWidget()
    button = ActionButton(theme, "Пожаловаться", parent=page)
    button.setToolTip("На слова мастера")
    inside = QWidget(button)  # the pointer is over a child of the widget with the tooltip
    inside.resize(button.sizeHint())
    window.show_page(page)
    window.show()
    QTest.qWaitForWindowExposed(window)
    window.watch_idleness(qapp)
    handle = window.windowHandle()
    assert handle is not None
    QTest.mouseMove(handle, inside.mapTo(window, QPoint(5, 5)))
    qtbot.waitUntil(lambda: button.styleSheet() != "")
    QToolTip.showText(button.mapToGlobal(QPoint(5, 5)), button.toolTip(), button)
    (tip,) = (one for one in qapp.topLevelWidgets() if one.inherits("QTipLabel"))

    assert ground(tip) == theme.colour("raised").name()
    QToolTip.hideText()
