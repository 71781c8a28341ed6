"""The sheet of keys narrowed by what was typed: what a key does, or its name, in either layout."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from console.keys.installed import shown
from console.words.keys import KeyGroup
from kb.layout import to_cyrillic, to_latin
from kb.query import Reading
from kb.text import Stemmer, fold, folded_words

_SHORTEST_STEM = 4  # letters; any three begin too much


@dataclass(frozen=True, slots=True)
class FoundKeys:
    """The rows of each group that are left, by their places; and how the text was read."""

    places: tuple[tuple[int, ...], ...]
    reading: Reading

    @property
    def count(self) -> int:
        return sum(map(len, self.places))


@dataclass(frozen=True, slots=True)
class _Row:
    """What a row is found by; its key is asked for anew, since that may be changed."""

    key: str
    words: tuple[str, ...]
    stems: frozenset[str]


class KeyFilter:
    """Finds rows of one sheet of keys; each typed word has to stand for something of the row."""

    def __init__(self, sheet: Sequence[KeyGroup]) -> None:
        self._stem = Stemmer()
        self._groups = [
            [self._row(row.key, f"{row.text} {group.title}") for row in group.rows]
            for group in sheet
        ]
        self.total = sum(map(len, self._groups))

    def _row(self, key: str, text: str) -> _Row:
        words = tuple(folded_words(text))
        return _Row(key, words, frozenset(map(self._stem, words)))

    def find(self, typed: str) -> FoundKeys:
        """The rows for the text as it was typed, else for the same keys in the other layout."""
        for text in _as_meant(typed):
            reading = Reading((text,), layout_corrected=text != typed, typos_corrected=False)
            found = FoundKeys(self._places(text), reading)
            if found.count:
                return found
        nothing = tuple(() for _group in self._groups)
        return FoundKeys(nothing, Reading((typed,), layout_corrected=False, typos_corrected=False))

    def _places(self, text: str) -> tuple[tuple[int, ...], ...]:
        asked = folded_words(text) or fold(text).split()
        return tuple(
            tuple(
                place
                for place, row in enumerate(group)
                if all(self._answers(row, word) for word in asked)
            )
            for group in self._groups
        )

    def _answers(self, row: _Row, word: str) -> bool:
        if any(each.startswith(word) for each in row.words):
            return True
        if len(word) >= _SHORTEST_STEM and self._stem(word) in row.stems:
            return True
        parts = fold(shown(row.key)).replace("+", " ").split()
        # a letter means its key and no longer name that begins so
        return word in parts or (len(word) > 1 and any(part.startswith(word) for part in parts))


def _as_meant(typed: str) -> Iterator[str]:
    yield typed
    for other in (to_cyrillic(typed), to_latin(typed)):
        # what is a mark in the other layout was meant as the letter that it is
        if all(each.isalnum() or each in " +" for each in other):
            yield other
