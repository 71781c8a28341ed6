"""Banner above the window that marks the training mode."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.ui.labels import ThemedLabel
from console.ui.notices import IconSpot
from console.ui.theme import Theme

HEIGHT_PX = 30
STRIPE_PX = 3


class TrainingBand(QWidget):
    """Banner in a colour that no state of normal work uses; its text also names the mode."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        theme.fit(self, lambda it: it.setFixedHeight(theme.grown(HEIGHT_PX)))
        head = ThemedLabel(theme, self.tr("Training mode"), style="strong", role="wrap")
        body = ThemedLabel(
            theme,
            self.tr("callers, city and records are fictional; nothing leaves this window"),
            style="label",
            role="wrap",
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 20, STRIPE_PX)
        row.setSpacing(8)
        row.addWidget(IconSpot(theme, "graduation-cap", "wrap", theme.size("icon")))
        row.addWidget(head)
        row.addWidget(body, 1, Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName(f"{head.text()}: {body.text()}")
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("wrap-soft"))
        stripe = self.height() - STRIPE_PX
        painter.fillRect(0, stripe, self.width(), STRIPE_PX, self._theme.colour("wrap"))
