"""What is to be said to the caller before the end of the call."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.views.components.labels import ThemedLabel
from console.views.components.notices import IconSpot
from console.views.components.paint import fill_box
from console.views.theme import Theme


class PromiseBlock(QWidget):
    """What to tell the caller before the end: the number of the message, in plain sight."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._head = ThemedLabel(theme, self.tr("Say before the end"), style="state", role="accent")
        self._text = ThemedLabel(theme, style="spoken", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(IconSpot(theme, "speaker-high", "accent", theme.size("icon")))
        head.addWidget(self._head)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._text)
        self.setVisible(False)

    def show_text(self, text: str) -> None:
        self._text.setText(text)
        self.setVisible(bool(text))

    def paintEvent(self, event: QPaintEvent) -> None:
        fill_box(QPainter(self), QRectF(self.rect()), 8, self._theme.colour("accent-soft"))
