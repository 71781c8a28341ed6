"""By which words an entry is found: a bar for each query, red where it led to nothing."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console import words
from console.presenters.entry_queries import SHOWN_DAYS, EntryQueriesPresenter, QueriesState
from console.views.components.paint import draw_text, fill_box, text_width
from console.views.theme import Theme
from kb.usage import QueryUse

ROW_PX, HEAD_PX, EDGE_PX, BAR_PX = 22, 26, 20, 12
TEXT_SHARE = 0.45  # of the width, for the query


class FoundByWords(QWidget):
    """A head with the period and at most a handful of bars; no room taken without any."""

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
        return self.tr("By which words it is found")

    def _count(self, query: QueryUse) -> str:
        return words.finding.in_vain(query.times) if query.in_vain else str(query.times)

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
