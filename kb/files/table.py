"""Rows of a table with headings, whatever the file it stands in."""

from collections.abc import Iterable, Sequence

from kb.entries import EntryKind
from kb.errors import ImportFault, ImportProblem
from kb.files.columns import KNOWN, Cell
from kb.files.rows import Place, Rows, TableRow
from kb.files.words import TableWords

Line = tuple[int, Sequence[Cell]]


def table_rows(
    file: str,
    lines: Iterable[Line | ImportProblem],
    words: TableWords,
    kind: EntryKind | None = None,
) -> Rows:
    """Rows below the headings, which are the first line that is not empty.

    ``kind`` is that of every row, where the table has no column for it. Empty rows are passed over,
    and problems are passed on.
    """
    headings: list[str] | None = None
    for line in lines:
        if isinstance(line, ImportProblem):
            yield line
            continue
        number, cells = line
        if all(_is_empty(cell) for cell in cells):
            continue
        place = Place(file, number, in_table=True)
        if headings is None:
            headings = _without_end([_heading(cell, words) for cell in cells])
            faults = list(_faulty_headings(headings))
            for column, fault in faults:
                yield place.problem(column, fault)
            if faults:
                return
            continue
        extra = [cell for cell in cells[len(headings) :] if not _is_empty(cell)]
        if extra:
            yield place.problem("", ImportFault.EXTRA_CELL)
            continue
        by_column: dict[str, Cell] = {} if kind is None else {"kind": kind.value}
        by_column |= dict.fromkeys(headings)  # a row may be cut short after its last cell
        for heading, cell in zip(headings, cells, strict=False):
            by_column[heading] = words.read(heading, cell) if isinstance(cell, str) else cell
        yield TableRow(place, by_column)


def _is_empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _heading(cell: Cell, words: TableWords) -> str:
    return words.column(cell) if isinstance(cell, str) else ""


def _without_end(headings: list[str]) -> list[str]:
    """Headings up to the last one that has a name."""
    while headings and not headings[-1]:
        headings = headings[:-1]
    return headings


def _faulty_headings(headings: Sequence[str]) -> Iterable[tuple[str, ImportFault]]:
    seen = set()
    for heading in headings:
        if heading not in KNOWN:
            yield heading, ImportFault.UNKNOWN_FIELD
        elif heading in seen:
            yield heading, ImportFault.DUPLICATE_COLUMN
        seen.add(heading)
    if "id" not in seen:
        yield "id", ImportFault.MISSING_COLUMN
