"""Weak signals for short-lived widgets: each receives events while it exists, and leaves no
connection.
"""

from __future__ import annotations

import gc
import time
import weakref

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from console.core.deliveries import LastingSignal
from console.ui.theme import Theme, ThemeChoice, Tokens
from tests.fakes.faked_parts.shared import RESOURCES

MANY = 8000
ROUNDS = 7


class Hearer(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard = 0

    def hear(self) -> None:
        self.heard += 1

    def fail(self) -> None:
        raise ValueError


def shortest_end_s() -> float:
    """Shortest time in seconds to delete an object that was connected to a signal."""
    took_s = []
    for _round in range(ROUNDS):
        sender = QObject()
        sender.objectNameChanged.connect(lambda: None)
        began_s = time.perf_counter()
        delete(sender)
        took_s.append(time.perf_counter() - began_s)
    return min(took_s)


def test_methods_of_ours_and_of_qt_are_called_as_often_as_they_were_connected(
    qtbot: QtBot,
) -> None:
    signal, hearer, widget = LastingSignal(), Hearer(), QWidget()
    qtbot.addWidget(widget)
    widget.show()
    signal.connect(hearer.hear)
    signal.connect(hearer.hear)
    signal.connect(widget.hide)
    signal.emit()

    assert hearer.heard == 2
    assert not widget.isVisible()


def test_what_has_ended_is_called_no_more_and_what_nobody_holds_goes() -> None:
    signal, ended, held = LastingSignal(), Hearer(), Hearer()
    signal.connect(ended.hear)
    signal.connect(held.hear)
    delete(ended)
    signal.emit()
    gone = weakref.ref(held)
    del held
    gc.collect()

    assert ended.heard == 0
    assert gone() is None


def test_one_that_ends_another_keeps_it_from_hearing() -> None:
    class Ending(Hearer):
        def hear(self) -> None:
            delete(last)

    signal, first, last = LastingSignal(), Ending(), Hearer()
    signal.connect(first.hear)
    signal.connect(last.hear)
    signal.emit()

    assert last.heard == 0


def test_one_that_fails_is_told_to_the_crash_handler_and_the_others_hear(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[type[BaseException]] = []
    monkeypatch.setattr("sys.excepthook", lambda kind, _error, _trace: told.append(kind))
    signal, failing, hearer = LastingSignal(), Hearer(), Hearer()
    signal.connect(failing.fail)
    signal.connect(hearer.hear)
    signal.emit()

    assert told == [ValueError]
    assert hearer.heard == 1


def test_nothing_but_a_method_of_an_object_of_qt_can_hear() -> None:
    with pytest.raises(TypeError):
        LastingSignal().connect(lambda: None)


def test_what_ends_takes_no_longer_after_many_that_came_and_went() -> None:
    theme = Theme(Tokens.read(RESOURCES / "styles" / "tokens.json"), ThemeChoice.LIGHT)
    before_s = shortest_end_s()
    came = [Hearer() for _number in range(MANY)]
    for hearer in came:
        theme.changed.connect(hearer.hear)
    for hearer in came:
        delete(hearer)
    del came, hearer

    assert shortest_end_s() < 3 * before_s + 20e-6
