"""What is told to one who closes the window while records wait: it can be closed all the same."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from console.views.components.buttons import ActionButton, Tone
from console.views.components.labels import ThemedLabel
from console.views.components.notices import FOOT_PX, IconSpot
from console.views.components.paint import fill_box
from console.views.theme import Theme

LEAST_PX = 560


class LeaveStrip(QWidget):
    """A line over the foot of its host: how many records wait, who sends them, leave or stay.

    The page behind it goes on working. It takes the caret, for whoever closes a window types
    no more, and gives it back to where it stood.
    """

    left = Signal()

    def __init__(self, theme: Theme, host: QWidget) -> None:
        super().__init__(host)
        self._theme = theme
        self._host = host
        self._return_to: QWidget | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._head = ThemedLabel(theme, style="strong")
        self._body = ThemedLabel(theme, style="label", role="text-2")
        self._stay_key = stay = ActionButton(theme, self.tr("Stay"), key="Esc", small=True)
        stay.clicked.connect(self._stay)
        leave = ActionButton(theme, self.tr("Close"), key="Enter", tone=Tone.MAIN, small=True)
        leave.clicked.connect(self.left)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(self._head)
        lines.addWidget(self._body)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(12)
        row.addWidget(IconSpot(theme, "clock-fill", "warn", theme.size("icon_call")))
        row.addLayout(lines, 1)
        row.addWidget(stay)
        row.addWidget(leave)
        self.hide()
        host.installEventFilter(self)

    def ask(self, head: str, body: str) -> None:
        """Show the line; Enter tells ``left``, Esc takes it away."""
        self._head.setText(head)
        self._body.setText(body)
        self.setAccessibleName(f"{head}. {body}")
        self._return_to = QApplication.focusWidget()
        self._place()
        self.show()
        self.raise_()
        self.setFocus()

    def _stay(self) -> None:
        self.hide()
        target = self._return_to
        if target is not None and target.isVisible():
            target.setFocus()

    def _place(self) -> None:
        self._row.activate()  # else it tells the width of the words before
        width = min(max(self.sizeHint().width(), LEAST_PX), self._host.width() - 48)
        self.resize(width, self.sizeHint().height())
        bottom = self._host.height() - self._theme.size("statusbar") - FOOT_PX
        self.move((self._host.width() - width) // 2, bottom - self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape:
                self._stay()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if self._stay_key.hasFocus():
                    self._stay()
                else:
                    self.left.emit()
            case _:
                super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        area = QRectF(self.rect())
        fill_box(QPainter(self), area, 8, theme.colour("raised"), theme.colour("line-control"))
