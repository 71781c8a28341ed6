"""Panel for selecting the caller, and the line on the card that suggests a caller."""

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtGui import Qt as Qt_QtGui
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from console.core.default_keys import Key
from console.core.keymap import KEYS, shown
from console.features.call_card.persons import CallerPersonsPresenter, CallerPersonsState
from console.shared.directory.hits_view import HitDelegate, HitModel, SearchField
from console.ui.labels import ElidedLabel, KeyHint, Pill, Surface, ThemedLabel
from console.ui.notices import IconSpot
from console.ui.style_sheets import Sheet
from console.ui.theme import Theme

PERSON_KEY = Key.WHO_CALLS
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 4, Qt.Key.Key_PageUp: -4}


class _NameField(SearchField):
    """Search field in which Tab moves to the list."""

    def event(self, event: QEvent) -> bool:
        return QLineEdit.event(self, event)


class _PersonList(QListView):
    """List of persons: digits select a person, arrow keys move, letters start a search."""

    digit_pressed = Signal(int)
    letters_typed = Signal(str)
    moved = Signal(int)
    taken = Signal()
    left_by_escape = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = Qt.Key(event.key()), event.text()
        chord = event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )
        if chord:
            event.ignore()
        elif key in STEPS:
            self.moved.emit(STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        elif key == Qt.Key.Key_Escape:
            self.left_by_escape.emit()
        elif text.isdecimal():
            self.digit_pressed.emit(int(text))
        elif text.strip() and text.isprintable():
            self.letters_typed.emit(text)
        else:
            event.ignore()


class PersonPanel(Surface):
    """Panel with the persons of the call's phone number, and a search for other persons."""

    def __init__(self, theme: Theme, presenter: CallerPersonsPresenter) -> None:
        super().__init__(theme, "surface")
        self._theme = theme
        self._presenter = presenter
        self._hint = ThemedLabel(theme, style="label", role="text-2", wrap=True)
        self.search = _NameField(theme, self.tr("Name or phone in records"), PERSON_KEY)
        self._model = HitModel()
        self._list = self._make_list()
        top = QHBoxLayout()
        top.addWidget(ThemedLabel(theme, self.tr("Who is calling?"), style="section"), 1)
        top.addWidget(KeyHint(theme, "Esc", self.tr("back")))
        head = QVBoxLayout()
        head.setContentsMargins(20, 14, 20, 8)
        head.setSpacing(6)
        head.addLayout(top)
        head.addWidget(self._hint)
        head.addWidget(self.search)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._list, 1)
        self._connect()
        self._show(presenter.state)

    def _make_list(self) -> _PersonList:
        rows = _PersonList()
        self._theme.dress(rows, Sheet.LIST)
        rows.setModel(self._model)
        rows.setItemDelegate(HitDelegate(self._theme, self._model))
        rows.setMouseTracking(True)
        rows.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows.setAccessibleName(self.tr("People at this number"))
        self._theme.changed.connect(rows.viewport().update)
        return rows

    def _connect(self) -> None:
        presenter = self._presenter
        self.search.textEdited.connect(presenter.set_query)
        self.search.left_by_escape.connect(presenter.close)
        self._list.digit_pressed.connect(presenter.press_digit)
        self._list.letters_typed.connect(self._begin_search)
        self._list.left_by_escape.connect(presenter.close)
        self._list.clicked.connect(self._clicked)
        for moving in (self.search, self._list):
            moving.moved.connect(presenter.move)
            moving.taken.connect(presenter.take)
        presenter.changed.connect(self._show)

    def focus_first(self) -> None:
        """Focuses the list; if it is empty, focuses the search field."""
        if self._presenter.state.rows:
            self._list.setFocus()
        else:
            self.search.setFocus()

    def _begin_search(self, letters: str) -> None:
        self.search.setFocus()
        self.search.setText(letters)
        self._presenter.set_query(letters)

    def _clicked(self, index: QModelIndex) -> None:
        self._presenter.select(index.row())
        self._presenter.take()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ends the selection when another panel replaces this one."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._presenter.close()

    def _show(self, state: CallerPersonsState) -> None:
        self._hint.setText(state.hint)
        if self.search.text() != state.query:
            self.search.setText(state.query)
        self._model.show_rows(state.rows)
        if 0 <= state.selected < len(state.rows):
            index = self._model.index(state.selected)
            self._list.setCurrentIndex(index)
            self._list.scrollTo(index)
        else:
            self._list.clearSelection()
            self._list.setCurrentIndex(QModelIndex())


class PersonGuess(QWidget):
    """Line on the card with the suggested caller; a click opens the selection panel."""

    choice_asked = Signal()

    def __init__(self, theme: Theme, presenter: CallerPersonsPresenter) -> None:
        super().__init__()
        self._text = ElidedLabel(theme, style="strong", role="text")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(8)
        row.addWidget(IconSpot(theme, "user", "warn", theme.size("icon")))
        row.addWidget(Pill(theme, self.tr("guess"), kind="warn"))
        row.addWidget(self._text, 1)
        row.addWidget(KeyHint(theme, PERSON_KEY, self.tr("choose")))
        self.setCursor(Qt_QtGui.CursorShape.PointingHandCursor)
        self._presenter = presenter
        presenter.changed.connect(self._show)
        KEYS.changed.connect(self._keys_changed)
        self._show(presenter.state)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt_QtGui.MouseButton.LeftButton and self.rect().contains(event.pos()):
            self.choice_asked.emit()

    def _keys_changed(self) -> None:
        self._show(self._presenter.state)

    def _show(self, state: CallerPersonsState) -> None:
        self._text.set_text(state.guess)
        self._text.setToolTip(state.guess_detail)
        self.setAccessibleName(f"{state.guess}. {shown(PERSON_KEY)}" if state.guess else "")
        self.setVisible(bool(state.guess))
