"""Text that is read and not typed: as tall as it is, with places marked in it."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QSizePolicy, QTextEdit, QWidget

from console.views.components.text_marks import cursor_over, marked
from console.views.style_sheets import Sheet
from console.views.theme import Theme
from sync.register.checks.finding import Finding

LINE_HEIGHT_PERCENT = 122


class ReadText(QTextEdit):
    """Can be selected and copied; the keyboard passes it by."""

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
        """Show another text, or the same one with other marks."""
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
    """What of 6.12 stands in the field's text: on a soft ground and underlined."""
    text = field.toPlainText()
    return [
        marked(cursor_over(field.document(), text, one.start, one.end), "solid", theme)
        for one in found
        # What was typed over meanwhile is told anew by the next check.
        if text[one.start : one.end] == one.text
    ]
