"""Assigns numbers to stems and words while documents are indexed."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from kb.search.query import BEGINNING_LETTERS
from kb.search.ranking import SMALL_WORD_LETTERS, Counts, Cutter, Words
from kb.search.vocabulary import BEGINNING, Vocabulary

Stem = Callable[[str], str]


class _Stems(dict[str, int]):
    """Numbers by stem; an unknown stem receives the next free number on access."""

    def __init__(self, vocabulary: Vocabulary, next_number: int) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self.next_number = next_number
        self.new: dict[str, int] = {}

    def __missing__(self, stem: str) -> int:
        number = self._vocabulary.stem_number(stem)
        if number is None:
            number = self.new[stem] = self.next_number
            self.next_number += 1
        self[stem] = number
        return number


class _Words(dict[str, int]):
    """Numbers by word, in order of first access."""

    def __init__(self, stem: Stem, stem_numbers: _Stems) -> None:
        super().__init__()
        self._stem = stem
        self._stem_numbers = stem_numbers
        # Lists indexed by word number:
        self.surfaces: list[str] = []
        self.stems: list[str] = []
        self.numbers_of_stems = array("I")

    def __missing__(self, word: str) -> int:
        stem = self._stem(word)
        number = self[word] = len(self.surfaces)
        self.surfaces.append(word)
        self.stems.append(stem)
        self.numbers_of_stems.append(self._stem_numbers[stem])
        return number


class Numbering:
    """Assigns numbers to stems and to words; a word number is an index into the lists of words and
    stems.

    The object contains no reference cycle, so it is freed after the change: a cycle would keep the
    previous vocabulary in memory.
    """

    def __init__(self, stem: Stem, vocabulary: Vocabulary, next_number: int) -> None:
        self._stems = _Stems(vocabulary, next_number)
        self._words = _Words(stem, self._stems)
        self.of_word = self._words.__getitem__
        self._cutter = Cutter(self.of_word)

    @property
    def next_number(self) -> int:
        """Number of the next new stem."""
        return self._stems.next_number

    @property
    def new_stems(self) -> dict[str, int]:
        """Stems that are new to the vocabulary, with their numbers."""
        return self._stems.new

    @property
    def end(self) -> int:
        """Number of words; exceeds every word number."""
        return len(self._words)

    def words(self) -> Iterator[tuple[str, str, int]]:
        """Every numbered word with its stem and stem number."""
        words = self._words
        return zip(words.surfaces, words.stems, words.numbers_of_stems, strict=True)

    def of_texts(self, texts: Sequence[str]) -> tuple[Words, Counts]:
        """Word numbers of the texts in order, and the number of words of each text."""
        return self._cutter.cut(texts)

    def stems_of(self, words: Iterable[int]) -> list[str]:
        """Stems of words by word number."""
        return list(map(self._words.stems.__getitem__, words))

    def stem_number_of(self, word: int) -> int:
        """Stem number of a word."""
        return self._words.numbers_of_stems[word]

    def in_heading(self, word: int) -> list[int]:
        """Stem numbers under which a word of a heading is indexed: its stem and its prefixes."""
        surface = self._words.surfaces[word]
        beginnings = [self._stems[BEGINNING + surface[:letters]] for letters in BEGINNING_LETTERS]
        return [self._words.numbers_of_stems[word], *beginnings]

    def stem_numbers(self) -> npt.NDArray[np.uint32]:
        """Stem number of each word."""
        return np.array(self._words.numbers_of_stems, np.uint32)

    def heading_stems(self, words: Counts) -> npt.NDArray[np.uint64]:
        """Stem numbers of ``in_heading`` for each of these words, one row per word."""
        surfaces = list(map(self._words.surfaces.__getitem__, words.tolist()))
        beginnings = [
            [self._stems[BEGINNING + surface[:letters]] for surface in surfaces]
            for letters in BEGINNING_LETTERS
        ]
        return np.array([self.stem_numbers()[words], *beginnings], np.uint64).T

    def counts_for_length(self) -> npt.NDArray[np.bool_]:
        """Whether each word counts for the length of a heading."""
        letters = np.fromiter(map(len, self._words.stems), np.int32, self.end)
        return letters > SMALL_WORD_LETTERS
