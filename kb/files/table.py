"""Rows of a table with headings, whatever the file it stands in."""

from collections.abc import Iterable, Sequence

from kb.entries import EntryKind
from kb.errors import ImportFault
from kb.files.columns import KNOWN, Cell
from kb.files.rows import Place, Rows, TableRow


def table_rows(
    file: str, lines: Iterable[tuple[int, Sequence[Cell]]], kind: EntryKind | None = None
) -> Rows:
    """Rows below the headings, which are the first line that is not empty.

    ``kind`` is that of every row, where the table has no column for it. Empty rows are passed over.
    """
    headings: list[str] | None = None
    for number, cells in lines:
        if all(_is_empty(cell) for cell in cells):
            continue
        place = Place(file, number, in_table=True)
        if headings is None:
            headings = _without_end([_heading(cell) for cell in cells])
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
        by_column |= dict(zip(headings, cells, strict=False))
        yield TableRow(place, by_column)


def _is_empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _heading(cell: Cell) -> str:
    return cell.strip().casefold() if isinstance(cell, str) else ""


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
