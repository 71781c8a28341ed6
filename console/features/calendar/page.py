"""Calendar page: year grid, legend, and side panel.

Types of days (working day, day off, ...) differ in symbols too, not only in colour.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from console.core.default_keys import Key
from console.core.spelling import SpellingPresenter
from console.features.calendar import words as calendar_words
from console.features.calendar.calendar_state import CalendarState, DayCell, Stage
from console.features.calendar.presenter import CalendarPresenter
from console.features.calendar.side_view import ConfirmSide, FileSide, FormSide, LookSide
from console.shared.messages import term_words
from console.ui.buttons import ActionButton
from console.ui.keyboard import bind_on_page
from console.ui.labels import ElidedLabel, KeyHint, Line, Surface, ThemedLabel
from console.ui.layout import PageStack
from console.ui.notices import Banner
from console.ui.paint import draw_focus_ring, draw_text, fill_box, text_width
from console.ui.theme import Theme
from sync.register.calendar.calendar import DayKind

MONTHS = 12
ACROSS = (4, 3, 2, 1)  # possible numbers of months in one row
WEEK_DAYS, WEEKS = 7, 6
GAP_PX = 18
MARK_PX, MARK_GAP_PX = 26, 6  # of the legend symbols
LARGEST_CELL = QSize(48, 38)


@dataclass(frozen=True, slots=True)
class _Look:
    """Style of a type of day: text colour, background, font, and a symbol after the number."""

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
    """Paints one day; a day set by an order has a frame, today has an underline."""
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
    """Year grid: arrow keys move by day, PgUp and PgDn by month, Home and End within a month.

    Enter edits the selected day.
    """

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
            text = "" if cell is None else term_words.kind_of_day(cell.kind)
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    # --- geometry ---

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
        """Rectangle of the selected day in pixels of the widget."""
        return self._area(self._chosen).toAlignedRect()

    def _least_px(self, across: int) -> int:
        """Returns the minimum grid width in px for this number of months in one row."""
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
        """Returns the top left corner of a month's days."""
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
        name = calendar_words.month_title(month)
        draw_text(painter, title, name, theme.font("strong"), theme.colour("text"))
        for number in range(WEEK_DAYS):
            draw_text(
                painter,
                QRectF(corner.x() + number * across, corner.y() - heads, across, heads),
                calendar_words.weekday(number),
                theme.font("caption"),
                theme.colour("text-3"),
                Qt.AlignmentFlag.AlignHCenter,
            )


