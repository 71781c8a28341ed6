"""A year on one sheet: its days are told apart by marks and not by colour alone."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolTip, QWidget

from console import words
from console.presenters.calendar_state import CalendarState, DayCell
from console.views.components.paint import draw_focus_ring, draw_text, fill_box, text_width
from console.views.theme import Theme
from sync.register.calendar import DayKind

MONTHS = 12
ACROSS = (4, 3, 2, 1)  # months side by side, as many as have room
WEEK_DAYS, WEEKS = 7, 6
GAP_PX = 18
MARK_PX, MARK_GAP_PX = 26, 6  # of the legend
LARGEST_CELL = QSize(48, 38)


@dataclass(frozen=True, slots=True)
class _Look:
    """How a kind of day is painted: colour role, ground role, style, and a mark behind it."""

    ink: str
    ground: str = ""
    style: str = "body"
    mark: str = ""


_LOOKS = {
    DayKind.WORKING: _Look("text"),
    DayKind.SHORT: _Look("text", mark="*"),
    DayKind.WORKING_WEEKEND: _Look("text", "", "strong", "+"),
    DayKind.WEEKEND: _Look("text-3", "neutral-soft"),
    DayKind.HOLIDAY: _Look("danger", "danger-soft", "strong"),
    DayKind.MOVED_DAY_OFF: _Look("danger", "neutral-soft"),
    DayKind.REGIONAL_HOLIDAY: _Look("wrap", "wrap-soft", "strong"),
    DayKind.CITY_DAY_OFF: _Look("danger", "neutral-soft", "strong"),
    DayKind.CITY_WORKING_DAY: _Look("text", "", "strong", "+"),
}
LEGEND = (
    DayKind.HOLIDAY,
    DayKind.WEEKEND,
    DayKind.MOVED_DAY_OFF,
    DayKind.SHORT,
    DayKind.WORKING_WEEKEND,
    DayKind.REGIONAL_HOLIDAY,
    DayKind.CITY_DAY_OFF,
    DayKind.CITY_WORKING_DAY,
)
_BY_ORDER = (DayKind.CITY_DAY_OFF, DayKind.CITY_WORKING_DAY)


def draw_day(
    painter: QPainter,
    theme: Theme,
    area: QRectF,
    text: str,
    kind: DayKind,
    *,
    is_ordered: bool,
    is_today: bool = False,
) -> None:
    """One day in its cell; what an order made has a frame, today a line below."""
    look = _LOOKS[kind]
    box = area.adjusted(1, 1, -1, -1)
    frame = theme.colour("accent") if is_ordered else None
    ground = theme.colour(look.ground) if look.ground else None
    if ground is not None or frame is not None:
        fill_box(painter, box, 4, ground, frame, 1.6)
    middle = Qt.AlignmentFlag.AlignHCenter
    ink = theme.colour(look.ink)
    draw_text(painter, box, text, theme.font(look.style), ink, middle)
    if look.mark:
        right = box.center().x() + text_width(theme.font(look.style), text) / 2
        corner = QRectF(right, box.top(), 9, box.height() - theme.line_px("caption") / 2)
        draw_text(painter, corner, look.mark, theme.font("caption"), ink, middle)
    if is_today:
        line = QRectF(box.left() + 5, box.bottom() - 2, box.width() - 10, 2)
        painter.fillRect(line, theme.colour("accent"))


class YearGrid(QFrame):
    """Arrows choose a day, PgUp and PgDn go by months, Home and End to its ends; Enter takes it."""

    chosen = Signal(object)  # date
    taken = Signal()
    revoked = Signal()
    resized = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cells: tuple[DayCell, ...] = ()
        self._chosen = date.min
        self._today = date.min
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.update)

    def show_year(self, state: CalendarState) -> None:
        self._cells, self._chosen, self._today = state.cells, state.chosen, state.today
        day = state.day
        self.setAccessibleName(f"{day.title}. {day.kind}")
        self.setAccessibleDescription(". ".join(day.lines))
        self.update()

    # --- keys and mouse ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -WEEK_DAYS,
            Qt.Key.Key_Down: WEEK_DAYS,
        }
        key = event.key()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in steps:
            self.chosen.emit(self._chosen + timedelta(days=steps[Qt.Key(key)]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.chosen.emit(month_away(self._chosen, 1 if key == Qt.Key.Key_PageDown else -1))
        elif key == Qt.Key.Key_Home:
            self.chosen.emit(self._chosen.replace(day=1))
        elif key == Qt.Key.Key_End:
            self.chosen.emit(_last_of_month(self._chosen))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.taken.emit()
        elif key == Qt.Key.Key_Delete:
            self.revoked.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event.position())
        if cell is not None:
            self.chosen.emit(cell.day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._cell_at(event.position()) is not None:
            self.taken.emit()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            cell = self._cell_at(QPointF(event.pos()))
            text = "" if cell is None else words.terms.kind_of_day(cell.kind)
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    # --- where the days stand ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._least_px(ACROSS[-1]), self.heightForWidth(self._least_px(ACROSS[0])))

    def heightForWidth(self, width_px: int) -> int:
        down = MONTHS // self._across(width_px)
        month_px = WEEKS * (self._theme.line_px("body") - 3) + self._heads_px()
        return down * month_px + (down - 1) * GAP_PX // 2

    def chosen_area(self) -> QRect:
        """Where the chosen day stands, in px of the widget."""
        return self._area(self._chosen).toAlignedRect()

    def _least_px(self, across: int) -> int:
        """The width that so many months side by side need."""
        cell_px = self._theme.size("target_min") + 2
        return across * WEEK_DAYS * cell_px + (across - 1) * GAP_PX + 4

    def _across(self, width_px: int) -> int:
        fits = (across for across in ACROSS if self._least_px(across) <= width_px)
        return next(fits, ACROSS[-1])

    def _heads_px(self) -> int:
        return self._theme.line_px("strong") + self._theme.line_px("caption")

    def _cell_px(self) -> tuple[float, float]:
        months = self._across(self.width())
        rows = MONTHS // months
        across = (self.width() - 4 - (months - 1) * GAP_PX) / (months * WEEK_DAYS)
        down = (self.height() - (rows - 1) * GAP_PX / 2 - rows * self._heads_px()) / (rows * WEEKS)
        return min(across, LARGEST_CELL.width()), min(down, LARGEST_CELL.height())

    def _month_at(self, month: int) -> QPointF:
        """The upper left corner of a month's days."""
        across, down = self._cell_px()
        row, column = divmod(month - 1, self._across(self.width()))
        left = 2 + column * (WEEK_DAYS * across + GAP_PX)
        top = row * (WEEKS * down + self._heads_px() + GAP_PX / 2)
        return QPointF(left, top + self._heads_px())

    def _area(self, day: date) -> QRectF:
        across, down = self._cell_px()
        corner = self._month_at(day.month)
        week = (day.day - 1 + day.replace(day=1).weekday()) // WEEK_DAYS
        return QRectF(corner.x() + day.weekday() * across, corner.y() + week * down, across, down)

    def _cell_at(self, point: QPointF) -> DayCell | None:
        for cell in self._cells:
            if self._area(cell.day).contains(point):
                return cell
        return None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._cells:
            return
        for month in range(1, MONTHS + 1):
            self._paint_heads(painter, month)
        for cell in self._cells:
            area = self._area(cell.day)
            if cell.day == self._chosen:
                fill_box(painter, area, 5, self._theme.colour("selected"))
            draw_day(
                painter,
                self._theme,
                area,
                str(cell.day.day),
                cell.kind,
                is_ordered=cell.is_ordered,
                is_today=cell.day == self._today,
            )
        ring = self._area(self._chosen).adjusted(-2, -2, 2, 2)
        if self.hasFocus():
            draw_focus_ring(painter, self._theme, ring, 6)
        else:
            fill_box(painter, ring, 6, None, self._theme.colour("line-control"), 1.0)

    def _paint_heads(self, painter: QPainter, month: int) -> None:
        theme = self._theme
        corner = self._month_at(month)
        across, _down = self._cell_px()
        heads = theme.line_px("caption")
        top = corner.y() - self._heads_px()
        title = QRectF(corner.x() + 6, top, WEEK_DAYS * across, theme.line_px("strong"))
        name = words.city.month_title(month)
        draw_text(painter, title, name, theme.font("strong"), theme.colour("text"))
        for number in range(WEEK_DAYS):
            draw_text(
                painter,
                QRectF(corner.x() + number * across, corner.y() - heads, across, heads),
                words.city.weekday(number),
                theme.font("caption"),
                theme.colour("text-3"),
                Qt.AlignmentFlag.AlignHCenter,
            )


