"""Banner for urgent hints at the top of a column, and the undo bar with its countdown."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.shared.session.undo import Undo, UndoState
from console.ui.buttons import ActionButton
from console.ui.keyboard import announce
from console.ui.labels import ElidedLabel, Line, Surface, ThemedLabel, WholeLabel
from console.ui.layout import keep_in_sight
from console.ui.notices import IconSpot
from console.ui.paint import draw_text
from console.ui.theme import Theme
from sync.register.handling.standing import UNDO

_LOOKS = {
    "danger": ("danger-soft", "danger", "warning-octagon-fill"),
    "warn": ("warn-soft", "warn", "bank"),
    "fault": ("warn-soft", "warn", "warning-fill"),
}


class FirstThing(QWidget):
    """Banner at the top of a column; red for danger, amber for another authority's subject."""

    def __init__(self, theme: Theme, kind: str = "danger", *, style: str = "body") -> None:
        """`style` is the text style of the sentence; text to be read aloud is larger."""
        super().__init__()
        self._theme = theme
        self._kind = kind
        self._head = WholeLabel(theme, style="section", role="danger")
        self._body = WholeLabel(theme, style=style)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(self._head)
        lines.addWidget(self._body)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(18, 10, 18, 12)
        layout.setSpacing(10)
        self._icon = IconSpot(theme, "", "danger", theme.size("icon_call"))
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(lines, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_kind(kind)
        self.hide()
        theme.changed.connect(self.update)

    def set_kind(self, kind: str) -> None:
        """Sets the kind: danger, another authority's subject ("warn"), or faulty city content."""
        self._kind = kind
        _ground, ink, icon = _LOOKS[kind]
        self._head.set_role(ink)
        self._icon.set_icon(icon, ink)
        self.update()

    def show_banner(self, banner: tuple[str, str] | None) -> None:
        """Shows heading and sentence; None hides the banner."""
        self.setVisible(banner is not None)
        if banner is not None:
            self._head.setText(banner[0])
            self._body.setText(banner[1])
            self.setAccessibleName(f"{banner[0]}. {banner[1]}")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground, ink, _icon = _LOOKS[self._kind]
        painter.fillRect(self.rect(), self._theme.colour(ground))
        painter.fillRect(0, 0, 3, self.height(), self._theme.colour(ink))


KEY = "Ctrl+Z"
SIDES_PX, ABOVE_PX = 20, 5
RING_PX = 34
_FULL_TURN = 360 * 16  # Qt measures angles in 1/16 degree
_TWELVE_O_CLOCK = 90 * 16


class UndoStrip(Surface):
    """Bar with a countdown ring, the last action, and an undo button.

    It never takes the keyboard focus; the page handles the shortcut. The page above shrinks while
    the bar is visible, so no content is covered.
    """

    coming = Signal()  # text is set, about to be shown

    def __init__(self, theme: Theme, presenter: Undo, parent: QWidget | None = None) -> None:
        super().__init__(theme, "surface", parent)
        self._presenter = presenter
        self._said = ("", "")
        self._ring = _Ring(theme)
        self._text = ElidedLabel(theme, style="strong")
        self._text.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._number = ThemedLabel(theme, style="label", role="text-2")
        self._button = ActionButton(
            theme, self.tr("Revert"), key=KEY, icon="arrow-counter-clockwise", small=True
        )
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.clicked.connect(presenter.undo)
        self._key = KEY
        row = QHBoxLayout()
        row.setContentsMargins(SIDES_PX, ABOVE_PX, SIDES_PX, ABOVE_PX)
        row.setSpacing(12)
        row.addStretch(1)
        row.addWidget(self._ring)
        row.addWidget(self._text)
        row.addWidget(self._number)
        row.addWidget(self._button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._edge = Line(theme, Qt.Orientation.Horizontal)
        column.addWidget(self._edge)
        column.addLayout(row)
        self.hide()
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def stand_in_row(self, is_in_row: bool) -> None:
        """Hides the top edge if the bar is in a row with another widget."""
        self._edge.setVisible(not is_in_row)

    def show_key(self, key: str) -> None:
        """Shows the current undo key; a text field may need the usual key."""
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
        self._text.set_text(state.text)
        self._text.updateGeometry()
        self._number.setText(f"№ {state.number}")
        if (state.text, state.number) != self._said:
            self._said = (state.text, state.number)
            announce(self, f"{state.text}. № {state.number}")
        self.setAccessibleName(f"{state.text}. {self._key}")
        if self.isHidden():
            self.coming.emit()
            self.show()
            self._take_room()

    def _take_room(self) -> None:
        """Scrolls the focused widget into view after the page has shrunk."""
        around = self.parentWidget()
        while around is not None:
            layout = around.layout()
            if layout is not None:
                layout.activate()
            around = around.parentWidget()
        keep_in_sight(QApplication.focusWidget())


class _Ring(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._seconds = 0
        theme.fit(self, lambda it: it.setFixedSize(theme.grown(RING_PX), theme.grown(RING_PX)))
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
