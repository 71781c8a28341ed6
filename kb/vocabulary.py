"""The words the index holds, for unfinished and mistyped words and for how rare a word is."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

_LAST_CHARACTER = "\U0010ffff"  # sorts after every continuation of a prefix
_LOOKED_AT = 2000  # continuations of a prefix that are compared by frequency
_NEAREST = 12  # corrections kept of a mistyped word


@dataclass(frozen=True, slots=True)
class Correction:
    """A known word, or a beginning of one, that a mistyped word stands near to."""

    surface: str
    edits: int


class Vocabulary:
    """Surface words with their stems, and in how many entries each stem stands.

    Never changes once made, so any thread may use it; ``changed`` gives the next one.
    """

    def __init__(
        self, stem_of: Mapping[str, str], frequency: Mapping[str, int], entries: int
    ) -> None:
        self._stem_of = stem_of
        self._surfaces = sorted(stem_of)
        self._frequency = frequency
        self.entries = entries
        self._by_length: dict[int, list[str]] | None = None
        self._beginnings: dict[int, list[str]] = {}
        self._corrections: dict[tuple[str, bool], tuple[Correction, ...]] = {}

    def has_surface(self, word: str) -> bool:
        return word in self._stem_of

    def stem_of(self, surface: str) -> str:
        return self._stem_of[surface]

    def frequency(self, stem: str) -> int:
        """In how many entries the stem stands; 0 for one the index does not know."""
        return self._frequency.get(stem, 0)

    def starts_any(self, prefix: str) -> bool:
        place = bisect_left(self._surfaces, prefix)
        return place < len(self._surfaces) and self._surfaces[place].startswith(prefix)

    def continuations(self, prefix: str, limit: int) -> Sequence[str]:
        """Surface words that begin with the prefix, those of most entries first if cut short."""
        first = bisect_left(self._surfaces, prefix)
        last = bisect_left(self._surfaces, prefix + _LAST_CHARACTER, lo=first)
        found = self._surfaces[first : min(last, first + _LOOKED_AT)]
        if len(found) > limit:
            found.sort(key=lambda surface: -self.frequency(self._stem_of[surface]))
        return found[:limit]

    def corrections(self, word: str, *, unfinished: bool) -> tuple[Correction, ...]:
        """Known words (or beginnings of them) one or two edits away, nearest first.

        One edit for words of 4 letters and more; two where one finds nothing, from 6 letters on.
        """
        if len(word) < 4:
            return ()
        asked = (word, unfinished)
        found = self._corrections.get(asked)
        if found is None:
            found = self._nearest(word, 1, unfinished)
            if not found and len(word) >= 6:
                found = self._nearest(word, 2, unfinished)
            if len(self._corrections) >= 4096:
                self._corrections = {}
            self._corrections[asked] = found
        return found

    def _nearest(self, word: str, edits: int, unfinished: bool) -> tuple[Correction, ...]:
        found: dict[str, int] = {}
        for length in range(len(word) - edits, len(word) + edits + 1):
            choices = self._of_length(length, unfinished)
            for surface, distance, _place in process.extract(
                word, choices, scorer=OSA.distance, score_cutoff=edits, limit=_NEAREST
            ):
                found[surface] = int(distance)
        ordered = sorted(found.items(), key=lambda item: (item[1], -self._weight(item[0]), item[0]))
        return tuple(Correction(surface, distance) for surface, distance in ordered[:_NEAREST])

    def _weight(self, surface: str) -> int:
        stem = self._stem_of.get(surface)
        return 0 if stem is None else self.frequency(stem)

    def _of_length(self, length: int, unfinished: bool) -> list[str]:
        if unfinished:
            beginnings = self._beginnings.get(length)
            if beginnings is None:
                cut = {surface[:length] for surface in self._surfaces if len(surface) >= length}
                beginnings = self._beginnings[length] = sorted(cut)
            return beginnings
        if self._by_length is None:
            by_length: dict[int, list[str]] = {}
            for surface in self._surfaces:
                by_length.setdefault(len(surface), []).append(surface)
            self._by_length = by_length
        return self._by_length.get(length, [])

    def changed(
        self,
        *,
        added: Mapping[str, str],
        removed: Iterable[str],
        frequency_changes: Mapping[str, int],
        entries: int,
    ) -> "Vocabulary":
        """The vocabulary with surfaces added and removed and frequencies moved by so much."""
        stem_of = {**self._stem_of, **added}
        for surface in removed:
            stem_of.pop(surface, None)
        frequency = dict(self._frequency)
        for stem, change in frequency_changes.items():
            count = frequency.get(stem, 0) + change
            if count > 0:
                frequency[stem] = count
            else:
                frequency.pop(stem, None)
        return Vocabulary(stem_of, frequency, entries)
