"""Changing the text size: visible widgets change immediately, hidden ones before they are shown."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QApplication, QLabel, QLayout, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from console.ui.fields import LineField
from console.ui.labels import ThemedLabel
from console.ui.layout import PageStack, scrolled
from console.ui.style_sheets import Sheet
from console.ui.text_field import TextField
from console.ui.theme import Theme, ThemeChoice, Tokens
from tests.fakes.review_fakes import settle
from tests.fakes.whole_desk import NO_SCREEN

pytestmark = NO_SCREEN
LARGE = 1.5
HIDDEN = 600  # more than one turn processes
LIMIT = 10_000  # turns


@pytest.fixture
def theme(qapp: QApplication, tokens: Tokens, owner: QObject) -> Theme:
    made = Theme(tokens, ThemeChoice.LIGHT, parent=owner)
    made.install(qapp)
    return made


class Page(QWidget):
    """This number of fields below each other."""

    def __init__(self, theme: Theme, fields: int = 1) -> None:
        super().__init__()
        self.fields = [LineField(theme) for _ in range(fields)]
        column = QVBoxLayout(self)
        for field in self.fields:
            column.addWidget(field)

    def large(self, theme: Theme) -> int:
        """Number of fields with the current font and height."""
        wanted = theme.font("field").pixelSize()
        return sum(
            field.font().pixelSize() == wanted and field.height() == theme.size("field")
            for field in self.fields
        )


def two_pages(theme: Theme, qtbot: QtBot, fields: int = 1) -> tuple[PageStack, Page, Page]:
    """A visible page, and one that was visible before."""
    pages, seen, hidden = PageStack(), Page(theme), Page(theme, fields)
    qtbot.addWidget(pages)
    for page in (seen, hidden):
        pages.addWidget(page)
    pages.show()
    pages.setCurrentWidget(hidden)
    settle()
    pages.setCurrentWidget(seen)
    settle()
    return pages, seen, hidden


def settle_size(theme: Theme) -> int:
    """Number of turns until the size is settled."""
    turns = 0
    while not theme.is_settled:
        QCoreApplication.processEvents()
        turns += 1
        assert turns < LIMIT
    settle()
    return turns


def test_what_is_seen_has_the_new_size_at_once_and_what_is_hidden_not_yet(
    theme: Theme, qtbot: QtBot
) -> None:
    _pages, seen, hidden = two_pages(theme, qtbot)
    theme.choose(theme.choice, LARGE)

    assert seen.large(theme) == 1
    assert hidden.large(theme) == 0
    assert not theme.is_settled


def test_the_hidden_have_their_turn_a_few_at_a_time(theme: Theme, qtbot: QtBot) -> None:
    _pages, _seen, hidden = two_pages(theme, qtbot, HIDDEN)
    theme.choose(theme.choice, LARGE)
    turns = [hidden.large(theme)]
    while turns[-1] < HIDDEN:
        QCoreApplication.processEvents()
        turns.append(hidden.large(theme))
        assert len(turns) < LIMIT
    settle_size(theme)

    assert turns[0] == 0
    assert next(large for large in turns if large) < HIDDEN
    assert hidden.large(theme) == HIDDEN


def test_a_page_that_is_shown_before_its_turn_has_the_new_size(theme: Theme, qtbot: QtBot) -> None:
    pages, _seen, hidden = two_pages(theme, qtbot, HIDDEN)
    theme.choose(theme.choice, LARGE)
    pages.setCurrentWidget(hidden)

    assert hidden.large(theme) == HIDDEN


def test_a_page_that_is_shown_while_it_has_its_turn_has_the_new_size(
    theme: Theme, qtbot: QtBot
) -> None:
    pages, _seen, hidden = two_pages(theme, qtbot, HIDDEN)
    theme.choose(theme.choice, LARGE)
    while not hidden.large(theme):
        QCoreApplication.processEvents()
    assert hidden.large(theme) < HIDDEN
    pages.setCurrentWidget(hidden)

    assert hidden.large(theme) == HIDDEN


def test_a_line_that_a_shown_page_hides_still_has_the_new_size_when_it_is_shown(
    theme: Theme, qtbot: QtBot
) -> None:
    pages, _seen, hidden = two_pages(theme, qtbot, 2)
    hidden.fields[1].hide()
    theme.choose(theme.choice, LARGE)
    pages.setCurrentWidget(hidden)
    assert hidden.large(theme) == 1
    hidden.fields[1].show()

    assert hidden.large(theme) == 2


def test_two_changes_in_a_row_leave_the_last_size(theme: Theme, qtbot: QtBot) -> None:
    pages, _seen, hidden = two_pages(theme, qtbot, HIDDEN)
    theme.choose(theme.choice, LARGE)
    QCoreApplication.processEvents()
    theme.choose(theme.choice, 2.0)
    QCoreApplication.processEvents()
    theme.choose(theme.choice, 1.25)
    settle_size(theme)

    assert hidden.large(theme) == HIDDEN
    pages.setCurrentWidget(hidden)
    assert hidden.large(theme) == HIDDEN


def test_other_colours_and_another_size_at_once_leave_the_hidden_their_size(
    theme: Theme, qtbot: QtBot
) -> None:
    """Setting a style sheet resets the font of its widget."""
    pages, seen, hidden = two_pages(theme, qtbot, HIDDEN)
    theme.choose(ThemeChoice.DARK, LARGE)
    settle_size(theme)
    before = ""
    while hidden.fields[-1].styleSheet() != before:
        before = hidden.fields[-1].styleSheet()
        settle()
    pages.setCurrentWidget(hidden)

    assert hidden.large(theme) == HIDDEN
    assert hidden.fields[-1].styleSheet() == seen.fields[0].styleSheet()


def test_a_hidden_page_that_has_gone_has_no_turn(theme: Theme, qtbot: QtBot) -> None:
    pages, seen, hidden = two_pages(theme, qtbot)
    theme.choose(theme.choice, LARGE)
    pages.removeWidget(hidden)
    hidden.setParent(None)
    hidden.deleteLater()
    settle_size(theme)

    assert seen.large(theme) == 1


def test_a_part_that_has_left_its_page_has_its_turn(theme: Theme, qtbot: QtBot) -> None:
    pages, seen, hidden = two_pages(theme, qtbot, 2)
    theme.choose(theme.choice, LARGE)
    moved = hidden.fields.pop()
    hidden.deleteLater()
    layout = seen.layout()
    assert layout is not None
    layout.addWidget(moved)
    seen.fields.append(moved)
    settle_size(theme)

    assert seen.large(theme) == 2


def test_what_scrolls_in_a_hidden_page_has_its_room_when_it_is_shown(
    theme: Theme, qtbot: QtBot
) -> None:
    inside = QWidget()
    column = QVBoxLayout(inside)
    label = ThemedLabel(theme, "Звонок по единому номеру города")
    column.addWidget(label)
    pages, seen = PageStack(), Page(theme)
    area = scrolled(theme, inside)
    qtbot.addWidget(pages)
    for page in (seen, area):
        pages.addWidget(page)
    pages.resize(600, 400)
    pages.show()
    pages.setCurrentWidget(area)
    settle()
    pages.setCurrentWidget(seen)
    theme.choose(theme.choice, 2.0)
    settle_size(theme)
    pages.setCurrentWidget(area)

    assert isinstance(label, QLabel)
    assert label.height() >= label.sizeHint().height()
    assert label.width() >= label.sizeHint().width()


def test_nothing_that_qt_made_for_itself_is_asked_for(theme: Theme, qtbot: QtBot) -> None:
    """The binding created a permanent Python object for each: 11 ms at the first change."""
    pages, seen, hidden = two_pages(theme, qtbot)
    for page in (seen, hidden):
        layout = page.layout()
        assert layout is not None
        layout.addWidget(TextField(theme))
    pages.setCurrentWidget(hidden)
    settle()
    pages.setCurrentWidget(seen)
    settle()
    known = {id(one) for one in Shiboken.getAllValidWrappers()}
    theme.choose(theme.choice, LARGE)
    settle_size(theme)
    met = [one for one in Shiboken.getAllValidWrappers() if id(one) not in known]
    objects = [one for one in met if isinstance(one, QObject)]

    assert [one for one in objects if not isinstance(one, QWidget | QLayout)] == []


def test_a_bar_that_is_hidden_has_the_colours_that_came_after_another_size(
    theme: Theme, qtbot: QtBot
) -> None:
    """The bar retained the old colours, because its Python wrapper was freed after the change."""
    areas = [scrolled(theme, QWidget()) for _ in range(2)]
    pages = PageStack()
    qtbot.addWidget(pages)
    for area in areas:
        pages.addWidget(area)
    pages.show()
    settle()
    theme.choose(theme.choice, LARGE)
    settle_size(theme)
    gc.collect()
    theme.choose(ThemeChoice.DARK)
    wanted = LineField(theme)
    theme.dress(wanted, Sheet.BAR)
    for area in areas:
        pages.setCurrentWidget(area)
        settle()
        assert area.verticalScrollBar().styleSheet() == wanted.styleSheet()
