"""Side panel of the editor: preview and history of an entry, and bar chart of queries for it."""

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QSizePolicy,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from console.core.default_keys import Key
from console.features.directory_editor import finding_words
from console.features.directory_editor.entry import EntryEditorPresenter
from console.features.directory_editor.entry_state import EditorState
from console.features.directory_editor.publishing import (
    SHOWN_DAYS,
    EntryQueriesPresenter,
    QueriesState,
)
from console.shared.directory.hits_view import HitDelegate, HitModel
from console.ui.buttons import ActionButton
from console.ui.labels import Line, Surface, ThemedLabel
from console.ui.lists import EmptyRing, HistoryDelegate, HistoryModel
from console.ui.paint import draw_text, fill_box, text_width
from console.ui.style_sheets import Sheet
from console.ui.theme import Theme
from kb.search.usage import QueryUse

ROW_PX, HEAD_PX, EDGE_PX, BAR_PX = 22, 26, 20, 12
TEXT_SHARE = 0.45  # share of the width for the query text


class FoundByWords(QWidget):
    """Bar chart of the queries for an entry; takes no space if there are no queries."""

    def __init__(self, theme: Theme, presenter: EntryQueriesPresenter) -> None:
        super().__init__()
        self._theme = theme
        self._queries: tuple[QueryUse, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _show(self, state: QueriesState) -> None:
        self._queries = state.queries
        told = "; ".join(f"{one.query}: {self._count(one)}" for one in state.queries)
        self.setAccessibleName(f"{self._head()}. {told}")
        self.setToolTip(told)
        self.setVisible(bool(state.queries))
        self.updateGeometry()
        self.update()

    def _head(self) -> str:
        return self.tr("Words that find it")

    def _count(self, query: QueryUse) -> str:
        return finding_words.in_vain(query.times) if query.in_vain else str(query.times)

    def sizeHint(self) -> QSize:
        return QSize(160, HEAD_PX + ROW_PX * len(self._queries) + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        label, quiet = theme.font("label"), theme.colour("text-2")
        inside = self.width() - 2 * EDGE_PX
        days = self.tr("%n day(s)", "", SHOWN_DAYS)
        right = text_width(label, days) + 2
        draw_text(painter, QRectF(EDGE_PX, 0, inside - right, HEAD_PX), self._head(), label, quiet)
        draw_text(
            painter,
            QRectF(self.width() - EDGE_PX - right, 0, right, HEAD_PX),
            days,
            label,
            theme.colour("text-3"),
        )
        most = max((one.times for one in self._queries), default=1)
        left = EDGE_PX + inside * TEXT_SHARE
        widest = max((text_width(label, self._count(one)) for one in self._queries), default=0.0)
        room = self.width() - EDGE_PX - left - widest - 10
        for number, one in enumerate(self._queries):
            top = HEAD_PX + number * ROW_PX
            draw_text(
                painter,
                QRectF(EDGE_PX, top, left - EDGE_PX - 8, ROW_PX),
                one.query,
                theme.font("body"),
                theme.colour("text"),
                Qt.AlignmentFlag.AlignLeft,
            )
            length = max(6.0, room * one.times / most)
            fill_box(
                painter,
                QRectF(left, top + (ROW_PX - BAR_PX) / 2, length, BAR_PX),
                3,
                theme.colour("chart-3" if one.in_vain else "chart-2"),
            )
            draw_text(
                painter,
                QRectF(left + length + 8, top, widest + 4, ROW_PX),
                self._count(one),
                label,
                theme.colour("danger" if one.in_vain else "text-2"),
            )


SMALLEST_PART_PX = 24


class EntrySide(Surface):
    """Side panel: preview of the selected version, chart of queries, and history of the entry."""

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
            ThemedLabel(theme, self.tr("Edit history"), style="label", role="text-2"),
        )
        self._hit_model = HitModel()
        self._hit = QListView()
        theme.dress(self._hit, Sheet.LIST)
        self._hit.setModel(self._hit_model)
        self._hit.setItemDelegate(HitDelegate(theme, self._hit_model))
        theme.fit(self._hit, lambda it: it.setFixedHeight(theme.size("row_hit") + 2))
        self._hit.setAccessibleName(self.tr("Operator's view"))
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
        view.setAccessibleName(self.tr("Edit history"))
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
            self.tr("Operator's view of version %1").replace("%1", str(state.shown_number))
            if older
            else self.tr("Operator's view")
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
