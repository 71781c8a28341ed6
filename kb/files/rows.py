"""What a file of the directory holds: one row after another, good or not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kb.errors import ImportFault, ImportProblem
from kb.files.columns import Cell, column_of
from kb.records import Record


@dataclass(frozen=True, slots=True)
class Place:
    """A row of a file; ``line`` counts from 1, headings included, and is 0 for the whole file."""

    file: str
    line: int = 0
    in_table: bool = False

    def problem(self, field: str, fault: ImportFault, value: str = "") -> ImportProblem:
        """The fault at this place; of a field within a cell its column is named."""
        name = column_of(field) if self.in_table else field
        return ImportProblem(self.file, self.line, name, fault, value)


@dataclass(frozen=True, slots=True)
class RecordRow:
    """The record of a whole entry."""

    place: Place
    record: Record


@dataclass(frozen=True, slots=True)
class TableRow:
    """Cells by their column; of what has no column the row tells nothing."""

    place: Place
    cells: Mapping[str, Cell]


Row = RecordRow | TableRow
Rows = Iterator[Row | ImportProblem]
