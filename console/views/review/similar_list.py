"""Earlier messages that are alike: how much, where they stand, and whether their term runs."""

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

from console import words
from console.presenters.decision import SimilarRow
from console.views.components.icons import draw_icon
from console.views.components.paint import draw_row_ground, draw_text, text_width
from console.views.components.term_line import draw_term
from console.views.theme import Theme

Index = QModelIndex | QPersistentModelIndex
PADDING_PX = 14


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[SimilarRow, ...] = ()

    def show_rows(self, rows: tuple[SimilarRow, ...]) -> None:
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def row(self, index: Index) -> SimilarRow:
        return self._rows[index.row()]

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.number
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            parts = (f"№ {row.number}", row.score, row.reason, row.status[0], row.term.sentence,
                     words.decision.may_repeat(row.may_repeat), row.about)  # fmt: skip
            return ". ".join(part for part in parts if part)
        return None


class _Delegate(QStyledItemDelegate):
    """Number and score; how alike; status and term; the first line of the text."""

    def __init__(self, theme: Theme, model: _Model, view: QWidget) -> None:
        super().__init__(view)
        self._theme = theme
        self._model = model
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        theme = self._theme
        return QSize(160, theme.line_px("body") * 2 + theme.line_px("label") * 2 + 18)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme
        row = self._model.row(index)
        painter.save()
        area, _chosen = draw_row_ground(painter, theme, option, self._view, is_marked=True)
        left, right = area.left() + PADDING_PX + 6, area.right() - PADDING_PX
        body, label = theme.line_px("body"), theme.line_px("label")
        top = area.top() + 8
        width = text_width(theme.font("strong"), row.score) + 2
        draw_text(
            painter,
            QRectF(right - width, top, width, body),
            row.score,
            theme.font("strong"),
            theme.colour("text"),
        )
        draw_text(
            painter,
            QRectF(left, top, right - width - left - 8, body),
            f"№ {row.number}",
            theme.font("strong"),
            theme.colour("text"),
        )
        top += body
        draw_text(
            painter,
            QRectF(left, top, right - left, body),
            row.about,
            theme.font("body"),
            theme.colour("text-2"),
        )
        top += body
        draw_text(
            painter,
            QRectF(left, top, right - left, label),
            row.reason,
            theme.font("label"),
            theme.colour("text-2"),
        )
        top += label
        self._paint_status(painter, row, QRectF(left, top, right - left, label))
        painter.restore()

    def _paint_status(self, painter: QPainter, row: SimilarRow, area: QRectF) -> None:
        theme = self._theme
        text, icon, role = row.status
        size = theme.size("icon_meta")
        draw_icon(
            painter,
            icon,
            QRectF(area.left(), area.top(), size, area.height()),
            size,
            theme.colour(role),
        )
        left = area.left() + size + 5
        left += draw_text(
            painter,
            QRectF(left, area.top(), area.width() / 2, area.height()),
            text,
            theme.font("label"),
            theme.colour(role),
        )
        left += 14
        if row.term.short and left < area.right():
            draw_term(
                painter,
                theme,
                QRectF(left, area.top(), area.right() - left, area.height()),
                row.term,
            )


class SimilarList(QListView):
    """Arrows lay another message beside this one; digits and Enter are the page's."""

    moved = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._model = _Model()
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(theme, self._model, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Similar earlier messages"))
        self.selectionModel().currentChanged.connect(self._moved)
        theme.changed.connect(self.viewport().update)

    def show_rows(self, rows: tuple[SimilarRow, ...], chosen: int) -> None:
        selection = self.selectionModel()
        selection.blockSignals(True)
        self._model.show_rows(rows)
        self.setCurrentIndex(self._model.index(chosen) if chosen >= 0 else QModelIndex())
        selection.blockSignals(False)
        if chosen >= 0:
            self.scrollTo(self.currentIndex())
        self.viewport().update()

    def _moved(self, current: QModelIndex) -> None:
        if current.isValid():
            self.moved.emit(current.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().strip() or event.key() in (
            Qt.Key.Key_Escape,
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
        ):
            event.ignore()
        else:
            super().keyPressEvent(event)
