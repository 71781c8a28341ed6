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
    """Numbers by stem: the vocabulary's, and for a stem it does not know the next one."""

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
    """Numbers by word, in the order of the first time each was asked for."""

    def __init__(self, stem: Stem, stem_numbers: _Stems) -> None:
        super().__init__()
        self._stem = stem
        self._stem_numbers = stem_numbers
        # By the number of a word:
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
    """Numbers of stems, given as they come; and of words, by which their stems stand in a row.

    Nothing in it knows of the whole, so that it is gone with the change it was made for: in a cycle
    it would keep the vocabulary from before each change.
    """

    def __init__(self, stem: Stem, vocabulary: Vocabulary, next_number: int) -> None:
        self._stems = _Stems(vocabulary, next_number)
        self._words = _Words(stem, self._stems)
        self.of_word = self._words.__getitem__
        self._cutter = Cutter(self.of_word)

    @property
    def next_number(self) -> int:
        """What the next new stem would get."""
        return self._stems.next_number

    @property
    def new_stems(self) -> dict[str, int]:
        """The stems that the vocabulary did not know, with the numbers they were given."""
        return self._stems.new

    @property
    def end(self) -> int:
        """Above every word's number."""
        return len(self._words)

    def words(self) -> Iterator[tuple[str, str, int]]:
        """Every word that has got a number, with its stem and the stem's number."""
        words = self._words
        return zip(words.surfaces, words.stems, words.numbers_of_stems, strict=True)

    def of_texts(self, texts: Sequence[str]) -> tuple[Words, Counts]:
        """The numbers of the texts' words in order, and how many words each text has."""
        return self._cutter.cut(texts)

    def stems_of(self, words: Iterable[int]) -> list[str]:
        """The stems of words by their numbers."""
        return list(map(self._words.stems.__getitem__, words))

    def stem_number_of(self, word: int) -> int:
        """The number of a word's stem."""
        return self._words.numbers_of_stems[word]

    def in_heading(self, word: int) -> list[int]:
        """The numbers of what a heading's word counts for: its stem, and its first letters."""
        surface = self._words.surfaces[word]
        beginnings = [self._stems[BEGINNING + surface[:letters]] for letters in BEGINNING_LETTERS]
        return [self._words.numbers_of_stems[word], *beginnings]

    def stem_numbers(self) -> npt.NDArray[np.uint32]:
        """Of each word the number of its stem."""
        return np.array(self._words.numbers_of_stems, np.uint32)

    def heading_stems(self, words: Counts) -> npt.NDArray[np.uint64]:
        """What each of the words counts for in a heading (``in_heading``), a row each."""
        surfaces = list(map(self._words.surfaces.__getitem__, words.tolist()))
        beginnings = [
            [self._stems[BEGINNING + surface[:letters]] for surface in surfaces]
            for letters in BEGINNING_LETTERS
        ]
        return np.array([self.stem_numbers()[words], *beginnings], np.uint64).T

    def counts_for_length(self) -> npt.NDArray[np.bool_]:
        """Whether each word makes a heading longer."""
        letters = np.fromiter(map(len, self._words.stems), np.int32, self.end)
        return letters > SMALL_WORD_LETTERS
