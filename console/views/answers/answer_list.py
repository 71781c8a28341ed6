"""The list at the left of the page: messages under heads, with their terms and numbers."""

from uuid import UUID

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

from console.presenters.answers import AnswerRow
from console.views.components.empty_ring import EmptyRing
from console.views.components.paint import (
    draw_keycap,
    draw_row_ground,
    draw_text,
    keycap_size,
    text_width,
)
from console.views.components.term_line import GAP_PX, draw_term
from console.views.style_sheets import Sheet
from console.views.theme import Theme

Index = QModelIndex | QPersistentModelIndex

HEAD_PX = 36
SIDE_PX = 20


class AnswerModel(QAbstractListModel):
    """Rows of the list; one without a key is the head of a group and cannot be chosen."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[AnswerRow, ...] = ()

    def show_rows(self, rows: tuple[AnswerRow, ...]) -> None:
        """The list made anew where something of it is another."""
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self._rows)

    def row(self, index: Index) -> AnswerRow:
        return self._rows[index.row()]

    def index_of(self, key: UUID | None) -> QModelIndex:
        for number, row in enumerate(self._rows):
            if key is not None and row.key == key:
                return self.index(number)
        return QModelIndex()

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self._rows[index.row()].key is None:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            term = "" if row.term is None else row.term.sentence
            return ", ".join(part for part in (row.title, row.state, term, row.note) if part)
        return None


class _Delegate(QStyledItemDelegate):
    """A head: its key, its words, how many. A message: what it is of, its term, its number."""

    def __init__(self, theme: Theme, model: AnswerModel, view: QWidget) -> None:
        super().__init__(view)
        self._theme = theme
        self._model = model
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        if self._model.row(index).key is None:
            return QSize(160, self._theme.grown(HEAD_PX))
        return QSize(160, self._theme.size("row_queue"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._model.row(index)
        painter.save()
        area, selected = draw_row_ground(
            painter,
            self._theme,
            option,
            self._view,
            can_be_chosen=row.key is not None,
            is_marked=True,
        )
        if row.key is None:
            self._paint_head(painter, area, row)
        else:
            self._paint_message(painter, area, row, selected)
        painter.restore()

    def _paint_head(self, painter: QPainter, area: QRectF, row: AnswerRow) -> None:
        theme = self._theme
        is_empty = row.note == "0"
        ink = theme.colour("text-3" if is_empty else "text")
        middle = area.center().y() + 2
        left, right = area.left() + SIDE_PX, area.right() - SIDE_PX
        cap = keycap_size(theme, row.key_hint).width()
        border = theme.colour("line" if is_empty else "line-control")
        draw_keycap(painter, theme, left, middle, row.key_hint, theme.colour("text-3"), border)
        left += cap + 8
        font, line = theme.font("strong"), theme.line_px("strong")
        width = text_width(font, row.note) + 2
        draw_text(
            painter,
            QRectF(right - width, middle - line / 2, width, line),
            row.note,
            font,
            ink,
            Qt.AlignmentFlag.AlignRight,
        )
        draw_text(
            painter,
            QRectF(left, middle - line / 2, right - width - left - 8, line),
            row.title,
            theme.font("body" if is_empty else "strong"),
            ink,
        )
        painter.fillRect(QRectF(area.left(), area.bottom(), area.width(), 1), theme.colour("line"))

    def _paint_message(
        self, painter: QPainter, area: QRectF, row: AnswerRow, selected: bool
    ) -> None:
        theme = self._theme
        left, right = area.left() + SIDE_PX, area.right() - SIDE_PX
        line = area.height() / 2
        draw_text(
            painter,
            QRectF(left, area.top() + 5, right - left, line - 5),
            row.title,
            theme.font("strong" if selected else "button"),
            theme.colour("text"),
        )
        below = QRectF(left, area.top() + line, right - left, line - 6)
        font = theme.font("label")
        ink = theme.colour("text-2" if selected else "text-3")
        width = text_width(font, row.note) + 2
        number = QRectF(right - width, below.top(), width, below.height())
        draw_text(painter, number, row.note, font, ink)
        room = QRectF(left, below.top(), below.width() - width - 12, below.height())
        if row.term is None:
            draw_text(painter, room, row.state, font, theme.colour("text-2"))
        else:
            draw_term(painter, theme, room, row.term, "state")
            if row.extra:
                icon = theme.size("icon_meta") + GAP_PX
                taken = icon + text_width(theme.font("state"), row.term.short)
                rest = room.adjusted(taken, 0, 0, 0)
                draw_text(painter, rest, f" · {row.extra}", font, ink)


class AnswerListView(QListView):
    """Arrows walk over the messages, heads are passed over; Enter takes one; Esc is the page's."""

    moved = Signal(object)  # UUID
    taken = Signal()

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._model = AnswerModel()
        theme.dress(self, Sheet.LIST)
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(theme, self._model, self))
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(name)
        self.selectionModel().currentChanged.connect(self._tell)
        self.doubleClicked.connect(lambda _index: self.taken.emit())
        theme.changed.connect(self.viewport().update)
        EmptyRing(theme, self)

    def show_rows(self, rows: tuple[AnswerRow, ...], chosen: UUID | None) -> None:
        """Show the rows and the choice in them without telling it back."""
        selection = self.selectionModel()
        selection.blockSignals(True)
        self._model.show_rows(rows)
        index = self._model.index_of(chosen)
        if index != self.currentIndex() or not selection.isSelected(index):
            self.setCurrentIndex(index)
        selection.blockSignals(False)
        if index.isValid():
            self.scrollTo(index)
        self.viewport().update()

    def _tell(self, current: QModelIndex) -> None:
        key = self._model.row(current).key if current.isValid() else None
        if key is not None:
            self.moved.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.taken.emit()
        elif event.key() == Qt.Key.Key_Escape or event.text().isdigit():
            event.ignore()  # the page's: Esc leaves it, a digit goes to a list
        else:
            super().keyPressEvent(event)
