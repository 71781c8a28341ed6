"""The head of a table, whose edges a hand can move."""

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QHideEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QHeaderView, QTableView

from console.views.theme import Theme

GRIP_PX = 5  # how far from an edge a hand still takes hold of it
TICK_PARTS = 4  # a tick leaves this part of the height free above it and below


class TableHeader(QHeaderView):
    """Tells how far the edge of a column is drawn, and when it is let go.

    One column has the rest of the room: those at its left are moved by their right edge, those at
    its right by their left one, so that an edge stays under the hand. A double click puts a column
    back.
    """

    drawn = Signal(int, int)  # column, width in px
    let_go = Signal()
    put_back = Signal(int)  # column
    panel_asked = Signal()
    resized = Signal()
    hidden = Signal()

    def __init__(self, theme: Theme, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._theme = theme
        self._rest: int | None = None
        self._column: int | None = None
        self._from_x, self._from_px = 0, 0
        self._is_drawn = False
        self.setHighlightSections(False)
        self.setSectionsClickable(False)
        self.setMouseTracking(True)
        theme.fit(self, lambda it: it.setFont(theme.font("label")))
        theme.fit(self, lambda it: it.setFixedHeight(theme.size("button")))

    def let_move(self, rest: int | None) -> None:
        """Let edges be moved around the column that has the rest; None: they stand fast."""
        self._rest = rest

    # --- the mouse ---

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        column = self._taken_at(at)
        if event.button() is Qt.MouseButton.LeftButton and column is not None:
            self._column, self._is_drawn = column, False
            self._from_x, self._from_px = at.x(), self.sectionSize(column)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._column is None or self._rest is None:
            taken = self._taken_at(at)
            self.viewport().setCursor(
                Qt.CursorShape.ArrowCursor if taken is None else Qt.CursorShape.SplitHCursor
            )
            return
        by_px = at.x() - self._from_x
        if by_px or self._is_drawn:
            self._is_drawn = True
            is_left = self._column < self._rest
            self.drawn.emit(self._column, self._from_px + (by_px if is_left else -by_px))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        was_drawn = self._column is not None and self._is_drawn
        self._column, self._is_drawn = None, False
        if was_drawn:
            self.let_go.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        column = self._taken_at(event.position().toPoint())
        if column is not None:
            self.put_back.emit(column)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._rest is not None:
            self.panel_asked.emit()

    def _taken_at(self, at: QPoint) -> int | None:
        """The column whose edge is there."""
        edges = {edge: column for column, edge in self._edges()}
        near = min(edges, key=lambda edge: abs(edge - at.x()), default=None)
        return edges[near] if near is not None and abs(near - at.x()) <= GRIP_PX else None

    def _edges(self) -> list[tuple[int, int]]:
        """Each column but the one that has the rest, with where the edge is that moves it."""
        if self._rest is None:
            return []
        starts = {column: self.sectionViewportPosition(column) for column in range(self.count())}
        return [
            (column, start + self.sectionSize(column) if column < self._rest else start)
            for column, start in starts.items()
            if column != self._rest
        ]

    # --- what is seen ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.hidden.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A tick at each edge that can be moved, while the mouse is here."""
        super().paintEvent(event)
        # Where the pointer is now would be asked of the display, and the frame wait for it.
        if not (self.underMouse() or self._column is not None):
            return
        painter = QPainter(self.viewport())
        free = self.height() // TICK_PARTS
        for _column, edge in self._edges():
            tick = self._theme.colour("line-control")
            painter.fillRect(edge, free, 1, self.height() - 2 * free, tick)
