"""A photo in the strip: the whole picture, and below it what the check says."""

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPixmap

from console.presenters.photos import PhotoTile
from console.views.components.buttons import RING_PX, ThemedButton
from console.views.components.icons import draw_icon
from console.views.components.paint import draw_focus_ring, draw_text, fill_box
from console.views.theme import Theme

_WIDEST_PX, _HIGHEST_PX = 228, 162
_LINE_PX = 24


class PhotoTileButton(ThemedButton):
    """Opens the photo when it is clicked, or by Enter and Space."""

    removed = Signal()
    moved = Signal(int)  # to the next tile or the one before

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._tile: PhotoTile | None = None
        self._picture = QPixmap()

    def show_tile(self, tile: PhotoTile) -> None:
        if tile == self._tile:
            return
        if self._tile is None or tile.thumbnail != self._tile.thumbnail:
            self._picture = QPixmap()
            self._picture.loadFromData(tile.thumbnail)
        self._tile = tile
        self.setAccessibleName(tile.spoken)
        self.setToolTip(tile.spoken)
        self.update()

    def set_width(self, width_px: int) -> None:
        """Take this width, or the greatest of a tile, with the height that belongs to it."""
        width = min(width_px, _WIDEST_PX)
        self.setFixedSize(width, round(width * _HIGHEST_PX / _WIDEST_PX) + _LINE_PX)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers():
                self.click()
            case Qt.Key.Key_Delete:
                self.removed.emit()
            case Qt.Key.Key_Left:
                self.moved.emit(-1)
            case Qt.Key.Key_Right:
                self.moved.emit(1)
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tile, theme = self._tile, self._theme
        if tile is None:
            return
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(RING_PX, RING_PX, -RING_PX, -_LINE_PX)
        fill_box(painter, box, 6, theme.colour("sunken"), theme.colour("line-control"))
        self._paint_picture(painter, box.adjusted(3, 3, -3, -3))
        if self.hasFocus():
            draw_focus_ring(painter, theme, box.adjusted(-3, -3, 3, 3))
        self._paint_mark(painter, tile, QRectF(box.left(), box.bottom() + 4, box.width(), 18))

    def _paint_picture(self, painter: QPainter, room: QRectF) -> None:
        if self._picture.isNull():
            return
        size = QSizeF(self._picture.size()).scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        corner = room.center() - QPointF(size.width() / 2, size.height() / 2)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(
            QRectF(corner, size), self._picture, QRectF(QPointF(), QSizeF(self._picture.size()))
        )

    def _paint_mark(self, painter: QPainter, tile: PhotoTile, line: QRectF) -> None:
        theme = self._theme
        size = theme.size("icon_meta")
        spot = QRectF(line.left(), line.center().y() - size / 2, size, size)
        draw_icon(painter, tile.icon, spot, size, theme.colour(tile.role))
        right = line.right()
        if tile.has_location:
            right -= size
            pin = QRectF(right, spot.top(), size, size)
            draw_icon(painter, "map-pin", pin, size, theme.colour("wrap"))
            right -= 4
        words = QRectF(spot.right() + 5, line.top(), right - spot.right() - 5, line.height())
        draw_text(painter, words, tile.mark, theme.font("label"), theme.colour("text-2"))
