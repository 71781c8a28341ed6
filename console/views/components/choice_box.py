"""A list that folds: one value chosen of many, by arrows or from the open list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from console.views.components.icons import draw_icon
from console.views.style_sheets import Sheet
from console.views.theme import Theme


class ChoiceBox(QComboBox):
    """``picked`` tells what a person chose; the wheel over it chooses nothing."""

    picked = Signal(str)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        theme.dress(self, Sheet.CHOICE)
        theme.fit(self, lambda it: it.setFont(theme.font("field")))
        theme.fit(self, lambda it: it.setFixedHeight(theme.size("field")))
        self.setAccessibleName(name)
        self.view().setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.activated.connect(self._tell)

    def show_choices(self, rows: Sequence[tuple[str, str]], value: str) -> None:
        """Values with their words, and the one that holds; told back to nobody."""
        shown = [(self.itemData(place), self.itemText(place)) for place in range(self.count())]
        if shown != list(rows):
            self.clear()
            for known, text in rows:
                self.addItem(text, known)
        self.setCurrentIndex(max(0, self.findData(value)))

    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.ShortcutOverride
            and event.modifiers() & (Qt.KeyboardModifier.ControlModifier)
        ):
            event.ignore()  # chords belong to the desk
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        size = self._theme.size("icon_meta")
        right = QRectF(self.width() - size - 12, 0, size, self.height())
        role = "text-2" if self.isEnabled() else "text-disabled"
        draw_icon(QPainter(self), "caret-down", right, size, self._theme.colour(role))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _tell(self, place: int) -> None:
        self.picked.emit(self.itemData(place))
