"""Page of the review queue: a table with two lines per message and the deadline in the first
column.

The page also contains the form for a message without a call.
"""

from PySide6.QtCore import (
    QAbstractTableModel,
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
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from console.core.default_keys import Key
from console.core.own_desk import OwnDeskPresenter
from console.features.review import words as review_words
from console.features.review.new_message_view import NewMessageForm
from console.features.review.queue import QueueRow, QueueState, ReviewQueuePresenter
from console.shared.messages.term_view import draw_term_mark, term_role
from console.ui.buttons import ActionButton, Tone
from console.ui.keyboard import bind_on_page
from console.ui.labels import KeyHint, Line, ThemedLabel
from console.ui.notices import Trouble
from console.ui.paint import draw_focus_ring, draw_icon, draw_text, place_of
from console.ui.style_sheets import Sheet
from console.ui.table_columns import Column, TableColumns
from console.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
TERM, NUMBER, ABOUT, PLACE, HOLDER = range(5)
CODE = "queue"
COLUMNS = (  # order for screen readers: subject and operator before number and place
    ("term", 194, 0),
    ("number", 168, 1),
    ("about", None, 0),
    ("place", 206, 2),
    ("holder", 136, 0),
)
PADDING_PX = 12


class QueueModel(QAbstractTableModel):
    """Qt table model of the review queue."""

    def __init__(self, heads: tuple[str, ...]) -> None:
        super().__init__()
        self._heads = heads
        self._rows: tuple[QueueRow, ...] = ()

    def show_rows(self, rows: tuple[QueueRow, ...]) -> None:
        """Updates the rows.

        If the order has not changed, only changed rows are signalled, to preserve the scroll
        position.
        """
        if [row.key for row in rows] == [row.key for row in self._rows]:
            before, self._rows = self._rows, rows
            for number, (old, new) in enumerate(zip(before, rows, strict=True)):
                if old != new:
                    self.dataChanged.emit(self.index(number, 0), self.index(number, HOLDER))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row(self, index: Index) -> QueueRow:
        return self._rows[index.row()]

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return len(self._heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        first, second = lines_of(self._rows[index.row()], index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return first
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return "\n".join(line for line in (first, second) if line)
        return None

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


def lines_of(row: QueueRow, column: int) -> tuple[str, str]:
    """Returns the two lines of a table cell."""
    match column:
        case 0:
            return row.term.short, row.term.left if row.term.left != row.term.short else ""
        case 1:
            return row.number, row.received
        case 2:
            return row.about, row.note or row.category
        case 3:
            return row.place, ""
        case _:
            return row.holder, row.since if row.holder else ""


class _Delegate(QStyledItemDelegate):
    """Paints two lines per cell and a thin line below the row; no vertical lines."""

    def __init__(self, theme: Theme, model: QueueModel, view: QTableView) -> None:
        super().__init__(view)
        self._theme = theme
        self._model = model
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, self._theme.size("row_queue"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme
        area, state = place_of(option)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        row, column = self._model.row(index), index.column()
        painter.save()
        if chosen:
            painter.fillRect(area, theme.colour("selected"))
            if column == TERM:
                bar = QRectF(area.left(), area.top() + 4, 3, area.height() - 8)
                painter.fillRect(bar, theme.colour("accent"))
        painter.fillRect(
            QRectF(area.left(), area.bottom() - 1, area.width(), 1), theme.colour("line")
        )
        if chosen and self._view.hasFocus() and column == HOLDER:
            self._ring_row(painter, area)
        first, second = lines_of(row, column)
        upper_px, lower_px = theme.line_px("body"), theme.line_px("label")
        top = area.center().y() - (upper_px + (lower_px if second else 0)) / 2
        left, right = area.left() + PADDING_PX, area.right() - 6
        icon, role = _mark(row, column)
        size = theme.size("icon_meta")
        if column == TERM:
            spot = QRectF(left, top, size, upper_px)
            draw_term_mark(painter, theme, spot, row.term)
            left += size + 6
        elif icon:
            draw_icon(painter, icon, QRectF(left, top, size, upper_px), size, theme.colour(role))
            left += size + 6
        strong = column == TERM or (column == ABOUT and chosen)
        draw_text(
            painter,
            QRectF(left, top, right - left, upper_px),
            first,
            theme.font("strong" if strong else "body"),
            theme.colour(role),
        )
        if second:
            asks = column == ABOUT and bool(row.note)
            second_role = "accent" if asks else ("text-2" if chosen else "text-3")
            if column == TERM and role in ("warn", "danger"):
                second_role = role
            draw_text(
                painter,
                QRectF(left, top + upper_px, right - left, lower_px),
                second,
                theme.font("state" if asks else "label"),
                theme.colour(second_role),
            )
        painter.restore()

    def _ring_row(self, painter: QPainter, last: QRectF) -> None:
        whole = QRectF(1, last.top() + 1, self._view.viewport().width() - 2, last.height() - 3)
        painter.setClipping(False)
        draw_focus_ring(painter, self._theme, whole, 4)


def _mark(row: QueueRow, column: int) -> tuple[str, str]:
    match column:
        case 0:
            return "", term_role(row.term)
        case 2 if row.note:
            return "chat-centered-text", "text"
        case 4 if row.is_mine:
            return "user-focus", "accent"
        case 4 if row.holder:
            return "lock-simple", "text-2"
        case 1 | 3:
            return "", "text-2"
        case _:
            return "", "text"


class QueueTable(QTableView):
    """Table of the review queue. Arrow keys select, Enter opens the row; the page handles Esc.

    The selected row retains its position on the screen when rows above it change.
    """

    taken = Signal()
    moved = Signal(int)

    def __init__(self, theme: Theme, model: QueueModel, own_desk: OwnDeskPresenter) -> None:
        super().__init__()
        self._model = model
        theme.dress(self, Sheet.TABLE)
        self.setModel(model)
        self.setItemDelegate(_Delegate(theme, model, self))
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        rows = self.verticalHeader()
        rows.setVisible(False)
        theme.fit(rows, lambda it: it.setDefaultSectionSize(theme.size("row_queue")))
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._columns = TableColumns(theme, self, own_desk)
        theme.fit(self, lambda it: it.size_columns(theme))
        self.doubleClicked.connect(lambda _index: self.taken.emit())
        self.selectionModel().currentRowChanged.connect(self._tell)
        theme.changed.connect(self.viewport().update)

    def take_keys_of(self, stand_in: QWidget) -> None:
        """Also handles the column keys when `stand_in` has the focus because there are no rows."""
        self._columns.take_keys_of(stand_in)

    def size_columns(self, theme: Theme) -> None:
        """Sets the column widths according to the text size."""
        self._columns.make(
            CODE,
            [
                Column(code, None if px is None else theme.grown(px), gives_way)
                for code, px, gives_way in COLUMNS
            ],
        )

    def show_rows(self, rows: tuple[QueueRow, ...], selected: int) -> None:
        """Shows the rows; the selected row retains its vertical position on the screen."""
        before = self.currentIndex()
        offset_px = self.visualRect(before).top() if before.isValid() else None
        selection = self.selectionModel()
        selection.blockSignals(True)
        self._model.show_rows(rows)
        index = self._model.index(selected, 0) if selected >= 0 else QModelIndex()
        if index != self.currentIndex() or not selection.isSelected(index):
            self.setCurrentIndex(index)
        selection.blockSignals(False)
        if index.isValid() and offset_px is not None:
            moved_px = self.visualRect(index).top() - offset_px
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + moved_px)
            self.scrollTo(index)
        self.viewport().update()

    def _tell(self, current: QModelIndex) -> None:
        if current.isValid():
            self.moved.emit(current.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.taken.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


LEAST_PX = 640


class QueuePage(QWidget):
    """Page of the review queue: heading, table, and key hints at the bottom."""

    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        presenter: ReviewQueuePresenter,
        form: NewMessageForm,
        own_desk: OwnDeskPresenter,
        parent: QWidget | None = None,
    ) -> None:
        """`form` is the form for a message without a call; Ins opens it."""
        super().__init__(parent)
        self._presenter = presenter
        self._form = form
        form.closed.connect(self._show_list)
        self._title = ThemedLabel(theme, self.tr("Under review"), style="title")
        self._subtitle = ThemedLabel(theme, role="text-2")
        self._trouble = Trouble(theme)
        model = QueueModel(
            (
                self.tr("Decide by"),
                self.tr("Number, received"),
                self.tr("Message"),
                self.tr("Place"),
                self.tr("Assigned to"),
            )
        )
        self.table = QueueTable(theme, model, own_desk)
        self.table.setAccessibleName(self.tr("Messages to review"))
        self.table.taken.connect(presenter.open_selected)
        self.table.moved.connect(presenter.select)
        self._release = ActionButton(
            theme, self.tr("Return to queue"), key=Key.RELEASE, icon="arrow-u-up-left"
        )
        self._release.clicked.connect(presenter.release_selected)
        self._new = ActionButton(theme, self.tr("Without a call"), key=Key.NEW, icon="plus")
        self._new.setToolTip(self.tr("Enter a message received in writing or in person"))
        self._new.clicked.connect(self.write_new)
        self._take = ActionButton(
            theme, self.tr("Check"), key="Enter", icon="arrow-right", tone=Tone.MAIN
        )
        self._take.clicked.connect(presenter.open_selected)
        self._hints = (
            KeyHint(theme, "Esc", self.tr("go to calls")),
            KeyHint(theme, "↑ ↓", self.tr("choose")),
        )
        self._lay_out(theme)
        # A stack adds up the sizes of its pages, so hidden pages must request little space.
        self.setMinimumWidth(LEAST_PX)
        bind_on_page(
            self._list,
            {Key.RELEASE: presenter.release_selected, Key.NEW: self.write_new},
        )
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _lay_out(self, theme: Theme) -> None:
        head, body = review_words.nobody_waits()
        empty = QWidget()
        column = QVBoxLayout(empty)
        column.setContentsMargins(12, 24, 12, 0)
        column.addWidget(ThemedLabel(theme, head, style="strong"))
        column.addWidget(ThemedLabel(theme, body, role="text-2", wrap=True))
        column.addStretch(1)
        self._stack = QStackedLayout()
        heading = QVBoxLayout()
        heading.setSpacing(2)
        heading.addWidget(self._title)
        heading.addWidget(self._subtitle)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        for hint in self._hints:
            foot.addWidget(hint)
        foot.addStretch(1)
        foot.addWidget(self._new)
        foot.addWidget(self._release)
        foot.addWidget(self._take)
        self._list = QFrame()
        self._list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._list.setAccessibleName(self.tr("Messages to review"))
        self.table.take_keys_of(self._list)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._list)
        self._pages.addWidget(self._form)
        page = QVBoxLayout(self._list)
        page.setContentsMargins(24, 18, 24, 10)
        page.setSpacing(10)
        page.addLayout(heading)
        page.addWidget(self._trouble)
        page.addLayout(self._stack, 1)
        # Added last: a stack shows its first widget, which would become a separate window.
        self._stack.addWidget(self.table)
        self._stack.addWidget(empty)
        page.addWidget(Line(theme, Qt.Orientation.Horizontal))
        page.addLayout(foot)

    def open_page(self) -> None:
        """Reads the queue again and focuses the table, or the form if it is open."""
        self._presenter.reload()
        if self._pages.currentWidget() is self._form:
            self._form.focus_first()
        else:
            self._focus_list()

    @property
    def is_writing(self) -> bool:
        """Whether the form for a message without a call is shown."""
        return self._pages.currentWidget() is self._form

    def write_new(self) -> None:
        """Handles Ins: opens the form for a message without a call (clause 7.4)."""
        self._pages.setCurrentWidget(self._form)
        self._form.focus_first()

    def close_form(self) -> None:
        """Closes the form for a message without a call and shows the queue."""
        self._pages.setCurrentWidget(self._list)

    def _show_list(self) -> None:
        self.close_form()
        self._focus_list()

    def _focus_list(self) -> None:
        """Focuses the table; if there are no rows, the page, which then handles the keys."""
        (self.table if self._presenter.state.rows else self._list).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _show(self, state: QueueState) -> None:
        self._subtitle.setText(state.subtitle)
        self._trouble.show_trouble(state.trouble)
        self.table.show_rows(state.rows, state.index)
        had_keyboard = self.table.hasFocus() or self._list.hasFocus()
        self._stack.setCurrentIndex(0 if state.rows else 1)
        if had_keyboard:
            self._focus_list()
        self._take.setVisible(bool(state.rows))
        self._release.setVisible(state.can_release)
