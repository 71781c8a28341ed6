"""Loading the directory from a file: seen before it is made, stopped at any time, undone after.

The file is read on a reader thread and loaded on the directory's writer thread, in one
transaction. What is loaded is what was shown, whatever has become of the file meanwhile.
"""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QUrl, Signal

from console import words
from console.bridge import Bridge, Deliveries
from console.milestones import Milestone, Milestones
from console.presenters.directory_export import documents
from console.presenters.import_rows import ImportRow, RowGroup, import_rows
from console.presenters.notices import Notice
from console.presenters.watched_work import Stopped, Watch
from console.reports.import_faults_xlsx import write_faults
from kb.changes import Change
from kb.entries import Entry
from kb.errors import DirectoryError
from kb.files.words import TableWords
from kb.importers import ImportPreview, ImportUndo, preview_import
from sync.register.operators import Operator
from sync.register.rights import Action, may

Result = TypeVar("Result")


class ImportPort(Protocol):
    """What loading needs of the directory; never called on the GUI thread."""

    def entries(self) -> tuple[Entry, ...]: ...

    def apply(
        self, changes: Iterable[Change], mark: str | None = ..., *, on_change: Callable[[int], None]
    ) -> None: ...


class Step(StrEnum):
    """How far the loading of a file is."""

    FILE = "file"
    READING = "reading"
    SHOWN = "shown"
    LOADING = "loading"
    LOADED = "loaded"


@dataclass(frozen=True, slots=True)
class ImportState:
    """All that the page shows; ``share`` of the work is None where nobody knows how much it is."""

    step: Step = Step.FILE
    path: str = ""
    problem: str = ""
    closes_others: bool = False
    told: str = ""
    role: str = "text-2"
    share: float | None = None
    rows: Mapping[RowGroup, tuple[ImportRow, ...]] = field(default_factory=dict)
    group: RowGroup = RowGroup.NEW
    may_load: bool = False
    may_load_good: bool = False
    may_undo: bool = False

    @property
    def is_busy(self) -> bool:
        return self.step in (Step.READING, Step.LOADING)

    def count(self, group: RowGroup) -> int:
        return len(self.rows.get(group, ()))


@dataclass(frozen=True, slots=True)
class _Read:
    preview: ImportPreview
    rows: Mapping[RowGroup, tuple[ImportRow, ...]]


