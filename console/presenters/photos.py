"""The photos of one message: attached, looked at, taken away and put back (6.5-6.7)."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from console import words
from console.bridge import Deliveries
from console.milestones import Milestone, Milestones
from console.presenters.notices import LONG_S, Notice
from console.presenters.photo_files import Thumbnail, judged, read_limited, small
from console.presenters.photo_viewer import PhotoViewerPresenter
from sync.errors import StoreError
from sync.register.checks.grounds import ProposedGround
from sync.register.operators import Operator
from sync.register.photos.attached import (
    JudgedFile,
    MessagePhoto,
    PhotoProblem,
    editing_reason,
    photo_grounds,
)
from sync.register.photos.judgement import MOST_PHOTOS, Verdict
from sync.store.photos import RemovedPhoto

UNDO_S = 15
_SHOWN_NOTES = 4


class PhotosPort(Protocol):
    """What the presenters need of the store: reads on the worker, writes from any thread."""

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
    """A photo as the strip shows it; ``spoken`` is all of it in words.

    ``thumbnail`` is a PNG, empty while it is being made.
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
    """What became of a file that is no tile: its name, what is with it, and what can be done.

    A ``busy`` one is being checked, one that ``can_return`` was taken away a moment ago.
    """

    key: int
    name: str
    text: str
    busy: bool = False
    can_return: bool = False


@dataclass(frozen=True, slots=True)
class PhotosState:
    """All that the strip shows; ``has_room`` where another photo may be attached."""

    heading: str = ""
    tiles: tuple[PhotoTile, ...] = ()
    notes: tuple[PhotoNote, ...] = ()
    has_room: bool = False


