"""Page of the call register: period, search, filters, sortable list, export (7.3)."""

from collections.abc import Callable

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
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
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
from console.features.call_register import words as register_words
from console.features.call_register.presenter import CallRegisterPresenter, RegisterState
from console.features.call_register.rows import (
    ABOUT,
    COLUMNS,
    NUMBER,
    OPERATOR,
    RESULT,
    TALK,
    TIME,
    CallRow,
)
from console.ui.buttons import ActionButton
from console.ui.choices import ChoiceBox
from console.ui.fields import LineField, mark_problem
from console.ui.keyboard import bind_on_page
from console.ui.labels import KeyHint, Pill, ThemedLabel
from console.ui.paint import draw_icon, draw_text, fill_box, place_of
from console.ui.style_sheets import Sheet
from console.ui.table_columns import Column, TableColumns
from console.ui.theme import Theme
from sync.register.calls.call_search import CallSort

Index = QModelIndex | QPersistentModelIndex
SORTS = {
    TIME: CallSort.TIME,
    NUMBER: CallSort.NUMBER,
    RESULT: CallSort.RESULT,
    OPERATOR: CallSort.OPERATOR,
}
DATE_PX, NAME_PX = 116, 190
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


class RegisterModel(QAbstractTableModel):
    """Table model of the calls loaded so far; the rows of further pages are appended."""

    def __init__(self, heads: tuple[str, ...]) -> None:
        super().__init__()
        self._heads = heads
        self._rows: tuple[CallRow, ...] = ()
        self._sort, self._is_descending = CallSort.TIME, True

    def show_rows(self, rows: tuple[CallRow, ...]) -> bool:
        """Shows the rows; returns True for a new list, False if rows were only appended."""
        known = len(self._rows)
        if rows[:known] == self._rows and known:
            if len(rows) > known:
                self.beginInsertRows(QModelIndex(), known, len(rows) - 1)
                self._rows = rows
                self.endInsertRows()
            return False
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()
        return True

    def show_sort(self, sort: CallSort, *, is_descending: bool) -> None:
        """Shows the sort indicator in the header of the sorted column."""
        if (sort, is_descending) != (self._sort, self._is_descending):
            self._sort, self._is_descending = sort, is_descending
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, COLUMNS - 1)

    def row(self, index: Index) -> CallRow:
        return self._rows[index.row()]

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return COLUMNS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        row = self._rows[index.row()]
        is_number = index.column() == NUMBER and role != Qt.ItemDataRole.DisplayRole
        return row.whole_number if is_number else row.cells[index.column()]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            arrow = "\u2193" if self._is_descending else "\u2191"
            is_sorted = SORTS.get(section) is self._sort
            return f"{self._heads[section]} {arrow}" if is_sorted else self._heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int((_RIGHT if section == TALK else _LEFT) | Qt.AlignmentFlag.AlignVCenter)
        return None


class RegisterDelegate(QStyledItemDelegate):
    """Paints rows of 36 px with a separator line; the duration of the call is right-aligned."""

    def __init__(self, theme: Theme, model: RegisterModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, self._theme.size("row_table"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, row, column = self._theme, self._model.row(index), index.column()
        area, state = place_of(option)
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.colour("selected"))
            if column == TIME:
                bar = QRectF(area.left(), area.top() + 3, 3, area.height() - 6)
                fill_box(painter, bar, 1, theme.colour("accent"))
        line = QRectF(area.left(), area.bottom() - 1, area.width(), 1)
        painter.fillRect(line, theme.colour("line"))
        place = QRectF(area).adjusted(12, 0, -6, 0)
        if column == RESULT and row.icon:
            size = theme.size("icon_meta")
            icon = QRectF(place.left(), area.center().y() - size / 2, size, size)
            draw_icon(painter, row.icon, icon, size, theme.colour(row.role))
            place.setLeft(place.left() + size + 6)
        role = row.role if column == RESULT else "text" if column in (TIME, ABOUT) else "text-2"
        font = {TIME: "strong", RESULT: "state"}.get(column, "body")
        side = _RIGHT if column == TALK else _LEFT
        text = row.cells[column]
        draw_text(painter, place, text, theme.font(font), theme.colour(role), side)
        painter.restore()


class RegisterTable(QTableView):
    """Table of calls: Enter opens a call; scrolling to the end requests more rows."""

    opened = Signal(QModelIndex)
    more_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex())
            return
        super().keyPressEvent(event)
        goes_down = (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_End)
        if event.key() in goes_down and self.currentIndex().row() >= self.model().rowCount() - 1:
            self.more_asked.emit()


