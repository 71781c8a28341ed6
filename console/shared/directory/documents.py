"""Attached documents: listing, opening, attaching; delivery of directory reads and writes.

A document is a file of a directory entry or of an answer to a message. Reads run on reader
threads, writes on one writer thread. Results reach the presenters on the GUI thread.
"""

import logging
import re
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from console.core.deliveries import Deliveries
from console.core.milestones import Milestone, Milestones
from console.core.view_data import LONG_S, Notice
from console.shared.directory import words as directory_words
from kb.entries.attachments import (
    LARGEST_BYTES,
    Attachment,
    AttachmentFault,
    AttachmentKind,
    fault_of,
    has_known_format,
)
from kb.errors import DirectoryError
from sync.register.people.operators import Action, Operator, may


class HitDocumentsPort(Protocol):
    """Lists attached documents. Blocks; call on a worker thread."""

    def attachments(self, *entry_ids: str) -> tuple[Attachment, ...]: ...


class FilesPort(Protocol):
    """Reads answer files. Blocks; call on a worker thread."""

    def content(self, message_id: UUID, name: str) -> bytes | None: ...


class AnswerDocuments:
    """Makes answer files available to `DocumentOpener` under one id each."""

    def __init__(self, files: FilesPort) -> None:
        self._files = files

    def attachment_content(self, attachment_id: str) -> bytes | None:
        """Returns the content of a file listed by `document`, or None if it does not exist."""
        message_id, _, name = attachment_id.partition("/")
        return self._files.content(UUID(message_id), name)


def document(message_id: UUID, name: str) -> Attachment:
    """Returns an answer file as a document that can be opened."""
    return Attachment(f"{message_id}/{name}", str(message_id), AttachmentKind.DOCUMENT, name, name)


LOG = logging.getLogger(__name__)
T = TypeVar("T")


class DirectoryOutcomes:
    """Delivers results to the GUI thread; directory errors are expected and reported there."""

    def __init__(self, deliveries: Deliveries, not_read: Callable[[Exception], None]) -> None:
        self._deliveries = deliveries
        self._not_read = not_read

    def read(self, future: "Future[T]", on_result: Callable[[T], None]) -> None:
        """Delivers the result to `on_result`, or a `DirectoryError` to `not_read`."""

        def not_read(error: Exception) -> None:
            LOG.warning("directory: cannot read: %s", type(error).__name__)
            self._not_read(error)

        self._deliveries.deliver(future, on_result, not_read, expected=(DirectoryError,))

    def note(
        self, future: "Future[T]", on_result: Callable[[T], object] = lambda _result: None
    ) -> None:
        """Delivers the result of background work; a `DirectoryError` is only logged."""

        def noted(result: T) -> None:
            on_result(result)

        def not_noted(error: Exception) -> None:
            LOG.warning("directory: request failed: %s", type(error).__name__)

        self._deliveries.deliver(future, noted, not_noted, expected=(DirectoryError,))


class DirectoryWrites:
    """Runs the writes of one presenter. GUI thread only."""

    def __init__(
        self, writer: Executor, deliveries: Deliveries, tell: Callable[[Notice], None]
    ) -> None:
        """`writer` must have one thread, which runs the writes in the order of the requests."""
        self._writer = writer
        self._deliveries = deliveries
        self._tell = tell
        self._is_busy = False

    @property
    def is_busy(self) -> bool:
        """Whether a write is pending; a second press of the key must not repeat it."""
        return self._is_busy

    def write(
        self,
        work: Callable[[], T],
        on_result: Callable[[T], None],
        on_failure: Callable[[Exception], object] = lambda _error: None,
    ) -> None:
        """Runs `work` on the writer thread, then calls `on_result` on the GUI thread.

        On an error, shows a notice and then calls `on_failure`.
        """

        def written(result: T) -> None:
            self._is_busy = False
            on_result(result)

        def failed(error: Exception) -> None:
            self._is_busy = False
            head, body = directory_words.not_written(error)
            self._tell(Notice(head, body, problem=True))
            on_failure(error)

        self._is_busy = True
        future = self._writer.submit(work)
        self._deliveries.deliver(future, written, failed, expected=(DirectoryError,))


_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*]')


class DocumentsPort(Protocol):
    """Reads documents. Blocks; call on a worker thread."""

    def attachment_content(self, attachment_id: str) -> bytes | None: ...


class EntryDocumentsPort(DocumentsPort, Protocol):
    """Reads and changes documents. Blocks; read on a reader thread and write on the writer
    thread.
    """

    def attachments(self, *entry_ids: str) -> tuple[Attachment, ...]: ...

    def attach(self, document: Attachment, content: bytes, *, by: str = ...) -> None: ...

    def close_attachment(self, attachment_id: str, on: date, *, by: str = ...) -> None: ...


