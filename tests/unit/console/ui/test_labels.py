"""Setting a label to its current value does nothing: Qt would style it and lay it out again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from console.ui.labels import ElidedLabel, Pill, ThemedLabel
from console.ui.notices import IconSpot
from console.ui.theme import Theme, ThemeChoice, Tokens
from tests.fakes.faked_parts.shared import RESOURCES

WATCHED = {QEvent.Type.PaletteChange, QEvent.Type.UpdateRequest, QEvent.Type.LayoutRequest}


class Watch(QObject):
    """Counts events that style, lay out or paint a widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.seen = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.seen += event.type() in WATCHED
        return False


@pytest.fixture
def theme() -> Theme:
    return Theme(Tokens.read(RESOURCES / "styles" / "tokens.json"), ThemeChoice.LIGHT)


def test_a_role_and_a_state_that_hold_already_are_not_set_anew(qtbot: QtBot, theme: Theme) -> None:
    label, line, pill = ThemedLabel(theme, "Слова"), ElidedLabel(theme), Pill(theme)
    spot = IconSpot(theme, "phone", "ok", 16)
    for widget in (label, line, pill, spot):
        qtbot.addWidget(widget)
        with qtbot.waitExposed(widget):
            widget.show()

    def tell(role: str, state: str) -> int:
        """Number of Qt's events that the change causes."""
        watches = [Watch(widget) for widget in (label, line, pill, spot)]
        label.set_role(role)
        line.set_role(role)
        pill.set_state(state, icon="phone", kind="ok")
        spot.set_icon(state, role)
        QCoreApplication.processEvents()
        seen = [watch.seen for watch in watches]
        assert all(seen) or not any(seen)
        return sum(seen)

    assert tell("warn", "phone") > 0
    assert tell("warn", "phone") == 0
    assert tell("danger", "bell-ringing") > 0
