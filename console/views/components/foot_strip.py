"""A line that lies over the foot of its host, in the middle, as wide as its words."""

from PySide6.QtCore import QEvent, QObject, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from console.views.components.notices import foot_px
from console.views.components.paint import fill_box
from console.views.theme import Theme

EDGES_PX = 48  # left of the host at both sides together


class FootStrip(QFrame):
    """Keeps its place when the host grows; hidden at first."""

    def __init__(self, theme: Theme, host: QWidget, *, least_px: int) -> None:
        super().__init__(host)
        self._theme = theme
        self._host = host
        self._least_px = least_px
        self._row = QHBoxLayout(self)
        self._row.setSpacing(12)
        self.hide()
        host.installEventFilter(self)

    def _place(self) -> None:
        self._row.activate()  # else it tells the width of the words before
        width = min(max(self.sizeHint().width(), self._least_px), self._host.width() - EDGES_PX)
        self.resize(width, self.sizeHint().height())
        bottom = self._host.height() - foot_px(self._theme)
        self.move((self._host.width() - width) // 2, bottom - self.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        area = QRectF(self.rect())
        fill_box(QPainter(self), area, 8, theme.colour("raised"), theme.colour("line-control"))
