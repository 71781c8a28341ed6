"""Photo strip of a message: thumbnails, notes on files, and attaching by dialog, paste or drop."""

from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import (
    QBuffer,
    QEvent,
    QIODevice,
    QMimeData,
    QObject,
    QPointF,
    QRectF,
    QSizeF,
    QStandardPaths,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from console.core.default_keys import Key
from console.core.keymap import KEYS, with_keys
from console.shared.messages import photo_words
from console.shared.messages.photo_viewer_view import PhotoViewer
from console.shared.messages.photos import PhotoNote, PhotosPresenter, PhotosState, PhotoTile
from console.ui.buttons import RING_PX, ActionButton, ThemedButton
from console.ui.keyboard import bind_on_page
from console.ui.labels import ElidedLabel, ThemedLabel
from console.ui.layout import open_file_dialog
from console.ui.lists import take_widgets_out
from console.ui.notices import IconSpot
from console.ui.paint import draw_focus_ring, draw_icon, draw_text, fill_box
from console.ui.theme import Theme
from sync.register.checks.photos import MOST_PHOTOS

_WIDEST_PX, _HIGHEST_PX = 228, 162
_LINE_PX = 24


class PhotoTileButton(ThemedButton):
    """Thumbnail that opens its photo on a click, Enter or Space."""

    removed = Signal()
    moved = Signal(int)  # to the next or previous tile

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
        """Sets the width, limited to the maximum of a tile, and the matching height."""
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


_GAP_PX = 8
# The form needs several layout passes to reach its new height.
_SETTLED_MS = 50
# Clipboard formats of images from other programs; the original bytes are checked like a file.
_PICTURE_TYPES = ("image/jpeg", "image/png", "image/tiff")


class PhotoStrip(QWidget):
    """Thumbnails, notes on other files, and controls for attaching photos.

    The `page` is covered by the viewer and handles Alt+F (photos), Alt+A and dropped files
    (attach). Without a page the viewer covers the window, and the strip handles the keys.
    """

    def __init__(
        self, theme: Theme, presenter: PhotosPresenter, *, page: QWidget | None = None
    ) -> None:
        super().__init__()
        self._theme = theme
        self._presenter = presenter
        self._page = page
        self._viewer: PhotoViewer | None = None
        self._folder = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.PicturesLocation
        )
        self._ids: tuple[UUID, ...] = ()
        self._notes: tuple[PhotoNote, ...] = ()
        self._lay_out()
        host = page or self
        bind_on_page(host, {Key.PHOTOS: self._go_to_photos})
        if presenter.may_attach:
            host.setAcceptDrops(True)
            host.installEventFilter(self)
            bind_on_page(host, {Key.ATTACH: self.ask_for_files})
            bind_on_page(host, {Key.PASTE_PHOTO: self.paste})
        presenter.changed.connect(self._show)
        KEYS.changed.connect(self._keys_changed)
        self._show(presenter.state)

    def _lay_out(self) -> None:
        theme = self._theme
        self._tiles = tuple(PhotoTileButton(theme) for _ in range(MOST_PHOTOS))
        tiles = QHBoxLayout()
        tiles.setSpacing(_GAP_PX)
        for at, tile in enumerate(self._tiles):
            tile.clicked.connect(lambda _checked=False, n=at: self._open(n))
            tile.removed.connect(lambda n=at: self._remove(n))
            tile.moved.connect(lambda steps, n=at: self._focus_tile(n + steps))
            tiles.addWidget(tile)
        tiles.addStretch(1)
        self._add = ActionButton(theme, self.tr("Attach photos"), key=Key.ATTACH, icon="image")
        self._add.clicked.connect(self.ask_for_files)
        self._hint = ElidedLabel(theme, style="label", role="text-3")
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self._add)
        foot.addWidget(self._hint, 1)
        self._note_column = QVBoxLayout()
        self._note_column.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(tiles)
        column.addLayout(self._note_column)
        column.addLayout(foot)
        self._add.setVisible(self._presenter.may_attach)

    # --- attaching ---

    def ask_for_files(self) -> None:
        """Opens the system's file dialog. Other formats can be selected too and are rejected with a
        reason.
        """
        dialog = QFileDialog(self, self.tr("Attach photos"), self._folder)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(photo_words.name_filters())
        dialog.filesSelected.connect(self._chosen)
        open_file_dialog(self._theme, dialog, self)

    def _chosen(self, names: list[str]) -> None:
        files = [Path(name) for name in names]
        if files:
            self._folder = str(files[0].parent)
        self._presenter.attach_files(files)

    def paste(self) -> None:
        """Attaches an image or files from the clipboard."""
        if not self._take(QGuiApplication.clipboard().mimeData()):
            self._presenter.say_nothing_copied()

    def _take(self, data: QMimeData) -> bool:
        """Attaches the content of a clipboard or drop; returns False if there is nothing to
        attach.
        """
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if files:
            self._presenter.attach_files(files)
            return True
        name = photo_words.from_clipboard()
        for kind in _PICTURE_TYPES:
            if data.hasFormat(kind):
                self._presenter.attach_made(name, partial(bytes, data.data(kind).data()))
                return True
        if data.hasImage():
            image = QImage(data.imageData())
            self._presenter.attach_made(name, partial(_png_of, image))
            return True
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Accepts files dropped on the page outside of fields that accept drops."""
        if isinstance(event, QDropEvent) and event.type() in (
            QEvent.Type.DragEnter,
            QEvent.Type.DragMove,
            QEvent.Type.Drop,
        ):
            data = event.mimeData()
            if data.hasUrls() or data.hasImage():
                event.acceptProposedAction()
                if event.type() is QEvent.Type.Drop:
                    self._take(data)
                return True
        return False

    # --- keys ---

    @property
    def may_put_back(self) -> bool:
        """Whether a photo was just removed and Ctrl+Z restores it."""
        return any(note.can_return for note in self._notes)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and self._presenter.may_attach:
            self.paste()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self._presenter.put_back_last()
        else:
            super().keyPressEvent(event)

    def _open(self, at: int) -> None:
        self._presenter.viewer.open(self._ids[at])

    def _remove(self, at: int) -> None:
        self._presenter.remove(self._ids[at])

    def _go_to_photos(self) -> None:
        if self._ids:
            self._focus_tile(0)
        else:
            self._presenter.say_none()

    def _seen_last(self, photo_id: UUID) -> None:
        """Focuses the tile of the photo last viewed, to which Delete then applies."""
        if photo_id in self._ids and any(tile.hasFocus() for tile in self._tiles):
            self._focus_tile(self._ids.index(photo_id))

    def _focus_tile(self, at: int) -> None:
        if 0 <= at < len(self._ids):
            self._tiles[at].setFocus()
            self._reveal()

    # --- painting ---

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._viewer is None:
            page = self._page or self.window()
            self._viewer = PhotoViewer(self._theme, self._presenter.viewer, page)
            self._viewer.left.connect(self._seen_last)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = (self.width() - (MOST_PHOTOS - 1) * _GAP_PX) // MOST_PHOTOS
        for tile in self._tiles:
            tile.set_width(width)

    def _show(self, state: PhotosState) -> None:
        lost = [at for at, tile in enumerate(self._tiles) if tile.hasFocus()]
        shown = len(self._ids)
        self._ids = tuple(tile.id for tile in state.tiles)
        for at, button in enumerate(self._tiles):
            if at < len(state.tiles):
                button.show_tile(state.tiles[at])
            button.setVisible(at < len(state.tiles))
        if lost and lost[0] >= len(self._ids):
            # The focused tile was removed; the focus remains in the strip.
            (self._tiles[len(self._ids) - 1] if self._ids else self._add).setFocus()
        self._add.setEnabled(state.has_room)
        self._hint.set_text(self._hint_text(state))
        # Only after an action in the strip: a newly opened form is shown from its top.
        has_grown = len(state.notes) > len(self._notes) or (
            len(state.tiles) > shown and len(self._notes) > 0
        )
        if state.notes != self._notes:
            self._show_notes(state.notes)
        if has_grown:
            QTimer.singleShot(_SETTLED_MS, self, self._reveal)

    def _reveal(self) -> None:
        """Scrolls the form to new content, which may be below the visible area."""
        parent = self.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(self._add)

    def _keys_changed(self) -> None:
        self._hint.set_text(self._hint_text(self._presenter.state))

    def _hint_text(self, state: PhotosState) -> str:
        if state.tiles:
            keys = with_keys(self.tr("Alt+F: photos, Enter: open, Delete: remove"), Key.PHOTOS)
            if not self._presenter.may_attach:
                keys = with_keys(self.tr("Alt+F: photos, Enter: open"), Key.PHOTOS)
            return f"{state.heading} · {keys}"
        if not self._presenter.may_attach:
            return self.tr("No photos")
        return self.tr("up to four: JPEG, PNG, TIFF")

    def _show_notes(self, notes: tuple[PhotoNote, ...]) -> None:
        self._notes = notes
        take_widgets_out(self._note_column)
        for note in notes:
            self._note_column.addWidget(_NoteLine(self._theme, note, self._presenter))


class _NoteLine(QWidget):
    """File without a thumbnail: being checked, rejected with a reason, or just removed."""

    def __init__(self, theme: Theme, note: PhotoNote, presenter: PhotosPresenter) -> None:
        super().__init__()
        icon, role = ("warning-fill", "warn")
        if note.busy:
            icon, role = ("hourglass-medium", "text-2")
        elif note.can_return:
            icon, role = ("trash", "text-2")
        text = ThemedLabel(theme, f"{note.name}: {note.text}", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(6)
        spot = IconSpot(theme, icon, role, theme.size("icon"))
        row.addWidget(spot)
        row.addWidget(text, 1)
        if note.can_return:
            back = ActionButton(
                theme,
                self.tr("Restore"),
                key="Ctrl+Z",
                icon="arrow-counter-clockwise",
                small=True,
            )
            back.clicked.connect(lambda: presenter.put_back(note.key))
            row.addWidget(back)
        elif not note.busy:
            understood = ActionButton(theme, self.tr("Got it"), icon="check", small=True)
            understood.clicked.connect(lambda: presenter.dismiss(note.key))
            row.addWidget(understood)


def _png_of(image: QImage) -> bytes:
    """Encodes the image as PNG. Blocks; call on a worker thread."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # PySide6's stubs declare the format as bytes, but the method requires a string.
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
