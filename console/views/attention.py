"""The tray's sign, the flash in the task bar, and the toast of a ring over other programs.

None of them ever takes the keyboard: what is typed elsewhere goes where it is typed.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QSystemTrayIcon,
    QVBoxLayout,
    QWidget,
)

from console import words
from console.presenters.attention import AttentionPresenter, AttentionState
from console.views.components.buttons import ActionButton, Tone
from console.views.components.icons import draw_icon
from console.views.components.labels import ThemedLabel
from console.views.components.notices import IconSpot
from console.views.components.paint import fill_box
from console.views.theme import Theme

_ICON_PX = 64
_EDGE_PX = 16  # between the toast and the screen's edges


class Attention(QObject):
    """Shows the presenter's sign; lives as long as the window that it stands for."""

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
        """The operator wants the window: bring it up, as large as it was."""
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()

    def close(self) -> None:
        """Take everything off the screen."""
        self.toast.close()
        if self._tray is not None:
            self._tray.hide()

    def _theme_changed(self) -> None:
        self._show(self._presenter.state)

    def _show(self, state: AttentionState) -> None:
        if self._tray is not None:
            self._tray.setIcon(sign(self._theme, state))
            self._tray.setToolTip(words.attention.titled(state.text, self._title))
        is_grave = state.role == "danger" or state.rings
        self._window.setWindowTitle(
            words.attention.titled(state.text, self._title) if is_grave else self._title
        )
        if state.rings and not self._rang:
            # A flash and no focus: an active window is left alone by Qt.
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
    """The state as an icon: its shape tells as much as its colour."""
    picture = QPixmap(_ICON_PX, _ICON_PX)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    area = QRectF(0, 0, _ICON_PX, _ICON_PX)
    # Nobody knows the colour of the tray: the sign brings its own ground.
    fill_box(painter, area, 14, theme.colour("surface"), theme.colour("line-control"))
    draw_icon(painter, state.icon, area, _ICON_PX - 12, theme.colour(state.role))
    painter.end()
    return QIcon(picture)


class RingToast(QWidget):
    """A call comes in while the window is away: in a corner of the screen, without the focus."""

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
        head = ThemedLabel(theme, words.attention.call_waits(), style="section")
        self.setAccessibleName(head.text())
        take = ActionButton(
            theme, self.tr("Take the call"), icon="phone-call-fill", tone=Tone.ANSWER
        )
        take.clicked.connect(self._answer)
        window = ActionButton(theme, self.tr("To the window"))
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
        """In the lower right corner, over everything, with the keyboard left where it is."""
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
