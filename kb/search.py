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
    text: str, groups: Sequence[Group], stem: Callable[[str], str]
) -> tuple[tuple[int, int], ...]:
    """Ranges of the text's words that were asked for, in any of their meanings.

    Of a word that was only begun so much is marked as was typed. All the words of a synonym are
    marked where all of them stand in the text.
    """
    words = list(words_of(text))
    stems = [stem(word.text) for word in words]
    held = set(stems)
    phrased = {
        part
        for group in groups
        for phrase in group.phrases
        if held.issuperset(phrase)
        for part in phrase
    }
    marks = []
    for word, found in zip(words, stems, strict=True):
        best = max((group.stems.get(found, 0.0) for group in groups), default=0.0)
        begun = [len(group.typed) for group in groups if word.text.startswith(group.typed)]
        if best == 1.0 or found in phrased or (best and not begun):
            marks.append((word.start, word.end))
        elif begun:
            marks.append((word.start, min(word.end, word.start + max(begun))))
    return tuple(marks)