class PhotosPresenter(QObject):
    """The photos of the message that is shown; belongs to the GUI thread.

    The worker has one thread: photos are judged and made small there, one after the other.
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
        """``keep_message`` lets the message itself be written before its first photo.

        Without ``may_attach`` the photos are only looked at, and turned where the city allows it.
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
        self._on_disk: set[int] = set()  # notes that go when their photo is shown
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
        self.viewer.turn_refused.connect(lambda: self._tell(*words.photos.not_turned()))

    @property
    def state(self) -> PhotosState:
        return self._state

    @property
    def may_attach(self) -> bool:
        """Whether photos can be attached and taken away here at all."""
        return self._may_attach

    def say_none(self) -> None:
        """There is nothing to look at yet."""
        self._tell(*words.photos.none_yet(self._may_attach))

    def say_nothing_copied(self) -> None:
        self._tell(*words.photos.nothing_copied())

    def grounds(self) -> tuple[ProposedGround, ...]:
        """The ground of 6.7 where a photo of the message would need editing."""
        return photo_grounds(self._photos, turning_allowed=self._turning_allowed())

    def when_settled(self, then: Callable[[], None]) -> None:
        """Go on once every file is checked and on the disk; at once where none is on its way.

        Where one is refused it does not go on: its operator has to see that first.
        """
        self._then = then
        self._go_on()

    def _go_on(self) -> None:
        if self._then is not None and not any(note.busy for note in self._notes.values()):
            then, self._then = self._then, None
            then()

    # --- which message ---

    def show_message(self, message_id: UUID | None) -> None:
        """Show the photos of a message, or none; asked again for the same one it does nothing."""
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
        """Read the photos of the message anew."""
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
        self._tell(*words.photos.not_read())
        self._go_on()

    def _drop_notes(self) -> None:
        for key in self._on_disk:
            self._notes.pop(key, None)
        self._on_disk.clear()

    # --- attaching ---

    def attach_files(self, files: Sequence[Path]) -> None:
        """Attach these files; of more than a message may have only the first ones are read."""
        for file in files[:MOST_PHOTOS]:
            self.attach_made(file.name, partial(read_limited, file))
        for file in files[MOST_PHOTOS:]:
            self._refuse(file.name, words.photos.problem(PhotoProblem.TOO_MANY))

    def attach_made(self, name: str, make: Callable[[], bytes]) -> None:
        """Attach what ``make`` gives on the worker, as a picture from the clipboard."""
        message_id = self._message_id
        if message_id is None or not self._may_attach:
            return
        key = self._note(PhotoNote(next(self._keys), name, words.photos.checking(), busy=True))
        self._deliveries.deliver(
            self._worker.submit(judged, name, make),
            lambda file: self._judged(message_id, key, file),
            lambda _error: self._not_attached(message_id, key, name, words.photos.unreadable()),
            expected=(OSError,),
        )

    def _judged(self, message_id: UUID, key: int, file: JudgedFile) -> None:
        if file.judgement.verdict is Verdict.REFUSE:
            why = words.photos.refused(file.judgement)
            self._milestones.note(Milestone.PHOTO_REFUSED, reason=file.judgement.reason.value)
            self._not_attached(message_id, key, file.name, why)
            return
        if message_id == self._message_id:
            self._keep_message()
        self._deliveries.deliver(
            self._store.attach(message_id, file, self._operator()),
            lambda outcome: self._attached(message_id, key, file.name, outcome),
            lambda _error: self._not_attached(
                message_id, key, file.name, words.photos.not_stored()
            ),
            expected=(StoreError,),
        )

    def _attached(
        self, message_id: UUID, key: int, name: str, outcome: MessagePhoto | PhotoProblem
    ) -> None:
        if isinstance(outcome, PhotoProblem):
            self._milestones.note(Milestone.PHOTO_REFUSED, reason=outcome.value)
            self._not_attached(message_id, key, name, words.photos.problem(outcome))
            return
        self._milestones.note(Milestone.PHOTO_ATTACHED, position=outcome.position)
        self._on_disk.add(key)
        self.reload()

    def _not_attached(self, message_id: UUID, key: int, name: str, why: str) -> None:
        if message_id == self._message_id and key in self._notes:
            self._notes[key] = PhotoNote(key, name, why)
            self._then = None
            self._show()
        else:  # The form has gone on to another message: the name stays with its own.
            self._tell(words.photos.not_attached(), why)

    def _refuse(self, name: str, why: str) -> None:
        self._note(PhotoNote(next(self._keys), name, why))

    # --- taking away and turning ---

    def remove(self, photo_id: UUID) -> None:
        """Take a photo away; for a quarter of a minute it can be put back."""
        photo = next((each for each in self._photos if each.id == photo_id), None)
        if photo is None or not self._may_attach:
            return
        self._deliveries.deliver(
            self._store.remove(photo, self._operator()),
            lambda outcome: self._taken_away(photo.message_id, outcome),
            lambda _error: self._tell(words.photos.not_changed(), words.photos.not_stored()),
            expected=(StoreError,),
        )

    def _taken_away(self, message_id: UUID, outcome: RemovedPhoto | PhotoProblem) -> None:
        if message_id != self._message_id:
            return
        if isinstance(outcome, PhotoProblem):
            self._tell(words.photos.not_changed(), words.photos.problem(outcome))
        else:
            key = next(self._keys)
            self._removed[key] = outcome
            QTimer.singleShot(round(self._undo_s * 1000), self, partial(self.dismiss, key))
            name = outcome.photo.file_name
            self._note(PhotoNote(key, name, words.photos.removed(), can_return=True))
        self.reload()

    def put_back(self, key: int) -> None:
        """Put back the photo whose note has this key."""
        removed = self._removed.pop(key, None)
        if removed is None:
            return
        message_id, name = removed.photo.message_id, removed.photo.file_name
        self._deliveries.deliver(
            self._store.put_back(removed, self._operator()),
            lambda outcome: self._attached(message_id, key, name, outcome),
            lambda _error: self._not_attached(message_id, key, name, words.photos.not_stored()),
            expected=(StoreError,),
        )

    def put_back_last(self) -> None:
        """Put back the photo that was taken away last, if its time is not over."""
        if self._removed:
            self.put_back(max(self._removed))

    def turn(self, photo_id: UUID, quarter_turns: int) -> None:
        """Turn the copy of a photo to the right, where the city lets operators do so (6.7)."""
        photo = next((each for each in self._photos if each.id == photo_id), None)
        if photo is None or not self._turning_allowed():
            return

        def turned(outcome: MessagePhoto | PhotoProblem) -> None:
            if isinstance(outcome, PhotoProblem):
                self._tell(words.photos.not_changed(), words.photos.problem(outcome))
            self.reload()

        self._deliveries.deliver(
            self._store.turn(photo, quarter_turns, self._operator()),
            turned,
            lambda _error: self._tell(words.photos.not_changed(), words.photos.not_stored()),
            expected=(StoreError,),
        )

    # --- what is shown ---

    def dismiss(self, key: int) -> None:
        """Take a note away; a photo that it could put back is gone for good."""
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
            heading=words.photos.heading(taken, MOST_PHOTOS),
            tiles=tuple(self._tile(photo) for photo in self._photos),
            notes=tuple(self._notes.values())[-_SHOWN_NOTES:],
            has_room=self._may_attach and taken < MOST_PHOTOS,
        )
        self.changed.emit(self._state)

    def _tile(self, photo: MessagePhoto) -> PhotoTile:
        reason = editing_reason(photo, turning_allowed=self._turning_allowed())
        mark, icon, role = words.photos.mark(reason)
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
        number = words.photos.position(photo.position, MOST_PHOTOS)
        parts = [number, photo.file_name, mark]
        if tile.has_location:
            parts.append(words.photos.location_short())
        return replace(tile, spoken=". ".join(parts))
