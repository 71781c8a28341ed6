"""Table of a report: model, delegate and view, with text columns, number columns and a
total row.
"""

from math import ceil

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from console.core.own_desk import OwnDeskPresenter
from console.core.report_content import Section, cell_text
from console.ui.lists import EmptyRing
from console.ui.paint import draw_focus_ring, draw_text, place_of, text_width
from console.ui.style_sheets import Sheet
from console.ui.table_columns import Column, TableColumns
from console.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
LEAST_NUMBER_PX, PADDING_PX, HEAD_EXTRA_PX = 56, 12, 12
LONG_TEXT_PX = 190  # wider text columns share the remaining width


class FiguresModel(QAbstractTableModel):
    """Table model of one report section; cells are display text."""

    def __init__(self, section: Section) -> None:
        super().__init__()
        self.section = section

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self.section.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return len(self.section.heads)

    def text(self, index: Index) -> str:
        return cell_text(self.section.rows[index.row()].cells[index.column()])

    def side(self, column: int) -> Qt.AlignmentFlag:
        is_text = column < self.section.texts
        return Qt.AlignmentFlag.AlignLeft if is_text else Qt.AlignmentFlag.AlignRight

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.text(index)
            case Qt.ItemDataRole.ToolTipRole if index.column() < self.section.texts:
                return self.text(index)
            case Qt.ItemDataRole.AccessibleTextRole:
                row = self.text(self.index(index.row(), 0))
                head = self.section.heads[index.column()]
                return f"{row}. {head}: {self.text(index)}" if index.column() else row
            case _:
                return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.section.heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(self.side(section) | Qt.AlignmentFlag.AlignVCenter)
        return None


class FiguresDelegate(QStyledItemDelegate):
    """Paints table cells: a line below each row, totals in bold, a focus ring on the
    current cell.
    """

    def __init__(self, theme: Theme, model: FiguresModel, table: QTableView) -> None:
        super().__init__(table)
        self._theme = theme
        self._model = model
        self._table = table

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(LEAST_NUMBER_PX, self._theme.size("row_table"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme
        area, state = place_of(option)
        row = self._model.section.rows[index.row()]
        chosen = bool(state & QStyle.StateFlag.State_Selected) and self._table.hasFocus()
        if chosen:
            painter.fillRect(area, theme.colour("selected"))
        elif state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.colour("surface"))  # covers the style's background
        line = QRectF(area.left(), area.bottom() - 1, area.width(), 1)
        last = index.row() == self._model.rowCount() - 1
        if not last:
            painter.fillRect(line, theme.colour("line"))
        text = self._model.text(index)
        empty = index.column() >= self._model.section.texts and text == "0"
        draw_text(
            painter,
            area.adjusted(PADDING_PX, 0, -PADDING_PX, 0),
            text,
            theme.font("strong" if row.is_total else "body"),
            theme.colour("text-3" if empty else "text"),
            self._model.side(index.column()),
        )
        if chosen:
            draw_focus_ring(painter, theme, area, 4)


class FiguresTable(QTableView):
    """Table that is as high as its rows; arrow keys at its first or last row emit ``passed``, to
    move to the adjacent table.
    """

    opened = Signal(int, int)  # row, column
    passed = Signal(int)  # 1: below the last row, -1: above the first
    reached = Signal(object)  # QRectF of the current cell, in table coordinates

    def __init__(self, theme: Theme, section: Section, own_desk: OwnDeskPresenter) -> None:
        super().__init__()
        self._theme = theme
        self._model = FiguresModel(section)
        self.setModel(self._model)
        self.setItemDelegate(FiguresDelegate(theme, self._model, self))
        self.setProperty("card", True)
        theme.dress(self, Sheet.TABLE)
        self.setAccessibleName(section.title)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows = self.verticalHeader()
        rows.setVisible(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._columns = TableColumns(theme, self, own_desk)
        self.horizontalHeader().setMinimumSectionSize(LEAST_NUMBER_PX)
        theme.fit(self, lambda it: it.take_room())
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row(), index.column()))
        self.selectionModel().currentChanged.connect(self._tell_reached)
        theme.changed.connect(self.viewport().update)
        EmptyRing(theme, self)

    def take_room(self) -> None:
        """Sets the height to that of the header and all rows."""
        theme, section = self._theme, self._model.section
        self._size_columns(section)
        self.verticalHeader().setDefaultSectionSize(theme.size("row_table"))
        height = theme.size("button") + theme.size("row_table") * len(section.rows)
        self.setFixedHeight(height + 2)

    def _size_columns(self, section: Section) -> None:
        theme = self._theme
        natural = [self._natural_px(column) for column in range(len(section.heads))]
        long_px, widest_px = theme.grown(LONG_TEXT_PX), max(natural[: section.texts], default=0)
        made = []
        for column, width in enumerate(natural):
            # At least one column takes the remaining width; columns with short texts get only their
            # natural width.
            gives_way = column < section.texts and (column == 0 or width > long_px)
            if gives_way and not (section.texts > 1 and width <= long_px < widest_px):
                made.append(Column(str(column), None))
            else:
                made.append(Column(str(column), max(LEAST_NUMBER_PX, width)))
        self._columns.make(section.code, made)

    def _natural_px(self, column: int) -> int:
        """Width in px required by the header and cells of the column."""
        theme, section = self._theme, self._model.section
        texts = (cell_text(row.cells[column]) for row in section.rows)
        widest = max((text_width(theme.font("strong"), text) for text in texts), default=0.0)
        head = text_width(theme.font("label"), section.heads[column])
        head += theme.grown(HEAD_EXTRA_PX)
        return ceil(max(head, widest)) + 2 * PADDING_PX + 2

    def choose(self, row: int, column: int) -> None:
        """Sets the keyboard focus to this cell, or to the nearest one if the table is smaller."""
        rows, columns = self._model.rowCount(), self._model.columnCount()
        if rows:
            index = self._model.index(min(row, rows - 1), min(column, columns - 1))
            self.setCurrentIndex(index)
        self.setFocus()

    def _tell_reached(self, current: QModelIndex) -> None:
        if current.isValid():
            area = self.visualRect(current).translated(0, self.horizontalHeader().height())
            self.reached.emit(QRectF(area))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._model.rowCount():
            # When the table gets the focus with Tab, Qt makes a cell current but does not select
            # it.
            at = self.currentIndex()
            self.setCurrentIndex(at if at.isValid() else self._model.index(0, 0))
        self._tell_reached(self.currentIndex())
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, last = self.currentIndex().row(), self._model.rowCount() - 1
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers():
                if row >= 0:
                    self.opened.emit(row, self.currentIndex().column())
            case Qt.Key.Key_Escape:
                event.ignore()
            case Qt.Key.Key_Down if row == last and not event.modifiers():
                self.passed.emit(1)
            case Qt.Key.Key_Up if row <= 0 and not event.modifiers():
                self.passed.emit(-1)
            case _:
                super().keyPressEvent(event)
