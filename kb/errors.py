"""Exceptions of the directory, problems of an import, and events of index rebuilds."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class DirectoryError(Exception):
    """Base of all directory errors with external causes."""


class DirectoryTooNew(DirectoryError):
    """The file was written by a newer version; it is not changed."""

    def __init__(self, path: Path, found: int, known: int) -> None:
        super().__init__(
            f"{path}: schema version {found} is newer than {known}; upgrade the application"
        )
        self.path = path
        self.found = found
        self.known = known


class DirectoryUnusable(DirectoryError):
    """The file cannot be opened, read or written, or belongs to another program.

    ``reason`` is the name of the SQLite error (``SQLITE_FULL``) or of the OSError class
    (``PermissionError``), ``not_a_directory``, or ``closed`` if the directory was already closed.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason

    @property
    def is_damage(self) -> bool:
        """Whether SQLite detected a corrupt file."""
        return self.reason.startswith("SQLITE_CORRUPT")


class UnknownEntry(DirectoryError):
    """There is no entry with this id, or no version with this number."""

    def __init__(self, entry_id: str, number: int | None = None) -> None:
        version = "" if number is None else f", version {number}"
        super().__init__(f"no such entry: {entry_id}{version}")
        self.entry_id = entry_id
        self.number = number


class UnknownContent(DirectoryError):
    """A change refers by hash to the content of a document, and the directory does not have this
    content.
    """

    def __init__(self, sha256: str) -> None:
        super().__init__(f"no such content: {sha256}")
        self.sha256 = sha256


class ImportFault(StrEnum):
    """Kind of problem in an imported file."""

    MISSING_FILE = "missing_file"
    UNKNOWN_FORMAT = "unknown_format"
    TOO_LARGE = "too_large"
    """The file has too many rows or takes too long to read."""
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
    """One problem of an imported file: file name, line from 1, field, and kind of problem.

    ``line`` is 0 if the whole file is affected, ``field`` is empty if the whole line is. In a table
    ``field`` is the column's heading, or the column's letter if a cell has no usable value.
    ``value`` is the invalid key or value if it is short enough to be shown.
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
    """Nothing was imported; the problems are the reasons."""

    def __init__(self, problems: tuple[ImportProblem, ...]) -> None:
        super().__init__(f"{len(problems)} problem(s), first: {problems[0]}")
        self.problems = problems


class MeaningUnavailable(DirectoryError):
    """Semantic search requires a package that is not installed."""

    def __init__(self, package: str) -> None:
        super().__init__(f"the package {package} is not installed; install the extra 'meaning'")
        self.package = package


class RebuildReason(StrEnum):
    """Reason why the index is rebuilt."""

    NORMALISER = "normaliser"
    """The index was built by a version that normalises words differently."""
    WORN = "worn"
    """The index contains too many deleted documents."""
    DAMAGED = "damaged"
    """A part of the file is unreadable."""


@dataclass(frozen=True, slots=True)
class IndexRebuildStarted:
    """A rebuild started; the old index remains in use, if it is readable."""

    reason: RebuildReason


@dataclass(frozen=True, slots=True)
class IndexRebuilt:
    """The rebuilt index is in use. ``damaged_file`` is the path where a damaged directory file was
    saved.
    """

    reason: RebuildReason
    damaged_file: Path | None = None


@dataclass(frozen=True, slots=True)
class IndexRebuildFailed:
    """The rebuild failed with this SQLite error; the old index remains in use."""

    reason: RebuildReason
    failure: str


@dataclass(frozen=True, slots=True)
class DamagedFileRemoved:
    """A saved damaged file was deleted, because it has expired or because personal data could not
    be purged from it.
    """

    file: Path


DirectoryEvent = IndexRebuildStarted | IndexRebuilt | IndexRebuildFailed | DamagedFileRemoved
