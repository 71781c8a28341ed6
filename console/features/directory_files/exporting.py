"""Export of directory entries to a file, and a sample table for imports.

GUI thread only; files are written on a reader thread.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QStandardPaths, Signal

from console.core.deliveries import Deliveries
from console.core.view_data import LONG_S, Notice
from console.features.directory_files import words as directory_files_words
from kb.entries.entries import Entry, EntryKind
from kb.errors import DirectoryError
from kb.files.importing import FORMATS, export_entries
from kb.files.words import TableWords
from sync.register.people.operators import Action, Operator, may

ENCODINGS = ("utf-8-sig", "cp1251")


class ExportPort(Protocol):
    """Directory queries of the export; called on a reader thread."""

    def entries(self) -> tuple[Entry, ...]: ...


@dataclass(frozen=True, slots=True)
class ExportState:
    """View state of the export.

    ``in_force`` is True if only entries valid today are exported. ``encoding`` applies to CSV
    files.
    """

    kinds: frozenset[EntryKind] = frozenset(EntryKind)
    in_force: bool = True
    ending: str = ".xlsx"
    encoding: str = ENCODINGS[0]
    told: str = ""
    is_busy: bool = False


class DirectoryExportPresenter(QObject):
    """Presenter of the export and of the sample table. GUI thread only."""

    changed = Signal(object)  # ExportState
    written = Signal(int)  # number of entries written
    told = Signal(object)  # Notice

    def __init__(
        self,
        directory: ExportPort,
        read_sample: Callable[[], Sequence[Entry]],
        readers: Executor,
        deliveries: Deliveries,
        table_words: TableWords,
        *,
        operator: Callable[[], Operator],
        zone: ZoneInfo,
        parent: QObject | None = None,
    ) -> None:
        """``read_sample`` returns one entry of each kind for the sample table.

        It is called on a reader thread.
        """
        super().__init__(parent)
        self._directory = directory
        self._read_sample = read_sample
        self._readers = readers
        self._deliveries = deliveries
        self._words = table_words
        self._operator = operator
        self._zone = zone
        self._state = ExportState()

    @property
    def state(self) -> ExportState:
        return self._state

    def may_write(self) -> bool:
        return may(self._operator().role, Action.EDIT_DIRECTORY)

    def choose_kind(self, kind: EntryKind, chosen: bool) -> None:
        kinds = self._state.kinds | {kind} if chosen else self._state.kinds - {kind}
        told = "" if kinds else directory_files_words.nothing_to_export()
        self._show(replace(self._state, kinds=kinds, told=told))

    def set_in_force(self, in_force: bool) -> None:
        """Sets whether only entries valid today are exported, or also retired and future ones."""
        self._show(replace(self._state, in_force=in_force))

    def choose_ending(self, ending: str) -> None:
        self._show(replace(self._state, ending=ending))

    def choose_encoding(self, encoding: str) -> None:
        self._show(replace(self._state, encoding=encoding))

    def offered_file(self) -> Path:
        """Returns the suggested path of the exported file."""
        name = f"{directory_files_words.export_name()}-{self._today():%Y-%m-%d}{self._state.ending}"
        return documents() / name

    def write(self, file: Path) -> None:
        """Writes the selected kinds of entries; the suffix of the file name selects the format."""
        state, today = self._state, self._today()
        if state.is_busy or not state.kinds or not self.may_write():
            return
        if file.suffix.casefold() not in FORMATS:
            file = file.with_name(f"{file.name}{state.ending}")

        def chosen() -> list[Entry]:
            return [
                entry
                for entry in self._directory.entries()
                if entry.kind in state.kinds and (not state.in_force or entry.holds_on(today))
            ]

        self._show(replace(state, is_busy=True, told=directory_files_words.exporting()))
        self._write(chosen, file, state.encoding)

    def offered_sample(self) -> Path:
        """Returns the suggested path of the sample table."""
        return documents() / f"{directory_files_words.sample_name()}.xlsx"

    def write_sample(self, file: Path) -> None:
        """Writes the sample table: all headings, notes on their content, and one entry of each
        kind.
        """
        if self.may_write() and not self._state.is_busy:
            self._show(replace(self._state, is_busy=True, told=directory_files_words.exporting()))
            self._write(self._read_sample, file.with_suffix(".xlsx"), ENCODINGS[0])

    def _write(self, entries: Callable[[], Sequence[Entry]], file: Path, encoding: str) -> None:
        table_words = self._words

        def work() -> int:
            chosen = entries()
            export_entries(file, chosen, words=table_words, encoding=encoding)
            return len(chosen)

        def written(count: int) -> None:
            self._show(replace(self._state, is_busy=False, told=""))
            head, body = (
                directory_files_words.file_written(file.name),
                directory_files_words.exported(count),
            )
            self.told.emit(Notice(head, body, LONG_S))
            self.written.emit(count)

        def failed(error: Exception) -> None:
            self._show(replace(self._state, is_busy=False, told=""))
            if isinstance(error, DirectoryError):
                head, body = directory_files_words.file_not_written(error, table_words)
                self.told.emit(Notice(head, body, problem=True))

        future = self._readers.submit(work)
        self._deliveries.deliver(future, written, failed, expected=(DirectoryError,))

    def _today(self) -> date:
        return datetime.now(self._zone).date()

    def _show(self, state: ExportState) -> None:
        self._state = state
        self.changed.emit(state)


def documents() -> Path:
    """Returns the documents folder of the user."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(place))
