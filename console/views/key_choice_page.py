"""The page where keys are given other chords: Enter, the new chord, and it holds at once."""

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.keys.defaults import Key
from console.presenters.entry_state import HistoryRow
from console.presenters.key_choice import KeyChoicePresenter, KeyChoiceState, KeyLine
from console.views.components.announcer import announce
from console.views.components.buttons import ActionButton
from console.views.components.labels import KeyHint, ThemedLabel
from console.views.components.shortcuts import chord_of
from console.views.editor.entry_side import HistoryModel
from console.views.editor.marked_list import MarkedList
from console.views.theme import Theme

_BARE = (
    Qt.Key.Key_Control,
    Qt.Key.Key_Shift,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_unknown,
)


class ChordList(MarkedList):
    """The keys; while one of them is being changed the next chord goes to it and does nothing."""

    pressed = Signal(str)  # the chord, as the map writes it
    left_alone = Signal()
    put_back = Signal()

    _waits = False  # Qt sends the first events while the list is being made

    def wait_for_chord(self, waits: bool) -> None:
        self._waits = waits

    def event(self, event: QEvent) -> bool:
        if self._waits and event.type() is QEvent.Type.ShortcutOverride:
            event.accept()  # the chord is not what it does elsewhere
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
    """Every key of the map with its chord; what was changed is marked."""

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
            theme, self.tr("Put all keys back"), icon="arrow-counter-clockwise", small=True
        )
        all_back.clicked.connect(presenter.reset_all)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(KeyHint(theme, "Esc", self.tr("to the keys")))
        foot.addWidget(KeyHint(theme, "Enter", self.tr("change")))
        foot.addWidget(KeyHint(theme, "Delete", self.tr("put back")))
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
                    "A change holds at once and for you alone. Letters stand for their places on"
                    " the keyboard: the layout does not matter."
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
        """Take the keyboard, on the first key."""
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
        self._prompt.setText(
            self.tr("Press the new chord; Esc leaves it as it is.") if waits else ""
        )
        self._prompt.setVisible(waits)
        if waits:
            announce(self._list, self._prompt.text(), is_urgent=True)

    def _below(self, line: KeyLine) -> str:
        if not line.is_changed:
            return line.group
        return f"{line.group} · " + self.tr("at first {key}").format(key=line.default)

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
