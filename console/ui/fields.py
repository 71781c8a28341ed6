"""Single-line form fields: text, date and «не указан»; labelled rows, error lines and form
layout.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from console.core.typed_moment import QUICK_MOMENTS
from console.ui.buttons import ThemedButton
from console.ui.labels import ElidedLabel, Line, ThemedLabel
from console.ui.layout import CaretInSight, scrolled
from console.ui.paint import (
    draw_focus_ring,
    draw_icon,
    draw_keycap,
    draw_text,
    fill_box,
    keycap_size,
)
from console.ui.paragraphs import ParagraphMark, described, name_paragraphs
from console.ui.style_sheets import Sheet
from console.ui.theme import Theme


def mark_problem(field: QWidget, problem: bool) -> None:
    """Adds or removes the red error border of a field."""
    _mark(field, "problem", problem)


def mark_inside(field: QWidget, inside: bool) -> None:
    """Adds or removes the background that identifies a field as an internal note."""
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
"""Keys that edit the line together with Ctrl; the page handles all other Ctrl chords."""
PADDING_PX = 32  # padding, border and cursor around the text of a field


class LineField(QLineEdit):
    """Single-line text field with the height and font of the design."""

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
        """Sets the minimum width to the width of this text, also after a change of text size."""
        self._widest = widest
        self.keep_room()

    def keep_room(self) -> None:
        """Recalculates the minimum width for the current text size."""
        if self._widest:
            self.setMinimumWidth(self.px_for(self._widest))

    def px_for(self, text: str) -> int:
        """Width in px that shows this text in full."""
        return self.fontMetrics().horizontalAdvance(text) + PADDING_PX

    def replace_text(self, text: str, *, whole_record: bool = False) -> None:
        """Shows a value set by the application; does not overwrite text that the operator is
        typing.

        With ``whole_record`` the text is always replaced, because the form shows another record.
        """
        typing = self.hasFocus() and self.isModified() and not whole_record
        if self.text() != text and not typing:
            self.setText(text)
            if not self.hasFocus():
                # Makes the start of a long value visible.
                self.setCursorPosition(0)

    def event(self, event: QEvent) -> bool:
        # Qt on X11 maps Ctrl+E, D and K to cursor movements, and would process them before the page
        # can.
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
    """Dashed box that replaces a field with the value «не указан»; shows the text and the key that
    restores the field.
    """

    taken_back = Signal(str)  # text typed to resume input; may be empty

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
    """Text field that can have the value «не указан», which differs from an empty field."""

    edited = Signal(str)
    absence_changed = Signal(bool)  # True: the caller gave no value

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


WIDEST_PX = 16_777_215  # Qt's QWIDGETSIZE_MAX, which PySide6 does not export


class FieldRow(QWidget):
    """Row of a form: label at the left or above, fields, and a line for validation errors below
    them.
    """

    def __init__(
        self,
        theme: Theme,
        label: str,
        *fields: QWidget,
        note: str = "",
        paragraphs: tuple[str, ...] = (),
        has_remark: bool = False,
        is_narrow: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``paragraphs`` are the clauses of the regulation that require the field.

        ``has_remark`` reserves a line below the fields, so that a remark does not move the layout.
        With ``is_narrow`` the label is above the fields.
        """
        super().__init__(parent)
        self._theme = theme
        self._fields = fields
        self.label = ThemedLabel(theme, label, role="text-2")
        self.label.setWordWrap(True)
        self._head = QWidget()
        self._heads = heads = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._head)
        heads.addWidget(self.label)
        self._has_mark = bool(paragraphs)
        if paragraphs:
            heads.addWidget(ParagraphMark(theme, *paragraphs), 0, Qt.AlignmentFlag.AlignLeft)
        self._note = ThemedLabel(theme, style="label", role="text-3")
        heads.addWidget(self._note)
        self.show_note(note)
        heads.addStretch(1)
        if fields:
            self.label.setBuddy(fields[0])
            if not fields[0].accessibleName():
                fields[0].setAccessibleName(label)
        for field in fields if paragraphs else ():
            name_paragraphs(field, *paragraphs)
        self._problem = ProblemLine(theme)
        self.body = QHBoxLayout()
        self.body.setSpacing(8)
        self.body.setContentsMargins(0, 0, 0, 0)
        for field in fields:
            self.body.addWidget(field, 1)
        self._right = right = QVBoxLayout()
        right.setSpacing(2)
        right.addLayout(self.body)
        self._remark = ElidedLabel(theme, style="label", role="text-2")
        theme.fit(self._remark, lambda it: it.setFixedHeight(theme.line_px("label")))
        if not has_remark:  # showing a widget without a parent would open a window
            self._remark.hide()
        self._has_remark = has_remark
        self._elsewhere = ThemedLabel(theme, style="label", role="warn", wrap=True)
        self._elsewhere.hide()
        right.addWidget(self._elsewhere)
        right.addWidget(self._remark)
        right.addWidget(self._problem)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._head)
        self._row.addLayout(right, 1)
        self._is_narrow = is_narrow
        theme.fit(self, lambda it: it.place_label())

    def set_narrow(self, is_narrow: bool) -> None:
        """Places the label above the fields if ``is_narrow``, or else at their left."""
        self._is_narrow = is_narrow
        self.place_label()

    def place_label(self) -> None:
        """Places the label above the fields, or in a separate column at their left, and adapts the
        spacing.
        """
        is_narrow = self._is_narrow
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)
        self._row.setSpacing(2 if is_narrow else 8)
        self._head.setVisible(bool(self.label.text()) or self._has_mark or not is_narrow)
        self._heads.setDirection(direction.LeftToRight if is_narrow else direction.TopToBottom)
        self._heads.setSpacing(8 if is_narrow else 0)
        if is_narrow:
            self._heads.setContentsMargins(0, 0, 0, 0)
            self._head.setMinimumWidth(0)
            self._head.setMaximumWidth(WIDEST_PX)
        else:
            # together with its clause mark the label fills the height of a field
            self._heads.setContentsMargins(0, 0 if self._has_mark else 6, 8, 0)
            self._head.setFixedWidth(self._theme.size("label_col"))

    @property
    def label_px(self) -> int:
        """Width in px of the label column; 0 if the label is above the fields."""
        return 0 if self._is_narrow else self._theme.size("label_col") + self._row.spacing()

    def show_note(self, text: str) -> None:
        """Shows a short note below the label; an empty text hides it."""
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def add_below(self, widget: QWidget) -> None:
        """Adds a widget below the fields of the row."""
        self._right.addWidget(widget)

    def show_problem(self, text: str) -> None:
        """Shows a validation error below the fields; an empty text clears it."""
        self._problem.show_text(text)
        self._remark.setVisible(self._has_remark and not text)
        for field in self._fields:
            mark_problem(field, bool(text))

    def show_elsewhere(self, text: str) -> None:
        """Shows below the input the value that another operator saved; a screen reader reads it
        too.
        """
        self._elsewhere.setText(text)
        self._elsewhere.setVisible(bool(text))
        for field in self._fields:
            field.setAccessibleDescription(described(field, text))

    def show_remark(self, text: str, *, warns: bool = False) -> None:
        """Shows a remark below the fields; a remark is not an error. With ``warns`` it has the
        warning colour.
        """
        self._remark.set_role("warn" if warns else "text-2")
        self._remark.set_text(text)


