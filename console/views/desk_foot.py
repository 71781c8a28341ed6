"""The foot of the desk: the status bar, and above it or beside it what can be taken back."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.views.components.labels import Line, Surface
from console.views.components.undo_strip import UndoStrip
from console.views.status_bar import StatusBar
from console.views.theme import Theme

LOW_PX = 800  # of the window; a lower one has no height for both below a card under a banner


class DeskFoot(Surface):
    """In a low window that is wide enough both stand in one row, and the keys make room."""

    def __init__(self, theme: Theme, undo: UndoStrip, status: StatusBar, window: QWidget) -> None:
        super().__init__(theme, "surface")
        self._undo = undo
        self._status = status
        self._window = window
        self._is_one_row = False
        self._row = QHBoxLayout()
        self._row.setSpacing(0)
        self._row.addWidget(status, 1)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(undo)
        column.addWidget(Line(theme, Qt.Orientation.Horizontal))
        column.addLayout(self._row)
        undo.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._undo and event.type() is QEvent.Type.ShowToParent:
            self.lay_out()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay_out()

    def lay_out(self) -> None:
        """In one row, or one above the other."""
        needed = self._status.states_px + self._undo.sizeHint().width()
        is_low = self._window.height() < self._theme.grown(LOW_PX)
        is_one_row = is_low and needed <= self._window.width()
        if is_one_row is self._is_one_row:
            return
        self._is_one_row = is_one_row
        self._undo.stand_in_row(is_one_row)
        if is_one_row:
            self._row.addWidget(self._undo)
        else:
            self._column.insertWidget(0, self._undo)
