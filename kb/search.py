"""What a search gives back: how the text was read, and the entries found, best first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kb.entries import Entry, EntryKind
from kb.query import Group, Reading
from kb.text import words_of


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry found; ``marks`` are the ranges of the title to show in bold."""

    entry_id: str
    score: float
    marks: tuple[tuple[int, int], ...]
    kind: EntryKind
    title: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The best hits of a text, how it was read, and how many entries matched (to 1000)."""

    text: str
    reading: Reading
    hits: tuple[Hit, ...]
    total: int


def marks_of(
    title: str, groups: Sequence[Group], stem: Callable[[str], str]
) -> tuple[tuple[int, int], ...]:
    """Ranges of the title's words that were asked for; of a short beginning, only that much."""
    marks = []
    for word in words_of(title):
        found = stem(word.text)
        if any(found in group.stems and group.prefix is None for group in groups):
            marks.append((word.start, word.end))
            continue
        lengths = [
            len(group.prefix)
            for group in groups
            if group.prefix is not None and word.text.startswith(group.prefix)
        ]
        if lengths:
            marks.append((word.start, min(word.end, word.start + max(lengths))))
    return tuple(marks)
