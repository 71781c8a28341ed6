"""Shows that a list has the keyboard while it has no row that the focus ring could stand round."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from console.views.components.paint import draw_focus_ring
from console.views.theme import Theme

INSET_PX = 1


class EmptyRing(QWidget):
    """Lies over its list and lets everything through; the ring stands round the whole of it."""

    def __init__(self, theme: Theme, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        view.installEventFilter(self)
        theme.changed.connect(self.update)
        self._follow()

    def _follow(self) -> None:
        self.setVisible(self._view.hasFocus())
        self.setGeometry(self._view.rect())
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.Resize):
            self._follow()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._view.currentIndex().isValid():
            return  # the row has the ring
        area = QRectF(self.rect()).adjusted(INSET_PX, INSET_PX, -INSET_PX, -INSET_PX)
        draw_focus_ring(QPainter(self), self._theme, area, 6)
