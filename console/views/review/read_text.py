"""Texts that are read and not typed: the message under review, and two side by side."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QTextEdit

from console.presenters.message_checks import Mark
from console.presenters.text_difference import Span
from console.views.components.text_field import TextField
from console.views.components.text_marks import TextMarks
from console.views.theme import Theme

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


class ReadText(TextField):
    """A text with a caret to walk and copy by; every other key is the page's."""

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
        """Show another text, read from its beginning."""
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


class ComparedText(ReadText):
    """A text whose own words are marked: those the other one has not."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name, (4, 14))
        self._marks = TextMarks(self, theme)

    def show_text(self, text: str, alone: Sequence[Span]) -> None:
        self._marks.show_marks(())
        self.replace_text(text)
        self._marks.show_marks([Mark(span.start, span.end, "dash") for span in alone])
