"""Page of the check before a shift: verdict, phone status, self-test steps, other checks."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from console.core.default_keys import Key
from console.features.shift_check.phone_check import (
    CheckState,
    PhoneCheckPresenter,
    PhoneCheckState,
)
from console.features.shift_check.presenter import ShiftCheckPresenter, ShiftCheckState
from console.shared.workplace import phone_words, sound_words
from console.shared.workplace.devices import ACCOUNT, DEVICES
from console.shared.workplace.status import StatusItem
from console.ui.buttons import ActionButton, Tone
from console.ui.labels import KeyHint, Line, Pill, ThemedLabel
from console.ui.layout import CaretInSight, scrolled, scrolls
from console.ui.notices import IconSpot
from console.ui.paint import fill_box
from console.ui.theme import Theme
from sync.register.people.shift import Place, PlaceVerdict
from telephony.findings import Check

# Shape and text convey the state; the colour only repeats it.
TWO_COLUMNS_PX = 620
LOW_PX, LEAD_AFTER = 360, 3  # the lead text then follows verdict, facts and buttons
_MARKS = {
    CheckState.WAITING: ("circle-dashed", "text-3", "neutral"),
    CheckState.RUNNING: ("hourglass-medium", "accent", "accent"),
    CheckState.PASSED: ("check-circle-fill", "ok", "ok"),
    CheckState.DOUBTFUL: ("warning-fill", "warn", "warn"),
    CheckState.FAILED: ("x-circle-fill", "danger", "danger"),
    CheckState.NOT_POSSIBLE: ("minus-circle", "text-2", "neutral"),
}
_STATES = {
    PlaceVerdict.PASSED: CheckState.PASSED,
    PlaceVerdict.DOUBTFUL: CheckState.DOUBTFUL,
    PlaceVerdict.FAILED: CheckState.FAILED,
    PlaceVerdict.NOT_TRIED: CheckState.NOT_POSSIBLE,
}
# Phone, headset and ring tone have separate rows with the results of the self-test.
_PLACES = (Place.BUTTONS, Place.STORE, Place.CENTRE, Place.DISK, Place.CLOCK, Place.BACKUP)


class PhoneCheckPage(QFrame):
    """Page of the check. Enter starts the self-test, Esc stops it; without a running test Esc
    closes the page.
    """

    closed = Signal()
    diagnostics_asked = Signal()
    settings_asked = Signal(str)  # settings section that fixes the problem

    def __init__(
        self,
        theme: Theme,
        presenter: PhoneCheckPresenter,
        shift: ShiftCheckPresenter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._presenter = presenter
        self._shift = shift
        self._title = self.tr("Pre-shift check")
        self._verdict = _Verdict(theme)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._facts = _Facts(theme)
        self._rows = {check: _Row(theme, phone_words.check_name(check)) for check in Check}
        self._places = {place: _Row(theme, sound_words.place_name(place)) for place in _PLACES}
        self._note = ThemedLabel(theme, style="strong", wrap=True)
        self._start = ActionButton(
            theme, self.tr("Start check"), key="Enter", icon="play", tone=Tone.MAIN
        )
        self._stop = ActionButton(theme, self.tr("Stop"), key="Esc", icon="x")
        self._register = ActionButton(
            theme,
            self.tr("Register again"),
            key=Key.REGISTER_AGAIN,
            icon="arrows-clockwise",
            elides=True,
        )
        self._diagnostics = ActionButton(
            theme, self.tr("Diagnostics"), key=Key.DIAGNOSTICS, icon="package", elides=True
        )
        self._settings = ActionButton(theme, "", icon="gear-six", elides=True)
        self._settings.setVisible(False)
        self._settings.clicked.connect(self._ask_settings)
        self._may_configure: Callable[[], bool] | None = None
        self._diagnostics.clicked.connect(self.diagnostics_asked)
        self._start.clicked.connect(presenter.begin)
        self._stop.clicked.connect(presenter.stop)
        self._register.clicked.connect(presenter.register_again)
        self._lay_out(theme)
        presenter.changed.connect(self._show)
        shift.changed.connect(self._show_places)
        self._show(presenter.state)
        self._show_places(shift.state)

    def _lay_out(self, theme: Theme) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 18, 24, 12)
        page.setSpacing(10)
        page.addWidget(ThemedLabel(theme, self._title, style="title"))
        lead = self.tr(
            "The phone calls itself through the PBX and checks its echo, your microphone "
            "and the ring tone. It takes about 15 seconds; an incoming call ends the "
            "check and rings as usual."
        )
        # Everything scrolls: with a large font a low window cannot show half of it.
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self._lead = ThemedLabel(theme, lead, role="text-2", wrap=True)
        column.addWidget(self._lead)
        column.addWidget(self._verdict)
        column.addWidget(self._facts)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self._start, self._stop, self._register):
            buttons.addWidget(button)
        buttons.addSpacing(8)
        buttons.addWidget(self._note, 1)
        column.addLayout(buttons)
        column.addWidget(_panel(theme, (*self._rows.values(), *self._places.values())))
        column.addStretch(1)
        self._rows_of_page = column
        self._area = scrolled(theme, inside)
        CaretInSight(self._area)
        page.addWidget(self._area, 1)
        foot = QHBoxLayout()
        foot.addWidget(KeyHint(theme, "Esc", self.tr("back")))
        foot.addStretch(1)
        foot.addWidget(self._settings)
        foot.addWidget(self._diagnostics)
        page.addLayout(foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Moves the lead text below the buttons in a low window, to keep the buttons visible."""
        super().resizeEvent(event)
        is_low = self.height() < self._theme.grown(LOW_PX)
        place = LEAD_AFTER if is_low else 0
        if self._rows_of_page.indexOf(self._lead) != place:
            self._rows_of_page.removeWidget(self._lead)
            self._rows_of_page.insertWidget(place, self._lead)

    def focus_first(self) -> None:
        """Takes the focus and checks the workplace without the phone self-test, which starts with
        Enter.
        """
        self.setFocus()
        self._shift.look(keeps=False)

    def offer_settings(self, may_configure: Callable[[], bool]) -> None:
        """Shows a button to the settings that fix a problem: to the phone account if it is missing
        and ``may_configure`` permits it, otherwise to the devices.
        """
        self._may_configure = may_configure
        self._show_way(self._presenter.state)

    def _wants_account(self, state: PhoneCheckState) -> bool:
        return state.lacks_account and self._may_configure is not None and self._may_configure()

    def _show_way(self, state: PhoneCheckState) -> None:
        wants_account = self._wants_account(state)
        self._settings.setVisible(self._may_configure is not None)
        self._settings.setText(
            phone_words.name_account() if wants_account else phone_words.choose_devices()
        )

    def _ask_settings(self) -> None:
        wants_account = self._wants_account(self._presenter.state)
        self.settings_asked.emit(ACCOUNT if wants_account else DEVICES)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self._presenter.begin()
        elif event.key() == Qt.Key.Key_Escape:
            if self._presenter.state.running:
                self._presenter.stop()
            else:
                self.closed.emit()
        elif not scrolls(self._area, event):
            super().keyPressEvent(event)

    def _show(self, state: PhoneCheckState) -> None:
        had_focus = self._start.hasFocus() or self._stop.hasFocus()
        self._start.setVisible(not state.running)
        self._stop.setVisible(state.running)
        if had_focus:
            (self._stop if state.running else self._start).setFocus()
        self._register.setEnabled(
            state.can_register and not state.registering and not state.running
        )
        self._note.setText(state.note)
        self._show_way(state)
        self._tell_name()
        self._facts.show_facts(state.facts)
        for row in state.rows:
            self._rows[row.check].show_row(row.state, row.text, row.advice)

    def _show_places(self, state: ShiftCheckState) -> None:
        self._verdict.show_verdict(state)
        for row in state.rows:
            if row.place in self._places:
                self._places[row.place].show_row(_STATES[row.verdict], row.text, row.advice)
        self._tell_name()

    def _tell_name(self) -> None:
        """Sets the accessible name of the focused page, which screen readers announce."""
        told = (self._title, self._shift.state.head, self._presenter.state.note)
        self.setAccessibleName(". ".join(part.rstrip(".") for part in told if part))