class DocumentOpener(QObject):
    """Opens a copy of a document in the system's viewer. GUI thread only."""

    told = Signal(object)  # Notice

    def __init__(
        self,
        directory: DocumentsPort,
        readers: Executor,
        deliveries: Deliveries,
        milestones: Milestones,
        *,
        folder: Path,
        show: Callable[[Path], bool],
        parent: QObject | None = None,
    ) -> None:
        """Copies are saved in `folder`; `show` returns whether the system has a viewer for the
        file.
        """
        super().__init__(parent)
        self._directory = directory
        self._readers = readers
        self._outcomes = DirectoryOutcomes(deliveries, self._not_read)
        self._milestones = milestones
        self._folder = folder
        self._show = show

    def open(self, document: Attachment) -> None:
        """Opens the document; executable files are refused, regardless of their author."""
        if not has_known_format(document.file_name):
            self._tell(directory_words.not_opened())
            return
        future = self._readers.submit(self._copy, document)
        self._outcomes.read(future, self._copied)

    def _copy(self, document: Attachment) -> Path | None:
        content = self._directory.attachment_content(document.id)
        if content is None:
            return None
        # One folder per document, because two documents may have the same file name.
        folder = self._folder / _UNSAFE.sub("_", document.id)
        file = folder / _UNSAFE.sub("_", document.file_name)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not file.exists() or file.read_bytes() != content:
                file.write_bytes(content)
        except OSError:  # disk full, or the viewer has locked the old copy
            return None
        return file

    def _copied(self, file: Path | None) -> None:
        if file is None or not self._show(file):
            self._tell(directory_words.not_opened())
            return
        self._milestones.note(Milestone.DOCUMENT_OPENED)

    def _not_read(self, error: Exception) -> None:
        self._tell(directory_words.not_read(error))

    def _tell(self, texts: tuple[str, str]) -> None:
        self.told.emit(Notice(*texts, LONG_S, problem=True))


@dataclass(frozen=True, slots=True)
class EntryDocumentsState:
    """View state of an entry's documents; `why_not` is the reason why none can be attached."""

    documents: tuple[Attachment, ...] = ()
    may_change: bool = False
    why_not: str = ""


class EntryDocumentsPresenter(QObject):
    """Lists, attaches and closes the documents of the edited entry."""

    changed = Signal(object)  # EntryDocumentsState
    told = Signal(object)  # Notice

    def __init__(
        self,
        directory: EntryDocumentsPort,
        opener: DocumentOpener,
        readers: Executor,
        writer: Executor,
        deliveries: Deliveries,
        *,
        operator: Callable[[], Operator],
        new_id: Callable[[], UUID],
        zone: ZoneInfo,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._directory = directory
        self._opener = opener
        self._readers = readers
        self._deliveries = deliveries
        self._outcomes = DirectoryOutcomes(deliveries, self._not_read)
        self._writes = DirectoryWrites(writer, deliveries, self.told.emit)
        self._operator = operator
        self._new_id = new_id
        self._zone = zone
        self._entry_id = ""
        self._is_published = False
        self._state = EntryDocumentsState()

    @property
    def state(self) -> EntryDocumentsState:
        return self._state

    def show_entry(self, entry_id: str, *, is_published: bool) -> None:
        """Shows the documents of an entry; does nothing if the entry is already shown."""
        if (entry_id, is_published) == (self._entry_id, self._is_published):
            return
        self._entry_id, self._is_published = entry_id, is_published
        self._put(())
        if entry_id and is_published:
            self._reload()

    def _reload(self) -> None:
        entry_id = self._entry_id
        future = self._readers.submit(self._directory.attachments, entry_id)
        self._outcomes.read(future, lambda found: self._loaded(entry_id, found))

    def _loaded(self, entry_id: str, found: tuple[Attachment, ...]) -> None:
        if entry_id == self._entry_id:
            self._put(found)

    def _put(self, documents: tuple[Attachment, ...]) -> None:
        why_not = "" if self._is_published else directory_words.publish_first()
        self._state = EntryDocumentsState(documents, self._may_change(), why_not)
        self.changed.emit(self._state)

    def _may_change(self) -> bool:
        return self._is_published and may(self._operator().role, Action.EDIT_DIRECTORY)

    def open(self, document: Attachment) -> None:
        """Opens the document in the system's viewer."""
        self._opener.open(document)

    def attach(self, kind: AttachmentKind, file: Path) -> None:
        """Attaches a file, which is immediately visible at all workplaces; the title is the file
        name.
        """
        if not self._may_change() or self._writes.is_busy:
            return
        document = Attachment(
            f"document-{self._new_id()}", self._entry_id, kind, file.stem, file.name
        )
        future = self._readers.submit(_read, file)
        self._deliveries.deliver(
            future,
            lambda content: self._attach(document, content),
            lambda _error: self._tell(directory_words.file_not_read()),
            expected=(OSError,),
        )

    def _attach(self, document: Attachment, content: bytes | AttachmentFault) -> None:
        if isinstance(content, AttachmentFault):
            self._tell(directory_words.fault(content))
            return
        by = self._operator().name
        self._writes.write(
            lambda: self._directory.attach(document, content, by=by), lambda _none: self._attached()
        )

    def _attached(self) -> None:
        self.told.emit(Notice(directory_words.attached()))
        self._reload()

    def close(self, document: Attachment) -> None:
        """Ends the validity of the document today; it is not deleted."""
        if not self._may_change() or self._writes.is_busy:
            return
        today, by = datetime.now(self._zone).date(), self._operator().name
        self._writes.write(
            lambda: self._directory.close_attachment(document.id, today, by=by),
            lambda _none: self._closed(),
        )

    def _closed(self) -> None:
        self.told.emit(Notice(*directory_words.closed()))
        self._reload()

    def _not_read(self, error: Exception) -> None:
        self._tell(directory_words.not_read(error))

    def _tell(self, texts: tuple[str, str]) -> None:
        self.told.emit(Notice(*texts, LONG_S, problem=True))


def _read(file: Path) -> bytes | AttachmentFault:
    """Returns the file content, or the reason for its rejection; reads at most one byte above the
    limit.
    """
    with file.open("rb") as stream:
        content = stream.read(LARGEST_BYTES + 1)
    return fault_of(file.name, content) or content
