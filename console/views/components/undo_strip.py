"""What was just done and can still be taken back, above the foot of the window."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.presenters.undo import Undo, UndoState
from console.views.components.announcer import announce
from console.views.components.buttons import ActionButton
from console.views.components.foot_strip import FootStrip
from console.views.components.labels import ThemedLabel
from console.views.components.paint import draw_text
from console.views.theme import Theme
from sync.register.handling.standing import UNDO

KEY = "Ctrl+Z"
LEAST_PX = 420
RING_PX = 34
_FULL_TURN = 360 * 16  # Qt counts in sixteenths of a degree
_TWELVE_O_CLOCK = 90 * 16


class UndoStrip(FootStrip):
    """A ring that runs down, what was done, and the button that takes it back.

    It lies over its host and never takes the focus; the host's page has the key.
    """

    def __init__(self, theme: Theme, presenter: Undo, host: QWidget, toast: QWidget) -> None:
        super().__init__(theme, host, least_px=LEAST_PX, above=toast)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._presenter = presenter
        self._said = ("", "")
        self._ring = _Ring(theme)
        self._text = ThemedLabel(theme, style="strong")
        self._number = ThemedLabel(theme, style="label", role="text-2")
        self._button = ActionButton(
            theme, self.tr("Take it back"), key=KEY, icon="arrow-counter-clockwise", small=True
        )
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.clicked.connect(presenter.undo)
        self._key = KEY
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(self._text)
        lines.addWidget(self._number)
        row = self._row
        row.setContentsMargins(14, 8, 10, 8)
        row.addWidget(self._ring)
        row.addLayout(lines, 1)
        row.addWidget(self._button)
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def show_key(self, key: str) -> None:
        """Show the key that takes it back now; a field may need the usual one for itself."""
        if key != self._key:
            self._key = key
            self._button.set_key(key)
            self._show(self._presenter.state)

    def _show(self, state: UndoState | None) -> None:
        if state is None:
            self._said = ("", "")
            self.hide()
            return
        self._ring.show_seconds(state.seconds)
        self._text.setText(state.text)
        self._number.setText(f"№ {state.number}")
        if (state.text, state.number) != self._said:
            self._said = (state.text, state.number)
            announce(self, f"{state.text}. № {state.number}")
        self.setAccessibleName(f"{state.text}. {self._key}")
        self._place()  # another decision may need more room than the one before
        if not self.isVisible():
            self.show()
            self.raise_()


class _Ring(QWidget):
    """The seconds that are left, in a ring of what is left of them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._seconds = 0
        self.setFixedSize(RING_PX, RING_PX)
        theme.changed.connect(self.update)

    def show_seconds(self, seconds: int) -> None:
        self._seconds = seconds
        self.setAccessibleName(str(seconds))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter.setPen(QPen(theme.colour("line"), 3))
        painter.drawEllipse(box)
        painter.setPen(QPen(theme.colour("accent"), 3))
        share = min(1.0, self._seconds / UNDO.total_seconds())
        painter.drawArc(box, _TWELVE_O_CLOCK, -round(_FULL_TURN * share))
        draw_text(
            painter,
            QRectF(self.rect()),
            str(self._seconds),
            theme.font("strong"),
            theme.colour("text"),
            Qt.AlignmentFlag.AlignHCenter,
        )
