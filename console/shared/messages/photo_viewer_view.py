"""Photo viewer that covers the page: canvas with zoom and pan, and keys for photos and pages."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from console.shared.messages.photos import (
    PhotoRemark,
    PhotoViewerPresenter,
    PhotoViewerState,
    Picture,
    ShownCopy,
)
from console.ui.buttons import ActionButton
from console.ui.choices import Choice, ChoiceRow
from console.ui.labels import ElidedLabel, KeyHint, ThemedLabel
from console.ui.lists import take_widgets_out
from console.ui.notices import IconSpot
from console.ui.paint import draw_focus_ring, draw_text, fill_box
from console.ui.theme import Theme
from sync.register.checks.photos import Pixels

STEP = 1.25
_GREATEST_SCALE = 8.0
_EDGE_PX = 4.0  # space for the focus ring
_WHEEL_NOTCH = 120


class PhotoCanvas(QFrame):
    """Shows a photo completely, or at a selected scale.

    The photo has several sizes, each half of the previous. The smallest sufficient size is painted,
    which is fast and avoids moiré.
    """

    zoomed = Signal(int)  # per cent of the original pixels

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pixels: tuple[Pixels, ...] = ()
        self._images: list[QImage] = []
        self._notice = ""
        self._scale: float | None = None  # None fits the whole photo
        self._centre = QPointF()
        self._grabbed: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(120)
        theme.changed.connect(self.update)

    @property
    def is_whole(self) -> bool:
        """Whether the whole photo is visible, so it cannot be panned."""
        return self._scale is None

    def show_picture(self, levels: Sequence[Pixels], notice: str) -> None:
        """Shows a photo in its sizes, fitted to the area; without sizes, shows the notice."""
        # QImage does not copy the bytes, so both must be replaced together.
        self._images = []
        self._pixels = tuple(levels)
        self._images = [_image_of(each) for each in self._pixels]
        self._notice = notice
        self.show_whole()

    def show_whole(self) -> None:
        self._scale = None
        self._changed()

    def show_real_size(self) -> None:
        """Scales to one screen pixel for each pixel of the photo."""
        self._zoom_to(1.0, self._middle())

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Zooms by a factor around the point `at`."""
        if self._images:
            self._zoom_to(self._shown_scale() * factor, at or self._middle())

    def move_by(self, across: float, down: float) -> None:
        """Pans right and down, in fractions of the visible area."""
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
        """Scale at which the whole photo is visible, at most 1."""
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
        """Limits panning so no empty space appears next to a large photo."""
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
        # Transparent parts are white, as on paper and on most websites.
        painter.fillRect(seen, Qt.GlobalColor.white)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < 2)
        painter.drawImage(seen, image, source)

    def _image_for(self, scale: float) -> QImage:
        """Returns the smallest image with at least one pixel for each screen pixel."""
        wanted = self._size().width() * scale
        fitting = [image for image in self._images if image.width() >= wanted]
        return fitting[-1] if fitting else self._images[0]


def _image_of(pixels: Pixels) -> QImage:
    """Returns an image that uses the bytes without copying; they must outlive the image."""
    opaque, with_opacity = QImage.Format.Format_RGB32, QImage.Format.Format_ARGB32
    kind = with_opacity if pixels.has_opacity else opaque
    return QImage(pixels.data, pixels.width, pixels.height, pixels.width * 4, kind)


def _within(centre: float, half: float, length: float) -> float:
    return length / 2 if length <= 2 * half else max(half, min(length - half, centre))


