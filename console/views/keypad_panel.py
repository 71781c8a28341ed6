"""The right column with the keys of a telephone: typed, pasted, or pressed with the mouse."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout

from console.presenters.keypad import KEYS, KeypadPresenter
from console.views.components.buttons import RING_PX, ThemedButton
from console.views.components.labels import ElidedLabel, KeyHint, Surface, ThemedLabel
from console.views.components.paint import draw_text
from console.views.theme import Theme

KEY_PX = 56
COLUMNS = 3


class _Key(ThemedButton):
    """One key of the telephone; the caret stays with the panel, which takes typed keys."""

    def __init__(self, theme: Theme, sign: str) -> None:
        super().__init__(theme)
        self.setText(sign)
        self.setAccessibleName(sign)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = self._theme.grown(KEY_PX) + 2 * RING_PX
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box, role, _cap = self._paint_ground(painter)
        draw_text(
            painter,
            QRectF(box),
            self.text(),
            self._theme.font("clock"),
            self._theme.colour(role),
            Qt.AlignmentFlag.AlignHCenter,
        )


class KeypadPanel(Surface):
    """Takes digits from the keyboard while it has the caret; Ctrl+V sends what was copied."""

    closed = Signal()

    def __init__(self, theme: Theme, presenter: KeypadPresenter) -> None:
        super().__init__(theme, "surface")
        self._presenter = presenter
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Keypad of the telephone"))
        self._sent = ElidedLabel(theme, style="clock")
        theme.fit(self._sent, lambda it: it.setFixedHeight(theme.grown(36)))
        self._hint = ThemedLabel(
            theme,
            self.tr("Type digits, * and #, or paste a number: each is sent at once."),
            role="text-2",
            wrap=True,
        )
        top = QHBoxLayout()
        top.addWidget(ThemedLabel(theme, self.tr("Keypad"), style="section"), 1)
        top.addWidget(KeyHint(theme, "Esc", self.tr("back")))
        grid = QGridLayout()
        grid.setSpacing(4)
        for place, sign in enumerate(KEYS):
            key = _Key(theme, sign)
            key.clicked.connect(lambda _checked=False, s=sign: presenter.press(s))
            grid.addWidget(key, *divmod(place, COLUMNS))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 14)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self._hint)
        column.addWidget(self._sent)
        column.addLayout(grid)
        column.addWidget(KeyHint(theme, "Ctrl+V", self.tr("send what was copied")))
        column.addStretch(1)
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _show(self, sent: str) -> None:
        self._sent.set_text(sent or "—")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._presenter.press(QGuiApplication.clipboard().text())
        elif event.text() and not event.isAutoRepeat() and event.text().isprintable():
            self._presenter.press(event.text())
        else:
            super().keyPressEvent(event)
