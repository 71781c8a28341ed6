"""Pages of the key map: the editor that assigns shortcuts, and the searchable key overview."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from console.core.default_keys import Key
from console.core.view_data import HistoryRow
from console.features.own_desk import keys_words
from console.features.own_desk.keys import (
    KeyChoicePresenter,
    KeyChoiceState,
    KeyFilter,
    KeyLine,
)
from console.features.own_desk.keys_words import KeyGroup
from console.shared.directory import words as directory_words
from console.shared.directory.hits_view import SearchField
from console.ui.buttons import ActionButton
from console.ui.keyboard import announce, chord_of
from console.ui.labels import ElidedLabel, KeyHint, ThemedLabel
from console.ui.layout import scrolled
from console.ui.lists import HistoryModel, MarkedList
from console.ui.theme import Theme

_BARE = (
    Qt.Key.Key_Control,
    Qt.Key.Key_Shift,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_unknown,
)


class ChordList(MarkedList):
    """List of keys; while a key is being reassigned, the next shortcut is recorded and not
    executed.
    """

    pressed = Signal(str)  # shortcut in the notation of the key map
    left_alone = Signal()
    put_back = Signal()

    _waits = False  # Qt sends events during construction

    def wait_for_chord(self, waits: bool) -> None:
        self._waits = waits

    def event(self, event: QEvent) -> bool:
        if self._waits and event.type() is QEvent.Type.ShortcutOverride:
            event.accept()  # suppresses the usual function of the shortcut
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._waits:
            if event.key() == Qt.Key.Key_Delete:
                self.put_back.emit()
            else:
                super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.left_alone.emit()
        elif event.key() not in _BARE and not event.isAutoRepeat():
            self.pressed.emit(chord_of(event))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._waits:
            self.left_alone.emit()


class KeyChoicePage(QWidget):
    """Page with all keys of the map and their shortcuts; changed ones are marked."""

    closed = Signal()

    def __init__(self, theme: Theme, presenter: KeyChoicePresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._keys: tuple[Key, ...] = ()
        self._waits_for: Key | None = None
        self._model = HistoryModel()
        self._list = ChordList(theme, self._model, self.tr("Keys that can be changed"))
        self._list.taken.connect(self._begin)
        self._list.pressed.connect(self._take)
        self._list.left_alone.connect(self._leave_alone)
        self._list.put_back.connect(self._put_back)
        self._prompt = ThemedLabel(theme, style="strong", role="accent", wrap=True)
        self._problem = ThemedLabel(theme, style="state", role="danger", wrap=True)
        all_back = ActionButton(
            theme, self.tr("Reset all keys"), icon="arrow-counter-clockwise", small=True
        )
        all_back.clicked.connect(presenter.reset_all)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(KeyHint(theme, "Esc", self.tr("to the keys")))
        foot.addWidget(KeyHint(theme, "Enter", self.tr("change")))
        foot.addWidget(KeyHint(theme, "Delete", self.tr("reset")))
        foot.addStretch(1)
        foot.addWidget(all_back)
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 18, 24, 12)
        page.setSpacing(8)
        page.addWidget(ThemedLabel(theme, self.tr("Change keys"), style="title"))
        page.addWidget(
            ThemedLabel(
                theme,
                self.tr(
                    "Changes apply immediately and only to you. Letters mean key "
                    "positions: the keyboard layout does not matter."
                ),
                role="text-2",
                wrap=True,
            )
        )
        page.addWidget(self._prompt)
        page.addWidget(self._problem)
        page.addWidget(self._list, 1)
        page.addLayout(foot)
        presenter.changed.connect(self._show)
        self._show(presenter.state)
        self._ask()

    def open_page(self) -> None:
        """Focuses the list."""
        self._show(self._presenter.state)
        self._list.focus_chosen()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _chosen(self) -> Key | None:
        index: QModelIndex = self._list.currentIndex()
        return self._keys[index.row()] if index.isValid() else None

    def _begin(self) -> None:
        self._waits_for = self._chosen()
        self._ask()

    def _take(self, chord: str) -> None:
        if self._waits_for is not None and self._presenter.give(self._waits_for, chord):
            self._leave_alone()
        else:
            announce(self._list, self._problem.text(), is_urgent=True)

    def _leave_alone(self) -> None:
        self._waits_for = None
        self._ask()

    def _put_back(self) -> None:
        key = self._chosen()
        if key is not None:
            self._presenter.reset(key)

    def _ask(self) -> None:
        waits = self._waits_for is not None
        self._list.wait_for_chord(waits)
        self._prompt.setText(self.tr("Press the new shortcut; Esc cancels.") if waits else "")
        self._prompt.setVisible(waits)
        if waits:
            announce(self._list, self._prompt.text(), is_urgent=True)

    def _below(self, line: KeyLine) -> str:
        if not line.is_changed:
            return line.group
        return f"{line.group} · " + self.tr("default: {key}").format(key=line.default)

    def _show(self, state: KeyChoiceState) -> None:
        row = self._list.currentIndex().row()
        self._keys = tuple(line.key for line in state.lines)
        self._model.show_rows(
            tuple(
                HistoryRow(
                    number,
                    line.text,
                    self._below(line),
                    line.chord,
                    "pencil-simple" if line.is_changed else "keyboard",
                    "accent" if line.is_changed else "text-3",
                )
                for number, line in enumerate(state.lines)
            )
        )
        self._list.mark(max(0, row) if state.lines else -1)
        self._problem.setText(state.problem)
        self._problem.setVisible(bool(state.problem))


COLUMNS = 2  # if the width is sufficient
EDGE_PX = 24
_SCROLLS = {
    (False, False): QAbstractSlider.SliderAction.SliderSingleStepSub,
    (False, True): QAbstractSlider.SliderAction.SliderSingleStepAdd,
    (True, False): QAbstractSlider.SliderAction.SliderPageStepSub,
    (True, True): QAbstractSlider.SliderAction.SliderPageStepAdd,
}
"""Scroll actions by (is a page, is down)."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Group of keys with its heading; a search hides the keys that do not match."""

    title: ThemedLabel
    grid: QGridLayout
    hints: tuple[KeyHint, ...]


class KeysPage(QFrame):
    """Key overview in groups; the search field always has the focus."""

    closed = Signal()
    change_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Keys"))
        sheet = keys_words.sheet()
        self._filter = KeyFilter(sheet)
        self._search = SearchField(theme, self.tr("Action or key name"), Key.KEYS)
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
        self._all = KeyHint(theme, "Esc", self.tr("show all keys"))
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
        """Clears the search and focuses it."""
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
            directory_words.reading_text(typed, found.reading)
            if found.reading.layout_corrected
            else ""
        )
        told = keys_words.left(found.count, self._filter.total) if is_narrowed else ""
        if told != self._count.text():
            self._count.setText(told)
            announce(self._search, told)

    def _scroll(self, steps: int) -> None:
        """Scrolls by rows for the arrow keys, by pages for Page Up and Page Down."""
        bar = self._area.verticalScrollBar()
        bar.triggerAction(_SCROLLS[abs(steps) > 1, steps > 0])

    def measure(self) -> None:
        """Measures the width needed for all columns at the current text size."""
        # The grids would otherwise return the size cached for smaller text.
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
        """Arranges the matching keys in columns; keys that do not match leave no gaps."""
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
        # The page would otherwise distribute the space of the previous rows.
        self._page.invalidate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = self._columns_for(self.width())
        if columns != self._columns:
            self._place(columns)