class _Verdict(QWidget):
    """Overall result with icon, and the problems found."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._icon = IconSpot(theme, "", "text-3", theme.size("icon_call"))
        self._head = ThemedLabel(theme, style="section")
        self._body = ThemedLabel(theme, wrap=True)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._head)
        texts.addWidget(self._body)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(12)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(texts, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_verdict(self, state: ShiftCheckState) -> None:
        self.setVisible(state.verdict is not None)
        if state.verdict is None:
            return
        is_untried = state.verdict is PlaceVerdict.NOT_TRIED
        mark = CheckState.PASSED if is_untried else _STATES[state.verdict]
        icon, role, _kind = _MARKS[mark]
        self._icon.set_icon(icon, role)
        self._head.setText(state.head)
        self._body.setText(state.body)
        self._body.setVisible(bool(state.body))
        self.setAccessibleName(f"{state.head}. {state.body}")


class _Facts(QWidget):
    """Facts on the state of the phone, two per line if there is enough width."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._parts: list[tuple[ThemedLabel, IconSpot, ThemedLabel]] = []
        self._grid.setColumnStretch(2, 1)
        self._columns = 2
        self._shown = 0

    def _make(self, count: int) -> None:
        """Creates the labels of ``count`` facts; the number varies, for example with a published
        operator state.
        """
        while len(self._parts) < count:
            parts = (
                ThemedLabel(self._theme, role="text-2"),
                IconSpot(self._theme, "", "text-2", self._theme.size("icon")),
                ThemedLabel(self._theme, wrap=True),
            )
            self._parts.append(parts)
        self._place()
        for number, parts in enumerate(self._parts):
            for part in parts:
                part.setVisible(number < count)

    def _place(self) -> None:
        columns = self._columns
        for number, parts in enumerate(self._parts):
            row, column = divmod(number, columns)
            for place, part in enumerate(parts):
                self._grid.addWidget(part, row, 4 * column + place)
        self._grid.setColumnMinimumWidth(3, 16 if columns > 1 else 0)
        self._grid.setColumnStretch(6, 1 if columns > 1 else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = 2 if self.width() >= self._theme.grown(TWO_COLUMNS_PX) else 1
        if columns != self._columns:
            self._columns = columns
            self._place()

    def show_facts(self, facts: tuple[tuple[str, StatusItem], ...]) -> None:
        if len(facts) != self._shown:
            self._shown = len(facts)
            self._make(len(facts))
        for (label, icon, text), (name, item) in zip(self._parts, facts, strict=False):
            label.setText(name)
            icon.set_icon(item.icon, item.role)
            text.setText(item.text)
            text.set_role("text" if item.role in ("ok", "text-2") else item.role)
            text.setAccessibleName(f"{name}: {item.text}")


class _Row(QWidget):
    """Row of a check: icon, name, result and advice, and its state at the right."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._name = name
        self._icon = IconSpot(theme, "", "text-3", theme.size("icon_call"))
        self._text = ThemedLabel(theme, wrap=True)
        self._advice = ThemedLabel(theme, style="label", role="text-2", wrap=True)
        self._pill = Pill(theme)
        head = ThemedLabel(theme, name, style="strong", wrap=True)
        theme.fit(head, lambda it: it.setFixedWidth(theme.size("label_col") + 56))
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._text)
        texts.addWidget(self._advice)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 9, 14, 9)
        row.setSpacing(12)
        row.addWidget(self._icon)
        row.addWidget(head)
        row.addLayout(texts, 1)
        row.addWidget(self._pill)

    def show_row(self, state: CheckState, found: str, advice: str) -> None:
        icon, role, kind = _MARKS[state]
        word = phone_words.state_name(state.value)
        self._icon.set_icon(icon, role)
        self._text.setText(found)
        self._text.set_role("text-2" if state is CheckState.WAITING else "text")
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self._pill.set_state(word, kind=kind)
        self.setAccessibleName(f"{self._name}: {word}. {found}. {advice}")


def _panel(theme: Theme, rows: tuple[_Row, ...]) -> QWidget:
    panel = _Panel(theme)
    column = QVBoxLayout(panel)
    column.setContentsMargins(1, 1, 1, 1)
    column.setSpacing(0)
    for number, row in enumerate(rows):
        if number:
            column.addWidget(Line(theme, Qt.Orientation.Horizontal))
        column.addWidget(row)
    return panel


class _Panel(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        ground, edge = self._theme.colour("surface"), self._theme.colour("line")
        fill_box(QPainter(self), QRectF(self.rect()), 8, ground, edge)
