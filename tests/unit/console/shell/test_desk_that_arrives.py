"""Preferences from another workplace arrive late: they apply immediately, and typing continues."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTextEdit

from console.core.default_keys import Key
from console.core.keymap import KEYS
from console.features.call_card.card_view import CallCard
from console.shell.navigation import NavigationColumn
from console.shell.right_column import RightColumn
from console.ui.theme import Theme
from sync.register.people.own_desk import OwnDesk
from tests.fakes.console_fakes import OPERATOR
from tests.fakes.review_fakes import settle
from tests.fakes.whole_desk import CTRL, NO_SCREEN, Window, cut_words

pytestmark = NO_SCREEN
ELSEWHERE = OwnDesk(
    "dark",
    125,
    card_at="answer",
    left_folded=True,
    right_px=420,
    keys={"answer": "Ctrl+S"},
    widths={"journal.calls": {"phone": 190}},
)


def test_what_comes_while_she_types_holds_at_once_and_takes_nothing_from_her(
    own_window: Window, theme: Theme
) -> None:
    desk, own_desk = own_window, own_window.presenters.own_desk
    own_desk.sign_in(OPERATOR, OwnDesk())
    desk.page.resize(1600, 900)
    desk.talk()
    desk.enter("Нет горячей воды")
    field = QApplication.focusWidget()
    assert isinstance(field, QTextEdit)
    cursor = field.textCursor()
    cursor.setPosition(4)
    cursor.setPosition(11, cursor.MoveMode.KeepAnchor)
    field.setTextCursor(cursor)

    own_desk.take(OPERATOR.id, ELSEWHERE, OwnDesk())
    settle()

    assert (theme.name, theme.text_scale) == ("dark", 1.25)
    assert desk.part(RightColumn).width() == theme.grown(420)
    assert desk.part(NavigationColumn).width() == theme.size("left_rail")
    assert KEYS.chosen.chord(Key.ANSWER) == "Ctrl+S"
    assert desk.shows(CallCard)
    assert cut_words(desk.page) == []
    assert QApplication.focusWidget() is field
    assert field.textCursor().selectedText() == "горячей"
    desk.enter("холодной")
    assert field.toPlainText() == "Нет холодной воды"
    desk.press(Qt.Key.Key_Z, CTRL)
    assert field.toPlainText() == "Нет горячей воды"
    assert own_desk.widths("journal.calls") == {"phone": 190}

    # Restores the defaults for the next test, also while the operator types.
    own_desk.take(OPERATOR.id, OwnDesk(), own_desk.state.own)
    assert KEYS.chosen.chord(Key.ANSWER) == "F2"
    assert QApplication.focusWidget() is field
