"""Page of the first start, sign-in, password change and screen lock; fills the window."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from console.features.sign_in.presenter import SignInMode, SignInPresenter, SignInState
from console.ui.buttons import ActionButton, LinkButton, Tone
from console.ui.choices import Choice, ChoiceRow
from console.ui.fields import LineField, ProblemLine
from console.ui.labels import Surface, ThemedLabel
from console.ui.notices import IconSpot
from console.ui.paint import fill_box
from console.ui.theme import Theme
from sync.register.people.operators import Role

PANEL_PX, CALL_PX, BETWEEN_PX = 440, 560, 16


class SignInPage(Surface):
    """Form for the mode of the presenter, such as sign-in or lock; shows why an attempt was
    refused.
    """

    signed_in = Signal()
    training_asked = Signal()
    settings_asked = Signal()

    def __init__(
        self, theme: Theme, presenter: SignInPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "app", parent)
        self._theme = theme
        self._presenter = presenter
        self._title = ThemedLabel(theme, style="title")
        self._lead = ThemedLabel(theme, role="text-2", wrap=True)
        self._name = LineField(theme, self.tr("Full name, as in reports"))
        self._login = LineField(theme, self.tr("Login"))
        self._password = LineField(theme, self.tr("Password"))
        self._new = LineField(theme, self.tr("New password"))
        self._again = LineField(theme, self.tr("Repeat password"))
        for field in (self._password, self._new, self._again):
            field.setEchoMode(QLineEdit.EchoMode.Password)
        self._role_choice = ChoiceRow(
            theme,
            self.tr("Role"),
            (
                Choice(Role.SUPERVISOR.value, self.tr("Supervisor")),
                Choice(Role.OPERATOR.value, self.tr("Operator")),
            ),
            tall=False,
        )
        self._role_choice.chosen.connect(presenter.choose_role)
        self._problem = ProblemLine(theme)
        self._advice = ThemedLabel(theme, role="text-2", wrap=True)
        self._notice = ThemedLabel(theme, style="strong", role="accent", wrap=True)
        self._enter = ActionButton(
            theme, "", key="Enter", icon="arrow-elbow-down-left", tone=Tone.MAIN
        )
        self._enter.clicked.connect(self._submit)
        for field in self._fields():
            field.returnPressed.connect(self._submit)
        panel = self.panel = _Panel(theme)
        column = QVBoxLayout(panel)
        column.setContentsMargins(32, 28, 32, 28)
        column.setSpacing(12)
        mark = QHBoxLayout()
        mark.setSpacing(10)
        mark.addWidget(IconSpot(theme, "phone-call-fill", "accent", 26))
        mark.addWidget(ThemedLabel(theme, self.tr("Single Number"), style="section"))
        mark.addStretch(1)
        column.addLayout(mark)
        column.addSpacing(4)
        for part in (
            self._title,
            self._lead,
            self._notice,
            self._name,
            self._login,
            self._password,
            self._new,
            self._again,
            self._role_choice,
            self._problem,
            self._advice,
        ):
            column.addWidget(part)
        column.addSpacing(4)
        self._other = LinkButton(theme, self.tr("Another operator"))
        self._other.clicked.connect(self._change_operator)
        self._change = LinkButton(theme, self.tr("Change password"))
        self._change.clicked.connect(lambda: presenter.begin_password_change(self._login.text()))
        self._back = LinkButton(theme, self.tr("Back"))
        self._back.clicked.connect(presenter.cancel_password_change)
        self._training = LinkButton(theme, self.tr("Training mode"))
        self._training.clicked.connect(self.training_asked)
        self._settings = LinkButton(theme, self.tr("Workplace settings"))
        self._settings.clicked.connect(self.settings_asked)
        # Below each other: in Russian, two links do not fit next to the button.
        links = QVBoxLayout()
        links.setSpacing(2)
        for link in (self._other, self._change, self._back, self._training, self._settings):
            links.addWidget(link)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addLayout(links)
        foot.addStretch(1)
        foot.addWidget(self._enter, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(foot)
        # Stretches instead of an alignment, because an aligned widget does not receive the height
        # of its wrapped text.
        self._parts = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._parts.setSpacing(BETWEEN_PX)
        self._parts.addWidget(panel)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addLayout(self._parts)
        middle.addStretch(1)
        page = QVBoxLayout(self)
        page.addStretch(2)
        page.addLayout(middle)
        page.addStretch(3)
        self._call: QWidget | None = None
        presenter.changed.connect(self._show)
        self._show(presenter.state)
        theme.fit(self, lambda it: it.share_room())

    def place_call(self, call: QWidget) -> None:
        """Places a call that continues while the console is locked above the form."""
        self._call = call
        call.installEventFilter(self)
        self._parts.insertWidget(0, call)
        self.share_room()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.share_room()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share_room()

    def share_room(self) -> None:
        """Arranges call and form vertically, or horizontally if the window is too low."""
        call, panel = self._call, self.panel
        has_call = call is not None and not call.isHidden()
        room = self.width() - 2 * BETWEEN_PX
        wide = min(self._theme.grown(CALL_PX), room)
        panel.setFixedWidth(wide if has_call else min(self._theme.grown(PANEL_PX), room))
        if call is None:
            return
        needed = sum(_height(part, wide) for part in (call, panel)) + BETWEEN_PX
        is_low = has_call and needed > self.height()
        if is_low:
            panel.setFixedWidth(PANEL_PX)
            wide = min(wide, room - PANEL_PX - BETWEEN_PX)
        call.setFixedWidth(wide)
        direction = QBoxLayout.Direction
        self._parts.setDirection(direction.LeftToRight if is_low else direction.TopToBottom)

    def focus_first(self) -> None:
        """Focuses the first empty field, or the password if all fields are filled in."""
        for field in self._fields():
            if field.isVisibleTo(self) and field.isEnabled() and not field.text():
                field.setFocus()
                return
        self._password.setFocus()

    def _change_operator(self) -> None:
        """Clears the login and asks for the login of another operator."""
        self._login.clear()
        self._presenter.change_operator()

    def _submit(self) -> None:
        if not self._enter.isEnabled():
            return
        self._presenter.submit(
            name=self._name.text(),
            login=self._login.text(),
            password=self._password.text(),
            again=self._again.text(),
            new_password=self._new.text(),
        )

    def _fields(self) -> tuple[LineField, ...]:
        return self._name, self._login, self._password, self._new, self._again

    def _show(self, state: SignInState) -> None:
        first = state.mode is SignInMode.FIRST_OPERATOR
        locked = state.mode is SignInMode.LOCKED
        changing = state.mode is SignInMode.CHANGE_PASSWORD
        self._title.setText(state.title)
        self._lead.setText(state.lead)
        self._lead.setVisible(bool(state.lead))
        self._notice.setText(state.notice)
        self._notice.setVisible(bool(state.notice))
        self._name.setVisible(first)
        self._new.setVisible(changing)
        self._again.setVisible(first or changing)
        self._role_choice.setVisible(first)
        self._role_choice.show_choice(state.role)
        self._login.setVisible(not locked)
        self._other.setVisible(locked)
        self._change.setVisible(locked or state.mode is SignInMode.SIGN_IN)
        self._back.setVisible(changing)
        self._training.setVisible(not locked and not changing)
        self._settings.setVisible(first)  # later they require the right of a role
        if state.login and self._login.text() != state.login:
            self._login.setText(state.login)
        self._enter.setText(state.action)
        self._enter.setEnabled(not state.busy)
        self._problem.show_text(state.problem)
        self._advice.setText(state.advice)
        self._advice.setVisible(bool(state.advice))
        self.share_room()
        if state.clear_passwords:
            for field in (self._password, self._new, self._again):
                field.clear()


def _height(part: QWidget, width_px: int) -> int:
    """Height required at this width, including wrapped text."""
    return max(part.heightForWidth(width_px), part.sizeHint().height())


class _Panel(QWidget):
    """Box in the middle of the page."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        fill_box(
            QPainter(self), QRectF(self.rect()), 8, theme.colour("surface"), theme.colour("line")
        )
