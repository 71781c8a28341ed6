"""Lines that match what is typed into a field: a list below it, and the keys that serve it."""

from abc import abstractmethod

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from console import words
from console.views.components.announcer import announce
from console.views.components.fields import LineField
from console.views.components.paint import draw_text, fill_box
from console.views.theme import Theme

SHOWN = 7


class MatchingField(LineField):
    """A line with a list of what matches; arrows choose, Enter and Tab take, Esc closes."""

    def __init__(self, theme: Theme, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(theme, placeholder, parent)
        self._list = MatchList(theme, self)
        self._list.taken.connect(self._take)

    @abstractmethod
    def _take(self, key: str) -> None:
        """Take the line of this key."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._list.isVisible() and not event.modifiers():
            match event.key():
                case Qt.Key.Key_Down:
                    self._list.step(1)
                    return
                case Qt.Key.Key_Up:
                    self._list.step(-1)
                    return
                case Qt.Key.Key_Return | Qt.Key.Key_Enter if self._list.has_choice:
                    self._list.take()
                    return
                case Qt.Key.Key_Escape:
                    self._list.close_list()
                    return
                case _:
                    pass
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # Tab takes the chosen line and then goes on to the next field as usual.
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Tab
            and self._list.has_choice
        ):
            self._list.take()
        return super().event(event)


class MatchList(QWidget):
    """A list under a field, drawn over the form, without a window of its own."""

    taken = Signal(str)

    def __init__(self, theme: Theme, field: LineField) -> None:
        super().__init__(field)
        self._theme = theme
        self._field = field
        self._rows: list[tuple[str, str]] = []
        self._current = 0
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def show_matches(self, rows: list[tuple[str, str]], *, is_chosen: bool) -> None:
        """Show keys and texts; ``is_chosen`` tells whether the first line is taken by Enter."""
        self._rows, self._current = rows, 0 if is_chosen else -1
        if not rows:
            self.close_list()
            return
        window = self._field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        height = self._row_px() * len(rows) + 8
        below = self._field.mapTo(window, QPoint(0, self._field.height() + 2))
        if below.y() + height > window.height():
            below = self._field.mapTo(window, QPoint(0, -height - 2))
        self.setGeometry(below.x(), below.y(), self._field.width(), height)
        self._say(0)
        self.show()
        self.raise_()
        self.update()

    def close_list(self) -> None:
        self.hide()

    def step(self, steps: int) -> None:
        self._current = max(0, min(len(self._rows) - 1, self._current + steps))
        self._say(self._current)
        self.update()

    def _say(self, place: int) -> None:
        """Name the line that is offered: the caret is in the field, and the list is silent."""
        text = self._rows[place][1]
        self.setAccessibleName(text)
        announce(self._field, words.announced.choice(text, place + 1, len(self._rows)))

    @property
    def has_choice(self) -> bool:
        """Whether a line is chosen, to be taken."""
        return self.isVisible() and 0 <= self._current < len(self._rows)

    def take(self) -> None:
        if 0 <= self._current < len(self._rows):
            self.taken.emit(self._rows[self._current][0])

    def sizeHint(self) -> QSize:
        return QSize(200, self._row_px() * SHOWN)

    def _row_px(self) -> int:
        return self._theme.size("row_table")

    def _row_at(self, event: QMouseEvent) -> int:
        return max(0, min(len(self._rows) - 1, int((event.position().y() - 4) // self._row_px())))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._current = self._row_at(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._current = self._row_at(event)
        # After this event: taking hides the widget that is handling it.
        QTimer.singleShot(0, self, self.take)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        fill_box(
            painter, QRectF(self.rect()), 6, theme.colour("raised"), theme.colour("line-control")
        )
        for number, (_key, text) in enumerate(self._rows):
            row = QRectF(4, 4 + number * self._row_px(), self.width() - 8, self._row_px())
            if number == self._current:
                fill_box(painter, row, 4, theme.colour("selected"))
            draw_text(
                painter,
                row.adjusted(10, 0, -10, 0),
                text,
                theme.font("field"),
                theme.colour("text"),
            )
