"""The call block and the operator's state, the two tinted boxes of the call bar."""

from datetime import UTC, datetime

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.presenters.call_bar import BlockContent
from console.views.components.icons import draw_icon
from console.views.components.labels import draw_pill, pill_size
from console.views.components.paint import draw_text, fill_box, text_width
from console.views.theme import Theme

_TINTS = {
    "none": ("", "neutral-soft", "text-2", "text-2"),
    "accent": ("accent-soft", "accent", "on-accent", "accent"),
    "ok": ("ok-soft", "ok", "ok-soft", "ok"),
    "warn": ("warn-soft", "warn", "warn-soft", "warn"),
    "wrap": ("wrap-soft", "wrap", "wrap-soft", "wrap"),
    "danger": ("danger-soft", "danger", "danger-soft", "danger"),
}


def elapsed_text(since: datetime, now: datetime) -> str:
    """Minutes and seconds passed, ``2:31``, with hours where there are any."""
    seconds = max(0, int((now - since).total_seconds()))
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    if hours:
        return f"{hours}:{minutes:02}:{seconds:02}"
    return f"{minutes}:{seconds:02}"


class CallBlock(QWidget):
    """Who is on the line: disc, name, second line and a running timer."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._content = BlockContent("none", "phone", "", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.size("call_block"))
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._redraw_timer)
        theme.changed.connect(self.update)

    def show_content(self, content: BlockContent) -> None:
        if content == self._content:
            return
        self._content = content
        said = [f"{content.word} {content.title}. {content.detail}".strip()]
        said += [each[0] for each in (content.pill, content.quality) if each is not None]
        name = ". ".join(said)
        if name != self.accessibleName():
            self.setAccessibleName(name)
        self.setToolTip(content.tool_tip)
        if content.since is not None:
            self._tick.start()
        else:
            self._tick.stop()
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(260, self._theme.size("call_block"))

    def _redraw_timer(self) -> None:
        self.update(QRectF(self.width() - 160, 0, 160, self.height()).toRect())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, content = self._theme, self._content
        ground, disc, ink, word_role = _TINTS[content.tint]
        box = QRectF(self.rect())
        if ground:
            edge = theme.colour(word_role) if theme.name == "contrast" else None
            fill_box(painter, box, 8, theme.colour(ground), edge)
        disc_px = theme.size("disc")
        spot = QRectF(14, box.center().y() - disc_px / 2, disc_px, disc_px)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(disc))
        painter.drawEllipse(spot)
        draw_icon(painter, content.icon, spot, theme.size("icon_call"), theme.colour(ink))
        right = self._paint_timer(painter, box, word_role)
        left = spot.right() + 14
        title_width = min(text_width(theme.font("caller"), content.title) + 2, right - left)
        middle = box.center().y()
        draw_text(
            painter,
            QRectF(left, middle - 24, title_width, 24),
            content.title,
            theme.font("caller"),
            theme.colour("text"),
        )
        if content.pill is not None:
            text, icon, kind = content.pill
            size = pill_size(theme, text, bool(icon))
            pill_left = left + title_width + 12
            if pill_left + size.width() < right:
                area = QRectF(pill_left, middle - 23, size.width(), size.height())
                draw_pill(painter, theme, area, text, icon, kind)
        if content.quality is not None:
            right = self._paint_quality(painter, right, content.quality)
        draw_text(
            painter,
            QRectF(left, middle + 3, right - left, 20),
            content.detail,
            theme.font("body"),
            theme.colour("text-2"),
        )

    def _paint_quality(
        self, painter: QPainter, right: float, quality: tuple[str, str, str]
    ) -> float:
        """Paint how the call sounds at the end of the second line; returns where that begins."""
        text, icon, kind = quality
        size = pill_size(self._theme, text, with_icon=True)
        top = self.rect().center().y() + 3
        area = QRectF(right - size.width(), top, size.width(), size.height())
        draw_pill(painter, self._theme, area, text, icon, kind)
        return area.left() - 12

    def _paint_timer(self, painter: QPainter, box: QRectF, word_role: str) -> float:
        """Paint the timer and its word; returns the x up to which other text may go."""
        theme, content = self._theme, self._content
        right = box.right() - 16
        if content.since is None:
            return right
        text = elapsed_text(content.since, datetime.now(UTC))
        width = (
            max(
                text_width(theme.font("clock"), text), text_width(theme.font("state"), content.word)
            )
            + 4
        )
        middle = box.center().y()
        draw_text(
            painter,
            QRectF(right - width, middle - 26, width, 28),
            text,
            theme.font("clock"),
            theme.colour("text"),
            Qt.AlignmentFlag.AlignRight,
        )
        draw_text(
            painter,
            QRectF(right - width, middle + 4, width, 18),
            content.word,
            theme.font("state"),
            theme.colour(word_role),
            Qt.AlignmentFlag.AlignRight,
        )
        return right - width - 16


class OperatorPill(QWidget):
    """The operator's own state: icon, word and since when; the name below."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._word, self._icon, self._role, self._below = "", "minus-circle-fill", "text-2", ""
        self._since: datetime | None = None
        self.setFixedSize(theme.size("label_col") + 124, theme.size("call_block"))
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self.update)
        self._tick.start()
        theme.changed.connect(self.update)

    def show_state(
        self, word: str, icon: str, role: str, below: str, since: datetime | None
    ) -> None:
        self._word, self._icon, self._role, self._below = word, icon, role, below
        self._since = since
        self.setAccessibleName(f"{word}. {below}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        box = QRectF(self.rect())
        fill_box(painter, box, 8, theme.colour("surface"), theme.colour("line-control"))
        size = theme.size("icon")
        top = box.top() + 18
        ink = theme.colour(self._role)
        draw_icon(painter, self._icon, QRectF(14, top - size / 2, size, size), size, ink)
        elapsed = elapsed_text(self._since, datetime.now(UTC)) if self._since else ""
        width = text_width(theme.font("body"), elapsed) + 2
        draw_text(
            painter,
            QRectF(14 + size + 8, top - 11, box.width() - 60 - width, 22),
            self._word,
            theme.font("section"),
            ink,
        )
        draw_text(
            painter,
            QRectF(box.right() - 14 - width, top - 11, width, 22),
            elapsed,
            theme.font("body"),
            theme.colour("text"),
            Qt.AlignmentFlag.AlignRight,
        )
        draw_text(
            painter,
            QRectF(14, box.bottom() - 26, box.width() - 28, 20),
            self._below,
            theme.font("label"),
            theme.colour("text-2"),
        )
