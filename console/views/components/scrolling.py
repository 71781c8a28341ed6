"""What scrolls up and down: its area, the keys that do it, and what is to stay in sight."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QAbstractSlider, QScrollArea, QWidget

SCROLLS: dict[int, QAbstractSlider.SliderAction] = {
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
}


def scrolled(inside: QWidget) -> QScrollArea:
    """An area without a frame that takes no keyboard itself: the page has it, or a field inside."""
    area = QScrollArea()
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.viewport().setAutoFillBackground(False)
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
