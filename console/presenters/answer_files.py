"""Files that go with an answer: read on a reader thread, told by their contents (9.9)."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from console import words
from console.bridge import Deliveries
from console.presenters.notices import LONG_S, Notice
from sync.register.handling.answers import Attachment
from sync.register.operators import Operator
from sync.register.photos.formats import HEAD_BYTES, FileFormat, format_of
from sync.store.answer_files import AnswerFile

LARGEST_BYTES = 10 * 2**20
MOST_FILES = 10
_ENDINGS: Mapping[FileFormat, tuple[str, ...]] = {
    FileFormat.JPEG: (".jpg", ".jpeg"),
    FileFormat.PNG: (".png",),
    FileFormat.TIFF: (".tif", ".tiff"),
    FileFormat.PDF: (".pdf",),
}


class AnswerFilesPort(Protocol):
    """Where the files are kept; the future resolves after COMMIT."""

    def keep(
        self, message_id: UUID, files: Sequence[AnswerFile], by: Operator
    ) -> "Future[tuple[Attachment, ...]]": ...


@dataclass(frozen=True, slots=True)
class _Refused:
    """A file that is not taken, in words."""

    problem: str


class ChosenFiles(QObject):
    """The files of the answer that is being written; belongs to the GUI thread."""

    changed = Signal()
    told = Signal(object)  # Notice

    def __init__(
        self,
        readers: Executor,
        deliveries: Deliveries,
        formats: Callable[[], frozenset[FileFormat]],
        parent: QObject | None = None,
    ) -> None:
        """``formats`` are those the city takes."""
        super().__init__(parent)
        self._readers = readers
        self._deliveries = deliveries
        self._formats = formats
        self._files: tuple[AnswerFile, ...] = ()

    @property
    def files(self) -> tuple[AnswerFile, ...]:
        return self._files

    def show(self, files: tuple[AnswerFile, ...]) -> None:
        """Another answer is written now, with these files."""
        self._files = files
        self.changed.emit()

    def add(self, path: Path) -> None:
        """Take a file, or tell why it is not taken."""
        if len(self._files) >= MOST_FILES:
            self._tell(words.answer_files.too_many(MOST_FILES))
            return
        self._deliveries.deliver(
            self._readers.submit(_read, path, self._formats()),
            self._read,
            self._not_read,
            (OSError,),
        )

    def remove(self, place: int) -> None:
        """Leave out the file of this place, from 0."""
        if 0 <= place < len(self._files):
            self.show((*self._files[:place], *self._files[place + 1 :]))

    def _read(self, file: AnswerFile | _Refused) -> None:
        if isinstance(file, _Refused):
            self._tell(file.problem)
        else:
            self.show((*self._files, file))

    def _not_read(self, _error: Exception) -> None:
        self._tell(words.answer_files.not_read())

    def _tell(self, problem: str) -> None:
        head = words.answer_files.not_attached()
        self.told.emit(Notice(head, problem, LONG_S, problem=True))


def _read(path: Path, formats: frozenset[FileFormat]) -> AnswerFile | _Refused:
    """The file, or why it is not taken; no more is read than is needed."""
    with path.open("rb") as stream:
        content = stream.read(LARGEST_BYTES + 1)
    if len(content) > LARGEST_BYTES:
        return _Refused(words.answer_files.too_large(LARGEST_BYTES // 2**20))
    found = format_of(content[:HEAD_BYTES])
    if found not in formats:
        return _Refused(words.answer_files.other_format(found, formats))
    return AnswerFile(Attachment(_named(path, found), found), content)


def _named(path: Path, found: FileFormat) -> str:
    """The name with an ending that tells what the file is: viewers go by it."""
    endings = _ENDINGS.get(found, ())
    known = not endings or path.suffix.casefold() in endings
    return path.name if known else f"{path.name}{endings[0]}"
