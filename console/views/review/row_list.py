"""Lists of the review that are walked by arrows while digits and letters stay the page's."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from console.views.style_sheets import Sheet
from console.views.theme import Theme

Index = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")

_PAGE_KEYS = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RowModel(QAbstractListModel, Generic[Row]):
    """Rows of ready words: the title of each, and all of it for tool tip and screen reader."""

    def __init__(self, title: Callable[[Row], str], whole: Callable[[Row], str]) -> None:
        super().__init__()
        self._title = title
        self._whole = whole
        self._rows: tuple[Row, ...] = ()

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def row(self, index: Index) -> Row:
        return self._rows[index.row()]

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._title(row)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._whole(row)
        return None


class RowList(QListView, Generic[Row]):
    """``moved`` tells the row that a person has gone to."""

    moved = Signal(int)

    def __init__(self, theme: Theme, model: RowModel[Row], name: str) -> None:
        super().__init__()
        self._theme = theme
        self._rows = model
        theme.dress(self, Sheet.LIST)
        self.setModel(model)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.selectionModel().currentChanged.connect(self._tell)
        theme.changed.connect(self.viewport().update)

    def show_rows(self, rows: tuple[Row, ...], chosen: int) -> None:
        """Show the rows and the choice in them, none below zero, without telling it back."""
        selection = self.selectionModel()
        selection.blockSignals(True)
        self._rows.show_rows(rows)
        self.setCurrentIndex(self._rows.index(chosen) if chosen >= 0 else QModelIndex())
        selection.blockSignals(False)
        if chosen >= 0:
            self.scrollTo(self.currentIndex())
        self.viewport().update()

    def _tell(self, current: QModelIndex) -> None:
        if current.isValid():
            self.moved.emit(current.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().strip() or event.key() in _PAGE_KEYS:
            event.ignore()  # digits decide, they do not search the list
        else:
            super().keyPressEvent(event)
