"""How loud the microphone is now: a bar with the place where a voice should be, and the number."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console import words
from console.views.components.paint import draw_text, fill_box, text_width
from console.views.theme import Theme

LEAST_DBFS, QUIET_DBFS, LOUDEST_DBFS = -70.0, -45.0, 0.0
BAR_PX = 10


class LevelMeter(QWidget):
    """Keeps its room while nothing is heard."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._level_dbfs: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.fit(self, lambda it: it.setFixedHeight(theme.line_px("label") + 4))
        theme.changed.connect(self.update)

    def show_level(self, level_dbfs: float | None) -> None:
        if level_dbfs != self._level_dbfs:
            self._level_dbfs = level_dbfs
            self.setAccessibleName("" if level_dbfs is None else words.settings.level(level_dbfs))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._level_dbfs is None:
            return
        theme, painter = self._theme, QPainter(self)
        text = words.settings.level(self._level_dbfs)
        font = theme.font("label")
        room = text_width(font, words.settings.level(-100)) + 12
        middle = self.height() / 2
        bar = QRectF(0, middle - BAR_PX / 2, self.width() - room, BAR_PX)
        fill_box(painter, bar, BAR_PX / 2, theme.colour("sunken"), theme.colour("line-control"))
        heard = QRectF(bar)
        heard.setWidth(bar.width() * _share(self._level_dbfs))
        role = "warn" if self._level_dbfs < QUIET_DBFS else "ok"
        fill_box(painter, heard, BAR_PX / 2, theme.colour(role))
        mark = bar.left() + bar.width() * _share(QUIET_DBFS)
        fill_box(painter, QRectF(mark, bar.top() - 2, 2, BAR_PX + 4), 0, theme.colour("text-3"))
        draw_text(
            painter,
            QRectF(bar.right() + 10, 0, room, self.height()),
            text,
            font,
            theme.colour("text-2"),
        )


def _share(level_dbfs: float) -> float:
    """How far along the bar a level stands, from 0 to 1."""
    inside = min(max(level_dbfs, LEAST_DBFS), LOUDEST_DBFS)
    return (inside - LEAST_DBFS) / (LOUDEST_DBFS - LEAST_DBFS)
