"""The documents that belong to the chosen hit: its own, and those of its topic and category."""

from concurrent.futures import Executor
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from console.bridge import Deliveries
from console.presenters.directory_outcomes import DirectoryOutcomes
from console.presenters.directory_state import DirectoryState
from console.presenters.documents import DocumentOpener
from kb.attachments import Attachment

PAUSE_MS = 150  # a hit that is passed by on the way to another one needs no documents


class HitDocumentsPort(Protocol):
    """What the presenter needs of the directory; called on a reader thread."""

    def attachments(self, *entry_ids: str) -> tuple[Attachment, ...]: ...


class HitDocumentsPresenter(QObject):
    """Follows the search panel's preview; belongs to the GUI thread."""

    changed = Signal(object)  # tuple[Attachment, ...]

    def __init__(
        self,
        directory: HitDocumentsPort,
        opener: DocumentOpener,
        readers: Executor,
        deliveries: Deliveries,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._directory = directory
        self._opener = opener
        self._readers = readers
        self._outcomes = DirectoryOutcomes(deliveries, lambda _error: None)  # the search tells it
        self._places: tuple[str, ...] = ()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._read)

    def follow(self, state: DirectoryState) -> None:
        """Read the documents of another hit once the operator stays with it."""
        places = () if state.preview is None else state.preview.places
        if places != self._places:
            self._places = places
            self.changed.emit(())
            self.read_again()

    def read_again(self) -> None:
        """The documents may have changed."""
        if self._places:
            self._pause.start()
        else:
            self._pause.stop()

    def _read(self) -> None:
        places = self._places
        future = self._readers.submit(self._directory.attachments, *places)
        self._outcomes.read(future, lambda found: self._found(places, found))

    def _found(self, places: tuple[str, ...], found: tuple[Attachment, ...]) -> None:
        if places == self._places:
            self.changed.emit(found)

    def open(self, document: Attachment) -> None:
        """Show the document in the system's viewer."""
        self._opener.open(document)