_MOVE = 0.15
_TURNS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class PhotoViewer(QWidget):
    """Photo viewer that covers its page; the focus returns when it is closed."""

    left = Signal(object)  # UUID of the photo viewed last

    def __init__(self, theme: Theme, presenter: PhotoViewerPresenter, page: QWidget) -> None:
        super().__init__(page)
        self._theme = theme
        self._presenter = presenter
        self._page = page
        self._return_to: QWidget | None = None
        self._picture: Picture | None = None
        self._canvas = PhotoCanvas(theme)
        self._canvas.setAccessibleName(self.tr("Photo"))  # until a photo is opened
        self._keys = self._make_keys()
        self._lay_out()
        self.hide()
        page.installEventFilter(self)
        theme.changed.connect(self.update)
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _lay_out(self) -> None:
        theme = self._theme
        self._title = ThemedLabel(theme, style="title")
        self._name = ElidedLabel(theme, role="text-2")
        self._percent = ThemedLabel(theme, style="strong", role="text-2")
        close = ActionButton(theme, self.tr("Close"), key="Esc", icon="x", small=True)
        close.clicked.connect(self._presenter.close)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._name, 1)
        head.addWidget(self._percent)
        head.addWidget(close)
        self._facts = ElidedLabel(theme, style="label", role="text-2")
        self._remarks = QVBoxLayout()
        self._remarks.setSpacing(2)
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 14, 24, 10)
        page.setSpacing(8)
        page.addLayout(head)
        page.addWidget(self._facts)
        page.addLayout(self._remarks)
        page.addWidget(self._canvas, 1)
        page.addLayout(self._actions())
        page.addLayout(self._hints())
        self._canvas.zoomed.connect(lambda percent: self._percent.setText(f"{percent} %"))

    def _actions(self) -> QHBoxLayout:
        theme = self._theme
        self._copies = ChoiceRow(
            theme,
            self.tr("What is shown"),
            (
                Choice(ShownCopy.PUBLISHED.value, self.tr("As published")),
                Choice(ShownCopy.SENT.value, self.tr("As sent")),
            ),
            tall=False,
            even=False,
        )
        self._copies.chosen.connect(self._choose_copy)
        self._left = ActionButton(
            theme, self.tr("Rotate"), key="Ctrl+←", icon="arrow-counter-clockwise", small=True
        )
        self._left.clicked.connect(lambda: self._presenter.turn(-1))
        self._right = ActionButton(
            theme, self.tr("Rotate"), key="Ctrl+→", icon="arrow-clockwise", small=True
        )
        self._right.clicked.connect(lambda: self._presenter.turn(1))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._copies)
        row.addWidget(KeyHint(theme, self.tr("Space"), self.tr("switch")))
        row.addStretch(1)
        row.addWidget(self._left)
        row.addWidget(self._right)
        return row

    def _hints(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(14)
        for key, text in (
            ("+ −", self.tr("zoom")),
            ("0", self.tr("fit")),
            ("1", self.tr("actual size")),
            ("← ↑ ↓ →", self.tr("move")),
            ("PgUp PgDn", self.tr("other photos")),
        ):
            row.addWidget(KeyHint(self._theme, key, text))
        row.addStretch(1)
        return row

    # --- keys ---

    def _make_keys(self) -> dict[int, Callable[[], None]]:
        """Key handlers; digits and signs only, because the keyboard layout may be Russian
        or Latin.
        """
        presenter, canvas = self._presenter, self._canvas
        return {
            Qt.Key.Key_Escape: presenter.close,
            Qt.Key.Key_Plus: lambda: canvas.zoom(STEP),
            Qt.Key.Key_Equal: lambda: canvas.zoom(STEP),
            Qt.Key.Key_Minus: lambda: canvas.zoom(1 / STEP),
            Qt.Key.Key_Underscore: lambda: canvas.zoom(1 / STEP),
            Qt.Key.Key_0: canvas.show_whole,
            Qt.Key.Key_1: canvas.show_real_size,
            Qt.Key.Key_Space: presenter.toggle_copy,
            Qt.Key.Key_PageDown: lambda: presenter.step(1),
            Qt.Key.Key_PageUp: lambda: presenter.step(-1),
            Qt.Key.Key_Left: lambda: self._sideways(-1),
            Qt.Key.Key_Right: lambda: self._sideways(1),
            Qt.Key.Key_Up: lambda: canvas.move_by(0, -_MOVE),
            Qt.Key.Key_Down: lambda: canvas.move_by(0, _MOVE),
        }

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        is_turn = event.modifiers() & Qt.KeyboardModifier.ControlModifier and key in _TURNS
        if is_turn:
            self._presenter.turn(_TURNS[key])
        elif key in self._keys:
            self._keys[key]()
        else:
            super().keyPressEvent(event)

    def _sideways(self, steps: int) -> None:
        """Pans a large photo; if it is completely visible, moves to the next or previous one."""
        if self._canvas.is_whole:
            self._presenter.step(steps)
        else:
            self._canvas.move_by(steps * _MOVE, 0)

    def _choose_copy(self, copy: str) -> None:
        self._presenter.show_copy(ShownCopy(copy))
        self._canvas.setFocus()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Limits Tab to the viewer, because it covers the fields of the page."""
        stops = [self._canvas, *self.findChildren(ActionButton)]
        seen = [stop for stop in stops if stop.isVisible() and stop.isEnabled()]
        if not seen:  # Qt calls this again while hiding.
            return super().focusNextPrevChild(forward)
        focused = QApplication.focusWidget()
        at = seen.index(focused) if focused in seen else 0
        seen[(at + (1 if forward else -1)) % len(seen)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    # --- view state ---

    def _show(self, state: PhotoViewerState) -> None:
        if state.picture is None:
            self._leave()
            return
        self._title.setText(state.title)
        self._name.set_text(state.name)
        self._facts.set_text(state.facts)
        self._copies.show_choice(state.copy.value)
        self._left.setVisible(state.may_turn)
        self._right.setVisible(state.may_turn)
        self._show_remarks(state.remarks)
        self._canvas.setAccessibleName(f"{state.title}. {state.name}")
        if state.picture != self._picture or state.levels or state.notice:
            self._canvas.show_picture(state.levels, state.notice)
        self._picture = state.picture
        if self.isHidden():
            self._return_to = QApplication.focusWidget()
            self.setGeometry(self._page.rect())
            self.show()
            self.raise_()
            self._canvas.setFocus()

    def _show_remarks(self, remarks: tuple[PhotoRemark, ...]) -> None:
        take_widgets_out(self._remarks)
        for remark in remarks:
            self._remarks.addWidget(_RemarkLine(self._theme, remark))

    def _leave(self) -> None:
        seen, self._picture = self._picture, None
        self._canvas.show_picture((), "")
        if self.isHidden():
            return
        target = self._return_to
        (target if target is not None and target.isVisible() else self._page).setFocus()
        self.hide()
        if seen is not None:
            self.left.emit(seen.photo_id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._page and event.type() is QEvent.Type.Resize:
            self.setGeometry(self._page.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.colour("app"))


class _RemarkLine(QWidget):
    def __init__(self, theme: Theme, remark: PhotoRemark) -> None:
        super().__init__()
        text = ThemedLabel(theme, remark.text, wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        spot = IconSpot(theme, remark.icon, remark.role, theme.size("icon"))
        row.addWidget(spot, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(text, 1)
