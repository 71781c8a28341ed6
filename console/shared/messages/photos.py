"""Photos of a message: file checks, thumbnails, and the presenters of photo strip and viewer.

The presenters are GUI thread only. Files are read and decoded on one worker thread.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from console.core.deliveries import Deliveries
from console.core.milestones import Milestone, Milestones
from console.core.view_data import LONG_S, Notice
from console.shared.messages import photo_words
from sync.errors import StoreError
from sync.register.checks.finding import ProposedGround
from sync.register.checks.photos import (
    MOST_PHOTOS,
    UPRIGHT,
    PhotoDamaged,
    PhotoLimits,
    PhotoReason,
    Pixels,
    Verdict,
    judge,
    pixels_as_published,
    pixels_as_sent,
    thumbnail,
)
from sync.register.handling.photos import (
    JudgedFile,
    MessagePhoto,
    PhotoProblem,
    editing_reason,
    photo_grounds,
)
from sync.register.people.operators import Operator
from sync.store.local.messages.photos import RemovedPhoto

THUMBNAIL_PX = 480  # twice the largest tile, for high-resolution screens


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """Small PNG of a photo in its rotation; empty if the photo cannot be read."""

    photo_id: UUID
    turned: int
    data: bytes


def read_limited(file: Path) -> bytes:
    """Reads at most one byte above the size limit, which is enough to reject a larger file."""
    with file.open("rb") as stream:
        return stream.read(PhotoLimits().most_bytes + 1)


def judged(name: str, read: Callable[[], bytes]) -> JudgedFile:
    """Reads and checks a file; the content of a rejected file is dropped.

    Propagates the exceptions of `read`.
    """
    content = read()
    judgement = judge(content)
    if judgement.verdict is Verdict.REFUSE:
        return JudgedFile(name, b"", "", judgement)
    return JudgedFile(name, content, sha256(content).hexdigest(), judgement)


def small(photo: MessagePhoto, content: bytes | None) -> Thumbnail:
    """Returns the thumbnail of a photo."""
    try:
        data = thumbnail(content or b"", THUMBNAIL_PX, photo.turned)
    except PhotoDamaged:
        data = b""  # Damaged or deleted after it was attached.
    return Thumbnail(photo.id, photo.turned, data)


class ContentPort(Protocol):
    """Photo contents. Blocks; call on a worker thread."""

    def content(self, photo_id: UUID) -> bytes | None: ...


class ShownCopy(StrEnum):
    """Version of a photo in the viewer."""

    PUBLISHED = "published"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class PhotoRemark:
    """Note on a photo with its icon and colour role."""

    text: str
    icon: str
    role: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Displayed page of a photo; equal values display the same image."""

    photo_id: UUID
    page: int
    copy: ShownCopy
    turned: int


