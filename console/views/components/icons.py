"""Phosphor icons drawn as glyphs, so that they follow the theme and every scale is sharp.

The font comes from the QtAwesome package. Only that one font file is loaded: importing QtAwesome
itself registers all the fonts it carries, which costs a start-up 0.1 s for icons never drawn.
"""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPainter


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
    """Paint the icon centred in the area; an unknown name is a ``KeyError``."""
    painter.save()
    painter.setFont(_font(size_px))
    painter.setPen(colour)
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, _glyphs()[name])
    painter.restore()
