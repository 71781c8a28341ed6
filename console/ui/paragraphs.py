"""Clauses of the regulation for widgets: the mark «п. 7.3», and the clauses at the focus.

Every field, list or row names its clauses in the same way; one key opens the clauses of the focused
widget.
"""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from console.core import regulation_words
from console.ui.labels import ThemedLabel
from console.ui.theme import Theme
from sync.register.regulation import numbers_in

_PROPERTY = "paragraphs"


def name_paragraphs(widget: QWidget, *numbers: str) -> None:
    """Assigns clauses to a field and adds them to its accessible description."""
    set_paragraphs(widget, *numbers)
    widget.setAccessibleDescription(described(widget, widget.accessibleDescription()))


def set_paragraphs(widget: QWidget, *numbers: str) -> None:
    """Assigns clauses to a page or pane and everything in it."""
    widget.setProperty(_PROPERTY, list(numbers))


def described(widget: QWidget, text: str = "") -> str:
    """Accessible description of a widget: the text and its clauses."""
    return "\n".join(part for part in (text, regulation_words.told(_own(widget))) if part)


def paragraphs_at(widget: QWidget | None) -> tuple[str, ...]:
    """Clauses of the focused row, widget or nearest ancestor that has any.

    Rows, buttons and lines of text name their clauses in their own text.
    """
    inner = widget
    while widget is not None:
        numbers = _of_row(widget) or _own(widget)
        if not numbers and widget is inner:
            numbers = numbers_in(f"{widget.accessibleName()} {widget.accessibleDescription()}")
        if numbers:
            return numbers
        if widget.isWindow():
            break
        widget = widget.parentWidget()
    return ()


def _own(widget: QWidget) -> tuple[str, ...]:
    named = widget.property(_PROPERTY)
    return tuple(named) if isinstance(named, list) else ()


def _of_row(widget: QWidget) -> tuple[str, ...]:
    if not isinstance(widget, QAbstractItemView) or not widget.currentIndex().isValid():
        return ()
    row = widget.currentIndex()
    told = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
    return numbers_in(" ".join(str(row.data(role) or "") for role in told))


class ParagraphPlace(QWidget):
    """Ancestor that opens the clauses of all marks in it."""

    paragraphs_asked = Signal(object)  # tuple of clause numbers


class ParagraphMark(ThemedLabel):
    """«п. 7.3» in small grey letters; the tool tip is the clause's text, a click opens it."""

    def __init__(self, theme: Theme, *numbers: str) -> None:
        super().__init__(theme, style="label", role="text-3")
        self._numbers: tuple[str, ...] = ()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_numbers(numbers)

    def show_numbers(self, numbers: Iterable[str]) -> None:
        self._numbers = tuple(numbers)
        self.setText(regulation_words.marks(self._numbers) if self._numbers else "")
        self.setToolTip(regulation_words.told(self._numbers))
        self.setAccessibleDescription(self.toolTip())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self.parentWidget()
        while place is not None and not isinstance(place, ParagraphPlace):
            place = place.parentWidget()
        if place is not None:
            place.paragraphs_asked.emit(self._numbers)
