"""The entries of the directory that a call was answered from."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.keys.defaults import Key
from console.keys.installed import KEYS, with_keys
from console.presenters.card_state import UsedRow
from console.views.components.buttons import ActionButton
from console.views.components.emptied import take_widgets_out
from console.views.components.icons import draw_icon
from console.views.components.labels import ElidedLabel, ThemedLabel
from console.views.components.notices import IconSpot
from console.views.components.paint import fill_box
from console.views.theme import Theme


class UsedEntries(QWidget):
    """The directory entries the answer was given from; each can be taken out again."""

    removed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[UsedRow, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._fill()
        KEYS.changed.connect(self._fill)

    def show_rows(self, rows: tuple[UsedRow, ...]) -> None:
        if rows != self._shown:
            self._shown = rows
            self._fill()

    def _fill(self) -> None:
        theme, rows = self._theme, self._shown
        take_widgets_out(self._column)
        if not rows:
            empty = ElidedLabel(self._theme, style="label", role="text-3")
            empty.set_text(
                with_keys(
                    self.tr("Nothing inserted yet: Alt and a digit insert a hit, F5 searches"),
                    Key.SEARCH,
                )
            )
            theme.fit(empty, lambda it: it.setFixedHeight(theme.size("field")))
            self._column.addWidget(empty)
        for row in rows:
            chip = _UsedChip(self._theme, row)
            chip.removed.connect(self.removed)
            self._column.addWidget(chip)


class _UsedChip(QWidget):
    """One used entry: kind icon, title and a button that takes it out."""

    removed = Signal(str)

    def __init__(self, theme: Theme, row: UsedRow) -> None:
        super().__init__()
        self._theme = theme
        theme.fit(self, lambda it: it.setFixedHeight(theme.size("field")))
        title = ElidedLabel(theme, style="strong")
        title.set_text(row.title)
        remove = _CrossButton(theme, self.tr("Take out"))
        remove.clicked.connect(lambda: self.removed.emit(row.key))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 0, 6, 0)
        layout.addWidget(IconSpot(theme, row.icon, row.role, theme.size("icon")))
        layout.addWidget(title, 1)
        layout.addWidget(ThemedLabel(theme, row.note, style="label", role="text-3"))
        layout.addWidget(remove)

    def paintEvent(self, event: QPaintEvent) -> None:
        fill_box(
            QPainter(self),
            QRectF(self.rect()),
            6,
            self._theme.colour("app"),
            self._theme.colour("line"),
        )


class _CrossButton(ActionButton):
    """The «×» of a chip; its word is its tool tip and accessible name."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, "", icon="", small=True)
        self._name = name
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.setFixedSize(30, 30)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.hasFocus() or self.underMouse():
            fill_box(
                painter, QRectF(self.rect()).adjusted(2, 2, -2, -2), 4, self._theme.colour("hover")
            )
        draw_icon(painter, "x", QRectF(self.rect()), 14, self._theme.colour("text-2"))
