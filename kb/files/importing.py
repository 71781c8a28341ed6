"""Import of entries with preview and undo, and export to a file in the format of its name."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kb.entries.changes import Change, EntryClosed, EntryPut
from kb.entries.entries import (
    Entry,
    EntryKind,
    Record,
    RecordFault,
    entry_from,
    entry_record,
    references_of,
)
from kb.errors import DirectoryUnusable, ImportFault, ImportProblem, ImportRefused
from kb.files.columns import Place, RecordRow, Row, Rows, TableRow, record_of
from kb.files.csv_file import read_csv, read_jsonl, write_csv, write_jsonl
from kb.files.words import FIELD_NAMES, TableWords
from kb.files.xlsx_file import read_xlsx, write_xlsx

FORMATS = (".jsonl", ".csv", ".xlsx")
MOST_BYTES = 20 * 2**20
MOST_ROWS = 50_000
"""Maximum number of rows of one file; a city's directory has some thousand entries and a few
megabytes.
"""


def export_entries(
    path: Path,
    entries: Sequence[Entry],
    *,
    words: TableWords = FIELD_NAMES,
    separator: str = ";",
    encoding: str = "utf-8-sig",
) -> None:
    """Writes the entries to a file; replaces an existing file atomically.

    ``words`` are the headings of tables; JSON Lines use field names. ``separator`` and ``encoding``
    apply to CSV. Raises ValueError for an unknown format, Unwritable for a text that the format
    cannot represent, DirectoryUnusable on an I/O error.
    """
    suffix = path.suffix.casefold()
    if suffix not in FORMATS:
        raise ValueError(f"{path.name}: unsupported format; use {', '.join(FORMATS)}")
    unfinished = path.with_name(f".{path.stem}.unfinished{suffix}")
    try:
        match suffix:
            case ".jsonl":
                write_jsonl(unfinished, entries)
            case ".csv":
                write_csv(unfinished, entries, words, separator=separator, encoding=encoding)
            case _:
                write_xlsx(unfinished, entries, words)
        os.replace(unfinished, path)
    except OSError as error:
        raise DirectoryUnusable(path, type(error).__name__) from error
    finally:
        unfinished.unlink(missing_ok=True)


READERS = {".jsonl": read_jsonl, ".csv": read_csv, ".xlsx": read_xlsx}


@dataclass(frozen=True, slots=True)
class EntryChange:
    """Entry before an import and its version in the imported file."""

    before: Entry
    after: Entry


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """Effect of an import that is not yet applied: new, changed, unchanged and closed entries, and
    all problems.
    """

    new: tuple[Entry, ...]
    changed: tuple[EntryChange, ...]
    unchanged: tuple[Entry, ...]
    closed: tuple[Entry, ...]
    problems: tuple[ImportProblem, ...]

    def changes(
        self, on: date, *, good_rows: bool = False, by: str = "", at: datetime | None = None
    ) -> tuple[Change, ...]:
        """Returns the changes to apply; closed entries end on the day ``on``.

        Raises ImportRefused if there are problems, unless ``good_rows``, which skips the invalid
        rows.
        """
        if self.problems and not good_rows:
            raise ImportRefused(self.problems)
        puts = (*self.new, *(change.after for change in self.changed))
        return (
            *(EntryPut(entry, by, at) for entry in puts),
            *(EntryClosed(entry.id, on, by, at) for entry in self.closed),
        )

    def is_overtaken(self, current: Iterable[Entry]) -> bool:
        """Whether entries of this preview have changed since it was created."""
        seen = {
            **{change.before.id: change.before for change in self.changed},
            **{entry.id: entry for entry in (*self.unchanged, *self.closed)},
        }
        new = {entry.id for entry in self.new}
        return any(entry.id in new or seen.get(entry.id, entry) != entry for entry in current)

    def undo(
        self,
        current: Iterable[Entry],
        imported_on: date,
        *,
        by: str = "",
        at: datetime | None = None,
    ) -> "ImportUndo":
        """Returns the changes that revert the import of the given day.

        Nothing is deleted: entries that the import created are closed from that day on.
        """
        put = {
            **{entry.id: (entry, None) for entry in self.new},
            **{change.after.id: (change.after, change.before) for change in self.changed},
            **{one.id: (replace(one, valid_to=imported_on), one) for one in self.closed},
        }
        changes: list[Change] = []
        kept = []
        for entry in current:
            if entry.id not in put:
                continue
            imported, before = put[entry.id]
            if entry != imported:
                kept.append(entry)
            elif before is None:
                changes.append(EntryClosed(entry.id, imported_on, by, at))
            else:
                changes.append(EntryPut(before, by, at))
        return ImportUndo(tuple(changes), tuple(kept))


@dataclass(frozen=True, slots=True)
class ImportUndo:
    """Changes that revert an import. Entries edited after the import are listed, but not
    reverted.
    """

    changes: tuple[Change, ...]
    kept: tuple[Entry, ...]


def read_folder(path: Path) -> tuple[Entry, ...]:
    """Reads one file, or all files of a folder, as a complete directory.

    Raises ImportRefused with all problems: file, line and field of each.
    """
    preview = preview_import(path, ())
    if preview.problems:
        raise ImportRefused(preview.problems)
    return preview.new


def preview_import(
    path: Path,
    stored: Iterable[Entry],
    *,
    replaces: bool = False,
    today: date | None = None,
    words: TableWords = FIELD_NAMES,
    on_row: Callable[[int], None] = lambda _number: None,
) -> ImportPreview:
    """Returns the effect of importing a file, or all files of a folder, without applying it.

    Entries are matched by id, so a repeated import changes nothing. With ``replaces``, entries in
    force ``today`` that are in no file are closed, unless there are problems: an invalid row may
    belong to such an entry. A table row does not change fields without a column. ``words`` are
    accepted in addition to field names. ``on_row`` receives the number of rows read; its exceptions
    abort the import.
    """
    preview = _Preview(stored, replaces=replaces, today=today or date.max)
    return preview.made_of(rows_of(path, words), on_row)


def rows_of(path: Path, words: TableWords) -> Rows:
    """Yields the rows of a file, detected by its extension, or of all files of a folder."""
    try:
        yield from _rows_of(path, words)
    except OSError as error:
        raise DirectoryUnusable(path, type(error).__name__) from error


def _rows_of(path: Path, words: TableWords) -> Rows:
    if path.is_dir():
        files = sorted(file for file in path.iterdir() if file.suffix.casefold() in READERS)
        if not files:
            yield Place(path.name).problem("", ImportFault.MISSING_FILE)
        for file in files:
            yield from _rows_of(file, words)
        return
    read = READERS.get(path.suffix.casefold())
    if read is None:
        yield Place(path.name).problem("", ImportFault.UNKNOWN_FORMAT)
    elif path.stat().st_size > MOST_BYTES:
        yield Place(path.name).problem("", ImportFault.TOO_LARGE)
    else:
        yield from _first_rows(path, read(path, words))


def _first_rows(path: Path, rows: Rows) -> Rows:
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            yield Place(path.name, _line_of(row)).problem("", ImportFault.TOO_LARGE)
            return
        yield row


def _line_of(row: Row | ImportProblem) -> int:
    return row.line if isinstance(row, ImportProblem) else row.place.line


class _Preview:
    def __init__(self, stored: Iterable[Entry], *, replaces: bool, today: date) -> None:
        self._stored = {entry.id: entry for entry in stored}
        self._replaces = replaces
        self._today = today
        self._problems: list[ImportProblem] = []
        self._found: dict[str, tuple[Entry, Place]] = {}
        self._bad_ids: set[str] = set()

    def made_of(
        self, rows: Iterable[Row | ImportProblem], on_row: Callable[[int], None]
    ) -> ImportPreview:
        for number, row in enumerate(rows, start=1):
            on_row(number)
            if isinstance(row, ImportProblem):
                self._problems.append(row)
            else:
                self._read(row)
        self._drop_unresolved()
        entries = [entry for entry, _place in self._found.values()]
        known = [(self._stored[entry.id], entry) for entry in entries if entry.id in self._stored]
        return ImportPreview(
            new=tuple(entry for entry in entries if entry.id not in self._stored),
            changed=tuple(EntryChange(old, new) for old, new in known if old != new),
            unchanged=tuple(new for old, new in known if old == new),
            closed=tuple(self._closed()) if self._replaces and not self._problems else (),
            problems=_line_by_line(self._problems),
        )

    def _read(self, row: Row) -> None:
        try:
            entry = entry_from(row.record if isinstance(row, RecordRow) else self._whole(row))
        except RecordFault as fault:
            self._problems.append(row.place.problem(fault.field, fault.fault, fault.value))
            self._bad_ids.add(_stated_id(row))
            return
        if entry.id in self._found:
            self._problems.append(row.place.problem("id", ImportFault.DUPLICATE_ID, entry.id))
        else:
            self._found[entry.id] = entry, row.place

    def _whole(self, row: TableRow) -> Record:
        """Returns the record of a table row; fields without a column have their stored values."""
        stored = self._stored.get(_stated_id(row))
        kept: dict[str, Any] = {} if stored is None else entry_record(stored)
        stated = str(row.cells.get("kind", kept.get("kind")) or "").strip()
        kind = EntryKind(stated) if stated in set(EntryKind) else None
        if stated != kept.get("kind"):
            kept.pop("details", None)
        if self._replaces:
            kept.pop("valid_to", None)  # entries in the file are in force
        record = record_of(row.cells, kind)
        details = {**kept.get("details", {}), **record.get("details", {})}
        return {**kept, **record, **({"details": details} if details else {})}

    def _drop_unresolved(self) -> None:
        """Removes rows with unresolved references, repeatedly, because a removed row may be the
        target of others.
        """
        while True:
            faulty = list(self._unresolved())
            if not faulty:
                return
            self._problems.extend(faulty)
            places = {(one.file, one.line) for one in faulty}
            for entry_id in [
                entry_id
                for entry_id, (_entry, place) in self._found.items()
                if (place.file, place.line) in places
            ]:
                del self._found[entry_id]
                self._bad_ids.add(entry_id)

    def _unresolved(self) -> Iterator[ImportProblem]:
        for entry, place in self._found.values():
            for field, entry_id, kind in references_of(entry):
                found = self._found.get(entry_id)
                other = self._stored.get(entry_id) if found is None else found[0]
                if other is None or other.kind is not kind:
                    bad = entry_id in self._bad_ids
                    fault = (
                        ImportFault.DEPENDS_ON_BAD_ROW if bad else ImportFault.UNRESOLVED_REFERENCE
                    )
                    yield place.problem(field, fault, entry_id)

    def _closed(self) -> Iterator[Entry]:
        for entry in self._stored.values():
            ended = entry.valid_to is not None and entry.valid_to <= self._today
            if entry.id not in self._found and not ended:
                yield entry


def _line_by_line(problems: Iterable[ImportProblem]) -> tuple[ImportProblem, ...]:
    """Returns the problems sorted by file, then by line."""
    lines: dict[str, list[ImportProblem]] = {}
    for problem in problems:
        lines.setdefault(problem.file, []).append(problem)
    return tuple(
        problem for found in lines.values() for problem in sorted(found, key=lambda one: one.line)
    )


def _stated_id(row: Row) -> str:
    stated = row.record.get("id") if isinstance(row, RecordRow) else row.cells.get("id")
    return stated.strip() if isinstance(stated, str) else ""
