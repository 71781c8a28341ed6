"""One photo at a time, large: the copy to publish or the file as it was sent."""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from console import words
from console.bridge import Deliveries
from console.milestones import Milestone, Milestones
from sync.errors import StoreError
from sync.register.photos.attached import MessagePhoto, editing_reason
from sync.register.photos.copies import Pixels, pixels_as_published, pixels_as_sent
from sync.register.photos.judgement import UPRIGHT, PhotoDamaged, PhotoReason


class ContentPort(Protocol):
    """What the viewer needs of the store, on the worker."""

    def content(self, photo_id: UUID) -> bytes | None: ...


class ShownCopy(StrEnum):
    """Which of two pictures of a photo is looked at."""

    PUBLISHED = "published"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class PhotoRemark:
    """What is to be known of the photo, with its icon and colour role."""

    text: str
    icon: str
    role: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A page of a photo as it is looked at; another value is another picture."""

    photo_id: UUID
    page: int
    copy: ShownCopy
    turned: int


@dataclass(frozen=True, slots=True)
class PhotoViewerState:
    """All that the viewer shows; ``picture`` is None while it is closed.

    ``levels`` are the pixels, each half the size of the one before, and none while they are being
    made; ``notice`` then says so, or why there are none.
    """

    picture: Picture | None = None
    title: str = ""
    name: str = ""
    facts: str = ""
    remarks: tuple[PhotoRemark, ...] = ()
    copy: ShownCopy = ShownCopy.PUBLISHED
    may_turn: bool = False
    levels: tuple[Pixels, ...] = ()
    notice: str = ""


class PhotoViewerPresenter(QObject):
    """Goes through the photos of a message, page by page; belongs to the GUI thread."""

    changed = Signal(object)  # PhotoViewerState
    turn_refused = Signal()  # the city does not let operators do so

    def __init__(
        self,
        store: ContentPort,
        worker: Executor,
        deliveries: Deliveries,
        milestones: Milestones,
        *,
        photos: Callable[[], tuple[MessagePhoto, ...]],
        turn: Callable[[UUID, int], None],
        turning_allowed: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        """``turn`` turns a photo to the right, where the city lets operators do so."""
        super().__init__(parent)
        self._store = store
        self._worker = worker
        self._deliveries = deliveries
        self._milestones = milestones
        self._photos = photos
        self._turn = turn
        self._turning_allowed = turning_allowed
        self._at = 0
        self._copy = ShownCopy.PUBLISHED
        self._state = PhotoViewerState()

    @property
    def state(self) -> PhotoViewerState:
        return self._state

    def open(self, photo_id: UUID) -> None:
        """Show a photo of the message, as it is published."""
        for at, (photo, page) in enumerate(self._pictures()):
            if photo.id == photo_id and page == 0:
                self._copy = ShownCopy.PUBLISHED
                self._look_at(at)

    def close(self) -> None:
        if self._state.picture is not None:
            self._show(PhotoViewerState())

    def step(self, steps: int) -> None:
        """Go to the next photo or page, or to the one before; there it ends."""
        if self._state.picture is not None:
            last = len(self._pictures()) - 1
            self._look_at(max(0, min(last, self._at + steps)))

    def show_copy(self, copy: ShownCopy) -> None:
        """Look at the published copy, or at the file as it was sent."""
        if self._state.picture is not None:
            self._copy = copy
            self._look_at(self._at)

    def toggle_copy(self) -> None:
        is_published = self._copy is ShownCopy.PUBLISHED
        self.show_copy(ShownCopy.SENT if is_published else ShownCopy.PUBLISHED)

    def turn(self, quarter_turns: int) -> None:
        """Turn the copy to the right, where the city lets operators do so."""
        picture = self._state.picture
        if picture is None:
            return
        if not self._turning_allowed():
            self.turn_refused.emit()
            return
        self.show_copy(ShownCopy.PUBLISHED)
        self._turn(picture.photo_id, quarter_turns)

    def refresh(self) -> None:
        """The photos of the message have changed: show what is left of the one shown."""
        picture = self._state.picture
        if picture is None:
            return
        pictures = self._pictures()
        for at, (photo, page) in enumerate(pictures):
            if (photo.id, page) == (picture.photo_id, picture.page):
                self._look_at(at)
                return
        if pictures:
            self._look_at(min(self._at, len(pictures) - 1))
        else:
            self.close()

    def _pictures(self) -> list[tuple[MessagePhoto, int]]:
        return [(photo, page) for photo in self._photos() for page in range(photo.judgement.pages)]

    def _look_at(self, at: int) -> None:
        pictures = self._pictures()
        photo, page = pictures[at]
        picture = Picture(photo.id, page, self._copy, photo.turned)
        self._at = at
        if picture == self._state.picture:
            return
        title = words.photos.position(at + 1, len(pictures))
        if photo.judgement.pages > 1:
            title = f"{title} · {words.photos.page(page + 1, photo.judgement.pages)}"
        self._show(
            PhotoViewerState(
                picture=picture,
                title=title,
                name=photo.file_name,
                facts=words.photos.facts(photo),
                remarks=self._remarks(photo),
                copy=self._copy,
                may_turn=self._turning_allowed(),
                notice=words.photos.opening(),
            )
        )
        self._deliveries.deliver(
            self._worker.submit(self._pixels, picture),
            lambda levels: self._made(picture, levels),
            lambda _error: self._made(picture, ()),
            expected=(StoreError, PhotoDamaged),
        )

    def _pixels(self, picture: Picture) -> tuple[Pixels, ...]:
        content = self._store.content(picture.photo_id)
        if content is None:
            return ()
        if picture.copy is ShownCopy.SENT:
            return pixels_as_sent(content, picture.page)
        return pixels_as_published(content, picture.page, picture.turned)

    def _made(self, picture: Picture, levels: tuple[Pixels, ...]) -> None:
        if picture != self._state.picture:
            return
        notice = "" if levels else words.photos.not_shown()
        self._show(replace(self._state, levels=levels, notice=notice))
        if levels:
            self._milestones.note(Milestone.PHOTO_SHOWN, copy=picture.copy.value)

    def _remarks(self, photo: MessagePhoto) -> tuple[PhotoRemark, ...]:
        found = photo.judgement
        reason = editing_reason(photo, turning_allowed=self._turning_allowed())
        remarks = []
        if reason is not PhotoReason.NONE:
            remarks.append(PhotoRemark(words.photos.remark(reason), "warning-fill", "warn"))
        elif found.orientation != UPRIGHT:
            remarks.append(PhotoRemark(words.photos.put_upright(), "info", "text-2"))
        if photo.turned:
            remarks.append(PhotoRemark(words.photos.turned_by_hand(), "info", "text-2"))
        if found.has_location:
            remarks.append(PhotoRemark(words.photos.location(), "map-pin", "wrap"))
        return tuple(remarks)

    def _show(self, state: PhotoViewerState) -> None:
        self._state = state
        self.changed.emit(state)
