"""Numbers of the stems in the index, and of words while texts are brought into it."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from kb.cutting import Counts, Cutter, Words
from kb.query import BEGINNING_LETTERS
from kb.ranking import SMALL_WORD_LETTERS
from kb.vocabulary import BEGINNING, Vocabulary

Stem = Callable[[str], str]


class _Numbers(dict[str, int]):
    """Numbers by name; a name asked for the first time gets its own from ``number_of``."""

    def __init__(self, number_of: Callable[[str], int]) -> None:
        super().__init__()
        self._number_of = number_of

    def __missing__(self, name: str) -> int:
        number = self[name] = self._number_of(name)
        return number


class Numbering:
    """Numbers of stems, given as they come; and of words, by which their stems stand in a row."""

    def __init__(self, stem: Stem, vocabulary: Vocabulary, next_number: int) -> None:
        self._stem = stem
        self._vocabulary = vocabulary
        self.next_number = next_number
        self.new_stems: dict[str, int] = {}
        self._stems = _Numbers(self._number_of_stem)
        self.of_word = _Numbers(self._number_of_word).__getitem__
        self._cutter = Cutter(self.of_word)
        # By the number of a word:
        self._surfaces: list[str] = []
        self._stems_of_words: list[str] = []
        self._numbers_of_stems = array("I")

    def _number_of_stem(self, stem: str) -> int:
        number = self._vocabulary.stem_number(stem)
        if number is None:
            number = self.new_stems[stem] = self.next_number
            self.next_number += 1
        return number

    def _number_of_word(self, word: str) -> int:
        stem = self._stem(word)
        self._surfaces.append(word)
        self._stems_of_words.append(stem)
        self._numbers_of_stems.append(self._stems[stem])
        return len(self._surfaces) - 1

    @property
    def end(self) -> int:
        """Above every word's number."""
        return len(self._surfaces)

    def words(self) -> Iterator[tuple[str, str, int]]:
        """Every word that has got a number, with its stem and the stem's number."""
        return zip(self._surfaces, self._stems_of_words, self._numbers_of_stems, strict=True)

    def of_texts(self, texts: Sequence[str]) -> tuple[Words, Counts]:
        """The numbers of the texts' words in order, and how many words each text has."""
        return self._cutter.cut(texts)

    def stems_of(self, words: Iterable[int]) -> list[str]:
        """The stems of words by their numbers."""
        return list(map(self._stems_of_words.__getitem__, words))

    def stem_number_of(self, word: int) -> int:
        """The number of a word's stem."""
        return self._numbers_of_stems[word]

    def in_heading(self, word: int) -> list[int]:
        """The numbers of what a heading's word counts for: its stem, and its first letters."""
        surface = self._surfaces[word]
        beginnings = [self._stems[BEGINNING + surface[:letters]] for letters in BEGINNING_LETTERS]
        return [self._numbers_of_stems[word], *beginnings]

    def stem_numbers(self) -> npt.NDArray[np.uint32]:
        """Of each word the number of its stem."""
        return np.array(self._numbers_of_stems, np.uint32)

    def heading_stems(self, words: Counts) -> npt.NDArray[np.uint64]:
        """What each of the words counts for in a heading (``in_heading``), a row each."""
        surfaces = list(map(self._surfaces.__getitem__, words.tolist()))
        beginnings = [
            [self._stems[BEGINNING + surface[:letters]] for surface in surfaces]
            for letters in BEGINNING_LETTERS
        ]
        return np.array([self.stem_numbers()[words], *beginnings], np.uint64).T

    def counts_for_length(self) -> npt.NDArray[np.bool_]:
        """Whether each word makes a heading longer."""
        letters = np.fromiter(map(len, self._stems_of_words), np.int32, len(self._stems_of_words))
        return letters > SMALL_WORD_LETTERS
