"""Import of a directory file: preview by row, cancellable import with undo, and fault report.

A cancelled import leaves the directory unchanged. The presenter is GUI thread only.
"""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from threading import Event
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QUrl, Signal

from console.core.deliveries import Bridge, Deliveries
from console.core.milestones import Milestone, Milestones
from console.core.view_data import Notice
from console.core.workbook import whole_workbook
from console.features.directory_files import words as directory_files_words
from console.features.directory_files.exporting import documents
from console.shared.directory import words as directory_words
from kb.entries.changes import Change
from kb.entries.entries import Entry
from kb.errors import DirectoryError, ImportProblem
from kb.files.columns import columns_of
from kb.files.importing import EntryChange, ImportPreview, ImportUndo, preview_import
from kb.files.words import TableWords
from sync.register.people.operators import Action, Operator, may

_ICONS = {"new": "plus", "closed": "minus-circle", "unchanged": "check"}


class RowGroup(StrEnum):
    """Groups of rows in the preview, by the effect of the import."""

    FAULTS = "faults"
    NEW = "new"
    CHANGED = "changed"
    CLOSED = "closed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Part:
    """Complete value of one field of a row: its heading and its lines."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportRow:
    """Row of the preview; ``note`` is shown at the right, ``parts`` returns the details."""

    title: str
    detail: str
    note: str
    icon: str
    role: str
    parts: Callable[[], tuple[Part, ...]]


def import_rows(
    preview: ImportPreview, file_name: str, table_words: TableWords
) -> Mapping[RowGroup, tuple[ImportRow, ...]]:
    """Returns the rows of a preview by group; the details of a row are built on request."""
    return {
        RowGroup.FAULTS: tuple(_fault_row(one, file_name, table_words) for one in preview.problems),
        RowGroup.NEW: _entry_rows(preview.new, RowGroup.NEW, table_words),
        RowGroup.CHANGED: tuple(_change_row(one, table_words) for one in preview.changed),
        RowGroup.CLOSED: _entry_rows(preview.closed, RowGroup.CLOSED, table_words),
        RowGroup.UNCHANGED: _entry_rows(preview.unchanged, RowGroup.UNCHANGED, table_words),
    }


def _entry_rows(
    entries: Iterable[Entry], group: RowGroup, table_words: TableWords
) -> tuple[ImportRow, ...]:
    return tuple(
        ImportRow(
            title=entry.title or directory_words.no_title(),
            detail=directory_files_words.kind_and_key(entry),
            note="",
            icon=_ICONS[group],
            role="ok" if group is RowGroup.NEW else "text-2",
            parts=partial(_whole, entry, table_words),
        )
        for entry in entries
    )


def _whole(entry: Entry, table_words: TableWords) -> tuple[Part, ...]:
    cells = table_words.cells(entry)
    return tuple(
        Part(table_words.heading(column), tuple(cells[column].splitlines()))
        for column in columns_of([entry.kind])
        if column in cells
    )


def _change_row(change: EntryChange, table_words: TableWords) -> ImportRow:
    parts = _changed_parts(change, table_words)
    return ImportRow(
        title=change.after.title or directory_words.no_title(),
        detail=directory_files_words.what_changes([part.heading for part in parts]),
        note=directory_words.entry_kind(change.after.kind),
        icon="pencil-simple",
        role="accent",
        parts=lambda: parts,
    )


def _changed_parts(change: EntryChange, table_words: TableWords) -> tuple[Part, ...]:
    before, after = table_words.cells(change.before), table_words.cells(change.after)
    return tuple(
        Part(
            table_words.heading(column),
            (directory_files_words.was(old), directory_files_words.becomes(new)),
        )
        for column in columns_of([change.before.kind, change.after.kind])
        if (old := before.get(column, "")) != (new := after.get(column, ""))
    )


def _fault_row(problem: ImportProblem, file_name: str, table_words: TableWords) -> ImportRow:
    place = directory_files_words.fault_place(problem, file_name, table_words)
    at = directory_files_words.line(problem.line)
    fault = directory_files_words.fault(problem)
    advice = directory_files_words.what_to_do(problem, table_words)
    return ImportRow(
        title=fault,
        detail=place,
        note=at,
        icon="warning-octagon-fill",
        role="danger",
        parts=lambda: (
            Part(fault, (f"{at}, {place}" if place else at,)),
            Part(directory_files_words.to_do(), (advice,)),
        ),
    )


TELL_EACH = 200  # rows or changes between two progress reports


class Stopped(Exception):
    """Raised on the worker thread to cancel reading or importing."""


class Watch:
    """Progress callback for reading and importing, called on the worker thread.

    After ``stop`` it raises ``Stopped`` to cancel the work.
    """

    def __init__(self, tell: Callable[[int], None], total: int = 0) -> None:
        """``total`` is the number of rows or changes; 0 if unknown."""
        self._tell = tell
        self._total = total
        self._stop = Event()

    def stop(self) -> None:
        self._stop.set()

    def __call__(self, number: int) -> None:
        if self._stop.is_set():
            raise Stopped
        if number + 1 == self._total:
            self._tell(self._total)
        elif number % TELL_EACH == 0:
            self._tell(number)


_WIDTHS = (22, 8, 24, 40, 40, 70)  # column widths in characters


def write_faults(
    problems: Iterable[ImportProblem], file_name: str, table_words: TableWords, file: Path
) -> None:
    """Writes the fault report, one row per fault; raises OSError on failure.

    Texts are written as strings, never as formulas, regardless of their first character.
    """
    with whole_workbook(file, constant_memory=True) as workbook:
        head = workbook.add_format({"bold": True, "bg_color": "#EBEEF2"})
        text = workbook.add_format({"text_wrap": True, "valign": "top"})
        number = workbook.add_format({"valign": "top", "align": "left"})
        sheet = workbook.add_worksheet()
        for at, (heading, width) in enumerate(
            zip(directory_files_words.report_headings(), _WIDTHS, strict=True)
        ):
            sheet.set_column(at, at, width)
            sheet.write_string(0, at, heading, head)
        sheet.freeze_panes(1, 0)
        for row, problem in enumerate(problems, start=1):
            sheet.write_string(row, 0, directory_files_words.sheet(problem, file_name), text)
            if problem.line:
                sheet.write_number(row, 1, problem.line, number)
            sheet.write_string(row, 2, directory_files_words.column(problem, table_words), text)
            sheet.write_string(row, 3, directory_files_words.fault(problem), text)
            sheet.write_string(row, 4, problem.value, text)
            sheet.write_string(row, 5, directory_files_words.what_to_do(problem, table_words), text)


Result = TypeVar("Result")


class ImportPort(Protocol):
    """Directory operations of the import; called on worker threads."""

    def entries(self) -> tuple[Entry, ...]: ...

    def apply(
        self, changes: Iterable[Change], mark: str | None = ..., *, on_change: Callable[[int], None]
    ) -> None: ...


class Step(StrEnum):
    """Stage of the import."""

    FILE = "file"
    READING = "reading"
    SHOWN = "shown"
    LOADING = "loading"
    LOADED = "loaded"


@dataclass(frozen=True, slots=True)
class ImportState:
    """View state of the import.

    ``share`` is the progress from 0 to 1; None if the total is unknown.
    """

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
    """Presenter of the directory import. GUI thread only."""

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
        """``writer`` has one thread: no other write can run between the final check and the
        import.
        """
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
        self._before = self._state  # restored if reading or importing fails

    @property
    def state(self) -> ImportState:
        return self._state

    def may_load(self) -> bool:
        return may(self._operator().role, Action.EDIT_DIRECTORY)

    def leave_to_another(self) -> None:
        """Cancels reading or importing and clears the view if another person has signed in."""
        if self._by != self._operator().name:
            self.stop()
            self._asked += 1
            self._by = self._operator().name
            self._begin(ImportState())

    # --- file ---

    def set_path(self, text: str) -> None:
        """Sets the path of the file and discards the preview of another file."""
        if not self._state.is_busy and text != self._state.path:
            self._begin(ImportState(path=text, closes_others=self._state.closes_others))

    def set_closes_others(self, closes: bool) -> None:
        """Sets whether entries missing from the file are retired; renews a preview."""
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
        """Reads the file and shows a preview of the import; does not change the directory."""
        state = self._state
        if state.is_busy or not self.may_load():
            return
        if not _cleaned(state.path):
            self._show(replace(state, problem=directory_files_words.state_the_file()))
            return
        path, today = self._path(), datetime.now(self._zone).date()
        self._begin(ImportState(path=state.path, closes_others=state.closes_others))
        asked, watch = self._begin_work(0)
        self._show(replace(self._state, step=Step.READING, told=directory_files_words.reading(0)))

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
        """Returns the initial folder of file dialogs.

        It is the folder of the entered path, or else the documents folder.
        """
        return self._path().parent if _cleaned(self._state.path) else documents()

    def _path(self) -> Path:
        return Path.home() / Path(_cleaned(self._state.path)).expanduser()

    def _show_read(self, read: _Read) -> None:
        preview = self._preview = read.preview
        count = len(preview.new) + len(preview.changed) + len(preview.closed)
        if preview.problems:
            only = not count
            told = (
                directory_files_words.file_has_only_faults()
                if only
                else directory_files_words.file_has_faults()
            )
            role, first = "danger", RowGroup.FAULTS
        elif count:
            told, role = directory_files_words.file_is_good(), "ok"
            first = next(group for group in RowGroup if read.rows[group])
        else:
            role, first = "text-2", RowGroup.UNCHANGED
            told = (
                directory_files_words.nothing_new()
                if preview.unchanged
                else directory_files_words.file_is_empty()
            )
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

    # --- load and undo ---

    def load(self) -> None:
        """Imports all rows; only possible if the file has no faults."""
        if self._state.may_load:
            self._load(good_rows=False)

    def load_good_rows(self) -> None:
        """Imports the rows without faults; only possible after the faults were shown."""
        if self._state.may_load_good:
            self._load(good_rows=True)

    def _load(self, *, good_rows: bool) -> None:
        preview = self._preview
        if preview is None or not self.may_load():
            return
        today, by = datetime.now(self._zone).date(), self._operator().name
        total = len(preview.new) + len(preview.changed) + len(preview.closed)
        asked, watch = self._begin_work(total)
        self._begin_writing(directory_files_words.loading(0, total), share=0.0)

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
                self.told.emit(Notice(directory_files_words.overtaken(), problem=True))
                self._show(replace(self._state, step=Step.SHOWN))
                self.read()

        self._follow(asked, self._writer.submit(work), show)

    def _show_loaded(self, preview: ImportPreview, on: date) -> None:
        self._loaded_on = on
        told = directory_files_words.loaded(
            len(preview.new), len(preview.changed), len(preview.closed)
        )
        self._show(
            replace(self._state, step=Step.LOADED, told=told, role="ok", share=None, may_undo=True)
        )
        self.told.emit(Notice(told))
        self.stored.emit()
        self._milestones.note(Milestone.FILE_LOADED, file=self._path().name)

    def undo(self) -> None:
        """Restores the entries as before the import; entries edited since then are left
        unchanged.
        """
        preview, on = self._preview, self._loaded_on
        if not self._state.may_undo or preview is None or on is None or not self.may_load():
            return
        by = self._operator().name
        asked, watch = self._begin_work(0)
        self._begin_writing(directory_files_words.undoing(), share=None)

        def work() -> ImportUndo:
            undo = preview.undo(self._directory.entries(), on, by=by)
            self._directory.apply(undo.changes, on_change=watch)
            return undo

        def show(undo: ImportUndo) -> None:
            self._loaded_on = None
            told = directory_files_words.undone(len(undo.kept))
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

    # --- worker threads ---

    def stop(self) -> None:
        """Cancels reading or importing; the directory stays unchanged."""
        if self._state.is_busy:
            self._watch.stop()
            self._show(replace(self._state, told=directory_files_words.stopping()))

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
            self._show(replace(self._state, told=directory_files_words.reading(number)))
        elif total:
            told = directory_files_words.loading(number, total)
            self._show(replace(self._state, told=told, share=number / total))

    def _follow(self, asked: int, future: "Future[Result]", show: Callable[[Result], None]) -> None:
        """Shows the result of the work, or the previous view state if it failed or was
        cancelled.
        """
        before = self._before

        def finished(result: Result) -> None:
            if asked == self._asked:
                show(result)

        def failed(error: Exception) -> None:
            if asked != self._asked:
                return
            if isinstance(error, Stopped):
                self._show(replace(before, told=directory_files_words.stopped(), role="text-2"))
            elif isinstance(error, DirectoryError) and before.step is Step.FILE:
                self._show(replace(before, problem=directory_files_words.cannot_read(error)))
            else:
                self._show(before)
                head, body = directory_files_words.not_written()
                self.told.emit(Notice(head, body, problem=True))

        self._deliveries.deliver(future, finished, failed, expected=(DirectoryError, Stopped))

    # --- fault report ---

    def faults_name(self) -> str:
        """Returns the suggested file name of the fault report."""
        return f"{directory_files_words.faults_name(self._path().stem)}.xlsx"

    def write_faults(self, file: Path) -> None:
        """Writes the fault report of the previewed file to an XLSX table."""
        preview, name, table_words = self._preview, self._path().name, self._words
        if preview is None or not preview.problems:
            return

        def failed(error: Exception) -> None:
            if isinstance(error, OSError):
                head, body = directory_files_words.file_not_written(error, table_words)
                self.told.emit(Notice(head, body, problem=True))

        future = self._readers.submit(
            write_faults, preview.problems, name, table_words, file.with_suffix(".xlsx")
        )
        self._deliveries.deliver(
            future,
            lambda _none: self.told.emit(Notice(directory_files_words.file_written(file.name))),
            failed,
            expected=(OSError,),
        )

    def _show(self, state: ImportState) -> None:
        self._state = state
        self.changed.emit(state)


def _cleaned(text: str) -> str:
    """Returns an entered path without quotation marks; ``file://`` URLs become local paths."""
    path = text.strip().strip("\"'«»")
    return QUrl(path).toLocalFile() if path.startswith("file://") else path