class ProblemLine(QWidget):
    """Validation error and advice with an icon; takes no space while the field is valid."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = ""
        self.setVisible(False)
        theme.fit(self, lambda it: it.setFixedHeight(theme.line_px("state") + 4))
        theme.changed.connect(self.update)

    def show_text(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = self._theme.colour("danger")
        size = self._theme.size("icon_meta")
        middle = self.height() / 2
        draw_icon(
            painter, "warning-octagon-fill", QRectF(0, middle - size / 2, size, size), size, colour
        )
        draw_text(
            painter,
            QRectF(size + 6, 0, self.width() - size - 6, self.height()),
            self._text,
            self._theme.font("state"),
            colour,
        )


MOST_OF_IT = 1000  # stretch factor of the content; the rest of the width is empty


def lay_out_form(
    page: QWidget, theme: Theme, *, head: QLayout, fields: Sequence[QWidget], foot: QLayout
) -> None:
    """Lays out a page: heading, scrolling column of fields, and footer with the buttons.

    All three are limited to the maximum width of a field, so the buttons are directly below the
    fields on wide screens.
    """
    form = QWidget()
    _keep_narrow(form, theme)
    rows = QVBoxLayout(form)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(10)
    for field in fields:
        rows.addWidget(field)
    rows.addStretch(1)
    scroll = scrolled(theme, form)
    CaretInSight(scroll)
    column = QVBoxLayout(page)
    column.setContentsMargins(24, 14, 24, 10)
    column.setSpacing(10)
    column.addLayout(_as_wide_as_fields(head, theme))
    column.addWidget(scroll, 1)
    column.addWidget(Line(theme, Qt.Orientation.Horizontal))
    column.addLayout(_as_wide_as_fields(foot, theme))


def _keep_narrow(widget: QWidget, theme: Theme) -> None:
    theme.fit(
        widget, lambda it: it.setMaximumWidth(theme.size("form_max") + theme.size("label_col") + 8)
    )


def _as_wide_as_fields(content: QLayout, theme: Theme) -> QHBoxLayout:
    """Returns a row with the content at the left, at most as wide as a field; the remaining width
    is empty.
    """
    holder = QWidget()
    content.setContentsMargins(0, 0, 0, 0)
    holder.setLayout(content)
    _keep_narrow(holder, theme)
    row = QHBoxLayout()
    row.addWidget(holder, MOST_OF_IT)
    row.addStretch(1)
    return row


class MomentField(LineField):
    """Single-line date field; Up and Down select one of the most frequent moments."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, placeholder, parent)
        self._place = -1
        self.textEdited.connect(self._begin_again)

    def _begin_again(self) -> None:
        self._place = -1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down.value: 1, Qt.Key.Key_Up.value: -1}.get(event.key())
        if step is None or event.modifiers():
            super().keyPressEvent(event)
            return
        if self._place < 0 and step < 0:
            self._place = 0
        self._place = (self._place + step) % len(QUICK_MOMENTS)
        # The presenter may replace this text with the date that it parsed.
        self.setModified(False)
        self.chosen.emit(QUICK_MOMENTS[self._place])
