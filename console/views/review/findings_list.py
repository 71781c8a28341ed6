"""What was found in the text, a line each; the pointed one shows its evidence."""

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

from console.presenters.review import FindingRow
from console.views.components.icons import draw_icon
from console.views.components.paint import draw_row_ground, draw_text, text_width
from console.views.theme import Theme

Index = QModelIndex | QPersistentModelIndex
ROW_PX = 28
MOST_ROWS = 4


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[FindingRow, ...] = ()

    def show_rows(self, rows: tuple[FindingRow, ...]) -> None:
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def row(self, index: Index) -> FindingRow:
        return self._rows[index.row()]

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.title}, {row.paragraph}. {row.evidence}"
        return None


class _Delegate(QStyledItemDelegate):
    """Icon, title, the words of the text, and at the right the paragraph."""

    def __init__(self, theme: Theme, model: _Model, view: QWidget) -> None:
        super().__init__(view)
        self._theme = theme
        self._model = model
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, max(ROW_PX, self._theme.line_px("body") + 8))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme
        row = self._model.row(index)
        painter.save()
        area, _chosen = draw_row_ground(painter, theme, option, self._view)
        size = theme.size("icon")
        left, right = area.left() + 12, area.right() - 14
        draw_icon(
            painter,
            row.icon,
            QRectF(left, area.top(), size, area.height()),
            size,
            theme.colour(row.role),
        )
        left += size + 8
        width = text_width(theme.font("label"), row.paragraph) + 2
        draw_text(
            painter,
            QRectF(right - width, area.top(), width, area.height()),
            row.paragraph,
            theme.font("label"),
            theme.colour("text-3"),
        )
        right -= width + 10
        left += draw_text(
            painter,
            QRectF(left, area.top(), right - left, area.height()),
            row.title,
            theme.font("strong"),
            theme.colour("text"),
        )
        draw_text(
            painter,
            QRectF(left + 8, area.top(), max(0.0, right - left - 8), area.height()),
            row.evidence,
            theme.font("body"),
            theme.colour("text-2"),
        )
        painter.restore()


class FindingsList(QListView):
    """Grows to four lines, then scrolls; a line that is gone to tells its place."""

    pointed = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._model = _Model()
        self._theme = theme
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(theme, self._model, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("What was found in the text"))
        self.selectionModel().currentChanged.connect(self._moved)
        theme.changed.connect(self.viewport().update)

    def show_rows(self, rows: tuple[FindingRow, ...], pointed: int) -> None:
        self._model.show_rows(rows)
        row_px = max(ROW_PX, self._theme.line_px("body") + 8)
        self.setFixedHeight(min(len(rows), MOST_ROWS) * row_px + 4)
        self.setVisible(bool(rows))
        selection = self.selectionModel()
        selection.blockSignals(True)
        self.setCurrentIndex(self._model.index(pointed) if pointed >= 0 else QModelIndex())
        selection.blockSignals(False)
        if pointed >= 0:
            self.scrollTo(self.currentIndex())
        self.viewport().update()

    def _moved(self, current: QModelIndex) -> None:
        if current.isValid():
            self.pointed.emit(current.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().strip() or event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
            event.ignore()  # digits decide, they do not search the list
        else:
            super().keyPressEvent(event)
