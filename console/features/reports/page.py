"""Page of reports: choice of report and period, summary figures, chart of hours, tables.

Tables are created in portions of 10 ms per event-loop turn.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import ceil

from PySide6.QtCore import QElapsedTimer, QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from console.core.default_keys import Key
from console.core.own_desk import OwnDeskPresenter
from console.core.paper import draw_hours
from console.core.report_content import Figure, ReportContent, Section
from console.features.reports.presenter import ReportPresenter, ReportState, Scope
from console.features.reports.sources import ReportKind
from console.ui.buttons import ActionButton, Toggle, Tone
from console.ui.choices import Choice, ChoiceRow
from console.ui.figures_table import FiguresTable
from console.ui.keyboard import bind_on_page
from console.ui.labels import ElidedLabel, KeyHint, ThemedLabel
from console.ui.layout import scrolls
from console.ui.lists import take_widgets_out
from console.ui.paint import draw_text, fill_box
from console.ui.theme import Theme

TURN_MS = 10  # time for tables per turn; one table takes half of it
SMALL_COLUMNS = 3  # tables with up to this many columns are shown in pairs


class ReportTables(QWidget):
    """Tables of a report. Arrow keys move from one table to the next; the current cell is scrolled
    into view.
    """

    opened = Signal(int, int, int)  # section, row, column
    reached = Signal(object)  # QRectF in this widget

    def __init__(self, theme: Theme, own_desk: OwnDeskPresenter) -> None:
        super().__init__()
        self._theme = theme
        self._own_desk = own_desk
        self._tables: list[FiguresTable] = []
        self._waiting: list[_Spot] = []
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._make_some)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)

    def show_sections(self, sections: tuple[Section, ...]) -> None:
        """Replaces the shown sections; tables that do not fit into one event-loop turn are created
        in later turns.
        """
        take_widgets_out(self._grid)
        self._tables = []
        self._waiting = _spots(sections)
        self.setMinimumHeight(self.height())  # keeps the scroll position
        self._make_some()

    def _make_some(self) -> None:
        """Creates as many tables as fit into one event-loop turn."""
        if not self._waiting:  # the tables of the previous turn are laid out
            self.setMinimumHeight(0)
            return
        clock = QElapsedTimer()
        clock.start()
        while self._waiting and (not self._tables or clock.elapsed() < TURN_MS):
            self._make_next()
        self._turn.start()

    def _make_next(self) -> None:
        spot = self._waiting.pop(0)
        number = len(self._tables)
        card = _Card(self._theme, spot.section, self._own_desk)
        self._tables.append(card.table)
        card.table.opened.connect(lambda row, at: self.opened.emit(number, row, at))
        card.table.passed.connect(lambda step: self._pass(number, step))
        card.table.reached.connect(lambda area, table=card.table: self._tell_reached(table, area))
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(card, spot.line, spot.column, 1, spot.span, top)

    @property
    def place(self) -> tuple[int, int, int] | None:
        """Section, row and column of the focused cell; None if no table has the focus."""
        for number, table in enumerate(self._tables):
            if table.hasFocus() and table.currentIndex().isValid():
                return number, table.currentIndex().row(), table.currentIndex().column()
        return None

    def choose(self, place: tuple[int, int, int] = (0, 0, 0)) -> None:
        """Focuses the cell at section, row and column."""
        section, row, column = place
        self._make_until(section)
        if section < len(self._tables):
            self._tables[section].choose(row, column)

    def _make_until(self, section: int) -> None:
        """Creates the tables up to this section."""
        while self._waiting and section >= len(self._tables):
            self._make_next()

    def _pass(self, table: int, step: int) -> None:
        wanted = table + step
        self._make_until(wanted)
        if 0 <= wanted < len(self._tables):
            column = self._tables[table].currentIndex().column()
            self._tables[wanted].choose(0 if step > 0 else 10**6, column)

    def _tell_reached(self, table: FiguresTable, area: QRectF) -> None:
        corner = table.mapTo(self, QPoint(0, 0))
        self.reached.emit(area.translated(corner.x(), corner.y()))


@dataclass(frozen=True, slots=True)
class _Spot:
    """Grid position of a section."""

    section: Section
    line: int
    column: int
    span: int


def _spots(sections: tuple[Section, ...]) -> list[_Spot]:
    """Arranges sections below each other, two small ones side by side."""
    spots = []
    line, column = 0, 0
    for number, section in enumerate(sections):
        is_small = len(section.heads) <= SMALL_COLUMNS
        if column and not is_small:
            line, column = line + 1, 0
        followed = number + 1 < len(sections) and len(sections[number + 1].heads) <= SMALL_COLUMNS
        span = 1 if is_small and (column or followed) else 2
        spots.append(_Spot(section, line, column, span))
        column += span
        if column >= 2:
            line, column = line + 1, 0
    return spots


class _Card(QWidget):
    """Table of a section with its title."""

    def __init__(self, theme: Theme, section: Section, own_desk: OwnDeskPresenter) -> None:
        super().__init__()
        self._theme = theme
        self.table = FiguresTable(theme, section, own_desk)
        title = ThemedLabel(theme, section.title, style="section")
        title.setContentsMargins(12, 0, 12, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 10, 4, 6)
        column.setSpacing(2)
        column.addWidget(title)
        column.addWidget(self.table)
        if not section.rows:
            nothing = ThemedLabel(theme, self.tr("None in this period"), role="text-2")
            nothing.setContentsMargins(12, 6, 12, 6)
            column.addWidget(nothing)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, area = self._theme, QRectF(self.rect())
        fill_box(QPainter(self), area, 8, theme.colour("surface"), theme.colour("line"))


SCOPE_KEY = Key.REPORT_SCOPE
MOST_TILES = 7  # summary figures of a report
LEAST_TILE_PX, TILE_GAP_PX, CHART_PX = 116, 10, 250
SEEN_AROUND_PX = 48  # context above and below the focused cell
KEYS = {
    ReportKind.CALLS: Key.REPORT_CALLS,
    ReportKind.MESSAGES: Key.REPORT_MESSAGES,
    ReportKind.CATEGORIES: Key.REPORT_CATEGORIES,
    ReportKind.OTHER_ORGANS: Key.REPORT_ORGANS,
    ReportKind.OPERATORS: Key.REPORT_OPERATORS,
}


class ReportPage(QWidget):
    """Page of a report; shows the same content as the exported files."""

    def __init__(
        self,
        theme: Theme,
        presenter: ReportPresenter,
        own_desk: OwnDeskPresenter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._presenter = presenter
        # The page is shown without the right column and is then wider than others. The size hint is
        # ignored, because it must not widen the window while that column is visible.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._kinds = self._make_kinds()
        self._periods = self._make_periods()
        self._of_all = Toggle(theme, self.tr("All workplaces"), key=SCOPE_KEY)
        self._of_all.toggled.connect(self._choose_scope)
        self._title = ElidedLabel(theme, style="title")
        self._subtitle = ElidedLabel(theme, role="text-2")
        self._tiles = [Tile(theme) for _ in range(MOST_TILES)]
        self._chart = _HoursChart(theme)
        self._tables = ReportTables(theme, own_desk)
        self._tables.opened.connect(presenter.open_number)
        self._tables.reached.connect(self._see)
        self._behind = ReportTables(theme, own_desk)
        self._behind.reached.connect(self._see)
        self._behind.opened.connect(self._open_message)
        self._scroll = self._make_scroll()
        self._hint = QWidget()
        self._propose = self._make_hint()
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 12, 16, 8)
        page.setSpacing(10)
        page.addLayout(self._make_tabs())
        page.addLayout(self._make_head())
        page.addWidget(self._scroll, 1)
        page.addWidget(self._hint)
        self._make_keys()
        self._shown: ReportContent | None = None
        self._opened_from = (0, 0, 0)
        self._wants_table = False
        self._read_from = (0, 0, 0)
        self._was_open = False
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    # --- layout ---

    def _make_kinds(self) -> ChoiceRow:
        names = {
            ReportKind.CALLS: self.tr("Calls"),
            ReportKind.MESSAGES: self.tr("Messages"),
            ReportKind.CATEGORIES: self.tr("Categories"),
            ReportKind.OTHER_ORGANS: self.tr("Other authority"),
            ReportKind.OPERATORS: self.tr("Operators"),
        }
        kinds = ChoiceRow(
            self._theme,
            self.tr("Report"),
            tuple(Choice(kind.value, text, key=KEYS[kind]) for kind, text in names.items()),
            tall=False,
            wraps=True,
        )
        kinds.chosen.connect(self._presenter.choose_kind)
        return kinds

    def _make_periods(self) -> ChoiceRow:
        periods = ChoiceRow(
            self._theme,
            self.tr("Period"),
            (
                Choice("day", self.tr("Day")),
                Choice("week", self.tr("Week")),
                Choice("month", self.tr("Month")),
            ),
            tall=False,
        )
        periods.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        periods.chosen.connect(self._presenter.choose_period)
        return periods

    def _make_tabs(self) -> QHBoxLayout:
        theme, presenter = self._theme, self._presenter
        pdf = ActionButton(theme, "PDF", key=Key.PRINT, icon="printer", tone=Tone.MAIN)
        pdf.clicked.connect(presenter.write_pdf)
        xlsx = ActionButton(theme, "XLSX", key=Key.REPORT_XLSX, icon="export")
        xlsx.clicked.connect(presenter.write_xlsx)
        tabs = QHBoxLayout()
        tabs.setSpacing(8)
        tabs.addWidget(self._kinds, 1)
        tabs.addWidget(xlsx)
        tabs.addWidget(pdf)
        return tabs

    def _make_head(self) -> QHBoxLayout:
        theme, presenter = self._theme, self._presenter
        earlier = ActionButton(
            theme, "", key=Key.EARLIER, icon="caret-left", spoken=self.tr("Previous period")
        )
        earlier.clicked.connect(lambda: presenter.move(-1))
        later = ActionButton(
            theme, "", key=Key.LATER, icon="caret-right", spoken=self.tr("Next period")
        )
        later.clicked.connect(lambda: presenter.move(1))
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(self._title)
        titles.addWidget(self._subtitle)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addLayout(titles, 1)
        for widget in (self._of_all, self._periods, earlier, later):
            head.addWidget(widget)
        return head

    def _make_scroll(self) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        self._head = _Tiles(self._theme, self._tiles)
        for part in (self._head, self._chart, self._tables, self._behind):
            column.addWidget(part)
        column.addStretch(1)
        scroll = QScrollArea()
        self._theme.dress_area(scroll)
        scroll.setWidget(inside)
        scroll.setAccessibleName(self.tr("Metrics"))
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The area has no meaning for screen readers; the page handles its keys.
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return scroll

    def _make_hint(self) -> ActionButton:
        """Builds the line with the keys that apply to the selected figure; returns the button that
        starts a proposal.
        """
        theme = self._theme
        self._enter = KeyHint(theme, "Enter", self.tr("messages in this figure"))
        self._history = KeyHint(theme, "Enter", self.tr("message history"))
        self._escape = KeyHint(theme, "Esc", self.tr("go to report"))
        propose = ActionButton(
            theme, self.tr("Suggest a category"), key=Key.PROPOSE_CATEGORY, icon="plus", small=True
        )
        propose.clicked.connect(self._begin_proposal)
        row = QHBoxLayout(self._hint)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._enter)
        row.addWidget(self._history)
        row.addWidget(self._escape)
        row.addStretch(1)
        row.addWidget(propose)
        return propose

    def _make_keys(self) -> None:
        presenter = self._presenter
        keys: dict[Key, Callable[[], object]] = {
            Key.EARLIER: lambda: presenter.move(-1),
            Key.LATER: lambda: presenter.move(1),
            Key.REPORT_XLSX: presenter.write_xlsx,
            Key.PROPOSE_CATEGORY: self._begin_proposal,
            SCOPE_KEY: self._of_all.toggle,
        }
        keys |= {key: partial(self._turn_to, kind) for kind, key in KEYS.items()}
        bind_on_page(self, keys)

    # --- actions ---

    def focus_first(self) -> None:
        self._periods.focus_choice()

    def focus_again(self) -> None:
        """Focuses the list of messages or the page again after a message was viewed."""
        if self._presenter.state.behind is not None:
            self._behind.choose(self._read_from)
        else:
            self.focus_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._presenter.close_number():
            return
        if event.modifiers() or not scrolls(self._scroll, event):
            super().keyPressEvent(event)

    def _turn_to(self, kind: ReportKind) -> None:
        """Selects the report of a shortcut and focuses its first table."""
        self._wants_table = True
        self._presenter.choose_kind(kind.value)

    def _choose_scope(self, of_all: bool) -> None:
        self._presenter.choose_scope((Scope.EVERYWHERE if of_all else Scope.HERE).value)

    def _open_message(self, section: int, row: int, column: int) -> None:
        self._read_from = (section, row, column)
        self._presenter.open_message(row)

    def _begin_proposal(self) -> None:
        place = self._tables.place
        if place is not None:
            self._presenter.propose(place[0], place[1])

    def _see(self, area: QRectF) -> None:
        sender = self._behind if self._presenter.state.behind is not None else self._tables
        inside = self._scroll.widget()
        middle = area.translated(sender.mapTo(inside, sender.rect().topLeft())).center()
        around = round(area.height() / 2) + SEEN_AROUND_PX
        self._scroll.ensureVisible(0, round(middle.y()), 0, around)

    # --- view state ---

    def _show(self, state: ReportState) -> None:
        self._kinds.show_choice(state.kind.value)
        self._periods.show_choice(state.period)
        self._of_all.setVisible(state.has_scopes)
        self._of_all.show_on(state.scope is Scope.EVERYWHERE)
        content = state.content
        self._title.set_text("" if content is None else content.title)
        self._subtitle.set_text(
            state.refused if content is None else f"{content.period}. {content.lead}"
        )
        if content is not None and content != self._shown:
            self._shown = content
            self._show_content(content)
        self._show_behind(state)
        is_open = state.behind is not None
        has_numbers = content is not None and any(part.counts for part in content.sections)
        self._enter.setVisible(has_numbers and not is_open)
        self._history.setVisible(is_open and self._presenter.may_open_messages)
        self._escape.setVisible(is_open)
        self._propose.setVisible(state.kind is ReportKind.CATEGORIES and not is_open)
        self._hint.setVisible(has_numbers or is_open)

    def _show_content(self, content: ReportContent) -> None:
        for number, tile in enumerate(self._tiles):
            tile.setVisible(number < len(content.figures))
            if number < len(content.figures):
                tile.show_figure(content.figures[number])
        self._head.place()
        if content.by_hour:
            self._chart.show_content(content)
        # The focus keeps its position, also in the table of another period.
        place = self._tables.place or ((0, 0, 0) if self._wants_table else None)
        self._wants_table = False
        self._tables.show_sections(content.sections)
        if place is not None:
            self._tables.setVisible(True)
            self._tables.choose(place)

    def _show_behind(self, state: ReportState) -> None:
        is_open = state.behind is not None
        if is_open and not self._was_open:
            self._opened_from = self._tables.place or (0, 0, 0)
        if state.behind is not None:
            self._behind.show_sections((state.behind,))
        content = state.content
        shows = content is not None and not is_open
        for tile in self._tiles[: len(content.figures) if content is not None else MOST_TILES]:
            tile.setVisible(shows)
        self._chart.setVisible(shows and content is not None and bool(content.by_hour))
        self._tables.setVisible(shows)
        self._behind.setVisible(is_open)
        if is_open:
            self._behind.choose()
        elif self._was_open and shows:
            self._tables.choose(self._opened_from)
        self._was_open = is_open


class Tile(QWidget):
    """Summary figure: name, number and note."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._figure = Figure("", "", "")
        theme.fit(self, lambda it: it.setFixedHeight(theme.size("tile")))

    def show_figure(self, figure: Figure) -> None:
        self._figure = figure
        self.setAccessibleName(f"{figure.name}: {figure.value}. {figure.note}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, figure = self._theme, self._figure
        box = QRectF(self.rect())
        fill_box(painter, box, 8, theme.colour("surface"), theme.colour("line"))
        width = box.width() - 28
        for middle, text, style, role in (
            (0.20, figure.name, "label", "text-2"),
            (0.50, figure.value, "tile", "text"),
            (0.81, figure.note, "label", "text-3"),
        ):
            height = theme.line_px(style) + 2
            top = box.height() * middle - height / 2
            draw_text(
                painter, QRectF(14, top, width, height), text, theme.font(style), theme.colour(role)
            )


class _Tiles(QWidget):
    """Summary figures in one line, or in two if a large font would cut their names."""

    def __init__(self, theme: Theme, tiles: list[Tile]) -> None:
        super().__init__()
        self._theme = theme
        self._tiles = tiles
        self._places: dict[Tile, tuple[int, int]] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(TILE_GAP_PX)
        for number, tile in enumerate(tiles):  # a widget without a parent would open a window
            self._grid.addWidget(tile, 0, number)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place()

    def place(self) -> None:
        """Distributes the visible tiles over lines of nearly equal length."""
        shown = [tile for tile in self._tiles if not tile.isHidden()]
        if not shown:
            return
        least = self._theme.grown(LEAST_TILE_PX) + TILE_GAP_PX
        fitting = max(1, (self.width() + TILE_GAP_PX) // least)
        lines = ceil(len(shown) / min(len(shown), fitting))
        across = ceil(len(shown) / lines)
        places = {tile: divmod(number, across) for number, tile in enumerate(shown)}
        if places == self._places:
            return
        self._places = places
        for tile, (row, column) in places.items():
            self._grid.addWidget(tile, row, column)
        for column in range(len(self._tiles)):
            self._grid.setColumnStretch(column, 1 if column < across else 0)


class _HoursChart(QWidget):
    """Chart of calls by hour with its legend."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._content: ReportContent | None = None
        theme.fit(self, lambda it: it.setFixedHeight(theme.grown(CHART_PX)))
        self.setAccessibleName(self.tr("Calls by hour"))

    def show_content(self, content: ReportContent) -> None:
        self._content = content
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        box = QRectF(self.rect())
        fill_box(painter, box, 8, theme.colour("surface"), theme.colour("line"))
        draw_text(
            painter,
            QRectF(16, 10, box.width() / 2, theme.grown(22)),
            self.tr("Calls by hour"),
            theme.font("section"),
            theme.colour("text"),
        )
        right = box.right() - 16
        for text, role, hatched in (
            (self.tr("missed"), "chart-3", True),
            (self.tr("answered"), "chart-2", False),
        ):
            metrics_width = painter.fontMetrics().horizontalAdvance(text) + 10
            right -= metrics_width
            draw_text(
                painter,
                QRectF(right, 10, metrics_width, theme.grown(22)),
                text,
                theme.font("label"),
                theme.colour("text-2"),
            )
            right -= theme.grown(12) + 6
            pattern = Qt.BrushStyle.BDiagPattern if hatched else Qt.BrushStyle.SolidPattern
            painter.setPen(theme.colour(role))
            painter.setBrush(theme.colour(role))
            brush = painter.brush()
            brush.setStyle(pattern)
            painter.setBrush(brush)
            painter.drawRect(QRectF(right, 10 + theme.grown(5), theme.grown(12), theme.grown(12)))
            right -= 14
        if self._content is None:
            return
        draw_hours(
            painter,
            QRectF(16, 20 + theme.grown(22), box.width() - 32, box.height() - 32 - theme.grown(22)),
            self._content.by_hour,
            {
                "bars": theme.colour("chart-2"),
                "missed": theme.colour("chart-3"),
                "grid": theme.colour("chart-grid"),
                "text": theme.colour("text-2"),
            },
            theme.font("label"),
        )
