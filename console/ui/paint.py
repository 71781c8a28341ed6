"""Painting functions: icons, boxes, text, keycaps, focus rings and backgrounds of list rows.

Icons are glyphs of the Phosphor font from the QtAwesome package. QtAwesome is not imported, because
it registers all its fonts, which takes 0.1 s at start.
"""

import json
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from console.core.keymap import shown
from console.ui.theme import Theme


@cache
def _font_folder() -> Path:
    spec = find_spec("qtawesome")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("qtawesome", name="qtawesome")
    return Path(spec.submodule_search_locations[0]) / "fonts"


@cache
def _family() -> str:
    file = next(_font_folder().glob("phosphor-[0-9]*.ttf"))
    identifier = QFontDatabase.addApplicationFont(str(file))
    return QFontDatabase.applicationFontFamilies(identifier)[0]


@cache
def _glyphs() -> dict[str, str]:
    file = next(_font_folder().glob("phosphor-charmap-*.json"))
    table: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return {name: chr(int(code, 16)) for name, code in table.items()}


@cache
def _font(size_px: int) -> QFont:
    font = QFont(_family())
    font.setPixelSize(size_px)
    return font


def draw_icon(painter: QPainter, name: str, area: QRectF, size_px: int, colour: QColor) -> None:
    """Paints the icon centred in the area. Raises ``KeyError`` for an unknown name."""
    painter.save()
    painter.setFont(_font(size_px))
    painter.setPen(colour)
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, _glyphs()[name])
    painter.restore()


KEYCAP_PADDING_PX = 5
KEPT_WIDTHS = 2000  # more labels than the window shows (a call list has about 200)


def fill_box(
    painter: QPainter,
    area: QRectF,
    radius: float,
    fill: QColor | None,
    border: QColor | None = None,
    border_px: float = 1.0,
    dashed: bool = False,
) -> None:
    """Paints a rounded box; its border is completely inside ``area``."""
    inset = border_px / 2 if border is not None else 0.0
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    if border is None:
        painter.setPen(Qt.PenStyle.NoPen)
    else:
        style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
        painter.setPen(QPen(border, border_px, style))
    painter.drawRoundedRect(area.adjusted(inset, inset, -inset, -inset), radius, radius)
    painter.restore()


def draw_text(
    painter: QPainter,
    area: QRectF,
    text: str,
    font: QFont,
    colour: QColor,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> float:
    """Paints one line of text, elided at its end if needed; returns the painted width in px."""
    width = text_width(font, text)
    if width > area.width():  # rare, because the text is shaped again
        metrics = QFontMetricsF(font)
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        width = text_width(font, text)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(area, int(align | Qt.AlignmentFlag.AlignVCenter), text)
    return width


@lru_cache(KEPT_WIDTHS)
def text_width(font: QFont, text: str) -> float:
    """Returns the width of the text in px.

    Cached, because shaping a word takes a third of the time of painting it. The font must not be
    modified after the call.
    """
    return QFontMetricsF(font).horizontalAdvance(text)


def keycap_size(theme: Theme, key: str) -> QSizeF:
    """Returns the size of a keycap in px; a key of the key map is shown with the operator's
    chord.
    """
    text_px = text_width(theme.font("caption"), shown(key))
    width = max(float(theme.size("keycap")), text_px + 2 * KEYCAP_PADDING_PX)
    return QSizeF(width, theme.size("keycap"))


def draw_keycap(
    painter: QPainter,
    theme: Theme,
    left: float,
    middle: float,
    key: str,
    colour: QColor,
    border: QColor,
) -> float:
    """Paints a keycap with left edge ``left`` and vertical centre ``middle``; returns its width in
    px.
    """
    size = keycap_size(theme, key)
    box = QRectF(QPointF(left, middle - size.height() / 2), size)
    fill_box(painter, box, 4, None, border)
    draw_text(
        painter, box, shown(key), theme.font("caption"), colour, Qt.AlignmentFlag.AlignHCenter
    )
    return size.width()


def draw_focus_ring(painter: QPainter, theme: Theme, area: QRectF, radius: float = 8) -> None:
    """Paints the focus ring; ``area`` is the full rectangle of the control."""
    fill_box(painter, area, radius, None, theme.colour("focus"), 2.0)


def place_of(option: QStyleOptionViewItem) -> tuple[QRectF, QStyle.StateFlag]:
    """Returns the rectangle and state of the item that is being painted."""
    # The stubs of PySide6 omit the public fields of QStyleOptionViewItem.
    return QRectF(option.rect), option.state  # type: ignore[attr-defined]


def draw_row_ground(
    painter: QPainter,
    theme: Theme,
    option: QStyleOptionViewItem,
    view: QWidget,
    *,
    can_be_chosen: bool = True,
    is_marked: bool = False,
) -> tuple[QRectF, bool]:
    """Paints the background of a list row: selection, focus ring or hover.

    Returns the full rectangle and whether the row is selected. ``is_marked`` adds a bar to a
    selected row.
    """
    area, state = place_of(option)
    chosen = can_be_chosen and bool(state & QStyle.StateFlag.State_Selected)
    ground = area.adjusted(8, 1, -8, -1)
    if chosen:
        fill_box(painter, ground, 6, theme.colour("selected"))
        if is_marked:
            bar = QRectF(ground.left(), ground.top() + 4, 3, ground.height() - 8)
            painter.fillRect(bar, theme.colour("accent"))
        if view.hasFocus():
            draw_focus_ring(painter, theme, ground, 6)
    elif can_be_chosen and state & QStyle.StateFlag.State_MouseOver:
        fill_box(painter, ground, 6, theme.colour("hover"))
    return area, chosen
