"""The page of the city's calendar: a year at the left, the chosen day or an edit at the right."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from console.keys.defaults import Key
from console.presenters.calendar_page import CalendarPresenter
from console.presenters.calendar_state import CalendarState, Stage
from console.presenters.spelling import SpellingPresenter
from console.views.calendar.sides import ConfirmSide, FileSide, FormSide, LookSide
from console.views.calendar.year_grid import Legend, YearGrid
from console.views.components.buttons import ActionButton
from console.views.components.labels import ElidedLabel, KeyHint, Line, Surface, ThemedLabel
from console.views.components.notices import Banner
from console.views.components.page_stack import PageStack
from console.views.components.shortcuts import bind_on_page
from console.views.theme import Theme

TWO_MONTHS_PX = 430  # with what is around them
AROUND_HEAD_PX = 48  # its margins, and between title and buttons


class CalendarPage(QWidget):
    """Enter changes the chosen day, Ctrl+Enter goes on, Esc goes back and at last leaves."""

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
        # Shown without the column at the right, as the reports are.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._year = ThemedLabel(theme, style="title")
        self._subtitle = ElidedLabel(theme, role="text-2")
        self._warning = Banner(theme)
        self._warning.acted.connect(presenter.act_on_warning)
        self._grid = YearGrid(theme)
        self._grid.chosen.connect(presenter.choose)
        self._grid.taken.connect(presenter.begin_day)
        # Only a sheet that has its size tells where the day stands in it.
        self._grid.resized.connect(self._see_chosen, Qt.ConnectionType.QueuedConnection)
        self._grid.revoked.connect(lambda: presenter.begin_revoking())
        # Large letters on a small screen leave less room than a year takes.
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
        sheet.setAutoFillBackground(False)  # which the area has just turned on
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
            theme, "", key=Key.EARLIER, icon="caret-left", spoken=self.tr("Earlier year")
        )
        earlier.clicked.connect(lambda: presenter.move_year(-1))
        later = ActionButton(
            theme, "", key=Key.LATER, icon="caret-right", spoken=self.tr("Later year")
        )
        later.clicked.connect(lambda: presenter.move_year(1))
        self._load = ActionButton(
            theme, self.tr("From a file"), key=Key.CALENDAR_FILE, icon="upload-simple"
        )
        self._load.clicked.connect(presenter.begin_file)
        self._rules = ActionButton(theme, self.tr("Rules"), key=Key.CALENDAR_RULES, icon="gear-six")
        self._rules.clicked.connect(presenter.begin_rules)
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(self._year)
        titles.addWidget(self._subtitle)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (earlier, later, self._rules, self._load):
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
        """In large letters the side gives way, and the buttons stand below the title."""
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
        }
        bind_on_page(self, keys)

    def _open_file(self) -> None:
        if self._stage is Stage.FILE:
            self._file.choose_file()
        else:
            self._presenter.begin_file()

    def open_page(self) -> None:
        """Show today with the keyboard on the year, or the edit that was begun."""
        self._presenter.open()
        self._turn(self._stage, self._stage)

    def show_rights(self) -> None:
        """Another person may work here now: nothing of the one before is gone on with."""
        self._presenter.signed_in()

    def confirm(self) -> None:
        """On to the next stage, at last onto the disk."""
        self._presenter.go_on()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif not self._presenter.go_back():
            self.closed.emit()

    def _show(self, state: CalendarState) -> None:
        title = self.tr("Calendar of %1").replace("%1", str(state.chosen.year))
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
        for button in (self._load, self._rules):
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
        """The keyboard goes where the next thing is to be done."""
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
