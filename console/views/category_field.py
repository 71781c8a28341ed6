"""Topic and category in one field: beginnings of words of either name find it, Enter takes it."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from console.views.components.fields import LineField
from console.views.components.paint import draw_text, fill_box
from console.views.theme import Theme

SHOWN = 7


def matching(typed: str, choices: Mapping[str, str]) -> list[str]:
    """Keys of the choices in which every typed word begins some word, in their own order.

    «Тема › Категория» that begins with what was typed comes first; ё and е are the same.
    """
    wanted = _words(typed)
    if not wanted:
        return []
    found = [
        key
        for key, text in choices.items()
        if all(any(word.startswith(start) for word in _words(text)) for start in wanted)
    ]
    category_first = " ".join(wanted)
    return sorted(
        found,
        key=lambda key: (
            not " ".join(_words(choices[key].split("›")[-1])).startswith(category_first)
        ),
    )


def _words(text: str) -> list[str]:
    folded = text.casefold().replace("ё", "е")
    return "".join(letter if letter.isalnum() else " " for letter in folded).split()


class CategoryField(LineField):
    """A line with a list of what matches, inside the window and without a window of its own."""

    chosen = Signal(str)  # key of the category, empty when the field was cleared

    def __init__(
        self,
        theme: Theme,
        choices: Mapping[str, str],
        *,
        name: str = "",
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """``name`` is what a screen reader says; without one the field is for a category."""
        super().__init__(theme, "", parent)
        self.setPlaceholderText(placeholder or self.tr("Start typing the topic or the category"))
        self.setAccessibleName(name or self.tr("Topic and category"))
        self._choices = choices
        self._key = ""
        self._text = ""
        self._list = _Matches(theme, self)
        self._list.taken.connect(self._take)
        self.textEdited.connect(self._edited)
        self.left.connect(self.settle)

    def set_choices(self, choices: Mapping[str, str]) -> None:
        """What can be chosen from now on; what is chosen stays."""
        self._choices = choices

    def show_value(self, key: str, text: str) -> None:
        """Show a category from elsewhere; never over the letters of one who types."""
        if key != self._key or (not self.hasFocus() and text != self.text()):
            self._key, self._text = key, text
            self.replace_text(text)

    def settle(self) -> None:
        """The best match is taken for what was typed; what matches nothing goes back."""
        self._list.close_list()
        typed = self.text().strip()
        if typed == self._text:
            return
        if not typed:
            self._take("")
            return
        found = matching(typed, self._choices)
        if len(found) == 1:
            self._take(found[0])
        else:
            self.setText(self._text)

    def _edited(self, text: str) -> None:
        keys = matching(text, self._choices)[:SHOWN]
        self._list.show_matches([(key, self._choices[key]) for key in keys])

    def _take(self, key: str) -> None:
        self._key = key
        self._text = self._choices.get(key, "")
        self.setText(self._text)
        self.setModified(False)
        self._list.close_list()
        self.chosen.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._list.isVisible() and not event.modifiers():
            match event.key():
                case Qt.Key.Key_Down:
                    self._list.step(1)
                    return
                case Qt.Key.Key_Up:
                    self._list.step(-1)
                    return
                case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Tab:
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
            and self._list.isVisible()
        ):
            self._list.take()
        return super().event(event)


class _Matches(QWidget):
    """The list under the field, drawn over the form; the first line is chosen at once."""

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

    def show_matches(self, rows: list[tuple[str, str]]) -> None:
        self._rows, self._current = rows, 0
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
        self.setAccessibleName(rows[0][1])
        self.show()
        self.raise_()
        self.update()

    def close_list(self) -> None:
        self.hide()

    def step(self, steps: int) -> None:
        self._current = max(0, min(len(self._rows) - 1, self._current + steps))
        self.setAccessibleName(self._rows[self._current][1])
        self.update()

    def take(self) -> None:
        if self._rows:
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
