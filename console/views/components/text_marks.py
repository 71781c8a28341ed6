"""Underlined words of a text field that somebody is to look at; the text stays as it is.

Behind each stands the number that it has in the list of findings, small and raised.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit, QWidget

from console.presenters.message_checks import Mark
from console.views.components.text_field import TextField
from console.views.theme import Theme

_LAST_ONE_UNIT = "\uffff"  # what comes after takes two of Qt's places
NUMBER_PX = 9
_LOOKS = {
    "wave": ("danger", "danger-soft", QTextCharFormat.UnderlineStyle.WaveUnderline),
    "dash": ("warn", "warn-soft", QTextCharFormat.UnderlineStyle.DashUnderline),
    "solid": ("wrap", "wrap-soft", QTextCharFormat.UnderlineStyle.SingleUnderline),
}


class TextMarks(QObject):
    """The marks of one field; they move with the letters that are typed before them."""

    def __init__(self, field: TextField, theme: Theme) -> None:
        super().__init__(field)
        self._field = field
        self._theme = theme
        self._marks: tuple[Mark, ...] = ()
        self._cursors: list[QTextCursor] = []
        self._numbers = _Numbers(field, theme)
        theme.changed.connect(self._paint)

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Mark these characters, and no others, until told otherwise."""
        if tuple(marks) == self._marks and self._cursors:
            return
        self._marks = tuple(marks)
        text = self._field.toPlainText()
        document = self._field.document()
        self._cursors = [cursor_over(document, text, m.start, m.end) for m in self._marks]
        self._paint()

    def select(self, number: int) -> None:
        """Put the keyboard into the field, with the words of the mark selected."""
        if number < len(self._cursors):
            self._field.setTextCursor(QTextCursor(self._cursors[number]))
            self._field.ensureCursorVisible()
        self._field.setFocus()

    def selected(self) -> tuple[int, int]:
        """The characters of the text that are selected; an empty range for none."""
        cursor = self._field.textCursor()
        text = self._field.toPlainText()
        return (
            _characters(text, cursor.selectionStart()),
            _characters(text, cursor.selectionEnd()),
        )

    def _paint(self) -> None:
        self._field.setExtraSelections(
            [
                marked(cursor, mark.look, self._theme)
                for mark, cursor in zip(self._marks, self._cursors, strict=True)
            ]
        )
        self._numbers.show_numbers(
            [
                (cursor, mark.number, _LOOKS[mark.look][0])
                for mark, cursor in zip(self._marks, self._cursors, strict=True)
                if mark.number
            ]
        )


class _Numbers(QWidget):
    """The numbers of the marks, painted over the field; keys and mouse go through to it."""

    def __init__(self, field: TextField, theme: Theme) -> None:
        super().__init__(field.viewport())
        self._field = field
        self._theme = theme
        self._shown: list[tuple[QTextCursor, int, str]] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        field.viewport().installEventFilter(self)
        field.textChanged.connect(self.update)
        field.verticalScrollBar().valueChanged.connect(self.update)

    def show_numbers(self, numbers: list[tuple[QTextCursor, int, str]]) -> None:
        self._shown = numbers
        self.setGeometry(self._field.viewport().rect())
        self.setVisible(bool(numbers))
        self.raise_()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self.setGeometry(self._field.viewport().rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = QFont(self._theme.font("caption"))
        font.setPixelSize(NUMBER_PX)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        for cursor, number, role in self._shown:
            end = QTextCursor(cursor)
            end.setPosition(cursor.selectionEnd())
            place = self._field.cursorRect(end)
            painter.setPen(self._theme.colour(role))
            painter.drawText(place.left(), place.top() + NUMBER_PX - 3, str(number))


def cursor_over(document: QTextDocument, text: str, start: int, end: int) -> QTextCursor:
    """A cursor that selects these characters of the document's text."""
    cursor = QTextCursor(document)
    cursor.setPosition(_units(text[:start]))
    cursor.setPosition(_units(text[:end]), QTextCursor.MoveMode.KeepAnchor)
    return cursor


def marked(cursor: QTextCursor, look: str, theme: Theme) -> QTextEdit.ExtraSelection:
    """What the cursor selects, on a soft ground and underlined as a mark of this look is."""
    ink, ground, underline = _LOOKS[look]
    form = QTextCharFormat()
    form.setBackground(theme.colour(ground))
    form.setUnderlineStyle(underline)
    form.setUnderlineColor(theme.colour(ink))
    selection = QTextEdit.ExtraSelection()
    # PySide6's stubs leave out the public fields of ExtraSelection.
    selection.cursor, selection.format = cursor, form  # type: ignore[attr-defined]
    return selection


def _characters(text: str, units: int) -> int:
    """How many characters of the text stand before a place of Qt's."""
    place = 0
    for count, character in enumerate(text):
        if place >= units:
            return count
        place += 2 if character > _LAST_ONE_UNIT else 1
    return len(text)


def _units(text: str) -> int:
    """How many places the text takes for Qt, which counts a rare character as two."""
    return len(text) + sum(character > _LAST_ONE_UNIT for character in text)
