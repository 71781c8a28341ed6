"""Opening documents of entries, and attaching and closing them in the editor (3.1-3.3)."""

import re
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from console import words
from console.bridge import Deliveries
from console.milestones import Milestone, Milestones
from console.presenters.directory_outcomes import DirectoryOutcomes
from console.presenters.directory_writes import DirectoryWrites
from console.presenters.notices import LONG_S, Notice
from kb.attachments import (
    LARGEST_BYTES,
    Attachment,
    AttachmentFault,
    AttachmentKind,
    fault_of,
    has_known_format,
)
from sync.register.operators import Operator
from sync.register.rights import Action, may

_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*]')


class DocumentsPort(Protocol):
    """What opening needs of the directory; called on a reader thread."""

    def attachment_content(self, attachment_id: str) -> bytes | None: ...


class EntryDocumentsPort(DocumentsPort, Protocol):
    """What the editor needs of it; reads on a reader thread, writes on the writer thread."""

    def attachments(self, *entry_ids: str) -> tuple[Attachment, ...]: ...

    def attach(self, document: Attachment, content: bytes, *, by: str = ...) -> None: ...

    def close_attachment(self, attachment_id: str, on: date, *, by: str = ...) -> None: ...


class DocumentOpener(QObject):
    """Gives a copy of a document to the system's own viewer; belongs to the GUI thread."""

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
        """Copies go to the ``folder``; ``show`` says whether the system has a viewer for a file."""
        super().__init__(parent)
        self._directory = directory
        self._readers = readers
        self._outcomes = DirectoryOutcomes(deliveries, self._not_read)
        self._milestones = milestones
        self._folder = folder
        self._show = show

    def open(self, document: Attachment) -> None:
        """Show the document; one whose file is a program is refused, whoever has attached it."""
        if not has_known_format(document.file_name):
            self._tell(words.documents.not_opened())
            return
        future = self._readers.submit(self._copy, document)
        self._outcomes.read(future, self._copied)

    def _copy(self, document: Attachment) -> Path | None:
        content = self._directory.attachment_content(document.id)
        if content is None:
            return None
        # A folder for each document: two may have one file name.
        folder = self._folder / _UNSAFE.sub("_", document.id)
        file = folder / _UNSAFE.sub("_", document.file_name)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not file.exists() or file.read_bytes() != content:
                file.write_bytes(content)
        except OSError:  # the disk is full, or the viewer holds the older copy
            return None
        return file

    def _copied(self, file: Path | None) -> None:
        if file is None or not self._show(file):
            self._tell(words.documents.not_opened())
            return
        self._milestones.note(Milestone.DOCUMENT_OPENED)

    def _not_read(self, error: Exception) -> None:
        self._tell(words.directory.not_read(error))

    def _tell(self, texts: tuple[str, str]) -> None:
        self.told.emit(Notice(*texts, LONG_S, problem=True))


@dataclass(frozen=True, slots=True)
class EntryDocumentsState:
    """The documents of the entry in the form; ``why_not`` says why none can be attached."""

    documents: tuple[Attachment, ...] = ()
    may_change: bool = False
    why_not: str = ""


class EntryDocumentsPresenter(QObject):
    """Lists, attaches and closes the documents of the entry that is edited."""

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
        """Show the documents of an entry; asked again for the same one it reads nothing."""
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
        why_not = "" if self._is_published else words.documents.publish_first()
        self._state = EntryDocumentsState(documents, self._may_change(), why_not)
        self.changed.emit(self._state)

    def _may_change(self) -> bool:
        return self._is_published and may(self._operator().role, Action.EDIT_DIRECTORY)

    def open(self, document: Attachment) -> None:
        """Show the document in the system's viewer."""
        self._opener.open(document)

    def attach(self, kind: AttachmentKind, file: Path) -> None:
        """Attach a file to the entry, at once and for everybody; it is named by its file."""
        if not self._may_change() or self._writes.is_busy:
            return
        document = Attachment(
            f"document-{self._new_id()}", self._entry_id, kind, file.stem, file.name
        )
        future = self._readers.submit(_read, file)
        self._deliveries.deliver(
            future,
            lambda content: self._attach(document, content),
            lambda _error: self._tell(words.documents.file_not_read()),
            expected=(OSError,),
        )

    def _attach(self, document: Attachment, content: bytes | AttachmentFault) -> None:
        if isinstance(content, AttachmentFault):
            self._tell(words.documents.fault(content))
            return
        by = self._operator().name
        self._writes.write(
            lambda: self._directory.attach(document, content, by=by), lambda _none: self._attached()
        )

    def _attached(self) -> None:
        self.told.emit(Notice(words.documents.attached()))
        self._reload()

    def close(self, document: Attachment) -> None:
        """Let the document hold no more from today on; it is kept."""
        if not self._may_change() or self._writes.is_busy:
            return
        today, by = datetime.now(self._zone).date(), self._operator().name
        self._writes.write(
            lambda: self._directory.close_attachment(document.id, today, by=by),
            lambda _none: self._closed(),
        )

    def _closed(self) -> None:
        self.told.emit(Notice(*words.documents.closed()))
        self._reload()

    def _not_read(self, error: Exception) -> None:
        self._tell(words.directory.not_read(error))

    def _tell(self, texts: tuple[str, str]) -> None:
        self.told.emit(Notice(*texts, LONG_S, problem=True))


def _read(file: Path) -> bytes | AttachmentFault:
    """The content of the file, or why it cannot be attached; no more is read than is needed."""
    with file.open("rb") as stream:
        content = stream.read(LARGEST_BYTES + 1)
    return fault_of(file.name, content) or content
