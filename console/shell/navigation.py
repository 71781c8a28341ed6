"""Left column: a row with a count for each page, and the operator's figures of the day.

In a narrow window it becomes a rail of icons with badges.
"""

from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.features.answers.presenter import AnswersState
from console.features.call_backs.presenter import CallBacksPresenter, CallBackState
from console.features.incidents.watch import IncidentWatch, WatchState
from console.features.journal.presenter import JournalList, JournalPresenter, JournalState
from console.features.review.queue import QueueState, ReviewQueuePresenter
from console.shared.messages.terms import Urgency
from console.ui.buttons import ThemedButton
from console.ui.labels import Line, Surface, ThemedLabel, draw_pill, pill_size
from console.ui.paint import draw_focus_ring, draw_icon, draw_text, fill_box, text_width
from console.ui.theme import Theme

RAIL_ICON, RAIL_BADGE = 0.85, 0.55  # maximum, relative to the row height
BADGE_PX, BADGE_FONT = 16, 0.7


class NavRow(ThemedButton):
    """Navigation row with a counter."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        icon: str,
        *,
        alarm: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._icon = icon
        self._count: int | None = None
        self._kind = "warn" if alarm else ""
        self._mark = ""
        self._rail = False
        self.setText(text)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def mark(self, chosen: bool) -> None:
        """Marks the row as current or not; possibly no row is marked."""
        if chosen is not self.isChecked():
            self.setAutoExclusive(False)  # otherwise one row of the group stays checked
            self.setChecked(chosen)
            self.setAutoExclusive(True)

    def nextCheckState(self) -> None:
        """A click does not mark the row; the page change does."""

    def set_count(self, count: int | None) -> None:
        if count != self._count:
            self._count = count
            self.setAccessibleName(self.text() if count is None else f"{self.text()}: {count}")
            self.update()

    def set_term(self, kind: str, icon: str, words: str) -> None:
        """Shows the count as a pill of this kind, with the deadline warning in the tool tip."""
        if (kind, icon, words) == (self._kind, self._mark, self.accessibleDescription()):
            return
        self._kind, self._mark = kind, icon
        self.setToolTip(f"{self.text()}: {words}" if words else self.text())
        self.setAccessibleDescription(words)
        self.update()

    def set_rail(self, rail: bool) -> None:
        if rail is self._rail:
            return
        self._rail = rail
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        height = self._theme.size("row_nav") + (3 if self._rail else 0)
        return QSize(self._theme.size("left_rail") if self._rail else 180, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        box = QRectF(self.rect()).adjusted(8, 1, -8, -1)
        if self.isChecked():
            fill_box(painter, box, 6, theme.colour("selected"))
            fill_box(
                painter, QRectF(0, box.top() + 4, 3, box.height() - 8), 1, theme.colour("accent")
            )
        elif self.underMouse():
            fill_box(painter, box, 6, theme.colour("hover"))
        if self.hasFocus():
            draw_focus_ring(painter, theme, box, 6)
        colour = theme.colour("accent" if self.isChecked() else "text-2")
        if self._rail:
            self._paint_rail(painter, box)
            return
        size = theme.size("icon")
        middle = box.center().y()
        draw_icon(
            painter,
            self._icon,
            QRectF(box.left() + 12, middle - size / 2, size, size),
            size,
            colour,
        )
        right = box.right() - 12
        if self._count is not None:
            right = self._paint_count(painter, right, middle)
        left = box.left() + 12 + size + 10
        draw_text(
            painter,
            QRectF(left, box.top(), right - left, box.height()),
            self.text(),
            theme.font("strong" if self.isChecked() else "body"),
            theme.colour("text"),
        )

    def _paint_count(self, painter: QPainter, right: float, middle: float) -> float:
        theme = self._theme
        text = str(self._count)
        if self._kind and self._count:
            size = pill_size(theme, text, with_icon=bool(self._mark))
            area = QRectF(
                right - size.width() + 4, middle - size.height() / 2, size.width(), size.height()
            )
            draw_pill(painter, theme, area, text, self._mark, self._kind)
            return area.left() - 6
        width, line = text_width(theme.font("strong"), text) + 2, theme.line_px("strong")
        role = "text" if self._count else "text-3"
        draw_text(
            painter,
            QRectF(right - width, middle - line / 2, width, line),
            text,
            theme.font("strong" if self._count else "body"),
            theme.colour(role),
            Qt.AlignmentFlag.AlignRight,
        )
        return right - width - 6

    def _paint_rail(self, painter: QPainter, box: QRectF) -> None:
        """Scales icon and badge down to the row height, as with large text in a low window."""
        theme = self._theme
        size = min(theme.size("icon_call"), round(box.height() * RAIL_ICON))
        draw_icon(
            painter, self._icon, box, size, theme.colour("accent" if self.isChecked() else "text-2")
        )
        if not self._count:
            return
        text = str(self._count)
        height = min(theme.grown(BADGE_PX), round(box.height() * RAIL_BADGE))
        font = QFont(theme.font("caption"))
        font.setPixelSize(min(font.pixelSize(), round(height * BADGE_FONT)))
        width = max(float(height), text_width(font, text) + 8)
        badge = QRectF(box.center().x() + size / 5, box.top(), width, height)
        ground, ink = (
            (f"{self._kind}-soft", self._kind) if self._kind else ("neutral-soft", "text-2")
        )
        fill_box(painter, badge, height / 2, theme.colour(ground))
        draw_text(
            painter,
            badge,
            text,
            font,
            theme.colour(ink),
            Qt.AlignmentFlag.AlignHCenter,
        )


_TERM_PILLS = {
    Urgency.NEAR: ("warn", "clock-fill"),
    Urgency.LAST_DAY: ("warn", "clock-fill"),
    Urgency.OVER: ("danger", "warning-octagon-fill"),
}


class Place(Enum):
    """Navigation rows other than the lists of the journal."""

    QUEUE = auto()
    CALL_BACKS = auto()
    ANSWERS = auto()
    INCIDENTS = auto()
    CALL_REGISTER = auto()
    REPORTS = auto()
    EDITOR = auto()
    CALENDAR = auto()
    CHECK = auto()
    HANDOVER = auto()
    SETTINGS = auto()


class NavigationColumn(Surface):
    """248 px wide with labels, or a 60 px rail with badges in a narrow window."""

    list_chosen = Signal(object)  # JournalList
    queue_asked = Signal()
    call_backs_asked = Signal()
    incidents_asked = Signal()
    call_register_asked = Signal()
    reports_asked = Signal()
    check_asked = Signal()
    editor_asked = Signal()
    calendar_asked = Signal()
    handover_asked = Signal()
    answers_asked = Signal()
    settings_asked = Signal()

    def __init__(
        self,
        theme: Theme,
        presenter: JournalPresenter,
        queue: ReviewQueuePresenter,
        call_backs: CallBacksPresenter,
        incidents: IncidentWatch,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "surface", parent)
        self._theme = theme
        self._queue = NavRow(theme, self.tr("Under review"), "clipboard-text")
        self._queue.clicked.connect(self.queue_asked)
        self._call_backs = NavRow(theme, self.tr("Call back"), "phone-outgoing", alarm=True)
        self._call_backs.clicked.connect(self.call_backs_asked)
        self._incidents = NavRow(theme, self.tr("Incidents"), "megaphone", alarm=True)
        self._incidents.clicked.connect(self.incidents_asked)
        self._call_register = NavRow(theme, self.tr("Call register"), "list-bullets")
        self._call_register.clicked.connect(self.call_register_asked)
        self._rows = {
            JournalList.CALLS: NavRow(theme, self.tr("Calls today"), "phone"),
            JournalList.MISSED: NavRow(theme, self.tr("Missed"), "bell-ringing", alarm=True),
            JournalList.DRAFTS: NavRow(theme, self.tr("Drafts"), "note-pencil", alarm=True),
            JournalList.MESSAGES: NavRow(theme, self.tr("Messages"), "envelope-simple"),
            JournalList.ANSWERS: NavRow(
                theme, self.tr("Authorities' answers"), "chat-centered-text"
            ),
        }
        self._reports = NavRow(theme, self.tr("Reports"), "chart-bar")
        self._reports.clicked.connect(self.reports_asked)
        self._editor = NavRow(theme, self.tr("Directory"), "book-open")
        self._editor.clicked.connect(self.editor_asked)
        self._check = NavRow(theme, self.tr("Pre-shift check"), "heartbeat")
        self._check.clicked.connect(self.check_asked)
        self._handover = NavRow(theme, self.tr("Shift handover"), "handshake")
        self._handover.clicked.connect(self.handover_asked)
        self._settings = NavRow(theme, self.tr("Settings"), "gear-six")
        self._settings.clicked.connect(self.settings_asked)
        self._calendar = NavRow(theme, self.tr("Calendar"), "calendar-blank", alarm=True)
        self._calendar.clicked.connect(self.calendar_asked)
        self._answers = NavRow(
            theme, self.tr("Answers and deadlines"), "calendar-check", alarm=True
        )
        self._answers.clicked.connect(self.answers_asked)
        self._places = {
            Place.QUEUE: self._queue,
            Place.CALL_BACKS: self._call_backs,
            Place.ANSWERS: self._answers,
            Place.INCIDENTS: self._incidents,
            Place.CALL_REGISTER: self._call_register,
            Place.REPORTS: self._reports,
            Place.EDITOR: self._editor,
            Place.CALENDAR: self._calendar,
            Place.CHECK: self._check,
            Place.HANDOVER: self._handover,
            Place.SETTINGS: self._settings,
        }
        self._place: Place | JournalList | None = presenter.state.shown
        self._heads = [
            ThemedLabel(theme, text, style="label", role="text-3")
            for text in (self.tr("Phone"), self.tr("Messages"), self.tr("Work"))
        ]
        column = QVBoxLayout(self)
        # All rows fit on a screen 720 px high.
        column.setContentsMargins(0, 8, 0, 6)
        column.setSpacing(0)
        for head, rows in zip(
            self._heads,
            (
                (JournalList.CALLS, JournalList.MISSED, JournalList.DRAFTS),
                (JournalList.MESSAGES, JournalList.ANSWERS),
                (),
            ),
            strict=True,
        ):
            head.setContentsMargins(20, 6, 0, 3)
            column.addWidget(head)
            if JournalList.MESSAGES in rows:
                column.addWidget(self._queue)
            for name in rows:
                column.addWidget(self._rows[name])
                self._rows[name].clicked.connect(
                    lambda _checked=False, n=name: self.list_chosen.emit(n)
                )
            if JournalList.MESSAGES in rows:
                column.addWidget(self._answers)
            if JournalList.MISSED in rows:
                column.addWidget(self._call_backs)
                column.addWidget(self._incidents)
                column.addWidget(self._call_register)
        for place in list(self._places.values())[5:]:  # the first five are placed with the lists
            column.addWidget(place)
        column.addStretch(1)
        self._figures = _Figures(theme)
        column.addWidget(self._figures)
        presenter.changed.connect(self._show)
        self._show(presenter.state)
        queue.changed.connect(self._show_queue)
        self._show_queue(queue.state)
        call_backs.changed.connect(self._show_call_backs)
        self._show_call_backs(call_backs.state)
        incidents.changed.connect(self._show_incidents)
        self._show_incidents(incidents.state)
        self._is_rail = False
        theme.fit(self, lambda it: it.keep_width())

    def mark(self, place: Place | JournalList | None) -> None:
        """Marks the row of the current page; None clears the mark."""
        self._place = place
        row = None if place is None else self._row_of(place)
        for each in (*self._rows.values(), *self._places.values()):
            each.mark(each is row)

    def _row_of(self, place: Place | JournalList) -> NavRow:
        return self._rows[place] if isinstance(place, JournalList) else self._places[place]

    def offer_incidents(self, offered: bool) -> None:
        """Shows the row only to operators who take calls."""
        self._incidents.setVisible(offered)

    def show_calendar_lacks(self, lacks_year: bool) -> None:
        """Marks the calendar if a required year is missing."""
        self._calendar.set_count(1 if lacks_year else None)

    def offer_calendar(self, offered: bool) -> None:
        """Shows the row only to operators who may edit the calendar."""
        self._calendar.setVisible(offered)

    def show_answers(self, state: AnswersState) -> None:
        """Shows the number of own pending messages and the nearest deadline."""
        kind, icon = _TERM_PILLS.get(state.nearest.urgency, ("warn", ""))
        self._answers.set_count(state.waiting)
        self._answers.set_term(kind, icon, state.subtitle)

    def offer_lists(self, may_see: Callable[[JournalList], bool]) -> None:
        """Shows only lists that the operator may see; the list of calls is always shown."""
        for name, row in self._rows.items():
            row.setVisible(name is JournalList.CALLS or may_see(name))
        self._call_backs.setVisible(may_see(JournalList.MISSED))
        self._call_register.setVisible(may_see(JournalList.MISSED))

    def offer_queue(self, offered: bool) -> None:
        """Shows the row only to operators who review messages."""
        self._queue.setVisible(offered)

    def offer_answers(self, offered: bool) -> None:
        """Shows the row only to operators who register messages."""
        self._answers.setVisible(offered)

    def offer_editor(self, offered: bool) -> None:
        """Shows the row only to operators who may edit the directory."""
        self._editor.setVisible(offered)

    def keep_width(self) -> None:
        self.set_rail(self._is_rail)

    def set_rail(self, rail: bool) -> None:
        self._is_rail = rail
        self.setFixedWidth(self._theme.size("left_rail" if rail else "left"))
        for row in (*self._rows.values(), *self._places.values()):
            row.set_rail(rail)
        for head in self._heads:
            head.setVisible(not rail)
        self._figures.setVisible(not rail)

    def _show_queue(self, state: QueueState) -> None:
        """The counter becomes a warning before the nearest deadline."""
        kind, icon = _TERM_PILLS.get(state.nearest.urgency, ("", ""))
        self._queue.set_count(len(state.rows))
        self._queue.set_term(kind, icon, state.subtitle if state.rows else "")

    def _show_call_backs(self, state: CallBackState) -> None:
        self._call_backs.set_count(state.waiting + state.planned_due)

    def _show_incidents(self, state: WatchState) -> None:
        self._incidents.set_count(state.open_count)

    def _show(self, state: JournalState) -> None:
        for name, row in self._rows.items():
            row.set_count(state.counts.get(name, 0))
        if isinstance(self._place, JournalList):
            self.mark(state.shown)
        self._figures.show_figures(state)


class _Figures(QWidget):
    """«Сегодня у вас»: figures of the signed-in operator."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 0, 20, 0)
        column.setSpacing(6)
        column.addWidget(Line(theme, Qt.Orientation.Horizontal))
        column.addSpacing(6)
        column.addWidget(ThemedLabel(theme, self.tr("Today"), style="label", role="text-2"))
        self._values: list[ThemedLabel] = []
        for text in (self.tr("Calls answered"), self.tr("Average time"), self.tr("Saved in")):
            row = QHBoxLayout()
            row.addWidget(ThemedLabel(theme, text, role="text-2"), 1)
            value = ThemedLabel(theme, style="strong")
            value.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._values.append(value)
            row.addWidget(value)
            column.addLayout(row)

    def show_figures(self, state: JournalState) -> None:
        figures = state.figures
        for label, text in zip(
            self._values,
            (figures.answered, figures.average_talk, figures.average_save),
            strict=True,
        ):
            label.setText(text)
