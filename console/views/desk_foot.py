"""The foot of the desk: the status bar, and above it or beside it what can be taken back."""

from PySide6.QtCore import Qt, QTimer
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
        # A resize comes in the midst of a layout, in which nothing may change its place.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._lay_out_if_shown)
        undo.coming.connect(self._lay_out)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.follow_window()

    def follow_window(self) -> None:
        """The window has another size now, or may have."""
        self._later.start()

    def _lay_out_if_shown(self) -> None:
        if not self._undo.isHidden():
            self._lay_out()

    def _lay_out(self) -> None:
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
