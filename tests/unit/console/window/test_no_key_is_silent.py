"""Every key of the desk, pressed where it has nothing to do, ends in a sign and a reason."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QLabel, QWidget

from console.presenters.journal import JournalList
from console.views.components.notices import Toast
from console.views.navigation import NavigationColumn
from sync.register.operators import Operator, Role
from tests.fakes.console_fakes import SUPERVISOR, Told
from tests.fakes.whole_desk import NO_SCREEN, STEPS_BACK, Window

pytestmark = NO_SCREEN


KEYS = frozenset(
    [
        "F1",
        "F2",
        "F3",
        "F4",
        "F5",
        "F6",
        "F8",
        "F9",
        "F10",
        "F11",
        "F12",
        "Ctrl+F2",
        "Ctrl+F3",
        "Ctrl+F10",
        "Ctrl+F12",
        "Shift+F2",
        "Shift+F3",
        "Shift+F4",
        "Shift+F5",
        "Shift+F6",
        "Shift+F7",
        "Ctrl+0",
        "Ctrl+1",
        "Ctrl+2",
        "Ctrl+3",
        "Ctrl+4",
        "Ctrl+6",
        "Ctrl+7",
        "Ctrl+8",
        "Ctrl+9",
        "Ctrl+B",
        "Ctrl+D",
        "Ctrl+E",
        "Ctrl+G",
        "Ctrl+H",
        "Ctrl+L",
        "Ctrl+M",
        "Ctrl+O",
        "Ctrl+P",
        "Ctrl+R",
        "Ctrl+T",
        "Ctrl+I",
        "Ctrl+Shift+I",
        "Ctrl+Alt+I",
        "Ctrl+Shift+P",
        "Ctrl+Return",
        "Ctrl+Enter",
        "Ctrl+Shift+Return",
        "Ctrl+Shift+Enter",
        "Alt+Return",
        "Alt+Enter",
        "Alt+D",
        "Alt+H",
        "Alt+J",
        "Alt+K",
        "Alt+L",
        "Alt+Q",
        "Alt+1",
        "Alt+2",
        "Alt+3",
        "Alt+4",
        "Alt+5",
        "Alt+6",
        "Alt+7",
        "Alt+8",
        "Alt+9",
        "Ctrl+Space",
        "Ctrl+Shift+L",
        "Pause",
    ]
)


class Signs:
    """All that a person at this window could notice, and what the phone was asked to do."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._asked = [Told(window.page.lock_asked), Told(window.page.theme_asked)]

    def now(self) -> tuple[object, ...]:
        window = self._window
        visible = [
            (
                type(child).__name__,
                child.text() if isinstance(child, QLabel) else child.accessibleName(),
                child is window.page.focusWidget(),
            )
            for child in window.page.findChildren(QWidget)
            if child.isVisible()
        ]
        asked = [len(one.values) for one in self._asked]
        return (visible, asked, len(window.phone.commands), window.presenters.card.state)


def settle() -> None:
    for _round in range(8):
        QCoreApplication.processEvents()


def rest(window: Window) -> None:
    """No notice, no menu, and the page where the work is."""
    window.part(Toast).hide()
    for _step in range(STEPS_BACK):
        window.press(Qt.Key.Key_Escape)
    (left,) = window.page.findChildren(NavigationColumn)
    left.list_chosen.emit(JournalList.CALLS)
    window.page.setFocus()
    settle()
    window.part(Toast).hide()


def silent_keys(window: Window) -> list[str]:
    """The keys of the window itself that leave it as it was, each pressed at rest."""
    signs, silent = Signs(window), []
    for shortcut in window.page.findChildren(QShortcut):
        is_own = shortcut.parent() is window.page and shortcut.key().toString() in KEYS
        if not is_own or not shortcut.isEnabled():
            continue
        rest(window)
        before = signs.now()
        shortcut.activated.emit()
        settle()
        if signs.now() == before:
            silent.append(shortcut.key().toString())
    return silent


@pytest.fixture
def desk(own_window: Window) -> Window:
    return own_window


def test_at_a_desk_at_rest_no_key_is_silent(desk: Window) -> None:
    assert ", ".join(silent_keys(desk)) == ""


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.EDITOR])
def test_what_a_role_may_not_do_is_said(desk: Window, role: Role) -> None:
    desk.sit_down(Operator(SUPERVISOR.id, "other", "Другая Проба", role))
    desk.take_over()

    assert ", ".join(silent_keys(desk)) == ""
