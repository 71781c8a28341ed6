"""Reads and writes CSV and JSON Lines files, and parses the headings and rows of any table."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kb.entries.entries import Entry, EntryKind, entry_record
from kb.errors import DirectoryError, ImportFault, ImportProblem
from kb.files.columns import COMMON, KNOWN, Cell, Place, RecordRow, Rows, TableRow, columns_of
from kb.files.words import TableWords

LONGEST_LINE = 1_000_000
"""Characters; a longer line consisting of separators or brackets would take fifty times its size in
memory.
"""


def read_jsonl(path: Path, _words: TableWords) -> Rows:
    """Yields the rows of a JSON Lines file; each row is a complete entry with field names
    as keys.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        yield Place(path.name).problem("", ImportFault.NOT_UTF8)
        return
    # Not splitlines(): JSON texts may contain U+2028 and similar characters.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        place = Place(path.name, number)
        if len(line) > LONGEST_LINE:
            yield place.problem("", ImportFault.TOO_LARGE)
            continue
        try:
            record = json.loads(line)
        except (json.JSONDecodeError, RecursionError):
            yield place.problem("", ImportFault.NOT_JSON)
            continue
        if isinstance(record, dict):
            yield RecordRow(place, record)
        else:
            yield place.problem("", ImportFault.NOT_AN_OBJECT)


def write_jsonl(path: Path, entries: Sequence[Entry]) -> None:
    """Writes one line per entry; empty fields are omitted."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for entry in entries:
            file.write(json.dumps(entry_record(entry), ensure_ascii=False) + "\n")


Line = tuple[int, Sequence[Cell]]


def table_rows(
    file: str,
    lines: Iterable[Line | ImportProblem],
    words: TableWords,
    kind: EntryKind | None = None,
) -> Rows:
    """Yields the rows below the headings, which are the first non-empty line.

    ``kind`` applies to all rows if the table has no such column. Empty rows are skipped, problems
    are passed through.
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
        by_column |= dict.fromkeys(headings)  # trailing cells may be missing
        for heading, cell in zip(headings, cells, strict=False):
            by_column[heading] = words.read(heading, cell) if isinstance(cell, str) else cell
        yield TableRow(place, by_column)


def _is_empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _heading(cell: Cell, words: TableWords) -> str:
    return words.column(cell) if isinstance(cell, str) else ""


def _without_end(headings: list[str]) -> list[str]:
    """Removes trailing empty headings."""
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


class Unwritable(DirectoryError):
    """A text is too long for the format or contains characters that it cannot represent."""

    def __init__(self, entry_id: str, column: str) -> None:
        super().__init__(f"{entry_id}: {column} cannot be written in this format")
        self.entry_id = entry_id
        self.column = column


SEPARATORS = (";", ",", "\t")
_LONGEST_CELL = LONGEST_LINE  # the default limit of the csv module is too low


def read_csv(path: Path, words: TableWords) -> Rows:
    """Yields the rows of a CSV file in UTF-8 with or without BOM, UTF-16 or cp1251.

    The separator is detected: of all possible ones, it yields the most known headings.
    """
    text = _text_of(path.read_bytes())
    if text is None:
        yield Place(path.name).problem("", ImportFault.NOT_TEXT)
        return
    longest = max((len(line) for line in text.splitlines()), default=0)
    if longest > LONGEST_LINE:
        yield Place(path.name).problem("", ImportFault.TOO_LARGE)
        return
    lines = _Lines(text, words)
    yield from table_rows(path.name, lines, words)
    if lines.broken_at:
        yield Place(path.name, lines.broken_at).problem("", ImportFault.NOT_CSV)


def _text_of(content: bytes) -> str | None:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(content, "utf-16")
    text = _decoded(content, "utf-8-sig")
    return _decoded(content, "cp1251") if text is None else text


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


class _Lines:
    """Iterator over the rows of a CSV text with the first line number and the cells of each.

    After invalid CSV ``broken_at`` is the number of the affected line.
    """

    def __init__(self, text: str, words: TableWords) -> None:
        self._text = text
        self._words = words
        self.broken_at = 0

    def __iter__(self) -> Iterator[tuple[int, Sequence[str]]]:
        csv.field_size_limit(_LONGEST_CELL)
        separator = _separator(self._text, self._words)
        # newline="" retains the line feeds within cells.
        reader = csv.reader(io.StringIO(self._text, newline=""), delimiter=separator, strict=True)
        while True:
            first = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                self.broken_at = first
                return
            yield first, cells


def _separator(text: str, words: TableWords) -> str:
    heading = next((line for line in text.splitlines() if line.strip()), "")

    def known(separator: str) -> int:
        cells = (cell.strip().strip('"').strip() for cell in heading.split(separator))
        return sum(words.column(cell) in KNOWN for cell in cells)

    return max(SEPARATORS, key=known)


def write_csv(
    path: Path, entries: Sequence[Entry], words: TableWords, *, separator: str, encoding: str
) -> None:
    """Writes one table of all entries, with the columns that are not empty.

    Raises Unwritable for a text that the encoding cannot represent.
    """
    rows = [words.cells(entry) for entry in entries]
    filled = set(COMMON[:4]).union(*rows)
    columns = [name for name in columns_of(EntryKind) if name in filled]
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=separator, lineterminator="\r\n")
        writer.writerow([words.heading(column) for column in columns])
        for entry, row in zip(entries, rows, strict=True):
            writer.writerow(_encodable(entry, row, columns, encoding))


def _encodable(
    entry: Entry, row: dict[str, str], columns: Iterable[str], encoding: str
) -> list[str]:
    for column, text in row.items():
        try:
            text.encode(encoding)
        except UnicodeEncodeError as error:
            raise Unwritable(entry.id, column) from error
    return [row.get(column, "") for column in columns]
