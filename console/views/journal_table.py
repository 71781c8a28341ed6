"""The table of the day's lists: its rows, how they are drawn, and the keys of a row."""

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from console.presenters.journal_rows import NO_ROWS, JournalRow, JournalRows
from console.views.components.icons import draw_icon
from console.views.components.paint import draw_text, fill_box, place_of, text_width
from console.views.theme import Theme

Index = QModelIndex | QPersistentModelIndex
TIME, NUMBER, PHONE, ABOUT, RESULT = range(5)
COLUMNS = 5
NOTE_GAP_PX = 8
_WIDEST_TIME = "00.00.0000 00:00"


class JournalModel(QAbstractTableModel):
    """The rows of the chosen list; the texts are ready, the model only hands them out."""

    def __init__(self, heads: tuple[str, ...]) -> None:
        super().__init__()
        self._heads = heads
        self._rows = NO_ROWS

    def has(self, rows: JournalRows) -> bool:
        """Whether these are the rows that are shown."""
        return rows == self._rows

    def show_rows(self, rows: JournalRows) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row(self, index: Index) -> JournalRow:
        return self._rows[index.row()]

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return COLUMNS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        spoken = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
        if role != Qt.ItemDataRole.DisplayRole and role not in spoken:
            return None
        row = self._rows[index.row()]
        text = row.cells()[index.column()]
        has_note = index.column() == TIME and role in spoken and bool(row.note)
        return f"{text}, {row.note}" if has_note else text

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


class JournalDelegate(QStyledItemDelegate):
    """Rows 36 high with a hairline below and no vertical lines."""

    def __init__(self, theme: Theme, model: JournalModel) -> None:
        super().__init__()
        self._theme = theme
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, self._theme.size("row_table"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme
        area, state = place_of(option)
        row = self._model.row(index)
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.colour("selected"))
            if index.column() == TIME:
                fill_box(
                    painter,
                    QRectF(area.left(), area.top() + 3, 3, area.height() - 6),
                    1,
                    theme.colour("accent"),
                )
        painter.fillRect(
            QRectF(area.left(), area.bottom() - 1, area.width(), 1), theme.colour("line")
        )
        text = row.cells()[index.column()]
        left = area.left() + 12
        last = index.column() == RESULT
        if last and row.icon:
            size = theme.size("icon_meta")
            draw_icon(
                painter,
                row.icon,
                QRectF(left, area.center().y() - size / 2, size, size),
                size,
                theme.colour(row.role),
            )
            left += size + 6
        role = row.role if last else ("text" if index.column() in (TIME, ABOUT) else "text-2")
        font = "state" if last else ("strong" if index.column() == TIME else "body")
        place = QRectF(left, area.top(), area.right() - left - 6, area.height())
        taken = draw_text(painter, place, text, theme.font(font), theme.colour(role))
        if index.column() == TIME and row.note:
            # under one another, whatever the times before them
            place.setLeft(left + max(taken, text_width(theme.font(font), _WIDEST_TIME)))
            self._draw_note(painter, place, row.note)
        painter.restore()

    def _draw_note(self, painter: QPainter, place: QRectF, note: str) -> None:
        """What is to be known of the time itself, with its icon."""
        theme = self._theme
        size, left = theme.size("icon_meta"), place.left() + NOTE_GAP_PX
        if left + size > place.right():
            return
        colour = theme.colour("warn")
        icon = QRectF(left, place.center().y() - size / 2, size, size)
        draw_icon(painter, "clock-fill", icon, size, colour)
        place.setLeft(left + size + 4)
        draw_text(painter, place, note, theme.font("state"), colour)


def choose_row(table: QTableView, row: int) -> None:
    """Choose it alone: ``selectRow`` heeds keys that are held, as the Ctrl that opened the list."""
    flags = QItemSelectionModel.SelectionFlag
    table.selectionModel().setCurrentIndex(
        table.model().index(row, 0), flags.ClearAndSelect | flags.Rows
    )


class JournalTable(QTableView):
    """A table whose Enter opens the row, and whose digits say what became of the chosen ones."""

    opened = Signal(QModelIndex)
    digit_pressed = Signal(int)
    looked_at = Signal()  # the keyboard has come here, or to another row

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The row that Enter would open is seen as soon as the keyboard is here."""
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.OtherFocusReason:  # the program's own doing
            self.looked_at.emit()
        if self.currentIndex().isValid() and not self.selectionModel().hasSelection():
            choose_row(self, self.currentIndex().row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.text()
        if digit.isdecimal() and digit.isascii() and not event.modifiers():
            self.digit_pressed.emit(int(digit))
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex())
            return
        super().keyPressEvent(event)
