"""What scrolls up and down: its area, the keys that do it, and what is to stay in sight."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QScrollArea,
    QWidget,
)

from console.views.theme import Theme

SCROLLS: dict[int, QAbstractSlider.SliderAction] = {
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
}

EDGE_PX = 12  # above and below what is scrolled to


def scrolls(area: QScrollArea, event: QKeyEvent) -> bool:
    """Whether it is a key that scrolls, which has scrolled the area then."""
    action = SCROLLS.get(event.key())
    if action is not None:
        area.verticalScrollBar().triggerAction(action)
    return action is not None


def scrolled(theme: Theme, inside: QWidget) -> QScrollArea:
    """An area without a frame that takes no keyboard itself: the page has it, or a field inside."""
    area = QScrollArea()
    area.setWidget(inside)
    area.setWidgetResizable(True)
    theme.dress_area(area)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inside.setAutoFillBackground(False)  # which the area has just turned on
    return area


def keep_in_sight(focused: QWidget | None) -> None:
    """Scroll whatever has become lower to what has the keyboard there."""
    if isinstance(focused, QAbstractItemView):
        focused.scrollTo(focused.currentIndex())
    around = focused
    while around is not None and focused is not None:
        if isinstance(around, QScrollArea) and around is not focused:
            around.ensureWidgetVisible(focused)
        around = around.parentWidget()


class CaretInSight(QObject):
    """Keeps the field with the keyboard in sight, however it came there and whatever grows above.

    Qt scrolls to a field that Tab has led to, and to no other.
    """

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area = area
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_changed)
        for grows in (area.viewport(), area.widget()):
            grows.installEventFilter(self)

    def _focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._area.isAncestorOf(now):
            # The form may still be growing for what has brought the keyboard here.
            QTimer.singleShot(0, self, self._scroll)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._scroll)
        return False

    def _scroll(self) -> None:
        focused = QApplication.focusWidget()
        if focused is None or not self._area.isAncestorOf(focused):
            return
        room_px = self._area.viewport().height()
        if focused.height() + 2 * EDGE_PX <= room_px:
            middle = focused.mapTo(self._area.widget(), focused.rect().center())
            self._area.ensureVisible(0, middle.y(), 0, focused.height() // 2 + EDGE_PX)
        else:
            self._area.ensureWidgetVisible(focused, 0, EDGE_PX)  # the caret in it
