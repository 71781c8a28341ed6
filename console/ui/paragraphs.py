"""Clauses of the regulation in widgets: the label «п. 7.3», and the clauses of the focused widget.

Every field, list or row names its clauses in the same form; one key opens the clauses of the
focused widget.
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
    """Assigns clauses to a field and adds their summaries to its accessible description."""
    set_paragraphs(widget, *numbers)
    widget.setAccessibleDescription(described(widget, widget.accessibleDescription()))


def set_paragraphs(widget: QWidget, *numbers: str) -> None:
    """Assigns clauses to a page or pane; they also apply to all widgets inside that have none."""
    widget.setProperty(_PROPERTY, list(numbers))


def described(widget: QWidget, text: str = "") -> str:
    """Returns the accessible description of a widget: the text and the summaries of its clauses."""
    return "\n".join(part for part in (text, regulation_words.told(_own(widget))) if part)


def paragraphs_at(widget: QWidget | None) -> tuple[str, ...]:
    """Returns the clauses of the focused row or widget, or of the nearest ancestor that has any.

    Rows, buttons and lines of text can name clauses in their own text.
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
    """Container that receives the requests of all clause labels inside it to open their clauses."""

    paragraphs_asked = Signal(object)  # tuple of clause numbers


class ParagraphMark(ThemedLabel):
    """Clickable label «п. 7.3» in small grey letters; the tool tip is the summary of the clause, a
    click opens its text.
    """

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
