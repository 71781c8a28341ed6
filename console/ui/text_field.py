"""Multi-line text field, numbered underlines in its text, and text insertion at the cursor.

``typed_place`` returns the focused text field, multi-line or single-line, except a password field.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QSizePolicy, QTextEdit, QWidget

from console.core.view_data import Mark
from console.ui.style_sheets import Sheet
from console.ui.theme import Theme

LINE_HEIGHT_PERCENT = 122
LONG_TEXT = 4_000  # characters; longer texts are laid out and checked incrementally


class TextField(QTextEdit):
    """Multi-line plain text field that grows with its text, by default from three to eight lines,
    and then scrolls.
    """

    edited = Signal(str)
    left = Signal()

    def __init__(
        self,
        theme: Theme,
        placeholder: str = "",
        lines: tuple[int, int] = (3, 8),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines = lines
        self._showing = False
        self._told = ""
        theme.dress(self, Sheet.TEXT)
        theme.fit(self, lambda it: it.setFont(theme.font("field")))
        # the placeholder uses the font of the viewport
        theme.fit(self.viewport(), lambda it: it.setFont(theme.font("field")))
        # Makes the viewport opaque, or else all ancestors are painted below each typed character.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        theme.changed.connect(self.viewport().update)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setPlaceholderText(placeholder)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._space_lines()
        self.textChanged.connect(self._changed)
        theme.fit(self, lambda it: it.take_height())

    def replace_text(self, text: str) -> None:
        """Shows a text set by the application; preserves the cursor position if possible."""
        if self.toPlainText() == text:
            return
        self._showing = True
        position = self.textCursor().position()
        at_end = self.textCursor().atEnd()
        if len(text) > LONG_TEXT:
            self._put_long(text)
        else:
            self.setPlainText(text)
            self._space_lines()
        self._put_caret(self.document().characterCount() - 1 if at_end else position)
        self._showing = False
        self.take_height()
        if not self.hasFocus():
            self.verticalScrollBar().setValue(0)

    def _put_caret(self, position: int) -> None:
        """Moves the cursor to the position, or to the end if the text is shorter."""
        cursor = self.textCursor()
        wanted = min(position, self.document().characterCount() - 1)
        if cursor.position() != wanted or cursor.hasSelection():  # avoids a full layout of the text
            cursor.setPosition(wanted)
            self.setTextCursor(cursor)

    def _put_long(self, text: str) -> None:
        """Inserts text and line spacing in one edit; two edits would lay out the text twice."""
        document = self.document()
        # Without a page size nothing is laid out. When the width is set again, only the start is
        # laid out immediately, the rest in idle time.
        width_px = document.textWidth()
        document.setPageSize(QSizeF(0, 0))
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setBlockFormat(_spaced())
        cursor.insertText(text, QTextCharFormat())
        cursor.endEditBlock()
        document.setTextWidth(width_px)
        document.clearUndoRedoStacks()

    def _space_lines(self) -> None:
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(_spaced())
        # The user must not be able to undo text and spacing set by the application.
        self.document().clearUndoRedoStacks()

    @property
    def is_showing(self) -> bool:
        """Whether the text is being changed by the application and not by the user."""
        return self._showing

    def _changed(self) -> None:
        self.take_height()
        text = self.toPlainText()
        # Qt also emits textChanged for format changes.
        if not self._showing and text != self._told:
            self.edited.emit(text)
        self._told = text

    def _line_px(self) -> float:
        return self.fontMetrics().lineSpacing() * LINE_HEIGHT_PERCENT / 100

    def take_height(self) -> None:
        """Sets the height required by the text at the current text size, within the limits."""
        lowest, highest = (round(self._line_px() * count) + 24 for count in self._lines)
        wanted = highest if self._is_high() else round(self.document().size().height()) + 16
        self.setFixedHeight(max(lowest, min(highest, wanted)))

    def _is_high(self) -> bool:
        """Whether a long text certainly exceeds the maximum height; found without a layout of the
        text.
        """
        document = self.document()
        return document.characterCount() > LONG_TEXT and document.blockCount() > self._lines[1] + 1

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.colour(self._ground()))
        painter.end()
        super().paintEvent(event)

    def _ground(self) -> str:
        """Returns the colour role of the background in the current state."""
        if not self.isEnabled():
            return "sunken"
        return "warn-soft" if self.property("inside") else "surface"

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.take_height()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Chords of the page have priority over the Ctrl keys of the editor.
        if event.matches(QKeySequence.StandardKey.InsertParagraphSeparator) and (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            event.ignore()
            return
        super().keyPressEvent(event)


def _spaced() -> QTextBlockFormat:
    spacing = QTextBlockFormat()
    spacing.setLineHeight(
        LINE_HEIGHT_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
    )
    return spacing


_LAST_ONE_UNIT = "\uffff"  # characters above it have two UTF-16 units in Qt
NUMBER_PX = 9
_LOOKS = {
    "wave": ("danger", "danger-soft", QTextCharFormat.UnderlineStyle.WaveUnderline),
    "dash": ("warn", "warn-soft", QTextCharFormat.UnderlineStyle.DashUnderline),
    "solid": ("wrap", "wrap-soft", QTextCharFormat.UnderlineStyle.SingleUnderline),
}


class TextMarks(QObject):
    """Numbered underlines in one field; they move with edits before them."""

    def __init__(self, field: TextField, theme: Theme) -> None:
        super().__init__(field)
        self._field = field
        self._theme = theme
        self._marks: tuple[Mark, ...] = ()
        self._cursors: list[QTextCursor] = []
        self._numbers = _Numbers(field, theme)
        theme.changed.connect(self._paint)

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Replaces all underlined ranges."""
        if tuple(marks) == self._marks and self._cursors:
            return
        self._marks = tuple(marks)
        text = self._field.toPlainText()
        document = self._field.document()
        self._cursors = [cursor_over(document, text, m.start, m.end) for m in self._marks]
        self._paint()

    def select(self, number: int) -> None:
        """Focuses the field and selects the text of the underlined range with this index."""
        if number < len(self._cursors):
            self._field.setTextCursor(QTextCursor(self._cursors[number]))
            self._field.ensureCursorVisible()
        self._field.setFocus()

    def selected(self) -> tuple[int, int]:
        """Returns the selected range in characters; an empty range if nothing is selected."""
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
    """Paints the numbers of the underlined ranges over the field; transparent for keys and
    mouse.
    """

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
    """Returns a cursor that selects this character range of the document."""
    cursor = QTextCursor(document)
    cursor.setPosition(_units(text[:start]))
    cursor.setPosition(_units(text[:end]), QTextCursor.MoveMode.KeepAnchor)
    return cursor


