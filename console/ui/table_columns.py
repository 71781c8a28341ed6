"""Resizable table columns: width distribution, header, keyboard panel and controller.

Stored widths are in px at a text size of 100 percent; layout widths are in px of the screen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from console.core.default_keys import Key
from console.core.own_desk import OwnDeskPresenter
from console.ui.keyboard import ON_PAGE, KeyShortcut, announce
from console.ui.labels import KeyHint, ThemedLabel
from console.ui.paint import draw_focus_ring, draw_text, fill_box, text_width
from console.ui.theme import Theme
from sync.register.people.own_desk import LEAST_COLUMN_PX


@dataclass(frozen=True, slots=True)
class ColumnRoom:
    """Widths of one column in screen px.

    ``made_px`` is the default width, None for the column that takes the remaining width.
    ``chosen_px`` is the operator's width, None if not resized. ``least_px`` is the minimum width,
    to which a widened column can shrink the others.
    """

    made_px: int | None
    chosen_px: int | None
    least_px: int

    @property
    def needed_px(self) -> int:
        """Width in px that the column needs if space is short."""
        if self.made_px is None:
            return self.least_px
        return self.made_px if self.chosen_px is None else min(self.made_px, self.chosen_px)


def have_room(columns: Sequence[ColumnRoom], room_px: int) -> bool:
    """Whether all columns fit into ``room_px`` without scrolling."""
    return sum(one.needed_px for one in columns) <= room_px


def share_room(columns: Sequence[ColumnRoom], room_px: int) -> tuple[int | None, ...]:
    """Returns the width of each column, None for those that share the remaining width.

    If the columns do not fit, those that the operator widened shrink in proportion; the stored
    widths remain unchanged.
    """
    wanted = [one.made_px if one.chosen_px is None else one.chosen_px for one in columns]
    taken = sum(
        one.least_px if width is None else width for one, width in zip(columns, wanted, strict=True)
    )
    spare = [_spare(one) for one in columns]
    missing, all_spare = taken - room_px, sum(spare)
    if missing <= 0 or not all_spare:
        return tuple(wanted)
    part = min(missing, all_spare) / all_spare
    return tuple(
        width if width is None else width - round(px * part)
        for width, px in zip(wanted, spare, strict=True)
    )


def _spare(column: ColumnRoom) -> int:
    """Returns the px that the operator added to the default width."""
    if column.chosen_px is None:
        return 0
    made = column.least_px if column.made_px is None else column.made_px
    return max(0, column.chosen_px - made)


LEAST_WIDTH_PX = 300
EDGE_PX = 8
WIDTH_PLACE_PX, OWN_PLACE_PX = 52, 72  # columns at the right of a panel row


@dataclass(frozen=True, slots=True)
class WidthRow:
    """Row of the panel: column index, name, width at a text size of 100 percent, and whether it was
    changed.
    """

    column: int
    name: str
    width_px: int
    is_own: bool


class ColumnsPanel(QFrame):
    """Panel below the table header to resize columns by keyboard; has the focus while it is open.

    Up and Down select a column, Left and Right resize it, Del resets it.
    """

    stepped = Signal(int, int)  # column, steps; positive widens the column
    put_back = Signal(int)  # column
    all_put_back = Signal()

    def __init__(self, theme: Theme, table: QTableView) -> None:
        super().__init__(table.window())
        self._theme = theme
        self._table = table
        self._rows: tuple[WidthRow, ...] = ()
        self._lines: list[_Line] = []
        self._chosen = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Column widths"))
        head = ThemedLabel(theme, self.tr("Column widths"), style="section")
        head.setContentsMargins(EDGE_PX, 0, EDGE_PX, 4)
        self._column = QVBoxLayout()
        self._column.setSpacing(2)
        self._all = _Line(theme, self)
        hints = QHBoxLayout()
        hints.setContentsMargins(EDGE_PX, 6, EDGE_PX, 0)
        hints.setSpacing(12)
        for key, text in (
            ("← →", self.tr("narrower, wider")),
            ("Del", self.tr("reset")),
            ("Esc", self.tr("back")),
        ):
            hints.addWidget(KeyHint(theme, key, text))
        hints.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(EDGE_PX, 10, EDGE_PX, 10)
        page.setSpacing(2)
        page.addWidget(head)
        page.addLayout(self._column)
        page.addWidget(self._all)
        page.addLayout(hints)
        self.hide()
        table.destroyed.connect(self.deleteLater)

    def open(self, rows: tuple[WidthRow, ...], over: int) -> None:
        """Shows the columns and takes the focus; the panel is placed over the column ``over``,
        which cannot be resized.
        """
        if self.isVisible():
            return
        self._chosen = 0
        self.show_rows(rows)
        self.adjustSize()
        window, table = self.window(), self._table
        wanted = self.sizeHint()
        width = max(self._theme.grown(LEAST_WIDTH_PX), wanted.width())
        header = table.horizontalHeader()
        corner = QPoint(header.sectionViewportPosition(over), header.height()) + QPoint(
            EDGE_PX, EDGE_PX
        )
        at = table.mapTo(window, corner)
        left = min(at.x(), window.width() - width - EDGE_PX)
        top = min(at.y(), window.height() - wanted.height() - EDGE_PX)
        self.setGeometry(max(0, left), max(0, top), width, wanted.height())
        self.show()
        self.raise_()
        self.setFocus()
        self._say()

    def show_rows(self, rows: tuple[WidthRow, ...]) -> None:
        """Shows the current widths in the panel."""
        told = rows != self._rows and self.isVisible()
        self._rows = rows
        while len(self._lines) < len(rows):
            line = _Line(self._theme, self)
            self._lines.append(line)
            self._column.addWidget(line)
        for place, line in enumerate(self._lines):
            line.setVisible(place < len(rows))
            if place < len(rows):
                own = self.tr("custom") if rows[place].is_own else ""
                line.show_line(place, rows[place].name, str(rows[place].width_px), own)
        self._all.show_line(len(rows), self.tr("Reset all to defaults"), "", "")
        self._all.setEnabled(any(row.is_own for row in rows))
        self._chosen = min(self._chosen, len(rows))
        self._point()
        if told:
            self._say()

    def point_at(self, place: int) -> None:
        """Selects the panel row with this index."""
        if place != self._chosen:
            self._chosen = place
            self._point()
            self._say()

    def press_line(self, place: int) -> None:
        """Handles a click on a row: selects it; the last row resets all widths."""
        self.point_at(place)
        if place == len(self._rows):
            self.all_put_back.emit()

    def _point(self) -> None:
        for line in (*self._lines, self._all):
            line.set_pointed(line.place == self._chosen)
        name, width, own = self._line().texts
        self.setAccessibleDescription(", ".join(text for text in (name, width, own) if text))

    def _line(self) -> "_Line":
        return self._all if self._chosen == len(self._rows) else self._lines[self._chosen]

    def _say(self) -> None:
        announce(self, self.accessibleDescription())

    def _close(self) -> None:
        self.hide()
        self._table.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        count = len(self._rows) + 1
        on_column = self._chosen < len(self._rows)
        match event.key():
            case Qt.Key.Key_Escape | Qt.Key.Key_Menu:
                self._close()
            case Qt.Key.Key_Down:
                self.point_at((self._chosen + 1) % count)
            case Qt.Key.Key_Up:
                self.point_at((self._chosen - 1) % count)
            case Qt.Key.Key_Right | Qt.Key.Key_Plus if on_column:
                self.stepped.emit(self._rows[self._chosen].column, 1)
            case Qt.Key.Key_Left | Qt.Key.Key_Minus if on_column:
                self.stepped.emit(self._rows[self._chosen].column, -1)
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace if on_column:
                self.put_back.emit(self._rows[self._chosen].column)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space if not on_column:
                self.all_put_back.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._close()
            case _:
                super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Closes the panel when the focus moves to another widget, for example when a call is
        answered.
        """
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
            self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        raised, line = self._theme.colour("raised"), self._theme.colour("line-control")
        fill_box(QPainter(self), QRectF(self.rect()), 8, raised, line)


