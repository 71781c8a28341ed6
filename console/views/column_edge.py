"""The edge of the right column, which a hand can move."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from console.views.theme import Theme

WIDTH_PX = 5  # a hairline, and room to take hold of it


class ColumnEdge(QWidget):
    """Tells how far it is drawn, and when it is let go; a double click puts it back."""

    drawn = Signal(int)  # px to the left of where it was taken
    let_go = Signal()
    put_back = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._taken_at: float | None = None
        self._is_drawn = False
        self.setFixedWidth(WIDTH_PX)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setAccessibleName(self.tr("Edge of the right column"))
        theme.changed.connect(self.update)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._taken_at, self._is_drawn = event.globalPosition().x(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._taken_at is not None:
            self._is_drawn = True
            self.drawn.emit(round(self._taken_at - event.globalPosition().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._is_drawn:
            self.let_go.emit()
        self._taken_at, self._is_drawn = None, False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.put_back.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("surface"))
        painter.fillRect(0, 0, 1, self.height(), self._theme.colour("line"))