class Legend(QWidget):
    """What the marks of the days mean, in as many lines as it takes."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._columns = len(LEGEND)
        theme.changed.connect(self.update)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        font = self._theme.font("label")
        widest_px = max(text_width(font, words.terms.kind_of_day(kind)) for kind in LEGEND)
        fits = int(self.width() // (widest_px + MARK_PX + 2 * MARK_GAP_PX))
        self._columns = 4 if fits >= 4 else max(1, min(fits, 2))
        lines = ceil(len(LEGEND) / self._columns)
        self.setFixedHeight(lines * (self._theme.line_px("label") + MARK_GAP_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        across = self.width() / self._columns
        down = theme.line_px("label") + MARK_GAP_PX
        for number, kind in enumerate(LEGEND):
            row, column = divmod(number, self._columns)
            box = QRectF(column * across, row * down, MARK_PX, down)
            draw_day(painter, theme, box, "8", kind, is_ordered=kind in _BY_ORDER)
            left = box.right() + MARK_GAP_PX
            draw_text(
                painter,
                QRectF(left, box.top(), (column + 1) * across - left - MARK_GAP_PX, down),
                words.terms.kind_of_day(kind),
                theme.font("label"),
                theme.colour("text-2"),
            )


def month_away(day: date, steps: int) -> date:
    """The same day of another month, or the last one where it is shorter."""
    months = day.year * 12 + day.month - 1 + steps
    first = date(months // 12, months % 12 + 1, 1)
    return first.replace(day=min(day.day, _last_of_month(first).day))


def _last_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
