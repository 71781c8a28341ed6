"""Gives widgets their style sheets: what is seen at once, what is hidden before it is seen."""

from collections.abc import Callable
from weakref import WeakKeyDictionary

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from console.views.style_sheets import Sheet

TURN_MS = 8  # of hidden widgets in one go


class Wardrobe(QObject):
    """Belongs to the GUI thread; ``sheet_text`` gives a sheet in the colours that hold now."""

    def __init__(self, sheet_text: Callable[[Sheet], str], parent: QObject) -> None:
        super().__init__(parent)
        self._sheet_text = sheet_text
        self._texts: dict[Sheet, str] = {}
        self._worn: WeakKeyDictionary[QWidget, Sheet] = WeakKeyDictionary()
        self._waiting: dict[QWidget, Sheet] = {}
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._dress_some)

    def put_on(self, widget: QWidget, sheet: Sheet) -> None:
        """Let the widget and what stands in it wear this sheet, now and in all other colours."""
        self._worn[widget] = sheet
        widget.setStyleSheet(self._text(sheet))

    def wears(self, widget: QWidget) -> bool:
        """Whether the widget has a sheet of its own."""
        return widget in self._worn

    def change_colours(self) -> None:
        """Give what is seen its sheet in the new colours, and the others theirs in time."""
        self._texts.clear()
        for widget, sheet in tuple(self._worn.items()):
            if not isValid(widget):
                continue
            if widget.isVisible():
                self._forget(widget)
                widget.setStyleSheet(self._text(sheet))
            elif widget not in self._waiting:
                self._waiting[widget] = sheet
                widget.installEventFilter(self)
        if self._waiting:
            self._turn.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Somebody is shown a widget that still wears the colours of before."""
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget):
            self._dress(watched)
        return False

    def _dress_some(self) -> None:
        """A few of the hidden ones, in the order in which they were made."""
        clock = QElapsedTimer()
        clock.start()
        while self._waiting and clock.elapsed() < TURN_MS:
            self._dress(next(iter(self._waiting)))
        if not self._waiting:
            self._turn.stop()

    def _dress(self, widget: QWidget) -> None:
        sheet = self._forget(widget)
        if sheet is not None and isValid(widget):
            widget.setStyleSheet(self._text(sheet))

    def _forget(self, widget: QWidget) -> Sheet | None:
        sheet = self._waiting.pop(widget, None)
        if sheet is not None and isValid(widget):
            widget.removeEventFilter(self)
        return sheet

    def _text(self, sheet: Sheet) -> str:
        text = self._texts.get(sheet)
        if text is None:
            text = self._texts[sheet] = self._sheet_text(sheet)
        return text
