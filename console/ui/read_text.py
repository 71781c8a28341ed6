"""Read-only text widgets: full-height text, text under review, and text with differences.

Also highlights findings in a text (Regulation 6.12).
"""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QSizePolicy, QTextEdit, QWidget

from console.core.text_difference import Span
from console.core.view_data import Mark
from console.ui.style_sheets import Sheet
from console.ui.text_field import TextField, TextMarks, cursor_over, marked
from console.ui.theme import Theme
from sync.register.checks.finding import Finding

LINE_HEIGHT_PERCENT = 122


class ReadText(QTextEdit):
    """Read-only text that can be selected and copied; Tab skips it."""

    def __init__(
        self, theme: Theme, name: str, *, style: str = "message", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._found: Sequence[Finding] = ()
        self.setReadOnly(True)
        self.setProperty("flat", "true")
        theme.dress(self, Sheet.TEXT)
        theme.fit(self, lambda it: it.setFont(theme.font(style)))
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        theme.changed.connect(self._mark)

    def show_text(self, text: str, found: Sequence[Finding] = ()) -> None:
        """Shows a text with its findings; an unchanged text is not reloaded."""
        if text != self.toPlainText():
            self.setPlainText(text)
            spacing = QTextBlockFormat()
            spacing.setLineHeight(
                LINE_HEIGHT_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
            )
            cursor = QTextCursor(self.document())
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.mergeBlockFormat(spacing)
        self._found = found
        self._mark()
        self._fit()

    def _mark(self) -> None:
        self.setExtraSelections(marks(self, self._theme, self._found))

    def _fit(self) -> None:
        self.setFixedHeight(round(self.document().size().height()) + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(200, self.height())


def marks(
    field: QTextEdit, theme: Theme, found: Sequence[Finding]
) -> list[QTextEdit.ExtraSelection]:
    """Returns highlights for the findings (Regulation 6.12) in the field's text: soft background
    and underline.
    """
    text = field.toPlainText()
    return [
        marked(cursor_over(field.document(), text, one.start, one.end), "solid", theme)
        for one in found
        # A finding is skipped if its text was edited; the next check reports it again.
        if text[one.start : one.end] == one.text
    ]


_NAVIGATION = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
    }
)


class ReviewedText(TextField):
    """Read-only text with a cursor for navigating and copying; the page handles all other keys."""

    def __init__(self, theme: Theme, name: str, lines: tuple[int, int]) -> None:
        super().__init__(theme, "", lines)
        theme.fit(self, lambda it: it.setFont(theme.font("message")))
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard
            | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.setAccessibleName(name)

    def replace_text(self, text: str) -> None:
        """Shows the text, scrolled to its start."""
        super().replace_text(text)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        walks = event.key() in _NAVIGATION and not with_control
        copies = with_control and event.key() in (Qt.Key.Key_C, Qt.Key.Key_A)
        if walks or copies:
            QTextEdit.keyPressEvent(self, event)
        else:
            event.ignore()


class ComparedText(ReviewedText):
    """Text that highlights the parts which the compared text does not contain."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name, (4, 14))
        self._marks = TextMarks(self, theme)

    def show_text(self, text: str, alone: Sequence[Span]) -> None:
        self._marks.show_marks(())
        self.replace_text(text)
        self._marks.show_marks([Mark(span.start, span.end, "dash") for span in alone])
