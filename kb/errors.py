"""Exceptions of the directory, problems of an import, and events of index rebuilds."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class DirectoryError(Exception):
    """The base of every failure of the directory that its surroundings cause."""


class DirectoryTooNew(DirectoryError):
    """The file was written by a newer program; it is left as it is."""

    def __init__(self, path: Path, found: int, known: int) -> None:
        super().__init__(f"{path}: schema {found} is newer than {known}")
        self.path = path
        self.found = found
        self.known = known


class DirectoryUnusable(DirectoryError):
    """The file cannot be opened, read or written, or is one of another program.

    ``reason`` is SQLite's name of the failure (``SQLITE_FULL``), the system's of an OSError
    (``PermissionError``), ``not_a_directory``, or ``closed`` for who comes after its end.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason

    @property
    def is_damage(self) -> bool:
        """Whether a part of the file holds what SQLite did not write."""
        return self.reason.startswith("SQLITE_CORRUPT")


class UnknownEntry(DirectoryError):
    """There is no entry of the id, or no version of it with the number."""

    def __init__(self, entry_id: str, number: int | None = None) -> None:
        super().__init__(entry_id if number is None else f"{entry_id}, version {number}")
        self.entry_id = entry_id
        self.number = number


class UnknownContent(DirectoryError):
    """A change names a document's content by a hash, and the directory does not have it."""

    def __init__(self, sha256: str) -> None:
        super().__init__(sha256)
        self.sha256 = sha256


class ImportFault(StrEnum):
    """What is wrong with a place in an imported file."""

    MISSING_FILE = "missing_file"
    UNKNOWN_FORMAT = "unknown_format"
    TOO_LARGE = "too_large"
    """The file has too much in it, or takes too long to read."""
    NOT_UTF8 = "not_utf8"
    NOT_TEXT = "not_text"
    NOT_JSON = "not_json"
    NOT_CSV = "not_csv"
    NOT_XLSX = "not_xlsx"
    NOT_AN_OBJECT = "not_an_object"
    MISSING_COLUMN = "missing_column"
    DUPLICATE_COLUMN = "duplicate_column"
    EXTRA_CELL = "extra_cell"
    FORMULA = "formula"
    MISSING_FIELD = "missing_field"
    UNKNOWN_FIELD = "unknown_field"
    WRONG_TYPE = "wrong_type"
    EMPTY = "empty"
    BAD_VALUE = "bad_value"
    DUPLICATE_ID = "duplicate_id"
    UNRESOLVED_REFERENCE = "unresolved_reference"
    DEPENDS_ON_BAD_ROW = "depends_on_bad_row"


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """One place that has to be put right: file name, line from 1, field, and what is wrong.

    ``line`` is 0 and ``field`` empty where the fault is the whole file's or the whole line's. Of a
    table the field is the column's heading, or its letter where a cell holds no value at all.
    ``value`` is the key or value at fault where it is short enough to be shown.
    """

    file: str
    line: int
    field: str
    fault: ImportFault
    value: str = ""

    def __str__(self) -> str:
        place = ":".join(part for part in (self.file, str(self.line or ""), self.field) if part)
        return f"{place}: {self.fault}" + (f" ({self.value})" if self.value else "")


class ImportRefused(DirectoryError):
    """Nothing was imported, because of these problems."""

    def __init__(self, problems: tuple[ImportProblem, ...]) -> None:
        super().__init__(f"{len(problems)} problem(s), the first: {problems[0]}")
        self.problems = problems


class MeaningUnavailable(DirectoryError):
    """Search by meaning needs a package that is not installed."""

    def __init__(self, package: str) -> None:
        super().__init__(f"the package {package} is not installed: install the extra 'meaning'")
        self.package = package


class RebuildReason(StrEnum):
    """Why the index is made anew."""

    NORMALISER = "normaliser"
    """The program reads words in another way than the one that made the index."""
    WORN = "worn"
    """So many entries changed since it was made that it holds too much of what is no more."""
    DAMAGED = "damaged"
    """A part of the file could not be read."""


@dataclass(frozen=True, slots=True)
class IndexRebuildStarted:
    """The index is being made anew; the old one answers meanwhile, if it can be read."""

    reason: RebuildReason


@dataclass(frozen=True, slots=True)
class IndexRebuilt:
    """The new index answers; ``damaged_file`` is where a damaged file was put, whole as it was."""

    reason: RebuildReason
    damaged_file: Path | None = None


@dataclass(frozen=True, slots=True)
class IndexRebuildFailed:
    """The disk refused, by SQLite's name of the failure: the old index answers still."""

    reason: RebuildReason
    failure: str


@dataclass(frozen=True, slots=True)
class DamagedFileRemoved:
    """A damaged file that was put aside has come to its end, or takes no forgetting."""

    file: Path


DirectoryEvent = IndexRebuildStarted | IndexRebuilt | IndexRebuildFailed | DamagedFileRemoved
