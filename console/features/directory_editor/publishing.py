"""Publishing and reading of entry versions, queries for an entry, and check for personal data.

GUI thread only; the directory and the central database are called on other threads.
"""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal

from console.core.deliveries import Deliveries
from console.core.milestones import Milestone, Milestones
from console.core.view_data import LONG_S, Notice
from console.features.directory_editor import words as directory_editor_words
from console.features.directory_editor.entry_state import EditorState
from console.shared.directory import words as directory_words
from console.shared.directory.documents import DirectoryOutcomes
from kb.entries.changes import ChangedMeanwhile, EntryDraft, Published, Revision
from kb.entries.entries import Entry, EntryKind
from kb.errors import DirectoryError
from kb.search.usage import QueryUse
from sync.errors import OfficialsUnreadable
from sync.register.people.operators import Operator


class PublishingPort(Protocol):
    """Directory operations for publishing; called on worker threads."""

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
    """Operations of the central database, used if the directory is shared through it."""

    @property
    def is_shared(self) -> bool: ...

    def central_history(self, entry_id: str) -> tuple[Revision, ...]: ...


class EntryPublishing(QObject):
    """Publishes and restores versions of entries, one at a time. GUI thread only."""

    changed = Signal()  # a publication started, ended or failed
    published = Signal(object, int)  # Entry, version number
    restored = Signal(str)  # id of the entry
    overtaken = Signal(str, object)  # id of the entry, the newer Revision
    unsent = Signal(str)  # id of an entry that now waits for the central database
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
        """Tasks on ``publisher`` may wait for the network."""
        super().__init__(parent)
        self._directory = directory
        self._readers = readers
        self._publisher = publisher
        self._deliveries = deliveries
        self._milestones = milestones
        self._zone = zone
        self._centre = centre
        self._unsent: dict[str, str] = {}  # reason by id of the entry
        self._is_under_way = False

    @property
    def is_shared(self) -> bool:
        """Whether versions are published in the central database."""
        return self._centre is not None and self._centre.is_shared

    @property
    def is_under_way(self) -> bool:
        return self._is_under_way

    # --- unsent entries ---

    def why_unsent(self, entry_id: str) -> str:
        """Returns the reason why a version of the entry is still unsent; empty if none is
        unsent.
        """
        return self._unsent.get(entry_id, "")

    def waits(self, entry_id: str) -> None:
        """Marks the entry as unsent, as recorded in a previous session."""
        self._unsent.setdefault(entry_id, directory_editor_words.centre_was_away())

    def forget(self, entry_id: str) -> None:
        """Removes the unsent mark of the entry."""
        self._unsent.pop(entry_id, None)

    def tell_what_waits(self, by_id: str) -> None:
        """Shows a notice with the number of the editor's unsent entries, if there are any."""
        self._deliveries.deliver(
            self._readers.submit(self._directory.drafts, by_id),
            self._tell_unsent,
            lambda _error: None,
            expected=(DirectoryError,),
        )

    def _tell_unsent(self, drafts: tuple[EntryDraft, ...]) -> None:
        count = sum(draft.is_unsent for draft in drafts)
        if count:
            self.told.emit(Notice(*directory_editor_words.unsent_waits(count), LONG_S))

    # --- versions ---

    def publish(self, entry: Entry, based_on: int, by: Operator) -> None:
        """Publishes the entry as the newest version.

        If a version newer than ``based_on`` exists, emits ``overtaken`` instead.
        """
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
        what = (
            directory_editor_words.published_to_all
            if self.is_shared
            else directory_editor_words.published_what
        )
        self.told.emit(Notice(directory_editor_words.published(), what()))
        self.published.emit(entry, outcome.number)

    def _not_published(self, entry_id: str, error: Exception) -> None:
        """Reports a failed publication.

        The input is already saved as a draft; publishing it again sends it later.
        """
        self._is_under_way = False
        reason = directory_words.not_sent(error)
        if reason:
            self._unsent[entry_id] = reason
            self.unsent.emit(entry_id)
            self._milestones.note(Milestone.EDIT_UNSENT, entry=entry_id)
            self.told.emit(
                Notice(reason, directory_editor_words.kept_as_draft(), LONG_S, problem=True)
            )
        else:
            self.tell_not_written(error)
        self.changed.emit()

    def tell_not_written(self, error: Exception | None = None) -> None:
        """Shows a notice that the directory could not be written."""
        head, body = directory_words.not_written(error)
        self.told.emit(Notice(head, body, problem=True))

    def restore(self, entry_id: str, number: int, seen: int | None, by: Operator) -> None:
        """Publishes version ``number`` again, unless a version newer than ``seen`` exists."""
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
            self.told.emit(Notice(directory_editor_words.restored(number)))
            self.restored.emit(entry_id)
            return
        newest = outcome.newest
        told = directory_words.overtaken(newest.by, newest.at.astimezone(self._zone))
        self.told.emit(Notice(*told, LONG_S, problem=True))
        self.overtaken.emit(entry_id, newest)

    def ask_centre(self, entry_id: str, came: Callable[[tuple[Revision, ...]], None]) -> None:
        """Passes the entry's versions in the central database to ``came``.

        They may be newer than the local versions. Does nothing without a central database; its
        errors are not shown.
        """
        centre = self._centre
        if centre is not None and centre.is_shared:
            self._deliveries.deliver(
                self._publisher.submit(centre.central_history, entry_id),
                came,
                lambda _error: None,
                expected=(DirectoryError,),
            )


