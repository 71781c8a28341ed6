"""A block of documents turned into postings: for each stem, where it stands and how well."""

from array import array
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from kb.documents import Document
from kb.first_look import (
    IMPACT_STEPS,
    LENGTH_SHARE,
    SATURATION,
    SHORTNESS_STEPS,
    UNTITLED,
    USUAL_LENGTH,
)
from kb.query import BEGINNING_LETTERS
from kb.ranking import NAME_BREAK, SMALL_WORD_LETTERS, shortness
from kb.vocabulary import BEGINNING, Vocabulary

Stem = Callable[[str], str]

# A word of a document as one number, so that one sort brings everything in order: from above the
# stem, the document's place in the block, whether it stands in the text, else its heading's
# shortness.
_STEM_SHIFT = np.uint64(33)
_PLACE_SHIFT = np.uint64(9)
_PLACES = np.uint64((1 << 24) - 1)
_IN_BODY = np.uint64(SHORTNESS_STEPS + 1)
_VALUES = np.uint64(2 * SHORTNESS_STEPS + 1)
_STEMS_OF_HEADING_WORD = 1 + len(BEGINNING_LETTERS)

_Packed = npt.NDArray[np.uint64]


# A posting: the document's number, and what it holds of a stem (see ``kb.first_look.weighed``).
POSTING = np.dtype([("document", "<u4"), ("heading", "u1"), ("body", "u1")])


class _Numbers(dict[str, int]):
    """Numbers by name; a name asked for the first time gets its own from ``number_of``."""

    def __init__(self, number_of: Callable[[str], int]) -> None:
        super().__init__()
        self._number_of = number_of

    def __missing__(self, name: str) -> int:
        number = self[name] = self._number_of(name)
        return number

    def of(self, names: Iterable[str]) -> list[int]:
        return list(map(self.__getitem__, names))


class Numbering:
    """Numbers of stems, given as they come, and of words through their stems."""

    def __init__(self, stem: Stem, vocabulary: Vocabulary, next_number: int) -> None:
        self._stem = stem
        self._vocabulary = vocabulary
        self.next_number = next_number
        self.new_stems: dict[str, int] = {}
        self.stem_of: dict[str, str] = {}
        self._stems = _Numbers(self._number_of)
        self._words = _Numbers(self._of_word)
        self._beginnings = _Numbers(lambda beginning: self._stems[BEGINNING + beginning])
        self._heading_words = _Numbers(self._of_heading_word)
        self._stems_of_headings = array("I")
        self._heading_stems: list[str] = []

    def _number_of(self, stem: str) -> int:
        number = self._vocabulary.stem_number(stem)
        if number is None:
            number = self.new_stems[stem] = self.next_number
            self.next_number += 1
        return number

    def of_stem(self, stem: str) -> int:
        return self._stems[stem]

    def _of_word(self, word: str) -> int:
        stem = self.stem_of[word] = self._stem(word)
        return self._stems[stem]

    def of_words(self, words: Iterable[str]) -> list[int]:
        return self._words.of(words)

    def _of_heading_word(self, word: str) -> int:
        beginnings = [self._beginnings[word[:letters]] for letters in BEGINNING_LETTERS]
        self._stems_of_headings.extend((self._words[word], *beginnings))
        self._heading_stems.append(self.stem_of[word])
        return len(self._heading_stems) - 1

    def of_heading(self, words: Iterable[str]) -> list[int]:
        """Numbers of their own kind, by which the following have rows."""
        return self._heading_words.of(words)

    def stemmed(self, heading: Iterable[int]) -> str:
        """The stems of a heading's words."""
        return " ".join(map(self._heading_stems.__getitem__, heading))

    def stems_of_headings(self) -> npt.NDArray[np.uint32]:
        """Of each word its stem, and its first letters, which count as stems."""
        return np.array(self._stems_of_headings, np.uint32).reshape(-1, _STEMS_OF_HEADING_WORD)

    def counts_for_length(self) -> npt.NDArray[np.bool_]:
        """Whether each word makes a heading longer."""
        letters = np.fromiter(map(len, self._heading_stems), np.int32, len(self._heading_stems))
        return letters > SMALL_WORD_LETTERS

    def stems_of(self, document: Document) -> set[int]:
        """Each stem that stands in the document."""
        found = set(self.of_words(document.body))
        for heading in document.headings:
            for number in self.of_heading(heading):
                first = number * _STEMS_OF_HEADING_WORD
                found.update(self._stems_of_headings[first : first + _STEMS_OF_HEADING_WORD])
        return found


