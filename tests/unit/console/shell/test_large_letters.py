"""Text at 200 percent in a small window: no text is cut off, and nothing covers the work area."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from console.features.answers.page import AnswerListView
from console.features.call_bar.view import CallBar
from console.features.call_card.card_view import CallCard
from console.features.call_script.view import ScriptBlock
from console.features.directory_search.panel import DirectoryPanel
from console.features.message_form.checks_view import ChecksPanel
from console.features.reports.page import ReportPage, Tile
from console.features.review.queue_page import ABOUT, HOLDER, TERM, QueueTable
from console.features.shift_check.page import PhoneCheckPage
from console.shared.session.undo import Offer
from console.shared.session.undo_view import UndoStrip
from console.shell.navigation import NavRow
from console.shell.right_column import RightHandles
from console.ui.buttons import ActionButton
from console.ui.notices import Toast
from console.ui.theme import Theme, ThemeChoice, Tokens
from tests.fakes.review_fakes import message_record, settle
from tests.fakes.whole_desk import (
    ALT,
    CTRL,
    NO_SCREEN,
    SMALL_SCREEN,
    Window,
    cut_words,
    describe,
    in_sight,
    visible,
)

pytestmark = NO_SCREEN
LARGEST = 2.0


@pytest.fixture(scope="module")
def theme(qapp: QApplication, tokens: Tokens) -> Iterator[Theme]:
    """Set before widgets are created; otherwise each would be styled twice."""
    made = Theme(tokens, ThemeChoice.LIGHT, LARGEST)
    made.install(qapp)
    yield made
    Theme(tokens, ThemeChoice.LIGHT).install(qapp)


@pytest.fixture
def large_window(own_window: Window, theme: Theme) -> Iterator[Window]:
    """A window of 1366 by 768 px from the start."""
    own_window.page.setFixedSize(*SMALL_SCREEN)
    settle()
    yield own_window
    theme.choose(theme.choice, LARGEST)  # if a test has chosen small text


def area(part: QWidget, window: Window) -> QRect:
    """Visible area of a part, in page coordinates."""
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


# --- automatic notices ---


def test_what_is_told_lies_not_over_the_field_that_is_written_in(large_window: Window) -> None:
    """It covered the text being typed for six seconds."""
    window = large_window
    window.talk()
    settle()
    toast = tell(window)
    field = focused(window)

    assert area(field, window).height() > 0
    assert not toast.geometry().intersects(area(field, window))
    assert not toast.geometry().intersects(area(window.part(CallBar), window))
    (saving,) = [
        button
        for button in visible(window.page, ActionButton)
        if button.accessibleName().endswith("Ctrl+Enter")
    ]
    assert area(saving, window).height() > 0
    assert not toast.geometry().intersects(area(saving, window))


def test_what_is_told_gives_way_to_the_field_that_the_keyboard_goes_to(
    large_window: Window,
) -> None:
    window = large_window
    window.talk()
    settle()
    toast = tell(window)
    met = set()
    for _field in range(6):
        window.press(Qt.Key.Key_Tab)
        settle()
        field = focused(window)
        met.add(field)
        assert area(field, window).height() > 0
        assert not toast.geometry().intersects(area(field, window)), field.accessibleName()
    assert len(met) == 6


def test_what_is_told_leaves_what_can_be_taken_back_in_sight(large_window: Window) -> None:
    window = large_window
    window.talk()
    now = window.clock.now
    window.presenters.answers.undo.show(Offer("Готово", "2611-0001-00016-5", now, lambda: None))
    settle()
    toast = tell(window)

    undo = window.part(UndoStrip)
    assert window.shows(UndoStrip)
    assert undo.height() == undo.sizeHint().height()
    assert not toast.geometry().intersects(area(window.part(UndoStrip), window))
    assert not toast.geometry().intersects(area(focused(window), window))
    assert not toast.geometry().intersects(area(window.part(CallBar), window))


def test_what_is_told_stands_at_the_foot_of_a_list(large_window: Window) -> None:
    """A list as high as the page moved it over the heading."""
    window = large_window
    window.press(Qt.Key.Key_O, CTRL)
    settle()
    toast = tell(window)

    assert isinstance(focused(window), AnswerListView)
    assert toast.geometry().center().y() > window.page.height() // 2


# --- overlays opened by mouse ---


def handles(window: Window) -> dict[str, NavRow]:
    """Visible handles by name; each is complete and uncovered."""
    rows = [row for row in visible(window.part(RightHandles), NavRow) if isinstance(row, NavRow)]
    for row in rows:
        assert row.visibleRegion().boundingRect() == row.rect(), row.accessibleName()
    return {row.accessibleName(): row for row in rows}


def click(window: Window, name: str) -> None:
    QTest.mouseClick(handles(window)[name], Qt.MouseButton.LeftButton)
    settle()


def test_a_click_brings_the_search_over_the_page_and_puts_it_away(large_window: Window) -> None:
    """Previously only its key opened it."""
    window = large_window
    window.talk()
    settle()
    window.enter("Яма ")
    click(window, "Справочник")
    panel = window.part(DirectoryPanel)
    assert panel.isVisible()
    assert in_sight(panel) == panel.rect()
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


# --- every page ---

PLAIN, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
Presses = tuple[tuple[Qt.Key, Qt.KeyboardModifier], ...]
REVIEW: Presses = ((Qt.Key.Key_F10, PLAIN), (Qt.Key.Key_Return, PLAIN))
PAGES: dict[str, Presses] = {
    "list": (),
    "missed": ((Qt.Key.Key_M, CTRL),),
    "drafts": ((Qt.Key.Key_D, CTRL | SHIFT),),
    "check": ((Qt.Key.Key_F12, PLAIN),),
    "training": ((Qt.Key.Key_T, CTRL),),
    "calendar": ((Qt.Key.Key_K, ALT),),
    "rules of the calendar": ((Qt.Key.Key_K, ALT), (Qt.Key.Key_R, ALT)),
    "day of the calendar": ((Qt.Key.Key_K, ALT), (Qt.Key.Key_Return, PLAIN)),
    "file of the calendar": ((Qt.Key.Key_K, ALT), (Qt.Key.Key_O, ALT)),
    "answers": ((Qt.Key.Key_O, CTRL),),
    "hand-over": ((Qt.Key.Key_H, CTRL),),
    "call-backs": ((Qt.Key.Key_F11, PLAIN),),
    "planned": ((Qt.Key.Key_F11, SHIFT), (Qt.Key.Key_Insert, PLAIN)),
    "queue": ((Qt.Key.Key_F10, PLAIN),),
    "new message": ((Qt.Key.Key_F10, PLAIN), (Qt.Key.Key_Insert, PLAIN)),
    "review": REVIEW,
    "registering": (*REVIEW, (Qt.Key.Key_1, PLAIN)),
    "refusing": (*REVIEW, (Qt.Key.Key_2, PLAIN)),
    "marks of a message": (*REVIEW, (Qt.Key.Key_5, PLAIN)),
    "report": ((Qt.Key.Key_R, CTRL),),
    "report of messages": ((Qt.Key.Key_R, CTRL), (Qt.Key.Key_M, ALT)),
    "settings": ((Qt.Key.Key_S, CTRL | SHIFT),),
    "appearance": ((Qt.Key.Key_B, CTRL | SHIFT),),
    "keys": ((Qt.Key.Key_F1, PLAIN),),
    "look-up": ((Qt.Key.Key_F4, PLAIN),),
    "editor": ((Qt.Key.Key_F5, SHIFT),),
    "entry": ((Qt.Key.Key_F5, SHIFT),),
    "files": ((Qt.Key.Key_F5, SHIFT), (Qt.Key.Key_I, ALT)),
    "incidents": ((Qt.Key.Key_I, CTRL | SHIFT),),
    "paragraphs": ((Qt.Key.Key_F1, SHIFT),),
    "dial": ((Qt.Key.Key_F4, SHIFT),),
}


def needed_px(label: QLabel) -> int:
    """Total height of its lines at its current width."""
    if label.wordWrap():
        return label.heightForWidth(label.width())
    return label.sizeHint().height()


def squeezed(page: QWidget) -> list[str]:
    """Texts with less height than their lines need, and buttons with too little height."""
    return [
        f"{describe(label)}: {label.text()}"
        for label in visible(page, QLabel)
        if isinstance(label, QLabel) and label.text() and label.height() < needed_px(label)
    ] + [
        f"{describe(button)}: {button.accessibleName()} low"
        for button in visible(page, QAbstractButton)
        if not isinstance(button, NavRow) and button.height() < button.sizeHint().height()
    ]


def outside(page: QWidget) -> list[str]:
    """Buttons and fields that extend beyond the page or their parent."""
    found = []
    for button in [*visible(page, QAbstractButton), *visible(page, QLineEdit)]:
        around = button.parentWidget()
        while around is not None and around is not page.parentWidget():
            left = button.mapTo(around, QPoint()).x()
            if left < 0 or left + button.width() > around.width():
                found.append(f"{describe(button)}: {button.accessibleName()}")
                break
            around = around.parentWidget()
    return found


def assert_in_sight(window: Window, name: str) -> None:
    """Asserts that the main content of a page is visible without scrolling."""
    match name:
        case "check":
            (start,) = [
                button
                for button in visible(window.part(PhoneCheckPage), ActionButton)
                if button.accessibleName() == "Начать проверку, Enter"
            ]
            assert start.visibleRegion().boundingRect() == start.rect()
        case "queue":
            table = window.part(QueueTable)
            assert isinstance(table, QueueTable)
            seen = [at for at in range(5) if not table.isColumnHidden(at)]
            assert seen == [TERM, ABOUT, HOLDER]
            assert table.columnWidth(ABOUT) > 400
            assert sum(map(table.columnWidth, seen)) <= table.viewport().width()
        case "report":
            tiles = visible(window.part(ReportPage), Tile)
            assert len({tile.y() for tile in tiles}) == 2
            assert min(tile.width() for tile in tiles) > 232
        case _:
            pass


@pytest.mark.parametrize("name", PAGES)
def test_every_word_of_a_page_has_its_room(large_window: Window, name: str) -> None:
    window = large_window
    window.bench.city.submit(message_record(1, "Яма у дома"))
    for key, modifier in PAGES[name]:
        window.press(key, modifier)
        settle()
    if name == "entry":
        window.presenters.editor.open("q-1")
    for _round in range(8):
        settle()

    assert_in_sight(window, name)
    page = window.page
    wrong = [*cut_words(page, may_elide=True), *squeezed(page), *outside(page)]
    assert wrong == []
