"""List of open messages near the place of a draft; a key links the call to one of them."""

from uuid import UUID

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from console.core.default_keys import Key
from console.features.message_form.open_messages import SHOWN, MessageNearPresenter, NearRow
from console.ui.labels import ElidedLabel, KeyHint, Line, ThemedLabel
from console.ui.lists import take_widgets_out
from console.ui.notices import IconSpot
from console.ui.paint import draw_focus_ring, fill_box
from console.ui.theme import Theme

PICTURE_PX = 72
LONGEST_TEXT = 400  # characters; F4 shows longer texts completely


class NearMessages(QWidget):
    """List of the open messages most similar to the draft, above the findings; hidden if there are
    none.
    """

    link_asked = Signal(object)  # UUID of the open message

    def __init__(
        self, theme: Theme, presenter: MessageNearPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: tuple[NearRow, ...] = ()
        self._chosen = 0
        head = QHBoxLayout()
        head.setContentsMargins(18, 10, 18, 4)
        head.setSpacing(10)
        head.addWidget(ThemedLabel(theme, self.tr("Already known?"), style="strong"))
        head.addStretch(1)
        self._other = KeyHint(theme, Key.LINK, self.tr("other"))
        head.addWidget(self._other)
        head.addWidget(ThemedLabel(theme, self.tr("par. 6.4"), style="label", role="text-3"))
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._ask = ThemedLabel(
            theme, self.tr("Ask: “Is it about the same?”"), style="strong", wrap=True
        )
        foot = QHBoxLayout()
        foot.setContentsMargins(18, 4, 18, 10)
        foot.setSpacing(14)
        foot.addWidget(self._ask, 1)
        foot.addWidget(KeyHint(theme, Key.PUT_ASIDE, self.tr("link the call")))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(self._list)
        column.addLayout(foot)
        column.addWidget(Line(theme, Qt.Orientation.Horizontal))
        presenter.changed.connect(self._show)
        self._show(presenter.rows)

    def choose_next(self) -> None:
        """Alt+L: selects the next message; after the last message the first one is selected."""
        if self._rows:
            self._chosen = (self._chosen + 1) % len(self._rows)
            self._fill()

    def link(self) -> None:
        """Ctrl+D: links the call to the selected message."""
        if self._rows:
            self.link_asked.emit(self._rows[self._chosen].id)

    def _show(self, rows: tuple[NearRow, ...]) -> None:
        self._rows = rows[:SHOWN]
        self._chosen = 0
        self.setVisible(bool(rows))
        self._other.setVisible(len(self._rows) > 1)
        self._fill()

    def _fill(self) -> None:
        take_widgets_out(self._list)
        for place, row in enumerate(self._rows):
            view = _NearView(self._theme, row, chosen=place == self._chosen)
            view.clicked.connect(lambda _checked=False, id=row.id: self._link(id))
            self._list.addWidget(view)
            view.show()

    def _link(self, id: UUID) -> None:
        self.link_asked.emit(id)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.colour("accent-soft"))


class _NearView(QAbstractButton):
    """Row of an open message; Enter or a click links the call to this message."""

    def __init__(self, theme: Theme, row: NearRow, *, chosen: bool) -> None:
        super().__init__()
        self._theme = theme
        self._chosen = chosen
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        lines = QVBoxLayout()
        lines.setSpacing(1)
        for text, style, role in (
            (row.title, "strong" if chosen else "body", "text"),
            (row.place, "body", "text"),
        ):
            lines.addWidget(_line(theme, text, style, role))
        if chosen:
            self._lay_out_whole(lines, row)
        else:
            lines.addWidget(_line(theme, row.text, "body", "text-2"))
        meta = " · ".join(part for part in (row.meta, row.photos) if part)
        lines.addWidget(_line(theme, meta, "label", "text-2"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(18, 5, 18, 5)
        layout.setSpacing(10)
        name = "check-circle" if row.is_over else "link"
        icon = IconSpot(theme, name, "accent" if chosen else "text-3", theme.size("icon"))
        layout.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(lines, 1)
        said = (row.title, row.place, row.text, row.answer, row.meta, row.photos)
        self.setAccessibleName(". ".join(part.rstrip(".") for part in said if part))
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.changed.connect(self.update)

    def _lay_out_whole(self, lines: QVBoxLayout, row: NearRow) -> None:
        """Adds text, answer and photos of the selected message."""
        theme = self._theme
        lines.addWidget(ThemedLabel(theme, _cut(row.text), wrap=True))
        if row.answer:
            answer = self.tr("Answer: %1").replace("%1", _cut(row.answer))
            lines.addWidget(ThemedLabel(theme, answer, role="ok", wrap=True))
        if row.pictures:
            pictures = QHBoxLayout()
            pictures.setContentsMargins(0, 4, 0, 4)
            pictures.setSpacing(6)
            for png in row.pictures:
                picture = QLabel()
                pixmap = QPixmap()
                pixmap.loadFromData(png)
                picture.setPixmap(
                    pixmap.scaledToHeight(PICTURE_PX, Qt.TransformationMode.SmoothTransformation)
                )
                picture.setAccessibleName(row.photos)
                pictures.addWidget(picture)
            pictures.addStretch(1)
            lines.addLayout(pictures)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect()).adjusted(6, 1, -6, -1)
        if self._chosen:
            fill_box(painter, area, 6, self._theme.colour("selected"))
            bar = QRectF(area.left(), area.top() + 4, 3, area.height() - 8)
            painter.fillRect(bar, self._theme.colour("accent"))
        elif self.underMouse():
            fill_box(painter, area, 6, self._theme.colour("hover"))
        if self.hasFocus():
            draw_focus_ring(painter, self._theme, area, 6)


def _line(theme: Theme, text: str, style: str, role: str) -> ElidedLabel:
    line = ElidedLabel(theme, style=style, role=role)
    line.set_text(" ".join(text.split()))
    theme.fit(line, lambda it: it.setFixedHeight(theme.line_px(style)))
    return line


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT].rstrip()}…"
