"""The editor's left column: every entry under its topic, with search and filter."""

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
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from console.presenters.entry_list import EntryFilter, EntryListPresenter, ListRow, ListState
from console.views.components.buttons import ActionButton
from console.views.components.choices import Choice, ChoiceRow
from console.views.components.fields import LineField
from console.views.components.icons import draw_icon
from console.views.components.labels import Surface, ThemedLabel
from console.views.components.paint import draw_focus_ring, draw_text, fill_box, text_width
from console.views.theme import Theme

Index = QModelIndex | QPersistentModelIndex


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[ListRow, ...] = ()

    def show_rows(self, rows: tuple[ListRow, ...]) -> None:
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
            return Qt.ItemFlag.NoItemFlags  # a group's head cannot be chosen
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.title}, {row.note}" if row.note else row.title
        return None


class _Delegate(QStyledItemDelegate):
    """Paints a group's head or an entry: title, and at the right icon and date."""

    def __init__(self, theme: Theme, model: _Model, view: QWidget) -> None:
        super().__init__(view)
        self._theme = theme
        self._model = model
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, self._theme.size("row_table"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme
        row = self._model.row(index)
        # PySide6's stubs leave out the public fields of QStyleOptionViewItem.
        area = QRectF(option.rect)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        selected = bool(state & QStyle.StateFlag.State_Selected) and bool(row.key)
        painter.save()
        ground = area.adjusted(8, 1, -8, -1)
        if selected:
            fill_box(painter, ground, 6, theme.colour("selected"))
            painter.fillRect(
                QRectF(ground.left(), ground.top() + 4, 3, ground.height() - 8),
                theme.colour("accent"),
            )
            if self._view.hasFocus():
                draw_focus_ring(painter, theme, ground, 6)
        elif row.key and state & QStyle.StateFlag.State_MouseOver:
            fill_box(painter, ground, 6, theme.colour("hover"))
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


class _View(QListView):
    taken = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.taken.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


class EntryListColumn(Surface):
    """Head with «Новая», search, filter, and the list; arrows walk, Enter goes to the form."""

    chosen = Signal(str)  # id of the entry
    taken = Signal()
    new_asked = Signal()
    proposals_asked = Signal()
    files_asked = Signal()

    def __init__(
        self, theme: Theme, presenter: EntryListPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "surface", parent)
        self._theme = theme
        self._presenter = presenter
        self._key = ""
        self._enters_when_settled = False
        self._filter_names = {
            EntryFilter.ALL: self.tr("All"),
            EntryFilter.STALE: self.tr("Out of date"),
            EntryFilter.MINE: self.tr("Mine"),
        }
        self.new = ActionButton(theme, self.tr("New"), key="Ins", icon="plus")
        self.new.clicked.connect(self.new_asked)
        self.search = LineField(theme, self.tr("Find an entry"))
        self.search.textEdited.connect(presenter.set_query)
        self.search.returnPressed.connect(self.focus_list)
        self._proposals = ActionButton(
            theme,
            self.tr("Proposals on topics"),
            key="Alt+P",
            icon="chat-centered-text",
            small=True,
        )
        self._proposals.clicked.connect(self.proposals_asked)
        self._files = ActionButton(
            theme, self.tr("Load or write files"), key="Alt+I", icon="file-arrow-up", small=True
        )
        self._files.clicked.connect(self.files_asked)
        self._filter = ChoiceRow(
            theme,
            self.tr("Which entries"),
            tuple(Choice(name.value, text) for name, text in self._filter_names.items()),
            tall=False,
            even=False,
        )
        self._filter.chosen.connect(presenter.set_filter)
        self._model = _Model()
        self.view = self._make_view()
        self._empty = ThemedLabel(theme, self.tr("No such entries"), role="text-2")
        self._empty.setContentsMargins(20, 12, 20, 0)
        self._lay_out()
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _make_view(self) -> _View:
        view = _View()
        view.setModel(self._model)
        view.setItemDelegate(_Delegate(self._theme, self._model, view))
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setAccessibleName(self.tr("Entries"))
        view.setMinimumHeight(3 * self._theme.size("row_table"))
        view.selectionModel().currentChanged.connect(self._moved)
        view.taken.connect(self.taken)
        view.doubleClicked.connect(lambda _index: self.taken.emit())
        self._theme.changed.connect(view.viewport().update)
        return view

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(ThemedLabel(self._theme, self.tr("Directory"), style="section"), 1)
        head.addWidget(self.new)
        top = QVBoxLayout()
        top.setContentsMargins(20, 11, 17, 6)
        top.setSpacing(6)
        top.addLayout(head)
        top.addWidget(self.search)
        top.addWidget(self._filter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._empty)
        column.addWidget(self.view, 1)
        column.addWidget(self._proposals, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._files, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(6)

    def focus_list(self) -> None:
        """Put the keyboard on the entry that is chosen, or on the first one."""
        if not self._presenter.is_settled:
            self._enters_when_settled = True  # the answer to the last letters is on its way
            return
        self.view.setFocus()
        if not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self._model.first_entry())

    def focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def show_chosen(self, key: str) -> None:
        """Mark an entry as the one in the form, wherever it was opened from."""
        self._key = key
        self._mark()

    def _mark(self) -> None:
        index = self._model.index_of(self._key) if self._key else QModelIndex()
        if index == self.view.currentIndex():
            return
        selection = self.view.selectionModel()
        selection.blockSignals(True)
        self.view.setCurrentIndex(index)
        selection.blockSignals(False)
        if index.isValid():
            self.view.scrollTo(index)
        self.view.viewport().update()

    def _moved(self, current: QModelIndex) -> None:
        key = self._model.row(current).key if current.isValid() else ""
        if key and key != self._key:
            self._key = key
            self.chosen.emit(key)

    def _show(self, state: ListState) -> None:
        self._filter.show_choice(state.filter.value)
        for name, text in self._filter_names.items():
            count = state.counts.get(name, 0)
            self._filter.set_text(name.value, f"{text} {count}" if count else text)
        self._model.show_rows(state.rows)
        self._empty.setVisible(not state.rows)
        self._mark()
        if self._enters_when_settled:
            self._enters_when_settled = False
            self.focus_list()
