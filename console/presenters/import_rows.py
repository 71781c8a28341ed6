"""What an import would do, row by row, as the page lists it and as a chosen row tells it whole."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from console import words
from kb.entries import Entry
from kb.errors import ImportProblem
from kb.files.columns import columns_of
from kb.files.words import TableWords
from kb.importers import EntryChange, ImportPreview

_ICONS = {"new": "plus", "closed": "minus-circle", "unchanged": "check"}


class RowGroup(StrEnum):
    """What becomes of the rows of a file."""

    FAULTS = "faults"
    NEW = "new"
    CHANGED = "changed"
    CLOSED = "closed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Part:
    """A field of a row told whole: its heading and what stands under it, line by line."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A row of the list: title, a second line, what stands at the right, icon and its colour."""

    title: str
    detail: str
    note: str
    icon: str
    role: str
    parts: Callable[[], tuple[Part, ...]]


def import_rows(
    preview: ImportPreview, file_name: str, table_words: TableWords
) -> Mapping[RowGroup, tuple[ImportRow, ...]]:
    """The rows of a preview by what becomes of them; what a row tells whole is made when asked."""
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
            title=entry.title or words.editing.no_title(),
            detail=words.files.kind_and_key(entry),
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
        title=change.after.title or words.editing.no_title(),
        detail=words.files.what_changes([part.heading for part in parts]),
        note=words.directory.entry_kind(change.after.kind),
        icon="pencil-simple",
        role="accent",
        parts=lambda: parts,
    )


def _changed_parts(change: EntryChange, table_words: TableWords) -> tuple[Part, ...]:
    before, after = table_words.cells(change.before), table_words.cells(change.after)
    return tuple(
        Part(table_words.heading(column), (words.files.was(old), words.files.becomes(new)))
        for column in columns_of([change.before.kind, change.after.kind])
        if (old := before.get(column, "")) != (new := after.get(column, ""))
    )


def _fault_row(problem: ImportProblem, file_name: str, table_words: TableWords) -> ImportRow:
    place = words.files.fault_place(problem, file_name, table_words)
    at = words.files.line(problem.line)
    fault = words.files.fault(problem)
    advice = words.files.what_to_do(problem, table_words)
    return ImportRow(
        title=fault,
        detail=place,
        note=at,
        icon="warning-octagon-fill",
        role="danger",
        parts=lambda: (
            Part(fault, (f"{at}, {place}" if place else at,)),
            Part(words.files.to_do(), (advice,)),
        ),
    )