class Legend(QWidget):
    """Legend of the types of days, in several lines if needed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._columns = len(LEGEND)
        theme.changed.connect(self.update)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        font = self._theme.font("label")
        widest_px = max(text_width(font, term_words.kind_of_day(kind)) for kind in LEGEND)
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
                term_words.kind_of_day(kind),
                theme.font("label"),
                theme.colour("text-2"),
            )


def month_away(day: date, steps: int) -> date:
    """Returns the same day in another month, or the last day of that month if it is shorter."""
    months = day.year * 12 + day.month - 1 + steps
    first = date(months // 12, months % 12 + 1, 1)
    return first.replace(day=min(day.day, _last_of_month(first).day))


def _last_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


TWO_MONTHS_PX = 430  # minimum width of two months, with margins
AROUND_HEAD_PX = 48  # margins and gap between title and buttons


class CalendarPage(QWidget):
    """Calendar page: Enter edits a day, Ctrl+Enter continues, Esc goes back or closes the page."""

    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        presenter: CalendarPresenter,
        spelling: SpellingPresenter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._presenter = presenter
        self._stage = Stage.LOOK
        # The main page hides its side panel for this page, as for the reports.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._year = ThemedLabel(theme, style="title")
        self._subtitle = ElidedLabel(theme, role="text-2")
        self._warning = Banner(theme)
        self._warning.acted.connect(presenter.act_on_warning)
        self._grid = YearGrid(theme)
        self._grid.chosen.connect(presenter.choose)
        self._grid.taken.connect(presenter.begin_day)
        # Queued, because the position of the selected day is known only after the layout.
        self._grid.resized.connect(self._see_chosen, Qt.ConnectionType.QueuedConnection)
        self._grid.revoked.connect(lambda: presenter.begin_revoking())
        # With large text on a small screen the year grid does not fit and must scroll.
        self._area = QScrollArea()
        theme.dress_area(self._area)
        sheet = QWidget()
        days = QVBoxLayout(sheet)
        days.setContentsMargins(0, 0, 0, 0)
        days.setSpacing(8)
        days.addWidget(self._grid, 1)
        days.addWidget(Legend(theme))
        self._area.setWidget(sheet)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        sheet.setAutoFillBackground(False)  # the scroll area turned it on
        self._look = LookSide(theme, presenter)
        self._file = FileSide(theme, presenter)
        self._form = FormSide(theme, presenter, spelling)
        self._confirm = ConfirmSide(theme, presenter)
        self._sides: dict[Stage, LookSide | FileSide | FormSide | ConfirmSide] = {
            Stage.LOOK: self._look,
            Stage.FILE: self._file,
            Stage.FORM: self._form,
            Stage.CONFIRM: self._confirm,
        }
        self._stack = PageStack()
        for side in self._sides.values():
            self._stack.addWidget(side)
        self._lay_out(theme)
        self._make_keys()
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _lay_out(self, theme: Theme) -> None:
        presenter = self._presenter
        earlier = ActionButton(
            theme, "", key=Key.EARLIER, icon="caret-left", spoken=self.tr("Previous year")
        )
        earlier.clicked.connect(lambda: presenter.move_year(-1))
        later = ActionButton(
            theme, "", key=Key.LATER, icon="caret-right", spoken=self.tr("Next year")
        )
        later.clicked.connect(lambda: presenter.move_year(1))
        self._load = ActionButton(
            theme, self.tr("From file"), key=Key.CALENDAR_FILE, icon="upload-simple"
        )
        self._load.clicked.connect(presenter.begin_file)
        self._rules = ActionButton(theme, self.tr("Rules"), key=Key.CALENDAR_RULES, icon="gear-six")
        self._rules.clicked.connect(presenter.begin_rules)
        self._line = ActionButton(theme, self.tr("Hours"), key=Key.CALENDAR_LINE, icon="clock")
        self._line.clicked.connect(presenter.begin_line)
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(self._year)
        titles.addWidget(self._subtitle)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (earlier, later, self._line, self._rules, self._load):
            buttons.addWidget(button)
        self._titles, self._buttons = titles, buttons
        self._head = head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        head.setSpacing(8)
        head.addLayout(titles, 1)
        head.addLayout(buttons)
        head.setAlignment(buttons, Qt.AlignmentFlag.AlignLeft)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        for key, text in (
            ("←↑↓→", self.tr("day")),
            ("PgUp PgDn", self.tr("month")),
            ("Esc", self.tr("back")),
        ):
            foot.addWidget(KeyHint(theme, key, text))
        foot.addStretch(1)
        left = QVBoxLayout()
        left.setContentsMargins(24, 10, 16, 8)
        left.setSpacing(8)
        left.addWidget(self._area, 1)
        left.addLayout(foot)
        side = Surface(theme, "surface")
        inside = QVBoxLayout(side)
        inside.setContentsMargins(0, 16, 0, 0)
        inside.addWidget(self._stack)
        self._side = side
        columns = QHBoxLayout()
        columns.setSpacing(0)
        columns.addLayout(left, 1)
        columns.addWidget(Line(theme, Qt.Orientation.Vertical))
        columns.addWidget(side)
        above = QVBoxLayout()
        above.setContentsMargins(24, 14, 16, 8)
        above.addLayout(head)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addLayout(above)
        page.addWidget(self._warning)
        page.addWidget(Line(theme, Qt.Orientation.Horizontal))
        page.addLayout(columns, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With large text the side panel is narrower, and the buttons are below the title."""
        super().resizeEvent(event)
        theme = self._theme
        is_small = self.width() < theme.grown(TWO_MONTHS_PX) + theme.size("right_narrow")
        self._side.setFixedWidth(theme.size("right_least" if is_small else "right_narrow"))
        needed = self._year.sizeHint().width() + self._buttons.sizeHint().width()
        is_low = self.width() < needed + AROUND_HEAD_PX
        ways = QBoxLayout.Direction
        self._head.setDirection(ways.TopToBottom if is_low else ways.LeftToRight)

    def _make_keys(self) -> None:
        presenter = self._presenter
        keys: dict[Key, Callable[[], object]] = {
            Key.EARLIER: lambda: presenter.move_year(-1),
            Key.LATER: lambda: presenter.move_year(1),
            Key.CALENDAR_FILE: self._open_file,
            Key.CALENDAR_RULES: presenter.begin_rules,
            Key.CALENDAR_LINE: presenter.begin_line,
        }
        bind_on_page(self, keys)

    def _open_file(self) -> None:
        if self._stage is Stage.FILE:
            self._file.choose_file()
        else:
            self._presenter.begin_file()

    def open_page(self) -> None:
        """Selects today and focuses the year grid, or continues an unfinished edit."""
        self._presenter.open()
        self._turn(self._stage, self._stage)

    def show_rights(self) -> None:
        """Replaces the previous operator's edit by that of the operator who has signed in."""
        self._presenter.signed_in()

    def confirm(self) -> None:
        """Continues with the next stage of the edit; the last stage saves it."""
        self._presenter.go_on()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif not self._presenter.go_back():
            self.closed.emit()

    def _show(self, state: CalendarState) -> None:
        title = self.tr("Calendar for %1").replace("%1", str(state.chosen.year))
        self._year.setText(title)
        self.setAccessibleName(title)
        self._subtitle.set_text(state.subtitle)
        warning = state.warning
        if warning is None:
            self._warning.hide_banner()
        else:
            action = warning.action if state.may_edit else ""
            self._warning.show_banner("warn", warning.head, warning.body, action)
        self._grid.show_year(state)
        self._see_chosen()
        looks = state.stage is Stage.LOOK
        self._grid.setEnabled(looks)
        for button in (self._load, self._rules, self._line):
            button.setVisible(state.may_edit)
            button.setEnabled(looks)
        self._sides[state.stage].show_state(state)
        self._stack.setCurrentWidget(self._sides[state.stage])
        if state.stage is not self._stage:
            self._turn(self._stage, state.stage)

    def _see_chosen(self) -> None:
        chosen = self._grid.chosen_area().center()
        self._area.ensureVisible(chosen.x(), chosen.y())

    def _turn(self, before: Stage, stage: Stage) -> None:
        """Sets the keyboard focus for the new stage of an edit."""
        self._stage = stage
        match stage:
            case Stage.LOOK:
                self._grid.setFocus()
            case Stage.FILE:
                self._file.focus_first()
            case Stage.FORM if before is Stage.CONFIRM:
                self._form.focus_reason()
            case Stage.FORM:
                self._form.focus_first()
            case Stage.CONFIRM:
                self._confirm.focus_first()
