"""Alarm of serious faults, tray icon with the operator's state, and pop-up of incoming calls.

The alarm sounds every 60 s until the operator acknowledges it. GUI thread only.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSystemTrayIcon, QVBoxLayout, QWidget

from console.shared.session import call_words, operator_state_words
from console.shared.session.desk import DeskPresenter
from console.shared.session.live_calls import DeskState, LineState
from console.shared.session.operator_state import OperatorStatePresenter
from console.shared.workplace.status import StatusPresenter, StatusState
from console.shell import words as shell_words
from console.ui.buttons import ActionButton, Tone
from console.ui.labels import ThemedLabel
from console.ui.notices import IconSpot
from console.ui.paint import draw_icon, fill_box
from console.ui.theme import Theme
from sync.register.people.operator_states import Doing

FIRST_MS = 5_000  # a registration that recovers within seconds triggers no alarm
AGAIN_MS = 60_000


class AlarmPresenter(QObject):
    """Sounds an alarm while a danger banner is shown. GUI thread only.

    ``sound`` plays the alarm and must not block.
    """

    changed = Signal(bool)  # whether an acknowledgement is pending

    def __init__(self, sound: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sound = sound
        self._trouble = ""
        self._is_heard = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.ring)

    @property
    def waits(self) -> bool:
        """Whether there is a fault that is not acknowledged."""
        return bool(self._trouble) and not self._is_heard

    def status_changed(self, state: StatusState) -> None:
        """Restarts the alarm if the fault differs from the acknowledged one."""
        banner = state.banner
        trouble = banner.head if banner is not None and banner.kind == "danger" else ""
        if trouble == self._trouble:
            return
        self._trouble, self._is_heard = trouble, False
        if trouble:
            self._timer.start(FIRST_MS)
        else:
            self._timer.stop()
        self.changed.emit(self.waits)

    def acknowledge(self) -> None:
        """Silences the alarm for the current fault."""
        if self.waits:
            self._is_heard = True
            self._timer.stop()
            self.changed.emit(False)

    def ring(self) -> None:
        """Sounds the alarm and schedules the next one in a minute."""
        if self.waits:
            self._timer.start(AGAIN_MS)
            self._sound()


@dataclass(frozen=True, slots=True)
class AttentionState:
    """Icon, colour role and text of the state, and whether an unanswered call rings."""

    icon: str
    role: str
    text: str
    rings: bool


class AttentionPresenter(QObject):
    """Combines call, phone and operator state into one icon. GUI thread only."""

    changed = Signal(object)  # AttentionState

    def __init__(
        self,
        desk: DeskPresenter,
        status: StatusPresenter,
        operator: OperatorStatePresenter,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._status = status
        self._operator = operator
        self._shown: AttentionState | None = None
        self._rings = False  # as last reported by the workspace
        desk.changed.connect(self._desk_changed)
        for told in (status.changed, operator.changed):
            told.connect(self._refresh)

    @property
    def state(self) -> AttentionState:
        doing = self._operator.status.doing
        rings = _rings(self._desk.state)
        if not self._status.state.phone_ready:
            text = call_words.no_calls_arrive()
            return AttentionState("warning-octagon-fill", "danger", text, rings)
        if rings or doing is Doing.TALKING:
            text = shell_words.call_waits() if rings else operator_state_words.doing(doing)
            return AttentionState("phone-call-fill", "accent", text, rings)
        if doing is Doing.READY:
            return AttentionState(
                "check-circle-fill", "ok", operator_state_words.doing(doing), rings
            )
        return AttentionState("minus-circle-fill", "warn", operator_state_words.doing(doing), rings)

    def _desk_changed(self, desk: DeskState) -> None:
        if _rings(desk) != self._rings:
            self._rings = not self._rings
            self._refresh(desk)

    def _refresh(self, _state: object) -> None:
        state = self.state
        if state != self._shown:
            self._shown = state
            self.changed.emit(state)


def _rings(desk: DeskState) -> bool:
    return desk.line is LineState.RINGING or bool(desk.waiting)


_ICON_PX = 64
_EDGE_PX = 16  # between the pop-up and the screen edges


class Attention(QObject):
    """Shows the state in the tray, the window title and the ring pop-up."""

    def __init__(
        self,
        theme: Theme,
        presenter: AttentionPresenter,
        answer: Callable[[], None],
        window: QWidget,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._window = window
        self._title = window.windowTitle()
        self._presenter = presenter
        self._rang = False
        self.toast = RingToast(theme, answer, self.show_window)
        self._tray: QSystemTrayIcon | None = None
        if QSystemTrayIcon.isSystemTrayAvailable():
            self._tray = QSystemTrayIcon(self)
            self._tray.activated.connect(lambda _reason: self.show_window())
        window.installEventFilter(self)
        presenter.changed.connect(self._show)
        theme.changed.connect(self._theme_changed)
        self._show(presenter.state)
        if self._tray is not None:
            self._tray.show()

    def show_window(self) -> None:
        """Restores and activates the window in its previous size."""
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()

    def close(self) -> None:
        """Hides the tray icon and the pop-up."""
        self.toast.close()
        if self._tray is not None:
            self._tray.hide()

    def _theme_changed(self) -> None:
        self._show(self._presenter.state)

    def _show(self, state: AttentionState) -> None:
        if self._tray is not None:
            self._tray.setIcon(sign(self._theme, state))
            self._tray.setToolTip(shell_words.titled(state.text, self._title))
        is_grave = state.role == "danger" or state.rings
        self._window.setWindowTitle(
            shell_words.titled(state.text, self._title) if is_grave else self._title
        )
        if state.rings and not self._rang:
            # Flashes the task bar without taking the focus; Qt ignores this for an active window.
            QApplication.alert(self._window)
        self._rang = state.rings
        self._show_toast()

    def _show_toast(self) -> None:
        if self._presenter.state.rings and self._window.isMinimized():
            self.toast.appear()
        else:
            self.toast.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.WindowStateChange:
            self._show_toast()
        return False


def sign(theme: Theme, state: AttentionState) -> QIcon:
    """The state as an icon; states differ in shape as well as in colour."""
    picture = QPixmap(_ICON_PX, _ICON_PX)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    area = QRectF(0, 0, _ICON_PX, _ICON_PX)
    # The icon paints its own background, because the colour of the tray is unknown.
    fill_box(painter, area, 14, theme.colour("surface"), theme.colour("line-control"))
    draw_icon(painter, state.icon, area, _ICON_PX - 12, theme.colour(state.role))
    painter.end()
    return QIcon(picture)


class RingToast(QWidget):
    """Pop-up of an incoming call while the window is minimised; does not take the focus."""

    def __init__(
        self, theme: Theme, answer: Callable[[], None], show_window: Callable[[], None]
    ) -> None:
        super().__init__(
            None,
            Qt.WindowType.Tool
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.WindowDoesNotAcceptFocus,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self._theme = theme
        self._answer_call = answer
        self._show_window = show_window
        head = ThemedLabel(theme, shell_words.call_waits(), style="section")
        self.setAccessibleName(head.text())
        take = ActionButton(theme, self.tr("Answer"), icon="phone-call-fill", tone=Tone.ANSWER)
        take.clicked.connect(self._answer)
        window = ActionButton(theme, self.tr("Go to window"))
        window.clicked.connect(self._to_window)
        for button in (take, window):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        buttons = QHBoxLayout()
        buttons.addWidget(take)
        buttons.addWidget(window)
        lines = QVBoxLayout()
        lines.addWidget(head)
        lines.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(14)
        row.addWidget(IconSpot(theme, "phone-incoming", "accent", theme.size("disc")))
        row.addLayout(lines)

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(320, 0))

    def appear(self) -> None:
        """Shows the pop-up in the lower right corner, on top, without taking the focus."""
        self.adjustSize()
        room = QApplication.primaryScreen().availableGeometry()
        self.move(room.right() - self.width() - _EDGE_PX, room.bottom() - self.height() - _EDGE_PX)
        self.show()

    def _answer(self) -> None:
        self._answer_call()
        self._to_window()

    def _to_window(self) -> None:
        self.hide()
        self._show_window()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        area = QRectF(self.rect())
        fill_box(QPainter(self), area, 8, theme.colour("raised"), theme.colour("line-control"))