def marked(cursor: QTextCursor, look: str, theme: Theme) -> QTextEdit.ExtraSelection:
    """Returns an extra selection with background and underline; ``look`` is that of a ``Mark``."""
    ink, ground, underline = _LOOKS[look]
    form = QTextCharFormat()
    form.setBackground(theme.colour(ground))
    form.setUnderlineStyle(underline)
    form.setUnderlineColor(theme.colour(ink))
    selection = QTextEdit.ExtraSelection()
    # The stubs of PySide6 omit the public fields of ExtraSelection.
    selection.cursor, selection.format = cursor, form  # type: ignore[attr-defined]
    return selection


def _characters(text: str, units: int) -> int:
    """Returns the number of characters before an offset in UTF-16 units."""
    place = 0
    for count, character in enumerate(text):
        if place >= units:
            return count
        place += 2 if character > _LAST_ONE_UNIT else 1
    return len(text)


def _units(text: str) -> int:
    """Returns the length of the text in UTF-16 units."""
    return len(text) + sum(character > _LAST_ONE_UNIT for character in text)


class TypedPlace(Protocol):
    """The focused text field and its cursor; offsets are in UTF-16 units, as in Qt."""

    @property
    def field(self) -> QWidget: ...

    def before(self) -> str:
        """Returns the text of the line up to the cursor, or up to the end of the selection."""

    def selected(self) -> str:
        """Returns the selected text; empty if nothing is selected."""

    def put(self, text: str, *, instead_of_before: int = 0) -> int:
        """Inserts text at the cursor and replaces ``instead_of_before`` characters before it.

        Returns the offset of the inserted text.
        """

    def put_for_selected(self, text: str) -> None:
        """Replaces the selection with the text and selects the text."""

    def select(self, start: int, length: int) -> None:
        """Selects ``length`` characters from ``start``."""


def typed_place() -> TypedPlace | None:
    """Returns the focused field if it accepts text; None for a password field."""
    focused = QApplication.focusWidget()
    if isinstance(focused, QTextEdit) and not focused.isReadOnly():
        return _InText(focused)
    if (
        isinstance(focused, QLineEdit)
        and not focused.isReadOnly()
        and focused.echoMode() is QLineEdit.EchoMode.Normal
    ):
        return _InLine(focused)
    return None


@dataclass(frozen=True, slots=True)
class _InText:
    field: QTextEdit

    def before(self) -> str:
        cursor = self.field.textCursor()
        block = cursor.document().findBlock(cursor.selectionEnd())
        return block.text()[: cursor.selectionEnd() - block.position()]

    def selected(self) -> str:
        # Qt separates paragraphs of a selection with U+2029.
        return self.field.textCursor().selectedText().replace("\u2029", "\n")

    def put(self, text: str, *, instead_of_before: int = 0) -> int:
        cursor = self.field.textCursor()
        cursor.setPosition(cursor.selectionEnd())
        move = QTextCursor.MoveMode.KeepAnchor
        cursor.movePosition(QTextCursor.MoveOperation.Left, move, instead_of_before)
        start = cursor.selectionStart()
        cursor.insertText(text)
        self.field.setTextCursor(cursor)
        self.field.ensureCursorVisible()
        return start

    def put_for_selected(self, text: str) -> None:
        cursor = self.field.textCursor()
        start = cursor.selectionStart()
        cursor.insertText(text)
        self.select(start, len(text))

    def select(self, start: int, length: int) -> None:
        cursor = self.field.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        self.field.setTextCursor(cursor)


@dataclass(frozen=True, slots=True)
class _InLine:
    field: QLineEdit

    def before(self) -> str:
        field = self.field
        end = field.selectionEnd() if field.hasSelectedText() else field.cursorPosition()
        return field.text()[:end]

    def selected(self) -> str:
        return self.field.selectedText()

    def put(self, text: str, *, instead_of_before: int = 0) -> int:
        field = self.field
        end = len(self.before())
        start = end - instead_of_before
        field.deselect()
        if instead_of_before:
            field.setSelection(start, instead_of_before)
        else:
            field.setCursorPosition(end)
        field.insert(" ".join(text.split("\n")))
        return start

    def put_for_selected(self, text: str) -> None:
        start = self.field.selectionStart()
        self.field.insert(text)
        self.select(start, len(text))

    def select(self, start: int, length: int) -> None:
        self.field.setSelection(start, length)
