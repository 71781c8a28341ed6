"""The chart of calls by hour, drawn with a painter: on the screen and on paper alike."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen

from sync.register.statistics import CallFigures

EARLIEST_HOUR, LATEST_HOUR = 8, 20  # always shown, so that days can be compared by eye


def draw_hours(
    painter: QPainter,
    area: QRectF,
    by_hour: Sequence[CallFigures],
    colours: Mapping[str, QColor],
    font: QFont,
) -> None:
    """Stacked bars of answered and missed calls, an hour each; ``colours`` names four roles.

    The roles are bars, missed, grid and text. Missed calls are hatched, so that they differ
    without colour too. Nothing is drawn above zero where there were no calls.
    """
    busy = [hour for hour, figures in enumerate(by_hour) if figures.offered]
    first = min([EARLIEST_HOUR, *busy])
    last = max([LATEST_HOUR - 1, *busy])
    highest = max((figures.offered for figures in by_hour), default=0)
    step = _grid_step(highest)
    top_value = max(step, -(-highest // step) * step)
    painter.save()
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    left = area.left() + metrics.horizontalAdvance(str(top_value)) + 10
    bottom = area.bottom() - metrics.height() - 4
    top = area.top() + metrics.height() / 2
    height = bottom - top
    for value in range(0, top_value + 1, step):
        y = bottom - height * value / top_value
        painter.setPen(QPen(colours["grid"], 1))
        painter.drawLine(QPointF(left, y), QPointF(area.right(), y))
        painter.setPen(colours["text"])
        label = QRectF(area.left(), y - 10, left - area.left() - 6, 20)
        painter.drawText(
            label, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), str(value)
        )
    slot = (area.right() - left) / (last - first + 1)
    width = min(34.0, slot * 0.64)
    for hour in range(first, last + 1):
        middle = left + slot * (hour - first + 0.5)
        figures = by_hour[hour]
        answered = height * figures.answered / top_value
        missed = height * figures.missed / top_value
        bar = QRectF(middle - width / 2, bottom - answered, width, answered)
        painter.fillRect(bar, colours["bars"])
        lost = QRectF(middle - width / 2, bottom - answered - missed, width, missed)
        if missed:
            painter.setPen(QPen(colours["missed"], 1))
            painter.setBrush(QBrush(colours["missed"], Qt.BrushStyle.BDiagPattern))
            painter.drawRect(lost)
        painter.setPen(colours["text"])
        painter.drawText(
            QRectF(middle - slot / 2, bottom + 4, slot, metrics.height()),
            int(Qt.AlignmentFlag.AlignHCenter),
            f"{hour}:00" if slot > 40 else str(hour),
        )
    painter.restore()


def _grid_step(highest: int) -> int:
    """A round step that gives about four lines."""
    for step in (1, 2, 5, 10, 20, 50, 100, 200, 500):
        if highest <= step * 5:
            return step
    return 1000
