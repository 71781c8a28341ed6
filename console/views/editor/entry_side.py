"""The editor's right column: the entry as the operator sees it, and its history."""

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from console.keys.defaults import Key
from console.presenters.entry_editor import EntryEditorPresenter
from console.presenters.entry_queries import EntryQueriesPresenter
from console.presenters.entry_state import EditorState, HistoryRow
from console.views.components.buttons import ActionButton
from console.views.components.empty_ring import EmptyRing
from console.views.components.hit_delegate import HitDelegate, HitModel
from console.views.components.icons import draw_icon
from console.views.components.labels import Line, Surface, ThemedLabel
from console.views.components.paint import draw_row_ground, draw_text, text_width
from console.views.editor.found_by_words import FoundByWords
from console.views.style_sheets import Sheet
from console.views.theme import Theme

Index = QModelIndex | QPersistentModelIndex
SMALLEST_PART_PX = 24


class EntrySide(Surface):
    """Preview above, history below, between them by which words the entry is found.

    A chosen version is what the preview shows.
    """

    def __init__(
        self,
        theme: Theme,
        presenter: EntryEditorPresenter,
        queries: EntryQueriesPresenter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "surface", parent)
        self._theme = theme
        self._presenter = presenter
        self._heads = (
            ThemedLabel(theme, style="label", role="text-2"),
            ThemedLabel(theme, self.tr("Say"), style="state", role="accent"),
            ThemedLabel(theme, self.tr("Send as text"), style="state", role="accent"),
            ThemedLabel(theme, self.tr("History of edits"), style="label", role="text-2"),
        )
        self._hit_model = HitModel()
        self._hit = QListView()
        theme.dress(self._hit, Sheet.LIST)
        self._hit.setModel(self._hit_model)
        self._hit.setItemDelegate(HitDelegate(theme, self._hit_model))
        theme.fit(self._hit, lambda it: it.setFixedHeight(theme.size("row_hit") + 2))
        self._hit.setAccessibleName(self.tr("As the operator sees it"))
        self._hit.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._hit.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._hit.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._spoken = _text(theme, "field", self.tr("Text to say"))
        self._written = _text(theme, "body", self.tr("Text to send"))
        self._queries = FoundByWords(theme, queries)
        self._model = HistoryModel()
        self._history = self._make_history()
        self._restore = ActionButton(
            theme,
            self.tr("Restore this version"),
            key=Key.RESTORE,
            icon="arrow-counter-clockwise",
        )
        self._restore.clicked.connect(presenter.restore)
        self._lay_out()
        theme.changed.connect(self._history.viewport().update)
        EmptyRing(theme, self._history)
        theme.changed.connect(self._hit.viewport().update)
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _make_history(self) -> QListView:
        view = QListView()
        self._theme.dress(view, Sheet.LIST)
        view.setModel(self._model)
        view.setItemDelegate(HistoryDelegate(self._theme, self._model, view))
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setAccessibleName(self.tr("History of edits"))
        view.setMinimumHeight(SMALLEST_PART_PX)
        view.selectionModel().currentChanged.connect(self._moved)
        return view

    def _lay_out(self) -> None:
        seen, say, send, history = self._heads
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 0, 10)
        column.setSpacing(4)
        for head in self._heads:
            head.setContentsMargins(20, 4, 20, 0)
        column.addWidget(seen)
        column.addWidget(self._hit)
        column.addWidget(say)
        column.addWidget(self._spoken, 2)
        column.addWidget(send)
        column.addWidget(self._written, 3)
        column.addWidget(self._queries)
        column.addWidget(Line(self._theme, Qt.Orientation.Horizontal))
        column.addWidget(history)
        column.addWidget(self._history, 4)
        column.addWidget(self._restore, 0, Qt.AlignmentFlag.AlignHCenter)

    def _moved(self, current: QModelIndex) -> None:
        if current.isValid():
            row = self._model.row(current)
            newest = max((one.number for one in self._presenter.state.history), default=0)
            self._presenter.show_version(0 if row.number == newest else row.number)

    def _show(self, state: EditorState) -> None:
        whole = state.row is not None
        for part in (*self._heads, self._hit, self._spoken, self._written, self._history):
            part.setVisible(whole)
        older = whole and state.shown_number > 0
        self._restore.setVisible(older)
        if state.row is None:
            return
        self._heads[0].setText(
            self.tr("As the operator saw it in version %1").replace("%1", str(state.shown_number))
            if older
            else self.tr("As the operator sees it")
        )
        self._hit_model.show_rows((state.row,))
        self._hit.setCurrentIndex(self._hit_model.index(0))
        _put(self._spoken, state.spoken)
        _put(self._written, state.written)
        if self._model.show_rows(state.history):
            self._history.selectionModel().blockSignals(True)
            self._history.setCurrentIndex(QModelIndex())
            self._history.selectionModel().blockSignals(False)


def _text(theme: Theme, style: str, name: str) -> QTextBrowser:
    text = QTextBrowser()
    text.setProperty("flat", "true")
    theme.dress(text, Sheet.TEXT)
    text.setFrameShape(QTextBrowser.Shape.NoFrame)
    theme.fit(text, lambda it: it.setFont(theme.font(style)))
    text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    text.setAccessibleName(name)
    text.setMinimumHeight(SMALLEST_PART_PX)
    text.document().setDocumentMargin(0)
    text.setViewportMargins(20, 0, 12, 0)
    return text


def _put(text: QTextBrowser, shown: str) -> None:
    if text.toPlainText() != shown:
        text.setPlainText(shown)


class HistoryModel(QAbstractListModel):
    """Versions of an entry, or proposals on topics."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[HistoryRow, ...] = ()

    def show_rows(self, rows: tuple[HistoryRow, ...]) -> bool:
        """Whether these are other versions than before."""
        if rows == self._rows:
            return False
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()
        return True

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self._rows)

    def row(self, index: Index) -> HistoryRow:
        return self._rows[index.row()]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return row.what
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.version}. {row.what}. {row.who}"
        return None


class HistoryDelegate(QStyledItemDelegate):
    """Paints a version: icon and what was changed, its number; below who and when."""

    def __init__(self, theme: Theme, model: HistoryModel, view: QWidget) -> None:
        super().__init__(view)
        self._theme = theme
        self._model = model
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, self._theme.size("row_queue") - 8)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme
        row = self._model.row(index)
        painter.save()
        area, _chosen = draw_row_ground(painter, theme, option, self._view)
        size = theme.size("icon")
        upper_px, lower_px = theme.line_px("body"), theme.line_px("label")
        above = area.top() + (area.height() - upper_px - lower_px) / 2
        top = above + upper_px / 2
        colour = theme.colour(row.role)
        draw_icon(painter, row.icon, QRectF(20, top - size / 2, size, size), size, colour)
        width = text_width(theme.font("state"), row.version) + 2
        right = area.right() - 20
        draw_text(
            painter,
            QRectF(right - width, above, width, upper_px),
            row.version,
            theme.font("state"),
            theme.colour(row.role),
        )
        left = 20 + size + 8
        draw_text(
            painter,
            QRectF(left, above, right - width - left - 8, upper_px),
            row.what,
            theme.font("body"),
            theme.colour("text"),
        )
        draw_text(
            painter,
            QRectF(left, above + upper_px, right - left, lower_px),
            row.who,
            theme.font("label"),
            theme.colour("text-2"),
        )
        painter.restore()
