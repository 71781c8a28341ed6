"""A line that lies over the foot of its host, in the middle, as wide as its words."""

from PySide6.QtCore import QEvent, QObject, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from console.views.components.notices import FOOT_PX
from console.views.components.paint import fill_box
from console.views.theme import Theme

EDGES_PX = 48  # left of the host at both sides together
GAP_PX = 12
_COMES_AND_GOES = frozenset({QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Resize})


class FootStrip(QFrame):
    """Keeps its place when the host grows; hidden at first."""

    def __init__(
        self, theme: Theme, host: QWidget, *, least_px: int, above: QWidget | None = None
    ) -> None:
        """``least_px`` wide; it makes room at the foot for ``above`` as long as that is there."""
        super().__init__(host)
        self._theme = theme
        self._host = host
        self._least_px = least_px
        self._above = above
        self._row = QHBoxLayout(self)
        self._row.setSpacing(12)
        self.hide()
        host.installEventFilter(self)
        if above is not None:
            above.installEventFilter(self)

    def _place(self) -> None:
        self._row.activate()  # else it tells the width of the words before
        width = min(max(self.sizeHint().width(), self._least_px), self._host.width() - EDGES_PX)
        self.resize(width, self.sizeHint().height())
        bottom = self._host.height() - self._theme.size("statusbar") - FOOT_PX
        if self._above is not None and self._above.isVisible():
            bottom -= self._above.height() + GAP_PX
        self.move((self._host.width() - width) // 2, bottom - self.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_of_room = (watched is self._host and event.type() is QEvent.Type.Resize) or (
            watched is self._above and event.type() in _COMES_AND_GOES
        )
        if is_of_room and self.isVisible():
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        area = QRectF(self.rect())
        fill_box(QPainter(self), area, 8, theme.colour("raised"), theme.colour("line-control"))
