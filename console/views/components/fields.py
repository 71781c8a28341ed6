"""Fields of one line that a person types in, and the value «не указан» in place of letters."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QLineEdit,
    QStackedLayout,
    QWidget,
)

from console.views.components.buttons import ThemedButton
from console.views.components.icons import draw_icon
from console.views.components.paint import (
    draw_focus_ring,
    draw_keycap,
    draw_text,
    fill_box,
    keycap_size,
)
from console.views.style_sheets import Sheet
from console.views.theme import Theme


def mark_problem(field: QWidget, problem: bool) -> None:
    """Give a field the red border of an error, or take it away."""
    _mark(field, "problem", problem)


def mark_inside(field: QWidget, inside: bool) -> None:
    """Give a field the ground of an inside note, or take it away."""
    _mark(field, "inside", inside)


def _mark(field: QWidget, name: str, marked: bool) -> None:
    if bool(field.property(name)) != marked:
        field.setProperty(name, marked)
        field.style().unpolish(field)
        field.style().polish(field)


_OWN_KEYS = (
    *(Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_Z, Qt.Key.Key_Y),
    *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End),
    *(Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Insert),
)
"""With Ctrl they belong to the line that is typed."""
PADDING_PX = 32  # round the letters of a field, its border and the caret


class LineField(QLineEdit):
    """One line of text in the height and font of the design."""

    focused = Signal()
    left = Signal()

    def __init__(self, theme: Theme, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.dress(self, Sheet.LINE)
        theme.fit(self, lambda it: it.setFont(theme.font("field")))
        theme.fit(self, lambda it: it.setFixedHeight(theme.size("field")))
        self._widest = ""
        theme.fit(self, lambda it: it.keep_room())
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)

    def keep_room_for(self, widest: str) -> None:
        """Never be too narrow for this text."""
        self._widest = widest
        self.keep_room()

    def keep_room(self) -> None:
        """As much as the widest text needs in letters of this size."""
        if self._widest:
            self.setMinimumWidth(self.px_for(self._widest))

    def px_for(self, text: str) -> int:
        """The width in which this text is seen whole."""
        return self.fontMetrics().horizontalAdvance(text) + PADDING_PX

    def replace_text(self, text: str, *, whole_record: bool = False) -> None:
        """Show a value that came from elsewhere; never over the letters of one who types.

        ``whole_record`` says that another record is shown now, which replaces everything.
        """
        typing = self.hasFocus() and self.isModified() and not whole_record
        if self.text() != text and not typing:
            self.setText(text)
            if not self.hasFocus():
                # A long value is read from its beginning.
                self.setCursorPosition(0)

    def event(self, event: QEvent) -> bool:
        # X11 has moves of the caret on Ctrl+E, D and K, which Qt would put before the desk's own.
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.ShortcutOverride
            and event.modifiers() == Qt.KeyboardModifier.ControlModifier
            and event.key() not in _OWN_KEYS
        ):
            event.ignore()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class NotGivenBox(ThemedButton):
    """The value «не указан»: dashed, sunken, with its reason and the key that takes it back."""

    taken_back = Signal(str)  # the letters with which typing went on, may be empty

    def __init__(self, theme: Theme, text: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setText(text)
        self._key = key
        theme.fit(self, lambda it: it.setFixedHeight(theme.size("field")))
        self.setMinimumWidth(120)
        self.setAccessibleName(text)
        self.clicked.connect(lambda: self.taken_back.emit(""))

    def sizeHint(self) -> QSize:
        return QSize(160, self._theme.size("field"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() and event.text().isprintable():
            self.taken_back.emit(event.text())
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Space):
            self.taken_back.emit("")
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        box = QRectF(self.rect())
        fill_box(painter, box, 6, theme.colour("sunken"), theme.colour("line-control"), dashed=True)
        if self.hasFocus():
            draw_focus_ring(painter, theme, box, 6)
        icon = theme.size("icon")
        middle = box.center().y()
        colour = theme.colour("text-2")
        draw_icon(painter, "minus-circle", QRectF(11, middle - icon / 2, icon, icon), icon, colour)
        right = box.right() - 12
        if self._key:
            cap = keycap_size(theme, self._key)
            right -= cap.width()
            draw_keycap(
                painter,
                theme,
                right,
                middle,
                self._key,
                theme.colour("text-2"),
                theme.colour("line-control"),
            )
            right -= 8
        left = 11 + icon + 8
        draw_text(
            painter,
            QRectF(left, 0, right - left, box.height()),
            self.text(),
            theme.font("field"),
            colour,
        )


class StatedField(QWidget):
    """A field whose answer may be «не указан», which is a value and not an empty field."""

    edited = Signal(str)
    absence_changed = Signal(bool)  # True: the caller gave none

    def __init__(
        self,
        theme: Theme,
        placeholder: str,
        not_given: str,
        key: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.line = LineField(theme, placeholder)
        self.box = NotGivenBox(theme, not_given, key)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.line)
        self._stack.addWidget(self.box)
        theme.fit(self, lambda it: it.setFixedHeight(theme.size("field")))
        self.line.textEdited.connect(self.edited)
        self.box.taken_back.connect(self._take_back)

    def show_value(self, text: str, *, not_given: bool, whole_record: bool = False) -> None:
        had_focus = self.line.hasFocus() or self.box.hasFocus()
        self.line.replace_text(text, whole_record=whole_record)
        self._stack.setCurrentWidget(self.box if not_given else self.line)
        self.setFocusProxy(self.box if not_given else self.line)
        if had_focus:
            (self.box if not_given else self.line).setFocus()

    def _take_back(self, letters: str) -> None:
        self.absence_changed.emit(False)
        self._stack.setCurrentWidget(self.line)
        self.line.setFocus()
        if letters:
            self.line.setText(letters)
            self.line.setModified(True)
            self.edited.emit(letters)
