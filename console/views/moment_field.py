"""The field of a day: figures, words, or the quick choices by the arrows."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from console.presenters.typed import QUICK_MOMENTS
from console.views.components.fields import LineField
from console.views.theme import Theme


class MomentField(LineField):
    """A line for a day; the arrows step through the moments that callers tell most."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, placeholder, parent)
        self._place = -1
        self.textEdited.connect(self._begin_again)

    def _begin_again(self) -> None:
        self._place = -1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down.value: 1, Qt.Key.Key_Up.value: -1}.get(event.key())
        if step is None or event.modifiers():
            super().keyPressEvent(event)
            return
        if self._place < 0 and step < 0:
            self._place = 0
        self._place = (self._place + step) % len(QUICK_MOMENTS)
        # What the presenter makes of it may be shown over what was typed.
        self.setModified(False)
        self.chosen.emit(QUICK_MOMENTS[self._place])
