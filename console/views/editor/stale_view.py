"""Entries out of date, under the organs that answer for them."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from console.keys.defaults import Key
from console.presenters.stale_report import StaleReportPresenter, StaleState
from console.views.components.buttons import ActionButton
from console.views.components.labels import KeyHint, Line, ThemedLabel
from console.views.editor.grouped_list import GroupedModel, GroupedView
from console.views.editor.section import EditorSection
from console.views.theme import Theme


class StaleView(EditorSection):
    """Enter opens the entry, Ctrl+K notes that it was checked today."""

    entry_asked = Signal(str)  # id

    def __init__(self, theme: Theme, presenter: StaleReportPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._model = GroupedModel()
        self._view = GroupedView(theme, self._model, self.tr("Entries out of date"))
        self._view.selectionModel().currentChanged.connect(self._moved)
        self._view.taken.connect(self._open)
        self._empty = ThemedLabel(theme, self.tr("Every entry was checked in time"), role="text-2")
        self._note = ThemedLabel(
            theme,
            self.tr("Nobody has checked these for longer than their kind may go"),
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
        head.addWidget(ThemedLabel(theme, self.tr("Out of date"), style="title"))
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
        """The chosen entry was checked today."""
        self._presenter.check()

    def export(self) -> None:
        """Write the report to a file."""
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
