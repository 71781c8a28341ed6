"""A decision of the review: the digit that makes it, its word, and below what it comes to."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from console.views.components.buttons import RING_PX, ThemedButton
from console.views.components.paint import draw_focus_ring, draw_keycap, draw_text, fill_box
from console.views.theme import Theme

HEIGHT_PX = 54


class DecisionKey(ThemedButton):
    """60 px with its ring, as wide as its column; a chosen one has the accent's frame."""

    def __init__(self, theme: Theme, key: str, text: str, role: str = "text") -> None:
        super().__init__(theme)
        self._key = key
        self._role = role
        self._hint = ""
        self.setText(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.show_hint("")

    def show_hint(self, hint: str) -> None:
        self._hint = hint
        self.setAccessibleName(f"{self._key}, {self.text()}. {hint}".rstrip(". "))
        self.update()

    def sizeHint(self) -> QSize:
        grown = self._theme.line_px("body") + self._theme.line_px("label")
        return QSize(180, max(HEIGHT_PX, grown + 18) + 2 * RING_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(RING_PX, RING_PX, -RING_PX, -RING_PX)
        ground = "hover" if self.underMouse() else "surface"
        fill_box(painter, box, 6, theme.colour(ground), theme.colour("line-control"))
        if self.hasFocus():
            draw_focus_ring(painter, theme, QRectF(self.rect()))
        upper, lower = theme.line_px("body"), theme.line_px("label")
        top = box.center().y() - (upper + lower) / 2
        left = box.left() + 14
        cap = draw_keycap(
            painter,
            theme,
            left,
            box.center().y(),
            self._key,
            theme.colour("text-2"),
            theme.colour("line-control"),
        )
        left += cap + 12
        room = box.right() - 10 - left
        colour = theme.colour(self._role)
        draw_text(
            painter, QRectF(left, top, room, upper), self.text(), theme.font("strong"), colour
        )
        draw_text(
            painter,
            QRectF(left, top + upper, room, lower),
            self._hint,
            theme.font("label"),
            theme.colour("text-2"),
        )
