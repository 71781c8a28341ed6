"""What is told to one who closes the window while records wait: it can be closed all the same."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from console.views.components.buttons import ActionButton, Tone
from console.views.components.foot_strip import FootStrip
from console.views.components.kept_caret import KeptCaret
from console.views.components.labels import ThemedLabel
from console.views.components.notices import IconSpot
from console.views.theme import Theme

LEAST_PX = 560


class LeaveStrip(FootStrip):
    """A line over the foot of its host: how many records wait, who sends them, leave or stay.

    The page behind it goes on working. It takes the caret, for whoever closes a window types
    no more, and gives it back to where it stood.
    """

    left = Signal()

    def __init__(self, theme: Theme, host: QWidget) -> None:
        super().__init__(theme, host, least_px=LEAST_PX)
        self._caret = KeptCaret()
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
        row = self._row
        row.setContentsMargins(16, 10, 12, 10)
        row.addWidget(IconSpot(theme, "clock-fill", "warn", theme.size("icon_call")))
        row.addLayout(lines, 1)
        row.addWidget(stay)
        row.addWidget(leave)

    def ask(self, head: str, body: str) -> None:
        """Show the line; Enter tells ``left``, Esc takes it away."""
        self._head.setText(head)
        self._body.setText(body)
        self.setAccessibleName(f"{head}. {body}")
        self._caret.keep(QApplication.focusWidget())
        self._place()
        self.show()
        self.raise_()
        self.setFocus()

    def _stay(self) -> None:
        self.hide()
        self._caret.give_back()

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
