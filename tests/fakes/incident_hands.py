"""Incident actions at this and other workplaces, and the resulting window content."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from console.features.incidents.page import IncidentsPage, IncidentStrip
from sync.register.incidents import IncidentAct, IncidentStep
from sync.register.people.operators import Operator, Role
from tests.fakes.incidents import sightings
from tests.fakes.whole_desk import CTRL, Window

SHIFT = Qt.KeyboardModifier.ShiftModifier
SECOND = Operator(UUID(int=5), "vtoraya", "Вторая Вера", Role.SUPERVISOR)
TEXT = "На Лесной размыло дорогу. Проезд откроют к 22 часам."
WATER = UUID(int=901)


def settle(window: Window) -> None:
    window.presenters.incidents.reload()
    for _round in range(6):
        QCoreApplication.processEvents()


def callers(window: Window, count: int, street: str = "ул. Лесная") -> None:
    """Adds ``count`` callers who reported potholes there in the last minutes."""
    window.incidents.seen += sightings(window.clock.now, street, count)
    settle(window)


def declare(window: Window, street: str = "ул. Лесная", text: str = TEXT, id: UUID = WATER) -> None:
    step = IncidentStep(IncidentAct.DECLARED, id, street, "roads-pits", text, 0)
    window.incidents.take(step, SECOND).result()
    settle(window)


def edit_elsewhere(window: Window, text: str) -> None:
    lead_elsewhere(window, IncidentAct.EDITED, text)


def end_elsewhere(window: Window) -> None:
    lead_elsewhere(window, IncidentAct.ENDED, "")


def lead_elsewhere(window: Window, act: IncidentAct, text: str) -> None:
    (one,) = (one for one in window.incidents.all() if one.is_open)
    step = IncidentStep(act, one.id, one.street, one.matter, text, one.version)
    window.incidents.take(step, SECOND).result()
    settle(window)


def spoken(window: Window) -> str:
    """Returns the text of the strip for a screen reader."""
    parts = window.part(IncidentStrip).findChildren(QWidget)
    return " ".join(part.accessibleName() for part in parts if part.isVisible())


def text_field(window: Window) -> QTextEdit:
    field = window.field(IncidentsPage, "Единый текст")
    assert isinstance(field, QTextEdit)
    return field


def say(window: Window, qtbot: QtBot, words: str = "яма на лесной") -> None:
    """Enters a caller's words and waits until the strip shows the matching incident."""
    window.enter(words)
    qtbot.waitUntil(lambda: _fits(window), timeout=10_000)


def _fits(window: Window) -> bool:
    said = window.presenters.incidents.state.said
    return said is not None and said.fits


def open_page(window: Window) -> None:
    window.press(Qt.Key.Key_I, CTRL | SHIFT)
    for _round in range(6):
        QCoreApplication.processEvents()
