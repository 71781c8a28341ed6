"""All keys on one page, shown by F1 and left by Esc; what is typed there narrows them."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from console import words
from console.keys.defaults import Key
from console.presenters.key_filter import KeyFilter
from console.views.components.announcer import announce
from console.views.components.buttons import ActionButton
from console.views.components.labels import ElidedLabel, KeyHint, ThemedLabel
from console.views.components.scrolling import scrolled
from console.views.directory_panel import SearchField
from console.views.theme import Theme
from console.words.keys import KeyGroup

COLUMNS = 2  # where there is room
EDGE_PX = 24
_SCROLLS = {
    (False, False): QAbstractSlider.SliderAction.SliderSingleStepSub,
    (False, True): QAbstractSlider.SliderAction.SliderSingleStepAdd,
    (True, False): QAbstractSlider.SliderAction.SliderPageStepSub,
    (True, True): QAbstractSlider.SliderAction.SliderPageStepAdd,
}
"""By whether it is a page, and whether it goes down."""


@dataclass(frozen=True, slots=True)
class _Group:
    """One part of the work: its heading and its keys, of which some are shown."""

    title: ThemedLabel
    grid: QGridLayout
    hints: tuple[KeyHint, ...]


class KeysPage(QFrame):
    """The keys in groups, as they are now; the search field has the keyboard all the time."""

    closed = Signal()
    change_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Keys"))
        sheet = words.keys.sheet()
        self._filter = KeyFilter(sheet)
        self._search = SearchField(theme, self.tr("What a key does, or its name"), Key.KEYS)
        self._search.textEdited.connect(self._narrow)
        self._search.moved.connect(self._scroll)
        self._search.taken.connect(self.change_asked)
        self._search.turned.connect(lambda: self.focusNextChild())
        self._search.left_by_escape.connect(self._step_back)
        self.setFocusProxy(self._search)
        self._reading = ElidedLabel(theme, style="state")
        self._count = ThemedLabel(theme, style="label", role="text-3")
        inside = QWidget()
        inside.setAutoFillBackground(False)
        self._page = page = QVBoxLayout(inside)
        page.setContentsMargins(EDGE_PX, 0, EDGE_PX, 12)
        page.setSpacing(6)
        self._groups = tuple(self._make_group(theme, group) for group in sheet)
        page.addStretch(1)
        self._area = scrolled(theme, inside)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._make_head(theme))
        whole.addWidget(self._area, 1)
        whole.addLayout(self._make_foot(theme))
        self._columns = COLUMNS
        self._placed: tuple[int, tuple[tuple[int, ...], ...]] | None = None
        self._narrow("")
        theme.fit(self, lambda it: it.measure())

    def _make_head(self, theme: Theme) -> QVBoxLayout:
        change = ActionButton(
            theme, self.tr("Change keys"), key="Enter", icon="pencil-simple", small=True
        )
        change.clicked.connect(self.change_asked)
        title = QHBoxLayout()
        title.addWidget(ThemedLabel(theme, self.tr("Keys"), style="title"), 1)
        title.addWidget(change)
        line = QHBoxLayout()
        line.addWidget(self._reading, 1)
        line.addWidget(self._count)
        head = QVBoxLayout()
        head.setContentsMargins(EDGE_PX, 18, EDGE_PX, 4)
        head.setSpacing(6)
        head.addLayout(title)
        head.addWidget(self._search)
        head.addLayout(line)
        return head

    def _make_foot(self, theme: Theme) -> QHBoxLayout:
        self._back = KeyHint(theme, "Esc", self.tr("to the work"))
        self._all = KeyHint(theme, "Esc", self.tr("all keys again"))
        foot = QHBoxLayout()
        foot.setContentsMargins(EDGE_PX, 6, EDGE_PX, 12)
        foot.setSpacing(10)
        foot.addWidget(self._back)
        foot.addWidget(self._all)
        foot.addWidget(KeyHint(theme, "Enter", self.tr("change keys")))
        foot.addStretch(1)
        return foot

    def _make_group(self, theme: Theme, group: KeyGroup) -> _Group:
        title = ThemedLabel(theme, group.title, style="section", role="text-2")
        title.setContentsMargins(0, 8, 0, 0)
        self._page.addWidget(title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(COLUMNS, 1)
        self._page.addLayout(grid)
        inside = self._page.parentWidget()
        hints = tuple(KeyHint(theme, row.key, row.text, inside) for row in group.rows)
        return _Group(title, grid, hints)

    def open_page(self) -> None:
        """Take the keyboard, with all keys in sight."""
        self._clear()
        self._search.setFocus()

    def _clear(self) -> None:
        self._search.setText("")
        self._narrow("")

    def _step_back(self) -> None:
        if self._search.text():
            self._clear()
        else:
            self.closed.emit()

    def _narrow(self, typed: str) -> None:
        found = self._filter.find(typed)
        self._found = found.places
        self._place(self._columns)
        self._area.verticalScrollBar().setValue(0)
        is_narrowed = bool(typed.strip())
        self._back.setVisible(not is_narrowed)
        self._all.setVisible(is_narrowed)
        self._reading.set_text(
            words.directory.reading_text(typed, found.reading)
            if found.reading.layout_corrected
            else ""
        )
        told = words.keys.left(found.count, self._filter.total) if is_narrowed else ""
        if told != self._count.text():
            self._count.setText(told)
            announce(self._search, told)

    def _scroll(self, steps: int) -> None:
        """By rows for the arrows, by pages for Page Up and Page Down."""
        bar = self._area.verticalScrollBar()
        bar.triggerAction(_SCROLLS[abs(steps) > 1, steps > 0])

    def measure(self) -> None:
        """How wide the columns side by side are in letters of this size."""
        # Else the grids answer with what they were told of smaller letters.
        for group in self._groups:
            for hint in group.hints:
                hint.updateGeometry()
            group.grid.invalidate()
        self._page.invalidate()
        shown, self._found = self._found, self._filter.find("").places
        self._place(COLUMNS)
        self._widest_px = self._area.widget().minimumSizeHint().width()
        self._found = shown
        self._place(self._columns_for(self.width()))

    def _columns_for(self, width_px: int) -> int:
        room_px = width_px - self._area.verticalScrollBar().sizeHint().width()
        return COLUMNS if self._widest_px <= room_px else 1

    def _place(self, columns: int) -> None:
        """Put the rows that are left side by side, without a gap where others were."""
        self._columns = columns
        if self._placed == (columns, self._found):
            return
        self._placed = columns, self._found
        for group, places in zip(self._groups, self._found, strict=True):
            for hint in group.hints:
                group.grid.removeWidget(hint)
            left = set(places)
            for place, hint in enumerate(group.hints):
                hint.setVisible(place in left)
            for number, place in enumerate(places):
                group.grid.addWidget(group.hints[place], *divmod(number, columns))
            group.title.setVisible(bool(places))
        # Else it would share out the room that the rows needed before.
        self._page.invalidate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = self._columns_for(self.width())
        if columns != self._columns:
            self._place(columns)