class Block:
    """Documents on the way into the index, as flat arrays of words."""

    def __init__(self, numbering: Numbering, first: int) -> None:
        """``first`` is the number of the first document; the others follow."""
        self._numbering = numbering
        self._first = first
        self._body_stems = array("I")
        self._body_lengths = array("I")
        self._head_words = array("I")
        self._head_lengths = array("I")
        self._heads = array("I")  # so many headings each document has

    def __len__(self) -> int:
        return len(self._body_lengths)

    def add(self, document: Document) -> str:
        """Take the next document in; its headings' stems, as they are kept beside the index."""
        numbering = self._numbering
        self._body_stems.extend(numbering.of_words(document.body))
        self._body_lengths.append(len(document.body))
        self._heads.append(len(document.headings))
        headings = []
        for heading in document.headings:
            numbers = numbering.of_heading(heading)
            self._head_words.extend(numbers)
            self._head_lengths.append(len(numbers))
            headings.append(numbering.stemmed(numbers))
        return NAME_BREAK.join(headings)

    def rows(self) -> Iterator[tuple[int, bytes]]:
        """By each stem's number, upwards, where it stands: a ``POSTING`` for each document."""
        in_headings = self._in_headings()
        untitled = np.ones(len(self), bool)
        untitled[in_headings >> _PLACE_SHIFT & _PLACES] = False
        found = np.sort(np.concatenate((self._in_bodies(), in_headings)))
        firsts = _firsts(found >> _PLACE_SHIFT)
        values = (found & _VALUES).astype(np.uint16)
        is_body = values >= _IN_BODY
        counts = np.add.reduceat(is_body, firsts, dtype=np.int64)
        headings = np.maximum.reduceat(np.where(is_body, 0, values), firsts)
        found = found[firsts]  # each pair of a stem and a document once
        places = (found >> _PLACE_SHIFT & _PLACES).astype(np.int64)
        lengths = np.array(self._body_lengths, np.int64)[places]
        length_share = 1 - LENGTH_SHARE + LENGTH_SHARE * lengths / USUAL_LENGTH
        impact = counts / (counts + SATURATION * length_share)
        postings = np.empty(len(found), POSTING)
        postings["document"] = places + self._first
        postings["heading"] = np.where(untitled[places], UNTITLED, headings)
        postings["body"] = np.where(counts > 0, np.maximum(1, impact * IMPACT_STEPS), 0)
        written = postings.tobytes()
        stems = found >> _STEM_SHIFT
        firsts = _firsts(stems)
        borders = pairwise([*(firsts * POSTING.itemsize).tolist(), len(written)])
        for stem, (first, end) in zip(stems[firsts].tolist(), borders, strict=True):
            yield stem, written[first:end]

    def _in_bodies(self) -> _Packed:
        lengths = np.array(self._body_lengths, np.int64)
        places = np.repeat(np.arange(len(self), dtype=np.uint64), lengths)
        stems = np.array(self._body_stems, np.uint64)
        return (stems << _STEM_SHIFT) | (places << _PLACE_SHIFT) | _IN_BODY

    def _in_headings(self) -> _Packed:
        words = np.array(self._head_words, np.int64)
        places = np.repeat(np.arange(len(self), dtype=np.uint64), self._heads)
        heading_of_word = np.repeat(np.arange(len(places)), self._head_lengths)
        counting = self._numbering.counts_for_length()[words]
        lengths = np.bincount(heading_of_word, counting, len(places)).astype(np.int64)
        of_length = [
            max(UNTITLED + 1, int(shortness(length) * SHORTNESS_STEPS))
            for length in range(int(lengths.max(initial=0)) + 1)
        ]
        headings = (places << _PLACE_SHIFT) | np.array(of_length, np.uint64)[lengths]
        stems = self._numbering.stems_of_headings()[words].astype(np.uint64)
        return ((stems << _STEM_SHIFT) | headings[heading_of_word][:, None]).ravel()


def _firsts(values: _Packed) -> npt.NDArray[np.int64]:
    """Where each run of equal values begins."""
    return np.flatnonzero(np.append(True, values[1:] != values[:-1])[: len(values)])
