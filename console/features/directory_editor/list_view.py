"""View of the editor's entry list, and section of entries that are overdue for a check."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.core.default_keys import Key
from console.features.directory_editor.entry_list import (
    EntryFilter,
    EntryListPresenter,
    ListState,
)
from console.features.directory_editor.section_view import EditorSection
from console.features.directory_editor.stale import StaleReportPresenter, StaleState
from console.ui.buttons import ActionButton
from console.ui.choices import Choice, ChoiceRow
from console.ui.fields import LineField
from console.ui.grouped_list import GroupedModel, GroupedView
from console.ui.labels import KeyHint, Line, Surface, ThemedLabel
from console.ui.notices import Trouble
from console.ui.theme import Theme


class EntryListColumn(Surface):
    """Column with the button «Новая», search, filter, and entry list.

    Arrow keys move in the list, Enter moves to the form.
    """

    chosen = Signal(str)  # id of the entry
    taken = Signal()
    new_asked = Signal()

    def __init__(
        self, theme: Theme, presenter: EntryListPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "surface", parent)
        self._theme = theme
        self._presenter = presenter
        self._key = ""
        self._enters_when_settled = False
        self._filter_names = {
            EntryFilter.ALL: self.tr("All"),
            EntryFilter.STALE: self.tr("Outdated"),
            EntryFilter.MINE: self.tr("Mine"),
        }
        self.new = ActionButton(theme, self.tr("New"), key=Key.NEW, icon="plus")
        self.new.clicked.connect(self.new_asked)
        self.search = LineField(theme, self.tr("Find an entry"))
        self.search.textEdited.connect(presenter.set_query)
        self.search.returnPressed.connect(self._enter_found)
        self._filter = ChoiceRow(
            theme,
            self.tr("Which entries"),
            tuple(Choice(name.value, text) for name, text in self._filter_names.items()),
            tall=False,
            even=False,
        )
        self._filter.chosen.connect(presenter.set_filter)
        self._model = GroupedModel()
        self.view = GroupedView(theme, self._model, self.tr("Entries"))
        self.view.selectionModel().currentChanged.connect(self._moved)
        self.view.taken.connect(self.taken)
        self._empty = ThemedLabel(theme, self.tr("No such entries"), role="text-2")
        self._empty.setContentsMargins(20, 12, 20, 0)
        self._problem = Trouble(theme)
        self._problem.setContentsMargins(20, 4, 20, 4)
        self._lay_out()
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(ThemedLabel(self._theme, self.tr("Directory"), style="section"), 1)
        head.addWidget(self.new)
        top = QVBoxLayout()
        top.setContentsMargins(20, 11, 17, 6)
        top.setSpacing(6)
        top.addLayout(head)
        top.addWidget(self.search)
        top.addWidget(self._filter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._problem)
        column.addWidget(self._empty)
        column.addWidget(self.view, 1)
        column.addSpacing(6)

    def _enter_found(self) -> None:
        """Focuses the list as soon as it shows the result of the latest query."""
        self._enters_when_settled = not self._presenter.is_settled
        if not self._enters_when_settled:
            self.focus_list()

    def focus_list(self) -> None:
        """Focuses the list with the selected entry, or with the first one if none is selected."""
        index = self.view.currentIndex()
        self.view.setFocus()
        # If no row is selected, Qt makes the first one current on focus but does not select it.
        self.view.setCurrentIndex(index if index.isValid() else self._model.first_entry())

    def focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def show_chosen(self, key: str) -> None:
        """Selects the list row of the entry that is open in the form."""
        self._key = key
        self._mark()

    def _mark(self) -> None:
        index = self._model.index_of(self._key) if self._key else QModelIndex()
        if index == self.view.currentIndex():
            return
        selection = self.view.selectionModel()
        selection.blockSignals(True)
        self.view.setCurrentIndex(index)
        selection.blockSignals(False)
        if index.isValid():
            self.view.scrollTo(index)
        self.view.viewport().update()

    def _moved(self, current: QModelIndex) -> None:
        key = self._model.row(current).key if current.isValid() else ""
        if key and key != self._key:
            self._key = key
            self.chosen.emit(key)

    def _show(self, state: ListState) -> None:
        self._filter.show_choice(state.filter.value)
        for name, text in self._filter_names.items():
            count = state.counts.get(name, 0)
            self._filter.set_text(name.value, f"{text} {count}" if count else text)
        self._model.show_rows(state.rows)
        self._problem.show_trouble(state.problem)
        self._empty.setVisible(not (state.rows or state.problem[0]))
        self._mark()
        if self._enters_when_settled and self._presenter.is_settled:
            self._enters_when_settled = False
            # The list takes the focus only if the editor has not moved to another field.
            if self.window().focusWidget() is self.search:
                self.focus_list()


class StaleView(EditorSection):
    """Section of entries overdue for a check: Enter opens an entry, Ctrl+K records a check
    today.
    """

    entry_asked = Signal(str)  # id

    def __init__(self, theme: Theme, presenter: StaleReportPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._model = GroupedModel()
        self._view = GroupedView(theme, self._model, self.tr("Outdated entries"))
        self._view.selectionModel().currentChanged.connect(self._moved)
        self._view.taken.connect(self._open)
        self._empty = ThemedLabel(theme, self.tr("All entries were checked on time"), role="text-2")
        self._note = ThemedLabel(
            theme,
            self.tr("These entries have not been checked within the limit for their kind"),
            style="label",
            role="text-2",
        )
        self._export = ActionButton(
            theme, self.tr("Save as XLSX"), key=Key.EXPORT, icon="export", small=True
        )
        self._export.clicked.connect(self.export)
        self._check = ActionButton(
            theme, self.tr("Checked today"), key=Key.CHECKED_TODAY, icon="check"
        )
        self._check.clicked.connect(self.check)
        head = QHBoxLayout()
        head.setContentsMargins(20, 12, 17, 0)
        head.addWidget(ThemedLabel(theme, self.tr("Outdated"), style="title"))
        head.addSpacing(12)
        head.addWidget(self._note, 1)
        head.addWidget(self._export)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 0, 20, 8)
        foot.addWidget(KeyHint(theme, "Enter", self.tr("open the entry")))
        foot.addWidget(KeyHint(theme, "Esc", self.tr("to the entries")))
        foot.addStretch(1)
        foot.addWidget(self._check)
        self._empty.setContentsMargins(20, 12, 20, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._empty)
        column.addWidget(self._view, 1)
        column.addWidget(Line(theme, Qt.Orientation.Horizontal))
        column.addLayout(foot)
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def open_section(self) -> None:
        self._presenter.reload()
        self._view.setFocus()

    def check(self) -> None:
        """Records that the selected entry was checked today."""
        self._presenter.check()

    def export(self) -> None:
        """Exports the report of overdue entries to a file."""
        self._presenter.write_xlsx()

    def _open(self) -> None:
        if self._presenter.state.chosen:
            self.entry_asked.emit(self._presenter.state.chosen)

    def _moved(self, current: QModelIndex) -> None:
        if current.isValid() and self._model.row(current).key:
            self._presenter.choose(self._model.row(current).key)

    def _show(self, state: StaleState) -> None:
        selection = self._view.selectionModel()
        selection.blockSignals(True)
        self._model.show_rows(state.rows)
        index = self._model.index_of(state.chosen) if state.chosen else QModelIndex()
        self._view.setCurrentIndex(index)
        selection.blockSignals(False)
        if index.isValid():
            self._view.scrollTo(index)
        self._view.viewport().update()
        self._empty.setVisible(not state.rows)
        for part in (self._note, self._export, self._check):
            part.setVisible(bool(state.rows))
