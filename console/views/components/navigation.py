"""Rows of the left column: icon, word and count, or icon with a badge when folded to a rail."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.views.components.buttons import ThemedButton
from console.views.components.icons import draw_icon
from console.views.components.labels import draw_pill, pill_size
from console.views.components.paint import draw_focus_ring, draw_text, fill_box, text_width
from console.views.theme import Theme

RAIL_ICON, RAIL_BADGE = 0.85, 0.55  # of a row's height, at the most
BADGE_PX, BADGE_FONT = 16, 0.7


class NavRow(ThemedButton):
    """One place of the desk and how many things wait there."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        icon: str,
        *,
        alarm: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._icon = icon
        self._count: int | None = None
        self._kind = "warn" if alarm else ""
        self._mark = ""
        self._rail = False
        self.setText(text)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def mark(self, chosen: bool) -> None:
        """Show whether it is the place that is shown; of all rows none may be."""
        if chosen is not self.isChecked():
            self.setAutoExclusive(False)  # else Qt keeps the last one of a group chosen
            self.setChecked(chosen)
            self.setAutoExclusive(True)

    def nextCheckState(self) -> None:
        """Nothing by a click alone: who shows the place marks it."""

    def set_count(self, count: int | None) -> None:
        if count != self._count:
            self._count = count
            self.setAccessibleName(self.text() if count is None else f"{self.text()}: {count}")
            self.update()

    def set_term(self, kind: str, icon: str, words: str) -> None:
        """Show the count as a pill of this kind, and what it warns of in the tool tip."""
        if (kind, icon, words) == (self._kind, self._mark, self.accessibleDescription()):
            return
        self._kind, self._mark = kind, icon
        self.setToolTip(f"{self.text()}: {words}" if words else self.text())
        self.setAccessibleDescription(words)
        self.update()

    def set_rail(self, rail: bool) -> None:
        if rail is self._rail:
            return
        self._rail = rail
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        height = self._theme.size("row_nav") + (6 if self._rail else 0)
        return QSize(self._theme.size("left_rail") if self._rail else 180, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        box = QRectF(self.rect()).adjusted(8, 1, -8, -1)
        if self.isChecked():
            fill_box(painter, box, 6, theme.colour("selected"))
            fill_box(
                painter, QRectF(0, box.top() + 4, 3, box.height() - 8), 1, theme.colour("accent")
            )
        elif self.underMouse():
            fill_box(painter, box, 6, theme.colour("hover"))
        if self.hasFocus():
            draw_focus_ring(painter, theme, box, 6)
        colour = theme.colour("accent" if self.isChecked() else "text-2")
        if self._rail:
            self._paint_rail(painter, box)
            return
        size = theme.size("icon")
        middle = box.center().y()
        draw_icon(
            painter,
            self._icon,
            QRectF(box.left() + 12, middle - size / 2, size, size),
            size,
            colour,
        )
        right = box.right() - 12
        if self._count is not None:
            right = self._paint_count(painter, right, middle)
        left = box.left() + 12 + size + 10
        draw_text(
            painter,
            QRectF(left, box.top(), right - left, box.height()),
            self.text(),
            theme.font("strong" if self.isChecked() else "body"),
            theme.colour("text"),
        )

    def _paint_count(self, painter: QPainter, right: float, middle: float) -> float:
        theme = self._theme
        text = str(self._count)
        if self._kind and self._count:
            size = pill_size(theme, text, with_icon=bool(self._mark))
            area = QRectF(
                right - size.width() + 4, middle - size.height() / 2, size.width(), size.height()
            )
            draw_pill(painter, theme, area, text, self._mark, self._kind)
            return area.left() - 6
        width, line = text_width(theme.font("strong"), text) + 2, theme.line_px("strong")
        role = "text" if self._count else "text-3"
        draw_text(
            painter,
            QRectF(right - width, middle - line / 2, width, line),
            text,
            theme.font("strong" if self._count else "body"),
            theme.colour(role),
            Qt.AlignmentFlag.AlignRight,
        )
        return right - width - 6

    def _paint_rail(self, painter: QPainter, box: QRectF) -> None:
        """In large letters a low window leaves a row less height than icon and badge ask for."""
        theme = self._theme
        size = min(theme.size("icon_call"), round(box.height() * RAIL_ICON))
        draw_icon(
            painter, self._icon, box, size, theme.colour("accent" if self.isChecked() else "text-2")
        )
        if not self._count:
            return
        text = str(self._count)
        height = min(theme.grown(BADGE_PX), round(box.height() * RAIL_BADGE))
        font = QFont(theme.font("caption"))
        font.setPixelSize(min(font.pixelSize(), round(height * BADGE_FONT)))
        width = max(float(height), text_width(font, text) + 8)
        badge = QRectF(box.center().x() + size / 5, box.top(), width, height)
        ground, ink = (
            (f"{self._kind}-soft", self._kind) if self._kind else ("neutral-soft", "text-2")
        )
        fill_box(painter, badge, height / 2, theme.colour(ground))
        draw_text(
            painter,
            badge,
            text,
            font,
            theme.colour(ink),
            Qt.AlignmentFlag.AlignHCenter,
        )
