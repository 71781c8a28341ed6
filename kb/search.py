"""What a search gives back: how the text was read, and the entries found, best first."""

from dataclasses import dataclass

from kb.entries import Entry, EntryKind
from kb.query import Reading


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry found; ``marks`` are the ranges of the title to show in bold."""

    key: str
    kind: EntryKind
    title: str
    marks: tuple[tuple[int, int], ...]
    score: float
    entry: Entry


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The best hits of a text, how it was read, and how many entries matched in all."""

    text: str
    reading: Reading
    hits: tuple[Hit, ...]
    total: int
