"""Several lines of plain text that a person types: as high as the text, also of a long one."""

from PySide6.QtCore import QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import (
    QSizePolicy,
    QTextEdit,
    QWidget,
)

from console.views.style_sheets import Sheet
from console.views.theme import Theme

LINE_HEIGHT_PERCENT = 122
LONG_TEXT = 4_000  # letters; what is longer is laid out and looked at while the window works on


class TextField(QTextEdit):
    """Several lines of plain text; grows from three to eight lines, then scrolls."""

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
        # the words of an empty field are painted in the font of what scrolls in it
        theme.fit(self.viewport(), lambda it: it.setFont(theme.font("field")))
        # Else everything that the field stands in is painted below each letter.
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
        """Show a value that came from elsewhere; keeps the caret where the text allows it."""
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
        """There, or at the end of a text that has become shorter."""
        cursor = self.textCursor()
        wanted = min(position, self.document().characterCount() - 1)
        if cursor.position() != wanted or cursor.hasSelection():  # else it lays all out up to there
            cursor.setPosition(wanted)
            self.setTextCursor(cursor)

    def _put_long(self, text: str) -> None:
        """Letters and spacing of lines in one go, else all is laid out and looked at twice."""
        document = self.document()
        # Without a page nothing is laid out; with one again, the beginning is, and the rest when
        # the window has time.
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
        # What came from elsewhere is nobody's typing, and its spacing is no step to undo.
        self.document().clearUndoRedoStacks()

    @property
    def is_showing(self) -> bool:
        """Whether the change under way comes from elsewhere and not from a person."""
        return self._showing

    def _changed(self) -> None:
        self.take_height()
        text = self.toPlainText()
        # Qt also tells of a new look of the same letters.
        if not self._showing and text != self._told:
            self.edited.emit(text)
        self._told = text

    def _line_px(self) -> float:
        return self.fontMetrics().lineSpacing() * LINE_HEIGHT_PERCENT / 100

    def take_height(self) -> None:
        """As high as the text needs in letters of this size, within the field's bounds."""
        lowest, highest = (round(self._line_px() * count) + 24 for count in self._lines)
        wanted = highest if self._is_high() else round(self.document().size().height()) + 16
        self.setFixedHeight(max(lowest, min(highest, wanted)))

    def _is_high(self) -> bool:
        """Whether a long text surely has more lines than are shown: to measure it lays it out."""
        document = self.document()
        return document.characterCount() > LONG_TEXT and document.blockCount() > self._lines[1] + 1

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.colour(self._ground()))
        painter.end()
        super().paintEvent(event)

    def _ground(self) -> str:
        """The colour role of its style sheet for the state that it is in."""
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
        # The chords of the desk win over the editor's own Ctrl keys.
        if event.matches(QKeySequence.StandardKey.InsertParagraphSeparator) and (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            event.ignore()
            return
        super().keyPressEvent(event)


def _spaced() -> QTextBlockFormat:
    """The spacing of the lines."""
    spacing = QTextBlockFormat()
    spacing.setLineHeight(
        LINE_HEIGHT_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
    )
    return spacing
