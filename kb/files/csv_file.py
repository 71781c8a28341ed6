"""Comma- and semicolon-separated values, as spreadsheets and databases write them."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kb.entries import Entry, EntryKind
from kb.errors import ImportFault
from kb.files.columns import COMMON, KNOWN, columns_of
from kb.files.rows import Place, Rows
from kb.files.table import table_rows
from kb.files.words import TableWords
from kb.files.writing import Unwritable

SEPARATORS = (";", ",", "\t")
_LONGEST_CELL = 10_000_000  # characters; the module's own limit is far below a long regulation


def read_csv(path: Path, words: TableWords) -> Rows:
    """The rows of a file in UTF-8, with or without a mark at its beginning, UTF-16 or cp1251.

    The separator is the one that tells the most headings apart.
    """
    text = _text_of(path.read_bytes())
    if text is None:
        yield Place(path.name).problem("", ImportFault.NOT_TEXT)
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
    """Number of its first line and cells of each row; ``broken_at`` where it is no CSV."""

    def __init__(self, text: str, words: TableWords) -> None:
        self._text = text
        self._words = words
        self.broken_at = 0

    def __iter__(self) -> Iterator[tuple[int, Sequence[str]]]:
        csv.field_size_limit(_LONGEST_CELL)
        separator = _separator(self._text, self._words)
        # Every line ending counts as one: a cell keeps its own line feeds.
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
    """One table of all the entries, with the columns that any of them fills.

    Raises Unwritable for a text that the encoding cannot hold.
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
