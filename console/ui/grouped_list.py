"""List with group headings for the directory editor: model, delegate and view."""

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from console.core.view_data import ListRow
from console.ui.lists import EmptyRing
from console.ui.paint import draw_icon, draw_row_ground, draw_text, text_width
from console.ui.style_sheets import Sheet
from console.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex


class GroupedModel(QAbstractListModel):
    """List model with group headings: a row without a key is a heading."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[ListRow, ...] = ()

    def show_rows(self, rows: tuple[ListRow, ...]) -> None:
        """Replaces the rows; if only one row changed, only that row is repainted."""
        if len(rows) == len(self._rows):
            pairs = enumerate(zip(self._rows, rows, strict=True))
            changed = [number for number, (older, row) in pairs if older is not row]
            if len(changed) <= 1:
                self._rows = rows
                for number in changed:
                    self.dataChanged.emit(self.index(number), self.index(number))
                return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self._rows)

    def row(self, index: Index) -> ListRow:
        return self._rows[index.row()]

    def index_of(self, key: str) -> QModelIndex:
        for number, row in enumerate(self._rows):
            if row.key == key:
                return self.index(number)
        return QModelIndex()

    def first_entry(self) -> QModelIndex:
        for number, row in enumerate(self._rows):
            if row.key:
                return self.index(number)
        return QModelIndex()

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and not self._rows[index.row()].key:
            return Qt.ItemFlag.NoItemFlags  # a group heading cannot be selected
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.title}, {row.note}" if row.note else row.title
        return None


class _Delegate(QStyledItemDelegate):
    """Paints a row of the list: a group heading, or an entry with its title, and icon and date at
    the right.
    """

    def __init__(self, theme: Theme, model: GroupedModel, view: QWidget) -> None:
        super().__init__(view)
        self._theme = theme
        self._model = model
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, self._theme.size("row_table"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme
        row = self._model.row(index)
        painter.save()
        area, selected = draw_row_ground(
            painter, theme, option, self._view, can_be_chosen=bool(row.key), is_marked=True
        )
        left, right = area.left() + (32 if row.key else 20), area.right() - 20
        role = "text-2" if selected and row.role == "text-3" else row.role
        font = theme.font("state" if row.mark else "label")
        width = text_width(font, row.note) + 2
        draw_text(
            painter,
            QRectF(right - width, area.top(), width, area.height()),
            row.note,
            font,
            theme.colour(role),
        )
        right -= width
        if row.mark:
            size = theme.size("icon_meta")
            middle = area.center().y()
            spot = QRectF(right - size - 5, middle - size / 2, size, size)
            draw_icon(painter, row.mark, spot, size, theme.colour(role))
            right -= size + 5
        draw_text(
            painter,
            QRectF(left, area.top(), right - left - 8, area.height()),
            row.title,
            theme.font("strong" if selected or not row.key else "body"),
            theme.colour("text"),
        )
        if not row.key:
            painter.fillRect(
                QRectF(area.left(), area.bottom() - 1, area.width(), 1), theme.colour("line")
            )
        painter.restore()


class GroupedView(QListView):
    """List view; arrow keys skip group headings, Enter emits ``taken``, the page handles Esc."""

    taken = Signal()

    def __init__(self, theme: Theme, model: GroupedModel, name: str) -> None:
        super().__init__()
        self.setModel(model)
        theme.dress(self, Sheet.LIST)
        self.setItemDelegate(_Delegate(theme, model, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        theme.fit(self, lambda it: it.setMinimumHeight(3 * theme.size("row_table")))
        self.doubleClicked.connect(lambda _index: self.taken.emit())
        theme.changed.connect(self.viewport().update)
        EmptyRing(theme, self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.taken.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)
