"""Every key of the workspace gives a sign and a reason if it has no effect."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QWidget

from console.core.default_keys import DEFAULTS, Key, Scope
from console.features.journal.presenter import JournalList
from console.shell.navigation import NavigationColumn
from console.ui.notices import Toast
from sync.register.people.operators import Operator, Role
from tests.fakes.console_fakes import SUPERVISOR, Told
from tests.fakes.whole_desk import NO_SCREEN, STEPS_BACK, Window

pytestmark = NO_SCREEN


# Alt with a digit uses a search result on every page, and is not in the key map.
HITS = frozenset(f"Alt+{digit}" for digit in range(1, 10))
DESK_KEYS = {
    QKeySequence(default.chord).toString(): key
    for key, default in DEFAULTS.items()
    if Scope.DESK in default.scopes or key is Key.WHO_CALLS  # on all pages but two
}


class Signs:
    """All visible signs of this window, and the commands sent to the phone."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._asked = [Told(window.page.lock_asked), Told(window.presenters.own_desk.changed)]

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
    """Resets the window: no notice, no menu, the main page."""
    window.part(Toast).hide()
    for _step in range(STEPS_BACK):
        window.press(Qt.Key.Key_Escape)
    (left,) = window.page.findChildren(NavigationColumn)
    left.list_chosen.emit(JournalList.CALLS)
    window.page.setFocus()
    settle()
    window.part(Toast).hide()


def silent_keys(window: Window) -> list[str]:
    """Keys of the window that change nothing, each pressed in the initial state."""
    signs, silent, tried = Signs(window), [], set[Key]()
    for shortcut in window.page.findChildren(QShortcut):
        chord = shortcut.key().toString()
        if not (chord in DESK_KEYS or chord in HITS) or not shortcut.isEnabled():
            continue
        if chord in DESK_KEYS:
            tried.add(DESK_KEYS[chord])
        rest(window)
        before = signs.now()
        shortcut.activated.emit()
        settle()
        if signs.now() == before:
            silent.append(chord)
    assert tried == set(DESK_KEYS.values())
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
