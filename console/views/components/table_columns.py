"""The columns of a table: as wide as they were made, or as who sits here has chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from console.keys.defaults import Key
from console.presenters.own_desk import OwnDeskPresenter
from console.views.components.column_room import ColumnRoom, have_room, share_room
from console.views.components.columns_panel import ColumnsPanel, WidthRow
from console.views.components.shortcuts import ON_PAGE, KeyShortcut
from console.views.components.table_header import TableHeader
from console.views.theme import Theme
from sync.register.own_desk import LEAST_COLUMN_PX

LEAST_REST_PX = 120  # beside text of 100 percent, as all lengths here
STEP_PX = 16


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its code; ``made_px`` on the screen, or None for one that takes what is left.

    Those with a place in ``gives_way``, 1 before 2, are left out where there is no room for all:
    in a small window or with large letters they would push the last column out of sight.
    """

    code: str
    made_px: int | None
    gives_way: int = 0


class TableColumns(QObject):
    """Gives the columns of one table their widths, and lets hand and keys change them.

    ``code`` names the table for good, whatever its heads say: what was chosen is kept by it. A
    table without a code keeps the widths it was made with.
    """

    def __init__(self, theme: Theme, table: QTableView, own_desk: OwnDeskPresenter) -> None:
        super().__init__(table)
        self._theme = theme
        self._table = table
        self._own_desk = own_desk
        self._code = ""
        self._columns: tuple[Column, ...] = ()
        self._drawn: tuple[int, int] | None = None
        self._panel: ColumnsPanel | None = None
        self._header = header = TableHeader(theme, table)
        table.setHorizontalHeader(header)
        header.drawn.connect(self._draw)
        header.let_go.connect(self._let_go)
        header.put_back.connect(self._put_back)
        header.panel_asked.connect(self.open_panel)
        header.resized.connect(self._lay_out)
        header.hidden.connect(self._close_panel)
        self._take_keys(table, ON_PAGE)
        own_desk.widths_changed.connect(self._lay_out)

    def take_keys_of(self, stand_in: QWidget) -> None:
        """The same keys while this has the keyboard, in the place of a table without rows."""
        self._take_keys(stand_in, Qt.ShortcutContext.WidgetShortcut)

    def _take_keys(self, host: QWidget, context: Qt.ShortcutContext) -> None:
        KeyShortcut(Key.SIMILAR_WORDS, host, self.open_panel, context=context)
        menu = QShortcut(QKeySequence(Qt.Key.Key_Menu), host)
        menu.setContext(context)
        menu.activated.connect(self.open_panel)

    def make(self, code: str, columns: Sequence[Column]) -> None:
        """These are the columns now; one of them at least takes what is left."""
        self._code, self._columns = code, tuple(columns)
        self._header.let_move(self._rest if code else None)
        self._lay_out()

    @property
    def _rest(self) -> int:
        """The column that no one gives a width."""
        return next(at for at, column in enumerate(self._columns) if column.made_px is None)

    def _lay_out(self) -> None:
        if not self._columns:
            return
        room = self._table.viewport().width()
        rooms = [self._room(at) for at in range(len(self._columns))]
        seen = self._seen(rooms, room)
        for at in range(len(self._columns)):
            self._header.setSectionHidden(at, at not in seen)
        if self._rest not in seen:
            rooms[seen[-1]] = rooms[self._rest]
        for at, width in zip(seen, share_room([rooms[at] for at in seen], room), strict=True):
            if width is None:
                self._header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
            else:
                self._header.setSectionResizeMode(at, QHeaderView.ResizeMode.Fixed)
                self._table.setColumnWidth(at, width)
        if self._panel is not None and self._panel.isVisible():
            self._panel.show_rows(self._rows())

    def _seen(self, rooms: Sequence[ColumnRoom], room_px: int) -> list[int]:
        """The columns that are not left out; all of them before the table was ever shown."""
        seen = list(range(len(rooms)))
        giving = (at for at in seen if self._columns[at].gives_way)
        for at in sorted(giving, key=lambda at: self._columns[at].gives_way):
            if not room_px or have_room([rooms[one] for one in seen], room_px):
                break
            seen.remove(at)
        return seen

    def _room(self, at: int) -> ColumnRoom:
        column, rest = self._columns[at], self._rest
        least = self._theme.grown(LEAST_REST_PX if column.made_px is None else LEAST_COLUMN_PX)
        return ColumnRoom(column.made_px, None if at == rest else self._chosen_px(at), least)

    def _chosen_px(self, at: int) -> int | None:
        if self._drawn is not None and self._drawn[0] == at:
            return self._drawn[1]
        chosen = self._own_desk.widths(self._code).get(self._columns[at].code)
        return None if chosen is None else self._theme.grown(chosen)

    # --- hand and keys ---

    def _draw(self, at: int, width_px: int) -> None:
        self._drawn = (at, self._within(at, width_px))
        self._lay_out()

    def _let_go(self) -> None:
        if self._drawn is not None:
            (at, width_px), self._drawn = self._drawn, None
            self._choose(at, width_px)

    def _put_back(self, at: int) -> None:
        self._drawn = None
        self._own_desk.choose_width(self._code, self._columns[at].code, None)

    def _step(self, at: int, steps: int) -> None:
        if at != self._rest:
            by_px = steps * self._theme.grown(STEP_PX)
            self._choose(at, self._within(at, self._header.sectionSize(at) + by_px))

    def _choose(self, at: int, width_px: int) -> None:
        width = round(width_px / self._theme.text_scale)
        self._own_desk.choose_width(self._code, self._columns[at].code, width)

    def _within(self, at: int, width_px: int) -> int:
        """What the column can have: the one with the rest keeps room for a few words."""
        spare = self._header.sectionSize(self._rest) - self._theme.grown(LEAST_REST_PX)
        most = self._header.sectionSize(at) + max(0, spare)
        least = max(self._theme.grown(LEAST_COLUMN_PX), self._header.minimumSectionSize())
        return max(least, min(width_px, most))

    def open_panel(self) -> None:
        """Show the columns in a panel where keys make them wider and narrower."""
        if self._table.model().rowCount() == 0:
            self._own_desk.tell_no_rows()
            return
        if not self._code:
            return
        if self._panel is None:
            self._panel = panel = ColumnsPanel(self._theme, self._table)
            panel.stepped.connect(self._step)
            panel.put_back.connect(self._put_back)
            panel.all_put_back.connect(lambda: self._own_desk.put_widths_back(self._code))
        self._panel.open(self._rows(), self._rest)

    def _close_panel(self) -> None:
        if self._panel is not None:
            self._panel.hide()

    def _rows(self) -> tuple[WidthRow, ...]:
        """The columns that can have a width, each with the one it has."""
        own = self._own_desk.widths(self._code)
        return tuple(
            WidthRow(
                at,
                str(self._table.model().headerData(at, Qt.Orientation.Horizontal)),
                round(self._header.sectionSize(at) / self._theme.text_scale),
                column.code in own,
            )
            for at, column in enumerate(self._columns)
            if at != self._rest and not self._header.isSectionHidden(at)
        )
