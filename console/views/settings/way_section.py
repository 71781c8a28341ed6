"""A row of the settings that leads to a page with a place of its own on the desk."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from console.views.components.buttons import ActionButton
from console.views.components.labels import ThemedLabel
from console.views.settings.section import SectionPage
from console.views.theme import Theme


class WaySection(SectionPage):
    """What is there, and a button that goes there; Enter in the list goes at once."""

    asked = Signal()

    def __init__(self, theme: Theme, title: str, lead: str, *, key: str = "") -> None:
        super().__init__()
        go = ActionButton(theme, self.tr("Open the page"), key=key, icon="arrow-right")
        go.clicked.connect(self.asked)
        foot = QHBoxLayout()
        foot.addWidget(go)
        foot.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 14, 24, 10)
        page.setSpacing(10)
        page.addWidget(ThemedLabel(theme, title, style="title"))
        page.addWidget(ThemedLabel(theme, lead, role="text-2", wrap=True))
        page.addLayout(foot)
        page.addStretch(1)

    def focus_first(self) -> None:
        self.asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
