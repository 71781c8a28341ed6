"""The tables of a report below each other, small ones side by side, each in a card."""

from dataclasses import dataclass

from PySide6.QtCore import QElapsedTimer, QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from console.presenters.own_desk import OwnDeskPresenter
from console.reports.content import Section
from console.views.components.emptied import take_widgets_out
from console.views.components.figures_table import FiguresTable
from console.views.components.labels import ThemedLabel
from console.views.components.paint import fill_box
from console.views.theme import Theme

TURN_MS = 10  # of tables in one go; one takes half of it
SMALL_COLUMNS = 3  # a table of so many columns shares its line with another one


class ReportTables(QWidget):
    """Arrows walk from one table to the next; a cell that is reached is to be seen."""

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
        """Show these in place of what was shown; those below what is seen when there is time."""
        take_widgets_out(self._grid)
        self._tables = []
        self._waiting = _spots(sections)
        self.setMinimumHeight(self.height())  # else what is scrolled to would run away meanwhile
        self._make_some()

    def _make_some(self) -> None:
        """Make as many tables as one turn of the window has time for."""
        if not self._waiting:  # and what was made in the turn before has its room
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
        """Section, row and column where the keyboard is."""
        for number, table in enumerate(self._tables):
            if table.hasFocus() and table.currentIndex().isValid():
                return number, table.currentIndex().row(), table.currentIndex().column()
        return None

    def choose(self, place: tuple[int, int, int] = (0, 0, 0)) -> None:
        """Put the keyboard there."""
        section, row, column = place
        self._make_until(section)
        if section < len(self._tables):
            self._tables[section].choose(row, column)

    def _make_until(self, section: int) -> None:
        """The tables down to this one."""
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
    """Where a section stands."""

    section: Section
    line: int
    column: int
    span: int


def _spots(sections: tuple[Section, ...]) -> list[_Spot]:
    """Below each other, two small ones side by side."""
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
    """The title of a section over its table."""

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
