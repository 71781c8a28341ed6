"""Section for failed searches: list on the left, search for the expected entry on the right."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QVBoxLayout, QWidget

from console.core.default_keys import Key
from console.features.directory_editor.section_view import EditorSection
from console.features.directory_editor.unanswered import (
    SearchOrder,
    UnansweredPresenter,
    UnansweredState,
)
from console.shared.directory.hits_view import HitDelegate, HitModel
from console.ui.buttons import ActionButton, Tone
from console.ui.choices import Choice, ChoiceRow
from console.ui.fields import FieldRow, LineField
from console.ui.labels import KeyHint, Line, Surface, ThemedLabel
from console.ui.lists import HistoryModel, MarkedList
from console.ui.style_sheets import Sheet
from console.ui.theme import Theme

LIST_PX = 360
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class UnansweredView(EditorSection):
    """Section for failed searches: Enter moves from the list to the search field, then to the
    entry.
    """

    entry_asked = Signal(str, str)  # entry id, query to add to its names
    synonym_asked = Signal(str, str)  # failed search, and its possible meaning
    question_asked = Signal(str)  # title of the new question

    def __init__(self, theme: Theme, presenter: UnansweredPresenter) -> None:
        super().__init__()
        self._theme = theme
        self._presenter = presenter
        self._once_read: Callable[[], None] | None = None
        self._confirms_when_settled = False
        self._model = HistoryModel()
        self._hit_model = HitModel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left())
        row.addWidget(Line(theme, Qt.Orientation.Vertical))
        row.addWidget(self._right(), 1)
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _left(self) -> Surface:
        theme = self._theme
        left = Surface(theme, "surface")
        theme.fit(left, lambda it: it.setFixedWidth(theme.grown(LIST_PX)))
        self._order = ChoiceRow(
            theme,
            self.tr("Sort order"),
            (
                Choice(SearchOrder.OFTEN.value, self.tr("Often asked first")),
                Choice(SearchOrder.NEWEST.value, self.tr("Newest first")),
            ),
            tall=False,
            even=False,
        )
        self._order.chosen.connect(self._presenter.set_order)
        self._list = MarkedList(theme, self._model, self.tr("Failed searches"))
        self._list.moved.connect(self._presenter.choose)
        self._list.taken.connect(self.focus_search)
        self._empty = ThemedLabel(
            theme,
            self.tr("No failed searches, or all are handled"),
            role="text-2",
            wrap=True,
        )
        self._empty.setContentsMargins(20, 12, 20, 0)
        top = QVBoxLayout()
        top.setContentsMargins(20, 15, 17, 6)
        top.setSpacing(8)
        top.addWidget(ThemedLabel(theme, self.tr("Not found"), style="section"))
        top.addWidget(self._order)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._empty)
        column.addWidget(self._list, 1)
        return left

    def _right(self) -> QWidget:
        theme = self._theme
        self._title = ThemedLabel(theme, style="title", wrap=True)
        self._status = ThemedLabel(theme, style="label", role="text-2")
        self._search = _SearchField(theme)
        self._search.setAccessibleName(self.tr("Entry wanted"))
        self._search.textEdited.connect(self._presenter.look_for)
        self._search.stepped.connect(self._presenter.move)
        self._search.returnPressed.connect(self.confirm)
        self._hits = QListView()
        theme.dress(self._hits, Sheet.LIST)
        self._hits.setModel(self._hit_model)
        self._hits.setItemDelegate(HitDelegate(theme, self._hit_model))
        self._hits.setUniformItemSizes(True)
        self._hits.setMouseTracking(True)
        self._hits.setAccessibleName(self.tr("Entries found"))
        self._hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._hits.selectionModel().currentChanged.connect(self._hit_moved)
        self._hits.doubleClicked.connect(lambda _index: self.confirm())
        theme.changed.connect(self._hits.viewport().update)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(24, 14, 24, 10)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._status)
        column.addSpacing(4)
        self._field = FieldRow(theme, self.tr("Entry wanted"), self._search)
        column.addWidget(self._field)
        self._no_hits = ThemedLabel(
            theme, self.tr("These words find nothing: enter others"), role="text-2"
        )
        theme.fit(
            self._no_hits, lambda it: it.setContentsMargins(theme.size("label_col") + 8, 0, 0, 0)
        )
        column.addWidget(self._no_hits)
        column.addWidget(self._hits, 100)
        column.addStretch(1)
        column.addWidget(Line(theme, Qt.Orientation.Horizontal))
        column.addLayout(self._foot())
        return right

    def _foot(self) -> QHBoxLayout:
        theme = self._theme
        done = ActionButton(theme, self.tr("Handled"), key=Key.CLOSE_ENTRY, icon="check-circle")
        new = ActionButton(theme, self.tr("New question"), key=Key.NEW, icon="plus")
        synonym = ActionButton(
            theme, self.tr("Synonym"), key=Key.MAKE_SYNONYM, icon="arrows-left-right"
        )
        self._add = ActionButton(
            theme,
            self.tr("Add words"),
            key=Key.SAVE,
            icon="note-pencil",
            tone=Tone.MAIN,
        )
        done.clicked.connect(self.close_chosen)
        new.clicked.connect(self.make_new)
        synonym.clicked.connect(self.make_synonym)
        self._add.clicked.connect(self.confirm)
        self._actions = (done, new, synonym)
        foot = QHBoxLayout()
        foot.addWidget(KeyHint(theme, "Esc", self.tr("to the entries")))
        foot.addStretch(1)
        for button in (*self._actions, self._add):
            foot.addWidget(button)
        return foot

    # --- actions ---

    def open_section(self) -> None:
        self._presenter.reload()
        self._list.focus_chosen()

    def focus_search(self) -> None:
        """Focuses the search field if a failed search is selected; without one the field is
        hidden.
        """
        if self._waits_for_list(self.focus_search) or not self._presenter.state.query:
            return
        self._search.setFocus()
        self._search.selectAll()

    def confirm(self) -> None:
        """Opens the selected entry and adds the failed search's query to its alternative names."""
        if self._waits_for_list(self.confirm):
            return
        if not self._presenter.is_settled:
            self._confirms_when_settled = True  # the result of the latest query is pending
            return
        entry_id, query = self._presenter.chosen_entry, self._presenter.state.query
        if entry_id and query:
            self.entry_asked.emit(entry_id, query)

    def make_synonym(self) -> None:
        """Starts a synonym pair of the failed search and the title of the selected entry."""
        if self._waits_for_list(self.make_synonym):
            return
        query = self._presenter.state.query
        if query:
            self.synonym_asked.emit(query, self._presenter.chosen_title)

    def make_new(self) -> None:
        """Starts a new question with the failed search as its title."""
        if self._waits_for_list(self.make_new):
            return
        query = self._presenter.state.query
        if query:
            self.question_asked.emit(query)

    def _waits_for_list(self, action: Callable[[], None]) -> bool:
        """Defers the action if the list is loading and no failed search is selected.

        Returns True if the action was deferred; it runs after loading.
        """
        waits = self._presenter.is_reading and not self._presenter.state.query
        if waits:
            self._once_read = action
        return waits

    def close_chosen(self) -> None:
        self._presenter.settle()

    def _hit_moved(self, current: QModelIndex) -> None:
        if current.isValid():
            self._presenter.select(current.row())

    # --- view state ---

    def _has_keyboard(self) -> bool:
        focus = self.window().focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def _show(self, state: UnansweredState) -> None:
        self._order.show_choice(state.order.value)
        self._model.show_rows(state.rows)
        if state.chosen < 0 and self._has_keyboard():
            # The previous search was resolved: the next one gets the focus, not a button of another
            # page.
            self._list.focus_chosen()
            if state.rows:
                return
        self._list.mark(state.chosen)
        self._empty.setVisible(not state.rows)
        chosen = bool(state.query)
        self._title.setText(f"«{state.query}»" if chosen else self.tr("Select a search"))
        self._status.setText(state.status)
        self._search.replace_text(state.looked_for, whole_record=True)
        for part in (self._field, *self._actions, self._add):
            part.setVisible(chosen)
        self._hits.setVisible(chosen and bool(state.hits))
        self._no_hits.setVisible(chosen and not state.hits)
        self._add.setEnabled(state.selected >= 0)
        self._hit_model.show_rows(state.hits)
        selection = self._hits.selectionModel()
        selection.blockSignals(True)
        self._hits.setCurrentIndex(
            self._hit_model.index(state.selected) if state.selected >= 0 else QModelIndex()
        )
        selection.blockSignals(False)
        if state.selected >= 0:
            self._hits.scrollTo(self._hits.currentIndex())
        self._hits.viewport().update()
        once_read = self._once_read
        if once_read is not None and not self._presenter.is_reading:
            self._once_read = None
            if self.isVisible():
                once_read()
        if self._confirms_when_settled and self._presenter.is_settled:
            self._confirms_when_settled = False
            if self.isVisible():  # false if the editor has left the section
                self.confirm()


class _SearchField(LineField):
    """Search field whose arrow keys move the selection in the list of results."""

    stepped = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(Qt.Key(event.key()))
        if step is None or event.modifiers():
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)
