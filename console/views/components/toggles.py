"""A small box with a word that is on or off."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.views.components.buttons import RING_PX, ThemedButton
from console.views.components.icons import draw_icon
from console.views.components.paint import (
    draw_focus_ring,
    draw_keycap,
    draw_text,
    fill_box,
    keycap_size,
    text_width,
)
from console.views.theme import Theme

BOX_PX = 18
GAP_PX = 8


class Toggle(ThemedButton):
    """Space turns it; ``toggled`` tells what a person did.

    ``key`` is only shown: what it does is the page's.
    """

    def __init__(
        self, theme: Theme, text: str, *, key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._key = key
        self.setCheckable(True)
        self.setText(text)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_on(self, on: bool) -> None:
        """Show a value that came from elsewhere, without telling it back."""
        if on != self.isChecked():
            self.blockSignals(True)
            self.setChecked(on)
            self.blockSignals(False)
            self.update()

    def sizeHint(self) -> QSize:
        width = text_width(self._theme.font("body"), self.text())
        if self._key:
            width += keycap_size(self._theme, self._key).width() + GAP_PX
        return QSize(
            round(width) + BOX_PX + GAP_PX + 2 * (RING_PX + 4),
            self._theme.size("target_min") + 2 * RING_PX,
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        area = QRectF(self.rect())
        if self.hasFocus():
            draw_focus_ring(painter, theme, area)
        box = QRectF(RING_PX + 3, area.center().y() - BOX_PX / 2, BOX_PX, BOX_PX)
        if self.isChecked():
            fill_box(painter, box, 4, theme.colour("accent"))
            draw_icon(painter, "check", box, 14, theme.colour("on-accent"))
        else:
            ground = "hover" if self.underMouse() else "surface"
            fill_box(painter, box, 4, theme.colour(ground), theme.colour("line-control"))
        left = box.right() + GAP_PX
        if self._key:
            middle, ink, line = (
                area.center().y(),
                theme.colour("text"),
                theme.colour("line-control"),
            )
            left += draw_keycap(painter, theme, left, middle, self._key, ink, line) + GAP_PX
        draw_text(
            painter,
            QRectF(left, area.top(), area.right() - left, area.height()),
            self.text(),
            theme.font("body"),
            theme.colour("text" if self.isEnabled() else "text-disabled"),
        )
