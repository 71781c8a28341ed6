"""Where what comes by itself covers neither what has the keyboard nor what must be seen."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

GAP_PX = 8


def free_place(wanted: QRect, room: QRect, kept: Sequence[QRect]) -> QRect | None:
    """The place nearest to the wanted one, above or below, that lies in the room and over none of
    those kept; None where there is no such place."""
    tops = [wanted.top()]
    for rect in kept:
        tops += [rect.top() - GAP_PX - wanted.height(), rect.bottom() + 1 + GAP_PX]
    places = [QRect(QPoint(wanted.left(), top), wanted.size()) for top in tops]
    free = [
        place
        for place in places
        if room.contains(place) and not any(place.intersects(rect) for rect in kept)
    ]
    return min(free, key=lambda place: abs(place.top() - wanted.top()), default=None)


def places_with_keyboard(host: QWidget) -> tuple[QRect, ...]:
    """What of the host has the keyboard: a whole field, then the line of its caret alone.

    Of a list it is the row that is chosen. Empty where the keyboard is nowhere in the host, where
    nothing of it is in sight, or where a whole page has it.
    """
    focused = QApplication.focusWidget()
    if focused is None or focused is host or not host.isAncestorOf(focused):
        return ()
    seen = focused.visibleRegion().boundingRect()
    if seen.isEmpty():
        return ()
    match focused:
        case QTextEdit() | QPlainTextEdit():
            line = focused.cursorRect().translated(focused.viewport().pos())
            areas = [seen, QRect(0, line.top(), focused.width(), line.height()) & seen]
        case QAbstractItemView():
            row = focused.visualRect(focused.currentIndex())
            areas = [row.translated(focused.viewport().pos()) & seen]
        case QLineEdit() | QAbstractButton() | QComboBox():
            areas = [seen]
        case _:
            areas = []
    return tuple(
        QRect(focused.mapTo(host, area.topLeft()), area.size()) for area in areas if area.isValid()
    )