@dataclass(frozen=True, slots=True)
class PhotoViewerState:
    """View state of the viewer; `picture` is None while it is closed.

    `levels` are the pixels, each half the size of the previous, empty during decoding or after an
    error. `notice` then contains the status.
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
    """Browses the photos of a message page by page. GUI thread only."""

    changed = Signal(object)  # PhotoViewerState
    turn_refused = Signal()  # the city does not permit rotation

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
        """`turn` rotates a photo clockwise, if the city permits operators to do so."""
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
        """Opens the published version of a photo."""
        for at, (photo, page) in enumerate(self._pictures()):
            if photo.id == photo_id and page == 0:
                self._copy = ShownCopy.PUBLISHED
                self._look_at(at)

    def close(self) -> None:
        if self._state.picture is not None:
            self._show(PhotoViewerState())

    def step(self, steps: int) -> None:
        """Moves by a number of photos or pages, up to the first or last one."""
        if self._state.picture is not None:
            last = len(self._pictures()) - 1
            self._look_at(max(0, min(last, self._at + steps)))

    def show_copy(self, copy: ShownCopy) -> None:
        """Shows the published version or the original file."""
        if self._state.picture is not None:
            self._copy = copy
            self._look_at(self._at)

    def toggle_copy(self) -> None:
        is_published = self._copy is ShownCopy.PUBLISHED
        self.show_copy(ShownCopy.SENT if is_published else ShownCopy.PUBLISHED)

    def turn(self, quarter_turns: int) -> None:
        """Rotates the published version clockwise, if the city permits operators to do so."""
        picture = self._state.picture
        if picture is None:
            return
        if not self._turning_allowed():
            self.turn_refused.emit()
            return
        self.show_copy(ShownCopy.PUBLISHED)
        self._turn(picture.photo_id, quarter_turns)

    def refresh(self) -> None:
        """Updates the viewer after a change of the message's photos."""
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
        title = photo_words.position(at + 1, len(pictures))
        if photo.judgement.pages > 1:
            title = f"{title} · {photo_words.page(page + 1, photo.judgement.pages)}"
        self._show(
            PhotoViewerState(
                picture=picture,
                title=title,
                name=photo.file_name,
                facts=photo_words.facts(photo),
                remarks=self._remarks(photo),
                copy=self._copy,
                may_turn=self._turning_allowed(),
                notice=photo_words.opening(),
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
        notice = "" if levels else photo_words.not_shown()
        self._show(replace(self._state, levels=levels, notice=notice))
        if levels:
            self._milestones.note(Milestone.PHOTO_SHOWN, copy=picture.copy.value)

    def _remarks(self, photo: MessagePhoto) -> tuple[PhotoRemark, ...]:
        found = photo.judgement
        reason = editing_reason(photo, turning_allowed=self._turning_allowed())
        remarks = []
        if reason is not PhotoReason.NONE:
            remarks.append(PhotoRemark(photo_words.remark(reason), "warning-fill", "warn"))
        elif found.orientation != UPRIGHT:
            remarks.append(PhotoRemark(photo_words.put_upright(), "info", "text-2"))
        if photo.turned:
            remarks.append(PhotoRemark(photo_words.turned_by_hand(), "info", "text-2"))
        if found.has_location:
            remarks.append(PhotoRemark(photo_words.location(), "map-pin", "wrap"))
        return tuple(remarks)

    def _show(self, state: PhotoViewerState) -> None:
        self._state = state
        self.changed.emit(state)


UNDO_S = 15
_SHOWN_NOTES = 4


class PhotosPort(Protocol):
    """Photo store. Reading methods block, belong on a worker thread; writing methods are
    thread-safe.
    """

    def of_message(self, message_id: UUID) -> tuple[MessagePhoto, ...]: ...

    def content(self, photo_id: UUID) -> bytes | None: ...

    def attach(
        self, message_id: UUID, file: JudgedFile, by: Operator
    ) -> "Future[MessagePhoto | PhotoProblem]": ...

    def remove(
        self, photo: MessagePhoto, by: Operator
    ) -> "Future[RemovedPhoto | PhotoProblem]": ...

    def put_back(
        self, removed: RemovedPhoto, by: Operator
    ) -> "Future[MessagePhoto | PhotoProblem]": ...

    def turn(
        self, photo: MessagePhoto, quarter_turns: int, by: Operator
    ) -> "Future[MessagePhoto | PhotoProblem]": ...


@dataclass(frozen=True, slots=True)
class PhotoTile:
    """Photo in the strip; `spoken` is its accessible text.

    `thumbnail` is a PNG, empty until it is created.
    """

    id: UUID
    name: str
    mark: str
    icon: str
    role: str
    has_location: bool
    spoken: str
    thumbnail: bytes


@dataclass(frozen=True, slots=True)
class PhotoNote:
    """Note on a file without a thumbnail: name, status and available action.

    `busy`: being checked. `can_return`: removed a moment ago and can be restored.
    """

    key: int
    name: str
    text: str
    busy: bool = False
    can_return: bool = False


@dataclass(frozen=True, slots=True)
class PhotosState:
    """View state of the strip; `has_room` if another photo can be attached."""

    heading: str = ""
    tiles: tuple[PhotoTile, ...] = ()
    notes: tuple[PhotoNote, ...] = ()
    has_room: bool = False


class PhotosPresenter(QObject):
    """Photos of the displayed message. GUI thread only.

    The worker has one thread, which checks and scales photos one after another.
    """

    changed = Signal(object)  # PhotosState
    told = Signal(object)  # Notice

    def __init__(
        self,
        photos: PhotosPort,
        worker: Executor,
        deliveries: Deliveries,
        milestones: Milestones,
        *,
        operator: Callable[[], Operator],
        may_attach: bool,
        turning_allowed: Callable[[], bool],
        keep_message: Callable[[], None] = lambda: None,
        undo_s: float = UNDO_S,
        parent: QObject | None = None,
    ) -> None:
        """`keep_message` saves the message before its first photo.

        Without `may_attach` the photos can only be viewed, and rotated if the city permits it.
        """
        super().__init__(parent)
        self._store = photos
        self._worker = worker
        self._deliveries = deliveries
        self._milestones = milestones
        self._operator = operator
        self._may_attach = may_attach
        self._turning_allowed = turning_allowed
        self._keep_message = keep_message
        self._undo_s = undo_s
        self._message_id: UUID | None = None
        self._photos: tuple[MessagePhoto, ...] = ()
        self._thumbnails: dict[UUID, Thumbnail] = {}
        self._notes: dict[int, PhotoNote] = {}
        self._removed: dict[int, RemovedPhoto] = {}
        self._on_disk: set[int] = set()  # notes to remove once their photo is shown
        self._then: Callable[[], None] | None = None
        self._keys = count(1)
        self._state = PhotosState()
        self.viewer = PhotoViewerPresenter(
            photos,
            worker,
            deliveries,
            milestones,
            photos=lambda: self._photos,
            turn=self.turn,
            turning_allowed=turning_allowed,
            parent=self,
        )
        self.viewer.turn_refused.connect(lambda: self._tell(*photo_words.not_turned()))

    @property
    def state(self) -> PhotosState:
        return self._state

    @property
    def may_attach(self) -> bool:
        """Whether photos can be attached and removed."""
        return self._may_attach

    def say_none(self) -> None:
        """Shows a notice that there are no photos."""
        self._tell(*photo_words.none_yet(self._may_attach))

    def say_nothing_copied(self) -> None:
        self._tell(*photo_words.nothing_copied())

    def grounds(self) -> tuple[ProposedGround, ...]:
        """Grounds for refusal under clause 6.7 if a photo would require editing."""
        return photo_grounds(self._photos, turning_allowed=self._turning_allowed())

    def when_settled(self, then: Callable[[], None]) -> None:
        """Calls `then` once all files are checked and saved; immediately if none is pending.

        If a file is rejected, `then` is not called, because the operator must see the reason first.
        """
        self._then = then
        self._go_on()

    def _go_on(self) -> None:
        if self._then is not None and not any(note.busy for note in self._notes.values()):
            then, self._then = self._then, None
            then()

    # --- displayed message ---

    def show_message(self, message_id: UUID | None) -> None:
        """Shows the photos of a message or none; does nothing if the message is already shown."""
        if message_id == self._message_id:
            return
        self._message_id = message_id
        self._photos = ()
        self._thumbnails.clear()
        self._notes.clear()
        self._removed.clear()
        self._on_disk.clear()
        self._then = None
        self.viewer.close()
        self._show()
        self.reload()

    def reload(self) -> None:
        """Reloads the photos of the message."""
        message_id = self._message_id
        if message_id is None:
            return
        known = {one.photo_id: one for one in self._thumbnails.values()}

        def read() -> tuple[tuple[MessagePhoto, ...], tuple[Thumbnail, ...]]:
            photos = self._store.of_message(message_id)
            return photos, tuple(self._small(photo, known) for photo in photos)

        self._deliveries.deliver(
            self._worker.submit(read),
            lambda found: self._loaded(message_id, *found),
            lambda _error: self._not_read(),
            expected=(StoreError,),
        )

    def _small(self, photo: MessagePhoto, known: dict[UUID, Thumbnail]) -> Thumbnail:
        before = known.get(photo.id)
        if before is not None and before.turned == photo.turned:
            return before
        return small(photo, self._store.content(photo.id))

    def _loaded(
        self,
        message_id: UUID,
        photos: tuple[MessagePhoto, ...],
        thumbnails: tuple[Thumbnail, ...],
    ) -> None:
        if message_id != self._message_id:
            return
        self._photos = photos
        self._thumbnails = {one.photo_id: one for one in thumbnails}
        self._drop_notes()
        self._show()
        self.viewer.refresh()
        self._go_on()

    def _not_read(self) -> None:
        self._drop_notes()
        self._show()
        self._tell(*photo_words.not_read())
        self._go_on()

    def _drop_notes(self) -> None:
        for key in self._on_disk:
            self._notes.pop(key, None)
        self._on_disk.clear()

    # --- attaching ---

    def attach_files(self, files: Sequence[Path]) -> None:
        """Attaches files; only as many as a message may have are read."""
        for file in files[:MOST_PHOTOS]:
            self.attach_made(file.name, partial(read_limited, file))
        for file in files[MOST_PHOTOS:]:
            self._refuse(file.name, photo_words.problem(PhotoProblem.TOO_MANY))

    def attach_made(self, name: str, make: Callable[[], bytes]) -> None:
        """Attaches the bytes that `make` returns on the worker, for example a clipboard image."""
        message_id = self._message_id
        if message_id is None or not self._may_attach:
            return
        key = self._note(PhotoNote(next(self._keys), name, photo_words.checking(), busy=True))
        self._deliveries.deliver(
            self._worker.submit(judged, name, make),
            lambda file: self._judged(message_id, key, file),
            lambda _error: self._not_attached(message_id, key, name, photo_words.unreadable()),
            expected=(OSError,),
        )

    def _judged(self, message_id: UUID, key: int, file: JudgedFile) -> None:
        if file.judgement.verdict is Verdict.REFUSE:
            why = photo_words.refused(file.judgement)
            self._milestones.note(Milestone.PHOTO_REFUSED, reason=file.judgement.reason.value)
            self._not_attached(message_id, key, file.name, why)
            return
        if message_id == self._message_id:
            self._keep_message()
        self._deliveries.deliver(
            self._store.attach(message_id, file, self._operator()),
            lambda outcome: self._attached(message_id, key, file.name, outcome),
            lambda _error: self._not_attached(message_id, key, file.name, photo_words.not_stored()),
            expected=(StoreError,),
        )

    def _attached(
        self, message_id: UUID, key: int, name: str, outcome: MessagePhoto | PhotoProblem
    ) -> None:
        if isinstance(outcome, PhotoProblem):
            self._milestones.note(Milestone.PHOTO_REFUSED, reason=outcome.value)
            self._not_attached(message_id, key, name, photo_words.problem(outcome))
            return
        self._milestones.note(Milestone.PHOTO_ATTACHED, position=outcome.position)
        self._on_disk.add(key)
        self.reload()

    def _not_attached(self, message_id: UUID, key: int, name: str, why: str) -> None:
        if message_id == self._message_id and key in self._notes:
            self._notes[key] = PhotoNote(key, name, why)
            self._then = None
            self._show()
        else:  # The form already shows another message, so the notice is global.
            self._tell(photo_words.not_attached(), why)

    def _refuse(self, name: str, why: str) -> None:
        self._note(PhotoNote(next(self._keys), name, why))

    # --- removing and rotating ---

    def remove(self, photo_id: UUID) -> None:
        """Removes a photo; it can be restored for 15 s."""
        photo = next((each for each in self._photos if each.id == photo_id), None)
        if photo is None or not self._may_attach:
            return
        self._deliveries.deliver(
            self._store.remove(photo, self._operator()),
            lambda outcome: self._taken_away(photo.message_id, outcome),
            lambda _error: self._tell(photo_words.not_changed(), photo_words.not_stored()),
            expected=(StoreError,),
        )

    def _taken_away(self, message_id: UUID, outcome: RemovedPhoto | PhotoProblem) -> None:
        if message_id != self._message_id:
            return
        if isinstance(outcome, PhotoProblem):
            self._tell(photo_words.not_changed(), photo_words.problem(outcome))
        else:
            key = next(self._keys)
            self._removed[key] = outcome
            QTimer.singleShot(round(self._undo_s * 1000), self, partial(self.dismiss, key))
            name = outcome.photo.file_name
            self._note(PhotoNote(key, name, photo_words.removed(), can_return=True))
        self.reload()

    def put_back(self, key: int) -> None:
        """Restores the photo of the note with this key."""
        removed = self._removed.pop(key, None)
        if removed is None:
            return
        message_id, name = removed.photo.message_id, removed.photo.file_name
        self._deliveries.deliver(
            self._store.put_back(removed, self._operator()),
            lambda outcome: self._attached(message_id, key, name, outcome),
            lambda _error: self._not_attached(message_id, key, name, photo_words.not_stored()),
            expected=(StoreError,),
        )

    def put_back_last(self) -> None:
        """Restores the photo removed last, if its undo time has not expired."""
        if self._removed:
            self.put_back(max(self._removed))

    def turn(self, photo_id: UUID, quarter_turns: int) -> None:
        """Rotates the published version clockwise, if the city permits it (clause 6.7)."""
        photo = next((each for each in self._photos if each.id == photo_id), None)
        if photo is None or not self._turning_allowed():
            return

        def turned(outcome: MessagePhoto | PhotoProblem) -> None:
            if isinstance(outcome, PhotoProblem):
                self._tell(photo_words.not_changed(), photo_words.problem(outcome))
            self.reload()

        self._deliveries.deliver(
            self._store.turn(photo, quarter_turns, self._operator()),
            turned,
            lambda _error: self._tell(photo_words.not_changed(), photo_words.not_stored()),
            expected=(StoreError,),
        )

    # --- view state ---

    def dismiss(self, key: int) -> None:
        """Removes a note; a removed photo can then no longer be restored."""
        self._removed.pop(key, None)
        if self._notes.pop(key, None) is not None:
            self._show()

    def _note(self, note: PhotoNote) -> int:
        self._notes[note.key] = note
        self._show()
        return note.key

    def _tell(self, head: str, body: str) -> None:
        self.told.emit(Notice(head, body[:1].upper() + body[1:], LONG_S, problem=True))

    def _show(self) -> None:
        taken = sum(photo.judgement.pages for photo in self._photos)
        self._state = PhotosState(
            heading=photo_words.heading(taken, MOST_PHOTOS),
            tiles=tuple(self._tile(photo) for photo in self._photos),
            notes=tuple(self._notes.values())[-_SHOWN_NOTES:],
            has_room=self._may_attach and taken < MOST_PHOTOS,
        )
        self.changed.emit(self._state)

    def _tile(self, photo: MessagePhoto) -> PhotoTile:
        reason = editing_reason(photo, turning_allowed=self._turning_allowed())
        mark, icon, role = photo_words.mark(reason)
        small = self._thumbnails.get(photo.id)
        tile = PhotoTile(
            id=photo.id,
            name=photo.file_name,
            mark=mark,
            icon=icon,
            role=role,
            has_location=photo.judgement.has_location,
            spoken="",
            thumbnail=b"" if small is None else small.data,
        )
        number = photo_words.position(photo.position, MOST_PHOTOS)
        parts = [number, photo.file_name, mark]
        if tile.has_location:
            parts.append(photo_words.location_short())
        return replace(tile, spoken=". ".join(parts))