class DirectoryImportPresenter(QObject):
    """The file that is being loaded; all methods belong to the GUI thread."""

    changed = Signal(object)  # ImportState
    stored = Signal()  # the directory has changed
    told = Signal(object)  # Notice

    def __init__(
        self,
        directory: ImportPort,
        readers: Executor,
        writer: Executor,
        deliveries: Deliveries,
        milestones: Milestones,
        table_words: TableWords,
        *,
        operator: Callable[[], Operator],
        zone: ZoneInfo,
        parent: QObject | None = None,
    ) -> None:
        """``writer`` has one thread, so that nobody writes between a look and the load."""
        super().__init__(parent)
        self._directory = directory
        self._readers = readers
        self._writer = writer
        self._deliveries = deliveries
        self._milestones = milestones
        self._words = table_words
        self._operator = operator
        self._zone = zone
        self._by = ""
        self._asked = 0
        self._preview: ImportPreview | None = None
        self._loaded_on: date | None = None
        self._watch = Watch(lambda _number: None)
        self._progress: Bridge[tuple[int, int, int]] = Bridge(self._moved_on, self)
        self._state = ImportState()
        self._before = self._state  # what is shown again where the work comes to nothing

    @property
    def state(self) -> ImportState:
        return self._state

    def may_load(self) -> bool:
        return may(self._operator().role, Action.EDIT_DIRECTORY)

    def leave_to_another(self) -> None:
        """Another person has signed in: nothing of the one before is shown or loaded."""
        if self._by != self._operator().name:
            self.stop()
            self._asked += 1
            self._by = self._operator().name
            self._begin(ImportState())

    # --- the file ---

    def set_path(self, text: str) -> None:
        """Take the path as it is typed; what was shown of another file is gone."""
        if not self._state.is_busy and text != self._state.path:
            self._begin(ImportState(path=text, closes_others=self._state.closes_others))

    def set_closes_others(self, closes: bool) -> None:
        """Close the entries that the file does not have, or leave them as they are."""
        state = self._state
        if state.is_busy or closes == state.closes_others:
            return
        self._begin(ImportState(path=state.path, closes_others=closes))
        if state.step is Step.SHOWN:
            self.read()

    def _begin(self, state: ImportState) -> None:
        self._preview = self._loaded_on = None
        self._show(state)

    def read(self) -> None:
        """Read the file and show what loading it would do; nothing is changed."""
        state = self._state
        if state.is_busy or not self.may_load():
            return
        if not _cleaned(state.path):
            self._show(replace(state, problem=words.files.state_the_file()))
            return
        path, today = self._path(), datetime.now(self._zone).date()
        self._begin(ImportState(path=state.path, closes_others=state.closes_others))
        asked, watch = self._begin_work(0)
        self._show(replace(self._state, step=Step.READING, told=words.files.reading(0)))

        def work() -> _Read:
            preview = preview_import(
                path,
                self._directory.entries(),
                replaces=state.closes_others,
                today=today,
                words=self._words,
                on_row=watch,
            )
            return _Read(preview, import_rows(preview, path.name, self._words))

        self._follow(asked, self._readers.submit(work), self._show_read)

    def folder(self) -> Path:
        """Where files are looked for and written first: beside the one that is typed."""
        return self._path().parent if _cleaned(self._state.path) else documents()

    def _path(self) -> Path:
        return Path.home() / Path(_cleaned(self._state.path)).expanduser()

    def _show_read(self, read: _Read) -> None:
        preview = self._preview = read.preview
        count = len(preview.new) + len(preview.changed) + len(preview.closed)
        if preview.problems:
            only = not count
            told = words.files.file_has_only_faults() if only else words.files.file_has_faults()
            role, first = "danger", RowGroup.FAULTS
        elif count:
            told, role = words.files.file_is_good(), "ok"
            first = next(group for group in RowGroup if read.rows[group])
        else:
            role, first = "text-2", RowGroup.UNCHANGED
            told = words.files.nothing_new() if preview.unchanged else words.files.file_is_empty()
        self._show(
            replace(
                self._state,
                step=Step.SHOWN,
                told=told,
                role=role,
                share=None,
                rows=read.rows,
                group=first,
                may_load=bool(count) and not preview.problems,
                may_load_good=bool(count) and bool(preview.problems),
            )
        )
        self._milestones.note(
            Milestone.FILE_READ, changes=count, faults=len(preview.problems), file=self._path().name
        )

    def choose_group(self, group: RowGroup) -> None:
        self._show(replace(self._state, group=group))

    # --- loading and undoing ---

    def load(self) -> None:
        """Load the file, every row of which is good."""
        if self._state.may_load:
            self._load(good_rows=False)

    def load_good_rows(self) -> None:
        """Load the good rows, once the bad ones have been shown."""
        if self._state.may_load_good:
            self._load(good_rows=True)

    def _load(self, *, good_rows: bool) -> None:
        preview = self._preview
        if preview is None or not self.may_load():
            return
        today, by = datetime.now(self._zone).date(), self._operator().name
        total = len(preview.new) + len(preview.changed) + len(preview.closed)
        asked, watch = self._begin_work(total)
        self._begin_writing(words.files.loading(0, total), share=0.0)

        def work() -> bool:
            if preview.is_overtaken(self._directory.entries()):
                return False
            changes = preview.changes(today, good_rows=good_rows, by=by)
            self._directory.apply(changes, on_change=watch)
            return True

        def show(is_loaded: bool) -> None:
            if is_loaded:
                self._show_loaded(preview, today)
            else:
                self.told.emit(Notice(words.files.overtaken(), problem=True))
                self._show(replace(self._state, step=Step.SHOWN))
                self.read()

        self._follow(asked, self._writer.submit(work), show)

    def _show_loaded(self, preview: ImportPreview, on: date) -> None:
        self._loaded_on = on
        told = words.files.loaded(len(preview.new), len(preview.changed), len(preview.closed))
        self._show(
            replace(self._state, step=Step.LOADED, told=told, role="ok", share=None, may_undo=True)
        )
        self.told.emit(Notice(told))
        self.stored.emit()
        self._milestones.note(Milestone.FILE_LOADED, file=self._path().name)

    def undo(self) -> None:
        """Bring back what was before the load; what somebody has edited since stays as it is."""
        preview, on = self._preview, self._loaded_on
        if not self._state.may_undo or preview is None or on is None or not self.may_load():
            return
        by = self._operator().name
        asked, watch = self._begin_work(0)
        self._begin_writing(words.files.undoing(), share=None)

        def work() -> ImportUndo:
            undo = preview.undo(self._directory.entries(), on, by=by)
            self._directory.apply(undo.changes, on_change=watch)
            return undo

        def show(undo: ImportUndo) -> None:
            self._loaded_on = None
            told = words.files.undone(len(undo.kept))
            self._show(
                replace(self._state, step=Step.LOADED, told=told, role="text-2", may_undo=False)
            )
            self.told.emit(Notice(told))
            self.stored.emit()
            self._milestones.note(Milestone.LOAD_UNDONE, file=self._path().name)

        self._follow(asked, self._writer.submit(work), show)

    def _begin_writing(self, told: str, share: float | None) -> None:
        self._show(
            replace(
                self._state,
                step=Step.LOADING,
                told=told,
                role="text-2",
                share=share,
                may_load=False,
                may_load_good=False,
                may_undo=False,
            )
        )

    # --- work on other threads ---

    def stop(self) -> None:
        """End what is being read or loaded; the directory is then as it was."""
        if self._state.is_busy:
            self._watch.stop()
            self._show(replace(self._state, told=words.files.stopping()))

    def _begin_work(self, total: int) -> tuple[int, Watch]:
        self._asked += 1
        asked = self._asked
        self._before = self._state
        self._watch = Watch(lambda number: self._progress.post((asked, number, total)), total)
        return asked, self._watch

    def _moved_on(self, progress: tuple[int, int, int]) -> None:
        asked, number, total = progress
        if asked != self._asked or not self._state.is_busy:
            return
        if self._state.step is Step.READING:
            self._show(replace(self._state, told=words.files.reading(number)))
        elif total:
            told = words.files.loading(number, total)
            self._show(replace(self._state, told=told, share=number / total))

    def _follow(self, asked: int, future: "Future[Result]", show: Callable[[Result], None]) -> None:
        """Show what came of the work, or what it was before the work failed or was stopped."""
        before = self._before

        def finished(result: Result) -> None:
            if asked == self._asked:
                show(result)

        def failed(error: Exception) -> None:
            if asked != self._asked:
                return
            if isinstance(error, Stopped):
                self._show(replace(before, told=words.files.stopped(), role="text-2"))
            elif isinstance(error, DirectoryError) and before.step is Step.FILE:
                self._show(replace(before, problem=words.files.cannot_read(error)))
            else:
                self._show(before)
                head, body = words.files.not_written()
                self.told.emit(Notice(head, body, problem=True))

        self._deliveries.deliver(future, finished, failed, expected=(DirectoryError, Stopped))

    # --- the report of bad rows ---

    def faults_name(self) -> str:
        """What a report of the bad rows may be called."""
        return f"{words.files.faults_name(self._path().stem)}.xlsx"

    def write_faults(self, file: Path) -> None:
        """Write what is wrong with the file into a table to mend it by."""
        preview, name, table_words = self._preview, self._path().name, self._words
        if preview is None or not preview.problems:
            return

        def failed(error: Exception) -> None:
            if isinstance(error, OSError):
                head, body = words.files.file_not_written(error, table_words)
                self.told.emit(Notice(head, body, problem=True))

        future = self._readers.submit(
            write_faults, preview.problems, name, table_words, file.with_suffix(".xlsx")
        )
        self._deliveries.deliver(
            future,
            lambda _none: self.told.emit(Notice(words.files.file_written(file.name))),
            failed,
            expected=(OSError,),
        )

    def _show(self, state: ImportState) -> None:
        self._state = state
        self.changed.emit(state)


def _cleaned(text: str) -> str:
    """A path as a person types or pastes it: with quotation marks, or as an address."""
    path = text.strip().strip("\"'«»")
    return QUrl(path).toLocalFile() if path.startswith("file://") else path