SHOWN_DAYS = 30
SHOWN_QUERIES = 4


class QueriesPort(Protocol):
    """Directory query for the searches that concern an entry; called on a reader thread."""

    def queries_of(
        self, entry_id: str, *, since: date, limit: int = ...
    ) -> tuple[QueryUse, ...]: ...


@dataclass(frozen=True, slots=True)
class QueriesState:
    """Queries for one entry; queries that led to the entry are first."""

    entry_id: str = ""
    queries: tuple[QueryUse, ...] = ()


class EntryQueriesPresenter(QObject):
    """Presenter of the queries for an entry; outdated results are ignored. GUI thread only.

    The queries are read on a reader thread.
    """

    changed = Signal(object)  # QueriesState

    def __init__(
        self,
        directory: QueriesPort,
        readers: Executor,
        deliveries: Deliveries,
        *,
        zone: ZoneInfo,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._directory = directory
        self._readers = readers
        self._outcomes = DirectoryOutcomes(deliveries, self._not_read)
        self._zone = zone
        self._state = QueriesState()

    @property
    def state(self) -> QueriesState:
        return self._state

    def show_entry(self, entry_id: str) -> None:
        """Shows the queries for the entry; does nothing if they are already shown."""
        if entry_id == self._state.entry_id:
            return
        self._state = QueriesState(entry_id)
        self.changed.emit(self._state)
        if entry_id:
            since = datetime.now(self._zone).date() - timedelta(days=SHOWN_DAYS)
            future = self._readers.submit(
                lambda: self._directory.queries_of(entry_id, since=since, limit=SHOWN_QUERIES)
            )
            self._outcomes.read(future, lambda queries: self._read(entry_id, queries))

    def _not_read(self, _error: Exception) -> None:
        """Resets the state, which allows reading again; the entry itself shows the error."""
        self._state = QueriesState()
        self.changed.emit(self._state)

    def _read(self, entry_id: str, queries: tuple[QueryUse, ...]) -> None:
        if entry_id == self._state.entry_id:
            self._state = QueriesState(entry_id, queries)
            self.changed.emit(self._state)


ReadT = TypeVar("ReadT")


class ReadingPort(Protocol):
    """Directory queries for an entry; called on a reader thread."""

    def history(self, entry_id: str) -> tuple[Revision, ...]: ...

    def draft(self, entry_id: str, by_id: str) -> EntryDraft | None: ...


@dataclass(frozen=True, slots=True)
class EntryRead:
    """Versions of one entry, newest last, and the editor's draft."""

    history: tuple[Revision, ...]
    draft: EntryDraft | None

    def base(self, author: str) -> tuple[Entry, int] | None:
        """Returns the version on which the editor's changes are based, with its number.

        This is the base version of the draft if known, otherwise the newest version. For a draft of
        an unpublished entry, the version is an empty entry with number 0. None if there is neither
        a version nor a draft.
        """
        if self.history:
            newest = self.history[-1]
            based_on = newest.number if self.draft is None else self.draft.based_on
            base = next((one for one in self.history if one.number == based_on), newest)
            return base.entry, base.number
        if self.draft is not None:
            return Entry(self.draft.entry_id, self.draft.kind, "", "", author=author), 0
        return None


class EntryReading:
    """Reads entries on reader threads; only the result of the latest request is used.

    GUI thread only.
    """

    def __init__(
        self,
        directory: ReadingPort,
        readers: Executor,
        deliveries: Deliveries,
        not_read: Callable[[Exception], None],
    ) -> None:
        self._directory = directory
        self._readers = readers
        self._deliveries = deliveries
        self._not_read = not_read
        self._asked = 0

    def ask(self, entry_id: str, by_id: str, came: Callable[[EntryRead], None]) -> None:
        """Reads the entry with the draft of an editor and passes it to ``came``.

        If another request follows, the result is discarded.
        """
        self.turn_away()
        self._deliveries.deliver(
            self._readers.submit(self._read, entry_id, by_id),
            self.while_wanted(came),
            self._not_read,
            expected=(DirectoryError,),
        )

    def turn_away(self) -> None:
        """Discards the results of pending reads."""
        self._asked += 1

    def while_wanted(self, came: Callable[[ReadT], None]) -> Callable[[ReadT], None]:
        """Returns a callback that ignores results arriving after a request for another entry."""
        asked = self._asked

        def hand_on(read: ReadT) -> None:
            if asked == self._asked:
                came(read)

        return hand_on

    def _read(self, entry_id: str, by_id: str) -> EntryRead:
        return EntryRead(self._directory.history(entry_id), self._directory.draft(entry_id, by_id))


PAUSE_MS = 300
_READ_FIELDS = ("title", "spoken", "body")

Find = Callable[[str], "Future[tuple[str, ...]]"]
"""Returns the passages of a text that are personal data; runs on another thread."""


@dataclass(frozen=True, slots=True)
class _Read:
    entry_id: str
    text: str
    found: tuple[str, ...]


class PersonalDataPresenter(QObject):
    """Checks a new question for personal data and shows a warning.

    Publishing a question with personal data is possible, but must be confirmed.
    """

    changed = Signal(str)  # text of the warning; empty without one
    allowed = Signal()
    told = Signal(object)  # Notice

    def __init__(
        self,
        find: Find,
        deliveries: Deliveries,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._find = find
        self._deliveries = deliveries
        self._entry_id = ""
        self._text = ""
        self._read = _Read("", "", ())
        self._fails = False
        self._publishes_when_read = False
        self._warned: tuple[str, ...] = ()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._look)

    def follow(self, state: EditorState) -> None:
        """Checks the texts of the form after a pause in typing."""
        is_new = state.kind is EntryKind.QUESTION and not state.is_published
        entry_id = state.entry_id if is_new else ""
        text = "\n".join(state.fields.get(name, "") for name in _READ_FIELDS) if entry_id else ""
        if entry_id != self._entry_id:
            self._entry_id, self._warned = entry_id, ()
            self._publishes_when_read = False
            self.changed.emit("")
        elif text == self._text:
            return
        self._text = text
        if text.strip():
            self._pause.start()
        else:
            self._pause.stop()
            self._took(_Read(entry_id, text, ()))

    def ask_to_publish(self) -> None:
        """Emits ``allowed`` unless the text contains personal data of which the editor was not
        warned yet.

        If the check of the text is still running, waits for its result without blocking.
        """
        if not self._is_read():
            self._publishes_when_read = True
            if self._pause.isActive():
                self._look()
            return
        found = self._read.found
        if found and found != self._warned:
            self._warned = found
            self.told.emit(
                Notice(*directory_editor_words.publish_personal_data(), LONG_S, problem=True)
            )
            return
        self.allowed.emit()

    def _is_read(self) -> bool:
        read = self._read
        return self._fails or (read.entry_id, read.text) == (self._entry_id, self._text)

    def _look(self) -> None:
        self._pause.stop()
        entry_id, text = self._entry_id, self._text
        self._deliveries.deliver(
            self._find(text),
            lambda found: self._took(_Read(entry_id, text, found)),
            self._not_read,
            (DirectoryError, OfficialsUnreadable),
        )

    def _took(self, read: _Read) -> None:
        if (read.entry_id, read.text) != (self._entry_id, self._text):
            return
        self._read, self._fails = read, False
        self.changed.emit(directory_editor_words.personal_data(read.found) if read.found else "")
        self._go_on()

    def _not_read(self, _error: Exception) -> None:
        self._fails = True
        self.changed.emit(directory_editor_words.personal_data_unread())
        self._go_on()

    def _go_on(self) -> None:
        if self._publishes_when_read:
            self._publishes_when_read = False
            self.ask_to_publish()
