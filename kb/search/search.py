"""Result of a search: hits, interpretation of the query, and text ranges to highlight."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kb.entries.entries import Entry, EntryKind
from kb.search.query import Reading
from kb.search.vocabulary import Group
from kb.text import Word, words_of

Marks = tuple[tuple[int, int], ...]
StemmedWords = Sequence[tuple[Word, str]]


@dataclass(frozen=True, slots=True)
class Hit:
    """Entry found by a search; ``marks`` are the ranges of the title to show in bold."""

    entry_id: str
    score: float
    marks: Marks
    kind: EntryKind
    title: str
    entry: Entry


_DIGIT = re.compile(r"\d")
_SHORTEST_DIALLED = 2  # minimum number of digits to mark within a number


@dataclass(frozen=True, slots=True)
class Marker:
    """Finds the parts of a text that match a query."""

    groups: Sequence[Group]
    stem: Callable[[str], str]

    def in_text(self, text: str) -> Marks:
        """Returns the ranges of the words in the text that match any meaning of the query."""
        return marks_of(stemmed_words(text, self.stem), self.groups)

    def in_number(self, number: str) -> Marks:
        """Returns the range of the digits in a phone number that match the query, regardless of
        formatting.
        """
        places = [match.start() for match in _DIGIT.finditer(number)]
        digits = "".join(number[place] for place in places)
        typed = {group.typed for group in self.groups if group.typed.isdecimal()}
        # The query may contain the leading 8 or 7 of the country.
        asked = typed | {digits_typed[1:] for digits_typed in typed if digits_typed[0] in "78"}
        for wanted in sorted(asked, key=len, reverse=True):
            # People usually give the last digits of a number.
            start = digits.rfind(wanted)
            if start >= 0 and (len(wanted) >= _SHORTEST_DIALLED or wanted == digits):
                return ((places[start], places[start + len(wanted) - 1] + 1),)
        return ()


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Best hits of a query, its interpretation, and the number of matches of each kind."""

    text: str
    reading: Reading
    hits: tuple[Hit, ...]
    by_kind: Mapping[EntryKind, int]
    marker: Marker

    @property
    def total(self) -> int:
        """Total number of matching entries of all kinds."""
        return sum(self.by_kind.values())


def stemmed_words(text: str, stem: Callable[[str], str]) -> StemmedWords:
    """Returns the words of a text with their ranges and stems."""
    return tuple([(word, stem(word.text)) for word in words_of(text)])


def marks_of(words: StemmedWords, groups: Sequence[Group]) -> Marks:
    """Returns the ranges of the words that match any meaning of the query.

    If the query contains only the first letters of a word, only these are marked. The words of a
    synonym phrase are marked only if the text contains all of them.
    """
    held = {stem for _word, stem in words}
    phrased = {
        part
        for group in groups
        for phrase in group.phrases
        if held.issuperset(phrase)
        for part in phrase
    }
    meanings = [group.stems for group in groups if not held.isdisjoint(group.stems)]
    typed = tuple([group.typed for group in groups])
    marks = []
    for word, stem in words:
        best = max([stems.get(stem, 0.0) for stems in meanings], default=0.0)
        is_begun = word.text.startswith(typed)
        if best == 1.0 or stem in phrased or (best and not is_begun):
            marks.append((word.start, word.end))
        elif is_begun:
            begun = max([len(one) for one in typed if word.text.startswith(one)])
            marks.append((word.start, min(word.end, word.start + begun)))
    return tuple(marks)
