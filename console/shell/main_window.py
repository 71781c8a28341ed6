"""Main window, with idle detection and close warning, and the page shown while loading.

It is shown before any heavy module is imported.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import (
    QByteArray,
    QElapsedTimer,
    QEvent,
    QObject,
    QPoint,
    QSettings,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QCloseEvent, QGuiApplication, QMouseEvent, QWindow
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from console.ui.buttons import ActionButton, Tone
from console.ui.keyboard import AltLetters, KeysInOrder
from console.ui.labels import Surface, ThemedLabel
from console.ui.layout import PageStack, WholeFrames
from console.ui.notices import LeaveStrip
from console.ui.theme import Theme, keep_last_look
from sync.register.people.own_desk import OwnDesk

BODY_PX = 560
GEOMETRY = "geometry"


class StartPage(Surface):
    """Shown while the program loads, and as an error page if it cannot start."""

    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "app")
        self._head = ThemedLabel(theme, self.tr("Single Number"), style="title")
        self._body = ThemedLabel(theme, self.tr("Starting…"), role="text-2", wrap=True)
        self._body.setFixedWidth(BODY_PX)
        self._body.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._leave = ActionButton(theme, self.tr("Close program"), tone=Tone.MAIN)
        self._leave.clicked.connect(self.left)
        self._leave.setVisible(False)
        page = QVBoxLayout(self)
        page.setSpacing(12)
        page.addStretch(2)
        for part in (self._head, self._body, self._leave):
            page.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        page.addStretch(3)

    def show_failure(self, head: str, body: str) -> None:
        """Shows why the program cannot start, with advice."""
        self._head.setText(head)
        self._body.setText(body)
        # a centred label gets the height of one line, even if it wraps
        self._body.setMinimumHeight(self._body.heightForWidth(BODY_PX))
        self._leave.setVisible(True)
        self._leave.setFocus()


class MainWindow(QMainWindow):
    """Contains the sign-in page and the main page; reports idleness and confirms closing."""

    became_idle = Signal()

    def __init__(self, theme: Theme, title: str, idle_ms: int, memory: Path) -> None:
        """``memory`` is the settings file with geometry and appearance."""
        super().__init__()
        self._theme = theme
        self._memory = QSettings(str(memory), QSettings.Format.IniFormat)
        self.setWindowTitle(title)
        self.setMinimumSize(1024, 640)
        self.resize(1366, 768)
        geometry = self._memory.value(GEOMETRY)
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        self._pages = PageStack()
        self.setCentralWidget(self._pages)
        WholeFrames(self)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(idle_ms)
        self._idle.timeout.connect(self.became_idle)
        self._since_input = QElapsedTimer()
        self._since_input.start()
        self._waiting: Callable[[], tuple[str, str] | None] = lambda: None
        self._leave = LeaveStrip(theme, self)
        self._leave.left.connect(self.close_at_once)
        self._asks = True
        application = QApplication.instance()
        if isinstance(application, QApplication) and sys.platform != "darwin":
            AltLetters(application, self)
            if sys.platform == "linux":
                KeysInOrder(application, self)

    def show_page(self, page: QWidget) -> None:
        if self._pages.indexOf(page) < 0:
            self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)

    def shown_page(self) -> QWidget | None:
        return self._pages.currentWidget()

    def come_to_front(self) -> None:
        """Restores, raises and activates the window."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        QApplication.alert(self)

    def watch_idleness(self, application: QApplication) -> None:
        """Starts emitting ``became_idle`` after a time without key or mouse input."""
        # Input reaches the QWindow before its widgets. A filter on the application would be called
        # for each of the thousands of events of a ringing call, 3 us each.
        application.focusWindowChanged.connect(self._watch_input)
        self._watch_input(self.windowHandle())
        self._idle.start()

    def _watch_input(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    def still_ms(self) -> int:
        """Time in ms since the last key or mouse input."""
        return self._since_input.elapsed()

    def restart_idleness(self) -> None:
        self._idle.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (
            QEvent.Type.KeyPress,
            QEvent.Type.MouseButtonPress,
            QEvent.Type.MouseMove,
            QEvent.Type.Wheel,
        ):
            self._idle.start()
            self._since_input.start()
        if isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseMove:
            self._dress_tip(event.position().toPoint())
        return False

    def _dress_tip(self, at: QPoint) -> None:
        """Styles the next tool tip, which otherwise has Qt's colours."""
        under = self.childAt(at)
        while under is not None and not under.toolTip():
            under = under.parentWidget()
        if under is not None:
            self._theme.dress_tip(under)

    def keep_look(self, own: OwnDesk) -> None:
        """Saves the appearance for the next start, until an operator signs in."""
        keep_last_look(self._memory, own)

    def warn_before_closing(self, waiting: Callable[[], tuple[str, str] | None]) -> None:
        """Shows the warning of ``waiting`` on the first attempt to close; the second one closes."""
        self._waiting = waiting

    def close_at_once(self) -> None:
        """Closes without confirmation: already given, or the session ends."""
        self._asks = False
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        application = QGuiApplication.instance()
        ends = isinstance(application, QGuiApplication) and application.isSavingSession()
        waiting = self._waiting() if self._asks and not ends else None
        if waiting is not None and not self._leave.isVisible():
            event.ignore()
            if self.isMinimized():
                self.showNormal()
            self._leave.ask(*waiting)
            return
        self._memory.setValue(GEOMETRY, self.saveGeometry())
        event.accept()
