"""Every theme paints every page and applies immediately; large text fits on all pages."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtWidgets import QApplication, QScrollArea

from console.features.call_bar.view import CallBar, CallBlock, OperatorPill
from console.features.directory_search.panel import DirectoryPanel
from console.ui.buttons import ActionButton, CallButton
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
    fail_everything,
    open_editor,
    visible,
)

pytestmark = NO_SCREEN
PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.fixture(params=[(ThemeChoice.LIGHT, 1.0)])
def theme(
    request: pytest.FixtureRequest, qapp: QApplication, tokens: Tokens, owner: QObject
) -> Theme:
    """No other workspace exists that would be restyled, so a test may have its own theme."""
    choice, text_scale = request.param
    made = Theme(tokens, choice, text_scale, parent=owner)
    made.install(qapp)
    return made


@pytest.mark.parametrize(
    "theme",
    [(choice, 1.0) for choice in (ThemeChoice.LIGHT, ThemeChoice.DARK, ThemeChoice.CONTRAST)],
    indirect=True,
    ids=["light", "dark", "contrast"],
)
def test_every_theme_renders_without_a_warning(own_window: Window, theme: Theme) -> None:
    """pytest fails a test whose Qt log holds a warning; ``grab`` paints every visible widget."""
    own_window.talk()
    pictures = [own_window.page.grab().toImage()]
    for key, modifier in (
        (Qt.Key.Key_3, CTRL),
        (Qt.Key.Key_R, CTRL),
        (Qt.Key.Key_T, CTRL),
        (Qt.Key.Key_F12, PLAIN),
        (Qt.Key.Key_F1, PLAIN),
    ):
        own_window.press(key, modifier)
        pictures.append(own_window.page.grab().toImage())

    assert all(not picture.isNull() for picture in pictures)
    assert pictures[0].pixelColor(2, SMALL_SCREEN[1] - 10) == theme.colour("surface")


def test_a_change_of_theme_repaints_at_once(own_window: Window, theme: Theme) -> None:
    own_window.talk()
    before = own_window.page.grab().toImage()
    theme.choose(ThemeChoice.DARK)
    QCoreApplication.processEvents()

    assert own_window.page.grab().toImage() != before


@pytest.mark.parametrize(
    "theme", [(ThemeChoice.LIGHT, 1.5)], indirect=True, ids=["half as large again"]
)
def test_large_letters_leave_the_number_on_the_line_whole(own_window: Window) -> None:
    own_window.talk()
    settle()
    bar = own_window.part(CallBar)
    block, pill = own_window.part(CallBlock), own_window.part(OperatorPill)
    assert isinstance(block, CallBlock)

    assert block.width() >= block.needed_px(with_disc=False)
    parts = [each.geometry() for each in (pill, block, *visible(bar, CallButton))]
    assert [one for one, after in pairwise(parts) if one.right() >= after.left()] == []


@pytest.mark.parametrize(
    "theme", [(ThemeChoice.LIGHT, 1.5)], indirect=True, ids=["half as large again"]
)
def test_large_letters_leave_the_buttons_of_a_hit_in_sight(own_window: Window) -> None:
    own_window.page.setFixedSize(*SMALL_SCREEN)
    own_window.talk()
    own_window.press(Qt.Key.Key_F5)
    own_window.enter("ям")
    own_window.press(Qt.Key.Key_Down)
    settle()
    buttons = visible(own_window.part(DirectoryPanel), ActionButton)

    assert [one.accessibleName() for one in buttons] == ["Вставить, Enter", "Позвонить, Shift+F2"]
    assert [one for one in buttons if one.visibleRegion().boundingRect() != one.rect()] == []


@pytest.mark.parametrize(
    ("theme", "screen"),
    [((ThemeChoice.LIGHT, 1.5), SMALL_SCREEN), ((ThemeChoice.LIGHT, 2.0), (1920, 1080))],
    indirect=["theme"],
    ids=["half as large again", "twice as large"],
)
def test_large_letters_have_room_on_every_page(own_window: Window, screen: tuple[int, int]) -> None:
    window = own_window
    window.page.setFixedSize(*screen)
    too_little: dict[str, list[str]] = {}

    def look(page: str) -> None:
        settle()
        wider = [
            describe(area)
            for area in window.page.findChildren(QScrollArea)
            if area.isVisible()
            and area.widget() is not None
            and area.widget().width() > area.viewport().width()
        ]
        if found := cut_words(window.page, may_elide=True) + wider:
            too_little[page] = found

    look("list")
    window.press(Qt.Key.Key_F12)
    fail_everything(window)
    look("check")
    window.talk()
    look("card")
    window.press(Qt.Key.Key_3, CTRL)
    window.presenters.message.set_text("Звоните +7 900 555-01-37")
    window.presenters.message.set_category("roads-pits")
    look("message")
    for page, key, modifier in (
        ("report", Qt.Key.Key_R, CTRL),
        ("training", Qt.Key.Key_T, CTRL),
        ("keys", Qt.Key.Key_F1, PLAIN),
        ("calendar", Qt.Key.Key_K, ALT),
        ("answers", Qt.Key.Key_O, CTRL),
        ("call-backs", Qt.Key.Key_F11, PLAIN),
        ("look-up", Qt.Key.Key_F4, PLAIN),
    ):
        window.press(key, modifier)
        look(page)
    open_editor(window)
    window.presenters.editor.open("q-1")
    look("editor")
    for key in (Qt.Key.Key_U, Qt.Key.Key_S, Qt.Key.Key_O, Qt.Key.Key_P, Qt.Key.Key_I):
        window.press(key, ALT)
        look(f"editor, {key.name}")
    window.bench.city.submit(message_record(1, "Яма у дома"))
    window.press(Qt.Key.Key_F10)
    look("queue")
    window.press(Qt.Key.Key_Return)
    look("review")
    for digit in range(Qt.Key.Key_1, Qt.Key.Key_7):
        window.press(Qt.Key(digit), ALT)
        look(f"review, {digit}")
        window.press(Qt.Key.Key_Escape)

    assert too_little == {}
