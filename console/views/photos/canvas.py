"""A picture that can be zoomed and moved; it paints no more than is seen of it."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QWidget

from console.views.components.paint import draw_focus_ring, draw_text, fill_box
from console.views.theme import Theme
from sync.register.photos.copies import Pixels

STEP = 1.25
_GREATEST_SCALE = 8.0
_EDGE_PX = 4.0  # room for the focus ring
_WHEEL_NOTCH = 120


class PhotoCanvas(QFrame):
    """Shows a picture whole, or as large as was asked for.

    The picture comes in several sizes, each half the one before: the smallest that is large
    enough is painted, which is quick and has no moiré.
    """

    zoomed = Signal(int)  # per cent of the picture's own pixels

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pixels: tuple[Pixels, ...] = ()
        self._images: list[QImage] = []
        self._notice = ""
        self._scale: float | None = None  # None shows the whole picture
        self._centre = QPointF()
        self._grabbed: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(120)
        theme.changed.connect(self.update)

    @property
    def is_whole(self) -> bool:
        """Whether all of the picture is seen, so that there is nothing to move."""
        return self._scale is None

    def show_picture(self, levels: Sequence[Pixels], notice: str) -> None:
        """Show a picture in its sizes, whole; without any, the notice."""
        # The images read the bytes where they are: both go together.
        self._images = []
        self._pixels = tuple(levels)
        self._images = [_image_of(each) for each in self._pixels]
        self._notice = notice
        self.show_whole()

    def show_whole(self) -> None:
        self._scale = None
        self._changed()

    def show_real_size(self) -> None:
        """One pixel of the picture is one of the screen."""
        self._zoom_to(1.0, self._middle())

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Make the picture larger or smaller; what is at this point stays there."""
        if self._images:
            self._zoom_to(self._shown_scale() * factor, at or self._middle())

    def move_by(self, across: float, down: float) -> None:
        """Look further to the right and down, in parts of what is seen."""
        scale = self._shown_scale()
        area = self._area()
        self._centre += QPointF(across * area.width() / scale, down * area.height() / scale)
        self._changed()

    # --- geometry ---

    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_EDGE_PX, _EDGE_PX, -_EDGE_PX, -_EDGE_PX)

    def _middle(self) -> QPointF:
        return self._area().center()

    def _size(self) -> QSizeF:
        return QSizeF(self._images[0].size())

    def _whole_scale(self) -> float:
        """At which the picture is seen whole; a small one is not made larger."""
        size, area = self._size(), self._area()
        return min(area.width() / size.width(), area.height() / size.height(), 1.0)

    def _shown_scale(self) -> float:
        if not self._images:
            return 1.0
        return self._whole_scale() if self._scale is None else self._scale

    def _zoom_to(self, wanted: float, at: QPointF) -> None:
        if not self._images:
            return
        before = self._shown_scale()
        if self._scale is None:
            self._centre = QPointF(self._size().width() / 2, self._size().height() / 2)
        under = self._centre + (at - self._middle()) * (1 / before)
        scale = min(wanted, _GREATEST_SCALE)
        self._scale = scale if scale > self._whole_scale() else None
        self._centre = under - (at - self._middle()) * (1 / scale)
        self._changed()

    def _changed(self) -> None:
        if self._images:
            self._keep_inside()
            self.zoomed.emit(round(self._shown_scale() * 100))
        self.update()

    def _keep_inside(self) -> None:
        """Leave no empty room beside a picture that is larger than the window."""
        size, area, scale = self._size(), self._area(), self._shown_scale()
        half = QSizeF(area.width() / scale / 2, area.height() / scale / 2)
        self._centre = QPointF(
            _within(self._centre.x(), half.width(), size.width()),
            _within(self._centre.y(), half.height(), size.height()),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._changed()

    # --- mouse ---

    def wheelEvent(self, event: QWheelEvent) -> None:
        turns = event.angleDelta().y() / _WHEEL_NOTCH
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(STEP**turns, event.position())
        else:
            self.move_by(0, -turns / 8)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus()
        self._grabbed = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grabbed is not None:
            self._centre -= (event.position() - self._grabbed) * (1 / self._shown_scale())
            self._grabbed = event.position()
            self._changed()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grabbed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.is_whole:
            self._zoom_to(1.0, event.position())
        else:
            self.show_whole()

    # --- painting ---

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        ground = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        fill_box(painter, ground, 8, theme.colour("sunken"), theme.colour("line"))
        if self._images:
            self._paint_picture(painter)
        else:
            draw_text(
                painter,
                self._area(),
                self._notice,
                theme.font("body"),
                theme.colour("text-2"),
                Qt.AlignmentFlag.AlignHCenter,
            )
        if self.hasFocus():
            draw_focus_ring(painter, theme, QRectF(self.rect()))

    def _paint_picture(self, painter: QPainter) -> None:
        scale, size, middle = self._shown_scale(), self._size(), self._middle()
        corner = middle - self._centre * scale
        seen = QRectF(corner, size * scale).intersected(self._area())
        if seen.isEmpty():
            return
        image = self._image_for(scale * self.devicePixelRatioF())
        across, down = image.width() / size.width(), image.height() / size.height()
        across, down = across / scale, down / scale
        part = seen.translated(-corner.x(), -corner.y())
        source = QRectF(
            part.x() * across, part.y() * down, part.width() * across, part.height() * down
        )
        # What is left out of a picture is white, as on paper and on most sites.
        painter.fillRect(seen, Qt.GlobalColor.white)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < 2)
        painter.drawImage(seen, image, source)

    def _image_for(self, scale: float) -> QImage:
        """The smallest image that has a pixel for each one of the screen."""
        wanted = self._size().width() * scale
        fitting = [image for image in self._images if image.width() >= wanted]
        return fitting[-1] if fitting else self._images[0]


def _image_of(pixels: Pixels) -> QImage:
    """Reads the bytes where they are, which must stay as long as the image does."""
    opaque, with_opacity = QImage.Format.Format_RGB32, QImage.Format.Format_ARGB32
    kind = with_opacity if pixels.has_opacity else opaque
    return QImage(pixels.data, pixels.width, pixels.height, pixels.width * 4, kind)


def _within(centre: float, half: float, length: float) -> float:
    return length / 2 if length <= 2 * half else max(half, min(length - half, centre))