class CallRegisterPage(QWidget):
    """Page of the call register: filters above the list, actions below it."""

    closed = Signal()
    call_asked = Signal()

    def __init__(
        self, theme: Theme, presenter: CallRegisterPresenter, own_desk: OwnDeskPresenter
    ) -> None:
        super().__init__()
        self._theme = theme
        self._presenter = presenter
        self._source = Pill(theme)
        head = QHBoxLayout()
        head.addWidget(ThemedLabel(theme, self.tr("Call register"), style="title"))
        head.addStretch(1)
        head.addWidget(self._source)
        self._note = ThemedLabel(theme, role="text-2", wrap=True)
        self._model = RegisterModel(register_words.heads())
        self.table = self._make_table()
        self._columns = TableColumns(theme, self.table, own_desk)
        self._columns.clicked.connect(self._sort)
        self._empty, self._empty_head, self._empty_body = self._make_empty()
        self._columns.take_keys_of(self._empty)
        self._stack = QStackedLayout()
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 14, 24, 12)
        page.setSpacing(8)
        page.addLayout(head)
        page.addLayout(self._make_query())
        page.addLayout(self._make_filters())
        page.addWidget(self._note)
        page.addLayout(self._stack, 1)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        page.addLayout(self._make_foot())
        theme.fit(self, lambda it: it.size_columns())
        keys: dict[Key, Callable[[], object]] = {
            Key.SORT_CALLS: presenter.sort_by_next,
            Key.CALLS_XLSX: presenter.export,
        }
        bind_on_page(self, keys)
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    # --- parts ---

    def _make_query(self) -> QHBoxLayout:
        theme, presenter = self._theme, self._presenter
        self._first = LineField(theme, self.tr("From, e.g. 01.11.2026"))
        self._last = LineField(theme, self.tr("To, e.g. 30.11.2026"))
        for field in (self._first, self._last):
            theme.fit(field, lambda it: it.setFixedWidth(theme.grown(DATE_PX)))
            field.textEdited.connect(self._period_typed)
        self._search = LineField(theme, self.tr("Number, phone, words"))
        self._search.textEdited.connect(presenter.set_search)
        self._name = LineField(theme, self.tr("Caller's surname"))
        theme.fit(self._name, lambda it: it.setFixedWidth(theme.grown(NAME_PX)))
        self._name.textEdited.connect(presenter.set_name)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._first)
        row.addWidget(ThemedLabel(theme, "–", role="text-2"))
        row.addWidget(self._last)
        row.addWidget(self._search, 1)
        row.addWidget(self._name)
        for field in (self._first, self._last, self._search, self._name):
            field.returnPressed.connect(presenter.read)
        return row

    def _make_filters(self) -> QHBoxLayout:
        theme, presenter = self._theme, self._presenter
        self._operator = ChoiceBox(theme, self.tr("Operator"))
        self._workplace = ChoiceBox(theme, self.tr("Workplace"))
        self._topic = ChoiceBox(theme, self.tr("Topic"))
        self._result = ChoiceBox(theme, self.tr("Result"))
        self._operator.picked.connect(lambda value: presenter.choose(operator=value))
        self._workplace.picked.connect(lambda value: presenter.choose(workplace=value))
        self._topic.picked.connect(lambda value: presenter.choose(topic=value))
        self._result.picked.connect(lambda value: presenter.choose(result=value))
        row = QHBoxLayout()
        row.setSpacing(8)
        for box in (self._operator, self._workplace, self._topic, self._result):
            row.addWidget(box, 1)
        return row

    def _make_table(self) -> RegisterTable:
        theme, table = self._theme, RegisterTable()
        theme.dress(table, Sheet.TABLE)
        table.setModel(self._model)
        table.setItemDelegate(RegisterDelegate(theme, self._model, table))
        table.setShowGrid(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.verticalHeader().setVisible(False)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        theme.fit(
            table.verticalHeader(), lambda it: it.setDefaultSectionSize(theme.size("row_table"))
        )
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setTabKeyNavigation(False)
        table.setAccessibleName(self.tr("Call register"))
        table.opened.connect(self._open)
        table.doubleClicked.connect(self._open)
        table.more_asked.connect(self._presenter.read_more)
        table.verticalScrollBar().valueChanged.connect(self._scrolled)
        theme.changed.connect(table.viewport().update)
        return table

    def _make_empty(self) -> tuple[QWidget, ThemedLabel, ThemedLabel]:
        """Builds the widget that replaces an empty list, with its two labels."""
        empty = QWidget()
        empty.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        head = ThemedLabel(self._theme, style="strong")
        body = ThemedLabel(self._theme, role="text-2", wrap=True)
        column = QVBoxLayout(empty)
        column.setContentsMargins(12, 24, 12, 0)
        column.addWidget(head)
        column.addWidget(body)
        column.addStretch(1)
        return empty, head, body

    def _make_foot(self) -> QHBoxLayout:
        theme = self._theme
        self._foot = ThemedLabel(theme, role="text-2")
        self._export = ActionButton(theme, self.tr("Export XLSX"), key=Key.CALLS_XLSX, icon="table")
        self._export.clicked.connect(self._presenter.export)
        self._call = ActionButton(theme, self.tr("Call now"), key=Key.CALL, icon="phone-outgoing")
        self._call.clicked.connect(self.call_asked)
        foot = QHBoxLayout()
        foot.setSpacing(18)
        foot.addWidget(self._foot)
        foot.addStretch(1)
        for key, text in (
            ("PgDn", self.tr("more")),
            ("Enter", self.tr("open")),
            ("Esc", self.tr("back")),
        ):
            foot.addWidget(KeyHint(theme, key, text))
        foot.addWidget(self._call)
        foot.addWidget(self._export)
        return foot

    def size_columns(self) -> None:
        """Sets the column widths; the content column uses the remaining width."""
        grown = self._theme.grown
        self._columns.make(
            "call-register",
            (
                Column("time", grown(112)),
                Column("number", grown(132)),
                Column("phone", grown(172), gives_way=3),
                Column("about", None),
                Column("result", grown(168)),
                Column("operator", grown(136), gives_way=2),
                Column("talk", grown(86), gives_way=1),
            ),
        )

    # --- actions ---

    def open_page(self) -> None:
        """Reloads the list and focuses the search field."""
        self._presenter.open()
        self._search.setFocus()
        self._search.selectAll()

    def focus_list(self) -> None:
        """Focuses the list; used on return from a record."""
        self.table.setFocus()

    def chosen_phone(self) -> str:
        """Returns the phone number of the selected call; empty without a call or number."""
        index = self.table.currentIndex()
        return self._presenter.phone_of(self._model.row(index).id) if index.isValid() else ""

    def _open(self, index: QModelIndex) -> None:
        self._presenter.open_row(self._model.row(index).id)

    def _sort(self, column: int) -> None:
        sort = SORTS.get(column)
        if sort is not None:
            self._presenter.sort_by(sort)

    def _period_typed(self, _text: str) -> None:
        self._presenter.set_period(self._first.text(), self._last.text())

    def _scrolled(self, value: int) -> None:
        """Loads the next page when the list is scrolled to its end."""
        bar = self.table.verticalScrollBar()
        if bar.maximum() and value >= bar.maximum():
            self._presenter.read_more()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown) and self._model.rowCount():
            self.table.setFocus()
        else:
            super().keyPressEvent(event)

    # --- view state ---

    def _show(self, state: RegisterState) -> None:
        for field, text in (
            (self._first, state.first),
            (self._last, state.last),
            (self._search, state.search),
            (self._name, state.name),
        ):
            if field.text() != text:
                field.replace_text(text)
        for box, rows, value in (
            (self._operator, state.operators, state.operator),
            (self._workplace, state.workplaces, state.workplace),
            (self._topic, state.topics, state.topic),
            (self._result, state.results, state.result),
        ):
            box.show_choices(rows, value)
            box.setVisible(bool(rows))
        self._source.set_state(state.source, icon="users-three")
        self._source.setVisible(bool(state.source))
        note = state.problem or state.warning
        self._note.setText(note)
        self._note.set_role("danger" if state.problem else "warn")
        self._note.setVisible(bool(note))
        is_of_period = state.problem == register_words.not_a_period()
        for field in (self._first, self._last):
            mark_problem(field, is_of_period)
        mark_problem(self._search, bool(state.problem) and not is_of_period)
        self._model.show_sort(state.sort, is_descending=state.is_descending)
        if self._model.show_rows(state.rows) and state.rows:
            self.table.scrollToTop()
            flags = QItemSelectionModel.SelectionFlag
            self.table.selectionModel().setCurrentIndex(
                self._model.index(0, 0), flags.ClearAndSelect | flags.Rows
            )
        head, body = state.empty
        self._empty_head.setText(head)
        self._empty_body.setText(body)
        self._empty.setAccessibleName(f"{head}. {body}")
        self._stack.setCurrentIndex(0 if state.rows or not head else 1)
        self._foot.setText(register_words.reading() if state.is_reading else state.foot)
        self._export.setVisible(state.may_export)
        self._call.setVisible(bool(state.rows))
