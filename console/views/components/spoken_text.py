"""Text that is read aloud to a caller, with looks away from it."""

from PySide6.QtGui import QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from console.views.theme import Theme

LINE_PERCENT = 130
GAP_PX = 7


def show_spoken(field: QTextEdit, theme: Theme, text: str) -> None:
    """Put the text into the field in large letters, lines apart and sentences further apart."""
    field.setFont(theme.font("spoken"))
    field.setPlainText(text)
    spaced = QTextBlockFormat()
    spaced.setLineHeight(LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    spaced.setBottomMargin(GAP_PX)
    cursor = QTextCursor(field.document())
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.mergeBlockFormat(spaced)
