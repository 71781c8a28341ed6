"""The widths of a table's columns by keys: seen at once in the table behind."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTableView, QVBoxLayout, QWidget

from console.views.components.announcer import announce
from console.views.components.labels import KeyHint, ThemedLabel
from console.views.components.paint import draw_focus_ring, draw_text, fill_box, text_width
from console.views.theme import Theme

LEAST_WIDTH_PX = 300
EDGE_PX = 8
WIDTH_PLACE_PX, OWN_PLACE_PX = 52, 72  # what stands at the right of a row


@dataclass(frozen=True, slots=True)
class WidthRow:
    """A column by its place in the table, with its width beside text of 100 percent."""

    column: int
    name: str
    width_px: int
    is_own: bool


class ColumnsPanel(QFrame):
    """Lies over the window under the head of its table; has the keyboard as long as it is open.

    Arrows choose a column and make it narrower and wider, Del puts it back.
    """

    stepped = Signal(int, int)  # column, steps: wider where positive
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
        self.setAccessibleName(self.tr("Width of the columns"))
        head = ThemedLabel(theme, self.tr("Width of the columns"), style="section")
        head.setContentsMargins(EDGE_PX, 0, EDGE_PX, 4)
        self._column = QVBoxLayout()
        self._column.setSpacing(2)
        self._all = _Line(theme, self)
        hints = QHBoxLayout()
        hints.setContentsMargins(EDGE_PX, 6, EDGE_PX, 0)
        hints.setSpacing(12)
        for key, text in (
            ("← →", self.tr("narrower, wider")),
            ("Del", self.tr("as it was")),
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
        """Show these columns and take the keyboard; lie over the column that none of them is."""
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
        """Show how wide they are now."""
        told = rows != self._rows and self.isVisible()
        self._rows = rows
        while len(self._lines) < len(rows):
            line = _Line(self._theme, self)
            self._lines.append(line)
            self._column.addWidget(line)
        for place, line in enumerate(self._lines):
            line.setVisible(place < len(rows))
            if place < len(rows):
                own = self.tr("your own") if rows[place].is_own else ""
                line.show_line(place, rows[place].name, str(rows[place].width_px), own)
        self._all.show_line(len(rows), self.tr("All as they were made"), "", "")
        self._all.setEnabled(any(row.is_own for row in rows))
        self._chosen = min(self._chosen, len(rows))
        self._point()
        if told:
            self._say()

    def point_at(self, place: int) -> None:
        """Choose the line at this place."""
        if place != self._chosen:
            self._chosen = place
            self._point()
            self._say()

    def press_line(self, place: int) -> None:
        """The mouse chooses a column, and puts all back by the last line."""
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
        """Somebody works elsewhere, or a call was answered."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
            self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        raised, line = self._theme.colour("raised"), self._theme.colour("line-control")
        fill_box(QPainter(self), QRectF(self.rect()), 8, raised, line)


class _Line(QWidget):
    """A name, a width, and whether it was chosen."""

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
