"""Where a person types: the text round the caret of a field, and what is put there, as one undo."""

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit, QWidget


class TypedPlace(Protocol):
    """A field that is being typed into; offsets are Qt's own."""

    @property
    def field(self) -> QWidget: ...

    def before(self) -> str:
        """The letters of the line up to the caret, behind what is selected."""

    def selected(self) -> str:
        """What is selected, empty for nothing."""

    def put(self, text: str, *, instead_of_before: int = 0) -> int:
        """Put a text behind the caret, in place of so many letters before it; where it begins."""

    def put_for_selected(self, text: str) -> None:
        """Put a text in place of what is selected, and select it."""

    def select(self, start: int, length: int) -> None:
        """Select so many letters from this place on."""


def typed_place() -> TypedPlace | None:
    """The field with the keyboard, where it takes letters; a password is nobody's to see."""
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
        # Qt parts paragraphs of a selection by a letter of its own.
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
