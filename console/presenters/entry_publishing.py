"""The way of an entry's version out of the editor, and what waits where there is no way."""

from collections.abc import Callable
from concurrent.futures import Executor
from typing import Protocol
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from console import words
from console.bridge import Deliveries
from console.milestones import Milestone, Milestones
from console.presenters.notices import LONG_S, Notice
from kb.changes import Revision
from kb.drafts import ChangedMeanwhile, EntryDraft, Published
from kb.entries import Entry
from kb.errors import DirectoryError
from sync.register.operators import Operator


class PublishingPort(Protocol):
    """What publishing needs of the directory; never called on the GUI thread."""

    def drafts(self, by_id: str) -> tuple[EntryDraft, ...]: ...

    def publish(
        self, entry: Entry, *, based_on: int, by: str, by_id: str
    ) -> Published | ChangedMeanwhile: ...

    def restore(
        self,
        entry_id: str,
        number: int,
        *,
        based_on: int | None = ...,
        by: str = ...,
        by_id: str = ...,
    ) -> ChangedMeanwhile | None: ...


class CentrePort(Protocol):
    """What publishing needs of the centre, where the directory comes from one."""

    @property
    def is_shared(self) -> bool: ...

    def central_history(self, entry_id: str) -> tuple[Revision, ...]: ...


class EntryPublishing(QObject):
    """Publishes and restores versions, one at a time; belongs to the GUI thread."""

    changed = Signal()  # whether one is on its way, or why one is not
    published = Signal(object, int)  # Entry, the number of its version
    restored = Signal(str)  # id of the entry
    overtaken = Signal(str, object)  # id of the entry, the Revision that was first
    unsent = Signal(str)  # id of an entry that waits for the centre from now on
    told = Signal(object)  # Notice

    def __init__(
        self,
        directory: PublishingPort,
        readers: Executor,
        publisher: Executor,
        deliveries: Deliveries,
        milestones: Milestones,
        *,
        zone: ZoneInfo,
        centre: CentrePort | None,
        parent: QObject | None = None,
    ) -> None:
        """``publisher`` may wait for the network."""
        super().__init__(parent)
        self._directory = directory
        self._readers = readers
        self._publisher = publisher
        self._deliveries = deliveries
        self._milestones = milestones
        self._zone = zone
        self._centre = centre
        self._unsent: dict[str, str] = {}  # why, by the ids of entries
        self._is_under_way = False

    @property
    def is_shared(self) -> bool:
        """Whether what is published goes to the centre."""
        return self._centre is not None and self._centre.is_shared

    @property
    def is_under_way(self) -> bool:
        return self._is_under_way

    # --- what waits ---

    def why_unsent(self, entry_id: str) -> str:
        """Why what was published is still here; empty where nothing waits."""
        return self._unsent.get(entry_id, "")

    def waits(self, entry_id: str) -> None:
        """Note that it waits since an earlier run."""
        self._unsent.setdefault(entry_id, words.editing.centre_was_away())

    def forget(self, entry_id: str) -> None:
        """Note that nothing of it waits."""
        self._unsent.pop(entry_id, None)

    def tell_what_waits(self, by_id: str) -> None:
        """Say how many entries of this editor wait for the centre, if any do."""
        self._deliveries.deliver(
            self._readers.submit(self._directory.drafts, by_id),
            self._tell_unsent,
            lambda _error: None,
            expected=(DirectoryError,),
        )

    def _tell_unsent(self, drafts: tuple[EntryDraft, ...]) -> None:
        count = sum(draft.is_unsent for draft in drafts)
        if count:
            self.told.emit(Notice(*words.editing.unsent_waits(count), LONG_S))

    # --- versions ---

    def publish(self, entry: Entry, based_on: int, by: Operator) -> None:
        """Make it the newest version, unless another came after ``based_on``."""
        self._is_under_way = True
        self.changed.emit()
        future = self._publisher.submit(
            lambda: self._directory.publish(entry, based_on=based_on, by=by.name, by_id=str(by.id))
        )
        self._deliveries.deliver(
            future,
            lambda outcome: self._published(entry, outcome),
            lambda error: self._not_published(entry.id, error),
            expected=(DirectoryError,),
        )

    def _published(self, entry: Entry, outcome: Published | ChangedMeanwhile) -> None:
        self._is_under_way = False
        self.forget(entry.id)
        if isinstance(outcome, ChangedMeanwhile):
            self.overtaken.emit(entry.id, outcome.newest)
            return
        what = words.editing.published_to_all if self.is_shared else words.editing.published_what
        self.told.emit(Notice(words.editing.published(), what()))
        self.published.emit(entry, outcome.number)

    def _not_published(self, entry_id: str, error: Exception) -> None:
        """What was typed is a draft by now; the key that publishes it sends it later."""
        self._is_under_way = False
        reason = words.editing.not_sent(error)
        if reason:
            self._unsent[entry_id] = reason
            self.unsent.emit(entry_id)
            self._milestones.note(Milestone.EDIT_UNSENT, entry=entry_id)
            self.told.emit(Notice(reason, words.editing.kept_as_draft(), LONG_S, problem=True))
        else:
            self.tell_not_written(error)
        self.changed.emit()

    def tell_not_written(self, error: Exception | None = None) -> None:
        """Say that the directory could not be written to."""
        head, body = words.editing.not_written(error)
        self.told.emit(Notice(head, body, problem=True))

    def restore(self, entry_id: str, number: int, seen: int | None, by: Operator) -> None:
        """Make version ``number`` the newest once more, unless another came after ``seen``."""
        future = self._publisher.submit(
            lambda: self._directory.restore(
                entry_id, number, based_on=seen, by=by.name, by_id=str(by.id)
            )
        )
        self._deliveries.deliver(
            future,
            lambda outcome: self._restored(entry_id, number, outcome),
            self.tell_not_written,
            expected=(DirectoryError,),
        )

    def _restored(self, entry_id: str, number: int, outcome: ChangedMeanwhile | None) -> None:
        if outcome is None:
            self.told.emit(Notice(words.editing.restored(number)))
            self.restored.emit(entry_id)
            return
        newest = outcome.newest
        told = words.editing.overtaken(newest.by, newest.at.astimezone(self._zone))
        self.told.emit(Notice(*told, LONG_S, problem=True))
        self.overtaken.emit(entry_id, newest)

    def ask_centre(self, entry_id: str, came: Callable[[tuple[Revision, ...]], None]) -> None:
        """Hand on the centre's versions, which may be more and newer than those here.

        Without the centre there are the versions that have come from it.
        """
        centre = self._centre
        if centre is not None and centre.is_shared:
            self._deliveries.deliver(
                self._publisher.submit(centre.central_history, entry_id),
                came,
                lambda _error: None,
                expected=(DirectoryError,),
            )
