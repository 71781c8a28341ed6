"""The list at the left of a section: two lines a row, an icon before and a word behind."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from console.views.components.empty_ring import EmptyRing
from console.views.editor.entry_side import HistoryDelegate, HistoryModel
from console.views.style_sheets import Sheet
from console.views.theme import Theme


class MarkedList(QListView):
    """Arrows walk, Enter takes the row; Esc is the page's."""

    moved = Signal(int)
    taken = Signal()

    def __init__(self, theme: Theme, model: HistoryModel, name: str) -> None:
        super().__init__()
        theme.dress(self, Sheet.LIST)
        self.setModel(model)
        self.setItemDelegate(HistoryDelegate(theme, model, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._tell)
        self.doubleClicked.connect(lambda _index: self.taken.emit())
        theme.changed.connect(self.viewport().update)
        EmptyRing(theme, self)

    def _tell(self, current: QModelIndex) -> None:
        if current.isValid():
            self.moved.emit(current.row())

    def mark(self, row: int) -> None:
        """Show a row as the chosen one without telling it back; -1 is none."""
        index = self.model().index(row, 0) if row >= 0 else QModelIndex()
        selection = self.selectionModel()
        if index == self.currentIndex() and selection.isSelected(index) == index.isValid():
            return
        selection.blockSignals(True)
        self.setCurrentIndex(index)
        selection.blockSignals(False)
        if index.isValid():
            self.scrollTo(index)
        self.viewport().update()

    def focus_chosen(self) -> None:
        """Take the keyboard, on the chosen row or the first."""
        index = self.currentIndex()
        self.setFocus()
        # Where no row was chosen Qt makes the first one current, but does not select it.
        if not index.isValid() and self.model().rowCount():
            index = self.model().index(0, 0)
        if index.isValid():
            self.setCurrentIndex(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.taken.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)
