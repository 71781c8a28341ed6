"""A row of a form: label and note, the fields, and what is wrong or thought of them."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from console.views.components.fields import mark_problem
from console.views.components.icons import draw_icon
from console.views.components.labels import ElidedLabel, ThemedLabel
from console.views.components.paint import (
    draw_text,
)
from console.views.components.paragraphs import ParagraphMark, described, name_paragraphs
from console.views.theme import Theme

WIDEST_PX = 16_777_215  # Qt's own limit, for which PySide6 has no name


class FieldRow(QWidget):
    """A label at the left or above and its fields, with a line below for what is wrong."""

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
        """``paragraphs`` are those of the regulation that ask for the field.

        ``has_remark`` keeps a line below free, so that a remark moves nothing.

        In a narrow column (``is_narrow``) the label stands above, and the fields have its room.
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
        if not has_remark:  # to show what stands nowhere yet would open a window of its own
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
        """Put the label above the fields where there is no room for it at their left."""
        self._is_narrow = is_narrow
        self.place_label()

    def place_label(self) -> None:
        """Above the fields, or at their left in a column of its own."""
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
            # with its mark the label fills the height of a field
            self._heads.setContentsMargins(0, 0 if self._has_mark else 6, 8, 0)
            self._head.setFixedWidth(self._theme.size("label_col"))

    @property
    def label_px(self) -> int:
        """What the label takes of the row's width."""
        return 0 if self._is_narrow else self._theme.size("label_col") + self._row.spacing()

    def show_note(self, text: str) -> None:
        """Say a word or two below the label, or nothing."""
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def add_below(self, widget: QWidget) -> None:
        """Put a line of its own below the fields."""
        self._right.addWidget(widget)

    def show_problem(self, text: str) -> None:
        """Say what is wrong below the fields, or clear it with an empty text."""
        self._problem.show_text(text)
        self._remark.setVisible(self._has_remark and not text)
        for field in self._fields:
            mark_problem(field, bool(text))

    def show_elsewhere(self, text: str) -> None:
        """What somebody else has written here, below what is typed; read aloud with it."""
        self._elsewhere.setText(text)
        self._elsewhere.setVisible(bool(text))
        for field in self._fields:
            field.setAccessibleDescription(described(field, text))

    def show_remark(self, text: str, *, warns: bool = False) -> None:
        """Say below the fields what is thought of them; nothing is wrong."""
        self._remark.set_role("warn" if warns else "text-2")
        self._remark.set_text(text)


class ProblemLine(QWidget):
    """What is wrong with a field and what to do, with its icon; no room taken when all is well."""

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
