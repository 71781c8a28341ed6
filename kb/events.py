"""What the directory tells of itself while it is open; told on whatever thread it happens."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


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