class _Line(QWidget):
    """Row of the panel: column name, width, and whether the width was changed."""

    def __init__(self, theme: Theme, panel: ColumnsPanel) -> None:
        super().__init__(panel)
        self._theme = theme
        self._panel = panel
        self._is_pointed = False
        self.place = 0
        self.texts = ("", "", "")
        self.setMouseTracking(True)
        theme.fit(self, lambda it: it.setFixedHeight(theme.size("row_nav")))

    def show_line(self, place: int, name: str, width: str, own: str) -> None:
        self.place, self.texts = place, (name, width, own)
        self.setAccessibleName(name)
        self.setAccessibleDescription(", ".join(text for text in (width, own) if text))
        self.updateGeometry()
        self.update()

    def set_pointed(self, pointed: bool) -> None:
        if pointed != self._is_pointed:
            self._is_pointed = pointed
            self.update()

    def sizeHint(self) -> QSize:
        name_px = text_width(self._theme.font("body"), self.texts[0])
        right_px = self._theme.grown(WIDTH_PLACE_PX + OWN_PLACE_PX)
        return QSize(round(name_px) + right_px + 3 * EDGE_PX, self._theme.size("row_nav"))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._panel.point_at(self.place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._panel.press_line(self.place)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter, area = self._theme, QPainter(self), QRectF(self.rect())
        if self._is_pointed:
            fill_box(painter, area, 6, theme.colour("selected"))
            draw_focus_ring(painter, theme, area, 6)
        name, width, own = self.texts
        own_px = theme.grown(OWN_PLACE_PX) if width else 0
        width_px = theme.grown(WIDTH_PLACE_PX) if width else 0
        inside = area.adjusted(EDGE_PX, 0, -EDGE_PX, 0)
        right = Qt.AlignmentFlag.AlignRight
        text = "text" if self.isEnabled() else "text-disabled"
        body, label, second = theme.font("body"), theme.font("label"), theme.colour("text-2")
        draw_text(
            painter, inside.adjusted(0, 0, -own_px - width_px, 0), name, body, theme.colour(text)
        )
        draw_text(painter, inside.adjusted(0, 0, -own_px, 0), width, body, second, right)
        draw_text(painter, inside, own, label, second, right)


GRIP_PX = 5  # px between mouse and edge within which the edge can be dragged
TICK_PARTS = 4  # the height divided by it is the free space above and below a tick


class TableHeader(QHeaderView):
    """Table header with resizable columns; reports drags and their end.

    One column takes the remaining width. Columns at its left are resized by their right edge,
    columns at its right by their left edge, so the dragged edge follows the mouse. A double click
    resets a column.
    """

    drawn = Signal(int, int)  # column, width in px
    let_go = Signal()
    put_back = Signal(int)  # column
    panel_asked = Signal()
    clicked = Signal(int)  # column; not for clicks at its edge
    resized = Signal()
    hidden = Signal()

    def __init__(self, theme: Theme, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._theme = theme
        self._rest: int | None = None
        self._column: int | None = None
        self._from_x, self._from_px = 0, 0
        self._is_drawn = False
        self.setHighlightSections(False)
        self.setSectionsClickable(False)
        self.setMouseTracking(True)
        theme.fit(self, lambda it: it.setFont(theme.font("label")))
        theme.fit(self, lambda it: it.setFixedHeight(theme.size("button")))

    def let_move(self, rest: int | None) -> None:
        """Enables resizing; ``rest`` is the column that takes the remaining width, None disables
        resizing.
        """
        self._rest = rest

    # --- mouse ---

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        column = self._taken_at(at)
        if event.button() is Qt.MouseButton.LeftButton and column is not None:
            self._column, self._is_drawn = column, False
            self._from_x, self._from_px = at.x(), self.sectionSize(column)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._column is None or self._rest is None:
            taken = self._taken_at(at)
            self.viewport().setCursor(
                Qt.CursorShape.ArrowCursor if taken is None else Qt.CursorShape.SplitHCursor
            )
            return
        by_px = at.x() - self._from_x
        if by_px or self._is_drawn:
            self._is_drawn = True
            is_left = self._column < self._rest
            self.drawn.emit(self._column, self._from_px + (by_px if is_left else -by_px))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        was_drawn = self._column is not None and self._is_drawn
        self._column, self._is_drawn = None, False
        at = event.position().toPoint()
        if was_drawn:
            self.let_go.emit()
        elif event.button() is Qt.MouseButton.LeftButton and self._taken_at(at) is None:
            self.clicked.emit(self.logicalIndexAt(at))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        column = self._taken_at(event.position().toPoint())
        if column is not None:
            self.put_back.emit(column)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._rest is not None:
            self.panel_asked.emit()

    def _taken_at(self, at: QPoint) -> int | None:
        """Returns the column whose movable edge is at this point; None if there is none."""
        edges = {edge: column for column, edge in self._edges()}
        near = min(edges, key=lambda edge: abs(edge - at.x()), default=None)
        return edges[near] if near is not None and abs(near - at.x()) <= GRIP_PX else None

    def _edges(self) -> list[tuple[int, int]]:
        """Returns each resizable column with the x position of its movable edge."""
        if self._rest is None:
            return []
        starts = {column: self.sectionViewportPosition(column) for column in range(self.count())}
        return [
            (column, start + self.sectionSize(column) if column < self._rest else start)
            for column, start in starts.items()
            if column != self._rest
        ]

    # --- view state ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.hidden.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints a tick at each movable edge while the mouse is over the header."""
        super().paintEvent(event)
        # Requesting the mouse position is a round trip to the display server, which would delay the
        # frame.
        if not (self.underMouse() or self._column is not None):
            return
        painter = QPainter(self.viewport())
        free = self.height() // TICK_PARTS
        for _column, edge in self._edges():
            tick = self._theme.colour("line-control")
            painter.fillRect(edge, free, 1, self.height() - 2 * free, tick)


LEAST_REST_PX = 120  # at a text size of 100 percent
STEP_PX = 16


@dataclass(frozen=True, slots=True)
class Column:
    """Table column with its code; ``made_px`` is the default width in px, None for the column that
    takes the remaining width.

    Columns with ``gives_way`` are hidden, 1 before 2, if not all columns fit: in a small window or
    with large text they would move the last column out of view.
    """

    code: str
    made_px: int | None
    gives_way: int = 0


class TableColumns(QObject):
    """Sets the column widths of one table; the operator can change them by mouse and keyboard.

    ``code`` identifies the table permanently, regardless of its headings: widths are stored under
    it. A table without a code has fixed default widths.
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
        self.clicked = header.clicked
        self._take_keys(table, ON_PAGE)
        own_desk.widths_changed.connect(self._lay_out)

    def take_keys_of(self, stand_in: QWidget) -> None:
        """Handles the same keys on ``stand_in``, the widget that is shown instead of a table
        without rows.
        """
        self._take_keys(stand_in, Qt.ShortcutContext.WidgetShortcut)

    def _take_keys(self, host: QWidget, context: Qt.ShortcutContext) -> None:
        KeyShortcut(Key.SIMILAR_WORDS, host, self.open_panel, context=context)
        menu = QShortcut(QKeySequence(Qt.Key.Key_Menu), host)
        menu.setContext(context)
        menu.activated.connect(self.open_panel)

    def make(self, code: str, columns: Sequence[Column]) -> None:
        """Sets the columns of the table; at least one of them must take the remaining width."""
        self._code, self._columns = code, tuple(columns)
        self._header.let_move(self._rest if code else None)
        self._lay_out()

    @property
    def _rest(self) -> int:
        """Index of the column that takes the remaining width."""
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
        """Returns the indices of visible columns; all columns before the table is first shown."""
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

    # --- mouse and keyboard ---

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
        """Limits a width so that the column with the remaining width keeps at least
        ``LEAST_REST_PX``.
        """
        spare = self._header.sectionSize(self._rest) - self._theme.grown(LEAST_REST_PX)
        most = self._header.sectionSize(at) + max(0, spare)
        least = max(self._theme.grown(LEAST_COLUMN_PX), self._header.minimumSectionSize())
        return max(least, min(width_px, most))

    def open_panel(self) -> None:
        """Opens the panel to resize the columns by keyboard."""
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
        """Returns the rows of the panel: all visible columns that can be resized."""
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
