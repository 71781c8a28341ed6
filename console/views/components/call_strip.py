"""The other call in one line under the call block: who, how long, and the key for it."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.keys.defaults import Key
from console.keys.installed import shown
from console.presenters.block_content import StripContent
from console.views.components.buttons import ThemedButton
from console.views.components.call_block import elapsed_text
from console.views.components.icons import draw_icon
from console.views.components.paint import draw_keycap, draw_text, fill_box, keycap_size, text_width
from console.views.theme import Theme

KEY = Key.SWITCH
STRIP_PX = 28


class CallStrip(ThemedButton):
    """Shown while there is another call; pressing it does what its key does."""

    def __init__(
        self, theme: Theme, clock: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._clock = clock
        self._content: StripContent | None = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.fit(self, lambda it: it.setFixedHeight(theme.grown(STRIP_PX)))
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self.update)
        self.hide()

    def show_content(self, content: StripContent | None) -> None:
        """Show the other call, or nothing."""
        if content == self._content:
            return
        self._content = content
        if content is None:
            self._tick.stop()
        else:
            self._tick.start()
            self.setAccessibleName(
                f"{content.text}. {content.word}. {shown(KEY)}: {content.action}"
            )
            self.setToolTip(content.action)
        self.setVisible(content is not None)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(260, self._theme.grown(STRIP_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        content = self._content
        if content is None:
            return
        painter = QPainter(self)
        theme = self._theme
        box = QRectF(self.rect())
        ink = theme.colour(content.role)
        edge = ink if theme.name == "contrast" or self.underMouse() else None
        fill_box(painter, box, 6, theme.colour(f"{content.role}-soft"), edge)
        size = theme.size("icon_meta")
        middle = box.center().y()
        draw_icon(painter, content.icon, QRectF(14, middle - size / 2, size, size), size, ink)
        right = box.right() - 10
        action, cap = content.action, keycap_size(theme, KEY).width()
        width = text_width(theme.font("label"), action) + 2
        draw_text(
            painter,
            QRectF(right - width, box.top(), width, box.height()),
            action,
            theme.font("label"),
            theme.colour("text-2"),
        )
        right -= width + 8 + cap
        draw_keycap(painter, theme, right, middle, KEY, ink, ink)
        clock = f"{content.word} {elapsed_text(content.since, self._clock())}"
        width = text_width(theme.font("state"), clock) + 2
        right -= width + 14
        draw_text(
            painter,
            QRectF(right, box.top(), width, box.height()),
            clock,
            theme.font("state"),
            ink,
        )
        left = 14.0 + size + 8
        draw_text(
            painter,
            QRectF(left, box.top(), right - left - 10, box.height()),
            content.text,
            theme.font("strong"),
            theme.colour("text"),
        )
